package export

import "testing"

// Whoever saves the figures of all and those of the approved alone side by side
// must have two files.
func TestFileNamesTellTheApprovedFromAll(t *testing.T) {
	all, approved := sample(), sample()
	approved.Official = true
	if a, b := FileName(all), FileName(approved); a == b {
		t.Errorf("both are called %s", a)
	}
	final := official()
	if got, want := FileName(final), "tong-hop_ngay-ctxh-2021_2021-04-01.xlsx"; got != want {
		t.Errorf("the final file is called %s, want %s", got, want)
	}
}
