package table

import "testing"

// TestTablesResume: a note or empty rows among the rows of a table do not end it where
// what follows goes on with them, and a head that numbers its rows begins another.
func TestTablesResume(t *testing.T) {
	for _, tt := range []struct{ name, drawing, want string }{
		{"behind a note", `
STT|Xã|Số hộ|Số tiền
#1|Xã A|#5|#50
#2|Xã B|#6|#60
Ghi chú: số liệu tạm tính|||
#3|Xã C|#7|#70
|Cộng|#18|#180
`, `
A1:D6 head [1]
  A number STT
  B name Xã
  C value Số hộ
  D value Số tiền
  6 total [2 3 5]
`},
		{"behind empty rows", `
STT|Xã|Số hộ|Số tiền
#1|Xã A|#5|#50
#2|Xã B|#6|#60



#3|Xã C|#7|#70
|Cộng|#18|#180
`, `
A1:D8 head [1]
  A number STT
  B name Xã
  C value Số hộ
  D value Số tiền
  8 total [2 3 7]
`},
		{"numbered anew behind empty rows", `
STT|Xã|Số hộ|Số tiền
#1|Xã A|#5|#50
#2|Xã B|#6|#60



#1|Xã C|#7|#70
`, `
A1:D3 head [1]
  A number STT
  B name Xã
  C value Số hộ
  D value Số tiền
`},
		{"what is signed and whom it goes to is no row, whatever follows", `
Nội dung|Số vụ
Vụ cháy|#3
Vụ nổ|#1
Nơi nhận:|
Lưu VT|#2
Điện thoại|#912345678
`, `
A1:B3 head [1]
  A name Nội dung
  B value Số vụ
`},
		{"the head of another table in years, behind a source", `
Chỉ tiêu|#2021|#2022|#2023
Dân số|#50|#51|#52
Hộ|#12|#13|#14
Nguồn: Cục Thống kê|||
Nhân lực|#2021|#2022|#2023
Bác sĩ|#5|#6|#7
Y sĩ|#8|#9|#10
`, `
A1:D3 head [1]
  A name Chỉ tiêu
  B value 2021
  C value 2022
  D value 2023
A5:D7 head [5]
  A name Nhân lực
  B value 2021
  C value 2022
  D value 2023
`},
		{"another head right below", `
STT|Nội dung|Số hộ
#1|Được trợ giúp|#10
#2|Chưa trợ giúp|#20

II. Bảng kinh phí||
STT|Nguồn|Kinh phí
#1|Ngân sách tỉnh|#100
#2|Xã hội hóa|#200
`, `
A1:C3 head [1]
  A number STT
  B name Nội dung
  C value Số hộ
A6:C8 head [6]
  A number STT
  B name Nguồn
  C value Kinh phí
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := "\n" + understood(Discover(drawn(t, tt.drawing))); got != tt.want {
				t.Errorf("understood:%s\nwant:%s", got, tt.want)
			}
		})
	}
}
