package decimal

import (
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestSumIsThatOfMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(anyDecimal(), 0, 12).Draw(t, "values")
		var sum Sum
		want := new(big.Rat)
		for _, v := range values {
			if rapid.Bool().Draw(t, "out") {
				sum.Sub(v)
				want.Sub(want, rat(t, v))
			} else {
				sum.Add(v)
				want.Add(want, rat(t, v))
			}
		}
		got, err := sum.Value()
		checkResult(t, got, err, want)
		if sum.IsZero() != (want.Sign() == 0) {
			t.Fatalf("IsZero is %t for %s", sum.IsZero(), want)
		}
	})
}

// TestSumIsASet is law 2: neither order nor what came and went in between shows in the sum.
func TestSumIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(anyDecimal(), 1, 12).Draw(t, "values")
		gone := rapid.SliceOfN(anyDecimal(), 0, 4).Draw(t, "gone")
		cut := rapid.IntRange(0, len(values)).Draw(t, "cut")

		var straight Sum
		for _, v := range values {
			straight.Add(v)
		}
		var left, right Sum
		for _, v := range gone {
			left.Add(v)
		}
		for i, v := range rapid.Permutation(values).Draw(t, "order") {
			if i < cut {
				left.Add(v)
			} else {
				right.Add(v)
			}
		}
		for _, v := range gone {
			right.Sub(v)
		}
		left.Merge(right)
		if left != straight {
			t.Fatalf("%v and %v", left, straight)
		}
	})
}

func TestSumRefusesOnlyTheTotal(t *testing.T) {
	most := MustParse("170141183460469231731687303715884105727")
	var sum Sum
	for range 1000 {
		sum.Add(most)
	}
	if got, err := sum.Value(); !errors.Is(err, ErrOverflow) {
		t.Fatalf("a thousand times the largest: %s, %v", got, err)
	}
	for range 999 {
		sum.Sub(most)
	}
	if got, err := sum.Value(); err != nil || got != most {
		t.Fatalf("got %s, %v; want %s", got, err, most)
	}
}
