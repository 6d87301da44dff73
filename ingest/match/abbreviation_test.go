package match

import (
	"strings"
	"testing"

	"tonghop/ingest/viet"
)

func TestAbbreviates(t *testing.T) {
	const labour = "Sở Lao động - Thương binh và Xã hội"
	for _, tt := range []struct {
		text, name string
		want       bool
	}{
		{"SLĐTBXH", labour, true},
		{"Sở LĐ,TB&XH", labour, true},
		{"Sở LĐ-TB&XH", labour, true},
		{"Sở LĐTBXH", labour + " tỉnh Hải Dương", true},
		{"Sở LĐTB và XH", labour, true},
		{"Sở Lao động - TB&XH", labour, true},
		{"Sở LĐTBXH Hải Dương", labour + " tỉnh Hải Dương", true},
		{"Sở LĐTBXH Lào Cai", labour + " tỉnh Hải Dương", false},
		{"Sở GD&ĐT", "Sở Giáo dục và Đào tạo", true},
		{"Sở TT&TT tỉnh", "Sở Thông tin và Truyền thông tỉnh", true},
		{"Hội LHPN tỉnh", "Hội Liên hiệp phụ nữ tỉnh", true},
		{"UB MTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc tỉnh", true},
		{"UBMTTQ", "Ủy ban Mặt trận Tổ quốc tỉnh Hải Dương", true},
		{"Đài PT-TH tỉnh", "Đài Phát thanh - Truyền hình tỉnh", true},
		{"TT CTXH tỉnh Lào Cai", "Trung tâm Công tác xã hội tỉnh Lào Cai", true},
		{"Đoàn TNCS HCM tỉnh", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh", true},
		{labour, labour, false}, // nothing is shortened
		{"Sở LĐTBXH", "Sở Thông tin và Truyền thông", false},
		{"Sở TT", "Sở Thông tin và Truyền thông", false}, // half of it
		{"Sở", labour, false},
		{"Sở LĐTBXH tỉnh Lào Cai", labour + " tỉnh Hải Dương", false},
		{"", labour, false},
		{"SLĐTBXH", "", false},
	} {
		if got := abbreviates(strings.Fields(viet.Key(tt.text)), strings.Fields(viet.Key(tt.name))); got != tt.want {
			t.Errorf("%q of %q: %t, want %t", tt.text, tt.name, got, tt.want)
		}
	}
}
