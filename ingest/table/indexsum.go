package table

import "strings"

// IndexSum is what a cell of the index row states of its column: "(5)=(3)+(4)" says
// that column 5 is the sum of 3 and 4, "6=5-2" that it is 5 less 2.
type IndexSum struct {
	Name string   // of the column: "5"
	Plus []string // names of the columns that are added
	Less []string // and of those taken away
}

// ParseIndexSum reads a cell of the index row. ok is false where it names no
// column; of one whose formula is no sum, as "4=2/1*100" is a rate, the name alone
// is given.
func ParseIndexSum(text string) (sum IndexSum, ok bool) {
	token := parseIndex(text)
	if !token.ok {
		return IndexSum{}, false
	}
	sum.Name = token.name
	for rest := token.formula; rest != ""; {
		sign := byte('+')
		if rest[0] == '+' || rest[0] == '-' {
			sign, rest = rest[0], rest[1:]
		}
		end := strings.IndexAny(rest, "+-")
		if end < 0 {
			end = len(rest)
		}
		name, isColumn := columnName(rest[:end])
		if !isColumn || rest[end:] == "+" || rest[end:] == "-" {
			return IndexSum{Name: token.name}, true
		}
		if sign == '+' {
			sum.Plus = append(sum.Plus, name)
		} else {
			sum.Less = append(sum.Less, name)
		}
		rest = rest[end:]
	}
	return sum, true
}

// columnName reads "2", "(2)" or "[2b]". Brackets around more than a name make
// another formula of it.
func columnName(term string) (string, bool) {
	for _, pair := range []string{"()", "[]"} {
		if inner, ok := strings.CutPrefix(term, pair[:1]); ok {
			if term, ok = strings.CutSuffix(inner, pair[1:]); !ok {
				return "", false
			}
		}
	}
	name := strings.ToUpper(term)
	return name, name != "" && strings.Trim(name, "0123456789ABCD") == ""
}
