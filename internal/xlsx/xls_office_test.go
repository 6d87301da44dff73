package xlsx

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
)

// recomputed are cells for which LibreOffice does not give the value that is stored,
// but one it computed: its functions differ from those of Excel, or it cannot
// follow what the formula refers to.
var recomputed = map[string]bool{
	"44958_1.xls OneVariable Table Completed!E4":  true, // a table of what-if
	"WeekNumFunctionTestCaseData.xls WeekNum!B9":  true, // kinds of weeks that Excel 2003 did not know
	"WeekNumFunctionTestCaseData.xls WeekNum!B10": true,
	"maxindextest.xls Sheet1!G2":                  true, // formulas that LibreOffice cannot compute
	"maxindextest.xls Sheet1!G3":                  true,
	"maxindextest.xls Sheet1!G4":                  true,
	"maxindextest.xls Sheet1!I2":                  true,
}

// TestOldWorkbooksAsLibreOfficeReadsThem holds every .xls file that is read against what
// LibreOffice makes of it: saved as .xlsx and read by the reader of those, every
// cell, merged range, hidden row and column must be the same.
func TestOldWorkbooksAsLibreOfficeReadsThem(t *testing.T) {
	files := append(filesUnder(t, sharedData(t, filepath.Join("readers", "wellformed")), ".xls"),
		filesUnder(t, sharedData(t, filepath.Join("real", "budget")), ".xls")...)
	for _, path := range filesUnder(t, sharedData(t, filepath.Join("readers", "hostile")), ".xls") {
		if filepath.Base(path) == "49761.xls" {
			continue // its number is none, and LibreOffice saves it as such
		}
		if b, err := os.ReadFile(path); err != nil {
			t.Fatal(err)
		} else if _, err := readAll(b); err == nil {
			files = append(files, path) // what is not refused has to be right
		}
	}
	saved := savedAsXLSX(t, files)
	for i, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ours, theirs := openFile(t, path), openFile(t, saved[i])
			if ours.Format != FormatXLS || theirs.Format != FormatXLSX {
				t.Fatalf("%s and %s", ours.Format, theirs.Format)
			}
			compareBooks(t, filepath.Base(path), ours, theirs)
		})
	}
}

// savedAsXLSX has LibreOffice save files in the newer format, all in one go.
func savedAsXLSX(t *testing.T, files []string) []string {
	t.Helper()
	soffice := needTool(t, "soffice")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out")}
	saved := make([]string, len(files))
	for i, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(dir, fmt.Sprintf("%03d.xls", i))
		if err := os.WriteFile(copied, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, copied)
		saved[i] = filepath.Join(dir, "out", fmt.Sprintf("%03d.xlsx", i))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	if text, err := exec.CommandContext(ctx, soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	return saved
}

func openFile(t *testing.T, path string) *Workbook {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wb, err := openBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	return wb
}

// compareBooks holds two workbooks against each other, sheet by sheet.
func compareBooks(t *testing.T, file string, ours, theirs *Workbook) {
	t.Helper()
	if ours.Date1904 != theirs.Date1904 {
		t.Errorf("1904: %v and %v", ours.Date1904, theirs.Date1904)
	}
	if len(ours.Sheets) != len(theirs.Sheets) {
		t.Fatalf("%d sheets and %d", len(ours.Sheets), len(theirs.Sheets))
	}
	for i, info := range ours.Sheets {
		other := theirs.Sheets[i]
		if info.Name != other.Name || (info.State == Visible) != (other.State == Visible) {
			t.Errorf("sheet %d is %+v and %+v", i, info, other)
		}
		a, err := ours.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		b, err := theirs.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		compareGrids(t, file, a, b)
	}
}

func compareGrids(t *testing.T, file string, ours, theirs *Grid) {
	t.Helper()
	for i := range theirs.Cells {
		c := &theirs.Cells[i]
		if c.Text != "" && ours.At(c.Row, c.Col) == nil {
			t.Errorf("%s!%s is lost, to LibreOffice %s %q", ours.Name, Ref(c.Row, c.Col), c.Type, c.Text)
		}
	}
	for i := range ours.Cells {
		c := &ours.Cells[i]
		ref := Ref(c.Row, c.Col)
		if recomputed[file+" "+ours.Name+"!"+ref] || c.NoCache || c.Text == "" {
			continue
		}
		other := theirs.At(c.Row, c.Col)
		if other == nil {
			t.Errorf("%s!%s is %s %q, to LibreOffice nothing", ours.Name, ref, c.Type, c.Text)
			continue
		}
		if a, b := described(ours, c), described(theirs, other); a != b || !sameText(c, other) {
			t.Errorf("%s!%s is %q, %s, to LibreOffice %q, %s", ours.Name, ref, c.Text, a, other.Text, b)
		}
	}
	names := func(ranges []Range) (out []string) {
		for _, r := range ranges {
			out = append(out, r.String())
		}
		slices.Sort(out)
		return out
	}
	if m, n := names(ours.Merges), names(theirs.Merges); !slices.Equal(m, n) {
		t.Errorf("%s: merged %s, to LibreOffice %s", ours.Name, m, n)
	}
	for row := 1; row <= max(ours.MaxRow, theirs.MaxRow); row++ {
		if ours.RowHidden(row) != theirs.RowHidden(row) {
			t.Errorf("%s: row %d hidden: %v", ours.Name, row, ours.RowHidden(row))
		}
	}
	for col := 1; col <= max(ours.MaxCol, theirs.MaxCol); col++ {
		if ours.ColHidden(col) != theirs.ColHidden(col) {
			t.Errorf("%s: column %d hidden: %v", ours.Name, col, ours.ColHidden(col))
		}
	}
}

// sameText compares values; the last digit of some numbers is not LibreOffice's.
func sameText(a, b *Cell) bool {
	x, err1 := strconv.ParseFloat(a.Text, 64)
	y, err2 := strconv.ParseFloat(b.Text, 64)
	if (a.Type == Number || a.Type == Date) && err1 == nil && err2 == nil {
		return math.Abs(x-y) <= 1e-14*math.Abs(x)
	}
	return a.Text == b.Text
}

// described writes what else a cell is in one line.
func described(g *Grid, c *Cell) string {
	// LibreOffice saves a yes, no or error as a formula that gives it.
	formula := c.HasFormula && c.Type != Bool && c.Type != TypeError
	style := g.Style(c)
	return fmt.Sprintf("%s, formula %v, bold %v, indent %d, %s", c.Type, formula, style.Bold, style.Indent, fontsOf(c))
}

// fontsOf names the fonts of a cell's text, each with where it ends. LibreOffice keeps
// another font for Arabic and the like, which it takes from what is installed.
func fontsOf(c *Cell) string {
	if strings.ContainsFunc(c.Text, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Thai, unicode.Devanagari)
	}) {
		return "any font"
	}
	var runs []Run
	for _, r := range append(slices.Clone(c.Runs), Run{"", len(c.Text)}) {
		if r.Font = cmp.Or(r.Font, c.Font); len(runs) > 0 && (runs[len(runs)-1].Font == r.Font || r.End == runs[len(runs)-1].End) {
			runs[len(runs)-1].End = r.End
			continue
		}
		runs = append(runs, r)
	}
	if len(runs) == 1 {
		return runs[0].Font
	}
	return fmt.Sprint(runs)
}
