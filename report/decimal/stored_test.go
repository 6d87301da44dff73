package decimal

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFromStored(t *testing.T) {
	tests := []struct {
		name, in, want string
		rounded        bool
		err            error
	}{
		{name: "a percentage somebody typed", in: "0.71989999999999998", want: "0.7199", rounded: true},
		{name: "an amount somebody typed", in: "7828905.9000000004", want: "7828905.9", rounded: true},
		{name: "a computed sum", in: "163980235.50000006", want: "163980235.5", rounded: true},
		{name: "15 digits as they are", in: "123456789012.345", want: "123456789012.345"},
		{name: "16 digits, the last a zero", in: "1234567890123450", want: "1234567890123450"},
		{name: "a whole number with 20 digits", in: "12345678901234567890", want: "12345678901234600000", rounded: true},
		{name: "zeros behind", in: "100.00000000000000000", want: "100"},
		{name: "exponent", in: "1.4999999999999999E-2", want: "0.015", rounded: true},
		{name: "carry through nines", in: "0.99999999999999989", want: "1", rounded: true},
		{name: "what a subtraction leaves behind", in: "5.6843418860808015E-14", want: "0.000000000000056843", rounded: true},
		{name: "nearly nothing", in: "-1E-300", want: "0", rounded: true},
		{name: "50 digits", in: "1" + strings.Repeat("0", 48) + "1e-40", want: "1000000000", rounded: true},
		{name: "zero", in: "0", want: "0"},
		{name: "minus zero", in: "-0.0", want: "0"},
		{name: "no digit before the point", in: ".5", want: "0.5"},
		{name: "no digit after the point", in: "5.", want: "5"},
		{name: "plus sign", in: "+5", want: "5"},
		{name: "too large", in: "1.7976931348623157E+308", err: ErrOverflow},
		{name: "infinity", in: "INF", err: ErrSyntax},
		{name: "comma", in: "1,5", err: ErrSyntax},
		{name: "point only", in: ".", err: ErrSyntax},
		{name: "nothing", in: "", err: ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, rounded, err := FromStored(tt.in)
			if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if err == nil && (got.String() != tt.want || rounded != tt.rounded) {
				t.Fatalf("got %s, rounded %t; want %s, %t", got, rounded, tt.want, tt.rounded)
			}
			again, roundedAgain, errAgain := FromStoredBytes([]byte(tt.in))
			if again != got || roundedAgain != rounded || (errAgain == nil) != (err == nil) {
				t.Fatalf("bytes gave %s, %t, %v", again, roundedAgain, errAgain)
			}
		})
	}
}

// asShown is a double as a spreadsheet shows it: to 15 significant digits.
func asShown(t *rapid.T, x float64) Decimal {
	d, err := Parse(strconv.FormatFloat(x, 'g', 15, 64))
	if err != nil {
		t.Fatalf("%v: %v", x, err)
	}
	return d
}

func TestFromStoredIsWhatASpreadsheetShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Every mantissa, from a thousandth to ten thousand million millions.
		mantissa := rapid.Uint64Range(1<<52, 1<<53-1).Draw(t, "mantissa")
		x := math.Ldexp(float64(mantissa), rapid.IntRange(-62, 1).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "neg") {
			x = -x
		}
		for _, digits := range []int{17, -1} { // as Excel writes it, and as others do
			text := strconv.FormatFloat(x, 'g', digits, 64)
			got, _, err := FromStored(text)
			if want := asShown(t, x); err != nil || got != want {
				t.Fatalf("%s: got %s, %v; want %s", text, got, err, want)
			}
		}
	})
}

// TestFromStoredInTheMiddle seeks out the one text in a hundred that lies exactly between two
// numbers of 15 digits, where only the binary fraction itself can decide.
func TestFromStoredInTheMiddle(t *testing.T) {
	middles := 0
	rapid.Check(t, func(t *rapid.T) {
		lead := rapid.Int64Range(1e14, 1e15-1).Draw(t, "lead")
		shift := rapid.IntRange(0, 18).Draw(t, "shift")
		text := strconv.FormatInt(lead, 10) + "5e-" + strconv.Itoa(shift)
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		middles++
		got, rounded, err := FromStored(text)
		if want := asShown(t, x); err != nil || !rounded || got != want {
			t.Fatalf("%s: got %s, %t, %v; want %s", text, got, rounded, err, want)
		}
	})
	if middles == 0 {
		t.Fatal("no text lay in the middle")
	}
}

// TestTypedNumbersComeBack is the promise to the clerk: what was typed, to 15 digits, is what
// is read, though the workbook holds only the nearest binary fraction.
func TestTypedNumbersComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := New(rapid.Int64Range(-(1e15-1), 1e15-1).Draw(t, "coef"), rapid.IntRange(0, 15).Draw(t, "scale"))
		x, err := strconv.ParseFloat(typed.String(), 64)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := FromStored(strconv.FormatFloat(x, 'g', 17, 64))
		if err != nil || got != typed {
			t.Fatalf("typed %s, read %s, %v", typed, got, err)
		}
	})
}
