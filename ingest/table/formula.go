package table

import (
	"strings"

	"tonghop/internal/xlsx"
)

// ref is a cell of the same sheet.
type ref struct{ row, col int }

// mostRefs bounds the cells of one formula.
const mostRefs = 20_000

// addends gives the cells that a formula adds up: SUM(D5:D9,D12), D5+D9. ok is
// false for a formula that does anything else.
func addends(formula string) (refs []ref, ok bool) {
	f := strings.ToUpper(strings.NewReplacer("$", "", " ", "", "_XLFN.", "").Replace(formula))
	f = strings.TrimPrefix(f, "+")
	for _, term := range splitTop(f, '+') {
		inner, isSum := strings.CutPrefix(term, "SUM(")
		if !isSum {
			inner, isSum = strings.CutPrefix(term, "SUBTOTAL(9,")
		}
		if !isSum {
			r, good := oneRef(term)
			if !good {
				return nil, false
			}
			refs = append(refs, r)
			continue
		}
		inner, closed := strings.CutSuffix(inner, ")")
		if !closed || strings.ContainsAny(inner, "()*/") {
			return nil, false
		}
		for _, arg := range strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == ';' || r == '+' }) {
			more, good := rangeRefs(arg)
			if !good || len(refs)+len(more) > mostRefs {
				return nil, false
			}
			refs = append(refs, more...)
		}
	}
	return refs, len(refs) > 0
}

// splitTop parts a formula at a sign outside brackets.
func splitTop(f string, sign byte) []string {
	var out []string
	depth, from := 0, 0
	for i := range len(f) {
		switch f[i] {
		case '(':
			depth++
		case ')':
			depth--
		case sign:
			if depth == 0 {
				out = append(out, f[from:i])
				from = i + 1
			}
		}
	}
	return append(out, f[from:])
}

func oneRef(s string) (ref, bool) {
	r, err := xlsx.ParseRange(s)
	if err != nil || r.FirstRow != r.LastRow || r.FirstCol != r.LastCol {
		return ref{}, false
	}
	return ref{r.FirstRow, r.FirstCol}, true
}

func rangeRefs(s string) ([]ref, bool) {
	r, err := xlsx.ParseRange(s)
	if err != nil || (r.LastRow-r.FirstRow+1)*(r.LastCol-r.FirstCol+1) > mostRefs {
		return nil, false
	}
	var out []ref
	for row := r.FirstRow; row <= r.LastRow; row++ {
		for col := r.FirstCol; col <= r.LastCol; col++ {
			out = append(out, ref{row, col})
		}
	}
	return out, true
}
