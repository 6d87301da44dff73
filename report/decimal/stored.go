package decimal

import (
	"fmt"
	"math/big"
)

// storedDigits is the number of significant digits a spreadsheet shows and lets people type.
const storedDigits = 15

// FromStored reads a number as a workbook stores it. Spreadsheets keep binary fractions and
// write them with up to 17 digits, of which a person typed at most 15: 71.99% is stored as
// 0.71989999999999998. Up to 15 significant digits are taken as they are. More are rounded to
// the nearest 15, which is what the spreadsheet itself shows; and what lies below the 18th
// decimal is rounded away. In both cases rounded is true: such a cell was computed, or holds
// more than could be shown, and the report can say so (law 5).
func FromStored(s string) (d Decimal, rounded bool, err error) { return fromStored(s) }

// FromStoredBytes is [FromStored] for a slice; it keeps nothing of b.
func FromStoredBytes(b []byte) (d Decimal, rounded bool, err error) { return fromStored(b) }

func fromStored[T text](s T) (Decimal, bool, error) {
	n, err := scan(s, storedGrammar)
	if err == nil {
		var d Decimal
		var rounded bool
		if d, rounded, err = n.stored(); err == nil {
			return d, rounded, nil
		}
	}
	return Decimal{}, false, fmt.Errorf("stored number %q: %w", clip(s), err)
}

// stored gives the value of n to 15 significant digits and at most 18 decimals.
func (n numeral) stored() (d Decimal, rounded bool, err error) {
	if drop := max(n.digits-storedDigits, -n.exp-MaxScale); drop > 0 {
		n, rounded = n.roundedOff(drop)
	}
	d, err = n.place()
	return d, rounded, err
}

// roundedOff gives n without its last drop digits (at least one), rounded to the nearest, and
// says whether that changed the value.
func (n numeral) roundedOff(drop int) (short numeral, changed bool) {
	if n.mag.isZero() {
		return n, false
	}
	short = numeral{exp: n.exp + drop, neg: n.neg}
	if drop > n.digits { // less than a tenth of a unit
		return short, true
	}
	below := n.beyond() // anything but zeros behind the first digit that is taken off
	mag, rem := n.mag, uint64(0)
	for left := drop - 1; left > 0; {
		step := min(left, maxPow10)
		mag, rem = mag.quoRem64(pow10[step])
		below = below || rem != 0
		left -= step
	}
	mag, first := mag.quoRem64(10)
	up := first > 5 || first == 5 && below
	if first == 5 && !below {
		up = n.upFromMiddle(mag.lo&1 == 1)
	}
	if up {
		mag, _ = mag.add(uint128{lo: 1})
	}
	short.mag = mag
	return short, first != 0 || below
}

// upFromMiddle decides for a text that lies exactly between two shorter ones. A text of 16 or
// 17 digits is itself a rounded picture of a binary fraction, which lies to one side of the
// middle nearly always, and that side decides. One text in a hundred needs this. Without it,
// half of those would differ in the 15th digit from what the spreadsheet shows.
func (n numeral) upFromMiddle(odd bool) bool {
	if n.digits <= storedDigits {
		return odd
	}
	if side := n.nearestBinary(); side != 0 {
		return side > 0
	}
	return odd
}

// nearestBinary compares the magnitude of the binary fraction of 53 bits that is nearest to n
// with the magnitude of n itself. It is done in whole numbers: n is num/den, the fraction m·2^k.
func (n numeral) nearestBinary() int {
	const mantissaBits = 53
	num, den := Decimal{mag: n.mag}.big(0), big.NewInt(1)
	if n.exp >= 0 {
		num.Mul(num, bigPow10(min(n.exp, maxDigits)))
	} else {
		den = bigPow10(-n.exp)
	}
	k := num.BitLen() - den.BitLen() - mantissaBits
	num, den = shifted(num, -k), shifted(den, k)
	m, rem := new(big.Int), new(big.Int)
	if m.QuoRem(num, den, rem); m.BitLen() > mantissaBits {
		den.Lsh(den, 1)
		m.QuoRem(num, den, rem)
	}
	// The fraction is m or m+1 times den, and n is m·den + rem.
	switch half := new(big.Int).Lsh(rem, 1).Cmp(den); {
	case rem.Sign() == 0:
		return 0
	case half > 0, half == 0 && m.Bit(0) == 1:
		return 1
	default:
		return -1
	}
}

// shifted gives x·2^k where k is positive, and x otherwise.
func shifted(x *big.Int, k int) *big.Int { return x.Lsh(x, uint(max(k, 0))) }
