package sheet

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/viet"
	"tonghop/ingest/viet/viettest"
	"tonghop/internal/xlsx"
)

// column makes a sheet of one column of texts, each with its font before a colon.
func column(texts ...string) *Sheet {
	g := &xlsx.Grid{Name: "S", Styles: []xlsx.CellStyle{{}}}
	for i, text := range texts {
		font, text, _ := strings.Cut(text, ":")
		g.Cells = append(g.Cells, xlsx.Cell{Row: i + 1, Col: 1, Type: xlsx.String, Text: text, Font: font})
	}
	return FromGrid(g)
}

// abc types a text in TCVN3, in a font.
func abc(font, text string) string {
	typed, _ := viettest.TCVN3(text, font)
	return font + ":" + typed
}

func TestWhatStandsAround(t *testing.T) {
	const times = "Times New Roman"
	tests := []struct {
		name  string
		sheet *Sheet
		last  string // the last cell as it is read
		doubt bool
	}{
		{"a word in two codes among TCVN3", column(abc(".VnTime", "Huyện Nam Sách"), ".VnTime:Mé Lao"), "Mộ Lao", false},
		{"a word in two codes among Unicode", column(".VnTime:Huyện Nam Sách", ".VnTime:Mé Lao"), "Mé Lao", false},
		{"a word in two codes among both alike", column(".VnTime:Huyện Nam Sách", abc(".VnTime", "Huyện Nam Sách"), ".VnTime:Mé Lao"), "Mé Lao", true},
		{"a word in two codes alone", column(".VnTime:Mé Lao"), "Mé Lao", true},
		{"a name that nobody has in the other code", column(".VnTime:Tân Lý"), "Tân Lý", false},
		{"no font says so, but the column is beyond doubt",
			column(abc(times, "Huyện Nam Sách"), abc(times, "Thị xã Kinh Môn"), abc(times, "Quận Hồng Bàng"), abc(times, "Mộ Lao")), "Mộ Lao", false},
		{"one cell proves nothing", column(abc(times, "Huyện Nam Sách")), "HuyÖn Nam S¸ch", true},
		{"a column with Unicode in it proves nothing",
			column("Arial:Tổng số", abc(times, "Huyện Nam Sách"), abc(times, "Thị xã Kinh Môn"), abc(times, "Huyện Bình Giang")), "HuyÖn B×nh Giang", true},
		{"a column with French in it proves nothing",
			column("Arial:Café", abc(times, "Huyện Nam Sách"), abc(times, "Thị xã Kinh Môn"), abc(times, "Huyện Bình Giang")), "HuyÖn B×nh Giang", true},
		{"VNI without its font", column("Arial:"+viettest.VNI("Huyện Nam Sách"), "Arial:"+viettest.VNI("Thị xã Kinh Môn"),
			"Arial:"+viettest.VNI("Huyện Bình Giang"), "Arial:"+viettest.VNI("Quận Hồng Bàng")), "Quận Hồng Bàng", false},
		{"French", column("Arial:Résumé des activités", "Arial:Année à côté", "Arial:Hôtel de Ville, façade naïve"), "Hôtel de Ville, façade naïve", false},
		{"German", column("Arial:Größe der Straße", "Arial:Übergänge für Öl", "Arial:Äpfel, Größen, Späße"), "Äpfel, Größen, Späße", false},
		{"misread", column(times + ":" + viettest.Misread("Tổng cộng")), "Tổng cộng", false},
		{"blanks go as ever", column(abc(".VnTime", "  Tổng   cộng ")), "Tổng cộng", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := tt.sheet.Cells[len(tt.sheet.Cells)-1]
			if c.Text != tt.last || c.Change.Doubt != tt.doubt {
				t.Errorf("%q is read as %q, doubt %t; want %q, %t", c.Raw, c.Text, c.Change.Doubt, tt.last, tt.doubt)
			}
			if (c.Change.Decoded != viet.Unicode) != (viet.Key(c.Raw) != c.Key()) {
				t.Errorf("%q is said to be from %s", c.Raw, c.Change.Decoded)
			}
		})
	}
}

// A list in TCVN3 under headings in Unicode, all in one font: each column is read
// by its own cells.
func TestColumnsOfTwoCodes(t *testing.T) {
	g := &xlsx.Grid{Name: "S", Styles: []xlsx.CellStyle{{}}}
	add := func(row, col int, typed string) {
		font, text, _ := strings.Cut(typed, ":")
		g.Cells = append(g.Cells, xlsx.Cell{Row: row, Col: col, Type: xlsx.String, Text: text, Font: font})
	}
	add(1, 1, ".VnTime:Mé Lao")
	add(1, 2, ".VnTime:Mé Lao")
	for row := 2; row < 6; row++ {
		add(row, 1, ".VnTime:Huyện Nam Sách")
		add(row, 2, abc(".VnTime", "Huyện Bình Giang"))
	}
	s := FromGrid(g)
	if a, b := s.At(1, 1).Text, s.At(1, 2).Text; a != "Mé Lao" || b != "Mộ Lao" {
		t.Errorf("read %q and %q", a, b)
	}
}

// TestPlainTextCostsNothingMore holds that texts in Unicode go the way they went.
func TestPlainTextCostsNothingMore(t *testing.T) {
	in := gathering{styles: []xlsx.CellStyle{{}}, cells: make([]Cell, 0, 1000)}
	c := xlsx.Cell{Row: 1, Col: 1, Type: xlsx.String, Text: "Tổng số hộ nghèo được trợ giúp", Font: "Times New Roman"}
	if n := testing.AllocsPerRun(100, func() { in.add(&c) }); n != 0 {
		t.Errorf("%v allocations for a text that is what it seems", n)
	}
}

// TestOtherPeoplesWorkbooks reads workbooks of public test suites and of
// Vietnamese agencies, in Unicode all of them: no cell may be taken for anything
// else.
func TestOtherPeoplesWorkbooks(t *testing.T) {
	const folder = "../../../shared/data"
	if _, err := os.Stat(folder); os.IsNotExist(err) {
		t.Skipf("%s is not beside the project", folder)
	}
	books, cells := 0, 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".xlsx", ".xls", ".ods", ".csv"}, strings.ToLower(filepath.Ext(path))) {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		book, refused := Open(body, xlsx.Limits{})
		if refused != nil {
			return nil // broken on purpose
		}
		books++
		for _, s := range book.Sheets {
			for i := range s.Cells {
				c := &s.Cells[i]
				cells++
				if c.Change.Decoded != viet.Unicode || c.Change.Doubt || c.Change.Lost {
					t.Errorf("%s %s!%s: %q is read as %q, %+v", path, s.Name, c.Ref(), c.Raw, c.Text, c.Change)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if books < 50 || cells < 10_000 {
		t.Errorf("only %d books with %d cells were read", books, cells)
	}
}
