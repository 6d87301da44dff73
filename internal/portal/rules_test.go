package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// twoQuarters is a form with a rule to explain, asked for two quarters of three
// agencies.
const twoQuarters = `definition: qua
version: "1"
title: Quà tặng
calendar: d09
indicators:
  - {code: "1", name: Số suất quà, type: int, by: place}
  - {code: "2", name: Số lượt người, type: int}
rules:
  - {code: NHIEU, version: "2", severity: explain, check: "[1] <= 100", text: Trên một trăm suất quà ở một địa bàn}
sheets:
  - {sheet: Biểu 1, shape: places-down, places: [30/district]}
  - {sheet: Biểu 2, shape: indicators-down}
---
register: tinh
version: "1"
title: Tỉnh
places:
  - {code: "30", name: Tỉnh, level: province}
  - {code: 30T, name: Cấp tỉnh, level: provincial, parent: "30"}
  - {code: "288", name: Huyện Một, level: district, parent: "30"}
  - {code: "290", name: Huyện Hai, level: district, parent: "30"}
agencies:
  - {code: a, name: Sở A, place: 30T}
  - {code: b, name: Sở B, place: 30T}
  - {code: c, name: Sở C, place: 30T}
---
request: q1
title: Quý I
definition: qua
version: "1"
register: tinh
registerVersion: "1"
place: "30"
issuer: {name: Sở Nội vụ}
period: 2021-Q1
due: {date: 2021-03-30, wording: before}
agencies: [a, b, c]
---
request: q2
title: Quý II
definition: qua
version: "1"
register: tinh
registerVersion: "1"
place: "30"
issuer: {name: Sở Nội vụ}
period: 2021-Q2
due: {date: 2021-06-30, wording: before}
agencies: [a, b, c]
`

// withQuarters applies twoQuarters.
func (w *world) withQuarters() *world {
	w.t.Helper()
	if _, err := w.client("").Apply(w.t.Context(), "documents", "qua.yaml", []byte(twoQuarters)); err != nil {
		w.t.Fatal(err)
	}
	return w
}

