package report

import (
	"math"
	"slices"
	"testing"
)

func TestNumbers(t *testing.T) {
	for _, numbers := range [][]uint64{
		{}, {0}, {0, 0, 0}, {1}, {0, 255, 3}, {256, 1}, {1 << 16, 5, 0}, {math.MaxUint64, 0, 1 << 40},
	} {
		packed := NumbersOf(numbers)
		var got []uint64
		for i := range numbers {
			got = append(got, packed.At(i))
		}
		if !slices.Equal(got, numbers) {
			t.Errorf("got %v, want %v", got, numbers)
		}
		if most := slices.Max(append(numbers, 0)); most == 0 && packed != "" || most < 256 && len(packed) > 1+len(numbers) {
			t.Errorf("%v take %d bytes", numbers, len(packed))
		}
	}
}
