package decimal

import "math/bits"

// uint128 is an unsigned whole number of 128 bits: hi·2^64 + lo.
type uint128 struct{ hi, lo uint64 }

// maxMagnitude is the largest absolute value of a coefficient, 2^127 - 1. The range is the same
// on both sides of zero, so that negation always succeeds.
var maxMagnitude = uint128{hi: 1<<63 - 1, lo: 1<<64 - 1}

// maxPow10 is the largest power of ten in one word, 10^19.
const maxPow10 = 19

// pow10 holds the powers of ten that fit in one word.
var pow10 = [maxPow10 + 1]uint64{
	1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
	10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
	100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
	100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
}

func (a uint128) isZero() bool { return a.hi|a.lo == 0 }

func (a uint128) cmp(b uint128) int {
	switch {
	case a.hi < b.hi, a.hi == b.hi && a.lo < b.lo:
		return -1
	case a == b:
		return 0
	default:
		return 1
	}
}

// add gives a + b, and false when it does not fit.
func (a uint128) add(b uint128) (uint128, bool) {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, carry := bits.Add64(a.hi, b.hi, carry)
	return uint128{hi, lo}, carry == 0
}

// sub gives a - b; b must not be greater than a.
func (a uint128) sub(b uint128) uint128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return uint128{hi, lo}
}

// negated gives -a modulo 2^128.
func (a uint128) negated() uint128 { return uint128{}.sub(a) }

// mul64 gives a · m, and false when it does not fit.
func (a uint128) mul64(m uint64) (uint128, bool) {
	carry, lo := bits.Mul64(a.lo, m)
	over, hi := bits.Mul64(a.hi, m)
	hi, c := bits.Add64(hi, carry, 0)
	return uint128{hi, lo}, over == 0 && c == 0
}

// mulPow10 gives a · 10^n, and false when it does not fit; n is at least 0.
func (a uint128) mulPow10(n int) (uint128, bool) {
	if a.isZero() {
		return a, true
	}
	ok := true
	for ; n > maxPow10 && ok; n -= maxPow10 {
		a, ok = a.mul64(pow10[maxPow10])
	}
	if n == 0 || !ok {
		return a, ok
	}
	return a.mul64(pow10[n])
}

// quoRem64 gives a / m and a mod m; m is not 0.
func (a uint128) quoRem64(m uint64) (quo uint128, rem uint64) {
	if a.hi == 0 {
		return uint128{lo: a.lo / m}, a.lo % m
	}
	quo.hi, rem = a.hi/m, a.hi%m
	quo.lo, rem = bits.Div64(rem, a.lo, m)
	return quo, rem
}

// trimZeros moves trailing zeros out of the coefficient while the scale is above 0.
func trimZeros(a uint128, scale uint8) (uint128, uint8) {
	for scale > 0 && a.lo&1 == 0 { // an odd number is no multiple of ten
		quo, rem := a.quoRem64(10)
		if rem != 0 {
			break
		}
		if quo.isZero() {
			return quo, 0
		}
		a, scale = quo, scale-1
	}
	return a, scale
}
