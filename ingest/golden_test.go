package ingest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/ingest/sheet"
	"tonghop/internal/spec"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

var update = flag.Bool("update", false, "write what was read into the golden files")

// TestReading reads the workbooks of testdata/reading. Each file is an archive:
// a comment that says what is odd about the paper, the sheets, and what must
// come of them. README.txt there says how cells are written.
func TestReading(t *testing.T) {
	files, err := filepath.Glob("testdata/reading/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			testReading(t, file)
		})
	}
}

func testReading(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := describe(readArchive(t, ar))
	for range 3 { // maps are walked in another order each time
		if again := describe(readArchive(t, ar)); again != got {
			t.Fatalf("read again it is another (law 6):\n%s", cmp.Diff(got, again))
		}
	}
	for i, f := range ar.Files {
		if f.Name != "want" {
			continue
		}
		if *update {
			ar.Files[i].Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		return
	}
	t.Fatal("the archive has no section want")
}

// readArchive reads the sheets, or the form, of an archive.
func readArchive(t testing.TB, ar *txtar.Archive) report.Checked {
	t.Helper()
	env := testEnv(t, "places")
	book := &sheet.Book{}
	for _, f := range ar.Files {
		kind, name, _ := strings.Cut(f.Name, " ")
		switch kind {
		case "before": // what the agency said for the period before, as a form
			was := Read(Upload{Via: report.ViaForm, Body: f.Data}, env)
			if was.Outcome == report.Refused {
				t.Fatalf("the period before is no report that counts: %v", was.Draft.Findings)
			}
			env.Previous, env.PreviousRequest = was.Draft.Facts, "ky-truoc"
		case "period": // another period than the request's
			req := *env.Request
			req.Period = strings.TrimSpace(string(f.Data))
			env.Request = &req
		case "asked": // which of the definitions of testdata/forms
			env = testEnv(t, strings.TrimSpace(string(f.Data)))
		case "sheet":
			g, err := parseGrid(name, string(f.Data))
			if err != nil {
				t.Fatal(err)
			}
			book.Add(sheet.FromGrid(g))
		case "answers":
			env.Answers = parseAnswers(t, string(f.Data))
		case "form":
			return Read(Upload{ID: "u", Via: report.ViaForm, Body: f.Data}, env)
		}
	}
	return readSheets(env, book)
}

// parseAnswers reads what the agency answered before, one answer a line: kind,
// sheet of the form, words, code and name of what was chosen, parted by bars.
func parseAnswers(t testing.TB, text string) report.Answers {
	t.Helper()
	out := report.Answers{}
	for line := range strings.Lines(text) {
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) < 4 {
			t.Fatalf("answer %q: want kind | sheet | words | choice", line)
		}
		kind, last := report.QuestionKind(parts[0]), len(parts)-1
		key := questionKey(kind, parts[1], parts[2:last]...)
		choice, name, _ := strings.Cut(parts[last], " ")
		if kind == report.AskSheet {
			choice, name = parts[last], parts[last]
		}
		out[key] = report.Remembered{
			At: time.Date(2021, 3, 1, 2, 0, 0, 0, time.UTC), Actor: report.Actor{Role: report.RoleAgency, Name: "Trần Thị Hoa"},
			Answered: report.Answered{Question: key, About: kind, Choice: choice, Name: name},
		}
	}
	return out
}

// readSheets is [Read] after the file was opened.
func readSheets(env Env, book *sheet.Book) report.Checked {
	r := newReading(newPlan(env.Definition, env.Request, env.Register, env.Agency), env)
	counts, stop := r.readBook(book)
	return r.finish(Upload{ID: "u", Name: "bao-cao.xlsx"}, counts, stop)
}

// testEnv gives a definition of testdata/forms with the request and register it
// stands in one file with.
func testEnv(t testing.TB, name string) Env {
	t.Helper()
	env := Env{Agency: "syt"}
	for _, file := range []string{"register", name} {
		body, err := os.ReadFile("testdata/forms/" + file + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		docs, faults := spec.Parse(file, body, nil)
		if faults.Blocks() {
			t.Fatal(faults)
		}
		for _, d := range docs {
			switch {
			case d.Definition != nil:
				env.Definition = d.Definition
			case d.Register != nil:
				env.Register = d.Register.Index()
			case d.Request != nil:
				env.Request = d.Request
			}
		}
	}
	return env
}

// parseGrid reads the rows of a sheet: one a line, its number before a colon,
// cells parted by bars. "merge A1:C1", "hide row 3" and "hide col B" stand on
// lines of their own.
func parseGrid(name, text string) (*xlsx.Grid, error) {
	g := &xlsx.Grid{Name: name, Styles: []xlsx.CellStyle{{NumFmt: "General"}, {NumFmt: "0.0%"}}}
	row := 0
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if rest, ok := strings.CutPrefix(line, "merge "); ok {
			area, err := xlsx.ParseRange(rest)
			if err != nil {
				return nil, err
			}
			g.Merges = append(g.Merges, area)
			continue
		}
		if rest, ok := strings.CutPrefix(line, "hide row "); ok {
			n, err := strconv.Atoi(rest)
			if err != nil {
				return nil, err
			}
			g.HiddenRows = append(g.HiddenRows, xlsx.Span{From: n, To: n})
			continue
		}
		row++
		if head, rest, ok := strings.Cut(line, ": "); ok {
			if n, err := strconv.Atoi(head); err == nil {
				row, line = n, rest
			}
		}
		if err := parseRow(g, row, line); err != nil {
			return nil, fmt.Errorf("row %d: %w", row, err)
		}
	}
	return g, nil
}

