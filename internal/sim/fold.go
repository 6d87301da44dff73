package sim

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/report"
)

// fold folds events in the order given, as every reader does.
func fold(events []*report.Event) (*aggregate.View, error) {
	books := &report.Books{}
	view := &aggregate.View{Books: books}
	view.Attach()
	recorded := make([]report.Recorded, len(events))
	for i, e := range events {
		recorded[i] = report.Recorded{Seq: uint64(i + 1), Event: e}
	}
	return view, books.Restore(recorded)
}

// Summaries folds events in the order given, and gives the request's provisional
// and official summaries.
func Summaries(events []*report.Event) (provisional, official *report.Summary, err error) {
	view, err := fold(events)
	if err != nil {
		return nil, nil, err
	}
	return summaries(view)
}

func summaries(view *aggregate.View) (provisional, official *report.Summary, err error) {
	if provisional, err = view.Summarize("ky-1", time.Time{}, false); err != nil {
		return nil, nil, err
	}
	official, err = view.Summarize("ky-1", time.Time{}, true)
	return provisional, official, err
}

// Figures folds events in the order given, and gives both summaries as text in
// which equal ones are equal byte for byte.
func Figures(events []*report.Event) ([]byte, error) {
	view, err := fold(events)
	if err != nil {
		return nil, err
	}
	return canonical(view)
}

func canonical(view *aggregate.View) ([]byte, error) {
	provisional, official, err := summaries(view)
	if err != nil {
		return nil, err
	}
	a, err := aggregate.Canonical(provisional)
	if err != nil {
		return nil, err
	}
	b, err := aggregate.Canonical(official)
	return slices.Concat(a, []byte("\n--\n"), b), err
}

// Answers folds events in the order given, and gives what is remembered of answers,
// withdrawn ones among them, as text in which equal memories are equal byte for byte.
func Answers(events []*report.Event) ([]byte, error) {
	view, err := fold(events)
	if err != nil {
		return nil, err
	}
	var out []byte
	view.Books.Read(func(l *report.Ledger) {
		for _, agency := range agencies {
			known := l.Answers("bieu", agency)
			for _, key := range slices.Sorted(maps.Keys(known)) {
				r := known[key]
				out = fmt.Appendf(out, "%s %s %q %s %s %s\n", agency, r.Words, r.Choice, r.Request, r.At.Format(time.RFC3339), r.ID)
			}
		}
	})
	return out, nil
}

// Workbook folds events in the order given and writes the Committee's workbook.
func Workbook(events []*report.Event) ([]byte, error) {
	s, _, err := Summaries(events)
	if err != nil {
		return nil, err
	}
	return export.Workbook(s)
}

// Mixed gives the events another life: split over two journals, each with
// repetitions of its own, shuffled, and merged.
func Mixed(events History, rng *rand.Rand) History {
	var journals [2]History
	for _, e := range events {
		at := rng.IntN(2)
		journals[at] = append(journals[at], e)
		if rng.IntN(4) == 0 {
			again := rng.IntN(2)
			journals[again] = append(journals[again], e)
		}
	}
	merged := slices.Concat(journals[0], journals[1])
	rng.Shuffle(len(merged), func(i, j int) { merged[i], merged[j] = merged[j], merged[i] })
	return merged
}
