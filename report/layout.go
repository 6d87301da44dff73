package report

// Sheet (trang biểu) is how one worksheet of an answer is laid out. The same
// description makes the template an agency fills in and reads what comes back,
// whether or not it was made from the template: rows and columns are found by
// hidden mark, by code, or by the words of their headers, never by position
// alone.
type Sheet struct {
	Name  string `json:"sheet"`           // name of the worksheet in the template; on reading a hint
	Title Text   `json:"title,omitempty"` // printed above the table
	Shape Shape  `json:"shape"`

	// Indicators are the codes on this sheet in order. Empty: every indicator
	// that no other sheet names and that fits the shape.
	Indicators []string `json:"indicators,omitempty"`

	// Places are the codes or selectors of the places on this sheet; see
	// [Register.Select]. Used by the shapes with places.
	Places []string `json:"places,omitempty"` // e.g. ["30/district", "30T"]

	// Columns name header texts for indicators when they differ from the
	// indicator's own name and code, as in a table the form did not come from us.
	// Of a matrix they are its columns from left to right.
	Columns []Column `json:"columns,omitempty"`

	// Rows are the rows of a matrix from the top; see [CellCode].
	Rows []Row `json:"rows,omitempty"`

	// Key tells how rows of a list (or places) are recognised.
	Key KeyHeaders `json:"key,omitempty"`

	// Totals are labels of rows that add up others: they are checked, never
	// added again. The usual ones (Tổng cộng, Tổng số, Cộng, Toàn tỉnh, Toàn
	// quốc) are known without being named.
	Totals []string `json:"totals,omitempty"`

	// Ignore are header texts of columns that are read past on purpose; any
	// other column that is not understood is a finding (law 4).
	Ignore []string `json:"ignore,omitempty"`

	// Optional: an answer may leave the sheet out.
	Optional bool `json:"optional,omitempty"`
}

// Shape is which way a sheet runs.
type Shape string

// The shapes.
const (
	// PlacesDown has a row for each place and a column for each indicator.
	PlacesDown Shape = "places-down"
	// IndicatorsDown has a row for each indicator and a column for each place,
	// or a single value column where Places is empty.
	IndicatorsDown Shape = "indicators-down"
	// UnitList has a row for each unit, keyed by its code or its name, and a
	// column for each indicator. The unit's place comes from the register.
	UnitList Shape = "list"
	// Matrix has rows and columns of its own, each with a code, and an indicator
	// in every cell in which something is asked: the usual shape of an official
	// form, in which names of rows and words over columns repeat.
	Matrix Shape = "matrix"
)

// Row is a row of a matrix.
type Row struct {
	Code string `json:"code"`
	Name Text   `json:"name"` // may repeat: rows of one name are told apart by their code, or their order
}

// CellCode is the code of the indicator that a matrix asks in the cell of a row
// and a column. Where the definition has no such indicator the cell is not asked.
func CellCode(row, column string) string { return row + "." + column }

// Column ties header words to an indicator, or to a column of a matrix.
type Column struct {
	Indicator string   `json:"indicator,omitempty"`
	Code      string   `json:"code,omitempty"`  // of a matrix, in place of an indicator
	Header    []string `json:"header"`          // path from the top, e.g. ["Số lượt KCB", "Tổng cộng"]
	Unit      string   `json:"unit,omitempty"`  // the unit the header states, when it is known to be wrong or scaled
	Shift     int      `json:"shift,omitempty"` // powers of ten from what is written to the indicator's unit (6: millions written, ones kept)
}

// KeyHeaders names the header words of the key columns of a list.
type KeyHeaders struct {
	Code []string `json:"code,omitempty"` // headers of the column of codes, any of them
	Name []string `json:"name,omitempty"` // headers of the column of names
}
