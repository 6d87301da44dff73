package draft

import (
	"regexp"
	"slices"
	"strings"
)

// formulaKind is what the index row states about a column.
type formulaKind uint8

const (
	formulaNone  formulaKind = iota
	formulaSum               // 3=1+2
	formulaRatio             // 4=2/1*100
	formulaMixed             // 5=1+2-3, 6=1*2: a rule
	formulaOther             // not understood, or about columns that are not asked
)

// formula is a rule of the index row, over columns of figures.
type formula struct {
	kind     formulaKind
	text     string
	cols     []int
	num, den int
	factor   int64
	signs    []string // of a mixed one: what stands before each column, "" before the first
}

// The name of a column is letters and digits; an x between two multiplies.
var (
	ratioForm     = regexp.MustCompile(`^([0-9A-Za-wyz]+)/([0-9A-Za-wyz]+)(?:[*x×](100|1000)%?)?$|^([0-9A-Za-wyz]+)[*x×](100|1000)/([0-9A-Za-wyz]+)$`)
	oneInBrackets = regexp.MustCompile(`\(\s*([0-9A-Za-wyz]+)\s*\)`)
	termForm      = regexp.MustCompile(`^(?:[+*x×-]?[0-9A-Za-wyz]+)+$`)
	termPart      = regexp.MustCompile(`([+*×-]?)([0-9A-Za-wyz]+)`)
)

// formula reads what the index row states about a column.
func (g *grid) formula(c *col) formula {
	text := g.rules[c.Col.Col]
	_, right, ok := strings.Cut(oneInBrackets.ReplaceAllString(text, "$1"), "=")
	if !ok {
		return formula{}
	}
	held := strings.Contains(right, "(")
	right = strings.NewReplacer(" ", "", "(", "", ")", "", ":", "/", "%", "").Replace(right)
	f := formula{kind: formulaOther, text: text}
	if m := ratioForm.FindStringSubmatch(right); m != nil {
		num, den, factor := m[1], m[2], m[3]
		if num == "" {
			num, factor, den = m[4], m[5], m[6]
		}
		f.num, f.den, f.factor = g.indexed(num), g.indexed(den), 1
		switch factor {
		case "100":
			f.factor = 100
		case "1000":
			f.factor = 1000
		case "":
			if strings.Contains(text, "%") || strings.Contains(c.Unit, "%") {
				f.factor = 100
			}
		}
		if f.num >= 0 && f.den >= 0 && f.num != f.den {
			f.kind = formulaRatio
		}
		return f
	}
	if !termForm.MatchString(right) {
		return f
	}
	plus := true
	for _, m := range termPart.FindAllStringSubmatch(right, -1) {
		at := g.indexed(m[2])
		if at < 0 || slices.Contains(f.cols, at) || g.cols[at] == c {
			return f
		}
		f.cols = append(f.cols, at)
		f.signs = append(f.signs, strings.ReplaceAll(m[1], "×", "*"))
		plus = plus && (m[1] == "+" || m[1] == "")
	}
	switch {
	case len(f.cols) < 2:
	case plus && !held:
		f.kind = formulaSum
	case held: // brackets were taken off: what they held together is lost
	default:
		f.kind = formulaMixed
	}
	return f
}

// indexed gives the column of figures that the index row calls so, -1 for none.
func (g *grid) indexed(name string) int {
	return slices.IndexFunc(g.cols, func(c *col) bool { return c.Index == name })
}
