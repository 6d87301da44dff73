package decimal

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// allRoundings are the six modes.
var allRoundings = []Rounding{HalfEven, HalfUp, Down, Up, Floor, Ceiling}

// roundedRat rounds r to scale decimals by going through floor and what is left above it: another
// way than the code takes.
func roundedRat(r *big.Rat, scale int, mode Rounding) *big.Rat {
	unit := new(big.Rat).SetInt(bigPow10(scale))
	x := new(big.Rat).Mul(r, unit)
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean; the denominator is positive
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	half := rest.Cmp(big.NewRat(1, 2))
	up := false
	switch mode {
	case HalfEven:
		up = half > 0 || half == 0 && floor.Bit(0) == 1
	case HalfUp:
		up = half > 0 || half == 0 && r.Sign() > 0
	case Down:
		up = r.Sign() < 0
	case Up:
		up = r.Sign() > 0
	case Ceiling:
		up = true
	}
	if up && rest.Sign() != 0 {
		floor.Add(floor, big.NewInt(1))
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(floor), unit)
}

func TestRoundIsThatOfMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDecimal().Draw(t, "d")
		scale := rapid.IntRange(0, MaxScale+2).Draw(t, "scale")
		mode := rapid.SampledFrom(allRoundings).Draw(t, "mode")
		checkResult(t, d.Round(scale, mode), nil, roundedRat(rat(t, d), scale, mode))
	})
}

func TestQuoIsThatOfMathBig(t *testing.T) {
	small := rapid.Custom(func(t *rapid.T) Decimal {
		return New(rapid.Int64Range(-200, 200).Draw(t, "coef"), rapid.IntRange(0, 3).Draw(t, "scale"))
	})
	operand := rapid.OneOf(anyDecimal(), small) // small ones meet the middle often
	rapid.Check(t, func(t *rapid.T) {
		d, e := operand.Draw(t, "d"), operand.Draw(t, "e")
		scale := rapid.IntRange(0, MaxScale).Draw(t, "scale")
		mode := rapid.SampledFrom(allRoundings).Draw(t, "mode")
		got, err := d.Quo(e, scale, mode)
		if e.IsZero() {
			if !errors.Is(err, ErrDivisionByZero) {
				t.Fatalf("%s / 0: %s, %v", d, got, err)
			}
			return
		}
		checkResult(t, got, err, roundedRat(new(big.Rat).Quo(rat(t, d), rat(t, e)), scale, mode))
	})
}

func TestRoundingTable(t *testing.T) {
	tests := []struct {
		in, even, halfUp, down, up, floor, ceiling string
	}{
		{"2.5", "2", "3", "2", "3", "2", "3"},
		{"3.5", "4", "4", "3", "4", "3", "4"},
		{"-2.5", "-2", "-3", "-2", "-3", "-3", "-2"},
		{"2.4", "2", "2", "2", "3", "2", "3"},
		{"-2.6", "-3", "-3", "-2", "-3", "-3", "-2"},
		{"0.2", "0", "0", "0", "1", "0", "1"},
		{"-0.2", "0", "0", "0", "-1", "-1", "0"},
		{"9.9", "10", "10", "9", "10", "9", "10"},
		{"7", "7", "7", "7", "7", "7", "7"},
	}
	for _, tt := range tests {
		want := []string{tt.even, tt.halfUp, tt.down, tt.up, tt.floor, tt.ceiling}
		for i, mode := range allRoundings {
			t.Run(tt.in+" "+mode.String(), func(t *testing.T) {
				if got := MustParse(tt.in).Round(0, mode).String(); got != want[i] {
					t.Fatalf("got %s, want %s", got, want[i])
				}
			})
		}
	}
}

func TestQuoRefusesAScaleOutOfRange(t *testing.T) {
	for _, scale := range []int{-1, MaxScale + 1} {
		if _, err := FromInt(1).Quo(FromInt(3), scale, HalfEven); !errors.Is(err, ErrScale) {
			t.Errorf("scale %d: %v, want ErrScale", scale, err)
		}
	}
}

func TestRoundingWords(t *testing.T) {
	for _, mode := range allRoundings {
		word, err := mode.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back Rounding
		if err := back.UnmarshalText(word); err != nil || back != mode {
			t.Errorf("%s came back as %s, %v", mode, back, err)
		}
	}
	if _, err := Rounding(99).MarshalText(); err == nil {
		t.Error("an unknown rounding has a word")
	}
	var r Rounding
	if err := r.UnmarshalText([]byte("bankers")); err == nil {
		t.Error("an unknown word was read")
	}
}
