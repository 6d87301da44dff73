package table

// reckoned is a sum of rows in two ways: as they stand, and with the parts of each
// total in its place. A total of all is right by the second where the total of a
// section has a slip.
type reckoned struct {
	*sum
	rows   *rowSums
	leaves *sum // nil while they are the same
}

func (s *rowSums) reckon(of []int) *reckoned {
	r := &reckoned{sum: s.newSum(), rows: s}
	for _, i := range of {
		r.add(i)
	}
	return r
}

// add takes a row in.
func (r *reckoned) add(i int) {
	if r.leaves == nil && r.rows.Lines[i].Sum != nil {
		r.leaves = r.clone()
	}
	if r.leaves != nil {
		if r.rows.Lines[i].Sum == nil {
			r.leaves.add(i)
		} else {
			r.leaves.join(r.rows.leavesOf(i, 0))
		}
	}
	r.sum.add(i)
}

// deepest bounds how far totals are followed down.
const deepest = 10

// leavesOf gives the sum of the rows that a total adds up, with the parts of totals
// among them in their place.
func (s *rowSums) leavesOf(i, depth int) *sum {
	if known := s.leaves[i]; known != nil {
		return known
	}
	sum := s.newSum()
	for _, k := range s.linesOf(s.Lines[i].Sum) {
		if s.Lines[k].Sum == nil || depth == deepest {
			sum.add(k)
		} else {
			sum.join(s.leavesOf(k, depth+1))
		}
	}
	s.leaves[i] = sum
	return sum
}

// in holds the sum against a row in one lane: it closes in either way.
func (r *reckoned) in(lane, i int) outcome {
	o := r.sum.in(lane, i)
	if o == miss && r.leaves != nil && r.leaves.in(lane, i) == hit {
		return hit
	}
	return o
}

// closesAnyhow reports whether a figure is the sum of a lane in either way.
func (r *reckoned) closesAnyhow(f *figure, lane int) bool {
	return r.closes(f, lane) || r.leaves != nil && r.leaves.closes(f, lane)
}

// against holds the sum against a row.
func (r *reckoned) against(i int) (c verdict) {
	for lane := range r.lanes {
		c.count(r.in(lane, i))
	}
	return c
}
