package outlinetest

import (
	"strings"
	"testing"
)

func TestPercentIsNeverTooGood(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		want        string
	}{{0, 0, "-"}, {0, 7, "0.00"}, {7, 7, "100.00"}, {99_999, 100_000, "99.99"}, {1, 3, "33.33"}, {2, 3, "66.66"}} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: got %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

func TestPutResults(t *testing.T) {
	page := "before\n" + resultsBegin + "old\n" + resultsEnd + "after\n"
	got, err := PutResults(page, Scores{Places: {Right: 3, Gold: 4, Got: 3}}.Markdown())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got, "| places | 4 | 3 | 3 | 100.00 | 75.00 |") || strings.Contains(got, "old") || !strings.HasPrefix(got, "before\n") || !strings.HasSuffix(got, "after\n") {
		t.Errorf("got %s", got)
	}
	again, err := PutResults(got, "new")
	if err != nil || strings.Contains(again, "places") {
		t.Errorf("put again: %v, %s", err, again)
	}
	if _, err := PutResults("no marks", "x"); err == nil {
		t.Error("a page without marks is taken")
	}
}