// gifts hands a form in: gifts in the two places, and people.
func (w *world) gifts(request, agency, one, two, people string) *api.Upload {
	w.t.Helper()
	c := w.client("")
	form := `{"values": [{"place": "288", "indicator": "1", "value": "` + one + `"}, {"place": "290", "indicator": "1", "value": "` + two + `"}, {"indicator": "2", "value": "` + people + `"}]}`
	receipt, err := c.Upload(w.t.Context(), request, agency, client.File{Media: client.MediaJSON, Body: []byte(form)}, true, "")
	if err != nil {
		w.t.Fatal(err)
	}
	u, err := c.Settled(w.t.Context(), receipt.Upload)
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// TestTryRules tries a draft on a period: it says of each rule what becomes of
// whose report, reads only what counts, and writes nothing.
func TestTryRules(t *testing.T) {
	w := newWorld(t).withQuarters()
	w.gifts("q1", "a", "10", "20", "300")
	explained := w.gifts("q1", "b", "150", "20", "40")
	if _, err := w.client("").Decide(t.Context(), "q1", "b", "submit", api.Submit{Upload: explained.Upload, Explanations: []report.Explanation{{Code: "R402", Group: "R402/NHIEU", Reason: "Có đợt quà Trung ương"}}}); err != nil {
		t.Fatal(err)
	}
	if u := w.gifts("q1", "c", "500", "20", "40"); u.State != report.StateReady {
		t.Fatalf("the third report is %s, and is not to count", u.State)
	}
	before, err := w.journal.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	trial, err := w.client("").TryRules(t.Context(), "q1", "draft.yaml", []byte(`rules:
  - {code: NHIEU, version: "3", from: 2021-12-15, check: "[1] <= 200", text: Trên hai trăm suất quà}
  - {code: NGUOI, check: "[2] <= 100", text: Trên một trăm lượt người}
  - {code: CHUNG, severity: explain, check: "[2] >= total([1])", text: Ít người hơn suất quà}
`))
	if err != nil {
		t.Fatal(err)
	}
	if trial.Read != 2 || trial.Asked != 3 || trial.Left != 0 || trial.Definition != "qua@1" {
		t.Errorf("read %d of %d, left %d, by %s", trial.Read, trial.Asked, trial.Left, trial.Definition)
	}
	type line struct {
		rule, status            string
		fails, explains, frees  int
		agency, effect, finding string
	}
	want := []line{
		{"NHIEU@3", "changed", 0, 0, 1, "b", "freed", "R402"},
		{"NGUOI", "new", 1, 0, 0, "a", "fails", "R401"},
		{"CHUNG", "new", 0, 1, 0, "b", "explains", "R402"},
	}
	if len(trial.Rules) != len(want) {
		t.Fatalf("got %+v", trial.Rules)
	}
	for i, r := range trial.Rules {
		name := r.Rule
		if r.Version != "" {
			name += "@" + r.Version
		}
		got := line{name, r.Status, r.Fails, r.Explains, r.Freed, "", "", ""}
		if len(r.Reports) == 1 && len(r.Reports[0].Findings) == 1 {
			got.agency, got.effect, got.finding = r.Reports[0].Agency, r.Reports[0].Effect, string(r.Reports[0].Findings[0].Code)
		}
		if got != want[i] {
			t.Errorf("got %+v, want %+v", got, want[i])
		}
	}
	if after, err := w.journal.Last(t.Context()); err != nil || after != before {
		t.Errorf("%d events were written (%v)", after-before, err)
	}
	var s api.Upload
	if err := w.client("").Get(t.Context(), "/uploads/"+explained.Upload, nil, &s); err != nil || s.State != report.StateSubmitted {
		t.Errorf("the report that was tried is %s now (%v)", s.State, err)
	}
}

func TestTryRulesRefused(t *testing.T) {
	w := newWorld(t).withQuarters()
	const try = "/api/v1/requests/q1/rules/try"
	for _, tt := range []struct {
		name, path, media, body string
		status                  int
		code                    fault.Code
	}{
		{"a request nobody knows", "/api/v1/requests/q9/rules/try", "application/yaml", "rules: []", 404, fault.RequestUnknown},
		{"no rules", try, "application/yaml", "rules: []", 422, fault.ListEmpty},
		{"an indicator nobody knows", try, "application/yaml", `rules: [{code: X, check: "[9] > 1", text: x}]`, 422, fault.ExpressionWrong},
		{"another form", try, client.MediaJSON, `{"definition": "khac", "version": "1", "title": "K", "indicators": [{"code": "1", "name": "M", "type": "int"}], "sheets": [{"sheet": "B", "shape": "indicators-down"}]}`, 422, fault.DraftOfOtherForm},
		{"a register", try, "application/yaml", "register: r", 422, fault.KindUnknown},
		{"a picture", try, "image/png", "x", 415, fault.MediaTypeUnsupported},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := w.problem("POST", tt.path, "", strings.NewReader(tt.body), "Content-Type", tt.media)
			if p.Status != tt.status || p.Code != string(tt.code) {
				t.Errorf("got %d %s, want %d %s", p.Status, p.Code, tt.status, tt.code)
			}
		})
	}
}

