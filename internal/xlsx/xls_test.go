package xlsx

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"testing"

	"tonghop/internal/xlsx/xlstest"
)

// oldBook is a workbook of Excel 97 with a cell of every kind.
func oldBook() xlstest.Book {
	return xlstest.Book{
		Fonts:   []xlstest.Font{{Name: "Times New Roman"}, {Name: ".VnTime", Bold: true}},
		Formats: []string{"dd/mm/yyyy", "0.0%"},
		Styles:  []xlstest.Style{{}, {Format: 164}, {Font: 1, Format: 3, Indent: 2}, {Format: 165}, {Format: 14}},
		Sheets: []xlstest.Sheet{
			{Name: "Biểu 1", Cells: []xlstest.Cell{
				{Row: 0, Col: 0, Value: "Lào Cai"},
				{Row: 0, Col: 1, Style: 2, Value: 12.0},
				{Row: 0, Col: 2, Style: 1, Value: 44562.0},
				{Row: 0, Col: 3, Style: 4, Value: xlstest.Formula{Value: 44563.0}},
				{Row: 1, Col: 0, Value: true},
				{Row: 1, Col: 1, Value: xlstest.Err(0x17)},
				{Row: 1, Col: 2, Value: xlstest.Formula{Value: xlstest.NoText{}}},
				{Row: 1, Col: 3, Style: 3, Value: 0.125},
				{Row: 2, Col: 0, Value: xlstest.Rich{Text: "Thị xã Sa Pa", Runs: [][2]int{{7, 1}}}},
				{Row: 2, Col: 1, Value: xlstest.Inline("riêng")},
			}, Extra: slices.Concat(
				xlstest.Record(0x0208, uint16(5), make([]byte, 10), uint16(0x20), uint16(0)),
				xlstest.Record(0x007D, uint16(7), uint16(8), uint16(0), make([]byte, 6)),
				xlstest.Record(0x00E5, uint16(1), uint16(0), uint16(1), uint16(2), uint16(3)),
				xlstest.Record(0x0012, uint16(1)))},
			{Name: "ẩn", State: 1, Cells: []xlstest.Cell{{Value: "x"}}},
			{Name: "dấu", State: 2},
			{Name: "Đồ thị", Kind: 2},
		},
	}
}

