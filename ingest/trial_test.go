package ingest

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/internal/spec"
	"tonghop/report"
)

// trialForm is a report on the form quy-tac that holds by its rules in the first
// quarter of 2021 but for NANG, which asks to explain 400.
const trialForm = `{"values": [
  {"indicator": "1.6", "value": "1"}, {"indicator": "1.7", "value": "30"}, {"indicator": "1.8", "value": "10"},
  {"place": "288", "indicator": "2.1", "value": "4"}, {"place": "288", "indicator": "2.2", "value": "400"},
  {"place": "291", "indicator": "2.1", "value": "6"}, {"place": "291", "indicator": "2.2", "value": "90"}]}`

func TestTrial(t *testing.T) {
	for _, tt := range []struct {
		name    string
		draft   string // rules
		rules   string // what the draft changes
		effects string // rule or code, what becomes of the report, cells
	}{
		{"nothing else", `{code: NEU, check: "if([1.6] = 0, [1.7] = 0, true)", text: Không có hội nghị nào mà lại có người dự}`, "", ""},
		{"a new rule that the report breaks", `{code: MOI, check: "[1.7] <= 20", text: a}`, "MOI new", "MOI fails values/1"},
		{"a new rule that it keeps", `{code: MOI, check: "[1.7] <= 50", text: a}`, "MOI new", ""},
		{"to be explained in another place, too", `{code: NANG, severity: explain, check: "[2.2] <= 50", text: a}`, "NANG changed", "NANG explains values/6"},
		{"to be mended where it was explained", `{code: NANG, check: "[2.2] <= 100", text: a}`, "NANG changed", "NANG fails values/4"},
		{"freed", `{code: NANG, check: "[2.2] <= 1000", text: a}`, "NANG changed", "NANG freed values/4"},
		{"noted", `{code: MOI, severity: note, check: "[1.7] <= 20", text: a}`, "MOI new", "MOI notes values/1"},
		{"one that begins later is tried all the same", `{code: MOI, from: 2030-01-01, check: "[1.7] <= 20", text: a}`, "MOI new", "MOI fails values/1"},
		{"one that begins as a warning is tried in full", `{code: MOI, warning: note, warningUntil: 2030-01-01, check: "[1.7] <= 20", text: a}`, "MOI new", "MOI fails values/1"},
		{"one that has ended frees", `{code: NANG, until: 2020-12-31, check: "[2.2] <= 100", text: a}`, "NANG ended", "NANG freed values/4"},
		{"of several versions the one that is changed and begins last", `{code: NANG, version: "1", until: 2020-12-14, check: "[2.2] <= 500", text: Hỗ trợ bằng tiền ở một địa bàn trên 500 triệu đồng}
  - {code: NANG, version: "2", from: 2020-12-15, until: 2021-12-14, check: "[2.2] <= 100", text: a}
  - {code: NANG, version: "3", from: 2021-12-15, check: "[2.2] <= 80", text: a}`, "NANG@3 changed", "NANG fails values/4 values/6"},
		{"a total", `{code: MOI, check: "total([2.1]) = [1.8] + 1", text: a}`, "MOI new", "MOI fails values/2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			env := testEnv(t, "quy-tac")
			draft, faults := spec.ParseDraft("draft.yaml", []byte("rules:\n  - "+tt.draft+"\n"), env.Definition)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			trial := NewTrial(env.Definition, draft, windowOf(env.Definition, env.Request).To)
			if got := triedNames(trial); got != tt.rules {
				t.Errorf("tried %q, want %q", got, tt.rules)
			}
			up := Upload{Via: report.ViaForm, Body: []byte(trialForm)}
			for range 2 { // a trial keeps nothing of a report
				if got := effectNames(trial.Read(up, env)); got != tt.effects {
					t.Errorf("effects %q, want %q", got, tt.effects)
				}
			}
		})
	}
}

// TestTrialOfAWholeForm: what a form takes out is freed, and what it asks besides
// fails, under the code of the fault.
func TestTrialOfAWholeForm(t *testing.T) {
	env := testEnv(t, "quy-tac")
	draft := *env.Definition
	draft.Version, draft.Rules = "2", nil
	draft.Indicators = append([]report.Indicator{}, env.Definition.Indicators...)
	draft.Indicators[0].Required = true
	trial := NewTrial(env.Definition, &draft, windowOf(env.Definition, env.Request).To)
	if got, want := triedNames(trial), "TON removed, NOI removed, LUYKE removed, LUYKE2 removed, NEU removed, HAITRANG removed, TRIGIA removed, GIAM removed, NANG@2 removed"; got != want {
		t.Errorf("tried %q, want %q", got, want)
	}
	got := effectNames(trial.Read(Upload{Via: report.ViaForm, Body: []byte(trialForm)}, env))
	if want := "V307 fails , NANG freed values/4"; got != want {
		t.Errorf("effects %q, want %q", got, want)
	}
	if len(env.Definition.Rules) == 0 || env.Definition.Indicators[0].Required {
		t.Error("the form in force was changed")
	}
}

func triedNames(trial *Trial) string {
	var out []string
	for _, r := range trial.Rules {
		out = append(out, r.Ref()+" "+string(r.Status))
	}
	return strings.Join(out, ", ")
}

func effectNames(effects []Effect) string {
	var out []string
	for _, e := range effects {
		var cells []string
		for _, f := range e.Findings {
			cells = append(cells, f.Cell)
		}
		out = append(out, fmt.Sprintf("%s%s %s %s", e.Rule, e.Code, e.Kind, strings.Join(cells, " ")))
	}
	return strings.Join(out, ", ")
}