// TestReasonAgain: the reason of the period before is offered, in JSON and on the
// page; it answers nothing until it is chosen, and then it is that period's words.
func TestReasonAgain(t *testing.T) {
	w := newWorld(t).withQuarters()
	const reason = "Có đợt quà Trung ương tặng dịp Tết"
	first := w.gifts("q1", "a", "150", "160", "40")
	if len(first.Groups) != 1 || first.Groups[0].Count != 2 || first.Groups[0].Suggestion != "" || first.Groups[0].Version != "2" {
		t.Fatalf("groups %+v", first.Groups)
	}
	if _, err := w.client("").Decide(t.Context(), "q1", "a", "submit", api.Submit{Explanations: []report.Explanation{{Code: "R402", Group: first.Groups[0].Group, Reason: reason}}}); err != nil {
		t.Fatalf("one reason for a group: %v", err)
	}
	second := w.gifts("q2", "a", "120", "130", "41")
	if second.State != report.StateReady || len(second.Groups) != 1 || second.Groups[0].Suggestion != reason {
		t.Fatalf("state %s, groups %+v", second.State, second.Groups)
	}
	page := "/tep/" + second.Upload
	_, b := w.do("GET", page, "", nil, "Accept", "text/html")
	mustContain(t, string(b), reason, `name="giai-trinh-0-nhu-truoc" value="1">`, "và 1 chỗ khác")
	if strings.Contains(string(b), "checked") {
		t.Error("the reason is chosen before anyone chose it")
	}
	if res, b := w.post(page+"/nop", url.Values{}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("submitted without a reason: %d %s", res.StatusCode, b)
	}
	if res, b := w.post(page+"/nop", url.Values{"giai-trinh-0-nhu-truoc": {"1"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("submitted with the reason of the period before: %d %s", res.StatusCode, b)
	}
	var u api.Upload
	if err := w.client("").Get(t.Context(), "/uploads/"+second.Upload, nil, &u); err != nil {
		t.Fatal(err)
	}
	if len(u.Explanations) != 1 || u.Explanations[0].Reason != reason || u.Explanations[0].Group != second.Groups[0].Group {
		t.Errorf("explained by %+v", u.Explanations)
	}
}

// TestOneReasonIsForOneRule: a reason for one rule does not answer another one in
// the same cell.
func TestOneReasonIsForOneRule(t *testing.T) {
	w := newWorld(t)
	two := strings.Replace(twoQuarters, "rules:\n", "rules:\n  - {code: LE, severity: explain, check: \"[1] <= 149\", text: Trên 149 suất quà}\n", 1)
	if _, err := w.client("").Apply(t.Context(), "documents", "qua.yaml", []byte(two)); err != nil {
		t.Fatal(err)
	}
	u := w.gifts("q1", "a", "150", "1", "40")
	const root = "/tep/"
	res, b := w.post(root+u.Upload+"/nop", url.Values{"giai-trinh-0": {"Có đợt quà Trung ương"}})
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(b), string(fault.ExplanationMissing)) {
		t.Errorf("one reason did for two rules: %d", res.StatusCode)
	}
	res, _ = w.post(root+u.Upload+"/nop", url.Values{"giai-trinh-0": {"Có đợt quà Trung ương"}, "giai-trinh-1": {"Có đợt quà của tỉnh"}})
	if res.StatusCode != http.StatusSeeOther {
		t.Errorf("a reason for each: %d", res.StatusCode)
	}
}

// TestTrialIsBounded: a trial reads no more reports than it says, and shows no more
// findings of one; how many are left out is said.
func TestTrialIsBounded(t *testing.T) {
	for n, want := range map[int]int{0: 0, mostTried: 0, mostTried + 7: 7} {
		if tried, left := bounded(make([]triedReport, n)); left != want || len(tried) != n-want {
			t.Errorf("of %d reports %d are read and %d left", n, len(tried), left)
		}
	}
	lines := newTrialLines(&report.Definition{}, &ingest.Trial{})
	many := make(fault.List, mostShown+3)
	for i := range many {
		many[i] = fault.New(fault.RuleBroken, fault.A("rule", "R1"))
	}
	lines.add(triedReport{agency: "a", received: &report.Received{}}, []ingest.Effect{{Rule: "R1", Kind: ingest.EffectFails, Findings: many}})
	if r := lines.rules[0].Reports[0]; lines.rules[0].Fails != 1 || len(r.Findings) != mostShown || r.More != 3 {
		t.Errorf("%d reports, %d findings shown, %d more", lines.rules[0].Fails, len(r.Findings), r.More)
	}
}
