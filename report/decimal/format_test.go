package decimal

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	tests := []struct {
		in         string
		scale      int
		fixed      string // empty: refused
		vi, en     string
		whyRefused error
	}{
		{in: "0", scale: 0, fixed: "0", vi: "0", en: "0"},
		{in: "0", scale: 2, fixed: "0.00", vi: "0,00", en: "0.00"},
		{in: "999", scale: 0, fixed: "999", vi: "999", en: "999"},
		{in: "1234567.5", scale: 1, fixed: "1234567.5", vi: "1.234.567,5", en: "1,234,567.5"},
		{in: "1234567.5", scale: 3, fixed: "1234567.500", vi: "1.234.567,500", en: "1,234,567.500"},
		{in: "-1000", scale: 0, fixed: "-1000", vi: "-1.000", en: "-1,000"},
		{in: "-0.05", scale: 2, fixed: "-0.05", vi: "-0,05", en: "-0.05"},
		{in: "0.125", scale: 1, vi: "0,125", en: "0.125", whyRefused: ErrInexact},
		{in: "12", scale: -1, vi: "12", en: "12", whyRefused: ErrInexact},
		{
			in: "170141183460469231731687303715884105727", scale: 0,
			fixed: "170141183460469231731687303715884105727",
			vi:    "170.141.183.460.469.231.731.687.303.715.884.105.727",
			en:    "170,141,183,460,469,231,731,687,303,715,884,105,727",
		},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d := MustParse(tt.in)
			fixed, err := d.StringFixed(tt.scale)
			if fixed != tt.fixed || !errors.Is(err, tt.whyRefused) || (err == nil) != (tt.whyRefused == nil) {
				t.Errorf("fixed: got %q, %v; want %q, %v", fixed, err, tt.fixed, tt.whyRefused)
			}
			if got := FormatVI(d, tt.scale); got != tt.vi {
				t.Errorf("vi: got %q, want %q", got, tt.vi)
			}
			if got := FormatEN(d, tt.scale); got != tt.en {
				t.Errorf("en: got %q, want %q", got, tt.en)
			}
		})
	}
}

func TestFormatsSayTheSameNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDecimal().Draw(t, "d")
		scale := rapid.IntRange(0, MaxScale).Draw(t, "scale")
		vi := strings.ReplaceAll(strings.ReplaceAll(FormatVI(d, scale), ".", ""), ",", ".")
		en := strings.ReplaceAll(FormatEN(d, scale), ",", "")
		if vi != en || MustParse(en) != d {
			t.Fatalf("%s: vi %s, en %s", d, vi, en)
		}
	})
}

func TestJSON(t *testing.T) {
	type cell struct {
		Value Decimal  `json:"value"`
		Plan  *Decimal `json:"plan"`
	}
	tests := []struct {
		name, in, out string
		err           error
	}{
		{name: "string", in: `{"value":"12.50","plan":null}`, out: `{"value":"12.5","plan":null}`},
		{name: "number", in: `{"value":0.1,"plan":1e2}`, out: `{"value":"0.1","plan":"100"}`},
		{name: "escaped string", in: `{"value":"1\u0032"}`, out: `{"value":"12","plan":null}`},
		{name: "a number with too many decimals", in: `{"value":1e-19}`, err: ErrInexact},
		{name: "a number with too many digits", in: `{"value":1e39}`, err: ErrOverflow},
		{name: "missing is not zero", in: `{"value":null}`, err: ErrSyntax},
		{name: "text", in: `{"value":"gần 100"}`, err: ErrSyntax},
		{name: "truth", in: `{"value":true}`, err: ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c cell
			err := json.Unmarshal([]byte(tt.in), &c)
			if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if err != nil {
				return
			}
			out, err := json.Marshal(c)
			if err != nil || string(out) != tt.out {
				t.Fatalf("got %s, %v; want %s", out, err, tt.out)
			}
		})
	}
}
