package sheet

import "fmt"

// Fate is what became of a cell (law 4): used, or left out for a reason.
type Fate uint8

// The fates of a cell. Unseen is where each begins and none may end.
const (
	Unseen       Fate = iota
	Used              // a fact, a header, a key or a mark
	Heading           // title, address, number above the table
	IndexRow          // "(1) (2) (3)=(1)+(2)"
	RepeatHeader      // the header once more, for the next printed page
	SectionRow        // "I. Các huyện": a heading among the rows
	TotalRow          // adds up other rows: checked, never added again
	TotalColumn       // adds up other columns
	Notes             // footnotes and signatures under the table
	Ignored           // a column that is read past on purpose
	ExtraColumn       // a column that is not understood
	UnknownRow        // a row that is not understood: an error says so
	Stray             // outside any table
	OtherSheet        // a sheet that is no part of the form
	Withdrawn         // a value that an error keeps from being a fact
)

// Settle says what became of a cell. The first word holds, save that anything
// may become Used: a cell can head two tables.
func (s *Sheet) Settle(c *Cell, f Fate) {
	if c == nil {
		return
	}
	i := s.index(c)
	if s.fates[i] == Unseen || f == Used {
		s.fates[i] = f
	}
}

// SettleRow says what became of all cells of a row that nothing was said of.
func (s *Sheet) SettleRow(row int, f Fate) {
	cells := s.Row(row)
	for i := range cells {
		if s.Fate(&cells[i]) == Unseen {
			s.Settle(&cells[i], f)
		}
	}
}

// SettleRest says what became of every cell that nothing was said of.
func (s *Sheet) SettleRest(f Fate) {
	for i := range s.fates {
		if s.fates[i] == Unseen {
			s.fates[i] = f
		}
	}
}

// Fate gives what became of a cell.
func (s *Sheet) Fate(c *Cell) Fate { return s.fates[s.index(c)] }

// FateAt gives what became of the i-th cell.
func (s *Sheet) FateAt(i int) Fate { return s.fates[i] }

// index finds a cell of this sheet among its cells. A cell that is not one of
// them is a mistake of the program.
func (s *Sheet) index(c *Cell) int {
	low, high := 0, len(s.Cells)
	for low < high {
		mid := (low + high) / 2
		if at := &s.Cells[mid]; at.Row < c.Row || at.Row == c.Row && at.Col < c.Col {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == len(s.Cells) || s.Cells[low].Row != c.Row || s.Cells[low].Col != c.Col {
		panic(fmt.Sprintf("sheet %q has no cell %s", s.Name, c.Ref()))
	}
	return low
}
