package table

import (
	"slices"

	"tonghop/report/decimal"
)

// vectors are the figures of a table by lines, along which is summed, and lanes,
// in each of which the sum must close: rows by columns, or columns by rows.
type vectors struct {
	n, lanes int
	cells    []figure
}

// figure is a cell of vectors.
type figure struct {
	value decimal.Decimal
	has   bool
	fine  bool // all digits are there
}

func newVectors(n, lanes int) *vectors {
	return &vectors{n: n, lanes: lanes, cells: make([]figure, n*lanes)}
}

func (v *vectors) at(line, lane int) *figure { return &v.cells[line*v.lanes+lane] }

// verdict counts the lanes in which a line is the sum of others.
type verdict struct {
	hits    int // closes, and is not 0
	zeros   int // closes at 0
	rounded int // whole numbers that close but for their rounding
	misses  int
}

// whole reports whether nothing speaks against a sum and something for it.
func (c verdict) whole() bool { return c.misses == 0 && c.rounded == 0 && c.hits > 0 }

// likely is whole where whole numbers may have been rounded before they were added:
// enough only where something else says that this is a sum.
func (c verdict) likely() bool { return c.misses == 0 && c.hits+c.rounded > 0 }

// mostly reports whether more speaks for a sum than against it.
func (c verdict) mostly() bool { return c.hits > c.misses }

// sum is a running sum of lines.
type sum struct {
	*vectors
	total []decimal.Decimal
	slack []decimal.Decimal // what the last digits of binary fractions may be off
	parts []int             // figures added, by lane
	bad   []bool            // a lane whose sum cannot be held
	scale []int             // decimals of the parts at most, by lane
}

func (v *vectors) newSum() *sum {
	return &sum{vectors: v, total: make([]decimal.Decimal, v.lanes), slack: make([]decimal.Decimal, v.lanes), parts: make([]int, v.lanes), bad: make([]bool, v.lanes), scale: make([]int, v.lanes)}
}

// clone gives a sum that goes on from here by itself.
func (s *sum) clone() *sum {
	return &sum{s.vectors, slices.Clone(s.total), slices.Clone(s.slack), slices.Clone(s.parts), slices.Clone(s.bad), slices.Clone(s.scale)}
}

// add takes a line in.
func (s *sum) add(line int) {
	for lane := range s.lanes {
		f := s.at(line, lane)
		if !f.has || s.bad[lane] {
			continue
		}
		var err error
		if s.total[lane], err = s.total[lane].Add(f.value); err != nil {
			s.bad[lane] = true
			continue
		}
		s.parts[lane]++
		s.scale[lane] = max(s.scale[lane], f.value.Scale())
		if !f.fine {
			s.loosen(lane, f.value)
		}
	}
}

// join takes all the lines of another sum in.
func (s *sum) join(o *sum) {
	for lane := range s.lanes {
		if o.parts[lane] == 0 && !o.bad[lane] || s.bad[lane] {
			continue
		}
		total, err := s.total[lane].Add(o.total[lane])
		slack, tooLoose := s.slack[lane].Add(o.slack[lane])
		if err != nil || tooLoose != nil || o.bad[lane] {
			s.bad[lane] = true
			continue
		}
		s.total[lane], s.slack[lane] = total, slack
		s.parts[lane] += o.parts[lane]
		s.scale[lane] = max(s.scale[lane], o.scale[lane])
	}
}

// loosen allows for the last digit of a number that has all the digits a binary
// fraction holds: it was computed, and its decimal was cut there.
func (s *sum) loosen(lane int, d decimal.Decimal) {
	if sum, err := s.slack[lane].Add(lastDigit(d)); err == nil {
		s.slack[lane] = sum
	}
}

// lastDigit gives 1 at the place of the last decimal of d.
func lastDigit(d decimal.Decimal) decimal.Decimal { return decimal.New(1, d.Scale()) }

// mayBe reports whether one of the first few lanes in which a line is not nought
// closes: most lines that are no sum are known by that.
func (s *sum) mayBe(line int) bool {
	const looks = 4
	seen := 0
	for lane := 0; lane < s.lanes && seen < looks; lane++ {
		f := s.at(line, lane)
		if !f.has || f.value.IsZero() || s.parts[lane] == 0 || s.bad[lane] {
			continue
		}
		if s.closes(f, lane) || s.rounds(f, lane) {
			return true
		}
		seen++
	}
	return seen == 0
}

