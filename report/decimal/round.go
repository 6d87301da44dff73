package decimal

import (
	"fmt"
	"strings"
)

// Rounding says which of the two nearest numbers a value becomes that lies between them.
type Rounding uint8

// The ways to round. The zero value is HalfEven.
const (
	HalfEven Rounding = iota // to the nearest; from the middle to the even one
	HalfUp                   // to the nearest; from the middle away from zero, as taught at school
	Down                     // towards zero
	Up                       // away from zero
	Floor                    // towards minus infinity
	Ceiling                  // towards plus infinity
)

// roundingNames are the words for a Rounding in definition files, by its value.
var roundingNames = [...]string{"half-even", "half-up", "down", "up", "floor", "ceiling"}

// String gives the word for r that definition files use, such as "half-even".
func (r Rounding) String() string {
	if int(r) < len(roundingNames) {
		return roundingNames[r]
	}
	return fmt.Sprintf("rounding(%d)", uint8(r))
}

// MarshalText gives the word for r; an unknown r is an error.
func (r Rounding) MarshalText() ([]byte, error) {
	if int(r) >= len(roundingNames) {
		return nil, fmt.Errorf("unknown %s", r)
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads the word for a Rounding.
func (r *Rounding) UnmarshalText(text []byte) error {
	for i, name := range roundingNames {
		if string(text) == name {
			*r = Rounding(i)
			return nil
		}
	}
	return fmt.Errorf("unknown rounding %q: one of %s", clip(text), strings.Join(roundingNames[:], ", "))
}

// awayFromZero says whether a magnitude that was cut off must grow by one unit in its last
// place: neg is the sign of the value, odd that of the last digit kept, and half compares what
// was cut off (it is not nothing) with half a unit.
func (r Rounding) awayFromZero(neg, odd bool, half int) bool {
	switch r {
	case HalfEven:
		return half > 0 || half == 0 && odd
	case HalfUp:
		return half >= 0
	case Up:
		return true
	case Floor:
		return neg
	case Ceiling:
		return !neg
	default: // Down
		return false
	}
}

// cmpHalf compares rem with den / 2, where rem < den.
func cmpHalf(rem, den uint64) int {
	switch rest := den - rem; {
	case rem < rest:
		return -1
	case rem == rest:
		return 0
	default:
		return 1
	}
}

// Round gives d with at most scale decimals. It never fails: the coefficient does not grow. It
// panics with [ErrScale] when scale is negative, which a programmer wrote, not a user.
func (d Decimal) Round(scale int, mode Rounding) Decimal {
	if scale < 0 {
		panic(fmt.Errorf("decimal.Round(%d): %w", scale, ErrScale))
	}
	if scale >= int(d.scale) {
		return d
	}
	unit := pow10[int(d.scale)-scale]
	quo, rem := d.mag.quoRem64(unit)
	// The last decimal of d is not 0, so something was always cut off.
	if mode.awayFromZero(d.neg, quo.lo&1 == 1, cmpHalf(rem, unit)) {
		quo, _ = quo.add(uint128{lo: 1})
	}
	mag, short := trimZeros(quo, uint8(scale))
	return Decimal{mag: mag, scale: short, neg: d.neg && !mag.isZero()}
}
