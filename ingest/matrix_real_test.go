package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/ingest/sheet"
	"tonghop/internal/spec"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

// The workbooks of one form of a ministry's: 314 rows, six columns of figures,
// which are texts with a decimal comma. Four are of branches, one of the whole.
const (
	balanceData  = "../../shared/data/real/sbv-g01304-201708"
	balanceFirst = 19 // row of the first account
	balanceLast  = 332
	balanceCells = 1884
)

// balanceDefinition makes a definition of the rows and columns that a workbook of
// the form has itself: codes in its first column and its fifteenth row.
func balanceDefinition(t *testing.T, s *sheet.Sheet) *report.Definition {
	t.Helper()
	def := &report.Definition{Code: "g01304", Version: "1", Title: report.Text{VI: "Bảng cân đối tài khoản kế toán"}, Calendar: "civil"}
	layout := report.Sheet{Name: "G01304", Shape: report.Matrix, Key: report.KeyHeaders{Name: []string{"Tên tài khoản"}}}
	for col := 5; col <= 10; col++ {
		layout.Columns = append(layout.Columns, report.Column{Code: s.At(15, col).Text, Header: []string{s.Shown(16, col).Text, s.At(17, col).Text}})
	}
	for row := balanceFirst; row <= balanceLast; row++ {
		r := report.Row{Code: s.At(row, 1).Text, Name: report.Text{VI: strings.TrimSpace(s.At(row, 3).Text)}}
		layout.Rows = append(layout.Rows, r)
		for _, c := range layout.Columns {
			def.Indicators = append(def.Indicators, report.Indicator{
				Code: report.CellCode(r.Code, c.Code), Name: report.Text{VI: r.Name.VI + ", " + strings.Join(c.Header, " ")},
				Unit: "đồng", Type: report.TypeDec, Scale: 1, Required: true,
			})
		}
	}
	def.Sheets = []report.Sheet{layout}
	if faults := spec.ValidateDefinition(def); len(faults) > 0 {
		t.Fatal(faults)
	}
	return def
}

// TestBalanceOfAccounts reads what four branches of a bank and the bank itself
// sent: every figure of every workbook, and nothing to mend. What the branches
// report comes to what the bank does, in every cell.
func TestBalanceOfAccounts(t *testing.T) {
	names, err := filepath.Glob(balanceData + "/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skipf("%s is not beside the project", balanceData)
	}
	var def *report.Definition
	sums := map[string]decimal.Decimal{} // of the branches, by indicator
	whole := map[string]decimal.Decimal{}
	branches := 0
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if def == nil {
			book, stop := sheet.Open(body, xlsx.Limits{})
			if stop != nil {
				t.Fatal(stop)
			}
			def = balanceDefinition(t, book.Sheets[0])
		}
		env := testEnv(t, "ma-tran")
		env.Definition = def
		env.Request.Definition = def.Code
		got := Read(Upload{ID: "u", Name: filepath.Base(name), Via: report.ViaWorkbook, Body: body}, env)
		for _, f := range got.Draft.Findings {
			if f.Severity.Blocks() || f.Severity == "explain" {
				t.Errorf("%s: %s", filepath.Base(name), describeFinding(f))
			}
		}
		n := 0
		for _, f := range got.Draft.Facts.All() {
			n++
			into := sums
			if strings.Contains(name, "-BT-") {
				into = whole
			}
			sum, err := into[f.Indicator].Add(f.Value.Num)
			if err != nil {
				t.Fatal(err)
			}
			into[f.Indicator] = sum
		}
		if n != balanceCells {
			t.Errorf("%s: %d facts, want %d", filepath.Base(name), n, balanceCells)
		}
		if !strings.Contains(name, "-BT-") {
			branches++
		}
	}
	if branches != 4 || len(whole) != balanceCells {
		t.Fatalf("%d branches, %d figures of the whole", branches, len(whole))
	}
	for indicator, want := range whole {
		if got := sums[indicator]; !got.Equal(want) {
			t.Errorf("%s: the branches come to %s, the bank reports %s", indicator, got, want)
		}
	}
}

// TestBalanceOnItsTemplate holds that the form in our own drawing, filled in with what
// a bank sent, says the same again and has nothing wrong with it.
func TestBalanceOnItsTemplate(t *testing.T) {
	const file = balanceData + "/G01304-01912001-01912001-201708-BT-M-01.xlsx"
	body, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside the project", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	book, stop := sheet.Open(body, xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	env := testEnv(t, "ma-tran")
	env.Definition = balanceDefinition(t, book.Sheets[0])
	env.Request.Definition = env.Definition.Code
	sent := Read(Upload{Via: report.ViaWorkbook, Body: body}, env)
	values := map[Spot]report.Value{}
	for _, f := range sent.Draft.Facts.All() {
		values[Spot{f.Unit, f.Place, f.Indicator}] = f.Value
	}
	again := Read(Upload{Via: report.ViaWorkbook, Body: templateOf(t, env, TemplateOptions{Values: values})}, env)
	if len(again.Draft.Findings) > 0 {
		t.Errorf("findings: %v", again.Draft.Findings)
	}
	if diff := cmp.Diff(bare(sent.Draft.Facts), bare(again.Draft.Facts)); diff != "" || len(values) != balanceCells {
		t.Errorf("%d figures; sent -, on the template +:\n%s", len(values), diff)
	}
}

// TestBalanceByNames reads the form without its column of codes: its rows are told
// apart by name and order alone.
func TestBalanceByNames(t *testing.T) {
	const file = balanceData + "/G01304-14912001-01912001-201708-BI-M-01.xlsx"
	body, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside the project", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	workbook, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	grid, err := workbook.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	env := testEnv(t, "ma-tran")
	env.Definition = balanceDefinition(t, sheet.FromGrid(grid))
	env.Request.Definition = env.Definition.Code
	coded := readSheets(env, &sheet.Book{Sheets: []*sheet.Sheet{sheet.FromGrid(grid)}})
	grid.Cells = slices.DeleteFunc(grid.Cells, func(c xlsx.Cell) bool { return c.Col == 1 && c.Row >= balanceFirst })
	named := readSheets(env, &sheet.Book{Sheets: []*sheet.Sheet{sheet.FromGrid(grid)}})
	if diff := cmp.Diff(coded.Draft.Facts.List(), named.Draft.Facts.List()); diff != "" || coded.Draft.Facts.Len() != balanceCells {
		t.Errorf("%d figures; by code -, by name +:\n%s", coded.Draft.Facts.Len(), diff)
	}
}
