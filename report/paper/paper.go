// Package paper is the noun of papers that no definition describes: the tables of
// workbooks that agencies drew themselves, and their sum.
//
// Ingest reads a [Table], aggregate adds tables of one form up to a [Sum], export
// writes it. As everywhere every total names its figures, and every figure its
// cell (law 4).
package paper

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Table is a table of a workbook as it was understood.
type Table struct {
	File    string
	Sheet   string
	Area    string // range of the table, its head included
	Top     int    // its first row
	Agency  string // who made it, as its heading says; "" when it does not
	ByKey   string // the same for the same agency, or file, however it is spelt
	FileKey string // the same for files whose names differ in nothing but the time
	Title   Title
	Period  Period
	Series  string   // the same for tables of its body that differ in nothing but their time
	Years   []string // those that the heads of its columns name
	People  bool     // rows are people: two of a name need not be the same
	Unit    string   // of all figures, as stated; "" when it is not
	Columns []Column
	Rows    []Row
	Figures []Figure
	Open    []Cell // formulas that nothing has reckoned: there is a figure, and nobody knows it
}

// Cell is a place in a table: positions in its rows and columns.
type Cell struct{ Row, Column int }

// NoBody stands before the key of who made files that do not say it.
const NoBody = "#"

// By gives who made the table: the agency, else what its file is called.
func (t *Table) By() string {
	return cmp.Or(t.Agency, strings.TrimSuffix(t.File, path.Ext(t.File)))
}

// Period is the time that a table is of, as the words over it, the name of its sheet or
// that of its file say; the zero value says that they name none, or several.
type Period struct {
	Of       calendar.Period
	Yearless bool // nothing names the year: that of the period is none
}

// IsKnown reports whether the period is known.
func (p Period) IsKnown() bool { return !p.Of.IsZero() }

// Comparable reports whether it is known which of two periods comes first.
func (p Period) Comparable(q Period) bool {
	return p.IsKnown() && q.IsKnown() && p.Yearless == q.Yearless
}

// Is reports whether two periods have the same days, however they are called: "6 tháng đầu
// năm", "tháng 1 đến tháng 6". Those that are not known are one.
func (p Period) Is(q Period) bool {
	return p.Yearless == q.Yearless && p.Of.From == q.Of.From && p.Of.To == q.Of.To
}

// Differs reports whether two periods are known to be different ones.
func (p Period) Differs(q Period) bool { return p.Comparable(q) && !p.Is(q) }

// VI names the period in Vietnamese, EN in English.
func (p Period) VI() string { return p.named(p.Of.VI()) }

// EN names the period in English.
func (p Period) EN() string { return p.named(p.Of.EN()) }

func (p Period) named(words string) string {
	if !p.Yearless {
		return words
	}
	year := strconv.Itoa(p.Of.From.Year())
	words = strings.ReplaceAll(strings.ReplaceAll(words, "/"+year, ""), year, "")
	return strings.Trim(strings.TrimSuffix(strings.TrimSpace(words), " năm"), " ")
}

// Accrual says how figures of one period go together with those of the next.
type Accrual int

// The accruals.
const (
	Unsaid  Accrual = iota // the words do not say: all of them add up
	Flow                   // what happened in a period: all of them add up
	Closing                // how things stand at its end, or since some day until then: the last one counts
	Opening                // how things stood at its beginning: the first one counts

	// YearToDate is Closing within a year: each begins anew.
	YearToDate
)

// IsOfMoment reports whether figures say how things stood: one report counts for all.
func (a Accrual) IsOfMoment() bool { return a == Closing || a == Opening || a == YearToDate }

// Title is what stands over a table.
type Title struct {
	Text  string
	Words []string // those that say what it is about: no periods, places, bodies
	Years []string // those that it names
	Plan  bool     // it, or the name of the sheet, says a plan: "DỰ TOÁN CHI" beside "QUYẾT TOÁN CHI"
}

// Column is a column of figures.
type Column struct {
	Key    string   // the same for the same column of other workbooks
	Path   []string // the words over it, from the top
	Code   string   // its technical name, "" without
	Unit   Unit     // as stated in its head, else that of the table
	Lent   bool     // the unit is that of the table, and its words do not say that it fits
	Own    bool     // the unit is its own and no row's: other columns are in those of the rows
	Adds   bool     // its figures can be added up: no rates, no means
	Period bool     // a year or another period, which does not say of what
	Said   string   // where its words name the time of its table: its key by these, which differ from time to time
	Accrual
	Of []int // the columns that it is the sum of
}

// UnitOf gives the unit that a table states for a figure: that of its row before that of its
// column, but where the column has its own beside others that are in those of the rows.
func UnitOf(row, column Unit, own bool) Unit {
	if row.IsStated() && (!own || row.Base == column.Base) {
		return row
	}
	return column
}

// Unit is a unit of figures as it was stated; the zero value says that none was.
type Unit struct {
	Words   string // as stated
	Base    string // what a power of ten is taken of: figures in units of one base can be converted
	Power   int    // a figure of 1 is ten to this power of the base: 6 for triệu đồng
	Measure bool   // the base is money, a share or a measure; the words for what is counted differ from body to body
}

// IsStated reports whether there is a unit.
func (u Unit) IsStated() bool { return u.Words != "" }

// Shift gives the powers of ten from figures in u to figures in another unit, and
// false where the two count different things. Where one is not stated it is taken
// to be the other.
func (u Unit) Shift(to Unit) (powers int, ok bool) {
	switch {
	case !u.IsStated() || !to.IsStated():
		return 0, true
	case u.Base == to.Base:
		return u.Power - to.Power, true
	}
	// "hộ" and "hộ dân": other words, and perhaps the same. A scale or a measure
	// that only one of them has makes them different for certain.
	return 0, !u.Measure && !to.Measure && u.Power == to.Power
}

