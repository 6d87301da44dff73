package paper

import (
	"slices"
	"testing"
)

// TestWithUnit: words say a unit once, and a letter within a word is no unit.
func TestWithUnit(t *testing.T) {
	for _, tt := range []struct{ words, unit, want string }{
		{"Kinh phí", "triệu đồng", "Kinh phí (triệu đồng)"},
		{"Kinh phí (triệu đồng)", "triệu đồng", "Kinh phí (triệu đồng)"},
		{"Nam", "m", "Nam (m)"},
		{"Dài, m", "m", "Dài, m"},
		{"Kinh phí", "", "Kinh phí"},
		{"", "kg", "(kg)"},
	} {
		if got := WithUnit(tt.words, tt.unit); got != tt.want {
			t.Errorf("WithUnit(%q, %q) = %q, want %q", tt.words, tt.unit, got, tt.want)
		}
	}
	path := []string{"Kinh phí (đồng)", "Tỉnh"}
	if got := PathWithUnit(path, "đồng"); !slices.Equal(got, path) {
		t.Errorf("%q says its unit further up, and %q", path, got)
	}
	if got := PathWithUnit(path, ""); !slices.Equal(got, path) {
		t.Errorf("%q without a unit is %q", path, got)
	}
	if got := PathWithUnit(path, "kg"); got[1] != "Tỉnh (kg)" || path[1] != "Tỉnh" {
		t.Errorf("%q in kg is %q", path, got)
	}
}
