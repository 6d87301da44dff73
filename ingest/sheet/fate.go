package sheet

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
	LeftOut           // a row that the agency said is none of the form's
	Withdrawn         // a value that an error keeps from being a fact
)

// Settle says what became of a cell. The first word holds, save that anything
// may become Used: a cell can head two tables.
func (c *Cell) Settle(f Fate) {
	if c != nil && (c.fate == Unseen || f == Used) {
		c.fate = f
	}
}

// Fate gives what became of the cell.
func (c *Cell) Fate() Fate { return c.fate }

// SettleRow says what became of all cells of a row that nothing was said of.
func (s *Sheet) SettleRow(row int, f Fate) { settleUnseen(s.Row(row), f) }

// SettleRest says what became of every cell that nothing was said of.
func (s *Sheet) SettleRest(f Fate) { settleUnseen(s.Cells, f) }

func settleUnseen(cells []Cell, f Fate) {
	for i := range cells {
		if cells[i].fate == Unseen {
			cells[i].fate = f
		}
	}
}
