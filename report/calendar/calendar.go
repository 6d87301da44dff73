package calendar

import (
	"errors"
	"fmt"
	"strings"
)

// ErrCalendar says that there is no calendar of a name. It comes wrapped.
var ErrCalendar = errors.New("no such calendar")

// Calendar says where the months of a reporting regime begin. Everything else follows: a month
// ends before the next begins, and longer periods are unions of months. It is a comparable value;
// the zero Calendar has no name and no periods.
type Calendar struct {
	row     *row
	special string // months that begin on another day, see [Calendar.With]
}

// row is one line of the table of calendars.
type row struct {
	name     string // in files and keys
	vi, en   string // for people
	basis    string // the act that sets it
	startDay int    // the day on which a month begins, at most 28
	back     int    // how many months earlier that day lies: 1 for "from the 15th of the month before"
}

// table holds the calendars. A regime with other cut-offs is one more line here.
var table = [...]row{
	{
		name: "d09", startDay: 15, back: 1,
		vi:    "từ ngày 15 tháng trước đến ngày 14",
		en:    "from the 15th of the month before to the 14th",
		basis: "Nghị định 09/2019/NĐ-CP, Điều 12",
	},
	{
		name: "civil", startDay: 1, back: 0,
		vi:    "theo tháng dương lịch",
		en:    "civil months",
		basis: "",
	},
	{
		name: "tt33-2016", startDay: 16, back: 1,
		vi:    "từ ngày 16 tháng trước đến ngày 15",
		en:    "from the 16th of the month before to the 15th",
		basis: "Thông tư 33/2016/TT-BGTVT, Điều 3",
	},
}

// D09 is the calendar of Decree 09/2019/NĐ-CP, article 12: months from the 15th to the 14th.
func D09() Calendar { return Calendar{row: &table[0]} }

// Civil is the calendar of everyday life: months from the first to the last day.
func Civil() Calendar { return Calendar{row: &table[1]} }

// Lookup gives the calendar of a name such as "d09", or [ErrCalendar].
func Lookup(name string) (Calendar, error) {
	for i := range table {
		if table[i].name == name {
			return Calendar{row: &table[i]}, nil
		}
	}
	return Calendar{}, fmt.Errorf("calendar %q: %w: one of %s", name, ErrCalendar, strings.Join(Names(), ", "))
}

// Names gives the names of all calendars, in the order of the table.
func Names() []string {
	names := make([]string, len(table))
	for i := range table {
		names[i] = table[i].name
	}
	return names
}

// IsZero says that c is no calendar.
func (c Calendar) IsZero() bool { return c.row == nil }

// get gives the row of c; an empty one for the zero Calendar.
func (c Calendar) get() row {
	if c.row == nil {
		return row{}
	}
	return *c.row
}

// Name gives the name by which [Lookup] finds c.
func (c Calendar) Name() string { return c.get().name }

// String gives the name.
func (c Calendar) String() string { return c.Name() }

// VI describes c in Vietnamese.
func (c Calendar) VI() string { return c.get().vi }

// EN describes c in English.
func (c Calendar) EN() string { return c.get().en }

// Basis names the act that sets c; empty where none is needed.
func (c Calendar) Basis() string { return c.get().basis }

// monthStart gives the first day of a month, which is counted from month 1 of the year 0 on: a
// number without years, so that neighbours and unions are plain arithmetic.
func (c Calendar) monthStart(month int) Date {
	if d, ok := c.specialStart(month); ok {
		return d
	}
	civil := month - c.row.back
	return date(floorDiv(civil, 12), civil-12*floorDiv(civil, 12)+1, c.row.startDay)
}

// monthOf gives the number of the month in which d lies.
func (c Calendar) monthOf(d Date) int {
	month := 12*d.Year() + d.Month() - 1 + c.row.back
	if d.Day() < c.row.startDay {
		month--
	}
	if c.special == "" {
		return month
	}
	for d.Before(c.monthStart(month)) {
		month--
	}
	for !d.Before(c.monthStart(month + 1)) {
		month++
	}
	return month
}
