package report

import (
	"testing"

	"tonghop/report/decimal"
	"tonghop/report/lang"
)

// TestSpoken: every kind of value is another value to the language of rules.
func TestSpoken(t *testing.T) {
	values := []Value{
		{}, NumberOf(decimal.New(125, 1)), TextOf("tốt"), BoolOf(true), BoolOf(false),
		{Kind: Nil}, {Kind: NotCollected}, {Kind: NotApplicable},
	}
	want := []lang.Value{
		{}, lang.NumberOf(decimal.New(125, 1)), lang.TextOf("tốt"), lang.BoolOf(true), lang.BoolOf(false),
		lang.NoneOf(lang.Nil), lang.NoneOf(lang.NotCollected), lang.NoneOf(lang.NotApplicable),
	}
	for i, v := range values {
		if got := v.Spoken(); got != want[i] {
			t.Errorf("%s %q: got %+v, want %+v", v.Kind, v, got, want[i])
		}
	}
}
