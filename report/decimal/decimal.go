// Package decimal holds the exact numbers that reports are made of.
//
// A [Decimal] is a whole number of up to 38 digits (127 bits and a sign) with the decimal
// point moved at most [MaxScale] places to the left. That is wide enough for the budget of a
// country in hundredths of a đồng, and it never becomes a binary fraction: 0.1 is 0.1.
//
// # Exact or refused
//
// Law 5 says that nothing is rounded, cut or saturated in silence. Every operation here gives
// the exact result or an error: [ErrOverflow] when the result has too many digits, [ErrInexact]
// when it has too many decimals. An operation fails only if its result cannot be held; what it
// passes through on the way may be wider. The two operations that do round, [Decimal.Quo] and
// [Decimal.Round], are told the scale and the [Rounding] by the caller.
//
// # One value, one form
//
// A Decimal is always kept in its shortest form: 1.50 and 1.5 are the same value with the same
// bits. So == is equality, a Decimal can be the key of a map, and equal values are encoded in
// equal bytes (law 6). How many decimals to print is a matter of the indicator, not of the
// number: see [Decimal.StringFixed], [FormatVI] and [FormatEN].
//
// # Sums
//
// [Sum] adds up any number of values. It is wide enough never to overflow on the way, so the
// order in which the values arrive cannot matter (law 2).
package decimal

import (
	"errors"
	"fmt"
	"math/big"
)

// MaxScale is the largest number of decimals a [Decimal] can have.
const MaxScale = 18

// The reasons for which a number or an operation is refused. They come wrapped; ask with
// errors.Is.
var (
	// ErrSyntax says that a text is not a number.
	ErrSyntax = errors.New("not a decimal number")
	// ErrTooLong says that a text is longer than [MaxTextLen] and was not read.
	ErrTooLong = fmt.Errorf("number longer than %d characters", MaxTextLen)
	// ErrOverflow says that a number has more digits than 127 bits hold (38, sometimes 39).
	ErrOverflow = errors.New("number has too many digits")
	// ErrInexact says that a number has more than [MaxScale] decimals, or more than were asked for.
	ErrInexact = errors.New("number has too many decimals")
	// ErrDivisionByZero says that a quotient is not defined.
	ErrDivisionByZero = errors.New("division by zero")
	// ErrScale says that a scale outside 0..[MaxScale] was asked for.
	ErrScale = fmt.Errorf("scale is not between 0 and %d", MaxScale)
)

// Decimal is an exact decimal number. The zero value is 0. It is immutable and comparable:
// two Decimals are equal exactly when they are == (see the package comment).
type Decimal struct {
	// The absolute value is mag / 10^scale, with the smallest scale that is possible;
	// mag is at most maxMagnitude; zero is never negative.
	mag   uint128
	scale uint8
	neg   bool
}

// New gives coef / 10^scale. It panics with [ErrScale] unless 0 <= scale <= [MaxScale]: the
// scale is written by a programmer, never by a user.
func New(coef int64, scale int) Decimal {
	if scale < 0 || scale > MaxScale {
		panic(fmt.Errorf("decimal.New(%d, %d): %w", coef, scale, ErrScale))
	}
	d := FromInt(coef)
	d.mag, d.scale = trimZeros(d.mag, uint8(scale))
	return d
}

// FromInt gives the whole number i.
func FromInt(i int64) Decimal {
	if i < 0 {
		// Correct for the smallest int64 too: its negation wraps round to 2^63.
		return Decimal{mag: uint128{lo: -uint64(i)}, neg: true}
	}
	return Decimal{mag: uint128{lo: uint64(i)}}
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.neg:
		return -1
	case d.mag.isZero():
		return 0
	default:
		return 1
	}
}

// IsZero says whether d is 0.
func (d Decimal) IsZero() bool { return d.mag.isZero() }

// IsInteger says whether d is a whole number.
func (d Decimal) IsInteger() bool { return d.scale == 0 }

// Scale is the number of decimals of d; trailing zeros do not count.
func (d Decimal) Scale() int { return int(d.scale) }

// Int64 gives d as an int64, and false when d is not whole or does not fit.
func (d Decimal) Int64() (int64, bool) {
	if d.scale != 0 || d.mag.hi != 0 {
		return 0, false
	}
	const minMagnitude = 1 << 63 // the smallest int64 has no positive counterpart
	if d.neg {
		return -int64(d.mag.lo), d.mag.lo <= minMagnitude
	}
	return int64(d.mag.lo), d.mag.lo < minMagnitude
}

