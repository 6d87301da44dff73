package report_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/reporttest"
)

// TestFactsGiveBackTheList: whatever is kept comes back, in canonical order, by
// position, one after the other and by what it is about.
func TestFactsGiveBackTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := reporttest.AnyDraft().Draw(t, "draft").Facts.List()
		mixed := slices.Clone(want)
		if len(mixed) > 0 {
			mixed = rapid.Permutation(mixed).Draw(t, "in another order")
		}
		given := slices.Clone(mixed)
		facts := report.FactsOf(mixed)
		if !slices.Equal(mixed, given) {
			t.Fatal("the list that was given has changed")
		}
		if got := facts.List(); !slices.Equal(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		for i, f := range facts.All() {
			if f != want[i] {
				t.Fatalf("fact %d: got %+v, want %+v", i, f, want[i])
			}
			if at, found := facts.Find(f.Unit, f.Place, f.Indicator); !found || at != i {
				t.Fatalf("fact %d is found at %d: %t", i, at, found)
			}
			if i > 0 && (facts.Compare(i-1, facts, i) >= 0 || facts.Columns().CompareKeys(i-1, i) >= 0) {
				t.Fatalf("facts %d and %d are out of order", i-1, i)
			}
		}
		if same := report.FactsOf(want); !facts.Equal(same) || !reflect.DeepEqual(facts, same) {
			t.Fatal("the same facts in another order are kept otherwise")
		}
		if len(want) > 0 {
			want[len(want)-1].Source.Sheet += "'"
			if facts.Equal(report.FactsOf(want)) || facts.Equal(report.FactsOf(want[1:])) {
				t.Fatal("other facts are taken for the same")
			}
		}
	})
}

// TestFactsOfEveryShape spells out what a drawn fact seldom is.
func TestFactsOfEveryShape(t *testing.T) {
	number := func(s string) report.Value { return report.NumberOf(decimal.MustParse(s)) }
	for name, f := range map[string]report.Fact{
		"the widest number":            {Value: number("-170141183460469231731687303715884105727")},
		"the smallest of 64 bits":      {Value: number("-9223372036854775808")},
		"the first of more":            {Value: number("9223372036854775808")},
		"eighteen decimals":            {Value: number("0.000000000000000001")},
		"a range of cells":             {Value: number("1"), Source: report.Source{Cell: "D8:D9"}},
		"the last cell of a worksheet": {Value: number("1"), Source: report.Source{Cell: "XFD1048576"}},
		"a cell beyond it":             {Value: number("1"), Source: report.Source{Cell: "XFE1"}},
		"a row beyond it":              {Value: number("1"), Source: report.Source{Cell: "B1048577"}},
		"nothing stood in the cell":    {Value: report.TextOf("ý kiến"), Source: report.Source{Text: ""}},
		"a missing value":              {},
	} {
		facts := report.FactsOf([]report.Fact{f, {Unit: "z", Value: report.BoolOf(true)}})
		if got := facts.At(0); got != f {
			t.Errorf("%s: got %+v, want %+v", name, got, f)
		}
	}
}

func TestLook(t *testing.T) {
	facts := report.FactsOf([]report.Fact{
		{Unit: "syt", Place: "288", Indicator: "1", Value: report.TextOf("có")},
		{Unit: "syt", Place: "290", Indicator: "1", Value: report.Value{Kind: report.Nil}},
	})
	if got := facts.Look("syt", "288", "1"); got.Text != "có" {
		t.Errorf("got %+v", got)
	}
	for _, place := range []string{"", "289", "300"} {
		if got := facts.Look("syt", place, "1"); got.Kind != report.Missing {
			t.Errorf("place %q: got %+v, want it missing", place, got)
		}
	}
	if got := (report.Facts{}).Look("syt", "288", "1"); got.Kind != report.Missing {
		t.Errorf("of no facts: got %+v", got)
	}
}
