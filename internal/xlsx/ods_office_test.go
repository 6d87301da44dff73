package xlsx

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// neverRecalculate is the setting that makes LibreOffice take the values that
// are stored with formulas.
const neverRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value></prop></item>
</oor:items>`

// convertAll has LibreOffice save every file of dir in another format, and gives
// the folder it saved them in.
func convertAll(t *testing.T, dir, format string) string {
	t.Helper()
	soffice := needTool(t, "soffice")
	profile := filepath.Join(t.TempDir(), "profile")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(neverRecalculate), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	out := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", format, "--outdir", out}
	cmd := exec.CommandContext(ctx, soffice, append(args, filesUnder(t, dir, "")...)...)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	return out
}

// oddBook is a workbook with what is not in the books that we write: texts with
// odd white space and in several fonts, numbers with all their digits, dates of
// all kinds, errors, values of formulas of every type.
func oddBook(tb testing.TB) []byte {
	tb.Helper()
	parts := fullParts()
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], ` date1904="1"`, "", 1)
	formats := []string{"dd/mm/yyyy", "[h]:mm:ss", `_-* #,##0\ _₫_-;\-* #,##0\ _₫_-;_-* "-"\ _₫_-;_-@_-`, "0.0%", "dd/mm/yyyy hh:mm", "hh:mm", "@", `#,##0.00;[Red]\-#,##0.00`}
	var numFmts, xfs strings.Builder
	for i, code := range formats {
		fmt.Fprintf(&numFmts, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, strings.ReplaceAll(code, `"`, "&quot;"))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="left" indent="%d"/></xf>`, 164+i, i%2, i)
	}
	parts["xl/styles.xml"] = xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts>` + numFmts.String() + `</numFmts>` +
		`<fonts><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val=".VnTime"/></font></fonts>` +
		`<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf numFmtId="0" fontId="0"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0" fontId="0" xfId="0"/>` + xfs.String() + `</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
	text := func(inside string) string { return `<c t="inlineStr"><is>` + inside + `</is></c>` }
	plain := func(s string) string { return text(`<t xml:space="preserve">` + s + `</t>`) }
	styled := func(style int, value string) string { return fmt.Sprintf(`<c s="%d"><v>%s</v></c>`, style, value) }
	rows := [][]string{
		{plain("  hai  cách "), plain("dòng\nhai\n\nbốn"), plain("a\tb"), plain("&amp;&lt;&quot;"), plain("080"), plain("#N/A"), plain("="), plain("Lào Cai "), plain(" "), plain("\n")},
		{text(`<r><t xml:space="preserve">Tỉnh </t></r><r><rPr><b/><sz val="11"/><rFont val=".VnTime"/></rPr><t>Lµo Cai</t></r>`),
			text(`<r><rPr><sz val="11"/><rFont val="Arial"/></rPr><t>m</t></r><r><rPr><vertAlign val="superscript"/><sz val="11"/><rFont val="Arial"/></rPr><t>2</t></r>`)},
		{styled(0, "71.989999999999995"), styled(3, "1234567890123"), styled(3, "-5"), styled(3, "0"), styled(4, "0.125"), styled(8, "-0.5"), styled(0, "1E+20"), styled(0, "0.1"), styled(7, "12"), styled(0, "4.0000000000000002E-9")},
		{styled(1, "44285"), styled(1, "61"), styled(5, "44285.3125"), styled(5, "44285.000011574073"), styled(6, "0.75"), styled(2, "1.5"), styled(2, "100"), styled(1, "2958465"), styled(6, "44285.5")},
		{`<c t="b"><v>1</v></c>`, `<c t="b"><v>0</v></c>`, `<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`, `<c t="str"><f>"a"&amp;"b"</f><v>ab</v></c>`, `<c t="b"><f>TRUE()</f><v>1</v></c>`, `<c s="1"><f>A4+1</f><v>44286</v></c>`, `<c s="4"><f>SUM(A3:B3,'Ẩn'!$A$1)</f><v>0.5</v></c>`, `<c t="str"><f>""</f><v></v></c>`},
		{},
		{plain("x"), plain("x"), plain("x"), styled(0, "7"), styled(0, "7")},
		{plain("x"), plain("x"), plain("x"), styled(0, "7"), styled(0, "7")},
	}
	var b strings.Builder
	for i, row := range rows {
		hidden := ""
		if i == 6 {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>%s</row>`, i+1, hidden, strings.Join(row, ""))
	}
	parts[part1] = xmlHead + `<worksheet xmlns="` + mainSpace + `"><cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>` + b.String() +
		`</sheetData><autoFilter ref="A6:C8"/><mergeCells><mergeCell ref="A7:B8"/><mergeCell ref="D10:F12"/></mergeCells></worksheet>`
	return zipOf(tb, parts)
}