// Equal says whether d and e are the same number. It is the same as d == e.
func (d Decimal) Equal(e Decimal) bool { return d == e }

// Cmp is -1, 0 or 1 as d is less than, equal to or greater than e.
func (d Decimal) Cmp(e Decimal) int {
	switch ds, es := d.Sign(), e.Sign(); {
	case ds < es:
		return -1
	case ds > es:
		return 1
	case ds < 0:
		return cmpMagnitudes(e, d)
	default:
		return cmpMagnitudes(d, e)
	}
}

// cmpMagnitudes compares |d| with |e|. What overflows 128 bits when it is brought to the scale
// of the other is the larger one.
func cmpMagnitudes(d, e Decimal) int {
	if d.scale > e.scale {
		return -cmpMagnitudes(e, d)
	}
	m, ok := d.mag.mulPow10(int(e.scale - d.scale))
	if !ok {
		return 1
	}
	return m.cmp(e.mag)
}

// Parts gives the coefficient of d as a 128-bit number in two's complement (hi, lo) and its
// scale: d = (hi·2^64 + lo) / 10^scale. Equal values have equal parts.
func (d Decimal) Parts() (hi int64, lo uint64, scale uint8) {
	m := d.mag
	if d.neg {
		m = m.negated()
	}
	return int64(m.hi), m.lo, d.scale
}

// FromParts is the inverse of [Decimal.Parts]. It takes only what Parts gives: a scale that is
// too large is refused with [ErrScale], a coefficient that is too large with [ErrOverflow], and
// a form that is not the shortest with [ErrSyntax], so that no two encodings mean one number.
func FromParts(hi int64, lo uint64, scale uint8) (Decimal, error) {
	if scale > MaxScale {
		return Decimal{}, fmt.Errorf("decimal parts: scale %d: %w", scale, ErrScale)
	}
	d := Decimal{mag: uint128{uint64(hi), lo}, scale: scale, neg: hi < 0}
	if d.neg {
		d.mag = d.mag.negated()
	}
	if d.mag.cmp(maxMagnitude) > 0 {
		return Decimal{}, fmt.Errorf("decimal parts: %w", ErrOverflow)
	}
	if _, shortest := trimZeros(d.mag, scale); shortest != scale {
		return Decimal{}, fmt.Errorf("decimal parts: not in shortest form: %w", ErrSyntax)
	}
	return d, nil
}

// make128 gives ±mag / 10^scale in shortest form, or the reason why it cannot be held.
func make128(neg bool, mag uint128, scale int) (Decimal, error) {
	mag, short := trimZeros(mag, uint8(scale))
	switch {
	case short > MaxScale:
		return Decimal{}, ErrInexact
	case mag.cmp(maxMagnitude) > 0:
		return Decimal{}, ErrOverflow
	}
	return Decimal{mag: mag, scale: short, neg: neg && !mag.isZero()}, nil
}

// makeBig is make128 for the rare results that are wider on the way than 128 bits.
func makeBig(coef *big.Int, scale int) (Decimal, error) {
	mag := new(big.Int).Abs(coef)
	ten, quo, rem := big.NewInt(10), new(big.Int), new(big.Int)
	for scale > 0 {
		quo.QuoRem(mag, ten, rem)
		if rem.Sign() != 0 {
			break
		}
		mag, quo = quo, mag
		scale--
	}
	switch {
	case scale > MaxScale:
		return Decimal{}, ErrInexact
	case mag.BitLen() > 127:
		return Decimal{}, ErrOverflow
	}
	var word big.Int
	lo := word.And(mag, new(big.Int).SetUint64(^uint64(0))).Uint64()
	hi := word.Rsh(mag, 64).Uint64()
	return make128(coef.Sign() < 0, uint128{hi, lo}, scale)
}

// big gives the coefficient of d, with its sign, moved to the given scale (not below d's own).
func (d Decimal) big(scale int) *big.Int {
	z := new(big.Int).SetUint64(d.mag.hi)
	z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(d.mag.lo))
	if d.neg {
		z.Neg(z)
	}
	return z.Mul(z, bigPow10(scale-int(d.scale)))
}

// bigPow10 is 10^n.
func bigPow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
