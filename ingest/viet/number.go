package viet

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/report/decimal"
)

// Why a text is no number.
var (
	ErrNotNumber   = errors.New("not a number")
	ErrApproximate = errors.New("an approximate number")
	ErrTooLong     = errors.New("a number with too many digits")
)

// Reading is a number as it was written. Where the writing allows two readings
// both are given and the caller decides: by Vietnamese rule a dot groups
// thousands and a comma begins the decimals, by English habit the other way
// round, and "1.234" alone does not tell.
type Reading struct {
	Value     decimal.Decimal // as a Vietnamese reader takes it
	Other     decimal.Decimal // as the other habit takes it; meaningful when Ambiguous
	Ambiguous bool
	Comma     bool   // the mark in doubt is a comma
	Habit     Habit  // by which it is certain, [NoHabit] where both read it alike or in doubt
	Percent   bool   // a percent sign stood behind it; Value is what stood before
	Rest      string // words behind the number, such as its unit
	Changed   bool   // more was done than reading plain digits
}

// By gives the value by a habit, and false where neither the text nor the habit
// decides.
func (r Reading) By(h Habit) (decimal.Decimal, bool) {
	switch {
	case !r.Ambiguous || h == Vietnamese:
		return r.Value, true
	case h == English:
		return r.Other, true
	}
	return decimal.Decimal{}, false
}

// Habit is which marks group the digits of a number and which begins its
// decimals.
type Habit uint8

// The habits.
const (
	NoHabit    Habit = iota
	Vietnamese       // 1.234,5
	English          // 1,234.5
	Mixed            // texts that contradict each other
)

// And gives the habit of two sets of texts together.
func (h Habit) And(other Habit) Habit {
	switch {
	case h == other || other == NoHabit:
		return h
	case h == NoHabit:
		return other
	}
	return Mixed
}

// HabitOf gives the habit that a text shows with certainty: [NoHabit] for a text
// that could be of both, and for one that is no number. That of a column is all
// of its texts together, see [Habit.And].
func HabitOf(text string) Habit {
	if !strings.ContainsAny(text, ".,．，") {
		return NoHabit
	}
	r, err := Number(text)
	if err != nil {
		return NoHabit
	}
	return r.Habit
}

// maxNumberText is the longest text that is looked at as a number.
const maxNumberText = 120

// Number reads a number from text: 1.234.567,5 and 1,234,567.5 and 1 234 567,5,
// with a minus sign or in accountants' brackets, perhaps with a percent sign or
// words behind. It gives [ErrNotNumber], [ErrApproximate] or [ErrTooLong].
func Number(s string) (Reading, error) {
	if len(s) > maxNumberText {
		return Reading{}, ErrNotNumber
	}
	body := strings.TrimSpace(foldDigits(s))
	body = strings.TrimPrefix(body, "'")
	if approximate(body) {
		return Reading{}, ErrApproximate
	}
	r := Reading{}
	negative := false
	if inner, ok := bracketed(body); ok {
		body, negative = inner, true
	}
	if after, ok := strings.CutPrefix(body, "-"); ok && !negative {
		body, negative = strings.TrimSpace(after), true
	} else if after, ok := strings.CutPrefix(body, "+"); ok {
		body = strings.TrimSpace(after)
	}
	body, r.Rest = splitRest(body)
	if after, ok := strings.CutPrefix(r.Rest, "%"); ok {
		r.Percent, r.Rest = true, strings.TrimSpace(after)
	}
	if first, _ := utf8.DecodeRuneInString(r.Rest); r.Rest != "" && !unicode.IsLetter(first) {
		return Reading{}, ErrNotNumber // "12/15" is two numbers, or a day
	}
	if err := r.read(body, negative); err != nil {
		return Reading{}, err
	}
	r.Changed = r.Value.String() != s || r.Ambiguous
	return r, nil
}

// foldDigits makes common characters of full-width digits and signs, of the
// many minus signs, and of the many blanks.
func foldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // the full-width block mirrors ASCII
			return r - '！' + '!'
		case r == '−' || r == '–' || r == '—' || r == '‒' || r == '‑':
			return '-'
		case r == '’' || r == '‘':
			return '\''
		case isBlank(r):
			return ' '
		}
		return r
	}, s)
}

var approximateWords = []string{"khoang ", "gan ", "hon ", "tren ", "duoi ", "uoc ", "tam ", "chung "}

// approximate reports whether a text says a number without meaning it exactly.
func approximate(s string) bool {
	if strings.TrimLeft(s, "~≈><≥≤") != s {
		return strings.ContainsFunc(s, unicode.IsDigit)
	}
	plain := Plain(s)
	for _, w := range approximateWords {
		if rest, ok := strings.CutPrefix(plain, w); ok {
			return strings.ContainsFunc(rest, unicode.IsDigit)
		}
	}
	return false
}

