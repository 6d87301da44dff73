package calendar

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// ErrNoHolidayTable says that the days off of a year are not known, so that its working days
// cannot be counted. It comes wrapped, with the year.
var ErrNoHolidayTable = errors.New("no table of holidays for this year")

// ErrHolidayFile says that a file of holidays cannot be read. It comes wrapped, with the line.
var ErrHolidayFile = errors.New("holiday table")

// DayOff is a day that the weekly rhythm alone would get wrong: a holiday, or a weekend day
// worked in exchange for one.
type DayOff struct {
	Date    Date
	Working bool   // worked, though on a weekend
	VI, EN  string // the occasion
	Source  string // the act, where it is known
}

// HolidayTable holds the days off of some years. It does not change once it is read; the nil
// table knows no year.
type HolidayTable struct {
	years map[int]bool
	days  map[Date]DayOff
}

//go:embed holidays.txt
var holidaysText string

// builtin reads the embedded table once. Its text is held by a test, so it cannot fail.
var builtin = sync.OnceValue(func() *HolidayTable {
	t, err := ParseHolidays(holidaysText)
	if err != nil {
		panic(err)
	}
	return t
})

// VietnamHolidays gives the days off of Vietnamese public offices that this program knows. Later
// years, or a province's own, come from [ParseHolidays] and [HolidayTable.With].
func VietnamHolidays() *HolidayTable { return builtin() }

// ParseHolidays reads a table of holidays; its form is shown at the top of holidays.txt. Every
// mistake is an [ErrHolidayFile] with its line.
func ParseHolidays(text string) (*HolidayTable, error) {
	t := &HolidayTable{years: map[int]bool{}, days: map[Date]DayOff{}}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := t.readLine(line); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrHolidayFile, i+1, err)
		}
	}
	return t, nil
}

// readLine takes one line that is not empty.
func (t *HolidayTable) readLine(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "year":
		year, ok := number(rest)
		if !ok || len(rest) != 4 {
			return fmt.Errorf("%q is not a year", rest)
		}
		if t.years[year] {
			return fmt.Errorf("the year %d is there twice", year)
		}
		t.years[year] = true
		return nil
	case "off", "work":
		return t.readDays(word == "work", rest)
	default:
		return fmt.Errorf("%q is none of year, off, work", word)
	}
}

// readDays takes DAY[..DAY] | vi | en [| source].
func (t *HolidayTable) readDays(working bool, rest string) error {
	fields := strings.Split(rest, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if len(fields) < 3 || len(fields) > 4 || fields[1] == "" || fields[2] == "" {
		return errors.New("want a day, its name in Vietnamese and in English, and perhaps a source")
	}
	first, last, isRange := strings.Cut(fields[0], "..")
	if !isRange {
		last = first
	}
	from, err := ParseDate(first)
	if err != nil {
		return err
	}
	to, err := ParseDate(last)
	if err != nil {
		return err
	}
	const longest = 31 // no holiday is longer; a slip of the pen in a year is caught here
	if n := to.Sub(from); n < 0 || n >= longest {
		return fmt.Errorf("%s is not a span of days", fields[0])
	}
	day := DayOff{Working: working, VI: fields[1], EN: fields[2]}
	if len(fields) == 4 {
		day.Source = fields[3]
	}
	for day.Date = from; !day.Date.After(to); day.Date = day.Date.AddDays(1) {
		if err := t.add(day); err != nil {
			return err
		}
	}
	return nil
}

func (t *HolidayTable) add(day DayOff) error {
	_, double := t.days[day.Date]
	switch {
	case double:
		return fmt.Errorf("%s is there twice", day.Date)
	case !t.years[day.Date.Year()]:
		return fmt.Errorf("%s stands before its year", day.Date)
	case day.Working && !isWeekend(day.Date):
		return fmt.Errorf("%s is no weekend day", day.Date)
	}
	t.days[day.Date] = day
	return nil
}

// With gives a table that knows the years of both. For a year that both know, other counts.
func (t *HolidayTable) With(other *HolidayTable) *HolidayTable {
	joined := &HolidayTable{years: map[int]bool{}, days: map[Date]DayOff{}}
	for _, year := range t.Years() {
		joined.take(t, year)
	}
	for _, year := range other.Years() {
		maps.DeleteFunc(joined.days, func(d Date, _ DayOff) bool { return d.Year() == year })
		joined.take(other, year)
	}
	return joined
}

func (t *HolidayTable) take(from *HolidayTable, year int) {
	t.years[year] = true
	for _, day := range from.DaysOff(year) {
		t.days[day.Date] = day
	}
}

// Years gives the years that the table knows, in order.
func (t *HolidayTable) Years() []int {
	if t == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(t.years))
}

// DaysOff gives the entries of a year by date: holidays and worked weekend days.
func (t *HolidayTable) DaysOff(year int) []DayOff {
	if t == nil {
		return nil
	}
	var days []DayOff
	for _, day := range t.days {
		if day.Date.Year() == year {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, func(a, b DayOff) int { return a.Date.Compare(b.Date) })
	return days
}

// Lookup gives the entry of a day, if it has one.
func (t *HolidayTable) Lookup(day Date) (DayOff, bool) {
	if t == nil {
		return DayOff{}, false
	}
	entry, ok := t.days[day]
	return entry, ok
}

func isWeekend(d Date) bool {
	weekday := d.Weekday()
	return weekday == time.Saturday || weekday == time.Sunday
}

// IsWorkingDay says whether offices work on a day. It fails with [ErrNoHolidayTable] for a year
// that the table does not know.
func (t *HolidayTable) IsWorkingDay(day Date) (bool, error) {
	if t == nil || !t.years[day.Year()] {
		return false, fmt.Errorf("working days of %d: %w", day.Year(), ErrNoHolidayTable)
	}
	if entry, ok := t.days[day]; ok {
		return entry.Working, nil
	}
	return !isWeekend(day), nil
}

// AddWorkingDays gives the n-th working day after a day, which itself is not counted (Civil Code
// 2015, article 147); before it where n is negative. With n = 0 it gives the day as it is.
func (t *HolidayTable) AddWorkingDays(day Date, n int) (Date, error) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		day = day.AddDays(step)
		working, err := t.IsWorkingDay(day)
		if err != nil {
			return Date{}, err
		}
		if working {
			n--
		}
	}
	return day, nil
}

// WorkingDaysBetween counts the working days after from, up to and with to: the days that are
// left when something starts on from and must be there on to. It is negative where to lies
// before from.
func (t *HolidayTable) WorkingDaysBetween(from, to Date) (int, error) {
	if to.Before(from) {
		n, err := t.WorkingDaysBetween(to, from)
		return -n, err
	}
	count := 0
	for day := from.AddDays(1); !day.After(to); day = day.AddDays(1) {
		working, err := t.IsWorkingDay(day)
		if err != nil {
			return 0, err
		}
		if working {
			count++
		}
	}
	return count, nil
}

// EndOfTerm gives the last day of a term of so many days: the day on which it starts is not
// counted, and a term that would end on a day off ends with the next working day (Civil Code
// 2015, articles 147 and 148).
func (t *HolidayTable) EndOfTerm(start Date, days int) (Date, error) {
	return t.workingDayFrom(start.AddDays(days))
}

// workingDayFrom gives the day itself if it is worked, and otherwise the next that is.
func (t *HolidayTable) workingDayFrom(day Date) (Date, error) {
	for {
		working, err := t.IsWorkingDay(day)
		if err != nil {
			return Date{}, err
		}
		if working {
			return day, nil
		}
		day = day.AddDays(1)
	}
}
