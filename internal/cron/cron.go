// Package cron reads lines that say when something falls due: six fields, second
// minute hour day month weekday, each "*", a number, a range "1-5", a step "*/10"
// or "8-18/2", or a list of these, in a time zone.
//
//	0 0 6 1 * *        at six in the morning on the first of every month
//	0 30 7 * * 1-5     half past seven on working days
//
// The broker fires schedules by the same grammar; this package is there to say
// which turn a fire belongs to, to refuse a bad line before it is stored, and to
// drive schedules held in memory. As in the broker, when both day and weekday
// are given either of them is enough.
package cron

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on every machine, also where the system has none
)

// ErrLine is wrapped by every error of Parse.
var ErrLine = errors.New("bad cron line")

// Line is a parsed line.
type Line struct {
	second, minute, hour, day, month, weekday uint64 // bit sets
	anyDay, anyWeekday                        bool
	zone                                      *time.Location
}

// field is the range of one of the six.
type field struct {
	name   string
	lo, hi int
}

var fields = [6]field{
	{"second", 0, 59}, {"minute", 0, 59}, {"hour", 0, 23},
	{"day", 1, 31}, {"month", 1, 12}, {"weekday", 0, 6},
}

// years is how far Next and Before look: 29 February of a leap year is never
// farther than eight years away.
const years = 9

// Parse reads a line. Zone is an IANA name such as "Asia/Ho_Chi_Minh"; "" is UTC.
func Parse(line, zone string) (*Line, error) {
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return nil, fmt.Errorf("%w: time zone %q is not known", ErrLine, zone)
	}
	words := strings.Fields(line)
	if len(words) != len(fields) {
		return nil, fmt.Errorf("%w: %q has %d fields, not 6 (second minute hour day month weekday)", ErrLine, line, len(words))
	}
	l := &Line{zone: loc, anyDay: words[3] == "*", anyWeekday: words[5] == "*"}
	sets := [6]*uint64{&l.second, &l.minute, &l.hour, &l.day, &l.month, &l.weekday}
	for i, word := range words {
		if *sets[i], err = fields[i].set(word); err != nil {
			return nil, fmt.Errorf("%w: %s of %q: %w", ErrLine, fields[i].name, line, err)
		}
	}
	if l.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("%w: %q never falls due", ErrLine, line)
	}
	return l, nil
}

// set reads one field: a list of parts.
func (f field) set(word string) (set uint64, err error) {
	for part := range strings.SplitSeq(word, ",") {
		lo, hi, step, err := f.part(part)
		if err != nil {
			return 0, err
		}
		for n := lo; n <= hi; n += step {
			set |= 1 << n
		}
	}
	return set, nil
}

// part reads "*", "5", "5-9", each with an optional "/step".
func (f field) part(part string) (lo, hi, step int, err error) {
	span, by, stepped := strings.Cut(part, "/")
	step = 1
	if stepped {
		if step, err = strconv.Atoi(by); err != nil || step < 1 || step > f.hi {
			return 0, 0, 0, fmt.Errorf("step %q is not between 1 and %d", by, f.hi)
		}
	}
	if span == "*" {
		return f.lo, f.hi, step, nil
	}
	from, to, ranged := strings.Cut(span, "-")
	if lo, err = f.number(from); err != nil {
		return 0, 0, 0, err
	}
	switch {
	case ranged:
		hi, err = f.number(to)
	case stepped:
		hi = f.hi
	default:
		hi = lo
	}
	if err == nil && hi < lo {
		err = fmt.Errorf("range %q runs backwards", span)
	}
	return lo, hi, step, err
}

func (f field) number(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < f.lo || n > f.hi || strings.HasPrefix(s, "+") {
		return 0, fmt.Errorf("%q is not between %d and %d", s, f.lo, f.hi)
	}
	return n, nil
}

// Next is the first moment after t at which the line falls due; the zero time
// when there is none within [years] years.
func (l *Line) Next(t time.Time) time.Time {
	t = t.In(l.zone)
	for day, last := midnight(t, 0), t.AddDate(years, 0, 0); day.Before(last); day = midnight(day, 1) {
		if !l.onDay(day) {
			continue
		}
		for s := range 24 * 3600 {
			if at, ok := l.at(day, s); ok && at.After(t) {
				return at
			}
		}
	}
	return time.Time{}
}

// Before is the last moment not after t at which the line falls due; the zero
// time when there is none within [years] years.
func (l *Line) Before(t time.Time) time.Time {
	t = t.In(l.zone)
	for day, first := midnight(t, 0), t.AddDate(-years, 0, 0); day.After(first); day = midnight(day, -1) {
		if !l.onDay(day) {
			continue
		}
		for s := 24*3600 - 1; s >= 0; s-- {
			if at, ok := l.at(day, s); ok && !at.After(t) {
				return at
			}
		}
	}
	return time.Time{}
}

// midnight is the beginning of the day that lies days after t's.
func midnight(t time.Time, days int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+days, 0, 0, 0, 0, t.Location())
}

func (l *Line) onDay(t time.Time) bool {
	if l.month>>t.Month()&1 == 0 {
		return false
	}
	day, weekday := l.day>>t.Day()&1 == 1, l.weekday>>t.Weekday()&1 == 1
	if l.anyDay || l.anyWeekday {
		return day && weekday
	}
	return day || weekday
}

// at is the moment that the clock on the wall shows second s of a day, when the
// line falls due then. An hour that a change of the clocks leaves out has no
// such moment.
func (l *Line) at(day time.Time, s int) (time.Time, bool) {
	h, m, sec := s/3600, s/60%60, s%60
	if l.hour>>h&1 == 0 || l.minute>>m&1 == 0 || l.second>>sec&1 == 0 {
		return time.Time{}, false
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), h, m, sec, 0, day.Location())
	return at, at.Hour() == h
}
