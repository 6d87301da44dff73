package decimal

import (
	"fmt"
	"math/big"
	"math/bits"
)

// Neg gives -d.
func (d Decimal) Neg() Decimal {
	d.neg = !d.neg && !d.mag.isZero()
	return d
}

// Abs gives d without its sign.
func (d Decimal) Abs() Decimal {
	d.neg = false
	return d
}

// Add gives d + e, or [ErrOverflow].
func (d Decimal) Add(e Decimal) (Decimal, error) {
	sum, err := d.add(e)
	if err != nil {
		return Decimal{}, fmt.Errorf("%s + %s: %w", d, e, err)
	}
	return sum, nil
}

// Sub gives d - e, or [ErrOverflow].
func (d Decimal) Sub(e Decimal) (Decimal, error) {
	diff, err := d.add(e.Neg())
	if err != nil {
		return Decimal{}, fmt.Errorf("%s - %s: %w", d, e, err)
	}
	return diff, nil
}

func (d Decimal) add(e Decimal) (Decimal, error) {
	scale := max(d.scale, e.scale)
	a, okA := d.mag.mulPow10(int(scale - d.scale))
	b, okB := e.mag.mulPow10(int(scale - e.scale))
	if !okA || !okB {
		return d.addBig(e)
	}
	if d.neg != e.neg {
		if a.cmp(b) < 0 {
			return make128(e.neg, b.sub(a), int(scale))
		}
		return make128(d.neg, a.sub(b), int(scale))
	}
	sum, ok := a.add(b)
	if !ok {
		return d.addBig(e)
	}
	return make128(d.neg, sum, int(scale))
}

// addBig adds what is too wide before trailing zeros go or opposite signs cancel.
func (d Decimal) addBig(e Decimal) (Decimal, error) {
	scale := int(max(d.scale, e.scale))
	a := d.big(scale)
	return makeBig(a.Add(a, e.big(scale)), scale)
}

// Mul gives d · e, or [ErrOverflow], or [ErrInexact] when the product has more than [MaxScale]
// decimals.
func (d Decimal) Mul(e Decimal) (Decimal, error) {
	product, err := d.mul(e)
	if err != nil {
		return Decimal{}, fmt.Errorf("%s · %s: %w", d, e, err)
	}
	return product, nil
}

func (d Decimal) mul(e Decimal) (Decimal, error) {
	scale := int(d.scale) + int(e.scale)
	if d.mag.hi == 0 && e.mag.hi == 0 {
		hi, lo := bits.Mul64(d.mag.lo, e.mag.lo)
		return make128(d.neg != e.neg, uint128{hi, lo}, scale)
	}
	a := d.big(int(d.scale))
	return makeBig(a.Mul(a, e.big(int(e.scale))), scale)
}

// Shift gives d · 10^power, or [ErrOverflow], or [ErrInexact] when that has more than [MaxScale]
// decimals.
func (d Decimal) Shift(power int) (Decimal, error) {
	by := FromInt(10)
	if power < 0 {
		by, power = New(1, 1), -power
	}
	var err error
	for range power {
		if d, err = d.Mul(by); err != nil {
			return Decimal{}, err
		}
	}
	return d, nil
}

// Quo gives d / e with at most scale decimals, rounded by mode. It fails with
// [ErrDivisionByZero], with [ErrScale] for a scale outside 0..[MaxScale], and with [ErrOverflow]
// when the rounded quotient itself cannot be held.
func (d Decimal) Quo(e Decimal, scale int, mode Rounding) (Decimal, error) {
	quo, err := d.quo(e, scale, mode)
	if err != nil {
		return Decimal{}, fmt.Errorf("%s / %s: %w", d, e, err)
	}
	return quo, nil
}

func (d Decimal) quo(e Decimal, scale int, mode Rounding) (Decimal, error) {
	switch {
	case scale < 0 || scale > MaxScale:
		return Decimal{}, ErrScale
	case e.IsZero():
		return Decimal{}, ErrDivisionByZero
	}
	// The coefficient of the result is (d.mag · 10^shift) / e.mag.
	shift := scale + int(e.scale) - int(d.scale)
	num, okNum := d.mag.mulPow10(max(shift, 0))
	den, okDen := e.mag.mulPow10(max(-shift, 0))
	if !okNum || !okDen || den.hi != 0 {
		return d.quoBig(e, scale, shift, mode)
	}
	neg := d.neg != e.neg
	quo, rem := num.quoRem64(den.lo)
	if rem != 0 && mode.awayFromZero(neg, quo.lo&1 == 1, cmpHalf(rem, den.lo)) {
		var ok bool
		if quo, ok = quo.add(uint128{lo: 1}); !ok {
			return Decimal{}, ErrOverflow
		}
	}
	return make128(neg, quo, scale)
}

// quoBig divides what does not fit two words by one.
func (d Decimal) quoBig(e Decimal, scale, shift int, mode Rounding) (Decimal, error) {
	num, den := d.Abs().big(int(d.scale)), e.Abs().big(int(e.scale))
	if shift >= 0 {
		num.Mul(num, bigPow10(shift))
	} else {
		den.Mul(den, bigPow10(-shift))
	}
	neg := d.neg != e.neg
	quo, rem := num.QuoRem(num, den, new(big.Int))
	if rem.Sign() != 0 {
		half := rem.Lsh(rem, 1).Cmp(den)
		if mode.awayFromZero(neg, quo.Bit(0) == 1, half) {
			quo.Add(quo, big.NewInt(1))
		}
	}
	if neg {
		quo.Neg(quo)
	}
	return makeBig(quo, scale)
}
