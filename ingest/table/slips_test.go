package table

import (
	"strings"
	"testing"
)

// TestSlips: totals that do not close, and what shows what they are the sum of.
func TestSlips(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"a total that stops short of the first row of a flat table", `
STT|Xã|Số hộ
1|Lý Bôn|#698
2|Hưng Đạo|#1290
3|Huy Giáp|#2000
|Tổng cộng|#3290`, "5 total [2 3 4]\nC5 is 3290, its parts 3988"},
		{"a section of one row that is all of it", `
STT|Nội dung|Dự toán|Thực hiện
A|Chi thường xuyên|#65|#33
I|Lương|#40|#20
II|Mua sắm|#25|#13
B|Chi đầu tư|#46|#22
I|Xây dựng|#46|#22
1|Trạm y tế|#6|#2
2|Trường học|#40|#20
|TỔNG CỘNG|#111|#55`, "2 total [3 4]\n5 total [6]\n6 total [7 8]\n9 total [2 5]"},
		{"a section with one row that is not all of it", `
STT|Nội dung|Dự toán|Thực hiện
A|Chi thường xuyên|#65|#33
I|Lương|#40|#20
II|Mua sắm|#25|#13
B|Chi đầu tư|#46|#22
I|Xây dựng|#40|#22
|TỔNG CỘNG|#111|#55`, "2 total [3 4]\n7 total [2 5]"},
		{"totals of districts behind their communes, without numbers", `
STT|Đơn vị|Hộ nghèo|Hộ cận nghèo
1|Thị trấn Nam Sách|#45|#61
2|Xã An Bình|#32|#40
3|Xã Hiệp Cát|#21|#33
|Cộng huyện Nam Sách|#98|#134
4|Thị trấn Thanh Hà|#12|#20
5|Xã Tân An|#9|#14
|Cộng huyện Thanh Hà|#21|#34
|Tổng cộng|#119|#168`, "5 total [2 3 4]\n8 total [6 7]\n9 total [5 8]"},
		{"one of them with a figure that is far off", `
STT|Đơn vị|Hộ nghèo|Hộ cận nghèo
1|Thị trấn Nam Sách|#45|#61
2|Xã An Bình|#32|#40
3|Xã Hiệp Cát|#21|#33
|Cộng huyện Nam Sách|#128|#134
4|Thị trấn Thanh Hà|#12|#20
5|Xã Tân An|#9|#14
|Cộng huyện Thanh Hà|#21|#34
|Tổng cộng|#119|#168`, "5 total [2 3 4]\n8 total [6 7]\n9 total [2 3 4 6 7]\nC5 is 128, its parts 98"},
		{"a district over its communes with a figure that is off", `
STT|Đơn vị|Hộ nghèo|Hộ cận nghèo
|Huyện Nam Sách|#101|#134
1|Thị trấn Nam Sách|#45|#61
2|Xã An Bình|#32|#40
3|Xã Hiệp Cát|#21|#33
|Huyện Thanh Hà|#21|#34
4|Thị trấn Thanh Hà|#12|#20
5|Xã Tân An|#9|#14
|Tổng cộng|#119|#168`, "2 total [3 4 5]\n6 total [7 8]\n9 total [3 4 5 6]\nC2 is 101, its parts 98"},
		{"what it is divided into, behind some that it holds", `
STT|Chỉ tiêu|Trẻ trai|Trẻ gái
1|Tổng số đối tượng|#2600|#2600
|Trong đó:||
|- Khuyết tật|#600|#700
|- Dân tộc thiểu số|#1900|#2000
|Chia ra:||
|- Dưới 6 tuổi|#800|#700
|- Từ 6 đến 11|#1000|#900
|- Từ 12 đến 16|#800|#1000
2|Hộ nhận nuôi|#60|#60`, "2 total [7 8 9]\n3 section\n4 part\n5 part\n6 section"},
		{"what it is divided into with a slip", `
STT|Chỉ tiêu|Trẻ trai|Trẻ gái
1|Tổng số đối tượng|#2600|#2600
|Chia ra:||
|- Dưới 6 tuổi|#805|#700
|- Từ 6 đến 11|#1000|#900
|- Từ 12 đến 16|#800|#1000
2|Hộ nhận nuôi|#60|#60`, "2 total [4 5 6]\n3 section\nC2 is 2600, its parts 2605"},
		{"the total under the head of the numbers, and names crossed out", `
STT|Họ và tên|Chức vụ|Số tiền
1|Nguyễn Văn An|GV|#540000
2|Trần Thị Bình|GV|#360000
Tổng cộng|x|x|#900000`, "4 total [2 3]"},
		{"what is compared with a total is none of its parts", `
Xã|Số hộ|Số người
Tổng cộng|#60|#150
Lý Bôn|#10|#40
Hưng Đạo|#20|#50
Huy Giáp|#30|#60
Cùng kỳ năm 2023|#55|#140`, "2 total [3 4 5]"},
		{"codes that count rows are no levels", `
Mã số|Chỉ tiêu|Số hộ|Số người
1|Xã A|#1|#5
2|Xã B|#2|#6
3|Xã C|#3|#7
4|Xã D|#4|#8
5|Xã E|#5|#9
6|Xã G|#6|#10
7|Xã H|#7|#11
8|Xã I|#8|#12
9|Xã K|#9|#13
10|Xã L|#10|#14
11|Xã M|#11|#15
|Tổng cộng|#166|#110`, "13 total [2 3 4 5 6 7 8 9 10 11 12]\nC13 is 166, its parts 66"},
		{"most sections end in their sum", `
TT|Đơn vị|Số lượng
I|KHỐI SỞ|
1|Sở Y tế|#8959
2|Sở Nội vụ|#5181
|Cộng I|#14140
II|KHỐI HỘI|
1|Hội Nông dân|#2000
2|Hội Cựu chiến binh|#1515
|Cộng II|#3515
III|ĐƠN VỊ SỰ NGHIỆP|
1|Báo|#7281
2|Đài|#274673
3|Bưu điện|#35976
|Chung|#310649
|Cộng (I+II+III)|#328304`, "2 section\n5 total [3 4]\n6 section\n9 total [7 8]\n10 section\n14 total [11 12 13]\n15 total [5 9 14]\nC14 is 310649, its parts 317930"},
		{"a total of all is right over the rows of a section whose total is wrong", `
TT|Đơn vị|Số hộ|Số người
|Tổng cộng (I+II)|#36|#72
I|Khối sở|#30|#60
1|Sở Y tế|#10|#20
2|Sở Nội vụ|#20|#40
II|Khối hội|#5|#12
1|Hội Nông dân|#2|#5
2|Hội Phụ nữ|#4|#7`, "2 total [3 6]\n3 total [4 5]\n6 total [7 8]\nC6 is 5, its parts 6"},
		{"quarters are the sums of their months, and halves of their quarters", `
Tháng|Số ca|Số lượt
Tháng 1|#9|#30
Tháng 2|#268|#41
Tháng 3|#294|#52
Quý I|#571|#123
Tháng 4|#320|#60
Tháng 5|#48|#70
Tháng 6|#374|#80
Quý II|#742|#999
6 tháng đầu năm|#1313|#333`, "5 total [2 3 4]\n9 total [6 7 8]\n10 total [5 9]\nC9 is 999, its parts 210"},
		{"a commune of which an abbreviation and half the name look like a total", `
STT|Địa bàn|Số lớp|Số em
|Cao Bằng|#7|#20
1|X. Bảo Lâm|#1|#5
2|X. Tổng Cọt|#2|#6
3|X. Hà Quảng|#4|#9`, "2 total [3 4 5]"},
		{"a province over its districts, the first of which are cities", `
Mã|Địa bàn|Số hộ|Số người
30|Tỉnh Hải Dương|#7|#23
288|TP Hải Dương|#1|#5
290|TP Chí Linh|#2|#6
291|H. Nam Sách|#4|#9`, "2 total [3 4 5]\nD2 is 23, its parts 20"},
		{"a row with no name after rows with names and numbers of their own", `
TT|Đơn vị|Số hộ|Số người
I|Khối sở||
1|Sở Y tế|#10|#20
2|Sở Nội vụ|#20|#40
||#30|#60
II|Khối hội||
3|Hội Nông dân|#2|#5
4|Hội Phụ nữ|#4|#7
||#6|#12`, "2 section\n5 total [3 4]\n6 section\n9 total [7 8]"},
		{"parts that are numbered one deeper, and need not be all", `
TT|Nội dung|Số người|Số lượt
1|Trợ giúp||
1.1|Số người dự|#0|#0
|Trong đó:||
1.1.1|Người làm công tác|#0|#0
1.1.2|Nữ|#0|#0
1.2|Số tin, bài|#9|#8
|Chia ra:||
1.2.1|Báo in|#4|#3
1.2.2|Báo điện tử|#5|#5`, "2 section\n4 section\n5 part\n6 part\n7 total [9 10]\n8 section"},
		{"a total that is the same as that of one section leaves the other out", `
TT|Đơn vị|Số người
|Tổng|#2826
I|Khối sở|#2826
1|Sở Y tế|#131
2|Sở Tài chính|#2695
II|Khối hội|#1693
3|Hội Nông dân|#1469
4|Hội Phụ nữ|#224`, "2 total [3 6]\n3 total [4 5]\n6 total [7 8]\nC2 is 2826, its parts 4519"},
		{"the end of a section, however far off", `
TT|Địa bàn|Số ca
I|Trung du|
1|Yên Bái|#16
2|Hòa Bình|#40
|Cộng mục I|#56
II|Đồng bằng|
3|Hải Dương|#8
4|Hưng Yên|#5
|Cộng|#93
III|Tây Nguyên|
5|Gia Lai|#6
6|Đắk Lắk|#7
|Cộng|#13`, "2 section\n5 total [3 4]\n6 section\n9 total [7 8]\n10 section\n13 total [11 12]\nC9 is 93, its parts 13"},
		{"the one row without a code", `
Mã|Địa bàn|Số ngày|Số ca
|Chung|#20|#43
01|Hà Nội|#7|#10
11|Điện Biên|#5|#12
12|Lai Châu|#9|#21`, "2 total [3 4 5]\nC2 is 20, its parts 21"},
		{"parts of parts are not added", `
TT|Đối tượng|Số người|Số lượt
|Cộng chung|#23|#46
|Trong đó:||
1|Trẻ em|#9|#20
|Trong đó: nữ|#4|#11
2|Người già|#8|#16
3|Người khác|#6|#10
|Trong đó: nữ|#3|#5`, "2 total [4 6 7]\n3 section\n4 part\n5 part\n6 part\n7 part\n8 part"},
		{"nought over marks for nothing, where the tree adds up", `
TT|Nội dung|Kết quả
I|Tiếp dân|
1|Số lượt|#0
a|Thường xuyên|-
b|Định kỳ|-
2|Số đơn|#6965
a|Khiếu nại|#2008
b|Kiến nghị|#4957`, "2 section\n3 total [4 5]\n6 total [7 8]"},
		{"a province over its communes, and words between", `
TT|Xã|Kết quả
|Tỉnh Cao Bằng|#690
|Trong đó:|
1|Xã Bảo Lạc|#249
2|Xã Cô Ba|#126
3|Xã Thông Nông|#315`, "2 total [4 5 6]\n3 section\n4 part\n5 part\n6 part"},
		{"a heading over the head once more", `
STT|Loại|Kỳ trước|Kỳ này
1|Trâu|#500|#520
2|Bò|#510|#521
2. Số con được tiêm phòng|||
STT|Loại|Kỳ trước|Kỳ này
1|Trâu|#50|#60
2|Bò|#51|#61
3. Số con tiêu hủy|||
STT|Loại|Kỳ trước|Kỳ này
1|Trâu|#5|#6
2|Bò|#4|#7`, "4 section\n8 section"},
		{"numbered rows between others", `
STT|Nội dung|Số người
1|Công chức|#106
|- Nữ|#35
|- Đảng viên|#53
2|Viên chức|#277
|- Nữ|#138
|- Đảng viên|#69
|Tổng cộng|#383`, "8 total [2 5]"},
		{"words for a figure in the first row", `
STT|Nội dung|Số lượng
#1|Cây giống|khoảng 120
#2|Con giống|#5
#3|Phân bón|#7
|Cộng|#12`, "5 total [3 4]"},
		{"a total by formulas without a value", `
STT|Xã|Số hộ|Số người
1|Lý Bôn|#10|#40
2|Hưng Đạo|#20|#50
|Tổng cộng|=SUM(C2:C3)|=SUM(D2:D3)`, "4 total [2 3]"},
		{"totals of totals by formulas without a value", `
STT|Xã|Số hộ
I|Vùng thấp|
1|Lý Bôn|#10
2|Hưng Đạo|#20
|Cộng|=SUM(C3:C4)
II|Vùng cao|
3|Huy Giáp|#30
4|Xuân Trường|#7
|Cộng|=SUM(C7:C8)
|Tổng cộng|=C5+C9`, "2 section\n5 total [3 4]\n6 section\n9 total [7 8]\n10 total [5 9]"},
		{"a formula of one cell is no total", `
STT|Xã|Số hộ
1|Lý Bôn|#10
2|Hưng Đạo|#20
3|Huy Giáp|=C2`, ""},
		{"words behind a number that stand below the first figure", `
Xã|Số hộ|Nơi họp
Xã A|#12|nhà
Xã B|#8|12 nhà sàn
Xã C|#15|sân
|#35|`, "5 total [2 3 4]"},
		{"words behind a number that its head names", `
STT|Xã|Số giấy đã cấp|Thu phí
1|Xã A|12 giấy|#12500
2|Xã B|#8|#8000
3|Xã C|#15|#15250
|Tổng|#35|#35750`, "5 total [2 3 4]"},
		{"an empty row among its like heads nothing", `
Thời gian|Đầu kỳ|Tăng
Tháng 1|#36|#14
Tháng 2||
Tháng 3|#32|#61
Tháng 4|#95|#88`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for line := range strings.SplitSeq(understood(Discover(drawn(t, tt.sheet))), "\n") {
				if line = strings.TrimSpace(line); line != "" && (line[0] >= '0' && line[0] <= '9' || strings.Contains(line, " its parts ")) {
					got = append(got, line)
				}
			}
			if said := strings.Join(got, "\n"); said != tt.want {
				t.Errorf("got\n%s\nwant\n%s", said, tt.want)
			}
		})
	}
}

