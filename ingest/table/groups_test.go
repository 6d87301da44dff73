package table

import (
	"fmt"
	"strings"
	"testing"
)

// TestHalves: a list that was set in two halves is two tables, with a column between or not.
func TestHalves(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"with numbers", "STT|Xã|Số hộ|STT|Xã|Số hộ\n#1|Lý Bôn|#10|#3|Huy Giáp|#30\n#2|Hưng Đạo|#20|#4|Cô Ba|#40", "A1:C3 D1:F3"},
		{"of names alone", "Xã|Số hộ|Xã|Số hộ\nLý Bôn|#10|Huy Giáp|#30\nHưng Đạo|#20|Cô Ba|#40", "A1:B3 C1:D3"},
		{"of other figures", "STT|Xã|Diện tích|STT|Xã|Sản lượng\n#1|Lý Bôn|#10|#1|Lý Bôn|#30\n#2|Hưng Đạo|#20|#2|Hưng Đạo|#40", "A1:C3 D1:F3"},
		{"columns of one table", "Xã|Số hộ|Tỷ lệ|Số hộ|Tỷ lệ\nLý Bôn|#10|#1|#30|#2\nHưng Đạo|#20|#1|#40|#2", "A1:E3"},
	} {
		var got []string
		for _, table := range Discover(drawn(t, tt.sheet)).Tables {
			got = append(got, table.Area().String())
		}
		if said := strings.Join(got, " "); said != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, said, tt.want)
		}
	}
}

