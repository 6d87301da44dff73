package ingest

import (
	"regexp"
	"slices"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
)

// settleTwins decides between columns that stand under the same words where the
// sheet itself does: one of them holds figures, the others nothing, or only marks
// of footnotes, which people put into a narrow column under the merged heading. The
// columns passed over are given back; what cannot be decided stays in h.Twice.
func settleTwins(s *sheet.Sheet, h *table.Header, until int) (passed []int) {
	var open []table.Twice
	for len(h.Twice) > 0 {
		want := h.Twice[0].Want
		twins := []int{h.Twice[0].First}
		h.Twice = slices.DeleteFunc(h.Twice, func(t table.Twice) bool {
			if t.Want == want {
				twins = append(twins, t.Second)
			}
			return t.Want == want
		})
		filled := slices.DeleteFunc(slices.Clone(twins), func(col int) bool { return !holdsMore(s, col, h.Bottom+1, until) })
		if len(filled) == 0 {
			if !underOneHead(s, h, twins) {
				filled = twins // none says more than another: as if all were filled
			} else {
				filled = twins[:1]
			}
		}
		h.Give(want, filled[0])
		for _, col := range filled[1:] {
			open = append(open, table.Twice{Want: want, First: filled[0], Second: col})
		}
		for _, col := range twins {
			if !slices.Contains(filled, col) {
				passed = append(passed, col)
			}
		}
	}
	h.Twice = open
	return passed
}

// holdsMore reports whether anything but marks of footnotes stands in a column below
// a row.
func holdsMore(s *sheet.Sheet, col, from, until int) bool {
	for _, row := range s.RowNumbers(from) {
		if until > 0 && row >= until {
			return false
		}
		if c := s.At(row, col); c != nil && !isFootnoteMark(c) && !table.IsIndexRow(s.Row(row)) {
			return true
		}
	}
	return false
}

// underOneHead reports whether columns lie under one merged cell of the header.
func underOneHead(s *sheet.Sheet, h *table.Header, cols []int) bool {
	for row := h.Top; row <= h.Bottom; row++ {
		area, merged := s.Area(row, cols[0])
		if merged && !slices.ContainsFunc(cols, func(col int) bool { return col < area.FirstCol || area.LastCol < col }) {
			return true
		}
	}
	return false
}

// footnoteMark is what points to a note under the table, standing alone in a cell.
var footnoteMark = regexp.MustCompile(`^(\((\d{1,2}|[a-zđ]|\*+)\)|\*+)$`)

// isFootnoteMark reports whether a cell holds such a mark and nothing else.
func isFootnoteMark(c *sheet.Cell) bool { return c.IsText() && footnoteMark.MatchString(c.Text) }
