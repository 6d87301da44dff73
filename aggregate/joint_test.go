package aggregate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/decimal"
)

// jointWorld is a request of gifts: their number and their worth may be counted by each of
// those who gave them together.
func jointWorld(drafts map[string]string, agencies ...string) *fold {
	h := &history{now: time.Date(2021, 3, 20, 1, 0, 0, 0, time.UTC), subs: map[string][]*report.Event{}}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: &report.Definition{
		Code: "d", Version: "1",
		Indicators: []report.Indicator{
			{Code: "gifts", Type: report.TypeInt, Repeats: true},
			{Code: "worth", Type: report.TypeInt, Repeats: true},
			{Code: "people", Type: report.TypeInt},
			{Code: "share", Type: report.TypeDec, Scale: 1, Roll: report.Roll{Agency: report.RollMean, Place: report.RollMean}},
			{Code: "events", Type: report.TypeText, Repeats: true},
		},
	}})
	h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: testRegister()})
	h.request(1, false, agencies...)
	for _, a := range agencies {
		if drafts[a] == "" {
			continue
		}
		var list []report.Fact
		for _, item := range strings.Split(drafts[a], ", ") {
			part := strings.SplitN(item, " ", 3)
			f := report.Fact{Unit: a, Place: part[0], Indicator: part[1], Source: report.Source{Sheet: "S", Cell: "C7", Text: part[2]}}
			if d, err := decimal.Parse(part[2]); err == nil {
				f.Value = report.NumberOf(d)
			} else {
				f.Value = report.TextOf(part[2])
			}
			list = append(list, f)
		}
		h.submit(a, facts(list...))
	}
	return folded(h.events)
}

func TestJoint(t *testing.T) {
	four := []string{"syt", "sgd", "hpn", "bao"}
	for _, tt := range []struct {
		name   string
		drafts map[string]string
		want   string
	}{
		{"gifts that two gave together", map[string]string{
			"syt": "288 gifts 25, 288 worth 12750, 288 people 40", "sgd": "288 gifts 25, 288 worth 12750, 288 people 31", "hpn": "288 gifts 30, 288 worth 900",
		}, "288 syt sgd: gifts=25 worth=12750\n"},
		{"what is counted beside them is put beside them, and rates are not", map[string]string{
			"syt": "288 gifts 125, 288 people 43, 288 share 12.5", "bao": "288 gifts 125, 288 people 43, 288 share 12.5",
		}, "288 syt bao: gifts=125 people=43\n"},
		{"not of one place", map[string]string{"syt": "288 gifts 25, 288 worth 12750", "sgd": "290 gifts 25, 290 worth 12750"}, ""},
		{"figures that many have", map[string]string{"syt": "288 gifts 10, 288 worth 500", "sgd": "288 gifts 10, 288 worth 500"}, ""},
		{"one figure again and again", map[string]string{
			"syt": "288 gifts 28, 288 worth 28, 288 people 28, 290 gifts 7, 291 gifts 8, 30 gifts 9, 290 worth 1, 10525 gifts 31, 10525 worth 41",
			"sgd": "288 gifts 28, 288 worth 28, 288 people 28, 290 gifts 77, 291 gifts 8, 30 gifts 99, 290 worth 11, 10525 gifts 312, 10525 worth 412",
			"hpn": "288 gifts 29, 288 worth 38, 10525 gifts 51, 10525 worth 61", "bao": "10525 gifts 52, 10525 worth 62",
		}, ""},
		{"only what is never counted twice", map[string]string{"syt": "288 people 1234567", "sgd": "288 people 1234567"}, ""},
		{"words for one event", map[string]string{
			"syt": "288 events Ngày hội hiến máu tình nguyện", "hpn": "288 events Ngày hội hiến máu  tình nguyện",
		}, "288 syt hpn: events=Ngày hội hiến máu tình nguyện\n"},
		{"three that gave together", map[string]string{"syt": "288 worth 12345", "sgd": "288 worth 12345", "bao": "288 worth 12345"},
			"288 syt sgd: worth=12345\n288 syt bao: worth=12345\n288 sgd bao: worth=12345\n"},
	} {
		f := jointWorld(tt.drafts, four...)
		r, err := f.state.Joint(&f.ledger, testRequest, time.Time{}, false)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, j := range r.Joint {
			fmt.Fprintf(&got, "%s %s %s:", j.Place, j.Agencies[0], j.Agencies[1])
			for _, x := range j.Figures {
				fmt.Fprintf(&got, " %s=%s", x.Indicator, x.Value)
				for side, s := range x.Sides {
					if s.Agency != j.Agencies[side] || s.Cell != "C7" || s.File == "" || s.Indicator != x.Indicator {
						t.Errorf("%s: side %+v", tt.name, s)
					}
				}
			}
			got.WriteByte('\n')
		}
		if got.String() != tt.want {
			t.Errorf("%s: got\n%swant\n%s", tt.name, got.String(), tt.want)
		}
		s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, false)
		if err != nil {
			t.Fatal(err)
		}
		notes := 0
		for _, n := range s.Notes {
			if n.Kind == NoteJoint {
				notes++
			}
		}
		if notes != len(r.Joint) {
			t.Errorf("%s: %d notes for %d pairs", tt.name, notes, len(r.Joint))
		}
	}
}

// TestJointOfMany: what many agencies have is a common figure, and the more that are held
// against each other the more must agree.
func TestJointOfMany(t *testing.T) {
	drafts := map[string]string{}
	var agencies []string
	for i := range 12 {
		a := fmt.Sprintf("dv%02d", i)
		agencies = append(agencies, a)
		drafts[a] = fmt.Sprintf("288 gifts 1234567, 288 worth %d", 1000+i)
	}
	drafts["dv03"] = "288 gifts 7654, 288 worth 33"
	drafts["dv07"] = "288 gifts 7654, 288 worth 34"
	f := jointWorld(drafts, agencies...)
	r, err := f.state.Joint(&f.ledger, testRequest, time.Time{}, false)
	if err != nil || len(r.Joint) != 1 || r.Joint[0].Agencies != [2]string{"dv03", "dv07"} {
		t.Errorf("%+v, %v", r.Joint, err)
	}
	if _, err := f.state.Joint(&f.ledger, "khong-co", time.Time{}, false); err == nil {
		t.Error("a request that is not known has an answer")
	}
}
