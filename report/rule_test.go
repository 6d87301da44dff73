package report_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRuleWeight(t *testing.T) {
	rule := report.Rule{Code: "R1", From: "2021-01-01", Until: "2022-12-31", Warning: "explain", WarningUntil: "2021-06-14"}
	mild := report.Rule{Code: "R2", Severity: "explain", Warning: "note", WarningUntil: "2021-06-14"}
	for _, tt := range []struct {
		name    string
		rule    report.Rule
		day     string
		inForce bool
		weight  fault.Severity
	}{
		{"the day before it begins", rule, "2020-12-31", false, fault.Explain},
		{"its first day", rule, "2021-01-01", true, fault.Explain},
		{"the last day as a warning", rule, "2021-06-14", true, fault.Explain},
		{"the day after", rule, "2021-06-15", true, fault.Error},
		{"its last day", rule, "2022-12-31", true, fault.Error},
		{"the day after its last", rule, "2023-01-01", false, fault.Error},
		{"no day: whatever it will be in the end", rule, "", true, fault.Error},
		{"a note that is to be explained later", mild, "2021-06-14", true, fault.Note},
		{"explained by now", mild, "2021-06-15", true, fault.Explain},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := day(t, tt.day)
			if got := tt.rule.InForce(d); got != tt.inForce {
				t.Errorf("in force: %t", got)
			}
			if got := tt.rule.Weight(d); got != tt.weight {
				t.Errorf("weighs %s, want %s", got, tt.weight)
			}
		})
	}
	if got := rule.Firm(); got != day(t, "2021-06-15") {
		t.Errorf("firm from %s", got)
	}
	if plain := (&report.Rule{WarningUntil: "2021-06-14"}); !plain.Firm().IsZero() {
		t.Error("what was never a warning has no day on which it ends to be one")
	}
}

// TestOneVersionJudgesADay lays versions of a rule side by side and asks for every
// day around them: it is judged by the one whose days it lies in, and by none in
// between.
func TestOneVersionJudgesADay(t *testing.T) {
	first := day(t, "2020-01-01")
	rapid.Check(t, func(t *rapid.T) {
		def := &report.Definition{Rules: []report.Rule{{Code: "OTHER", Check: "1 = 1"}}}
		by := map[int]string{} // version by day, counted from the first
		at := 0
		for v := range rapid.IntRange(1, 5).Draw(t, "versions") {
			at += rapid.IntRange(0, 3).Draw(t, "gap")
			length := rapid.IntRange(1, 5).Draw(t, "days")
			r := report.Rule{Code: "R", Version: fmt.Sprint(v + 1), From: first.AddDays(at).String(), Until: first.AddDays(at + length - 1).String()}
			for i := range length {
				by[at+i] = r.Version
			}
			at += length
			def.Rules = append(def.Rules, r)
		}
		newest := def.Rules[len(def.Rules)-1].Version
		def.Rules = rapid.Permutation(def.Rules).Draw(t, "order")
		judged := func(d calendar.Date) (version string) {
			rules := def.RulesOn(d)
			if !slices.ContainsFunc(rules, func(r *report.Rule) bool { return r.Code == "OTHER" }) {
				t.Fatal("a rule without days is lost")
			}
			for _, r := range rules {
				if r.Code == "R" {
					if version != "" {
						t.Fatalf("versions %s and %s judge %s", version, r.Version, d)
					}
					version = r.Version
				}
			}
			return version
		}
		for i := -2; i < at+3; i++ {
			if got := judged(first.AddDays(i)); got != by[i] {
				t.Fatalf("day %d is judged by version %q, want %q", i, got, by[i])
			}
		}
		if got := judged(calendar.Date{}); got != newest {
			t.Fatalf("without a day it is version %q, want the newest, %q", got, newest)
		}
	})
}

func TestExplanationOfAGroup(t *testing.T) {
	finding := fault.New(fault.RuleToExplain, fault.A("rule", "R05")).At("Biểu 2", "C9")
	other := fault.New(fault.RuleToExplain, fault.A("rule", "R050")).At("Biểu 2", "C9")
	for _, tt := range []struct {
		name         string
		e            report.Explanation
		this, theOne bool // answers the finding of R05, that of R050 in the same cell
	}{
		{"the whole code", report.Explanation{Code: "R402"}, true, true},
		{"a rule", report.Explanation{Code: "R402", Group: "R402/R05"}, true, false},
		{"a rule on a sheet", report.Explanation{Code: "R402", Group: "R402/R05/Biểu 2"}, true, false},
		{"its group", report.Explanation{Code: "R402", Group: "R402/R05/Biểu 2/C"}, true, false},
		{"another column", report.Explanation{Code: "R402", Group: "R402/R05/Biểu 2/D"}, false, false},
		{"the beginning of a code is no group", report.Explanation{Code: "R402", Group: "R402/R0"}, false, false},
		{"a cell", report.Explanation{Code: "R402", Sheet: "Biểu 2", Cell: "C9"}, true, true},
		{"a rule in another cell", report.Explanation{Code: "R402", Group: "R402/R05", Sheet: "Biểu 2", Cell: "C8"}, false, false},
		{"another code", report.Explanation{Code: "S227", Group: "R402/R05"}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.e.Answers(finding) != tt.this || tt.e.Answers(other) != tt.theOne {
				t.Errorf("answers %t and %t", tt.e.Answers(finding), tt.e.Answers(other))
			}
		})
	}
}

func TestReasonFor(t *testing.T) {
	at := func(rule, cell string) fault.Fault {
		return fault.New(fault.RuleToExplain, fault.A("rule", rule)).At("Biểu 2", cell)
	}
	s := &report.Submission{
		Draft: &report.Draft{Findings: fault.List{at("R05", "C9"), at("R05", "D9"), at("R06", "E9"), fault.New(fault.CopyOfLastPeriod)}},
		Explanations: []report.Explanation{
			{Code: "R402", Group: "R402/R05/Biểu 2/C", Reason: "cột C"}, {Code: "R402", Group: "R402/R05/Biểu 2/D", Reason: "cột D"},
			{Code: "V326", Reason: "không đổi"},
		},
	}
	for _, tt := range []struct {
		name    string
		finding fault.Fault
		want    string
	}{
		{"the same column, another row", at("R05", "C30"), "cột C"},
		{"the other column", at("R05", "D1"), "cột D"},
		{"a column of which nothing was asked: that of the rule", at("R05", "F1"), "cột C"},
		{"a rule that was not explained", at("R06", "E9"), ""},
		{"a rule that is new", at("R07", "C9"), ""},
		{"what is no rule's", fault.New(fault.CopyOfLastPeriod), "không đổi"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.ReasonFor(tt.finding); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if (*report.Submission)(nil).ReasonFor(at("R05", "C9")) != "" {
		t.Error("nothing before has a reason")
	}
}
