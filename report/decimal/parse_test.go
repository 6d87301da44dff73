package decimal

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, in, want string
		err            error
	}{
		{name: "whole", in: "288", want: "288"},
		{name: "negative", in: "-12.5", want: "-12.5"},
		{name: "zeros in front", in: "0012", want: "12"},
		{name: "zeros behind", in: "1.500", want: "1.5"},
		{name: "minus zero", in: "-0.00", want: "0"},
		{name: "exponent", in: "1.5E-3", want: "0.0015"},
		{name: "positive exponent", in: "1.5e+3", want: "1500"},
		{name: "exponent without a sign", in: "12e2", want: "1200"},
		{name: "zero with a huge exponent", in: "0e9999999999999999999", want: "0"},
		{name: "the largest", in: "170141183460469231731687303715884105727", want: "170141183460469231731687303715884105727"},
		{name: "the smallest", in: "-170141183460469231731687303715884105727", want: "-170141183460469231731687303715884105727"},
		{name: "18 decimals", in: "0.000000000000000001", want: "0.000000000000000001"},
		{name: "30 decimals, 12 of them zeros", in: "0.000000000000000001000000000000", want: "0.000000000000000001"},
		{name: "60 zeros behind the point", in: "1." + strings.Repeat("0", 60), want: "1"},
		{name: "digits taken back by the exponent", in: "1" + strings.Repeat("0", 60) + "e-60", want: "1"},

		{name: "one more than the largest", in: "170141183460469231731687303715884105728", err: ErrOverflow},
		{name: "40 digits", in: strings.Repeat("9", 40), err: ErrOverflow},
		{name: "exponent 39", in: "1e39", err: ErrOverflow},
		{name: "exponent beyond an int", in: "1e99999999999999999999", err: ErrOverflow},
		{name: "19 decimals", in: "0.0000000000000000001", err: ErrInexact},
		{name: "far below", in: "1e-99999999999999999999", err: ErrInexact},
		{name: "40 digits, all decimals", in: "0." + strings.Repeat("7", 40), err: ErrInexact},
		{name: "very long", in: strings.Repeat("0", MaxTextLen+1), err: ErrTooLong},

		{name: "nothing", in: "", err: ErrSyntax},
		{name: "minus only", in: "-", err: ErrSyntax},
		{name: "point only", in: ".", err: ErrSyntax},
		{name: "plus sign", in: "+1", err: ErrSyntax},
		{name: "no digit before the point", in: ".5", err: ErrSyntax},
		{name: "no digit after the point", in: "5.", err: ErrSyntax},
		{name: "decimal comma", in: "1,5", err: ErrSyntax},
		{name: "thousands", in: "1.234.567", err: ErrSyntax},
		{name: "space", in: " 1", err: ErrSyntax},
		{name: "two signs", in: "--1", err: ErrSyntax},
		{name: "exponent without digits", in: "1e", err: ErrSyntax},
		{name: "exponent with a sign only", in: "1e-", err: ErrSyntax},
		{name: "decimal exponent", in: "1e1.5", err: ErrSyntax},
		{name: "hexadecimal", in: "0x10", err: ErrSyntax},
		{name: "not a number", in: "NaN", err: ErrSyntax},
		{name: "unit", in: "05 hộ", err: ErrSyntax},
		{name: "other digits", in: "١٢", err: ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.in)
			if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if err == nil && got.String() != tt.want {
				t.Fatalf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestParseReadsWhatStringWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDecimal().Draw(t, "d")
		back, err := Parse(d.String())
		if err != nil || back != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
	})
}

func TestParseIsThatOfMathBig(t *testing.T) {
	spelling := rapid.StringMatching(`-?[0-9]{1,45}(\.[0-9]{1,25})?([eE][-+]?[0-9]{1,2})?`)
	rapid.Check(t, func(t *rapid.T) {
		s := spelling.Draw(t, "s")
		want, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("math/big does not read %q", s)
		}
		got, err := Parse(s)
		checkResult(t, got, err, want)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-1.50", "1.5E-3", "1e38", "170141183460469231731687303715884105728", ".5", "1e", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		stored, rounded, storedErr := FromStored(s)
		if err != nil {
			if d != (Decimal{}) {
				t.Fatalf("%q was refused and gave %s", s, d)
			}
			return
		}
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%q gave %s, which came back as %s, %v", s, d, back, err)
		}
		if storedErr != nil && !errors.Is(storedErr, ErrOverflow) || storedErr == nil && !rounded && stored != d {
			t.Fatalf("%q: Parse %s, FromStored %s, %v", s, d, stored, storedErr)
		}
		if want, ok := new(big.Rat).SetString(s); ok && rat(t, d).Cmp(want) != 0 {
			t.Fatalf("%q gave %s", s, d)
		}
	})
}
