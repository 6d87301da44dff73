package outline

import (
	"fmt"
	"slices"
	"testing"

	"tonghop/internal/xlsx"
)

// TestOwnUnits: a cell with a unit of its own is added in the unit of its column, or
// not at all; what is counted may be named in the cell.
func TestOwnUnits(t *testing.T) {
	r, stop := Read("a.csv", []byte("STT;Đơn vị;Kinh phí (triệu đồng);Số hộ\n1;Xã Tân Tiến;1,5 tỷ;05 hộ\n2;Xã Đồng Tâm;300;25%\n3;Xã Hồng Phong;0,2 tỷ đồng;7\n"), xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	var got []string
	for _, f := range r.Papers()[0].Figures {
		got = append(got, f.Cell+" "+f.Value.String())
	}
	if want := []string{"C2 1500", "D2 5", "C3 300", "C4 200", "D4 7"}; !slices.Equal(got, want) {
		t.Errorf("figures %v, want %v", got, want)
	}
	got = nil
	for _, f := range r.File.Findings {
		got = append(got, fmt.Sprint(f.Code, " ", f.Cell))
	}
	if want := []string{"N522 C2", "V317 D3"}; !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
}
