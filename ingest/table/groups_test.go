package table

import (
	"fmt"
	"strings"
	"testing"
)

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
