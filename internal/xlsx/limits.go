package xlsx

// MaxRows and MaxCols are the size of a sheet in the format itself. An address
// beyond them is no address.
const (
	MaxRows = 1_048_576
	MaxCols = 16_384
)

// Limits bounds what a file may cost. A field that is zero takes the value of
// [DefaultLimits], so that Limits{} is good for everyday use.
type Limits struct {
	FileBytes     int64 // the file as it came
	PartBytes     int64 // one part, inflated
	InflatedBytes int64 // all parts that are read, inflated
	Parts         int   // entries of the zip directory
	Sheets        int
	Names         int   // defined names
	NameBytes     int64 // bytes of names, formats, fonts, properties and relationships together
	Styles        int   // cell formats, fonts and number formats, each
	Strings       int   // texts in the shared table, runs of rich text counted as well
	StringBytes   int64 // bytes of all shared texts together, and of all other texts of one Grid
	Cells         int   // cells in all sheets that are read, empty ones too
	GridCells     int   // cells with content kept in one Grid
	Merges        int   // merged ranges, and hidden runs of rows or columns, of one sheet
	CellRunes     int   // characters of one cell or formula
	Depth         int   // nesting of XML elements
	AttrBytes     int   // one attribute value
	TokenBytes    int   // one tag, comment or run of text: the most that is held in the window
}

// DefaultLimits is generous to any report and hard on bombs: a sheet of 100,000
// rows and 20 columns fits, and no file takes more than some 500 MB however it
// is made.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     64 << 20,
		PartBytes:     512 << 20,
		InflatedBytes: 1 << 30,
		Parts:         10_000,
		Sheets:        1_000,
		Names:         20_000,
		NameBytes:     8 << 20,
		Styles:        100_000,
		Strings:       5_000_000,
		StringBytes:   64 << 20,
		Cells:         10_000_000,
		GridCells:     2_000_000,
		Merges:        200_000,
		CellRunes:     32_767,
		Depth:         64,
		AttrBytes:     64 << 10,
		TokenBytes:    1 << 20,
	}
}

// orDefault fills what was left at zero.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	fill(&l.FileBytes, d.FileBytes)
	fill(&l.PartBytes, d.PartBytes)
	fill(&l.InflatedBytes, d.InflatedBytes)
	fill(&l.Parts, d.Parts)
	fill(&l.Sheets, d.Sheets)
	fill(&l.Names, d.Names)
	fill(&l.NameBytes, d.NameBytes)
	fill(&l.Styles, d.Styles)
	fill(&l.Strings, d.Strings)
	fill(&l.StringBytes, d.StringBytes)
	fill(&l.Cells, d.Cells)
	fill(&l.GridCells, d.GridCells)
	fill(&l.Merges, d.Merges)
	fill(&l.CellRunes, d.CellRunes)
	fill(&l.Depth, d.Depth)
	fill(&l.AttrBytes, d.AttrBytes)
	fill(&l.TokenBytes, d.TokenBytes)
	return l
}

func fill[T int | int64](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}
