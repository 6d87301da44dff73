package viet

import "testing"

func TestCounted(t *testing.T) {
	for _, tt := range []struct {
		path []string
		want bool
	}{
		{[]string{"Số hộ"}, true},
		{[]string{"Tổng số hộ nghèo"}, true},
		{[]string{"Số hộ", "Trong đó: nữ"}, true},
		{[]string{"Số người được vay vốn"}, true},
		{[]string{"Nam"}, true},
		{[]string{"Kinh phí"}, false},
		{[]string{"Số tiền"}, false},
		{[]string{"Số dư"}, false},
		{[]string{"Kinh phí hỗ trợ số hộ nghèo"}, false},
		{[]string{"Số hộ", "Kinh phí"}, false},
		{[]string{"Kinh phí", "Số hộ"}, true},
		{[]string{"Số hội nghị"}, false},
		{[]string{"Tổng số"}, false},
		{nil, false},
	} {
		if got := Counted(tt.path...); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.path, got, tt.want)
		}
	}
}