// TestODSAgreesWithXLSX holds our reading of what LibreOffice makes of a workbook
// as .ods against our reading of the workbook itself: every cell with its type,
// value, formula, look and fonts, and what stands around the cells.
func TestODSAgreesWithXLSX(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("sample.xlsx", mustBytes(t, sampleBook()))
	write("sums.xlsx", mustBytes(t, sumBook()))
	write("odd.xlsx", oddBook(t))
	book1904 := fullParts() // LibreOffice shows what has no measure, and need not
	book1904[part1] = strings.NewReplacer(` ht="0"`, ` ht="15"`, ` width="0"`, ` width="9"`).Replace(book1904[part1])
	write("1904.xlsx", zipOf(t, book1904))
	if shared := filepath.Join("..", "..", "..", "shared", "data", "readers", "wellformed"); isDir(shared) {
		for _, path := range filesUnder(t, shared, ".xlsx") {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			write(filepath.Base(path), data)
		}
	}
	out := convertAll(t, dir, "ods")
	for _, path := range filesUnder(t, dir, ".xlsx") {
		name := strings.TrimSuffix(filepath.Base(path), ".xlsx")
		t.Run(name, func(t *testing.T) {
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			after, err := os.ReadFile(filepath.Join(out, name+".ods"))
			if err != nil {
				t.Fatal(err)
			}
			if n := compareSaved(t, name, before, after); n == 0 {
				t.Error("no cells")
			}
		})
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// compareSaved compares two workbooks, and gives the number of cells that are in
// both.
func compareSaved(t *testing.T, name string, before, after []byte) (cells int) {
	t.Helper()
	want, err := openBytes(before)
	if err != nil {
		t.Fatal(err)
	}
	got, err := openBytes(after)
	if err != nil {
		t.Fatal(err)
	}
	if got.Date1904 != want.Date1904 {
		t.Errorf("epoch %v", got.Date1904)
	}
	n := 0
	for i, sheet := range want.Sheets {
		if !sheet.Cells {
			continue
		}
		if n == len(got.Sheets) {
			t.Fatalf("no sheet %q", sheet.Name)
		}
		other := got.Sheets[n]
		if other.Name != sheet.Name && other.Name != sheetRenamed || (other.State == Visible) != (sheet.State == Visible) {
			t.Errorf("sheet %d: %+v, want %+v", n, other, sheet)
		}
		w, err := want.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		g, err := got.Grid(n)
		if err != nil {
			t.Fatal(err)
		}
		compareSavedFrames(t, w, g)
		cells += compareSavedCells(t, name, w, g)
		n++
	}
	return cells
}

// sheetRenamed is the sheet of one file, whose name LibreOffice changes.
const sheetRenamed = "sheet1 -1"

// compareSavedFrames compares what stands around the cells.
func compareSavedFrames(t *testing.T, want, got *Grid) {
	t.Helper()
	byText := func(a, b Range) int { return strings.Compare(a.String(), b.String()) }
	slices.SortFunc(want.Merges, byText)
	slices.SortFunc(got.Merges, byText)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"merged", got.Merges, want.Merges}, {"protected", got.Protected, want.Protected},
		{"hidden rows", got.HiddenRows, want.HiddenRows}, {"hidden columns", got.HiddenCols, want.HiddenCols},
	} {
		if fmt.Sprint(c.got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %s: %v, want %v", want.Name, c.what, c.got, c.want)
		}
	}
}