// Head gives the words over a column of a sum with its unit.
func (c *Column) Head() []string { return PathWithUnit(c.Path, c.Unit.Words) }

// Label gives the name of a row of a sum with its unit.
func (r *Row) Label() string { return WithUnit(r.Name, r.Unit.Words) }

// WithUnit gives words with a unit in brackets behind them, unless they say it.
func WithUnit(words, unit string) string {
	if unit == "" || says(words, unit) {
		return words
	}
	return strings.TrimSpace(words + " (" + unit + ")")
}

// PathWithUnit gives the words over a column with a unit behind the last of them,
// unless one of them says it.
func PathWithUnit(path []string, unit string) []string {
	last := len(path) - 1
	if last < 0 || unit == "" || slices.ContainsFunc(path, func(step string) bool { return says(step, unit) }) {
		return path
	}
	path = slices.Clone(path)
	path[last] = WithUnit(path[last], unit)
	return path
}

// says reports whether a unit stands among words, and not within one: "m" does not
// stand in "Nam".
func says(words, unit string) bool {
	for at := 0; ; {
		i := strings.Index(words[at:], unit)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(words[:at])
		after, _ := utf8.DecodeRuneInString(words[at+len(unit):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at += len(unit)
	}
}

// Row is a row of the body that has figures or heads some.
type Row struct {
	Key     string // the same for the same row of other workbooks: its name under those that it stands under
	Own     string // of itself alone: of its place, or of its name
	NameKey string // of its name alone, place or not
	PartKey string // of its name without the words that say that it is a part, "" where none do
	CodeKey string // of its code, where the rows of the table have one each
	Twice   bool   // another row of the table has the same name, and nothing tells which is which
	Number  string // as typed: "I", "1.1"
	Name    string
	Code    string
	Place   string // code of the place it is about, "" when it is about none
	Level   int    // depth in the tree of rows, from 1; 0 where there is none
	Total   bool   // the sum of other rows
	Of      []int  // the rows that it is the sum of, where they are known
	Called  bool   // its name says that it is a total, whether its figures are one or not
	Part    bool   // "trong đó": counted in a row above, in whole or in part
	Top     bool   // of a sum: adds all others up
	Counts  bool   // its name says that things are counted: no unit of money over a whole table is its own
	Unit    Unit   // as a column of units states it for this row
	Adds    bool   // its figures can be added up; see [Column.Adds]
	Accrual
}

// KeyStep stands between the names of which the key of a row is made.
const KeyStep = "/"

// TotalKey is the key of a row that is called the total and nothing more.
const TotalKey = "="

// Figure is a figure of a table.
type Figure struct {
	Row, Column int // positions in the table's rows and columns
	Cell        string
	Text        string // as it stands there
	Value       decimal.Decimal
}

// Sum is tables of one form added up, cell by cell.
type Sum struct {
	Title    string   // what stands over more than half of its tables, "" where nothing does
	Tables   []*Table // those that were added, in the order of files
	Unit     string   // of all totals; "" where they are in several, or some in none that is stated
	Columns  []Column // with the unit of all of their totals, where the sum has none
	Rows     []Row    // with the unit of their totals in columns that have several
	Totals   []Total  // by row, then column
	Files    []Share  // what each file adds to the totals
	Agencies []Share  // what each body adds
	Places   []Share  // the figures of each place; without the rows that add others up
	Findings fault.List
}

// Share is a part of the totals of a sum.
type Share struct {
	Name    string
	Code    string // of a place
	Figures []Part // by row, then column; those of a place by column, in row 0
}

// Part is a figure of a share.
type Part struct {
	Row, Column int
	Value       decimal.Decimal
}

// Total is the sum of the figures of one cell of the form.
type Total struct {
	Row, Column int
	Value       decimal.Decimal
	Unit        string   // "" where none is stated
	Sources     []Source // by table
	Replaced    int      // tables whose figure is that of another time than the one that counts
}

// Heard gives the number of tables that have a figure for a total.
func (t *Total) Heard() int {
	n, last := t.Replaced, -1
	for i := range t.Sources {
		if t.Sources[i].Table != last {
			n, last = n+1, t.Sources[i].Table
		}
	}
	return n
}

// Source is a figure that a total counts.
type Source struct {
	Table int // position among the tables of the sum
	Cell  string
	Value decimal.Decimal // as it is added: in the unit of the sum
}

// Above gives for each row the names of the rows that it stands under, from the top, as
// far as they are rows of the sum.
func (s *Sum) Above() [][]string {
	at := make(map[string]int, len(s.Rows))
	for i := range s.Rows {
		at[s.Rows[i].Key] = i
	}
	out := make([][]string, len(s.Rows))
	for i := range s.Rows {
		for end, rest := 0, s.Rows[i].Key; ; {
			n := strings.Index(rest, KeyStep)
			if n < 0 {
				break
			}
			end += n
			if above, ok := at[s.Rows[i].Key[:end]]; ok {
				out[i] = append(out[i], s.Rows[above].Label())
			}
			end += len(KeyStep)
			rest = s.Rows[i].Key[end:]
		}
	}
	return out
}

// At gives the total of a row and column, false where there is none.
func (s *Sum) At(row, column int) (Total, bool) {
	if i, ok := s.Find(row, column); ok {
		return s.Totals[i], true
	}
	return Total{}, false
}

// Find gives the position of the total of a row and column.
func (s *Sum) Find(row, column int) (int, bool) {
	return slices.BinarySearchFunc(s.Totals, place{row, column}, func(t Total, p place) int {
		return cmp.Or(cmp.Compare(t.Row, p.row), cmp.Compare(t.Column, p.column))
	})
}

// place is a cell of the form.
type place struct{ row, column int }
