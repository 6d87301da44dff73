package calendar

import (
	"errors"
	"fmt"
	"time"
)

// ErrDueRule says that a due rule contradicts itself or says too little. It comes wrapped.
var ErrDueRule = errors.New("due rule")

// Wording is how a letter or a regime puts its due date. It is kept, because the readings differ.
type Wording string

// The wordings.
const (
	Before Wording = "before" // trước ngày …: the day itself is, strictly, too late
	By     Wording = "by"     // chậm nhất ngày …: with the day itself
	Until  Wording = "until"  // đến hết ngày …: with the day itself
	Within Wording = "within" // trong … ngày kể từ ngày chốt số liệu
)

// DueRule says when reports are due. In a definition or request file:
//
//	due: {wording: before, date: 2021-03-30}        trước ngày 30/3/2021
//	due: {wording: by, day: 20}                     the 20th of the month of the cut-off
//	due: {wording: before, day: 15, monthsAfter: 1} the 15th of the month after it
//	due: {wording: within, workingDays: 2}          two working days after the cut-off
//	due: {wording: within, days: 5}                 five days; a day off moves the end
//
// The zero DueRule is none: nothing is due at any time.
type DueRule struct {
	Wording     Wording `json:"wording,omitempty" yaml:"wording,omitempty"`
	Date        Date    `json:"date,omitzero" yaml:"date,omitempty"`                // a day once and for all
	Day         int     `json:"day,omitempty" yaml:"day,omitempty"`                 // of the month, 1 to 31; past its end means its last day
	MonthsAfter int     `json:"monthsAfter,omitempty" yaml:"monthsAfter,omitempty"` // which month Day is in, counted from that of the cut-off
	WorkingDays int     `json:"workingDays,omitempty" yaml:"workingDays,omitempty"` // after the cut-off
	Days        int     `json:"days,omitempty" yaml:"days,omitempty"`               // after the cut-off, days off counted too
}

// IsZero says that r is no rule.
func (r DueRule) IsZero() bool { return r == DueRule{} }

// Validate gives an [ErrDueRule] unless r is zero or says exactly one thing.
func (r DueRule) Validate() error {
	if r.IsZero() {
		return nil
	}
	set := 0
	for _, given := range []bool{!r.Date.IsZero(), r.Day != 0, r.WorkingDays != 0, r.Days != 0} {
		if given {
			set++
		}
	}
	const maxDays, maxMonths = 366, 12
	switch {
	case set != 1:
		return fmt.Errorf("%w: want exactly one of date, day, workingDays, days", ErrDueRule)
	case r.Wording == Within:
		if r.WorkingDays == 0 && r.Days == 0 {
			return fmt.Errorf("%w: within needs workingDays or days", ErrDueRule)
		}
	case r.Wording != Before && r.Wording != By && r.Wording != Until:
		return fmt.Errorf("%w: wording %q is none of before, by, until, within", ErrDueRule, r.Wording)
	case r.Date.IsZero() && r.Day == 0:
		return fmt.Errorf("%w: %s needs date or day", ErrDueRule, r.Wording)
	}
	switch {
	case r.Day < 0 || r.Day > 31:
		return fmt.Errorf("%w: day %d is not between 1 and 31", ErrDueRule, r.Day)
	case r.WorkingDays < 0 || r.WorkingDays > maxDays || r.Days < 0 || r.Days > maxDays:
		return fmt.Errorf("%w: a number of days is not between 1 and %d", ErrDueRule, maxDays)
	case r.MonthsAfter != 0 && r.Day == 0:
		return fmt.Errorf("%w: monthsAfter goes with day", ErrDueRule)
	case r.MonthsAfter < 0 || r.MonthsAfter > maxMonths:
		return fmt.Errorf("%w: monthsAfter %d is not between 0 and %d", ErrDueRule, r.MonthsAfter, maxMonths)
	}
	return nil
}

// Room says whether there is any time between the cut-off and the due date.
type Room string

// The answers. A rule that leaves no room is not refused, for such rules are in force (Decree
// 103/2017, article 51, asks before 15/6 for figures closed on 14/6); it is reported.
const (
	RoomEnough       Room = ""               // there is at least one working day, or no cut-off
	RoomNone         Room = "no-working-day" // not one working day between the cut-off and the strict last day
	RoomBeforeCutoff Room = "before-cutoff"  // due before the figures are closed
	RoomNotCounted   Room = "not-counted"    // no table of holidays, so the working days are not known
)

// Due is a due date, computed. The zero Due never falls due.
type Due struct {
	Rule        DueRule
	Named       Date // the day that the words name: 30/3 in "trước ngày 30/3"
	Strict      Date // the last day by the letter: 29/3
	Lenient     Date // the last day by practice: 30/3, and the next working day if that is a day off
	Cutoff      Date // the last day of the period; zero where there is none
	Room        Room // between Cutoff and Strict
	WorkingDays int  // between Cutoff and Strict; 0 unless they could be counted
}