// compareSavedCells compares the cells of two sheets.
func compareSavedCells(t *testing.T, name string, want, got *Grid) (cells int) {
	t.Helper()
	for i := range want.Cells {
		w := &want.Cells[i]
		where := name + "/" + want.Name + "!" + Ref(w.Row, w.Col)
		g := got.At(w.Row, w.Col)
		if g == nil {
			t.Errorf("%s: gone: %+v", where, w)
			continue
		}
		cells++
		a, b := seenOf(want, w), seenOf(got, g)
		allowOffice(where, w, &a, &b)
		if a != b {
			t.Errorf("%s:\n got %+v\nwant %+v", where, b, a)
		}
	}
	for i := range got.Cells {
		if g := &got.Cells[i]; want.At(g.Row, g.Col) == nil {
			t.Errorf("%s: %s is new: %+v", want.Name, Ref(g.Row, g.Col), g)
		}
	}
	return cells
}

// seen is everything that is read of a cell in a spelling that does not depend on
// the format of the file.
type seen struct {
	Type                CellType
	Value, Formula      string
	HasFormula, NoCache bool
	Percent, Date, Bold bool
	Indent              int
	Fonts, Format       string
}

func seenOf(g *Grid, c *Cell) seen {
	value := c.Text
	switch d, ok := ParseDate(c.Text, g.Date1904); {
	case c.Type == Number:
		value = shown(c.Text) // LibreOffice keeps fifteen digits as well
	case c.Type == Date && ok:
		value = d.Round(time.Millisecond).Format(time.RFC3339Nano)
	}
	look := g.Style(c)
	return seen{
		Type: c.Type, Value: value, Formula: strings.ToUpper(strings.ReplaceAll(c.Formula, "'", "")), HasFormula: c.HasFormula, NoCache: c.NoCache,
		Percent: strings.Contains(look.NumFmt, "%"), Date: look.Date, Bold: look.Bold, Indent: look.Indent,
		Fonts: fontSpans(c), Format: plainFormat.ReplaceAllString(strings.ToLower(look.NumFmt), ""),
	}
}

// plainFormat is what of a format code has more than one spelling: quotes and
// escapes, blanks of the width of a character, filling, colours.
var plainFormat = regexp.MustCompile(`_.|\*.|\[red\]|["\\ ]`)

// allowOffice makes two readings equal in what LibreOffice changes on the way,
// each for a reason.
func allowOffice(where string, w *Cell, want, got *seen) {
	if w.Style == 0 {
		// Cells of no style of their own get the font that LibreOffice begins with.
		got.Fonts = want.Fonts
	}
	if want.Format == "" {
		want.Format = "general" // of a workbook without styles
	}
	if strings.HasPrefix(got.Formula, "RAND()") {
		got.Value = want.Value
	}
	if w.HasFormula && w.Formula == "" {
		// One of a group that shares its formula: in .ods each has its own.
		got.Formula = want.Formula
	}
	switch {
	case want.Type == TypeError && got.Type == TypeError:
		// Errors are computed anew, and some have a name of LibreOffice's own; one
		// without a formula becomes the formula that gives it.
		got.Value, got.Formula, got.HasFormula = want.Value, want.Formula, want.HasFormula
	case want.Type == Bool && got.Formula == map[string]string{"1": "TRUE()", "0": "FALSE()"}[want.Value]:
		// Yes and no become formulas whose value is written as a number.
		got.Type, got.Formula, got.HasFormula = want.Type, want.Formula, want.HasFormula
	}
	switch where {
	case "63934/Sheet1!B2":
		// The names of columns of a table become addresses.
		got.Formula = want.Formula
	}
}

// fontSpans writes from which byte on a text is in which font.
func fontSpans(c *Cell) string {
	var b strings.Builder
	runs := c.Runs
	if runs == nil {
		runs = []Run{{"", len(c.Text)}}
	}
	last, from := "", 0
	for _, r := range runs {
		if font := cmp.Or(r.Font, c.Font); font != last {
			fmt.Fprintf(&b, "%d %s ", from, font)
			last = font
		}
		from = r.End
	}
	return b.String()
}
