package outlinetest

import (
	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

// table is a table before it is put on paper.
type table struct {
	topic   topic
	unit    string // of all figures, "" where columns or rows have their own
	units   string // all of them in one phrase above the table: "hộ, triệu đồng"
	set     setting
	heads   []*head // of the columns, from the left
	rows    []*row
	tree    bool // rows stand in levels that a person can see
	rounded bool // shown figures were rounded after they were added up
	look    look

	kind    string // what the rows are
	groups  string // the header over merged cells on the left, "" where there are none
	figures map[*row]map[*column]figure
	broken  map[*row]map[*column]bool // totals made wrong on purpose
}

// setting is where and when the papers of a sheet are from.
type setting struct {
	era      string
	province place
	year     int
	period   string
}

// head is a cell of the header, over its children or over one column.
type head struct {
	text, english string
	children      []*head
	column        *column
	loose         bool // one phrase written into two cells
}

// depth is how many levels of header there are.
func (h *head) depth() int {
	deepest := 0
	for _, c := range h.children {
		deepest = max(deepest, c.depth())
	}
	return deepest + 1
}

// leaves gives the columns below, from the left.
func (h *head) leaves() []*column {
	if h.column != nil {
		return []*column{h.column}
	}
	var out []*column
	for _, c := range h.children {
		out = append(out, c.leaves()...)
	}
	return out
}

// The roles of columns that outline does not have.
const columnUnit = "unit" // the unit of each row

// column is a column of a table.
type column struct {
	role  string
	unit  string // stated in its own header
	scale int    // decimals of its figures, where the row has no own
	most  int    // about its largest figure

	parts  []*column // it is their sum
	within *column   // it is some of that one
	near   *column   // it is about as large as that one
	code   string    // its technical name
	growth bool      // the ratio less a hundred
	ratio  [2]*column
	stock  [3]*column          // begin + in - out
	less   [2]*column          // the first less the second
	empty  bool                // nothing was filled in
	fill   func(r *row) string // words of a column without figures

	col int // on the sheet, once it is placed
}

func (c *column) isRatio() bool { return c.ratio[0] != nil }

// adds reports whether figures of the column may be added up over rows.
func (c *column) adds() bool { return c.role == outline.ColumnValue && !c.isRatio() }

// rowKind says what a row is.
type rowKind uint8

const (
	dataRow rowKind = iota
	totalRow
	sectionRow // words only
	wordsRow   // "Trong đó:", "Chia ra:"
	blankRow
	headerRow // the header once more
)

// row is a row of a body.
type row struct {
	kind   rowKind
	label  string // without its marker
	number string // I, 1, 1.1, a): where it stands decides the table
	marker string // "- ", "+ ", "Trong đó: ": in front of the label
	code   string
	group  string // what the merged cell on its left says, in the first row it goes for
	span   int    // for how many rows
	star   string // a footnote mark behind the label
	unit   string // of its figures, where rows have their own
	scale  int    // -1 where the column says
	most   int    // about its largest figure, 0 where the column says
	place  place
	depth  int // from 1
	deeper int // levels that may be counted more, for words like "Trong đó:"
	parts  []*row
	within *row

	zero bool // nothing happened
	bold bool
	caps bool
	free bool // any level is right

	hidden bool

	row int // on the sheet, once it is placed
}

// hasFigures reports whether the row has figures at all.
func (r *row) hasFigures() bool { return r.kind == dataRow || r.kind == totalRow }

// figure is what stands in a cell of figures: n / 10^scale, or a mark.
type figure struct {
	n     int64
	scale int
	mark  string // written instead: "-", "x"; "" for a figure
	blank bool   // nothing is written
}

// value is what the cell counts for in a sum.
func (f figure) value() int64 {
	if f.mark != "" || f.blank {
		return 0
	}
	return f.n
}

// look is how one table is written.
type look struct {
	merge       bool // header cells are merged
	centred     bool // not merged, groups stand over their middle column
	bilingual   uint8
	capsHead    bool
	breaks      bool // line breaks in header cells
	codeRow     bool // a row of technical names stands over the header
	blankShares bool // totals have no share
	unitRow     bool // a last row of the header with units in brackets
	indexStyle  int
	repeatEvery int // rows after which the header stands again, 0 never
	indent      uint8
	box         bool
	numbers     numberLook
	spacer      string // between thousands, where they are parted by a blank
	fractions   bool   // shares are stored as parts of one and shown in percent
	nilMark     string // written for nought; a blank for nothing at all
	otherMark   string // now and then instead
	noise       int    // percent of texts with stray blanks
	nfd         bool
	formulas    bool
	sttNumbers  bool // plain row numbers are numbers, not text
	dashInName  bool // "-" and "+" stand in front of the name, not among the numbers
	numberInAll bool // row numbers are in front of the names
	totalsFirst bool // the label of a total begins in the column of numbers
	acrossHead  bool // sections stand across the whole width
	blankNumber bool // nothing stands over the row numbers
	newTones    bool // hoà, not hòa
}

// The ways of two languages in a header.
const (
	oneLanguage uint8 = iota
	sameCell
	twoRows
)

// The ways to show levels.
const (
	noIndent uint8 = iota
	blankIndent
	styleIndent
)

// numberLook is how figures are written.
type numberLook uint8

const (
	asNumbers   numberLook = iota
	commaText              // 1234,5
	dottedText             // 1.234,5
	paddedText             // 0 as "00,0", as bank exports do
	spacedText             // 1 234,5
	withUnits              // "05 hộ"
	mixedText              // some cells typed as text, as numbers elsewhere
	leadingZero            // "05" for figures below ten
)

func (t *table) figureAt(r *row, c *column) figure { return t.figures[r][c] }

func ref(row, col int) string { return xlsx.Ref(row, col) }
