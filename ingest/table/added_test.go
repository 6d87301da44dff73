package table

import "testing"

// TestAdded: what each is given adds up where the last row adds it up.
func TestAdded(t *testing.T) {
	for _, tt := range []struct {
		name, sheet string
		want        bool
		broken      int
	}{
		{"a total", `
STT|Họ và tên|Mức hỗ trợ (đồng)
1|Nguyễn Văn An|#540000
2|Trần Thị Bình|#360000
3|Lê Văn Cường|#405000
|Cộng|#1305000`, true, 0},
		{"with a slip", `
STT|Họ và tên|Mức hưởng
1|Nguyễn Văn An|#540000
2|Trần Thị Bình|#360000
3|Lê Văn Cường|#405000
|Cộng|#1305100`, true, 1},
		{"a mean", `
STT|Đơn vị|Mức lương
1|Sở Y tế|#540
2|Sở Nội vụ|#360
3|Sở Tư pháp|#405
|Cộng|#435`, false, 0},
		{"no total", `
STT|Đơn vị|Mức lương
1|Sở Y tế|#540
2|Sở Nội vụ|#360
3|Sở Tư pháp|#900`, false, 0},
		{"a share", `
STT|Đơn vị|Mức đạt (%)
1|Sở Y tế|#54
2|Sở Nội vụ|#36
3|Sở Tư pháp|#10
|Cộng|#100`, false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := Discover(drawn(t, tt.sheet)).Tables[0]
			c := x.Cols[len(x.Cols)-1]
			if c.Added != tt.want || c.Adds() != tt.want || len(x.Broken) != tt.broken {
				t.Errorf("added %v, adds %v, %d broken", c.Added, c.Adds(), len(x.Broken))
			}
		})
	}
}
