package decimal

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// limit is 2^127: a coefficient stays below it.
var limit = new(big.Int).Lsh(big.NewInt(1), 127)

// anyDecimal draws numbers of every size, with those near zero, near a word and near overflow
// as often as the ordinary ones, and many with trailing zeros.
func anyDecimal() *rapid.Generator[Decimal] {
	return rapid.Custom(func(t *rapid.T) Decimal {
		bits := rapid.SampledFrom([]int{0, 3, 20, 53, 63, 64, 65, 100, 126, 127}).Draw(t, "bits")
		coef := new(big.Int).Lsh(big.NewInt(1), uint(bits))
		switch rapid.IntRange(0, 2).Draw(t, "shape") {
		case 0: // anything below 2^bits
			raw := rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "raw")
			coef.Mod(new(big.Int).SetBytes(raw), coef)
		case 1: // close to 2^bits
			coef.Add(coef, big.NewInt(rapid.Int64Range(-3, 3).Draw(t, "near")))
		case 2: // a few digits and many zeros
			n := rapid.IntRange(0, 37).Draw(t, "zeros")
			coef.Mul(big.NewInt(rapid.Int64Range(0, 17).Draw(t, "digits")), bigPow10(n))
		}
		if coef.Sign() < 0 || coef.Cmp(limit) >= 0 {
			coef.Sub(limit, big.NewInt(1))
		}
		if rapid.Bool().Draw(t, "neg") {
			coef.Neg(coef)
		}
		d, err := makeBig(coef, rapid.IntRange(0, MaxScale).Draw(t, "scale"))
		if err != nil {
			t.Fatalf("a coefficient of %d bits: %v", coef.BitLen(), err)
		}
		return d
	})
}

// fatal is what *testing.T and *rapid.T have in common here.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// rat is the value of d as math/big sees its spelling.
func rat(t fatal, d Decimal) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		t.Fatalf("math/big does not read %q", d)
	}
	return r
}

// reason is the error that an exact result r must give: nil exactly when it can be held.
func reason(r *big.Rat) error {
	scale := 0
	coef := new(big.Rat).Set(r)
	for !coef.IsInt() && scale <= 2*MaxScale {
		coef.Mul(coef, big.NewRat(10, 1))
		scale++
	}
	switch {
	case scale > MaxScale:
		return ErrInexact
	case new(big.Int).Abs(coef.Num()).Cmp(limit) >= 0:
		return ErrOverflow
	default:
		return nil
	}
}

// checkResult holds a result against the exact one of math/big.
func checkResult(t *rapid.T, got Decimal, err error, want *big.Rat) {
	t.Helper()
	if wantErr := reason(want); !errors.Is(err, wantErr) || (err == nil) != (wantErr == nil) {
		t.Fatalf("error %v, want %v for %s", err, wantErr, want)
	}
	if err != nil {
		if got != (Decimal{}) {
			t.Fatalf("a refused operation gave %s", got)
		}
		return
	}
	checkForm(t, got)
	if rat(t, got).Cmp(want) != 0 {
		t.Fatalf("got %s, want %s", got, want)
	}
}

// checkForm holds the invariant that makes == equality.
func checkForm(t *rapid.T, d Decimal) {
	t.Helper()
	_, rem := d.mag.quoRem64(10)
	switch {
	case d.scale > MaxScale, d.mag.cmp(maxMagnitude) > 0:
		t.Fatalf("%+v is out of range", d)
	case d.scale > 0 && rem == 0:
		t.Fatalf("%+v has a trailing zero", d)
	case d.neg && d.mag.isZero():
		t.Fatalf("minus zero")
	}
}

func TestArithmeticIsThatOfMathBig(t *testing.T) {
	ops := []struct {
		name string
		own  func(d, e Decimal) (Decimal, error)
		big  func(z, x, y *big.Rat) *big.Rat
	}{
		{"add", Decimal.Add, (*big.Rat).Add},
		{"sub", Decimal.Sub, (*big.Rat).Sub},
		{"mul", Decimal.Mul, (*big.Rat).Mul},
	}
	for _, op := range ops {
		t.Run(op.name, rapid.MakeCheck(func(t *rapid.T) {
			d, e := anyDecimal().Draw(t, "d"), anyDecimal().Draw(t, "e")
			got, err := op.own(d, e)
			checkResult(t, got, err, op.big(new(big.Rat), rat(t, d), rat(t, e)))
		}))
	}
}

func TestSignsAndOrderAreThoseOfMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := anyDecimal().Draw(t, "d"), anyDecimal().Draw(t, "e")
		if rapid.Bool().Draw(t, "same") {
			e = d
		}
		x, y := rat(t, d), rat(t, e)
		if got, want := d.Cmp(e), x.Cmp(y); got != want {
			t.Fatalf("Cmp(%s, %s) = %d, want %d", d, e, got, want)
		}
		if got, want := d == e, x.Cmp(y) == 0; got != want || d.Equal(e) != want {
			t.Fatalf("%s == %s is %t, want %t", d, e, got, want)
		}
		if got, want := d.Sign(), x.Sign(); got != want {
			t.Fatalf("Sign(%s) = %d, want %d", d, got, want)
		}
		if rat(t, d.Neg()).Cmp(new(big.Rat).Neg(x)) != 0 || rat(t, d.Abs()).Cmp(new(big.Rat).Abs(x)) != 0 {
			t.Fatalf("Neg or Abs of %s: %s, %s", d, d.Neg(), d.Abs())
		}
		checkForm(t, d.Neg())
		if d.IsInteger() != x.IsInt() || d.IsZero() != (x.Sign() == 0) {
			t.Fatalf("IsInteger or IsZero of %s", d)
		}
	})
}

func TestPartsGoThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDecimal().Draw(t, "d")
		hi, lo, scale := d.Parts()
		back, err := FromParts(hi, lo, scale)
		if err != nil || back != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
	})
}

func TestFromPartsTakesOneFormOnly(t *testing.T) {
	tests := []struct {
		name  string
		hi    int64
		lo    uint64
		scale uint8
		want  error
	}{
		{"scale beyond the largest", 0, 1, MaxScale + 1, ErrScale},
		{"the one coefficient without a counterpart", math.MinInt64, 0, 0, ErrOverflow},
		{"1.50 is spelt 1.5", 0, 150, 2, ErrSyntax},
		{"0.00 is spelt 0", 0, 0, 2, ErrSyntax},
		{"the largest", math.MaxInt64, math.MaxUint64, 0, nil},
		{"minus 0.5", -1, math.MaxUint64 - 4, 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := FromParts(tt.hi, tt.lo, tt.scale)
			if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
				t.Fatalf("got %s, %v; want error %v", d, err, tt.want)
			}
		})
	}
}

func TestInt64(t *testing.T) {
	tests := []struct {
		in   string
		want int64
		ok   bool
	}{
		{"0", 0, true},
		{"-12", -12, true},
		{"12.0", 12, true},
		{"12.5", 0, false},
		{"9223372036854775807", math.MaxInt64, true},
		{"9223372036854775808", 0, false},
		{"-9223372036854775808", math.MinInt64, true},
		{"-9223372036854775809", 0, false},
		{"18446744073709551616", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, ok := MustParse(tt.in).Int64()
			if ok != tt.ok || ok && got != tt.want {
				t.Fatalf("got %d, %t; want %d, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.Int64().Draw(t, "i")
		if got, ok := FromInt(i).Int64(); !ok || got != i {
			t.Fatalf("FromInt(%d).Int64() = %d, %t", i, got, ok)
		}
	})
}

func TestNewRefusesAScaleOutOfRange(t *testing.T) {
	if got := New(-1250, 2).String(); got != "-12.5" {
		t.Errorf("New(-1250, 2) = %s", got)
	}
	for _, scale := range []int{-1, MaxScale + 1} {
		func() {
			defer func() {
				if err, _ := recover().(error); !errors.Is(err, ErrScale) {
					t.Errorf("New(1, %d) panicked with %v, want ErrScale", scale, err)
				}
			}()
			New(1, scale)
		}()
	}
}

func TestResultsWiderOnTheWay(t *testing.T) {
	const most = "170141183460469231731687303715884105727"
	tests := []struct {
		name string
		got  func() (Decimal, error)
		want string
	}{
		{"the sum loses its decimal", func() (Decimal, error) {
			d := MustParse("17014118346046923173168730371588410572.5")
			return d.Add(d)
		}, "34028236692093846346337460743176821145"},
		{"the larger one does not fit at the scale of the other", func() (Decimal, error) {
			return MustParse("17014118346046923173168730371588410573").Sub(MustParse("0.4"))
		}, "17014118346046923173168730371588410572.6"},
		{"the product loses 18 zeros", func() (Decimal, error) {
			return MustParse("0.000000000000000005").Mul(MustParse("2e37"))
		}, "100000000000000000000"},
		{"the largest divided by itself", func() (Decimal, error) {
			return MustParse(most).Quo(MustParse(most), MaxScale, HalfEven)
		}, "1"},
		{"a divisor with 18 decimals", func() (Decimal, error) {
			return MustParse("170141183460469231731").Quo(MustParse("0.000000000000000001"), 0, Down)
		}, "170141183460469231731000000000000000000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.got()
			if err != nil || got.String() != tt.want {
				t.Fatalf("got %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func TestShift(t *testing.T) {
	for _, tt := range []struct {
		d     string
		power int
		want  string
		err   error
	}{
		{"1.5", 6, "1500000", nil}, {"2500000", -6, "2.5", nil}, {"-7", 0, "-7", nil}, {"0", 30, "0", nil},
		{"1", -19, "0", ErrInexact}, {"99999999999999999999999999999999999999", 2, "0", ErrOverflow},
	} {
		got, err := MustParse(tt.d).Shift(tt.power)
		if !errors.Is(err, tt.err) || got != MustParse(tt.want) {
			t.Errorf("%s · 10^%d = %s, %v; want %s, %v", tt.d, tt.power, got, err, tt.want, tt.err)
		}
	}
}
