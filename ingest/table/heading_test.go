package table

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/internal/xlsx"
)

// headings spells the columns of the tables of a sheet with the words over them.
func headings(found Found) string {
	var b strings.Builder
	for _, t := range found.Tables {
		fmt.Fprintf(&b, "%v\n", t.HeadRows)
		for _, c := range t.Cols {
			fmt.Fprintf(&b, "%s %s\n", xlsx.ColName(c.Col), strings.Join(c.Path, " > "))
		}
	}
	return b.String()
}

// TestHeadings: what stands over a column where nothing is merged.
func TestHeadings(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"groups said over their first column", `
STT|Huyện|Số hộ||Số khách hàng|
||Nghèo|Cận nghèo|Cá nhân|Tổ chức
1|Nam Sách|#12|#5|#7|#9
2|Gia Lộc|#30|#8|#1|#2`, `
[1 2]
A STT
B Huyện
C Số hộ > Nghèo
D Số hộ > Cận nghèo
E Số khách hàng > Cá nhân
F Số khách hàng > Tổ chức
`},
		{"words for names are a group over figures", `
STT|Huyện|Số khách hàng||||
||Cá nhân||Tổ chức|
||Nam|Nữ|Tuyến tỉnh|Tuyến cơ sở
1|Nam Sách|#12|#5|#7|#9
2|Gia Lộc|#30|#8|#1|#2`, `
[1 2 3]
A STT
B Huyện
C Số khách hàng > Cá nhân > Nam
D Số khách hàng > Cá nhân > Nữ
E Số khách hàng > Tổ chức > Tuyến tỉnh
F Số khách hàng > Tổ chức > Tuyến cơ sở
`},
		{"a group in the middle of its columns, with groups under it", `
STT|Huyện|||Kết quả||
||Lúa||Ngô||Lạc
||Tỉnh|Xã|Tỉnh|Xã|
1|Nam Sách|#12|#5|#7|#9|#3
2|Gia Lộc|#30|#8|#1|#2|#3`, `
[1 2 3]
A STT
B Huyện
C Kết quả > Lúa > Tỉnh
D Kết quả > Lúa > Xã
E Kết quả > Ngô > Tỉnh
F Kết quả > Ngô > Xã
G Kết quả > Lạc
`},
		{"the rest of a phrase is no column of a group", `
STT|Huyện|Số hộ||Kinh phí|
||nhận chăm sóc|Tổng|Tỉnh|Xã
1|Nam Sách|#12|#5|#7|#9
2|Gia Lộc|#30|#8|#1|#2`, `
[1 2]
A STT
B Huyện
C Số hộ > nhận chăm sóc
D Kinh phí > Tổng
E Kinh phí > Tỉnh
F Kinh phí > Xã
`},
		{"nor is a unit", `
STT|Huyện|Số lớp||Kinh phí|
|||Tổng|Tỉnh|Xã
||(lớp)|(đồng)|(đồng)|(đồng)
1|Nam Sách|#12|#5|#7|#9
2|Gia Lộc|#30|#8|#1|#2`, `
[1 2 3]
A STT
B Huyện
C Số lớp > (lớp)
D Kinh phí > Tổng > (đồng)
E Kinh phí > Tỉnh > (đồng)
F Kinh phí > Xã > (đồng)
`},
		{"another language goes where the words go", `
Huyện|Tổng cộng||Chia ra||
|||By unit||
||Sở Y tế|Sở Nội vụ|Sở Tư pháp|
Items|Total||||
Nam Sách|#21|#5|#7|#9
Gia Lộc|#11|#8|#1|#2`, `
[1 2 3 4]
A Huyện > Items
B Tổng cộng > Total
C Chia ra > By unit > Sở Y tế
D Chia ra > By unit > Sở Nội vụ
E Chia ra > By unit > Sở Tư pháp
`},
		{"what capitals do not tell is left open", `
STT|HUYỆN|TRẺ EM CÓ||SỐ CA TƯ VẤN||GHI CHÚ
||HOÀN CẢNH KHÓ KHĂN|TRỰC TIẾP|QUA MẠNG|GIÁN TIẾP|
1|Nam Sách|#12|#5|#7|#9|
2|Gia Lộc|#30|#8|#1|#2|`, `
[1 2]
A STT
B HUYỆN
C TRẺ EM CÓ > HOÀN CẢNH KHÓ KHĂN
D 
E 
F 
G GHI CHÚ
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := headings(Discover(drawn(t, tt.sheet))); got != strings.TrimPrefix(tt.want, "\n") {
				t.Errorf("got\n%swant%s", got, tt.want)
			}
		})
	}
}

// TestHeadEnds: where a head ends and the rows begin.
func TestHeadEnds(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"a section whose letter stands over the numbers of rows", `
STT|Mã|Địa bàn|Số hộ
A||Đồng bằng sông Hồng|
1|01|Hà Nội|#12
2|22|Quảng Ninh|#30`, "A1:D4 head [1]"},
		{"a figure that looks like a year, behind the name of a total", `
STT|Địa bàn|Số lớp
|Tổng số|#1988
1|Xã Lý Bôn|#698
2|Xã Hưng Đạo|#1290`, "A1:C4 head [1]"},
		{"years over a section without figures", `
STT|Mã|Địa bàn|Diện tích||
|||#2020|#2021|#2022
A|288|Thành phố Hải Dương|||
1|10513|P. Ngọc Châu|x|#26|#16
2|10514|P. Nhị Châu|#29|#23|#22
merge A1:A2
merge B1:B2
merge C1:C2
merge D1:F1`, "A1:F5 head [1 2]"},
		{"one word in another language under years", `
Địa bàn||Số ngày|
||Bed days|
|#2023|#2024|#2025
Items|||
Hà Nội|#29|#28|#27
Cao Bằng|#14|#17|#13`, "A1:D6 head [1 2 3 4]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, _ := strings.Cut(understood(Discover(drawn(t, tt.sheet))), "\n")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestTablesApart: words that are read as the head of a table of their own.
func TestTablesApart(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"two words that only this table has", `
STT|Đơn vị|Tổng|Nam|Nữ
1|Sở Y tế|#8|#5|#3
2|Sở Nội vụ|#4|#1|#3


2. Giải quyết việc làm
|Cơ quan, đơn vị|Kinh phí đào tạo
1|Sở Y tế|#395
2|Sở Tư pháp|#122
`, "A1:E3 A7:C9"},
		{"names and figures over another table are no parameters", `
Đơn vị hành chính cấp xã|Trị giá hỗ trợ
Tỉnh Điện Biên|#20
Thành phố Huế|#205
Tỉnh Gia Lai|#41


STT|Nội dung|Kỳ này
1|Trẻ em|#8
2|Người già|#9`, "A1:B4 A7:C9"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var areas []string
			for _, x := range Discover(drawn(t, tt.sheet)).Tables {
				areas = append(areas, x.Area().String())
			}
			if got := strings.Join(areas, " "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestColumnRoles: what columns are for where their words do not say.
func TestColumnRoles(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"numbers of rows under no word, and a total at the left", `
|Đơn vị|Số hộ|Số người
I. Khối sở|||
1|Sở Y tế|#8|#5
2|Sở Nội vụ|#4|#1
3|Sở Tư pháp|#1|#2
Cộng||#13|#8`, "number name value value"},
		{"losses with their unit", `
STT|Đơn vị|Chênh lệch
1|Sở Y tế|-7 hộ
2|Sở Nội vụ|-12 hộ
3|Sở Tư pháp|05 hộ`, "number name value"},
		{"numbers of papers beside their days", `
STT|Đơn vị|Số quyết định|Ngày quyết định|Số tiền
1|Sở Y tế|#125|03/02/2026|#5
2|Sở Nội vụ|#87|15/03/2026|#7
3|Sở Tư pháp|#342|01/04/2026|#1`, "number name note note value"},
		{"numbers of papers in two rows of a head", `
STT|Đơn vị|Quyết định||Số tiền
||Số|Ngày|
1|Sở Y tế|#125|03/02/2026|#5
2|Sở Nội vụ|#87|15/03/2026|#7
3|Sở Tư pháp|#342|01/04/2026|#1
merge C1:D1`, "number name note note value"},
		{"how many papers there were", `
STT|Đơn vị|Số quyết định|Số tiền
1|Sở Y tế|#125|#5
2|Sở Nội vụ|#87|#7
3|Sở Tư pháp|#342|#1`, "number name value value"},
		{"small figures padded like codes", `
STT|Đơn vị|Số lớp (lớp)|Số trường
1|Sở Y tế|01|#3
2|Sở Nội vụ|04|#4
3|Sở Tư pháp|07|#5`, "number name value value"},
		{"names under two languages, beside what they are grouped by", `
Nhóm|Cơ quan, đơn vị|Số hộ
|Items|
Khối sở|Sở Y tế|#3
|Sở Nội vụ|#4
Khối hội|Hội Nông dân|#5
|Hội Cựu chiến binh|#6
merge A1:A2
merge A3:A4
merge A5:A6`, "name name value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := Discover(drawn(t, tt.sheet))
			if len(found.Tables) != 1 {
				t.Fatalf("%d tables", len(found.Tables))
			}
			var roles []string
			for _, c := range found.Tables[0].Cols {
				roles = append(roles, [...]string{"value", "number", "code", "name", "note"}[c.Role])
			}
			if got := strings.Join(roles, " "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
