package decimal

import "fmt"

// MaxTextLen is the number of bytes beyond which a text is not even looked at. The longest
// number that can be held takes 41; the rest is room for zeros.
const MaxTextLen = 512

// maxExponent bounds the exponent while it is read; anything near it is refused in any case.
const maxExponent = 10_000

// Parse reads a number: digits, with a minus sign in front, decimals after a point and an
// exponent behind (1.5E-3, 2e+10) where there are any. It takes no plus sign, no spaces and no
// thousands separators: those belong to the paper, and are read before a number gets here.
// Leading and trailing zeros do not count. The number is taken exactly or refused.
func Parse(s string) (Decimal, error) { return parse(s) }

// MustParse is [Parse] for numbers in the source code. It panics on what Parse refuses.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func parse[T text](s T) (Decimal, error) {
	n, err := scan(s, strictGrammar)
	if err == nil {
		var d Decimal
		if d, err = n.exact(); err == nil {
			return d, nil
		}
	}
	return Decimal{}, fmt.Errorf("number %q: %w", clip(s), err)
}

// text is what a number can be read from without copying.
type text interface{ string | []byte }

// clip shortens a text for an error message.
func clip[T text](s T) string {
	const limit = 48
	if len(s) > limit {
		return string(s[:limit]) + "…"
	}
	return string(s)
}

// numeral is a number as it is written: ±mag · 10^exp, where mag holds the first digits, as many
// as fit. Digits after those are only counted.
type numeral struct {
	mag     uint128
	digits  int // digits of mag, leading zeros not counted
	exp     int
	dropped int // digits after those in mag
	lastSet int // how many of the dropped up to the last that is not 0; 0: all of them are
	neg     bool
}

// beyond says whether mag is not all of the number.
func (n numeral) beyond() bool { return n.lastSet > 0 }

// exact gives the value of n, or the reason why it cannot be held.
func (n numeral) exact() (Decimal, error) {
	if n.beyond() {
		if n.exp-n.lastSet < -MaxScale {
			return Decimal{}, ErrInexact
		}
		return Decimal{}, ErrOverflow
	}
	for n.exp < 0 && n.mag.lo&1 == 0 && !n.mag.isZero() {
		quo, rem := n.mag.quoRem64(10)
		if rem != 0 {
			break
		}
		n.mag, n.exp = quo, n.exp+1
	}
	return n.place()
}

// place puts the decimal point where n.exp says.
func (n numeral) place() (Decimal, error) {
	switch {
	case n.mag.isZero():
		return Decimal{}, nil
	case n.exp < -MaxScale:
		return Decimal{}, ErrInexact
	case n.exp <= 0:
		return make128(n.neg, n.mag, -n.exp)
	}
	mag, ok := n.mag.mulPow10(n.exp)
	if !ok {
		return Decimal{}, ErrOverflow
	}
	return make128(n.neg, mag, 0)
}

// grammar is the spelling that a reader of numbers admits.
type grammar bool

const (
	strictGrammar grammar = false // Parse
	storedGrammar grammar = true  // also +1, .5 and 5., as XML Schema spells a double
)

// scan reads the spelling of a number without judging its size.
func scan[T text](s T, g grammar) (numeral, error) {
	if len(s) > MaxTextLen {
		return numeral{}, ErrTooLong
	}
	var n numeral
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+' && g == storedGrammar) {
		n.neg = s[i] == '-'
		i++
	}
	start := i
	i = scanDigits(&n, s, i)
	whole := i - start
	decimals := 0
	if i < len(s) && s[i] == '.' {
		point := i + 1
		i = scanDigits(&n, s, point)
		decimals = i - point
		n.exp -= decimals
		if decimals == 0 && g == strictGrammar {
			return numeral{}, ErrSyntax
		}
	}
	if whole == 0 && (g == strictGrammar || decimals == 0) {
		return numeral{}, ErrSyntax
	}
	exp, i, ok := scanExponent(s, i)
	if !ok || i != len(s) {
		return numeral{}, ErrSyntax
	}
	n.exp += exp
	return n, nil
}

// scanDigits reads digits from s[i:] into n and gives the index after them. Digits that no
// longer fit move the exponent up.
func scanDigits[T text](n *numeral, s T, i int) int {
	// The first 19 digits fit in one word: the path of nearly every number.
	if n.mag.hi == 0 {
		lo, digits := n.mag.lo, n.digits
		for ; digits < maxPow10 && i < len(s) && s[i]-'0' <= 9; i++ {
			lo = lo*10 + uint64(s[i]-'0')
			if lo != 0 {
				digits++
			}
		}
		n.mag.lo, n.digits = lo, digits
	}
	for ; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			break
		}
		if n.dropped == 0 {
			grown, ok := n.mag.mul64(10)
			if ok {
				grown, ok = grown.add(uint128{lo: uint64(c)})
			}
			if ok {
				n.mag = grown
				n.digits++
				continue
			}
		}
		n.exp++
		n.dropped++
		if c != 0 {
			n.lastSet = n.dropped
		}
	}
	return i
}

// scanExponent reads an exponent, if there is one, from s[i:] and gives the index after it.
func scanExponent[T text](s T, i int) (exp, next int, ok bool) {
	if i >= len(s) || s[i] != 'e' && s[i] != 'E' {
		return 0, i, true
	}
	i++
	neg := false
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		neg = s[i] == '-'
		i++
	}
	start := i
	for ; i < len(s) && s[i]-'0' <= 9; i++ {
		exp = min(exp*10+int(s[i]-'0'), maxExponent)
	}
	if neg {
		exp = -exp
	}
	return exp, i, i > start
}
