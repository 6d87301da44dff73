package lang_test

import (
	"errors"
	"fmt"
	"testing"

	"tonghop/report/decimal"
	"tonghop/report/lang"
)

func Example() {
	rule, err := lang.Compile("[2.06] = [2.04] + [2.05]", known)
	if err != nil {
		fmt.Println(err)
		return
	}
	values := map[string]lang.Value{
		"2.04": lang.NumberOf(decimal.MustParse("1000")),
		"2.05": lang.NumberOf(decimal.MustParse("240")),
		"2.06": lang.NumberOf(decimal.MustParse("1204")),
	}
	env := func(ask lang.Ask) lang.Value {
		if ask.Prev {
			return lang.Value{} // missing
		}
		return values[ask.Code]
	}
	v, err := rule.Eval(env)
	fmt.Println(v, err)

	why, _, _ := rule.Explain(env)
	fmt.Println(why.Left, why.Right, why.Difference)
	// Output:
	// false <nil>
	// 1204 1240 -36
}

func ExampleCompile() {
	_, err := lang.Compile("[1.3] > 0", known)
	var bad *lang.SyntaxError
	if errors.As(err, &bad) {
		fmt.Println(bad.VI, bad.Suggestion)
	}
	// Output: không có chỉ tiêu [1.3] [1.03]
}

func BenchmarkEval(b *testing.B) {
	rule, err := lang.Compile("[1.03a] <= [1.03] and [2.06] = [2.04] + [2.05]", known)
	if err != nil {
		b.Fatal(err)
	}
	one := lang.NumberOf(decimal.FromInt(1))
	two := lang.NumberOf(decimal.FromInt(2))
	env := func(ask lang.Ask) lang.Value {
		if ask.Code == "2.06" {
			return two
		}
		return one
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rule.Eval(env); err != nil {
			b.Fatal(err)
		}
	}
}
