package export

import "testing"

// The axis of a chart has no decimals that it does not need.
func TestAxisScale(t *testing.T) {
	for _, tt := range []struct {
		largest string
		scale   int
		want    int
	}{
		{"670.340", 3, 0}, {"99.5", 3, 1}, {"9.125", 3, 2}, {"-670.34", 2, 0}, {"5", 0, 0}, {"41", 0, 0},
	} {
		if got := axisScale([]bar{{value: num("0.5")}, {value: num(tt.largest)}}, tt.scale); got != tt.want {
			t.Errorf("up to %s with %d decimals: %d on the axis, want %d", tt.largest, tt.scale, got, tt.want)
		}
	}
}
