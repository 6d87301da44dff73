package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrPeriod says that a text or a combination of numbers is not a period. It comes wrapped.
var ErrPeriod = errors.New("not a period")

// Kind is the length of a period.
type Kind string

// The kinds of periods.
const (
	Month      Kind = "month"
	Quarter    Kind = "quarter"
	Half       Kind = "half"
	NineMonths Kind = "nine-months" // the first nine months of a year; there are no others
	Year       Kind = "year"
	Free       Kind = "free" // any interval: ad-hoc and thematic reports
)

// span says what a kind is made of.
type span struct {
	kind   Kind
	months int    // length
	count  int    // how many there are in a year
	mark   string // in keys: 2021-M04
}

var spans = [...]span{
	{Month, 1, 12, "M"},
	{Quarter, 3, 4, "Q"},
	{Half, 6, 2, "H"},
	{NineMonths, 9, 1, "9M"},
	{Year, 12, 1, ""},
}

func spanOf(kind Kind) (span, bool) {
	for _, s := range spans {
		if s.kind == kind {
			return s, true
		}
	}
	return span{}, false
}

// Period is an interval of days that a report covers, under a calendar. It is comparable. Year
// and N are those of its name (April 2021 is 2021 and 4) whatever civil year its days lie in;
// both are 0 for a [Free] one. From and To are its first and last day; To is the cut-off, the day
// on which the books are closed.
type Period struct {
	Calendar Calendar
	Kind     Kind
	Year, N  int
	From, To Date
}

// NewPeriod gives the n-th period of a kind in a year, counted from 1.
func NewPeriod(cal Calendar, kind Kind, year, n int) (Period, error) {
	s, ok := spanOf(kind)
	switch {
	case cal.IsZero():
		return Period{}, fmt.Errorf("period without a calendar: %w", ErrPeriod)
	case !ok || n < 1 || n > s.count || year < 1 || year > 9999:
		return Period{}, fmt.Errorf("%s %d of %d: %w", kind, n, year, ErrPeriod)
	}
	return cal.period(s, year, n), nil
}

// period builds a period from numbers that are known to be one.
func (c Calendar) period(s span, year, n int) Period {
	first := 12*year + s.months*(n-1)
	return Period{
		Calendar: c, Kind: s.kind, Year: year, N: n,
		From: c.monthStart(first),
		To:   c.monthStart(first + s.months).AddDays(-1),
	}
}

// FreePeriod gives the interval from one day to another, both included.
func FreePeriod(cal Calendar, from, to Date) (Period, error) {
	if from.IsZero() || to.Before(from) {
		return Period{}, fmt.Errorf("period from %s to %s: %w", from, to, ErrPeriod)
	}
	return Period{Calendar: cal, Kind: Free, From: from, To: to}, nil
}

// Containing gives the period of a kind in which a day lies. No period of nine months holds a
// day of the last quarter, and a free interval is not found by a day: both are [ErrPeriod].
func Containing(cal Calendar, kind Kind, day Date) (Period, error) {
	s, ok := spanOf(kind)
	if !ok || cal.IsZero() || day.IsZero() {
		return Period{}, fmt.Errorf("%s of %s: %w", kind, day, ErrPeriod)
	}
	month := cal.monthOf(day)
	year := floorDiv(month, 12)
	n := (month-12*year)/s.months + 1
	if n > s.count {
		return Period{}, fmt.Errorf("%s of %s: %w", kind, day, ErrPeriod)
	}
	return cal.period(s, year, n), nil
}

// ParsePeriod reads a key as [Period.Key] writes it: 2021-M04, 2021-Q2, 2021-H1, 2021-9M, 2021,
// or 2021-03-15..2021-03-30.
func ParsePeriod(cal Calendar, key string) (Period, error) {
	if from, to, ok := strings.Cut(key, ".."); ok {
		return parseFree(cal, key, from, to)
	}
	head, tail, _ := strings.Cut(key, "-")
	year, ok := number(head)
	if ok && len(head) == 4 {
		for _, s := range spans {
			n := 1
			if s.count > 1 {
				n, _ = number(strings.TrimPrefix(tail, s.mark))
			}
			// Whatever a key could also be read as, only its own spelling counts.
			if p, err := NewPeriod(cal, s.kind, year, n); err == nil && p.Key() == key {
				return p, nil
			}
		}
	}
	return Period{}, fmt.Errorf("period %q: %w: one of 2021-M04, 2021-Q2, 2021-H1, 2021-9M, 2021, 2021-03-15..2021-03-30", key, ErrPeriod)
}

func parseFree(cal Calendar, key, from, to string) (Period, error) {
	first, err := ParseDate(from)
	if err != nil {
		return Period{}, fmt.Errorf("period %q: %w: %w", key, ErrPeriod, err)
	}
	last, err := ParseDate(to)
	if err != nil {
		return Period{}, fmt.Errorf("period %q: %w: %w", key, ErrPeriod, err)
	}
	return FreePeriod(cal, first, last)
}

