package xlsx

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// alwaysRecalculate is the setting that makes LibreOffice distrust every value
// stored with a formula.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// needTool finds a program of the office tests. Where the tests are run for
// good it has to be there; on a machine without it they are left out.
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

// convert opens a workbook in LibreOffice, has it computed anew, and gives the
// path of what LibreOffice saved.
func convert(t *testing.T, data []byte, format string) string {
	t.Helper()
	soffice := needTool(t, "soffice")
	dir := t.TempDir()
	profile := filepath.Join(dir, "profile")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o755); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(profile, "user", "registrymodifications.xcu")
	if err := os.WriteFile(settings, []byte(alwaysRecalculate), 0o644); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(source, data, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+profile,
		"--headless", "--convert-to", format, "--outdir", out, source)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	return filepath.Join(out, "book."+format)
}

// recalculated gives the book as LibreOffice computes it.
func recalculated(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	saved, err := os.ReadFile(convert(t, data, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	return reopen(t, saved)
}

// shown rounds a stored number to the 15 digits a spreadsheet shows.
func shown(value string) string {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(x, 'g', maxDigits, 64)
}

// differences compares the cells of two files, sheet by sheet.
func differences(t *testing.T, want, got *excelize.File) []string {
	t.Helper()
	var out []string
	for _, sheet := range want.GetSheetList() {
		before, after := rawRows(t, want, sheet), rawRows(t, got, sheet)
		for cell, value := range before {
			if back := after[cell]; shown(back) != shown(value) {
				out = append(out, fmt.Sprintf("%s!%s: wrote %q, got %q", sheet, cell, value, back))
			}
		}
	}
	slices.Sort(out)
	return out
}

// rawRows gives the stored values of a sheet by address.
func rawRows(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for r, row := range rows {
		for c, value := range row {
			out[Ref(r+1, c+1)] = value
		}
	}
	return out
}

// sumBook sums decimals by formulas; the values stored are exact.
func sumBook() *Book {
	b, s := newTestBook()
	total := new(big.Rat)
	const rows = 300
	for r := 1; r <= rows; r++ {
		decimal := fmt.Sprintf("%d.%02d", r*7919%100_000, r*31%100)
		value, _ := new(big.Rat).SetString(decimal)
		total.Add(total, value)
		s.Number(r, 1, decimal, Style{NumFmt: "#,##0.00"})
		s.Formula(r, 2, fmt.Sprintf("SUM(A$1:A%d)", r), total.FloatString(2), Style{NumFmt: "#,##0.00"})
	}
	return b
}

func TestLibreOfficeRecalculatesTheSame(t *testing.T) {
	for name, b := range map[string]*Book{"sample": sampleBook(), "running sums": sumBook()} {
		t.Run(name, func(t *testing.T) {
			data := mustBytes(t, b)
			for _, d := range differences(t, reopen(t, data), recalculated(t, data)) {
				t.Error(d)
			}
		})
	}
}

// The comparison above would be worth nothing if nothing were recalculated.
func TestLibreOfficeReallyRecalculates(t *testing.T) {
	b, s := newTestBook()
	s.Number(1, 1, "2", Style{})
	s.Formula(2, 1, "A1+2", "5", Style{})
	data := mustBytes(t, b)
	found := differences(t, reopen(t, data), recalculated(t, data))
	if len(found) != 1 || !strings.Contains(found[0], `wrote "5", got "4"`) {
		t.Errorf("a wrong value was not found out: %q", found)
	}
}

// On paper: no number on the first page, one on the second, in the margin
// above the heading row that is repeated there.
func TestPrintedPages(t *testing.T) {
	pdftotext := needTool(t, "pdftotext")
	b, s := newTestBook()
	s.Print = Print{PageNumber: true, RepeatTop: 1, RepeatBottom: 1, FitWidth: true, Footer: "TẠM TÍNH"}
	s.Text(1, 1, "Địa bàn", headStyle)
	for r := 2; r <= 80; r++ {
		s.Number(r, 1, strconv.Itoa(1000+r), numberStyle)
	}
	text, err := exec.Command(pdftotext, "-layout", convert(t, mustBytes(t, b), "pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if len(pages) != 2 {
		t.Fatalf("%d pages, want 2", len(pages))
	}
	for i, top := range [][]string{{"Địa", "bàn", "1,002"}, {"2", "Địa", "bàn"}} {
		words := strings.Fields(pages[i])
		if len(words) < 4 || strings.Join(words[:3], " ") != strings.Join(top, " ") {
			t.Errorf("page %d begins %q, want %q", i+1, words[:min(5, len(words))], top)
		}
		if !strings.Contains(pages[i], "TẠM TÍNH") {
			t.Errorf("page %d has no footer", i+1)
		}
	}
}
