package export

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// alwaysRecalculate makes LibreOffice distrust every value stored with a formula.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// needTool finds a program of the office tests. Where the tests are run for good
// it has to be there; on a machine without it they are left out, by name.
func needTool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatalf("%s is not installed: %v", name, err)
	default:
		t.Skipf("%s is not installed", name)
	}
	return ""
}

// convert has LibreOffice open a workbook, compute it anew and save it.
func convert(t *testing.T, data []byte, format string) string {
	t.Helper()
	soffice := needTool(t, "soffice")
	dir := t.TempDir()
	profile := filepath.Join(dir, "profile")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o755); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string][]byte{
		filepath.Join(profile, "user", "registrymodifications.xcu"): []byte(alwaysRecalculate),
		filepath.Join(dir, "book.xlsx"):                             data,
	} {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+profile,
		"--headless", "--convert-to", format, "--outdir", out, filepath.Join(dir, "book.xlsx"))
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	return filepath.Join(out, "book."+format)
}

// cells gives the stored values of a workbook, and which of them are formulas.
func cells(t *testing.T, data []byte) (values map[string]string, formulas map[string]bool) {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(data), int64(len(data)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	values, formulas = map[string]string{}, map[string]bool{}
	for i := range book.Sheets {
		grid, err := book.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range grid.Cells {
			at := fmt.Sprintf("%s!%s", book.Sheets[i].Name, xlsx.Ref(c.Row, c.Col))
			values[at], formulas[at] = c.Text, c.HasFormula
		}
	}
	return values, formulas
}

// shown rounds a stored number to the 15 digits a spreadsheet keeps.
func shown(value string) string {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(x, 'g', 15, 64)
}

// changed lists the cells whose values differ.
func changed(want, got map[string]string) []string {
	var out []string
	for at, value := range want {
		if shown(got[at]) != shown(value) {
			out = append(out, fmt.Sprintf("%s: wrote %q, recalculated %q", at, value, got[at]))
		}
	}
	slices.Sort(out)
	return out
}

// officeSummaries are the summaries whose workbooks are computed anew.
func officeSummaries() map[string]*report.Summary {
	return map[string]*report.Summary{
		"the letter": official(), "ties": tied(), "many agencies": crowd(40), "scattered": scattered(), "many places": wide(),
	}
}

func TestRecalculatingInLibreOfficeChangesNoNumber(t *testing.T) {
	for name, s := range officeSummaries() {
		t.Run(name, func(t *testing.T) {
			data := mustWorkbook(t, s)
			saved, err := os.ReadFile(convert(t, data, "xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			want, formulas := cells(t, data)
			got, _ := cells(t, saved)
			for _, c := range changed(want, got) {
				t.Error(c)
			}
			n := 0
			for _, is := range formulas {
				if is {
					n++
				}
			}
			if n < 100 {
				t.Errorf("only %d formulas: the totals are not live", n)
			}
		})
	}
}

// The comparison would be worth nothing if nothing were computed.
func TestLibreOfficeReallyRecalculates(t *testing.T) {
	b := xlsx.NewBook(xlsx.Props{Created: at("2021-04-01 17:05")})
	w := b.Sheet("A")
	w.Number(1, 1, "2", xlsx.Style{})
	w.Formula(2, 1, "A1+2", "5", xlsx.Style{})
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(convert(t, data, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := cells(t, data)
	got, _ := cells(t, saved)
	if found := changed(want, got); len(found) != 1 {
		t.Errorf("a wrong value was not found out: %q", found)
	}
}

// The other way round: when a source is put right, every total above it follows.
func TestTotalsAreLiveDownToTheSource(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(mustWorkbook(t, official())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	total := findRow(t, f, sheetTotals, 1, "1.02")
	before, err := f.CalcCellValue(sheetTotals, xlsx.Ref(total, colSum), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	source := xlsx.Ref(findRow(t, f, sheetSources, 1, "1.02")+1, sourcesValue) // below the name
	old, err := f.GetCellValue(sheetSources, source, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(old)
	if err := f.SetCellInt(sheetSources, source, int64(n+1000)); err != nil {
		t.Fatal(err)
	}
	if err := f.UpdateLinkedValue(); err != nil {
		t.Fatal(err)
	}
	after, err := f.CalcCellValue(sheetTotals, xlsx.Ref(total, colSum), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	was, _ := strconv.Atoi(before)
	if is, _ := strconv.Atoi(after); is != was+1000 {
		t.Errorf("a source grew by 1000, the total went from %s to %s", before, after)
	}
}

// findRow finds the first row of a sheet with a text in a column.
func findRow(t *testing.T, f *excelize.File, sheet string, col int, text string) int {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) >= col && row[col-1] == text {
			return i + 1
		}
	}
	t.Fatalf("sheet %s has no row %q", sheet, text)
	return 0
}

// On paper nothing is cut: no cell shows ###, no page is empty, and the names of
// sheets follow each other.
func TestPrintedPages(t *testing.T) {
	s := sample()
	s.Sources, s.AgencyPlace = nil, nil // lists of many pages that all look alike
	pages := printed(t, s)
	for i, page := range pages {
		if strings.Contains(page, "###") {
			t.Errorf("page %d has a column too narrow for its figures", i+1)
		}
		if !strings.Contains(page, Provisional) {
			t.Errorf("page %d does not say %s", i+1, Provisional)
		}
		if lines := strings.Count(page, "\n"); lines < 12 {
			t.Errorf("page %d is all but empty: %d lines", i+1, lines)
		}
	}
	for _, want := range []string{"1.01", "Nơi nhận:", "Nguyễn Văn An"} {
		if n := pageOf(pages, want); n == 0 {
			t.Errorf("%q is on no page", want)
		}
	}
	if pageOf(pages, "Nơi nhận:") != pageOf(pages, "Nguyễn Văn An") {
		t.Error("the signature is torn apart")
	}
}

// The evidence, most of a workbook, is thrifty and all there: a page holds some
// sixty sources, and no figure is too wide for its column.
func TestPrintedEvidence(t *testing.T) {
	for name, s := range map[string]*report.Summary{"grid": sample(), "list": scattered(), "wide grid": wide()} {
		t.Run(name, func(t *testing.T) {
			pages := printed(t, s)
			for i, page := range pages {
				if strings.Contains(page, "###") {
					t.Errorf("page %d has a column too narrow for its figures", i+1)
				}
			}
			if most := 30 + len(s.Sources)/55; len(pages) > most {
				t.Errorf("%d pages for %d sources, want %d at most", len(pages), len(s.Sources), most)
			}
		})
	}
}

// printed gives the text of the pages of a workbook.
func printed(t *testing.T, s *report.Summary) []string {
	t.Helper()
	pdftotext := needTool(t, "pdftotext")
	text, err := exec.Command(pdftotext, "-layout", convert(t, mustWorkbook(t, s), "pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// pageOf gives the first page with a text, 0 for none.
func pageOf(pages []string, text string) int {
	return slices.IndexFunc(pages, func(p string) bool { return strings.Contains(p, text) }) + 1
}
