package examples_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/examples"
	"tonghop/examples/internal/paper"
	"tonghop/ingest"
	"tonghop/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; go test -update writes it anew\n%s", file, firstDifference(string(got), string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got: %s\nwant: %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// read reads a file of the examples as the worker would.
func read(t *testing.T, p paper.Piece) (*paper.Form, report.Checked) {
	t.Helper()
	body, err := examples.FS.ReadFile(p.Path())
	if err != nil {
		t.Fatal(err)
	}
	return readBody(t, p, body)
}

func readBody(t *testing.T, p paper.Piece, body []byte) (*paper.Form, report.Checked) {
	t.Helper()
	form, err := paper.ReadForm(examples.FS, p.RequestPath(), p.Agency)
	if err != nil {
		t.Fatal(err)
	}
	via := report.ViaWorkbook
	if strings.HasSuffix(p.File, ".json") {
		via = report.ViaForm
	}
	return form, ingest.Read(
		ingest.Upload{ID: p.File, Name: filepath.Base(p.File), Via: via, Body: body},
		ingest.Env{Request: form.Request, Definition: form.Definition, Register: form.Register, Agency: p.Agency},
	)
}

// TestFilesAreMadeFromTables holds the committed workbooks and forms to be what
// the tables beside them give: byte for byte, but for those on a form, which
// keep saying the same however the form is drawn since.
func TestFilesAreMadeFromTables(t *testing.T) {
	for _, p := range paper.Pieces() {
		t.Run(p.Path(), func(t *testing.T) {
			got, err := p.Make(examples.FS)
			if err != nil {
				t.Fatal(err)
			}
			kept, err := examples.FS.ReadFile(p.Path())
			if err != nil {
				t.Fatal(err)
			}
			same := bytes.Equal(got, kept)
			if p.OnForm {
				_, now := readBody(t, p, got)
				_, then := readBody(t, p, kept)
				same = slices.EqualFunc(now.Draft.Facts.List(), then.Draft.Facts.List(), sameFact) && now.Draft.Nil == then.Draft.Nil
			}
			if !same {
				t.Error("is not what its table gives; run go generate in the folder examples")
			}
		})
	}
}

// sameFact compares what two facts say, wherever they stand.
func sameFact(a, b report.Fact) bool {
	return report.CompareFacts(a, b) == 0 && a.Value.Equal(b.Value)
}

// TestFilesAreUnderstood reads every file: what is read is what was typed, and
// the findings are those of the golden file.
func TestFilesAreUnderstood(t *testing.T) {
	var out strings.Builder
	for _, p := range paper.Pieces() {
		form, checked := read(t, p)
		fmt.Fprintf(&out, "== %s: %s, %d facts, %d cells = %d used + %d excluded\n", p.Path(), checked.Outcome, checked.Draft.Facts.Len(),
			checked.Draft.Counts.Cells, checked.Draft.Counts.Used, checked.Draft.Counts.Excluded)
		for _, f := range checked.Draft.Findings {
			fmt.Fprintf(&out, "%-7s %s %s: %s\n", f.Severity, f.Code, f.Place(), f.VI())
		}
		if checked.Outcome == report.Ready {
			sameFacts(t, p, form, checked.Draft.Facts.List())
		}
	}
	golden(t, "findings.txt", []byte(out.String()))
}

// sameFacts compares what was read with the table it was written from.
func sameFacts(t *testing.T, p paper.Piece, form *paper.Form, got []report.Fact) {
	t.Helper()
	want := map[string]string{}
	if p.Table != "" {
		table, err := paper.ReadTable(examples.FS, p.TablePath())
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			for i, cell := range row.Cells {
				if text, _ := paper.Typed(cell); text != "" {
					want[row.Indicator+" "+table.Places[i]] = text
				}
			}
		}
	}
	derived := map[string]bool{}
	for _, ind := range form.Definition.Indicators {
		derived[ind.Code] = ind.Compute != "" || ind.Num != ""
	}
	for _, f := range got {
		key := f.Indicator + " " + f.Place
		text := f.Value.String()
		switch f.Value.Kind {
		case report.YesNo:
			text = map[bool]string{true: "có", false: "không"}[f.Value.Yes]
		case report.Nil:
			text = "-"
		}
		if typed, ok := want[key]; ok && typed != text {
			t.Errorf("%s: %s was typed as %q and read as %q (%s!%s)", p.File, key, typed, text, f.Source.Sheet, f.Source.Cell)
		} else if !ok && !derived[f.Indicator] {
			t.Errorf("%s: %s was never typed and read as %q", p.File, key, text)
		}
		delete(want, key)
	}
	for key, typed := range want {
		if code, _, _ := strings.Cut(key, " "); derived[code] {
			continue // a formula of the form: it is made anew from its parts
		}
		t.Errorf("%s: %s was typed as %q and not read", p.File, key, typed)
	}
}
