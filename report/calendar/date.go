package calendar

import (
	"errors"
	"fmt"
	"time"
)

// ErrDate says that a text is not a date. It comes wrapped.
var ErrDate = errors.New("not a date of the form 2021-03-25")

// Date is a day of the Gregorian calendar, without a time or a zone. It is comparable, and its
// zero value is no day at all.
type Date struct {
	year  int32
	month uint8
	day   uint8
}

// ict is Vietnamese time. It has no summer time, so no zone database is needed.
var ict = time.FixedZone("ICT", 7*60*60)

// Vietnam is the zone in which the days of reports begin and end: UTC+7.
func Vietnam() *time.Location { return ict }

// NewDate gives the day, or [ErrDate] when there is no such day in years 1 to 9999.
func NewDate(year, month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("date %d-%d-%d: %w", year, month, day, ErrDate)
	}
	return date(year, month, day), nil
}

// date builds a Date from numbers that are known to be a day.
func date(year, month, day int) Date {
	return Date{year: int32(year), month: uint8(month), day: uint8(day)}
}

// ParseDate reads 2021-03-25, four, two and two digits.
func ParseDate(s string) (Date, error) {
	if len(s) == len("2021-03-25") && s[4] == '-' && s[7] == '-' {
		year, okY := number(s[:4])
		month, okM := number(s[5:7])
		day, okD := number(s[8:])
		if okY && okM && okD {
			if d, err := NewDate(year, month, day); err == nil {
				return d, nil
			}
		}
	}
	return Date{}, fmt.Errorf("date %q: %w", s, ErrDate)
}

// number reads decimal digits and nothing else.
func number(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}

// MustDate is [ParseDate] for dates in the source code. It panics on what ParseDate refuses.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf gives the day that it is at the moment t in the zone; a nil zone is Vietnam's.
func DateOf(t time.Time, zone *time.Location) Date {
	if zone == nil {
		zone = ict
	}
	year, month, day := t.In(zone).Date()
	return date(year, int(month), day)
}

// IsZero says that d is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// Year gives the year, 0 for the zero Date.
func (d Date) Year() int { return int(d.year) }

// Month gives the month, 1 to 12.
func (d Date) Month() int { return int(d.month) }

// Day gives the day of the month, 1 to 31.
func (d Date) Day() int { return int(d.day) }

// Compare is -1, 0 or 1 as d is earlier than, equal to or later than e. The zero Date is the
// earliest.
func (d Date) Compare(e Date) int {
	a, b := d.order(), e.order()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

func (d Date) order() int64 { return int64(d.year)<<16 | int64(d.month)<<8 | int64(d.day) }

// Before says whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.order() < e.order() }

// After says whether d is later than e.
func (d Date) After(e Date) bool { return d.order() > e.order() }

// AddDays gives the day n days after d, before it where n is negative. The zero Date stays zero.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return fromDayNumber(d.dayNumber() + n)
}

// Sub gives the number of days from e to d. Neither may be the zero Date.
func (d Date) Sub(e Date) int { return d.dayNumber() - e.dayNumber() }

// Weekday gives the day of the week of a day that is not zero.
func (d Date) Weekday() time.Weekday {
	const sunday = 3 // day number 0 is 1 March of the year 0, a Wednesday
	return time.Weekday(((d.dayNumber()+sunday)%7 + 7) % 7)
}

// Start gives the moment at which d begins in the zone; a nil zone is Vietnam's.
func (d Date) Start(zone *time.Location) time.Time {
	if zone == nil {
		zone = ict
	}
	return time.Date(d.Year(), time.Month(d.month), d.Day(), 0, 0, 0, 0, zone)
}

// String gives 2021-03-25, and nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Vietnamese gives the short form 25/3/2021, and nothing for the zero Date.
func (d Date) Vietnamese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d/%d/%d", d.day, d.month, d.year)
}

// VietnameseLong gives the form of official documents, ngày 05 tháng 02 năm 2021: a zero stands
// before days below 10 and before months 1 and 2, and only those (Decree 30/2020, Appendix I).
func (d Date) VietnameseLong() string {
	if d.IsZero() {
		return ""
	}
	month := fmt.Sprint(d.month)
	if d.month <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.day, month, d.year)
}

// English gives 25 March 2021, and nothing for the zero Date.
func (d Date) English() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.day, time.Month(d.month), d.year)
}

// MarshalText gives what String gives.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads; an empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// daysIn gives the number of days of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// The Gregorian calendar repeats every 400 years, which have daysPerCycle days.
const (
	yearsPerCycle = 400
	daysPerCycle  = 146_097
)

// dayNumber counts days from 1 March of the year 0. Years are taken to begin in March, so that
// the leap day is the last day of a year and months begin at regular distances.
func (d Date) dayNumber() int {
	year, month := int(d.year), int(d.month)-3
	if month < 0 {
		year, month = year-1, month+12
	}
	cycle := floorDiv(year, yearsPerCycle)
	y := year - cycle*yearsPerCycle
	dayOfYear := (153*month+2)/5 + int(d.day) - 1 // months from March: 31 30 31 30 31, again, 31 28
	return cycle*daysPerCycle + y*365 + y/4 - y/100 + dayOfYear
}

// fromDayNumber is the inverse of dayNumber.
func fromDayNumber(n int) Date {
	cycle := floorDiv(n, daysPerCycle)
	n -= cycle * daysPerCycle
	// Take out the leap days before n, so that every year has 365.
	y := (n - n/1460 + n/36_524 - n/(daysPerCycle-1)) / 365
	n -= y*365 + y/4 - y/100
	month := (5*n + 2) / 153
	day := n - (153*month+2)/5 + 1
	year := cycle*yearsPerCycle + y
	if month += 3; month > 12 {
		year, month = year+1, month-12
	}
	return date(year, month, day)
}

// floorDiv divides rounding towards minus infinity; b is positive.
func floorDiv(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}
