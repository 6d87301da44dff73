package match

import "testing"

func TestLog2(t *testing.T) {
	for n, want := range map[int]int{-1: 0, 0: 0, 1: 0, 2: 256, 3: 405, 4: 512, 63: 1530, 64: 1536, 10035: 3402, 1 << 20: 20 * 256} {
		if got := log2(n); got != want {
			t.Errorf("log2 of %d is %d/256, want %d/256", n, got, want)
		}
	}
}
