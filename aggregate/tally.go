package aggregate

import (
	"cmp"
	"slices"

	"tonghop/report"
	"tonghop/report/decimal"
)

// tally is what is in a cell. It only counts and adds, so that what was put in
// can be taken out again exactly.
type tally struct {
	sum      decimal.Sum
	figures  int32              // leaves with a number, words, or a yes or no
	agencies int32              // agencies that have such a leaf here
	said     [len(voices)]int32 // leaves that give a reason instead, by voice
	visit    uint64             // the last one of [cube.count] to move agencies
}

// voices are the reasons a leaf can give for having no figure, the one that
// weighs most first: that is the one a cell of several shows.
var voices = [...]report.Mark{
	report.MarkOverflow, report.MarkNotAdditive, report.MarkNotCollected, report.MarkUndefined, report.MarkNil, report.MarkNotApplicable,
}

// share is what a leaf adds to a tally, or what is added to take it out again. It is
// worked out once for all the tallies that the leaf belongs to.
type share struct {
	sum   decimal.Sum // of a number; of anything else nought, which adds nothing
	sign  int32       // +1, or -1 to take out
	voice report.Mark // the reason there is no figure for; none when there is one
}

// of makes it the share of a number.
func (s *share) of(num decimal.Decimal) {
	if s.sign > 0 {
		s.sum.Add(num)
	} else {
		s.sum.Sub(num)
	}
}

// count adds a share.
func (t *tally) count(s *share) {
	if s.voice != report.MarkNone {
		t.said[slices.Index(voices[:], s.voice)] += s.sign
		return
	}
	t.figures += s.sign
	t.sum.Merge(s.sum)
}

// merge adds what another tally has, of other agencies.
func (t *tally) merge(other *tally) {
	t.sum.Merge(other.sum)
	t.figures += other.figures
	t.agencies += other.agencies
	for v := range t.said {
		t.said[v] += other.said[v]
	}
}

// isRefused reports whether one of the leaves is a figure that cannot be given: what
// is left without it would be the answer to another question.
func (t *tally) isRefused() bool { return t.said[0]+t.said[1] > 0 }

// size counts the leaves in a tally.
func (t *tally) size() int32 {
	n := t.figures
	for _, said := range t.said {
		n += said
	}
	return n
}

// entry is the tally of one indicator on a shelf.
type entry struct {
	indicator int32
	tally
}

// shelf holds the tallies of a spot, by indicator.
type shelf struct{ entries []entry }

// tally finds the tally of an indicator, and makes one where there is none.
func (s *shelf) tally(indicator int32) *tally {
	at, found := s.find(indicator)
	if !found {
		s.entries = slices.Insert(s.entries, at, entry{indicator: indicator})
	}
	return &s.entries[at].tally
}

func (s *shelf) find(indicator int32) (int, bool) {
	// They stand in order, each once: up to the first that is left out, each
	// stands at its own number.
	if at := int(indicator); at < len(s.entries) && s.entries[at].indicator == indicator {
		return at, true
	}
	return slices.BinarySearchFunc(s.entries, indicator, func(e entry, i int32) int { return cmp.Compare(e.indicator, i) })
}

// size counts the leaves on a shelf.
func (s *shelf) size() (n int32) {
	if s == nil {
		return 0
	}
	for i := range s.entries {
		n += s.entries[i].size()
	}
	return n
}
