package aggregate

import (
	"runtime"

	"tonghop/report"
)

// readingsOfBatch is how many submissions are read before their leaves are brought to
// their places: until then these take room twice.
const readingsOfBatch = 32

// countAll counts all returns of a request whose cubes are empty. It gives the figures
// that [figures.update] gives for one return after the other, and uses all processors:
// to read a submission changes nothing, and sums are exact, so that it does not matter
// which processor adds what.
func (f *figures) countAll() {
	standing := f.contributions(func(r *report.Return) *report.Submission { return r.Standing }, nil)
	f.provisional.putAll(present(standing), nil)
	if f.official != f.provisional {
		official := f.contributions(func(r *report.Return) *report.Submission { return r.Official }, standing)
		f.official.putAll(present(official), nil)
	}
}

// contributions gives what each agency contributes with the submission that of picks, by
// roster position; of those in known that are of the same submission, these.
func (f *figures) contributions(of func(*report.Return) *report.Submission, known []*contribution) []*contribution {
	out := make([]*contribution, len(f.request.Agencies))
	batch := make([]int, 0, readingsOfBatch*runtime.GOMAXPROCS(0))
	readings := make([]reading, cap(batch))
	settle := func() {
		inParallel(len(batch), func(k int) {
			r := f.book.Returns()[f.request.Agencies[batch[k]]]
			readings[k] = f.read(int32(batch[k]), r, of(r))
		})
		for k := range batch { // in the order of the roster: to number places changes the frame
			f.intern(&readings[k])
		}
		inParallel(len(batch), func(k int) { out[batch[k]] = f.settle(&readings[k]) })
		batch = batch[:0]
	}
	for a, agency := range f.request.Agencies {
		r := f.book.Returns()[agency]
		if r == nil || of(r) == nil || f.agencies[agency] != int32(a) { // whom a roster names twice counts once
			continue
		}
		if known != nil && known[a] != nil && known[a].same(r, of(r)) {
			out[a] = known[a]
			continue
		}
		if batch = append(batch, a); len(batch) == cap(batch) {
			settle()
		}
	}
	settle()
	return out
}

// present gives the contributions that are there.
func present(parts []*contribution) (out []*contribution) {
	for _, part := range parts {
		if part != nil {
			out = append(out, part)
		}
	}
	return out
}
