package export

import (
	"bytes"
	"os"
	"testing"
)

func TestSameSummarySameBytes(t *testing.T) {
	want := mustWorkbook(t, sample())
	for range 20 {
		if got := mustWorkbook(t, sample()); !bytes.Equal(got, want) {
			t.Fatal("the same summary gave other bytes")
		}
	}
	if path := os.Getenv("LOOK"); path != "" {
		os.WriteFile(path, want, 0o644)
	}
}
