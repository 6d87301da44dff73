package table

import (
	"strings"

	"tonghop/ingest/viet"
)

// Unit gives the unit that words state; see [viet.FindUnit].
func Unit(words string) string {
	unit, _ := viet.FindUnit(words)
	return unit
}

// afterUnitWord gives the unit that a word introduces; see [viet.StatedUnit].
func afterUnitWord(words string) string { return viet.StatedUnit(words) }

// WithoutUnit takes brackets off the end of words: a unit, or a remark such as
// "(quy đổi)" that people leave out.
func WithoutUnit(words string) string {
	if !strings.HasSuffix(words, ")") {
		return words
	}
	open := strings.LastIndexByte(words, '(')
	if open <= 0 {
		return words
	}
	return strings.TrimSpace(words[:open])
}

// Money gives the scale of a unit of money as a power of ten of a đồng, and
// false for any other unit.
func Money(unit string) (power int, ok bool) {
	u := viet.ParseUnit(unit)
	return u.Power, u.Base == viet.BaseMoney
}
