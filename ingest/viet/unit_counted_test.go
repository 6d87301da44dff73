package viet

import "testing"

func TestCounted(t *testing.T) {
	for _, tt := range []struct {
		words                  string
		number, things, amount bool
	}{
		{"Số hộ", true, false, false},
		{"Tổng số hộ nghèo", true, false, false},
		{"Số người được vay vốn", true, false, true},
		{"Trong đó: số nữ", true, false, false},
		{"Hộ nghèo", false, true, false},
		{"Nam", false, true, false},
		{"Năm", false, false, false},
		{"Kinh phí", false, false, true},
		{"Số tiền", false, false, true},
		{"Số dư", false, false, true},
		{"Kinh phí hỗ trợ số hộ nghèo", false, false, true},
		{"Số hội nghị", true, false, false},
		{"Số biên bản", true, false, false},
		{"Số máy ATM", true, false, false},
		{"Số lượng", true, false, false},
		{"SL khách hàng", true, false, false},
		{"SL lúa", false, false, false}, // sản lượng
		{"Số đã chi", false, false, false},
		{"Số đầu năm", false, false, false},
		{"Số phải nộp ngân sách", false, false, false},
		{"Mã số thuế", false, false, false},
		{"Hệ số lương", false, false, false},
		{"Tổng số tiền", false, false, true},
		{"Số 1", false, false, false},
		{"Dân số hộ gia đình", true, false, false},
		{"Tổng số", false, false, false},
		{"", false, false, false},
	} {
		if n, th, a := IsNumberOf(tt.words), NamesThings(tt.words), IsAmount(tt.words); n != tt.number || th != tt.things || a != tt.amount {
			t.Errorf("%q: a number of things %v, things %v, an amount %v", tt.words, n, th, a)
		}
	}
}
