package export

import (
	"testing"

	"tonghop/internal/xlsx"
)

// The number of a section stands in the middle of its column, as those of its
// indicators do, not on the line at its left.
func TestSectionNumbersAreCentred(t *testing.T) {
	f := reopen(t, official())
	ref := xlsx.Ref(findRow(t, f, sheetTotals, colCode, "1"), colCode)
	id, err := f.GetCellStyle(sheetTotals, ref)
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if st.Alignment == nil || st.Alignment.Horizontal != "center" {
		t.Errorf("%s is not centred: %+v", ref, st.Alignment)
	}
}
