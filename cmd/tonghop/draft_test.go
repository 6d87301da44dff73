package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/ingest"
	"tonghop/ingest/outline"
	"tonghop/ingest/outline/draft"
	"tonghop/internal/spec"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

var update = flag.Bool("update", false, "write the drafts in testdata/draft anew")

// copyOf is a workbook of some name.
type copyOf struct {
	name string
	body []byte
}

// drafted drafts a form from copies of it.
func drafted(t *testing.T, copies ...copyOf) *draft.Draft {
	t.Helper()
	var readings []*outline.Reading
	for _, c := range copies {
		r, stop := outline.Read(c.name, c.body, xlsx.Limits{})
		if stop != nil {
			t.Fatalf("%s: %v", c.name, stop)
		}
		readings = append(readings, r)
	}
	d := draft.Make(readings)
	if d == nil {
		t.Fatalf("%s: no draft", copies[0].name)
	}
	return d
}

// accepted holds that the documents of a draft are taken as they are, and gives
// what an upload is read by.
func accepted(t *testing.T, d *draft.Draft) ingest.Env {
	t.Helper()
	var env ingest.Env
	var docs []spec.Document
	for name, text := range map[string][]byte{"bieu-mau.yaml": d.DefinitionYAML(), "danh-muc.yaml": d.RegisterYAML(), "yeu-cau.yaml": d.RequestYAML()} {
		found, faults := spec.Parse(name, text, nil)
		for _, f := range faults {
			t.Errorf("%s: %s %s %s", name, f.Code, f.PlaceVI(), f.VI())
		}
		docs = append(docs, found...)
	}
	for _, doc := range docs {
		switch doc.Kind {
		case report.KindDefinition:
			env.Definition = doc.Definition
		case report.KindRegister:
			env.Register = doc.Register
		case report.KindRequest:
			env.Request = doc.Request
		}
	}
	if env.Definition == nil || env.Register == nil || env.Request == nil {
		t.Fatalf("%d documents", len(docs))
	}
	for _, doc := range docs {
		for _, f := range doc.Check(env.Definition, env.Register) {
			if f.Severity == fault.Error || f.Severity == fault.Stop {
				t.Errorf("%s: %s", f.Code, f.VI())
			}
		}
	}
	return env
}

func sharedCopy(t *testing.T, parts ...string) copyOf {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data", "real"}, parts...)...)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("%s is absent", strings.Join(parts, "/"))
	}
	return copyOf{filepath.Base(path), body}
}

// TestBlankForms drafts official forms that are empty: the drafts are accepted as
// they are, and their text is kept.
func TestBlankForms(t *testing.T) {
	for _, name := range []string{"A00014", "CBQL", "G01234", "G02005", "KHTS"} {
		t.Run(name, func(t *testing.T) {
			d := drafted(t, sharedCopy(t, "blank-forms", name+".xlsx"))
			accepted(t, d)
			got := string(d.DefinitionYAML()) + "---\n" + string(d.RegisterYAML()) + "---\n" + string(d.RequestYAML())
			golden := filepath.Join("testdata", "draft", name+".yaml")
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the draft differs from %s; look at it, then -update", golden)
			}
		})
	}
}

// TestBranchesFromTheirForm drafts a form of four branches from one branch's and
// reads all four by it.
func TestBranchesFromTheirForm(t *testing.T) {
	var copies []copyOf
	for _, branch := range []string{"01912001", "14912001", "22912001", "22912002"} {
		copies = append(copies, sharedCopy(t, "sbv-g01304-201708", "G01304-"+branch+"-01912001-201708-BI-M-01.xlsx"))
	}
	for _, many := range []bool{false, true} {
		from := copies[:1]
		if many {
			from = copies
		}
		d := drafted(t, from...)
		env := accepted(t, d)
		if got := len(d.Definition.Indicators); got != 1884 {
			t.Errorf("%d indicators, want 1884", got)
		}
		if d.Request.Period != "2017-M08" {
			t.Errorf("period %q", d.Request.Period)
		}
		parts := 0
		for i := range d.Definition.Indicators {
			if d.Definition.Indicators[i].Part == "split" {
				parts++
			}
		}
		if least := 900; many && parts < least {
			t.Errorf("%d cells are parts of a total in all copies, want %d at least", parts, least)
		}
		if want := len(from); len(env.Request.Agencies) != want {
			t.Errorf("agencies %v, want %d", env.Request.Agencies, want)
		}
		for i, c := range copies {
			env.Agency = env.Request.Agencies[min(i, len(env.Request.Agencies)-1)]
			out := ingest.Read(ingest.Upload{ID: "1", Name: c.name, Via: report.ViaWorkbook, Body: c.body}, env)
			if out.Outcome != report.Ready || out.Draft.Facts.Len() != 1884 {
				t.Errorf("many %v, %s: %s, %d facts", many, c.name, out.Outcome, out.Draft.Facts.Len())
				for _, f := range out.Draft.Findings[:min(5, len(out.Draft.Findings))] {
					t.Logf("  %s %s %s %s", f.Severity, f.Code, f.Cell, f.VI())
				}
			}
		}
	}
}

// TestFilledFormsAreReadByTheirDraft drafts published tables and reads them by what
// was drafted: facilities with codes, and provinces with rates beside sums.
func TestFilledFormsAreReadByTheirDraft(t *testing.T) {
	for _, c := range []struct {
		file, shape string
		facts       int
	}{
		{"B02. CSKCB.xlsx", "list", 2704},
		{"B02. TOAN QUOC.xlsx", "places-down", 63 * 17},
	} {
		t.Run(c.file, func(t *testing.T) {
			paper := sharedCopy(t, "bhyt-lao-cai-2024-06", c.file)
			d := drafted(t, paper)
			wantShape(t, d.Definition.Sheets[0].Shape, c.shape)
			readsAll(t, accepted(t, d), paper, c.facts)
		})
	}
}

// TestBudgetsAreReadByTheirDraft drafts budgets of many sheets, with marks of
// footnotes beside the figures, column numbers that slip, and parts that are called
// rates, and reads each by what was drafted of it.
func TestBudgetsAreReadByTheirDraft(t *testing.T) {
	for name, facts := range map[string]int{"Plan_2017.xls": 1351, "Final_2013.xls": 1462} {
		t.Run(name, func(t *testing.T) {
			paper := sharedCopy(t, "budget", name)
			readsAll(t, accepted(t, drafted(t, paper)), paper, facts)
		})
	}
}
