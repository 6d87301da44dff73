package examples_test

import (
	"strings"
	"testing"

	"tonghop/aggregate"
	"tonghop/examples"
	"tonghop/examples/internal/paper"
	"tonghop/report"
	"tonghop/report/calendar"
)

// laoCaiOffice takes in all reports of the example, in the order of the list:
// the correction after what it corrects.
func laoCaiOffice(t *testing.T) *office {
	t.Helper()
	o := openOffice(t)
	for _, name := range []string{"registers/lao-cai.yaml", "lao-cai-ctxh/definition.yaml", "lao-cai-ctxh/quy-1.yaml", "lao-cai-ctxh/thang-4.yaml",
		"lao-cai-ctxh/quy-2.yaml", "lao-cai-ctxh/thang-3-duong-lich.yaml", "lao-cai-ctxh/quy-1-duong-lich.yaml"} {
		o.apply(name)
	}
	for _, p := range paper.Pieces() {
		if p.Folder != "lao-cai-ctxh" {
			continue
		}
		form, err := paper.ReadForm(examples.FS, p.RequestPath(), p.Agency)
		if err != nil {
			t.Fatal(err)
		}
		a := o.upload(form.Request.Code, p.Agency, p.Path(), strings.HasSuffix(p.File, ".json"), true, "")
		if a.State != report.StateSubmitted {
			t.Errorf("%s became %s: %v", p.Path(), a.State, a.Checked.Draft.Findings)
		}
	}
	return o
}

// TestSocialWorkDayLiesInApril shows the trap of the two calendars: 25 March is
// after the books of March and of the first quarter are closed on the 14th.
func TestSocialWorkDayLiesInApril(t *testing.T) {
	o := laoCaiOffice(t)
	day := calendar.MustDate("2021-03-25")
	for _, test := range []struct{ name, request, events string }{
		{"first quarter, closed on 14 March", "lc-2021-q1", "0"},
		{"April, from 15 March", "lc-2021-m04", "2"},
		{"second quarter, from 15 March", "lc-2021-q2", "2"},
		{"March of the civil calendar", "lc-2021-m03-dl", "2"},
		{"first quarter of the civil calendar", "lc-2021-q1-dl", "2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, err := o.view.Rollup(aggregate.Query{Request: test.request, Indicators: []string{"L15.1"}})
			if err != nil {
				t.Fatal(err)
			}
			if got := text(table.Rows[0].Value); got != test.events {
				t.Errorf("events on 25 March: %s, want %s", got, test.events)
			}
			var period calendar.Period
			o.books.Read(func(l *report.Ledger) {
				r := l.Request(test.request).Request
				cal, err := calendar.Lookup(r.Calendar)
				if err != nil {
					t.Fatal(err)
				}
				if period, err = calendar.ParsePeriod(cal, r.Period); err != nil {
					t.Fatal(err)
				}
			})
			within := !day.Before(period.From) && !day.After(period.To)
			if within != (test.events != "0") {
				t.Errorf("%s to %s: 25 March inside is %v", period.From, period.To, within)
			}
		})
	}
}
