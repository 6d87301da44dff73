package export

import (
	"testing"

	"tonghop/report"
)

// A part says once what it is.
func TestPartNames(t *testing.T) {
	for _, tt := range []struct {
		part       report.Part
		name, want string
	}{
		{report.PartSplit, "Trẻ em", "Chia ra: trẻ em"},
		{report.PartOf, "Nữ", "Trong đó: nữ"},
		{report.PartSplit, "Chia ra: trẻ em", "Chia ra: trẻ em"},
		{report.PartSplit, "Giảm chia ra: về gia đình", "Giảm chia ra: về gia đình"},
		{report.PartSplit, "Cuối kỳ chia ra: trẻ em", "Cuối kỳ chia ra: trẻ em"},
		{report.PartOf, "Số vụ, trong đó có trẻ em", "Số vụ, trong đó có trẻ em"},
		{report.PartSplit, "Bao gồm nhà ở", "Bao gồm nhà ở"},
	} {
		line := totalsLine{level: 1, indicator: &report.Indicator{Name: report.Text{VI: tt.name}, Part: tt.part}}
		if got := new(paper).partName(line); got != tt.want {
			t.Errorf("%q is shown as %q, want %q", tt.name, got, tt.want)
		}
	}
}
