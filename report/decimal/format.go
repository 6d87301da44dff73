package decimal

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// maxDigits is the number of digits of the largest coefficient.
const maxDigits = 39

// String gives d in its canonical spelling: no exponent, no trailing zeros, never "-0".
// [Parse] reads it back.
func (d Decimal) String() string {
	var buf [maxDigits + 3]byte // with sign, point and the nought before it
	return string(d.AppendTo(buf[:0]))
}

// AppendTo appends the canonical spelling of d to b.
func (d Decimal) AppendTo(b []byte) []byte {
	return d.appendSpelling(b, int(d.scale), spelling{point: '.'})
}

// StringFixed gives d with exactly scale decimals. A d with more decimals is refused with
// [ErrInexact]: whoever wants it shorter says how with [Decimal.Round].
func (d Decimal) StringFixed(scale int) (string, error) {
	if scale < int(d.scale) {
		return "", fmt.Errorf("%s with %d decimals: %w", d, scale, ErrInexact)
	}
	return string(d.appendSpelling(nil, scale, spelling{point: '.'})), nil
}

// FormatVI spells d for Vietnamese readers, 1.234.567,5: a point between thousands and a comma
// before the decimals. It shows at least scale decimals, and more rather than cut any off.
func FormatVI(d Decimal, scale int) string {
	return string(d.appendSpelling(nil, max(scale, int(d.scale)), spelling{point: ',', group: '.'}))
}

// FormatEN spells d for English readers, 1,234,567.5, and otherwise like [FormatVI].
func FormatEN(d Decimal, scale int) string {
	return string(d.appendSpelling(nil, max(scale, int(d.scale)), spelling{point: '.', group: ','}))
}

// spelling holds the marks between digits; a group of 0 means none.
type spelling struct{ point, group byte }

// appendSpelling appends d with the given number of decimals, not fewer than it has.
func (d Decimal) appendSpelling(b []byte, scale int, sp spelling) []byte {
	var buf [maxDigits]byte
	digits := d.mag.appendDigits(buf[:0])
	if d.neg {
		b = append(b, '-')
	}
	whole := len(digits) - int(d.scale) // digits before the point; not positive for 0.0…
	if whole <= 0 {
		b = append(b, '0')
	}
	for i := range max(whole, 0) {
		if i > 0 && sp.group != 0 && (whole-i)%3 == 0 {
			b = append(b, sp.group)
		}
		b = append(b, digits[i])
	}
	if scale == 0 {
		return b
	}
	b = append(b, sp.point)
	b = appendZeros(b, -whole)
	b = append(b, digits[max(whole, 0):]...)
	return appendZeros(b, scale-int(d.scale))
}

func appendZeros(b []byte, n int) []byte {
	for range n {
		b = append(b, '0')
	}
	return b
}

// appendDigits appends a in decimal.
func (a uint128) appendDigits(b []byte) []byte {
	if a.hi == 0 {
		return strconv.AppendUint(b, a.lo, 10)
	}
	quo, rem := a.quoRem64(pow10[maxPow10])
	b = quo.appendDigits(b)
	var buf [maxPow10 + 1]byte
	tail := strconv.AppendUint(buf[:0], rem, 10)
	return append(appendZeros(b, maxPow10-len(tail)), tail...)
}

// MarshalText gives the canonical spelling. In JSON a Decimal is therefore a string, which no
// reader turns into a binary fraction on the way.
func (d Decimal) MarshalText() ([]byte, error) { return d.AppendTo(nil), nil }

// UnmarshalText reads what [Parse] reads.
func (d *Decimal) UnmarshalText(text []byte) error {
	parsed, err := parse(text)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// UnmarshalJSON reads a string or a JSON number, exactly or not at all. It refuses null:
// missing is not zero (law 8). A field that may be missing is a *Decimal.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	if len(data) == 0 || data[0] != '"' {
		return d.UnmarshalText(data)
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("number %q: %w", clip(data), err)
	}
	return d.UnmarshalText([]byte(s))
}