// Compute gives the due date of a period. A rule with a date needs no period: pass the zero
// Period. Days off are taken from the table. Where it does not know the year, a due date that is
// a day of the month stands as it is (Lenient is not moved, Room is [RoomNotCounted]), but one
// that lies so many days after the cut-off is [ErrNoHolidayTable].
func (r DueRule) Compute(p Period, holidays *HolidayTable) (Due, error) {
	if err := r.Validate(); err != nil {
		return Due{}, err
	}
	if r.IsZero() {
		return Due{}, nil
	}
	if p.To.IsZero() && r.Date.IsZero() {
		return Due{}, fmt.Errorf("%w: a due date that follows the cut-off needs a period", ErrDueRule)
	}
	due := Due{Rule: r, Cutoff: p.To}
	if err := due.setDays(holidays); err != nil {
		return Due{}, fmt.Errorf("due date after %s: %w", p.To, err)
	}
	due.measureRoom(holidays)
	return due, nil
}

// setDays sets Named, Strict and Lenient.
func (d *Due) setDays(holidays *HolidayTable) (err error) {
	r := d.Rule
	if r.Wording == Within {
		if r.WorkingDays > 0 {
			d.Named, err = holidays.AddWorkingDays(d.Cutoff, r.WorkingDays)
		} else {
			d.Named, err = holidays.EndOfTerm(d.Cutoff, r.Days)
		}
		d.Strict, d.Lenient = d.Named, d.Named
		return err
	}
	d.Named = r.Date
	if r.Day != 0 {
		month := 12*d.Cutoff.Year() + d.Cutoff.Month() - 1 + r.MonthsAfter
		year := month / 12
		d.Named = date(year, month%12+1, min(r.Day, daysIn(year, month%12+1)))
	}
	d.Strict, d.Lenient = d.Named, d.Named
	if r.Wording == Before {
		d.Strict = d.Named.AddDays(-1)
	}
	if moved, err := holidays.workingDayFrom(d.Named); err == nil {
		d.Lenient = moved
	}
	return nil
}

// measureRoom sets Room and WorkingDays.
func (d *Due) measureRoom(holidays *HolidayTable) {
	switch {
	case d.Cutoff.IsZero():
		return
	case d.Strict.Before(d.Cutoff):
		d.Room = RoomBeforeCutoff
		return
	case d.Strict == d.Cutoff: // none, whatever the table says
		d.Room = RoomNone
		return
	}
	n, err := holidays.WorkingDaysBetween(d.Cutoff, d.Strict)
	switch {
	case err != nil:
		d.Room = RoomNotCounted
	case n == 0:
		d.Room = RoomNone
	}
	d.WorkingDays = n
}

// IsZero says that nothing is due.
func (d Due) IsZero() bool { return d.Strict.IsZero() }

// VI puts the due date in the words of the rule, with the strict last day where it is another.
func (d Due) VI() string {
	switch r := d.Rule; r.Wording {
	case Before:
		return fmt.Sprintf("trước ngày %s (hết ngày %s)", d.Named.Vietnamese(), d.Strict.Vietnamese())
	case By:
		return "chậm nhất ngày " + d.Named.Vietnamese()
	case Until:
		return "đến hết ngày " + d.Named.Vietnamese()
	case Within:
		unit, n := "ngày", r.Days
		if r.WorkingDays > 0 {
			unit, n = "ngày làm việc", r.WorkingDays
		}
		return fmt.Sprintf("trong %02d %s kể từ ngày chốt số liệu %s (hết ngày %s)",
			n, unit, d.Cutoff.Vietnamese(), d.Strict.Vietnamese())
	default:
		return ""
	}
}

// EN puts the due date in English.
func (d Due) EN() string {
	switch r := d.Rule; r.Wording {
	case Before:
		return fmt.Sprintf("before %s (to the end of %s)", d.Named.English(), d.Strict.English())
	case By:
		return "not later than " + d.Named.English()
	case Until:
		return "until the end of " + d.Named.English()
	case Within:
		unit, n := "day", r.Days
		if r.WorkingDays > 0 {
			unit, n = "working day", r.WorkingDays
		}
		if n != 1 {
			unit += "s"
		}
		return fmt.Sprintf("within %d %s of the cut-off on %s (to the end of %s)",
			n, unit, d.Cutoff.English(), d.Strict.English())
	default:
		return ""
	}
}

// Judge says whether what was received at a moment was in time. The day is that of Vietnamese
// time; the moment of receipt is the legal one, for a report counts as sent when it has been
// transmitted.
func (d Due) Judge(receivedAt time.Time) Timeliness {
	day := DateOf(receivedAt, ict)
	switch {
	case d.IsZero() || !day.After(d.Strict):
		return Timeliness{Standing: OnTime}
	case !day.After(d.Lenient):
		return Timeliness{Standing: OnTimeLenient}
	default:
		return Timeliness{Standing: Late, DaysLate: day.Sub(d.Lenient)}
	}
}
