package report

import (
	"testing"

	"tonghop/report/calendar"
)

// TestBefore: the request of the period before is found under the same calendar
// and of the same kind, and none other.
func TestBefore(t *testing.T) {
	var l Ledger
	l.Add(&Event{ID: "d", Body: &DefinitionApplied{Definition: &Definition{Code: "d", Version: "1", Calendar: "d09"}}})
	open := func(code, cal, period, from, to string) {
		r := &Request{Code: code, Definition: "d", Version: "1", Calendar: cal, Period: period}
		if from != "" {
			r.From, r.To = calendar.MustDate(from), calendar.MustDate(to)
		}
		l.Add(&Event{ID: code, Key: RequestKey(code), Body: &RequestApplied{Revision: 1, Request: r}})
	}
	open("q1", "", "2021-Q1", "", "")
	open("m3", "", "2021-M03", "", "") // ends on the day Q1 ends
	open("q2", "", "2021-Q2", "", "")
	open("q1-civil", "civil", "2021-Q1", "", "")
	open("q2-civil", "civil", "2021-Q2", "", "")
	open("letter", "", "", "2021-06-15", "2021-06-30") // follows Q2, but is no quarter
	open("nothing", "", "", "", "")
	for code, want := range map[string]string{
		"q2": "q1", "q2-civil": "q1-civil", "q1": "", "m3": "", "letter": "", "nothing": "",
	} {
		got := ""
		if b := l.Before(l.Requests[code]); b != nil {
			got = b.Code
		}
		if got != want {
			t.Errorf("before %s: got %q, want %q", code, got, want)
		}
	}
}

// TestBeforeKeepsToItsArea: one definition may be asked in many provinces, whose
// agencies have the same codes; the period before is that of the same province.
func TestBeforeKeepsToItsArea(t *testing.T) {
	var l Ledger
	l.Add(&Event{ID: "d", Body: &DefinitionApplied{Definition: &Definition{Code: "d", Version: "1", Calendar: "d09"}}})
	open := func(code, register, place, period string) {
		r := &Request{Code: code, Definition: "d", Version: "1", Register: register, Place: place, Period: period}
		l.Add(&Event{ID: code, Key: RequestKey(code), Body: &RequestApplied{Revision: 1, Request: r}})
	}
	open("hai-duong-q1", "hai-duong", "30", "2021-Q1")
	open("lao-cai-q2", "lao-cai", "10", "2021-Q2")
	open("hai-duong-q2", "hai-duong", "30", "2021-Q2")
	if b := l.Before(l.Requests["lao-cai-q2"]); b != nil {
		t.Errorf("before lao-cai-q2: got %s of another province", b.Code)
	}
	if b := l.Before(l.Requests["hai-duong-q2"]); b == nil || b.Code != "hai-duong-q1" {
		t.Errorf("before hai-duong-q2: got %v, want hai-duong-q1", b)
	}
}