// IsZero says that p is no period: a request that only has a due date.
func (p Period) IsZero() bool { return p == Period{} }

// Key gives the name of p in files and addresses, without its calendar. [ParsePeriod] reads it.
func (p Period) Key() string {
	switch p.Kind {
	case Month:
		return fmt.Sprintf("%04d-M%02d", p.Year, p.N)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.N)
	case Half:
		return fmt.Sprintf("%04d-H%d", p.Year, p.N)
	case NineMonths:
		return fmt.Sprintf("%04d-9M", p.Year)
	case Year:
		return fmt.Sprintf("%04d", p.Year)
	case Free:
		return p.From.String() + ".." + p.To.String()
	default:
		return ""
	}
}

// String gives the key.
func (p Period) String() string { return p.Key() }

// VI names p in Vietnamese, as titles of reports do: quý II năm 2021.
func (p Period) VI() string {
	switch p.Kind {
	case Month:
		return fmt.Sprintf("tháng %d năm %d", p.N, p.Year)
	case Quarter:
		return fmt.Sprintf("quý %s năm %d", p.ordinal("I", "II", "III", "IV"), p.Year)
	case Half:
		return fmt.Sprintf("6 tháng %s năm %d", p.ordinal("đầu", "cuối"), p.Year)
	case NineMonths:
		return fmt.Sprintf("9 tháng đầu năm %d", p.Year)
	case Year:
		return fmt.Sprintf("năm %d", p.Year)
	case Free:
		return fmt.Sprintf("từ ngày %s đến ngày %s", p.From.Vietnamese(), p.To.Vietnamese())
	default:
		return ""
	}
}

// EN names p in English: second quarter of 2021.
func (p Period) EN() string {
	switch p.Kind {
	case Month:
		return fmt.Sprintf("%s %d", time.Month(p.N), p.Year)
	case Quarter:
		return fmt.Sprintf("%s quarter of %d", p.ordinal("first", "second", "third", "fourth"), p.Year)
	case Half:
		return fmt.Sprintf("%s half of %d", p.ordinal("first", "second"), p.Year)
	case NineMonths:
		return fmt.Sprintf("first nine months of %d", p.Year)
	case Year:
		return fmt.Sprintf("year %d", p.Year)
	case Free:
		return fmt.Sprintf("%s to %s", p.From.English(), p.To.English())
	default:
		return ""
	}
}

// ordinal gives the N-th of the words; a Period put together by hand may have none.
func (p Period) ordinal(words ...string) string {
	if p.N < 1 || p.N > len(words) {
		return "?"
	}
	return words[p.N-1]
}

// Contains says whether a day lies in p.
func (p Period) Contains(day Date) bool {
	return !day.IsZero() && !day.Before(p.From) && !day.After(p.To)
}

// Days gives the number of days of p, its first and last included; 0 for the zero Period.
func (p Period) Days() int {
	if p.From.IsZero() || p.To.IsZero() {
		return 0
	}
	return p.To.Sub(p.From) + 1
}

// Next gives the period of the same kind that follows. After nine months come the nine months
// of the next year; after a free interval one of as many days.
func (p Period) Next() Period { return p.move(1) }

// Prev gives the period of the same kind before p: Next undone. It is what "so với kỳ trước"
// compares with.
func (p Period) Prev() Period { return p.move(-1) }

// LastYear gives the same period a year earlier, what "so với cùng kỳ" compares with. A free
// interval keeps its first and last day; 29 February becomes 28 February.
func (p Period) LastYear() Period {
	s, ok := spanOf(p.Kind)
	if ok {
		return p.Calendar.period(s, p.Year-1, p.N)
	}
	p.From, p.To = yearEarlier(p.From), yearEarlier(p.To)
	return p
}

func yearEarlier(d Date) Date {
	if d.IsZero() {
		return d
	}
	year := d.Year() - 1
	return date(year, d.Month(), min(d.Day(), daysIn(year, d.Month())))
}

func (p Period) move(by int) Period {
	s, ok := spanOf(p.Kind)
	if !ok {
		days := by * p.Days()
		p.From, p.To = p.From.AddDays(days), p.To.AddDays(days)
		return p
	}
	n := p.Year*s.count + p.N - 1 + by
	year := floorDiv(n, s.count)
	return p.Calendar.period(s, year, n-year*s.count+1)
}

// Parts gives the periods of a shorter kind of which p is exactly the union, in order: the
// months of a quarter, the quarters of nine months. It gives nil where there are none: a half is
// no union of years, and a free interval of nothing.
func (p Period) Parts(kind Kind) []Period {
	whole, ok := spanOf(p.Kind)
	part, okPart := spanOf(kind)
	if !ok || !okPart || part.months > whole.months || whole.months%part.months != 0 {
		return nil
	}
	perWhole := whole.months / part.months
	first := perWhole*(p.N-1) + 1
	parts := make([]Period, perWhole)
	for i := range parts {
		parts[i] = p.Calendar.period(part, p.Year, first+i)
	}
	return parts
}