// TestGroups: a row has two names where the nearer one does not tell it from others.
func TestGroups(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"plan and result of each commune", `
STT|Xã|Chỉ tiêu|Rau đậu|Khoai tây
1|Lý Bôn|Kế hoạch|#20|#15
||Thực hiện|#18|#12
2|Hưng Đạo|Kế hoạch|#21|#16
||Thực hiện|#19|#13
|Tổng cộng|Kế hoạch|#41|#31
||Thực hiện|#37|#25
merge B2:B3
merge B4:B5
merge B6:B7`, "Lý Bôn › Kế hoạch; Lý Bôn › Thực hiện; Hưng Đạo › Kế hoạch; Hưng Đạo › Thực hiện; Tổng cộng › Kế hoạch =[2 4]; Tổng cộng › Thực hiện =[3 5]"},
		{"a second column of words that no head names", `
STT|Xã|Nội dung phân tích|Số hộ
1|Lý Bôn|Nghèo|#20
||Cận nghèo|#18
2|Hưng Đạo|Nghèo|#21
||Cận nghèo|#19
3|Huy Giáp|Nghèo|#7
||Cận nghèo|#3`, "Lý Bôn › Nghèo; Lý Bôn › Cận nghèo; Hưng Đạo › Nghèo; Hưng Đạo › Cận nghèo; Huy Giáp › Nghèo; Huy Giáp › Cận nghèo"},
		{"a total that is off", `
Xã|Chỉ tiêu|Số hộ|Số người
Lý Bôn|Kế hoạch|#20|#40
Lý Bôn|Thực hiện|#18|#36
Hưng Đạo|Kế hoạch|#21|#41
Hưng Đạo|Thực hiện|#19|#37
Tổng cộng|Kế hoạch|#41|#81
Tổng cộng|Thực hiện|#37|#74`, "Lý Bôn › Kế hoạch; Lý Bôn › Thực hiện; Hưng Đạo › Kế hoạch; Hưng Đạo › Thực hiện; Tổng cộng › Kế hoạch =[2 4]; Tổng cộng › Thực hiện =[3 5]; D7 is 74, its parts 73"},
		{"a total in each group, and of all", `
Xã|Khoản|Số thu|Số nộp
Lý Bôn|Phí chợ|#10|#5
|Phí đò|#20|#6
|Cộng|#30|#11
Hưng Đạo|Phí chợ|#1|#2
|Phí đò|#3|#4
|Cộng|#4|#6
Tổng cộng||#34|#17`, "Lý Bôn › Phí chợ; Lý Bôn › Phí đò; Cộng =[2 3]; Hưng Đạo › Phí chợ; Hưng Đạo › Phí đò; Cộng =[5 6]; Tổng cộng =[4 7]"},
		{"under sections with figures, numbered group by group", `
STT|Nội dung|Đối tượng|Số hộ
I|Hỗ trợ nhà ở||#93
1|Xây mới|Nghèo|#10
||Cận nghèo|#31
2|Sửa chữa|Nghèo|#7
||Cận nghèo|#45`, "Hỗ trợ nhà ở =[3 4 5 6]; Xây mới › Nghèo; Xây mới › Cận nghèo; Sửa chữa › Nghèo; Sửa chữa › Cận nghèo"},
		{"under sections with figures, named in each row", `
STT|Nội dung|Đối tượng|Số hộ
I|Nhà ở||#93
1|Xây mới|Nghèo|#10
1|Xây mới|Cận nghèo|#31
2|Sửa chữa|Nghèo|#7
2|Sửa chữa|Cận nghèo|#45
II|Sinh kế||#10
1|Chăn nuôi|Nghèo|#1
1|Chăn nuôi|Cận nghèo|#2
2|Trồng trọt|Nghèo|#3
2|Trồng trọt|Cận nghèo|#4`, "Nhà ở =[3 4 5 6]; Xây mới › Nghèo; Xây mới › Cận nghèo; Sửa chữa › Nghèo; Sửa chữa › Cận nghèo; Sinh kế =[8 9 10 11]; Chăn nuôi › Nghèo; Chăn nuôi › Cận nghèo; Trồng trọt › Nghèo; Trồng trọt › Cận nghèo"},
		{"groups of other sizes, merged", `
Xã|Thôn, bản|Số hộ
Mường Cai|Bản 1|#10
|Bản 2|#20
Chiềng Khương|Bản 1|#1
|Bản 2|#3
|Bản 3|#5
merge A2:A3
merge A4:A6`, "Mường Cai › Bản 1; Mường Cai › Bản 2; Chiềng Khương › Bản 1; Chiềng Khương › Bản 2; Chiềng Khương › Bản 3"},
		{"a total of each block, and of all", `
Xã|Chỉ tiêu|Số hộ|Số người
Lý Bôn|Kế hoạch|#20|#40
Lý Bôn|Thực hiện|#18|#36
Hưng Đạo|Kế hoạch|#21|#41
Hưng Đạo|Thực hiện|#19|#37
Cộng|Kế hoạch|#41|#81
Cộng|Thực hiện|#37|#73
Huy Giáp|Kế hoạch|#5|#9
Huy Giáp|Thực hiện|#4|#8
Cô Ba|Kế hoạch|#6|#7
Cô Ba|Thực hiện|#3|#2
Cộng|Kế hoạch|#11|#16
Cộng|Thực hiện|#7|#10
Huy Giáp 2|Kế hoạch|#1|#1
Huy Giáp 2|Thực hiện|#1|#1
Tổng cộng|Kế hoạch|#53|#98
Tổng cộng|Thực hiện|#45|#84`, "Lý Bôn › Kế hoạch; Lý Bôn › Thực hiện; Hưng Đạo › Kế hoạch; Hưng Đạo › Thực hiện; Cộng › Kế hoạch =[2 4]; Cộng › Thực hiện =[3 5]; Huy Giáp › Kế hoạch; Huy Giáp › Thực hiện; Cô Ba › Kế hoạch; Cô Ba › Thực hiện; Cộng › Kế hoạch =[8 10]; Cộng › Thực hiện =[9 11]; Huy Giáp 2 › Kế hoạch; Huy Giáp 2 › Thực hiện; Tổng cộng › Kế hoạch =[2 4 8 10 14]; Tổng cộng › Thực hiện =[3 5 9 11 15]"},
		{"one name in two groups among names of their own", `
Huyện|Xã|Số hộ
Bảo Lạc|Cô Ba|#20
|Hưng Đạo|#18
|Lý Bôn|#7
Bảo Lâm|Hưng Đạo|#21
|Thái Sơn|#19
|Yên Thổ|#9`, "Cô Ba; Bảo Lạc › Hưng Đạo; Lý Bôn; Bảo Lâm › Hưng Đạo; Thái Sơn; Yên Thổ"},
		{"communes with figures over their villages", `
STT|Xã|Bản|Số hộ
1|Mường Cai||#30
||Bản Mé|#10
||Bản Cang|#20
2|Bó Sinh||#9
||Bản Mé|#4
||Bản Cang|#5
|Tổng cộng||#39`, "Mường Cai =[3 4]; Mường Cai › Bản Mé; Mường Cai › Bản Cang; Bó Sinh =[6 7]; Bó Sinh › Bản Mé; Bó Sinh › Bản Cang; Tổng cộng =[2 5]"},
		{"things named in every row", `
Nội dung|Đối tượng|Số lượng
Xây mới|Hộ nghèo|#3
Xây mới|Hộ cận nghèo|#4
Sửa chữa|Hộ nghèo|#5
Sửa chữa|Hộ cận nghèo|#6`, "Xây mới › Hộ nghèo; Xây mới › Hộ cận nghèo; Sửa chữa › Hộ nghèo; Sửa chữa › Hộ cận nghèo"},
		{"of three columns of names the last two", `
Huyện|Xã|Chỉ tiêu|Số hộ
Bảo Lạc|Cô Ba|Kế hoạch|#20
||Thực hiện|#18
|Hưng Đạo|Kế hoạch|#21
||Thực hiện|#19`, "Cô Ba › Kế hoạch; Cô Ba › Thực hiện; Hưng Đạo › Kế hoạch; Hưng Đạo › Thực hiện"},
		{"what is no sum is none for its name", `
Xã|Chỉ tiêu|Số hộ
Lý Bôn|Kế hoạch|#20
Lý Bôn|Thực hiện|#18
Hưng Đạo|Kế hoạch|#21
Hưng Đạo|Thực hiện|#19
Tổng số|Kế hoạch|#500
Tổng số|Thực hiện|#700`, "Lý Bôn › Kế hoạch; Lý Bôn › Thực hiện; Hưng Đạo › Kế hoạch; Hưng Đạo › Thực hiện; Tổng số › Kế hoạch; Tổng số › Thực hiện"},
		{"communes under their districts have names of their own", `
Huyện|Xã|Số hộ
Bảo Lạc|Cô Ba|#20
|Hưng Đạo|#18
Bảo Lâm|Lý Bôn|#21
|Thái Sơn|#19`, "Cô Ba; Hưng Đạo; Lý Bôn; Thái Sơn"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := Discover(drawn(t, tt.sheet))
			if len(found.Tables) != 1 {
				t.Fatalf("%d tables", len(found.Tables))
			}
			var got []string
			for _, l := range found.Tables[0].Lines {
				name := l.Name
				if l.Sum != nil {
					name += " =" + fmt.Sprint(l.Sum)
				}
				got = append(got, name)
			}
			for _, x := range found.Tables[0].Broken {
				got = append(got, fmt.Sprintf("%s is %s, its parts %s", x.Cell(), x.Got, x.Want))
			}
			if said := strings.Join(got, "; "); said != tt.want {
				t.Errorf("got  %s\nwant %s", said, tt.want)
			}
		})
	}
}
