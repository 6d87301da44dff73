package table

import (
	"strings"
	"testing"
)

// TestLosses: a short number in brackets is a loss among figures, and the number of a column
// or of a row elsewhere.
func TestLosses(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"beside other figures", `
STT|Đơn vị|Kế hoạch|Chênh lệch
(A)|(B)|(1)|(2)
1|Sở Y tế|#18|(5)
2|Sở Nội vụ|#24|120
3|Sở Tư pháp|#31|(83)`, "18 -5 24 120 31 -83"},
		{"alone, under figures", `
STT|Đơn vị|Chênh lệch
1|Sở Y tế|120
2|Sở Nội vụ|(5)
3|Sở Tư pháp|16`, "120 -5 16"},
		{"first, over longer ones", `
STT|Đơn vị|Chênh lệch
1|Sở Y tế|(5)
2|Sở Nội vụ|(1.250)
3|Sở Tư pháp|16`, "-5 -1250 16"},
		{"numbers of rows and of columns", `
STT|Đơn vị|Số hộ|Số người
(A)|(B)|(1)|(2)
1|Khối sở|#12|#7
(1)|Sở Y tế|#8|#5
(2)|Sở Nội vụ|#4|#2
2|Khối hội|#1|#2`, "12 7 8 5 4 2 1 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := Discover(drawn(t, tt.sheet))
			if len(found.Tables) != 1 {
				t.Fatalf("%d tables", len(found.Tables))
			}
			var got []string
			x := found.Tables[0]
			for i := range x.Lines {
				for _, f := range x.Figures(x.Lines[i].Row) {
					if col := x.Cols[f.Col-x.Cols[0].Col]; col.Role == ColValue {
						got = append(got, f.Value.String())
					}
				}
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
