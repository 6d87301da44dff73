package decimal

import (
	"fmt"
	"math/bits"
)

// Sum adds up Decimals. The zero value is an empty sum; a Sum may be copied, and two Sums of
// the same values are ==.
//
// It counts in units of 10^-18 over 256 bits. No Decimal takes more than 187 of them, so a Sum
// has room for 2^64 values of any size before it could overflow, and Add cannot fail. Only the
// total may turn out too large to be a Decimal, and Value says so. Were it otherwise, the order
// in which reports arrive would decide which of them is refused (law 2), and a value taken out
// again might not give back the old total.
type Sum struct {
	words [4]uint64 // two's complement, lowest word first
}

// Add adds d.
func (s *Sum) Add(d Decimal) { s.add(unitsOf(d), d.neg) }

// Sub takes d out again: after Add(d) and Sub(d), in any order and with anything in between, s
// is as if d had never been there.
func (s *Sum) Sub(d Decimal) { s.add(unitsOf(d), !d.neg) }

// Merge adds the values of another Sum.
func (s *Sum) Merge(other Sum) {
	var carry uint64
	w, o := &s.words, &other.words
	w[0], carry = bits.Add64(w[0], o[0], 0)
	w[1], carry = bits.Add64(w[1], o[1], carry)
	w[2], carry = bits.Add64(w[2], o[2], carry)
	w[3] += o[3] + carry
}

// unitsOf gives |d| in units of 10^-18, lowest word first.
func unitsOf(d Decimal) [3]uint64 {
	m := pow10[MaxScale-d.scale]
	carry, w0 := bits.Mul64(d.mag.lo, m)
	if d.mag.hi == 0 {
		return [3]uint64{w0, carry, 0}
	}
	w2, w1 := bits.Mul64(d.mag.hi, m)
	w1, c := bits.Add64(w1, carry, 0)
	return [3]uint64{w0, w1, w2 + c}
}

func (s *Sum) add(u [3]uint64, neg bool) {
	var c uint64
	w := &s.words
	if neg {
		w[0], c = bits.Sub64(w[0], u[0], 0)
		w[1], c = bits.Sub64(w[1], u[1], c)
		w[2], c = bits.Sub64(w[2], u[2], c)
		w[3] -= c
		return
	}
	w[0], c = bits.Add64(w[0], u[0], 0)
	w[1], c = bits.Add64(w[1], u[1], c)
	w[2], c = bits.Add64(w[2], u[2], c)
	w[3] += c
}

// IsZero says whether the total is 0.
func (s Sum) IsZero() bool { return s == Sum{} }

// Value gives the total, or [ErrOverflow] when it is too large for a Decimal.
func (s Sum) Value() (Decimal, error) {
	neg := int64(s.words[3]) < 0
	if neg {
		s = s.negated()
	}
	// Split off the decimals: what is left is trimmed in one word.
	var rem uint64
	for i := len(s.words) - 1; i >= 0; i-- {
		s.words[i], rem = bits.Div64(rem, s.words[i], pow10[MaxScale])
	}
	if s.words[2]|s.words[3] != 0 {
		return Decimal{}, fmt.Errorf("sum: %w", ErrOverflow)
	}
	frac, scale := trimZeros(uint128{lo: rem}, MaxScale)
	whole := uint128{hi: s.words[1], lo: s.words[0]}
	mag, ok := whole.mulPow10(int(scale))
	if ok {
		mag, ok = mag.add(frac)
	}
	if !ok {
		return Decimal{}, fmt.Errorf("sum: %w", ErrOverflow)
	}
	d, err := make128(neg, mag, int(scale))
	if err != nil {
		return Decimal{}, fmt.Errorf("sum: %w", err)
	}
	return d, nil
}

func (s Sum) negated() Sum {
	var z Sum
	var borrow uint64
	for i, w := range s.words {
		z.words[i], borrow = bits.Sub64(0, w, borrow)
	}
	return z
}
