package export

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/decimal"
)

func num(s string) report.Value { return report.NumberOf(decimal.MustParse(s)) }

func TestSumFormula(t *testing.T) {
	nothing := report.Value{Kind: report.Nil}
	tests := []struct {
		name  string
		parts []report.Value
		want  report.Value
		scale int
		expr  string
	}{
		{"whole numbers", []report.Value{num("1"), num("2")}, num("3"), 0, "SUM(A1:A2)"},
		{"decimals lose the dust", []report.Value{num("0.1"), num("0.2")}, num("0.3"), 1, "ROUND(SUM(A1:A2),1)"},
		{"a single cell is referred to", []report.Value{num("7.25")}, num("7.25"), 2, "A1:A2"},
		{"words are passed over", []report.Value{num("4"), nothing}, num("4"), 0, "SUM(A1:A2)"},
		{"another value than the sum", []report.Value{num("1"), num("2")}, num("4"), 0, ""},
		{"nothing to add", []report.Value{nothing, nothing}, num("0"), 0, ""},
		{"no value", []report.Value{num("1")}, nothing, 0, ""},
		{"a part of 16 digits stands as a text", []report.Value{num("1234567890123456"), num("1")}, num("1234567890123457"), 0, ""},
		{"parts fit, the sum does not", []report.Value{num("999999999999999"), num("999999999999999")}, num("1999999999999998"), 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := adder{refs: []string{"A1:A2"}}
			for _, v := range tt.parts {
				a.add(v)
			}
			if got := a.sum(tt.want, tt.scale); got != tt.expr {
				t.Errorf("got %q, want %q", got, tt.expr)
			}
		})
	}
}

func TestExtremeFormula(t *testing.T) {
	a := adder{refs: []string{"A1:A3"}}
	for _, v := range []string{"5", "-2", "9"} {
		a.add(num(v))
	}
	for _, tt := range []struct {
		roll report.Rolling
		want string
		expr string
	}{
		{report.RollMin, "-2", "MIN(A1:A3)"}, {report.RollMax, "9", "MAX(A1:A3)"},
		{report.RollMax, "5", ""}, {report.RollLast, "9", ""}, {report.RollNone, "9", ""},
	} {
		if got := a.roll(tt.roll, num(tt.want), 0); got != tt.expr {
			t.Errorf("%s to %s: got %q, want %q", tt.roll, tt.want, got, tt.expr)
		}
	}
}

func TestRatioFormula(t *testing.T) {
	const plain = "ROUND(100*B2/B3,1)"
	tests := []struct {
		name     string
		num, den string
		want     string
		expr     string // "tie" for the form that asks which is even
	}{
		{"apart from the middle", "1", "3", "33.3", plain},
		{"whole", "3", "3", "100", plain},
		{"in the middle, down to the even", "1", "400", "0.2", "tie"}, // 0.25
		{"in the middle, up to the even", "3", "400", "0.8", "tie"},   // 0.75
		{"of a negative", "-1", "400", "-0.2", "tie"},
		{"not what was checked", "1", "3", "33.4", ""},
		{"by nought", "1", "0", "0", ""},
		{"too near the middle to tell", "249999999999999", "999999999999999", "25", plain},
		{"within the grain of a double", "500000000000001", "1000000000000", "50000", plain},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ratioFormula(100, term{"B2", num(tt.num)}, term{"B3", num(tt.den)}, num(tt.want), 1)
			switch {
			case tt.expr == "tie" && !strings.HasPrefix(got, "IF("):
				t.Errorf("got %q, want the form for the middle", got)
			case tt.expr != "tie" && got != tt.expr:
				t.Errorf("got %q, want %q", got, tt.expr)
			}
		})
	}
}

// Whatever the figures, a quotient is written as a formula only where binary
// fractions cannot take it to the other side of the middle.
func TestMiddleIsSafe(t *testing.T) {
	for _, tt := range []struct {
		num, den string
		scale    int
		want     nearness
	}{
		{"1", "2", 0, exactly}, {"1", "3", 0, apart}, {"5", "1000", 2, exactly}, {"-7", "2", 0, exactly},
		{"499999999999999", "1000000000000000", 0, nearly}, {"0", "5", 3, apart},
	} {
		if got := middle(decimal.MustParse(tt.num), decimal.MustParse(tt.den), tt.scale); got != tt.want {
			t.Errorf("%s/%s at %d: got %d, want %d", tt.num, tt.den, tt.scale, got, tt.want)
		}
	}
}

// A formula is written exactly when it is true: sums of any figures are, and
// sums that are off by one in the last place are not.
func TestSumFormulaIsWrittenWhenTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.IntRange(0, 4).Draw(t, "scale")
		a := adder{refs: []string{"A1:A9"}}
		for _, n := range rapid.SliceOfN(rapid.Int64Range(-1e9, 1e9), 2, 30).Draw(t, "figures") {
			a.add(report.NumberOf(decimal.New(n, scale)))
		}
		total, err := a.total.Value()
		if err != nil {
			t.Fatal(err)
		}
		if a.sum(report.NumberOf(total), scale) == "" {
			t.Errorf("a true sum %s was not written", total)
		}
		off, err := total.Add(decimal.New(1, scale))
		if err != nil {
			t.Fatal(err)
		}
		if expr := a.sum(report.NumberOf(off), scale); expr != "" {
			t.Errorf("%s is not %s, and %q was written", total, off, expr)
		}
	})
}

func ExampleFileName() {
	s := sample()
	fmt.Println(FileName(s))
	s.Provisional = false
	fmt.Println(FileName(s))
	// Output:
	// tong-hop_ngay-ctxh-2021_tam-tinh_2021-04-01.xlsx
	// tong-hop_ngay-ctxh-2021_2021-04-01.xlsx
}
