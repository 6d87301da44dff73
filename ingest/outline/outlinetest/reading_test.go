package outlinetest_test

import (
	"flag"
	"testing"

	"tonghop/ingest/outline"
	"tonghop/ingest/outline/outlinetest"
	"tonghop/internal/xlsx"
)

var (
	seeds   = flag.Int("seeds", 100, "how many samples to read")
	from    = flag.Uint64("from", 0, "the first seed among them, less where they begin")
	held    = flag.Bool("held", false, "read samples held out from tuning")
	show    = flag.Int("show", 5, "failures to show for each task")
	onlyFor = flag.String("task", "", "show the failures of this task alone")
)

// reader is the reader that is measured.
func reader(name string, body []byte) (outline.File, error) {
	r, stop := outline.Read(name, body, xlsx.Limits{})
	if stop != nil {
		return outline.File{}, *stop
	}
	return r.File, nil
}

func TestReading(t *testing.T) {
	first := uint64(outlinetest.FirstTuningSeed)
	if *held {
		first = outlinetest.FirstHeldOutSeed
	}
	scores := outlinetest.Measure(reader, first+*from, *seeds)
	for _, task := range outlinetest.AllTasks {
		s := scores[task]
		t.Logf("%-15s precision %6d/%-6d recall %6d/%-6d", task, s.Right, s.Got, s.Right, s.Gold)
		if *onlyFor != "" && *onlyFor != string(task) {
			continue
		}
		for _, f := range s.Failures[:min(*show, len(s.Failures))] {
			t.Log("    ", f)
		}
	}
}
