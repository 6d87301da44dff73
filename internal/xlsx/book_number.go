package xlsx

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxDigits is how many significant digits a spreadsheet keeps.
const maxDigits = 15

// maxNumberLen bounds a number's text; the largest double has 309 digits.
const maxNumberLen = 64

// ErrNotNumber says that a text is not a plain decimal: an optional minus,
// digits without leading zeros, optionally a point and digits. A code such as
// "007" is a text and must be written as one.
var ErrNotNumber = errors.New("not a decimal number")

// ErrTooPrecise says that a number has more significant digits than a
// spreadsheet keeps. Excel would show zeros in place of the rest (law 5).
// Write such a number as a text, or round it where rounding is allowed.
var ErrTooPrecise = errors.New("more than 15 significant digits")

// CheckNumber tells whether a decimal can be written as a number cell and
// read back digit for digit: nil, ErrNotNumber or ErrTooPrecise.
func CheckNumber(decimal string) error {
	if len(decimal) > maxNumberLen {
		return ErrNotNumber
	}
	whole, fraction, pointed := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	if !allDigits(whole) || pointed && !allDigits(fraction) {
		return ErrNotNumber
	}
	if len(whole) > 1 && whole[0] == '0' {
		return ErrNotNumber
	}
	if significant(whole, fraction) > maxDigits {
		return ErrTooPrecise
	}
	return nil
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// significant counts digits from the first to the last that is not zero.
func significant(whole, fraction string) int {
	if strings.Trim(fraction, "0") == "" {
		return len(strings.Trim(whole, "0"))
	}
	digits := strings.TrimRight(whole+fraction, "0")
	return len(strings.TrimLeft(digits, "0"))
}

// serialOf gives the day number under which a spreadsheet keeps a date, with
// the time of day as a fraction when withTime is set. The date is the one the
// calendar shows in t's own location: a spreadsheet knows no time zones.
func serialOf(t time.Time, withTime bool) (string, error) {
	const secondsPerDay = 24 * 60 * 60
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	serial := (day.Unix() - epoch.Unix()) / secondsPerDay
	// Serials 1 to 60 are one day off between programs: Lotus took 1900 for
	// a leap year, Excel followed it, others did not.
	const firstSafe, last = 61, 2_958_465
	if serial < firstSafe || serial > last {
		return "", fmt.Errorf("date %s: %w", day.Format(time.DateOnly), ErrOutside)
	}
	text := strconv.FormatInt(serial, 10)
	if !withTime {
		return text, nil
	}
	// Ten decimals are 9 microseconds, and with the day's five digits just
	// the 15 that a spreadsheet keeps.
	const scale = 10_000_000_000
	clock := int64(t.Hour()*3600 + t.Minute()*60 + t.Second())
	fraction := strconv.FormatInt((clock*scale+secondsPerDay/2)/secondsPerDay, 10)
	fraction = strings.TrimRight(strings.Repeat("0", 10-len(fraction))+fraction, "0")
	if fraction == "" {
		return text, nil
	}
	return text + "." + fraction, nil
}
