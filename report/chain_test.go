package report_test

import (
	"testing"

	"tonghop/report"
)

// TestChain: a link is the SHA-256 of the link before it, 32 zero bytes at first, and the
// letters of the ID. The links here were worked out by another program.
func TestChain(t *testing.T) {
	var c report.Chain
	if c.Events() != 0 || c.Journal() != "" {
		t.Errorf("no events: %d of %q", c.Events(), c.Journal())
	}
	for i, step := range []struct{ id, link string }{
		{"aa", "7b82a206453c2696c736e213ab227130b75fc96b55afd793ff082866ac437a8c"},
		{"bb", "94755dfdd7973aa9cfe68f59bccf43774a6398effe940b7074c307abb4dac8d0"},
		{"cc", "6ad80630f205dbe9d4557949a38b982463db61b9d652f83a4028153c4e28aed2"},
	} {
		c.Add(&report.Event{ID: step.id})
		if c.Value() != step.link || c.Events() != uint64(i+1) || c.Journal() != "aa" {
			t.Errorf("after %s: %s, %d events of %s", step.id, c.Value(), c.Events(), c.Journal())
		}
	}
}
