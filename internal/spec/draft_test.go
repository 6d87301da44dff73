package spec_test

import (
	"strings"
	"testing"

	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// theBase is a definition in force with two rules, one of which has two versions.
func theBase(t testing.TB) *report.Definition {
	t.Helper()
	docs, faults := spec.Parse("base.yaml", []byte(`definition: bieu
version: "1"
title: Biểu
indicators:
  - {code: "1", name: Một, type: int}
  - {code: "2", name: Hai, type: int}
rules:
  - {code: A, version: "1", check: "[1] > 0", text: a1, until: 2025-12-31}
  - {code: A, version: "2", check: "[1] > 1", text: a2, from: 2026-01-01}
  - {code: B, check: "[2] > 0", text: b}
sheets:
  - {sheet: Biểu 1, shape: indicators-down}
`), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return docs[0].Definition
}

func TestDraft(t *testing.T) {
	const whole = `definition: bieu
version: "2"
title: Biểu
indicators:
  - {code: "1", name: Một, type: int}
rules:
  - {code: C, check: "[1] > 5", text: c}
sheets:
  - {sheet: Biểu 1, shape: indicators-down}
`
	for _, tt := range []struct {
		name, draft string
		rules       string // that the definition would have, in order
		faults      string // codes with line and column
	}{
		{"a rule of a known code takes the place of all its versions", "rules:\n  - {code: A, check: \"[1] > 2\", text: a}\n", "B A", ""},
		{"a new rule is added", "rules:\n  - {code: C, check: \"[1] > 2\", text: c}\n", "A@1 A@2 B C", ""},
		{"JSON", `{"rules": [{"code": "C", "check": "[1] > 2", "text": "c"}]}`, "A@1 A@2 B C", ""},
		{"a whole definition has its own rules only", whole, "C", ""},
		{"a definition of another form", strings.Replace(whole, "bieu", "khac", 1), "C", "D643@1:1"},
		{"an indicator nobody knows, at its place", "rules:\n  - {code: C, check: \"[1] > [9]\", text: c}\n", "A@1 A@2 B C", "D610@2:29"},
		{"versions that overlap", "rules:\n  - {code: C, version: \"1\", check: \"[1] > 2\", text: c}\n  - {code: C, version: \"2\", check: \"[1] > 2\", text: c}\n", "A@1 A@2 B C C", "D640@3:6"},
		{"no rules", "rules: []\n", "A@1 A@2 B", "D623@1:8"},
		{"a field that no rule has", "rules:\n  - {code: C, chek: \"[1] > 2\", text: c}\n", "A@1 A@2 B C", "D603@2:6 D602@2:15"},
		{"a field beside the rules", "rules:\n  - {code: C, check: \"[1] > 2\", text: c}\nsheets: []\n", "A@1 A@2 B C", "D602@3:1"},
		{"a register", "register: r\n", "", "D632@1:1"},
		{"nothing", "", "", "D632@1:1"},
		{"two documents", "rules: []\n---\nrules: []\n", "", "D632@1:1"},
		{"no YAML", "rules: [\n", "", "D601@1:8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			base := theBase(t)
			def, faults := spec.ParseDraft("draft.yaml", []byte(tt.draft), base)
			if got := codesOf(faults); got != tt.faults {
				t.Errorf("faults %q, want %q: %v", got, tt.faults, faults)
			}
			var rules []string
			if def != nil {
				for i := range def.Rules {
					rules = append(rules, def.Rules[i].Ref())
				}
			}
			if got := strings.Join(rules, " "); got != strings.ReplaceAll(tt.rules, "C C", "C@1 C@2") {
				t.Errorf("rules %q, want %q", got, tt.rules)
			}
			if len(base.Rules) != 3 {
				t.Error("the definition in force was changed")
			}
		})
	}
}

func FuzzParseDraft(f *testing.F) {
	base := theBase(f)
	for _, seed := range []string{"rules:\n- {code: A, check: '[1] > 2', text: a}\n", "definition: bieu\n", "rules: {a: b}", "rules:\n- a\n- [b]\n", "{", "rules: []\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		def, faults := spec.ParseDraft("draft.yaml", b, base)
		if err := faults.Check(); err != nil {
			t.Fatalf("a finding cannot be said: %v", err)
		}
		if def == nil && !faults.Blocks() {
			t.Fatal("neither a definition nor what is wrong")
		}
		if faults.Blocks() {
			return
		}
		for _, f := range spec.ValidateDefinition(def) {
			if f.Code == fault.ExpressionWrong || f.Code == fault.CodeTwice {
				t.Fatalf("sound, and yet %v", f)
			}
		}
	})
}
