package ingest

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

// smallLimits keep a hostile file from costing much.
var smallLimits = xlsx.Limits{InflatedBytes: 64 << 20, PartBytes: 32 << 20, Cells: 1_000_000, GridCells: 200_000, StringBytes: 16 << 20}

// holds checks what is true of any outcome whatever was read.
func holds(t *testing.T, got report.Checked) {
	t.Helper()
	if blocks := got.Draft.Findings.Blocks(); blocks != (got.Outcome == report.Refused) {
		t.Fatalf("outcome %s with findings that block: %t (law 3)", got.Outcome, blocks)
	}
	if c := got.Draft.Counts; c.Cells != c.Used+c.Excluded || c.Used < 0 || c.Excluded < 0 {
		t.Fatalf("the account %+v does not close (law 4)", c)
	}
	for i, f := range got.Draft.Facts.All() {
		if i > 0 && report.CompareFacts(got.Draft.Facts.At(i-1), f) >= 0 {
			t.Fatalf("facts %d and %d are out of order or the same", i-1, i)
		}
		if f.Value.Kind == report.Missing {
			t.Fatalf("fact %d is missing, which is no fact (law 8)", i)
		}
	}
	asked := map[string]bool{}
	for _, q := range got.Draft.Questions {
		switch {
		case asked[q.Key]:
			t.Fatalf("question %s %q is asked twice", q.Kind, q.Words)
		case len(q.Candidates) > report.MaxCandidates || len(asked) == report.MaxQuestions:
			t.Fatal("there are more questions or candidates than an upload may have")
		case q.Open() && !slices.ContainsFunc(got.Draft.Findings, q.Asks):
			t.Fatalf("no finding asks %s %q", q.Kind, q.Words)
		}
		asked[q.Key] = true
	}
	for _, f := range got.Draft.Findings {
		if _, known := f.Code.Info(); !known {
			t.Fatalf("finding %s is not in the catalogue", f.Code)
		}
		if f.Code == "F024" {
			t.Fatalf("the program failed: %v", f)
		}
	}
}

func FuzzReadWorkbook(f *testing.F) {
	env := testEnv(f, "places")
	env.Limits = smallLimits
	f.Add(templateOf(f, env, TemplateOptions{}))
	f.Add(templateOf(f, env, TemplateOptions{Values: map[Spot]report.Value{{"syt", "288", "2.01"}: report.NumberOf(decimal.FromInt(7))}}))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("a;b\n1;2\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		holds(t, Read(Upload{Body: body}, env))
	})
}

func FuzzReadForm(f *testing.F) {
	env := testEnv(f, "places")
	f.Add([]byte(`{"nil": true}`))
	f.Add([]byte(`{"values":[{"unit":"syt","place":"288","indicator":"2.01","value":"1.234,5"},{"indicator":"1.01","mark":"nil"}],"texts":[{"indicator":"1.05","text":"x"}]}`))
	f.Add([]byte(`{"values":[{"indicator":"1.02","value":1e400},{"indicator":"1.03","value":true}]}`))
	f.Add([]byte(`[[[[[[[[[[[[]]]]]]]]]]]]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		holds(t, Read(Upload{Via: report.ViaForm, Body: body}, env))
	})
}

// FuzzReadSheet reads whatever rows are written on two sheets: the tables inside
// a file are stranger than bytes alone come to be.
func FuzzReadSheet(f *testing.F) {
	files, err := filepath.Glob("testdata/reading/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var rows [2]string
		n := 0
		for _, section := range ar.Files {
			if strings.HasPrefix(section.Name, "sheet ") && n < len(rows) {
				rows[n] = string(section.Data)
				n++
			}
		}
		f.Add(rows[0], rows[1])
	}
	f.Add("Mã | Tên\nR-1 | #1 | #8 | #5\n? | Tiền gởi | #4 | #5\nR-2 | #2 | #3 | #6", "") // a truth value that says neither
	f.Add("A\xf9", "TT | Địa bàn | Số người được trợ giúp | Trong đó:\x1c nữ | Số hộ được trợ giúp | Chia ra: hộ nghèo\nA | B | (3)=(4)+(5) | (4) | (5)=(6)+(7) | (6)\n"+
		"1 | Thành phố Hải Dương | #12 | #5 | #7 | #3\n2 | Huyện Nam Sách | #12 | #\x1b | #6 | #3\n") // which sheet is asked, and the one taken is blank
	envs := []Env{testEnv(f, "places"), testEnv(f, "list"), testEnv(f, "across"), testEnv(f, "ma-tran"), testEnv(f, "ma-tran-dvt")}
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, env := range envs {
			book := bookOf(first, second)
			if book == nil {
				continue
			}
			got := readSheets(env, book)
			holds(t, got)
			// The same, with every question answered: by what is offered first, and then
			// by nothing.
			for _, choose := range []func(report.Question) string{firstOffered, func(report.Question) string { return report.ChoiceNone }} {
				env.Answers = report.Answers{}
				for _, q := range got.Draft.Questions {
					env.Answers[q.Key] = report.Remembered{Answered: report.Answered{Question: q.Key, About: q.Kind, Choice: choose(q)}}
				}
				if book = bookOf(first, second); len(env.Answers) > 0 {
					holds(t, readSheets(env, book))
				}
			}
		}
	})
}

// firstOffered answers a question by its likeliest candidate.
func firstOffered(q report.Question) string {
	if len(q.Candidates) == 0 {
		return report.ChoiceNone
	}
	return q.Candidates[0].Code
}

// bookOf makes a workbook of the rows of its sheets, nil when they are not such
// as the reader of files gives: rows and columns ascending, on the sheet.
func bookOf(rows ...string) *sheet.Book {
	book := &sheet.Book{}
	for i, text := range rows {
		if strings.Count(text, "\n") > 2000 {
			return nil
		}
		g, err := parseGrid("Biểu "+strconv.Itoa(i+1), text)
		if err != nil {
			return nil
		}
		for i, c := range g.Cells {
			if c.Row < 1 || c.Row > xlsx.MaxRows || i > 0 && g.Cells[i-1].Row > c.Row || i > 0 && g.Cells[i-1].Row == c.Row && g.Cells[i-1].Col >= c.Col {
				return nil
			}
		}
		book.Sheets = append(book.Sheets, sheet.FromGrid(g))
	}
	return book
}

// TestHostileFiles reads other people's broken, encrypted and bomb-like files:
// each has one outcome, in little time.
func TestHostileFiles(t *testing.T) {
	const dir = "../../shared/data/readers/hostile"
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%s is not beside the project", dir)
	}
	env := testEnv(t, "places")
	env.Limits = smallLimits
	read := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".csv" && filepath.Dir(path) == dir {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		begin := time.Now()
		got := Read(Upload{Name: filepath.Base(path), Body: body}, env)
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%s took %s", path, took)
		}
		holds(t, got)
		if got.Outcome != report.Refused {
			t.Errorf("%s was taken for a report", path)
		}
		read++
		return nil
	})
	if err != nil || read == 0 {
		t.Fatalf("%d files read: %v", read, err)
	}
}
