package sheet

import "strings"

// What the workbooks that tonghop hands out carry for itself, unseen by who fills
// them in: a sheet of marks, and a row and a column of marks on every other sheet.
// Package ingest says what they mean.
const (
	MarkSheet  = "_tonghop" // name of the sheet of marks, which cannot be shown
	CornerMark = "tonghop:" // begins the text where the row and the column of marks meet
)

// farCorner is how far down and to the right the corner of marks is looked for: it
// was in A1, but rows and columns may have been put in before it.
const farCorner = 20

// Corner gives the cell where the row and the column of marks meet, nil where a
// sheet has no marks.
func (s *Sheet) Corner() *Cell { return s.corner }

// findCorner looks for the corner of marks among cells in order, nil where none is.
func findCorner(cells []Cell) *Cell {
	for i := range cells {
		c := &cells[i]
		if c.Row > farCorner {
			return nil
		}
		if c.Col <= farCorner && c.IsText() && strings.HasPrefix(c.Text, CornerMark) {
			return c
		}
	}
	return nil
}

// IsMark reports whether a cell of the sheet is a mark and not something that a
// person has written.
func (s *Sheet) IsMark(c *Cell) bool {
	return s.isMarkSheet() || s.corner != nil && (c.Row == s.corner.Row || c.Col == s.corner.Col)
}

func (s *Sheet) isMarkSheet() bool { return s.Hidden && s.Name == MarkSheet }

// Unmarked gives the sheet without its marks, and itself where it has none.
func (s *Sheet) Unmarked() *Sheet {
	if s.corner == nil && !s.isMarkSheet() {
		return s
	}
	kept := make([]Cell, 0, len(s.Cells))
	for i := range s.Cells {
		if !s.IsMark(&s.Cells[i]) {
			kept = append(kept, s.Cells[i])
		}
	}
	out := newSheet(s.grid, kept)
	out.Hidden, out.State = s.Hidden, s.State
	return out
}
