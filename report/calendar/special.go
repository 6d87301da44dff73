package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// Special is a month that a decision makes begin on another day than its calendar has: when
// the districts were abolished on 30 June 2025, books were closed on that day. The month before
// ends the day before, and all longer periods are unions of months as ever.
type Special struct {
	Month  string `json:"month"`  // key as of [Period.Key]: 2025-M07
	Begins Date   `json:"begins"` // its first day
	Basis  string `json:"basis"`  // the decision, as cited
}

// With gives a calendar in which some months begin on other days. Equal months make equal
// calendars. The error is [ErrCalendar] where one is no month, or would leave it or the month
// before without a day, and where a month is named twice.
func (c Calendar) With(special []Special) (Calendar, error) {
	if c.IsZero() || len(special) == 0 {
		return c, nil
	}
	var entries []string
	for _, s := range special {
		p, err := ParsePeriod(c, s.Month)
		if err != nil || p.Kind != Month || s.Begins.IsZero() {
			return Calendar{}, fmt.Errorf("special month %q: %w", s.Month, ErrCalendar)
		}
		entries = append(entries, specialKey(12*p.Year+p.N-1)+s.Begins.String())
	}
	slices.Sort(entries)
	out := Calendar{row: c.row, special: strings.Join(entries, " ")}
	for i, e := range entries {
		month := monthNumber(e[:specialDigits])
		if i > 0 && entries[i-1][:specialDigits] == e[:specialDigits] || !out.monthStart(month-1).Before(out.monthStart(month)) || !out.monthStart(month).Before(out.monthStart(month+1)) {
			return Calendar{}, fmt.Errorf("special month that begins on %s: %w", out.monthStart(month), ErrCalendar)
		}
	}
	return out, nil
}

// specialDigits is how many digits the number of a month has among the special ones.
const specialDigits = 6

func specialKey(month int) string { return fmt.Sprintf("%0*d", specialDigits, month) }

// monthNumber reads what specialKey wrote.
func monthNumber(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

// specialStart gives the first day of a month where a decision sets it.
func (c Calendar) specialStart(month int) (Date, bool) {
	if c.special == "" {
		return Date{}, false
	}
	key := specialKey(month)
	for e := range strings.SplitSeq(c.special, " ") {
		if e[:specialDigits] == key {
			d, err := ParseDate(e[specialDigits:])
			return d, err == nil
		}
	}
	return Date{}, false
}
