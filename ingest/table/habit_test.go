package table

import "testing"

// TestSettledDoubts: a sum decides which of two readings a figure is meant by, where
// others in it are in no doubt.
func TestSettledDoubts(t *testing.T) {
	for _, tt := range []struct {
		name, sheet string
		row, col    int
		doubt       bool
	}{
		{"a total of figures below a thousand", "Xã|Lợn nái\nXã A|490\nXã B|900\nCộng|1.390", 4, 2, false},
		{"a total across", "Xã|Nái|Thịt|Tổng số\nXã A|490|900|1.390\nXã B|4|5|9\nXã C|1|2|3", 2, 4, false},
		{"a total that does not close", "Xã|Lợn nái\nXã A|490\nXã B|905\nCộng|1.390", 4, 2, true},
		{"all in doubt: either reading closes", "Xã|Lợn nái\nXã A|1.200\nXã B|1.300\nCộng|2.500", 4, 2, true},
		{"no total", "Xã|Lợn nái\nXã A|490\nXã B|900\nXã C|1.390", 4, 2, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := Discover(drawn(t, tt.sheet))
			if len(found.Tables) != 1 {
				t.Fatalf("%d tables", len(found.Tables))
			}
			if _, _, doubt := found.Tables[0].Doubt(tt.row, tt.col); doubt != tt.doubt {
				t.Errorf("in doubt: %v", doubt)
			}
		})
	}
}
