package outline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// realData is where other people's files lie, beside the project.
const realData = "../../../shared/data/real"

// readReal reads one of them, or skips the test by the file's name.
func readReal(t *testing.T, name string) *Reading {
	t.Helper()
	path := filepath.Join(realData, name)
	body, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside the project", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	r, stop := Read(name, body, xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	c := r.File.Counts
	if c.Cells == 0 || c.Used+c.Excluded != c.Cells {
		t.Errorf("%d cells, %d used, %d excluded", c.Cells, c.Used, c.Excluded)
	}
	return r
}

// only gives the one table of a sheet.
func only(t *testing.T, f *File, sheet string) *Table {
	t.Helper()
	i := slices.IndexFunc(f.Sheets, func(s Sheet) bool { return s.Name == sheet })
	if i < 0 || len(f.Sheets[i].Tables) != 1 {
		t.Fatalf("%s: sheet %s has not one table", f.File, sheet)
	}
	return &f.Sheets[i].Tables[0]
}

func (t *Table) row(name string) *Row {
	i := slices.IndexFunc(t.Rows, func(r Row) bool { return r.Name != nil && *r.Name == name })
	if i < 0 {
		return &Row{}
	}
	return &t.Rows[i]
}

func (t *Table) column(letters string) *Column {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Column == letters })
	if i < 0 {
		return &Column{}
	}
	return &t.Columns[i]
}

// closing gives the codes, cells and differences of the findings about totals.
func closing(f *File) []string {
	var out []string
	for _, x := range f.Findings {
		if x.Code == fault.TotalRowDiffers || x.Code == fault.SumDiffers {
			diff, _ := x.Arg("diff")
			out = append(out, x.Sheet+"!"+x.Cell+" "+diff)
		}
	}
	return out
}

// TestBudgets: 63 provinces make six regions and the country. The plan of 2017 has
// an amount of no province in one column, which a footnote explains.
func TestBudgets(t *testing.T) {
	for _, tt := range []struct {
		file, sheet, region string
		provinces           int
		closing             []string
	}{
		{"budget/Final_2013.xls", "M09+", "TÂY NGUYÊN", 5, nil},
		{"budget/Plan_2017.xls", "M09", "TÂY NGUYÊN", 5, []string{"M09!C13 121274000"}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			f := &readReal(t, tt.file).File
			table := only(t, f, tt.sheet)
			all, region := table.row("TỔNG SỐ"), table.row(tt.region)
			if all.Role != RowTotal || len(all.SumOf) < 6 || !slices.Contains(all.SumOf, region.Row) {
				t.Errorf("TỔNG SỐ is %s of %v", all.Role, all.SumOf)
			}
			if region.Role != RowTotal || len(region.SumOf) != tt.provinces {
				t.Errorf("%s is %s of %v", tt.region, region.Role, region.SumOf)
			}
			places := 0
			for _, r := range table.Rows {
				if r.Place != nil && r.Role == RowData {
					places++
				}
			}
			if places != 63 {
				t.Errorf("%d provinces", places)
			}
			if got := closing(f); !slices.Equal(got, tt.closing) {
				t.Errorf("totals that do not close: %v, want %v", got, tt.closing)
			}
			if slices.ContainsFunc(f.Findings, func(x fault.Fault) bool { return x.Code == fault.UnitImpossible }) {
				t.Error("the budget of the whole state is said to be too large for its unit")
			}
			if table.Unit == nil || !strings.EqualFold(*table.Unit, "triệu đồng") {
				t.Errorf("unit %v", table.Unit)
			}
		})
	}
}