// outcome is how a sum compares with a line in one lane.
type outcome uint8

const (
	unasked outcome = iota // one of them has no figure
	hit
	zero
	rounded
	miss
)

// in holds the sum against a line in one lane.
func (s *sum) in(lane, line int) outcome {
	f := s.at(line, lane)
	switch {
	case !f.has || s.parts[lane] == 0 || s.bad[lane]:
		return unasked
	case s.closes(f, lane) && f.value.IsZero():
		return zero
	case s.closes(f, lane):
		return hit
	case !s.rounds(f, lane):
		return miss
	case f.value.IsInteger() && s.scale[lane] == 0:
		return rounded
	case f.value.IsZero():
		return zero
	}
	return hit
}

// count takes a lane in.
func (c *verdict) count(o outcome) {
	switch o {
	case hit:
		c.hits++
	case zero:
		c.zeros++
	case rounded:
		c.rounded++
	case miss:
		c.misses++
	}
}

// against holds the sum against a line.
func (s *sum) against(line int) (c verdict) {
	for lane := range s.lanes {
		c.count(s.in(lane, line))
	}
	return c
}

// closes reports whether a figure is the sum of a lane, to the last digit that
// the workbook can hold of each of them.
func (s *sum) closes(f *figure, lane int) bool {
	if f.value == s.total[lane] || f.value == held(s.total[lane]) {
		return true
	}
	slack := s.slack[lane]
	if !f.fine {
		if sum, err := slack.Add(lastDigit(f.value)); err == nil {
			slack = sum
		}
	}
	if slack.IsZero() {
		return false
	}
	diff, err := f.value.Add(s.total[lane].Neg())
	return err == nil && diff.Abs().Cmp(slack) <= 0
}

// rounds reports whether a figure differs from the sum of a lane by no more than
// the rounding of its parts makes: half of their last decimal for each of them and
// for the sum. Whole numbers are not taken for rounded.
func (s *sum) rounds(f *figure, lane int) bool {
	scale := max(s.scale[lane], f.value.Scale())
	if scale > 4 {
		return false
	}
	diff, err := f.value.Add(s.total[lane].Neg())
	if err != nil {
		return false
	}
	most := decimal.New(int64(s.parts[lane]+1)*5, scale+1)
	least, err := diff.Abs().Mul(decimal.FromInt(leastOfRounded))
	if err != nil || scale == 0 && least.Cmp(f.value.Abs()) > 0 {
		return false
	}
	return diff.Abs().Cmp(most) <= 0 && diff.Abs().Cmp(f.value.Abs()) < 0
}

// leastOfRounded is how many times its difference a whole number must be at least
// to be taken for the sum of rounded ones.
const leastOfRounded = 200

// held gives a sum as a cell can hold it: with the digits that a workbook keeps.
func held(d decimal.Decimal) decimal.Decimal {
	if d.Scale() == 0 {
		return d
	}
	over := len(digitsOf(d.Abs().String())) - storedDigits
	if over <= 0 {
		return d
	}
	return d.Round(max(d.Scale()-over, 0), decimal.HalfUp)
}

// of gives the sum of lines.
func (v *vectors) of(lines []int) *sum {
	s := v.newSum()
	for _, l := range lines {
		s.add(l)
	}
	return s
}

// near reports whether a line is not far from a sum in any lane: within a fifth of
// it. So is a total with a slip in it; what is something else is mostly not.
func (s *sum) near(line int) bool {
	checked := false
	for lane := range s.lanes {
		f := s.at(line, lane)
		if !f.has || s.parts[lane] == 0 || s.bad[lane] || f.value.IsZero() && s.total[lane].IsZero() {
			continue
		}
		checked = true
		diff, err := f.value.Add(s.total[lane].Neg())
		if err != nil {
			return false
		}
		times, err := diff.Abs().Mul(decimal.FromInt(5))
		if err != nil || times.Cmp(s.total[lane].Abs()) > 0 {
			return false
		}
	}
	return checked
}
