package table

// bySection takes the row that ends a section for the sum of its rows: "I. Khối sở",
// its agencies, "Cộng I". Where half of the sections end in such a sum or more, the others
// end in one with a slip.
func (s *rowSums) bySection() {
	var found []candidate
	var heads []int
	closed := 0
	for head := range s.Lines {
		if s.Lines[head].Role != RowSection || isPartHeading(s.Lines[head].Name) {
			continue
		}
		i, of := s.endOf(head)
		if len(of) < 2 {
			continue
		}
		c := candidate{s.of(of).against(i), i, of}
		found, heads = append(found, c), append(heads, head)
		if c.whole() || c.mostly() {
			closed++
		}
	}
	if closed == 0 || closed*2 < len(found) {
		return
	}
	for k, c := range found {
		// What goes on behind it is no total of all: it is of the section, however far off.
		inside := s.Lines[c.line].saysPlainTotal() && c.line+1 < len(s.Lines)
		if c.whole() || c.mostly() || inside || s.isSlip(c.line, c.of) {
			s.take(c.line, c.of)
			s.sections[heads[k]] = c.line
		}
	}
}

// endOf gives the first row of a section that may be its total, with the rows between:
// one that is called so, or has no number among rows that have.
func (s *rowSums) endOf(head int) (end int, of []int) {
	for k := head + 1; k < len(s.Lines) && s.Lines[k].Role != RowSection; k++ {
		switch {
		case s.skip[k] || s.part[k]:
		case len(of) > 0 && (s.isLabelled(k) || s.Lines[k].Number == "" && s.Lines[of[0]].Number != ""):
			if s.Lines[k].Sum != nil {
				return 0, nil
			}
			return k, of
		default:
			of = append(of, k)
		}
	}
	return 0, nil
}
