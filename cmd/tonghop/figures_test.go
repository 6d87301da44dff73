package main

import (
	"testing"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
)

// TestFigureWords: a number is written as Vietnamese read it, but a text that
// looks like one stays what was written.
func TestFigureWords(t *testing.T) {
	f := figureWriter{texts: map[string]bool{"3.01": true}}
	text := func(s string) *string { return &s }
	for _, c := range []struct {
		name, indicator string
		value           *string
		mark            report.Mark
		want            string
	}{
		{"a number", "1.01", text("2021"), report.MarkNone, "2.021"},
		{"a decimal", "1.01", text("1223.625"), report.MarkNone, "1.223,625"},
		{"a text of digits", "3.01", text("2021"), report.MarkNone, "2021"},
		{"a text of lines", "3.01", text("tốt,\n  kịp thời"), report.MarkNone, "tốt, kịp thời"},
		{"a yes or no", "1.01", text("true"), report.MarkNone, "true"},
		{"nothing, with a reason", "1.01", nil, report.MarkMissing, "(chưa báo cáo)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := f.words(c.indicator, c.value, c.mark); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestFileOf: a form has no file name and is called a form; who handed nothing in
// has neither.
func TestFileOf(t *testing.T) {
	at := time.Date(2021, 3, 20, 1, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		a    api.AgencyState
		want string
	}{
		{"a workbook", api.AgencyState{ReceivedAt: &at, File: "syt.xlsx"}, "syt.xlsx"},
		{"a form", api.AgencyState{ReceivedAt: &at}, "biểu JSON"},
		{"nothing", api.AgencyState{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fileOf(c.a); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
