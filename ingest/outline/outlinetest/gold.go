package outlinetest

import "tonghop/ingest/outline"

// Sample is a workbook and what it means.
type Sample struct {
	Seed uint64
	Name string // of the file
	Body []byte // xlsx
	Gold Gold
}

// Gold is what a workbook means. File says it in the words of the contract; the
// rest says where more than one answer is right. A sheet that is hidden, or that
// has nothing on it, has no tables here and is not scored but for its cells.
type Gold struct {
	File   outline.File
	Sheets []GoldSheet // one for each of File.Sheets
	Broken []Broken
	Traits []string // what this sample has of what papers can have, sorted
}

// GoldSheet goes with a sheet of the file.
type GoldSheet struct {
	Tables  []GoldTable // one for each of the sheet's tables
	Outside []string    // cells with something in them that are no part of a table
	Free    []string    // cells that may be counted to a table or not
}

// GoldTable goes with a table of the file.
type GoldTable struct {
	Columns  []GoldColumn
	Rows     []GoldRow
	CodeRow  int   // row of technical names above the header, part of it or not; 0 for none
	Repeated []int // rows of the body in which the header stands again
	Raised   bool  // levels may all be one more: everything stands under a row of its own
	UnitFree bool  // the paper names the unit in a way that leaves it open whose it is
}

// GoldColumn goes with a column of a table.
type GoldColumn struct {
	Roles    []string // all that are right; none: any
	Joined   bool     // the words of the path count, not how they are parted
	UnitFree bool     // any unit is right
	SumFree  bool     // any sum is right
	Adds     bool     // its figures add up over rows
}

// GoldRow goes with a row of a table.
type GoldRow struct {
	Roles     []string // all that are right
	Names     []string // all that are right; none: any
	LevelFree bool
	// NumberFree says that the number stands in front of the name, or is only a dash.
	NumberFree bool
	Blank      bool  // no figure stands in it: it may be left out of sums
	Levels     []int // all that are right, besides the one of the file
}

// Broken is a total that does not add up.
type Broken struct {
	Sheet, Cell string
	// Differences are what the total says less what its parts add up to, as plain
	// decimals: more than one where it is a total down and across.
	Differences []string
	Required    bool // the cell was made wrong; otherwise it is wrong as a consequence only
}
