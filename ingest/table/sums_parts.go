package table

// markParts finds the rows that are parts of a row above and are counted there.
func (s *rowSums) markParts() {
	for i := 0; i < len(s.Lines); i++ {
		l := &s.Lines[i]
		_, rest := splitNumber(l.Name)
		if !IsPart(rest) && !isPartHeading(l.Name) {
			continue
		}
		heading := isPartHeading(l.Name)
		if heading && closesParts(l.Name) {
			continue // they are told by adding up
		}
		if !heading {
			s.part[i] = true
		}
		if i+1 == len(s.Lines) {
			return
		}
		base := noStyle
		if i > 0 {
			base = styleOf(s.Lines[i-1].Number)
		}
		first := styleOf(s.Lines[i+1].Number)
		if !heading && first != dash && first != plus {
			continue
		}
		if !heading && l.Number != "" && styleOf(l.Number) == first {
			continue // "- Trong đó nữ" among dashes is one part alone
		}
		for k := i + 1; k < len(s.Lines) && !isPartHeading(s.Lines[k].Name); k++ {
			if _, name := splitNumber(s.Lines[k].Name); heading && k > i+1 && IsPart(name) {
				s.part[k] = true // of the part above it
				continue
			}
			st := styleOf(s.Lines[k].Number)
			deeper := st == dotted && i > 0 && depthIn(s.Lines[k].Number) > depthIn(s.Lines[i-1].Number) // 1.3.1 after 1.3
			if s.isLabelled(k) || st != first && (st == base || st < first && st != noStyle) || st == base && st != noStyle && !deeper || s.Lines[k].Level > 0 && l.Level > 0 && s.Lines[k].Level < l.Level {
				break
			}
			if first == noStyle && st != noStyle || first != noStyle && st == noStyle {
				break
			}
			s.part[k] = true
		}
	}
}

// without marks the rows that stand out by not having what nearly all have.
func (s *rowSums) without(what func(*Line) string) []bool {
	bare := make([]bool, len(s.Lines))
	has, lacks := 0, 0
	for i := range s.Lines {
		switch {
		case s.skip[i] || s.part[i]:
		case what(&s.Lines[i]) != "":
			has++
		default:
			bare[i] = true
			lacks++
		}
	}
	if has < 3*lacks {
		clear(bare)
	}
	return bare
}

// byParts tries a total as the sum of the rows that "trong đó" stands over: they need
// not be all of it, but may.
func (s *rowSums) byParts() {
	for h := 1; h < len(s.Lines); h++ {
		i := h - 1
		if !isPartHeading(s.Lines[h].Name) || s.skip[i] || s.Lines[i].Sum != nil {
			continue
		}
		of := s.partsUnder(h)
		sum := s.reckon(of)
		c := sum.against(i)
		switch {
		case len(of) < 2:
		case c.whole() && (s.isLabelled(i) || c.hits > 1), c.misses > 0 && s.beyondChance(candidate{c, i, of}), s.Lines[i].saysPlainTotal() && (c.hits > 1 && c.mostly() || sum.near(i)):
			s.take(i, of)
		}
	}
}

// partsUnder gives the rows that "trong đó" stands over, without the parts of those: rows
// that are numbered as the first of them is.
func (s *rowSums) partsUnder(heading int) []int {
	var of []int
	for k := heading + 1; k < len(s.Lines) && s.part[k]; k++ {
		_, name := splitNumber(s.Lines[k].Name)
		if s.skip[k] || len(of) > 0 && (IsPart(name) || !sameNumbering(s.Lines[of[0]].Number, s.Lines[k].Number)) {
			continue
		}
		of = append(of, k)
	}
	return of
}

// sameNumbering reports whether two numbers of rows are of one kind and depth.
func sameNumbering(a, b string) bool {
	return styleOf(a) == styleOf(b) && (styleOf(a) != dotted || depthIn(a) == depthIn(b))
}
