package outlinetest

import (
	"fmt"

	"tonghop/ingest/outline"
)

// Reader is what is measured: it says what a workbook holds.
type Reader func(name string, body []byte) (outline.File, error)

// Measure scores a reader on n samples from a seed on. A sample that it cannot
// read at all counts as one in which it found nothing.
func Measure(read Reader, first uint64, n int) Scores {
	all := Scores{}
	for i := range uint64(max(0, n)) {
		sample := Generate(first + i)
		got, err := read(sample.Name, sample.Body)
		if err != nil {
			got = outline.File{File: fmt.Sprintf("not read: %v", err)}
		}
		all.Add(Score(sample, got))
	}
	return all
}
