package paper

import (
	"slices"
	"testing"

	"tonghop/report/calendar"
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

// TestAbove: a row stands under those whose keys its own begins with.
func TestAbove(t *testing.T) {
	s := Sum{Rows: []Row{{Key: "a", Name: "A"}, {Key: "a/b", Name: "B"}, {Key: "a/b/c", Name: "C"}, {Key: "x/c", Name: "C"}, {Key: "ab", Name: "AB"}}}
	for i, want := range [][]string{nil, {"A"}, {"A", "B"}, nil, nil} {
		if got := s.Above()[i]; !slices.Equal(got, want) {
			t.Errorf("row %d stands under %v, want %v", i, got, want)
		}
	}
}

// TestPeriod: without its year a period is named without, and comes before none that has one.
func TestPeriod(t *testing.T) {
	march, err := calendar.NewPeriod(calendar.Civil(), calendar.Month, 2026, 3)
	if err != nil {
		t.Fatal(err)
	}
	known, yearless := Period{Of: march}, Period{Of: march, Yearless: true}
	for _, tt := range []struct{ got, want string }{
		{known.VI(), "tháng 3 năm 2026"}, {known.EN(), "March 2026"}, {yearless.VI(), "tháng 3"}, {yearless.EN(), "March"}, {Period{}.VI(), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
	if known.Comparable(yearless) || known.Differs(Period{}) || known.Differs(known) || !known.Comparable(known) {
		t.Error("periods are compared with what is not known")
	}
}