func TestOldWorkbook(t *testing.T) {
	wb, err := openBytes(oldBook().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	tabs := []SheetInfo{{0, "Biểu 1", Visible, true}, {1, "ẩn", Hidden, true}, {2, "dấu", VeryHidden, true}, {3, "Đồ thị", Visible, false}}
	if wb.Format != FormatXLS || wb.Date1904 || wb.HasMacros || !slices.Equal(wb.Sheets, tabs) {
		t.Errorf("%s, 1904 %v, macros %v, %+v", wb.Format, wb.Date1904, wb.HasMacros, wb.Sheets)
	}
	styles := []CellStyle{
		{NumFmt: "General", Font: "Times New Roman"},
		{NumFmt: "dd/mm/yyyy", Font: "Times New Roman", Date: true},
		{NumFmt: "#,##0", Font: ".VnTime", Bold: true, Indent: 2},
		{NumFmt: "0.0%", Font: "Times New Roman"},
		{NumFmt: "m/d/yy", Font: "Times New Roman", Date: true},
	}
	if !slices.Equal(wb.Styles(), styles) {
		t.Errorf("styles %+v", wb.Styles())
	}
	g, err := wb.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	const tnr = "Times New Roman"
	want := &Grid{
		Name: "Biểu 1", MaxRow: 3, MaxCol: 4, Protected: true, Styles: styles,
		Merges: []Range{{1, 3, 2, 4}}, HiddenRows: []Span{{6, 6}}, HiddenCols: []Span{{8, 9}},
		Cells: []Cell{
			{Row: 1, Col: 1, Type: String, Text: "Lào Cai", Font: tnr},
			{Row: 1, Col: 2, Type: Number, Text: "12", Style: 2, Font: ".VnTime"},
			{Row: 1, Col: 3, Type: Date, Text: "44562", Style: 1, Font: tnr},
			{Row: 1, Col: 4, Type: Date, HasFormula: true, Text: "44563", Style: 4, Font: tnr},
			{Row: 2, Col: 1, Type: Bool, Text: "1", Font: tnr},
			{Row: 2, Col: 2, Type: TypeError, Text: "#REF!", Font: tnr},
			{Row: 2, Col: 3, HasFormula: true, NoCache: true, Font: tnr},
			{Row: 2, Col: 4, Type: Number, Text: "0.125", Style: 3, Font: tnr},
			{Row: 3, Col: 1, Type: String, Text: "Thị xã Sa Pa", Font: tnr, Runs: []Run{{"", 10}, {".VnTime", 15}}},
			{Row: 3, Col: 2, Type: String, Text: "riêng", Font: tnr},
		},
	}
	if !reflect.DeepEqual(g, want) {
		t.Errorf("got  %+v\nwant %+v", g, want)
	}
	for i := range wb.Sheets {
		if _, err := wb.Grid(i); err != nil {
			t.Errorf("sheet %d: %v", i, err)
		}
	}
	props, err := wb.CustomProps()
	if err != nil || len(props) > 0 {
		t.Errorf("properties %v, %v", props, err)
	}
}

func TestOldWorkbookRefused(t *testing.T) {
	book := func(change func(*xlstest.Book)) []byte {
		b := oldBook()
		change(&b)
		return b.Bytes()
	}
	cell := func(value any) []byte {
		return book(func(b *xlstest.Book) {
			b.Sheets[0].Cells = append(b.Sheets[0].Cells, xlstest.Cell{Row: 6, Col: 1, Value: value})
		})
	}
	whole := oldBook().Bytes()
	for _, tt := range []struct {
		name string
		file []byte
		lim  Limits
		kind ErrorKind
		ref  string // of the cell, on the first sheet
	}{
		{"whole", whole, Limits{}, "", ""},
		{"without its last sectors", whole[:len(whole)-1024], Limits{}, KindDamaged, ""},
		{"password", book(func(b *xlstest.Book) { b.Extra = xlstest.Record(0x002F, uint16(1)) }), Limits{}, KindEncrypted, ""},
		{"error that is none", cell(xlstest.Err(0x99)), Limits{}, KindBadValue, "B7"},
		{"cell twice", book(func(b *xlstest.Book) { b.Sheets[0].Cells = append(b.Sheets[0].Cells, b.Sheets[0].Cells[1]) }), Limits{}, KindDuplicateCell, "B1"},
		{"too many cells", whole, Limits{Cells: 5}, KindTooManyCells, "B2"},
		{"too many cells kept", whole, Limits{GridCells: 5}, KindTooManyCells, "B2"},
		{"too much text", cell(xlstest.Inline("một hai ba")), Limits{StringBytes: 40}, KindTooLarge, "B7"},
		{"file too large", whole, Limits{FileBytes: 100}, KindTooLarge, ""},
		{"code page", xlstest.Book{Narrow: true, CodePage: 932, Sheets: []xlstest.Sheet{{Name: "S", Cells: []xlstest.Cell{{Value: "\x93\xfa"}}}}}.Bytes(), Limits{}, KindCodePage, ""},
		{"another document", xlstest.Compound("Contents", make([]byte, 5000)), Limits{}, KindNotSpreadsheet, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wb, err := Open(bytes.NewReader(tt.file), int64(len(tt.file)), tt.lim)
			for i := 0; err == nil && i < len(wb.Sheets); i++ {
				_, err = wb.Grid(i)
			}
			if KindOf(err) != tt.kind {
				t.Fatalf("%v, want %s", err, tt.kind)
			}
			if e, ok := errors.AsType[*Error](err); tt.ref != "" && (!ok || e.Ref != tt.ref || e.Sheet != "Biểu 1") {
				t.Errorf("%v, want Biểu 1!%s", err, tt.ref)
			}
		})
	}
}

// A file that was cut short on its way is read when all its cells are there.
func TestOldWorkbookCutInItsLastSector(t *testing.T) {
	b := oldBook()
	for row := range 300 { // so that the stream is no small one
		b.Sheets[1].Cells = append(b.Sheets[1].Cells, xlstest.Cell{Row: row + 1, Value: float64(row)})
	}
	whole := b.Bytes()
	for _, cut := range []int{1, 100, 400} {
		wb, err := openBytes(whole[:len(whole)-cut])
		if err != nil {
			t.Fatalf("%d bytes cut off: %v", cut, err)
		}
		if g, err := wb.Grid(1); err != nil || len(g.Cells) != 301 {
			t.Errorf("%d bytes cut off: %v", cut, err)
		}
	}
}

func TestOldWorkbookMacros(t *testing.T) {
	stream := oldBook().Stream()
	sheetOfMacros := oldBook()
	sheetOfMacros.Sheets[3].Kind = 1
	for name, tt := range map[string]struct {
		file []byte
		want bool
	}{
		"none":   {xlstest.Compound("Workbook", stream, "MBD0001"), false},
		"beside": {xlstest.Compound("Workbook", stream, "_VBA_PROJECT_CUR"), true},
		"sheet":  {sheetOfMacros.Bytes(), true},
	} {
		wb, err := openBytes(tt.file)
		if err != nil || wb.HasMacros != tt.want {
			t.Errorf("%s: %v, %v", name, wb, err)
		}
	}
}

// Cells that share a rich text share its runs too: the file pays for them once.
func TestSharedRunsAreSharedInMemory(t *testing.T) {
	rich := xlstest.Rich{Text: "ab", Runs: [][2]int{{1, 1}}}
	b := oldBook()
	b.Sheets[0].Cells = []xlstest.Cell{{Value: rich}}
	b.Sheets[0].Extra = xlstest.Record(0x00FD, uint16(1), uint16(0), uint16(0), uint32(0))
	wb, err := openBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	g, err := wb.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Cells) != 2 || &g.Cells[0].Runs[0] != &g.Cells[1].Runs[0] {
		t.Errorf("%+v", g.Cells)
	}
}
