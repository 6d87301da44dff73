package match

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report/calendar"
)

// TestRealTables finds the places of tables that offices published: other
// people's files, beside the project. What is not in a column of places is no
// place: 169 hospitals and stations, banks, ministries, kinds of revenue.
func TestRealTables(t *testing.T) {
	for _, tt := range []struct {
		file, day string
		sure      map[int]int       // labels that are sure, by sheet and column: 802 is column 2 of the ninth sheet
		sample    map[string]string // code by label
	}{
		{"bhyt-lao-cai-2024-06/B02. TOAN QUOC.xlsx", "2024-06-30", map[int]int{2: 63}, map[string]string{"Lào Cai": "10", "T.T.Huế": "46"}},
		{"bhyt-lao-cai-2024-06/B02. CSKCB.xlsx", "2024-06-30", nil, nil},
		// Column 7 has the district of each facility. Most addresses in column 11 are a commune and what it lies in.
		{"bhyt-lao-cai-2024-06/DM_COSOKCB.xlsx", "2024-06-30", map[int]int{7: 171, 11: 117},
			map[string]string{"Thị Xã Sa Pa": "088", "Thành phố Lào Cai": "080", "xã Tân An, huyện Văn Bàn, tỉnh Lào Cai": "03079", "Xã Thanh Bình - thị xã Sa Pa - tỉnh Lào Cai": "03022"}},
		{"budget/Final_2013.xls", "2013-12-31", map[int]int{802: 63}, map[string]string{"THANH HÓA": "38"}},
		{"budget/Plan_2017.xls", "2017-12-31", map[int]int{702: 63}, nil},
		{"gso/Number of farms by province.csv", "", map[int]int{0: 64}, map[string]string{"Ha Tay": "28", "Hai Duong": "30"}},
		{"gso/Production of cereals by province.csv", "", map[int]int{0: 64}, map[string]string{"Ha Tay": "28", "Ho Chi Minh city": "79"}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			var day calendar.Date
			if tt.day != "" {
				day = calendar.MustDate(tt.day)
			}
			codes := map[string]string{}
			for column, labels := range columnsOf(t, tt.file) {
				n := 0
				for i, p := range Places(labels, nil, day) {
					if p.Sure() {
						codes[labels[i]] = p.Code
						n++
					}
				}
				if n != tt.sure[column] {
					t.Errorf("%d labels of column %d are places, want %d", n, column, tt.sure[column])
				}
			}
			for label, want := range tt.sample {
				if codes[label] != want {
					t.Errorf("%q is %q, want %q", label, codes[label], want)
				}
			}
		})
	}
}

// columnsOf gives the texts of each column, those of the next sheet under numbers
// higher by a hundred.
func columnsOf(t *testing.T, name string) map[int][]string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("../../../shared/data/real", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("../shared/data/real/%s is absent", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := map[int][]string{}
	if strings.HasSuffix(name, ".csv") {
		for line := range strings.Lines(string(body)) {
			first, _, _ := strings.Cut(line, ";")
			out[0] = append(out[0], strings.Trim(first, "\"\ufeff\r\n"))
		}
		return out
	}
	book, refused := sheet.Open(body, xlsx.Limits{})
	if refused != nil {
		t.Fatal(refused)
	}
	for n, s := range book.Sheets {
		for i := range s.Cells {
			if c := &s.Cells[i]; c.IsText() {
				out[100*n+c.Col] = append(out[100*n+c.Col], c.Text)
			}
		}
	}
	return out
}