// bracketed takes a number out of the brackets in which accountants write what
// is negative.
func bracketed(s string) (string, bool) {
	inner, ok := strings.CutPrefix(s, "(")
	if !ok {
		return s, false
	}
	inner, ok = strings.CutSuffix(inner, ")")
	return strings.TrimSpace(inner), ok
}

// splitRest parts the digits and what groups them from the words behind.
func splitRest(s string) (number, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && r != '.' && r != ',' && r != ' ' && r != '\''
	})
	if end < 0 {
		end = len(s)
	}
	number = strings.TrimSpace(s[:end])
	return number, strings.TrimSpace(s[end:])
}

// read finds out which of the marks group and which one begins the decimals.
func (r *Reading) read(body string, negative bool) error {
	if body == "" || !isDigit(body[0]) || !isDigit(body[len(body)-1]) {
		return ErrNotNumber
	}
	dots, commas := strings.Count(body, "."), strings.Count(body, ",")
	if strings.ContainsAny(body, " '") {
		return r.readBlanks(body, dots, commas, negative)
	}
	switch {
	case dots == 0 && commas == 0:
		return r.set(body, "", negative)
	case dots > 0 && commas > 0:
		return r.readBoth(body, negative)
	case dots+commas > 1:
		mark := "."
		r.Habit = Vietnamese
		if commas > 0 {
			mark, r.Habit = ",", English
		}
		whole, ok := ungroup(body, mark)
		if !ok {
			return ErrNotNumber
		}
		return r.set(whole, "", negative)
	}
	return r.readOne(body, commas == 1, negative)
}

// readBlanks reads digits grouped by blanks or apostrophes: "1 234 567,5".
func (r *Reading) readBlanks(body string, dots, commas int, negative bool) error {
	if dots+commas > 1 {
		return ErrNotNumber
	}
	whole, fraction := body, ""
	if i := strings.IndexAny(body, ".,"); i >= 0 {
		whole, fraction = body[:i], body[i+1:]
		r.Habit = byPoint(body[i])
		if !allDigits(fraction) {
			return ErrNotNumber
		}
	}
	group := " "
	if strings.Contains(whole, "'") {
		group = "'"
	}
	whole, ok := ungroup(whole, group)
	if !ok {
		return ErrNotNumber
	}
	return r.set(whole, fraction, negative)
}

// readBoth reads a number with dots and commas: the last mark begins the
// decimals, the other groups.
func (r *Reading) readBoth(body string, negative bool) error {
	point, group := ",", "."
	if strings.LastIndexByte(body, '.') > strings.LastIndexByte(body, ',') {
		point, group = ".", ","
	}
	if strings.Count(body, point) != 1 {
		return ErrNotNumber
	}
	r.Habit = byPoint(point[0])
	whole, fraction, _ := strings.Cut(body, point)
	whole, ok := ungroup(whole, group)
	if !ok {
		return ErrNotNumber
	}
	return r.set(whole, fraction, negative)
}

// readOne reads a number with one mark. Three digits behind it and one to three
// before, not beginning with 0, may be a group of thousands or decimals.
func (r *Reading) readOne(body string, comma, negative bool) error {
	const group = 3
	i := strings.IndexAny(body, ".,")
	whole, fraction := body[:i], body[i+1:]
	if err := r.set(whole, fraction, negative); err != nil {
		return err
	}
	if len(fraction) != group || len(whole) > group || whole[0] == '0' {
		r.Habit = byPoint(body[i])
		return nil
	}
	r.Ambiguous, r.Comma = true, comma
	asDecimal := r.Value
	if err := r.set(whole+fraction, "", negative); err != nil {
		return err
	}
	r.Other = asDecimal
	if comma {
		r.Value, r.Other = r.Other, r.Value
	}
	return nil
}

// byPoint gives the habit of what begins the decimals.
func byPoint(mark byte) Habit {
	if mark == ',' {
		return Vietnamese
	}
	return English
}

// set makes the value of its digits.
func (r *Reading) set(whole, fraction string, negative bool) error {
	if !allDigits(whole) || fraction != "" && !allDigits(fraction) {
		return ErrNotNumber
	}
	text := strings.TrimLeft(whole, "0")
	if text == "" {
		text = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		text += "." + fraction
	}
	if negative {
		text = "-" + text
	}
	d, err := decimal.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrTooLong, err)
	}
	r.Value = d
	return nil
}

// ungroup takes the marks between groups of three out; ok is false when the
// groups are not of three.
func ungroup(s, mark string) (digits string, ok bool) {
	groups := strings.Split(s, mark)
	for i, g := range groups {
		if !allDigits(g) || i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