func parseRow(g *xlsx.Grid, row int, line string) error {
	for i, text := range strings.Split(line, "|") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		c, err := parseCell(text)
		if err != nil {
			return err
		}
		c.Row, c.Col = row, i+1
		g.Cells = append(g.Cells, c)
		g.MaxRow, g.MaxCol = row, max(g.MaxCol, c.Col)
	}
	return nil
}

// parseCell reads one cell; see testdata/reading/README.txt.
func parseCell(text string) (c xlsx.Cell, err error) {
	c.Type, c.Text = xlsx.String, text
	switch {
	case strings.HasPrefix(text, "f:"):
		formula, value, cached := strings.Cut(text[2:], "=>")
		c, err = xlsx.Cell{}, nil
		if cached {
			c, err = parseCell(strings.TrimSpace(value))
		}
		c.HasFormula, c.NoCache, c.Formula = true, !cached, strings.TrimSpace(formula)
	case strings.HasPrefix(text, "{"):
		c.Text = ""
		for _, piece := range strings.Split(text, "{")[1:] {
			font, words, _ := strings.Cut(piece, "}")
			c.Text += words
			c.Runs = append(c.Runs, xlsx.Run{Font: font, End: len(c.Text)})
		}
	case strings.HasPrefix(text, `"`):
		c.Text, err = strconv.Unquote(text)
	case strings.HasPrefix(text, "%"):
		c.Type, c.Text, c.Style = xlsx.Number, text[1:], 1
	case strings.HasPrefix(text, "!"):
		c.Type, c.Text = xlsx.TypeError, text[1:]
	case strings.HasPrefix(text, "d:"):
		c.Type, c.Text = xlsx.Date, text[2:]
	case strings.HasPrefix(text, "?"):
		c.Type, c.Text = xlsx.Bool, text[1:]
	case strings.HasPrefix(text, "#"):
		c.Type, c.Text = xlsx.Number, text[1:]
	}
	return c, err
}

// describe writes an outcome for people.
func describe(c report.Checked) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", c.Outcome)
	if c.Draft.Nil {
		b.WriteString(", nothing to report")
	}
	n := c.Draft.Counts
	fmt.Fprintf(&b, "; %d cells = %d used + %d left out\n", n.Cells, n.Used, n.Excluded)
	for _, f := range c.Draft.Facts.All() {
		fmt.Fprintf(&b, "%s %s %s = %s", f.Unit, f.Place, f.Indicator, shownValue(f.Value))
		fmt.Fprintf(&b, "  <- %s!%s %q", f.Source.Sheet, f.Source.Cell, f.Source.Text)
		if f.Source.Norm != "" {
			fmt.Fprintf(&b, " %s", f.Source.Norm)
		}
		b.WriteByte('\n')
	}
	for _, f := range c.Draft.Findings {
		b.WriteString(describeFinding(f))
	}
	for _, q := range c.Draft.Questions {
		b.WriteString(describeQuestion(q))
	}
	return b.String()
}

func describeQuestion(q report.Question) string {
	s := fmt.Sprintf("asked %s %s %q %s:", q.Kind, q.Form, q.Words, inSheet(q.Sheet, strings.Join(q.Cells, " ")))
	for _, c := range q.Candidates {
		s += fmt.Sprintf(" %s %q %d%%", c.Code, c.Name, c.Confidence)
	}
	if !q.Open() {
		s += "; answered " + q.Choice
	}
	return s + "\n"
}

func describeFinding(f fault.Fault) string {
	s := fmt.Sprintf("%s %s %s: %s", f.Severity, f.Code, f.Place(), f.VI())
	if len(f.Related) > 0 {
		s += " [" + strings.Join(f.Related, " ") + "]"
	}
	return s + "\n"
}

func shownValue(v report.Value) string {
	if v.IsNone() {
		return v.Kind.String()
	}
	return strconv.Quote(v.String())
}
