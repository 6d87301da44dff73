package xlsx

import "io"

// backend is one file format behind a Workbook. Whoever opens a file of that
// format fills in Sheets, Names, Date1904, HasMacros and styles of the Workbook;
// what is left to the backend is asked for later, sheet by sheet.
type backend interface {
	// walker begins a reading of a sheet, counted as Workbook.Sheets is. It is
	// asked only for sheets that have cells, as often as anyone likes, and reads
	// nothing yet.
	walker(sheet int) walker

	// coreProps and customProps give the properties of the document; see
	// [Workbook.CoreProps]. A format without any gives empty maps.
	coreProps() (map[string]string, error)
	customProps() (map[string]string, error)
}

// walker is one reading of one sheet, used once.
type walker interface {
	// walk hands fn every cell with something in it, in the order of the file:
	// no address twice, no String that is empty unless a formula gave it. The cell may be
	// reused for the next, its strings and runs may not. Only after nil was the
	// sheet whole. Its own refusals are of type *Error and name sheet and cell;
	// an error of fn ends the walk and passes through as it is. All bounds but
	// those of a Grid (GridCells, StringBytes of one sheet) are the walker's to
	// keep: Cells counts the cells of all sheets walked so far, empty ones too,
	// a sheet that is walked again once.
	walk(fn func(c *Cell) error) error

	// ahead guesses, while walking, how many more cells will come after the
	// first n; at least 1. A guess that a liar can drive up costs memory.
	ahead(n int) int

	// textBytes counts, while walking, the bytes of texts and formulas that the
	// cells so far hold for themselves, the shared ones left out.
	textBytes() int64

	// finish puts into the grid what stands around the cells, once walk has
	// given nil: Merges, HiddenRows, HiddenCols in any order, Protected.
	finish(g *Grid)
}

// noProps is the part of a backend whose format keeps no properties, or none
// that matter here.
type noProps struct{}

func (noProps) coreProps() (map[string]string, error)   { return map[string]string{}, nil }
func (noProps) customProps() (map[string]string, error) { return map[string]string{}, nil }

// readWhole reads a file of a format that cannot be read piece by piece; Open has
// held it to FileBytes.
func readWhole(r io.ReaderAt, size int64) ([]byte, error) {
	b := make([]byte, size)
	if n, err := r.ReadAt(b, 0); n < len(b) {
		return nil, &Error{Kind: KindDamaged, Detail: "reading the file", Err: err}
	}
	return b, nil
}