// TestYearbook: provinces make regions and regions the country, in tables whose
// labels say of none of them that it is a total.
func TestYearbook(t *testing.T) {
	for _, file := range []string{"Number of farms by province", "Production of cereals by province"} {
		t.Run(file, func(t *testing.T) {
			f := &readReal(t, "gso/"+file+".csv").File
			table := only(t, f, f.Sheets[0].Name)
			country := table.row("WHOLE COUNTRY")
			if want := []int{5, 18, 33, 48, 54, 61}; !slices.Equal(country.SumOf, want) {
				t.Errorf("the country is the sum of %v, want %v", country.SumOf, want)
			}
			provinces := 0
			for _, name := range []string{"Red River Delta", "Northern midlands and mountain areas", "Northern Central area and Central coastal area", "Central Highlands", "South East", "Mekong River Delta"} {
				region := table.row(name)
				if region.Role != RowTotal {
					t.Errorf("%s is %s", name, region.Role)
				}
				provinces += len(region.SumOf)
			}
			if provinces != 64 { // Hà Tây has a row of its own
				t.Errorf("%d provinces", provinces)
			}
			if got := closing(f); got != nil {
				t.Errorf("totals that do not close: %v", got)
			}
		})
	}
}

// TestHealthInsurance: the country is the sum of 63 provinces, and đồng under
// "tỷ đ" are noticed.
func TestHealthInsurance(t *testing.T) {
	f := &readReal(t, "bhyt-lao-cai-2024-06/B02. TOAN QUOC.xlsx").File
	table := only(t, f, "Worksheet")
	if all := table.row("Toàn quốc"); all.Role != RowTotal || len(all.SumOf) != 63 {
		t.Errorf("Toàn quốc is %s of %v", all.Role, all.SumOf)
	}
	if c := table.column("D"); !slices.Equal(c.SumOf, []string{"E", "F"}) || !slices.Equal(c.Path, []string{"Số lượt KCB", "Tổng cộng"}) {
		t.Errorf("column D is %v of %v", c.Path, c.SumOf)
	}
	if got := closing(f); got != nil {
		t.Errorf("totals that do not close: %v", got)
	}
	if !slices.ContainsFunc(f.Findings, func(x fault.Fault) bool { return x.Code == fault.UnitImpossible }) {
		t.Error("nothing is said of the unit")
	}
}

// TestBlankForms: of a form that nobody filled in the head, the rows and the index
// row are known.
func TestBlankForms(t *testing.T) {
	for _, tt := range []struct {
		file, sheet, area string
		heads             []int
		index             int
	}{
		{"A00014", "A000141", "A16:I40", []int{16, 17}, 18},
		{"CBQL", "Sheet1", "A14:H57", []int{14, 15, 16, 17}, 18},
		{"G01234", "G012341", "A16:M22", []int{16, 17}, 18},
		{"G02005", "G020051", "A16:D43", []int{16}, 17},
		{"KHTS", "Sheet1", "A4:L20", []int{4, 5, 6, 7}, 0},
	} {
		t.Run(tt.file, func(t *testing.T) {
			table := only(t, &readReal(t, "blank-forms/"+tt.file+".xlsx").File, tt.sheet)
			index := 0
			if table.IndexRow != nil {
				index = *table.IndexRow
			}
			if table.Range != tt.area || !slices.Equal(table.HeaderRows, tt.heads) || index != tt.index {
				t.Errorf("%s with head %v and index row %d", table.Range, table.HeaderRows, index)
			}
		})
	}
}

// TestBranches: four branches of an institution and its own paper say the same 1,884
// figures in the same cells.
func TestBranches(t *testing.T) {
	const folder = "sbv-g01304-201708/G01304-"
	sums := map[string]decimal.Decimal{}
	for _, branch := range []string{"01912001", "14912001", "22912001", "22912002"} {
		papers := readReal(t, folder+branch+"-01912001-201708-BI-M-01.xlsx").Papers()
		if len(papers) != 1 || papers[0].Agency != branch {
			t.Fatalf("%d tables of %q, want one of %s", len(papers), papers[0].Agency, branch)
		}
		for _, f := range papers[0].Figures {
			sum, err := sums[f.Cell].Add(f.Value)
			if err != nil {
				t.Fatal(err)
			}
			sums[f.Cell] = sum
		}
	}
	whole := readReal(t, folder+"01912001-01912001-201708-BT-M-01.xlsx").Papers()[0]
	if len(whole.Figures) != 1884 || len(sums) != 1884 {
		t.Fatalf("%d figures, %d sums", len(whole.Figures), len(sums))
	}
	for _, f := range whole.Figures {
		if sums[f.Cell] != f.Value {
			t.Errorf("%s: %s, the branches have %s", f.Cell, f.Value, sums[f.Cell])
		}
	}
}
