package table

import (
	"strings"
	"testing"
)

// TestYearsNameRows reads tables of yearbooks: the years at their left name the rows,
// and are no figures; a unit in two languages is the unit; words across all columns
// head the rows below.
func TestYearsNameRows(t *testing.T) {
	for _, tt := range []struct{ name, drawing, want string }{
		{"a yearbook in two languages", `
|Tổng số - Total|Trong đó - Of which|
||Nam - Male|Nữ - Female
|Người - Person||
#2015|#1768|#884|#884
#2016|#1785|#893|#892
Sơ bộ - Prel. 2017|#1803|#902|#901
|Tốc độ tăng - Growth rate (%)||
#2015|#0.9|#0.91|#0.89
#2016|#0.99|#1.01|#0.98
Sơ bộ - Prel. 2017|#1.14|#1.16|#1.11
merge C1:D1
merge B1:B2
merge B3:D3
merge B7:D7
`, `
A1:D10 head [1 2 3]
  A name 
  B value Tổng số - Total > Người - Person
  C value Trong đó - Of which > Nam - Male > Người - Person
  D value Trong đó - Of which > Nữ - Female > Người - Person
  7 section
`},
		{"years, a total of them, and remarks", `
Năm|Tổng số|Vốn nhà nước|Vốn khác|Ghi chú
#2016|#100.5|#40.2|#60.3|
#2017|#110|#41|#69|
#2018|#131|#43|#88|điều chỉnh
Tổng 3 năm|#341.5|#124.2|#217.3|
`, `
A1:E5 head [1]
  A name Năm
  B value Tổng số = C D
  C value Vốn nhà nước
  D value Vốn khác
  E note Ghi chú
  5 total [2 3 4]
`},
		{"years of birth beside names", `
Họ và tên|Năm sinh|Số tiền
Nguyễn Văn An|#1956|#540
Trần Thị Bình|#1949|#720
Lê Văn Cường|#1988|#540
`, `
A1:C4 head [1]
  A name Họ và tên
  B value Năm sinh
  C value Số tiền
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := Discover(drawn(t, tt.drawing))
			if got := "\n" + understood(found); got != tt.want {
				t.Errorf("understood:%s\nwant:%s", got, tt.want)
			}
			for _, c := range found.Tables[0].Cols {
				if want := strings.Contains(strings.Join(c.Path, ""), "Person"); (c.Unit == "Người") != want {
					t.Errorf("column %d is in %q", c.Col, c.Unit)
				}
			}
		})
	}
}

// TestLettersOfSchools: the first letters of words over figures are words of the head,
// and names that a program gave are not.
func TestLettersOfSchools(t *testing.T) {
	for text, want := range map[string]string{
		"STT|Đơn vị|Số lớp|\nmerge C1:D1\n||THCS|THPT\n1|Huyện A|#3|#1\n2|Huyện B|#5|#2":               "Số lớp > THCS | Số lớp > THPT",
		"STT|Đơn vị|Số lớp|Số trường\nSO_TT|TENHUYEN|SOLOP|SOTRUONG\n1|Huyện A|#3|#1\n2|Huyện B|#5|#2": "Số lớp | Số trường",
	} {
		var paths []string
		for _, c := range Discover(drawn(t, text)).Tables[0].Cols[2:] {
			paths = append(paths, strings.Join(c.Path, " > "))
		}
		if got := strings.Join(paths, " | "); got != want {
			t.Errorf("%q is headed %s, want %s", text, got, want)
		}
	}
}

// TestLetteredIndexRow: few columns are numbered too, and a table beside another again.
func TestLetteredIndexRow(t *testing.T) {
	for text, want := range map[string]bool{
		"A|1": true, "A|B|(1)": true, "(A)|(B)|(C)|(1)|||(A)|(B)|(1)": true, "A|B|C|1|2|3=1+2": true,
		"A|5": false, "B|1": false, "1|2": false, "A|B": false, "A|1|3": false, "Xã A|1": false,
	} {
		s := drawn(t, text)
		if got := IsLetteredIndexRow(s.Row(1)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// TestIndexRowBesideAnother: the numbers of columns begin anew for a table beside, and
// slip where rules stand among them.
func TestIndexRowBesideAnother(t *testing.T) {
	for text, want := range map[string]bool{
		"(1)|(2)|(3)|||(1)|(2)|(3)": true, "1|2|3=4+5|4|5|6|6|7": true, "1|2|3|4": true,
		"1|2|1|2": false, "1|2|3|4|5|6|6|7": false, "1|2|3=1+2|3|9": false,
	} {
		s := drawn(t, text)
		if got := IsIndexRow(s.Row(1)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
