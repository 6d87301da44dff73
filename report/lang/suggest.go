package lang

import "strings"

// nearestCode looks for a known code one slip away from what was written: another case, a
// character too few, two exchanged, one too many, one wrong. It can only ask whether a
// code is known, so it tries; the number of tries is bounded by the length of the code.
func nearestCode(code string, known func(string) (Type, bool)) (string, bool) {
	const longest = 32
	if len(code) > longest {
		return "", false
	}
	for _, candidate := range slips(code) {
		if _, ok := known(candidate); ok {
			return candidate, true
		}
	}
	return "", false
}

// alphabet is what codes are made of; the digit 0 comes first, since a code is most often
// written without its leading zero.
const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_"

// slips lists spellings one slip away, the likelier first.
func slips(code string) []string {
	out := []string{strings.ToUpper(code), strings.ToLower(code)}
	for i := range len(code) + 1 {
		out = append(out, code[:i]+"0"+code[i:])
	}
	for i := range max(len(code)-1, 0) {
		out = append(out, code[:i]+code[i+1:i+2]+code[i:i+1]+code[i+2:])
	}
	for i := range code {
		out = append(out, code[:i]+code[i+1:])
	}
	for i := range len(code) + 1 {
		for _, letter := range alphabet {
			out = append(out, code[:i]+string(letter)+code[i:])
		}
	}
	for i := range len(code) {
		for _, letter := range alphabet {
			out = append(out, code[:i]+string(letter)+code[i+1:])
		}
	}
	return out
}

// nearestFunction returns how a function is written whose name is at most two slips away
// from word, or nothing.
func nearestFunction(word string) string {
	best, usage := 3, ""
	for _, f := range functions {
		if d := distance(word, f.name, best); d < best {
			best, usage = d, f.usage
		}
	}
	return usage
}

// distance is the number of single changes from a to b, or limit if it is not smaller.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(y)], limit)
}
