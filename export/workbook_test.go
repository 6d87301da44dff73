package export

import (
	"bytes"
	"os"
	"testing"
)

func TestSameSummarySameBytes(t *testing.T) {
	s := sample()
	want := mustWorkbook(t, s)
	for range 19 {
		if got := mustWorkbook(t, s); !bytes.Equal(got, want) {
			t.Fatal("the same summary gave other bytes")
		}
	}
	if got := mustWorkbook(t, sample()); !bytes.Equal(got, want) {
		t.Fatal("a summary made anew gave other bytes: something in it or in the workbook hangs on the order of a map")
	}
	if path := os.Getenv("LOOK"); path != "" {
		os.WriteFile(path, want, 0o644)
	}
}
