package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