// TestColumnSlips: column totals in which a row does not close.
func TestColumnSlips(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"the months of a period", `
Xã|Tháng 1|Tháng 2|Cả kỳ
Lý Bôn|#5|#6|#11
Hưng Đạo|#7|#9|#16
Huy Giáp|#8|#9|#71`, "D =B C"},
		{"less than what is among it is a slip", `
Xã|Tổng số|Trong đó|
||Nam|Nữ
Lý Bôn|#11|#5|#6
Hưng Đạo|#16|#7|#9
Huy Giáp|#7|#8|#9
merge C1:D1`, "B =C D"},
		{"what it is divided into behind what is among it", `
Xã|Tổng số|Trong đó||Chia theo giới tính|
||Khuyết tật|DTTS|Nam|Nữ
An Bình|#100|#10|#20|#55|#45
Tân An|#80|#8|#2|#30|#50
Cao An|#60|#1|#3|#35|#30
Cẩm Điền|#70|#1|#3|#40|#30
merge C1:D1
merge E1:F1`, "B =E F"},
		{"rows of shares do not add up across", `
Chỉ tiêu|Đơn vị tính|Toàn huyện|Xã A|Xã B
Buổi chiếu phim|buổi|#25|#12|#13
Lượt người xem|lượt|#6801|#3400|#3401
Kinh phí|triệu đồng|#92.5|#45.5|#47
Tỷ lệ gia đình văn hóa|%|#88.9|#88.2|#89.3
Thôn văn hóa|thôn|#15|#7|#8`, "C =D E"},
		{"more may be what is not among it", `
Xã|Tổng số|Trong đó|
||Nam|Nữ
Lý Bôn|#11|#5|#6
Hưng Đạo|#16|#7|#9
Huy Giáp|#71|#8|#9
merge C1:D1`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for line := range strings.SplitSeq(understood(Discover(drawn(t, tt.sheet))), "\n") {
				if _, parts, ok := strings.Cut(line, " = "); ok {
					got = strings.TrimSpace(line)[:1] + " =" + parts
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
