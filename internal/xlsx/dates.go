package xlsx

import (
	"math/big"
	"strings"
	"time"
)

// isoLayouts are the spellings of a cell of type d: date and time, date, time.
var isoLayouts = [...]string{
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "15:04:05", "15:04",
	"2006-01-02T15:04:05Z07:00",
}

// clock is the layout for what parseISO found to be a time without a day.
const clock = "15:04:05"

// parseISO reads a cell of type d: one of the layouts, or a duration such as
// PT1H30M0.5S. A time or duration alone comes as one counted from the zero time.
func parseISO(s string) (t time.Time, alone, ok bool) {
	for _, layout := range isoLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			if alone = layout[0] == '1'; alone {
				midnight, _ := time.Parse(clock, "00:00:00")
				t = time.Time{}.Add(t.Sub(midnight))
			}
			return t.UTC(), alone, true
		}
	}
	if hms, found := strings.CutPrefix(s, "PT"); found && hms == strings.ToUpper(hms) {
		d, err := time.ParseDuration(strings.ToLower(hms))
		return time.Time{}.Add(d), true, err == nil && d >= 0
	}
	return time.Time{}, false, false
}

// ParseDate reads the text of a cell of type [Date] as a day and a time of day,
// to the millisecond, in UTC as the format knows no zones. A serial number
// counts days from the end of 1899, or from 1904-01-01 with date1904; a time or
// duration alone is so many days and parts of one, counted in the same way.
// The 29th of February 1900, which Excel counts and the calendar lacks, is no
// date; nor is anything below 0 or after the year 9999.
func ParseDate(text string, date1904 bool) (time.Time, bool) {
	day0 := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	if date1904 {
		day0 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if isNumber([]byte(text)) {
		return serialDate(text, day0, !date1904)
	}
	t, alone, ok := parseISO(text)
	if !alone {
		return t, ok
	}
	d := t.Sub(time.Time{})
	if days := int(d / (24 * time.Hour)); !date1904 && days >= noDay {
		ok = ok && days != noDay
		d -= 24 * time.Hour
	}
	return day0.Add(d), ok
}

// noDay is the serial number of 1900-02-29.
const noDay = 60

// serialDate counts from day0, and leaves out the day that is none.
func serialDate(text string, day0 time.Time, leap1900 bool) (time.Time, bool) {
	const (
		dayMillis = 24 * 60 * 60 * 1000
		lastDay   = 2_958_466 // the day after 9999-12-31
	)
	if len(text) > 40 || hugeExponent(text) {
		return time.Time{}, false
	}
	serial, ok := new(big.Rat).SetString(text)
	if !ok || serial.Sign() < 0 {
		return time.Time{}, false
	}
	serial.Mul(serial, big.NewRat(dayMillis, 1))
	serial.Add(serial, big.NewRat(1, 2))
	millis := new(big.Int).Quo(serial.Num(), serial.Denom())
	if millis.Cmp(big.NewInt(lastDay*dayMillis)) >= 0 {
		return time.Time{}, false
	}
	days, rest := millis.Int64()/dayMillis, millis.Int64()%dayMillis
	if leap1900 && days >= noDay {
		if days == noDay {
			return time.Time{}, false
		}
		days--
	}
	return day0.AddDate(0, 0, int(days)).Add(time.Duration(rest) * time.Millisecond), true
}

// hugeExponent guards exact arithmetic from 1e999999999.
func hugeExponent(text string) bool {
	_, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	return len(strings.TrimLeft(exponent, "+-0")) > 2
}
