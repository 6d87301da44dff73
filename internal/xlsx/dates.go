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

// parseISO reads one of them. The result of a time alone lies on 0000-01-01.
func parseISO(s string) (t time.Time, layout string, ok bool) {
	for _, layout := range isoLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, layout, true
		}
	}
	return time.Time{}, "", false
}

// ParseDate reads the text of a cell of type [Date] as a day and a time of day,
// to the millisecond, in UTC as the format knows no zones. A serial number
// counts days from the end of 1899, or from 1904-01-01 with date1904; a time
// alone lies on day 0, 1899-12-31 or 1904-01-01. The 29th of February 1900,
// which Excel counts and the calendar lacks, is no date; nor is anything below
// 0 or after the year 9999.
func ParseDate(text string, date1904 bool) (time.Time, bool) {
	day0 := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	if date1904 {
		day0 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if strings.ContainsAny(text, ":-T") && !strings.ContainsAny(text, "eE") {
		t, layout, ok := parseISO(text)
		if ok && strings.HasPrefix(layout, "15") {
			t = day0.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute +
				time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond()))
		}
		return t.UTC(), ok
	}
	return serialDate(text, day0, !date1904)
}

// serialDate counts from day0, and leaves out the day that is none.
func serialDate(text string, day0 time.Time, leap1900 bool) (time.Time, bool) {
	const (
		dayMillis = 24 * 60 * 60 * 1000
		lastDay   = 2_958_466 // the day after 9999-12-31
		noDay     = 60        // 1900-02-29
	)
	if !isNumber([]byte(text)) || len(text) > 40 || hugeExponent(text) {
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
