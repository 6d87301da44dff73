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
		r.addLeaves(i, 0)
	}
	r.sum.add(i)
}

// deepest bounds how far totals are followed down.
const deepest = 10

func (r *reckoned) addLeaves(i, depth int) {
	parts := r.rows.Lines[i].Sum
	if parts == nil || depth == deepest {
		r.leaves.add(i)
		return
	}
	for _, k := range r.rows.linesOf(parts) {
		r.addLeaves(k, depth+1)
	}
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
