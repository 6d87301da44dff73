package xlsx

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrRowDone says that a cell came for a row already finished with Done.
var ErrRowDone = errors.New("row is already done")

// ErrFormula says that a formula cannot be written.
var ErrFormula = errors.New("not a formula")

// maxFormula is how many characters Excel takes in a formula.
const maxFormula = 8192

// The number formats of Date and DateTime where the style has none.
const (
	dateFormat     = "dd/mm/yyyy"
	dateTimeFormat = "dd/mm/yyyy hh:mm"
)

// Blank writes an empty cell that has a style: a place for input, or a border.
func (s *Worksheet) Blank(row, col int, st Style) {
	s.put(row, col, st, cell{kind: blankCell})
}

// Paint gives the style to every cell of an area that has not been written.
func (s *Worksheet) Paint(a Range, st Style) {
	if err := checkRange(a); err != nil {
		s.fail(a, err)
		return
	}
	for r := a.FirstRow; r <= a.LastRow; r++ {
		for c := a.FirstCol; c <= a.LastCol; c++ {
			if open := s.open(r, c); open != nil && !open.has(c) {
				s.Blank(r, c, st)
			}
		}
	}
}

// Text writes a text. It stays a text whatever it begins with: "=1+1" is shown
// and never computed, "007" keeps its zeros. An empty text is a blank cell.
func (s *Worksheet) Text(row, col int, text string, st Style) {
	if err := checkText(text, maxText); err != nil {
		s.fail(At(row, col), err)
		return
	}
	if text == "" {
		s.Blank(row, col, st)
		return
	}
	s.put(row, col, st, cell{kind: textCell, text: text})
}

// Number writes a number: the file holds the very digits of the decimal. See
// [CheckNumber] for what is taken.
func (s *Worksheet) Number(row, col int, decimal string, st Style) {
	if err := CheckNumber(decimal); err != nil {
		s.fail(At(row, col), fmt.Errorf("number %q: %w", decimal, err))
		return
	}
	s.put(row, col, st, cell{kind: numberCell, text: decimal})
}

// Bool writes TRUE or FALSE.
func (s *Worksheet) Bool(row, col int, value bool, st Style) {
	text := "0"
	if value {
		text = "1"
	}
	s.put(row, col, st, cell{kind: boolCell, text: text})
}

// Date writes the day that t shows in its own location, as dd/mm/yyyy unless
// the style says otherwise. Days before 1 March 1900 are refused.
func (s *Worksheet) Date(row, col int, t time.Time, st Style) {
	s.date(row, col, t, false, dateFormat, st)
}

// DateTime writes day and time to the second, as dd/mm/yyyy hh:mm unless the
// style says otherwise.
func (s *Worksheet) DateTime(row, col int, t time.Time, st Style) {
	s.date(row, col, t, true, dateTimeFormat, st)
}

func (s *Worksheet) date(row, col int, t time.Time, withTime bool, format string, st Style) {
	serial, err := serialOf(t, withTime)
	if err != nil {
		s.fail(At(row, col), err)
		return
	}
	if st.NumFmt == "" {
		st.NumFmt = format
	}
	s.put(row, col, st, cell{kind: numberCell, text: serial})
}

// Formula writes a formula, without its "=", with the number it comes to: a
// reader that does not compute shows that number. Functions have their English
// names, arguments are parted by commas.
func (s *Worksheet) Formula(row, col int, expr, cached string, st Style) {
	if err := CheckNumber(cached); err != nil {
		s.fail(At(row, col), fmt.Errorf("value %q of formula: %w", cached, err))
		return
	}
	s.formula(row, col, st, cell{kind: formulaCell, text: expr, cached: cached})
}

// FormulaText writes a formula that comes to a text.
func (s *Worksheet) FormulaText(row, col int, expr, cached string, st Style) {
	if err := checkText(cached, maxText); err != nil {
		s.fail(At(row, col), fmt.Errorf("value of formula: %w", err))
		return
	}
	s.formula(row, col, st, cell{kind: formulaTextCell, text: expr, cached: cached})
}

func (s *Worksheet) formula(row, col int, st Style, c cell) {
	if c.text == "" || c.text[0] == '=' || !plainText(c.text) || utf16Len(c.text) > maxFormula {
		s.fail(At(row, col), fmt.Errorf("%q: %w", c.text, ErrFormula))
		return
	}
	s.put(row, col, st, c)
}

// Link writes a text that leads to a place in the same workbook: what
// [Worksheet.Ref] gives, or a defined name.
func (s *Worksheet) Link(row, col int, text, target string, st Style) {
	s.Text(row, col, text, st)
	s.Lead(row, col, target)
}

// MaxLinks is how many links Excel takes on one sheet.
const MaxLinks = 65_530

// Lead makes a cell lead to a place in the same workbook, whatever it holds: a
// total to the figures it was added up from. See [Worksheet.Link].
func (s *Worksheet) Lead(row, col int, target string) {
	if !plainText(target) || target == "" {
		s.fail(At(row, col), fmt.Errorf("link to %q: %w", target, ErrNotText))
		return
	}
	if !inside(row, col) {
		s.fail(At(row, col), fmt.Errorf("link: %w", ErrOutside))
		return
	}
	if len(s.links) >= MaxLinks {
		s.fail(At(row, col), fmt.Errorf("more than %d links: %w", MaxLinks, ErrOutside))
		return
	}
	s.links = append(s.links, link{row: row, col: col, target: target})
}

// LeadOut makes a cell lead to a place in another workbook, a file of that name in
// the folder in which this one lies. A name with a folder is refused, so that
// nothing else is ever linked.
func (s *Worksheet) LeadOut(row, col int, file, target string) {
	if !plainText(file) || file == "" || strings.ContainsAny(file, `/\`) {
		s.fail(At(row, col), fmt.Errorf("link to file %q: %w", file, ErrNotText))
		return
	}
	before := len(s.links)
	if s.Lead(row, col, target); len(s.links) > before {
		s.links[before].file = file
	}
}

// Piece is a stretch of a text with its own looks. What is zero is as in the
// cell's style.
type Piece struct {
	Text      string
	Bold      bool
	Italic    bool
	Underline bool
	Color     string  // "RRGGBB"
	Size      float64 // points
}

// Rich writes a text made of pieces.
func (s *Worksheet) Rich(row, col int, runs []Piece, st Style) {
	total := 0
	for _, r := range runs {
		if err := checkText(r.Text, maxText-total); err != nil {
			s.fail(At(row, col), err)
			return
		}
		if r.Color != "" && !isColor(r.Color) {
			s.fail(At(row, col), fmt.Errorf("%q is not a colour RRGGBB", r.Color))
			return
		}
		total += utf16Len(r.Text)
	}
	s.put(row, col, st, cell{kind: richCell, text: string(appendRuns(nil, runs, st))})
}

// put files a cell in its row; a later cell replaces an earlier one.
func (s *Worksheet) put(row, col int, st Style, c cell) {
	open := s.open(row, col)
	if open == nil {
		return
	}
	id, err := s.style(col, st)
	if err != nil {
		s.fail(At(row, col), err)
		return
	}
	c.col, c.style = int32(col), int32(id)
	open.put(c)
}

// open gives the row that a cell belongs to, or nil when there is none.
func (s *Worksheet) open(number, col int) *row {
	if s.last != nil && s.lastRow == number && col >= 1 && col <= MaxCols {
		return s.last
	}
	if !inside(number, col) {
		s.fail(At(number, col), fmt.Errorf("row %d, column %d: %w", number, col, ErrOutside))
		return nil
	}
	if number <= s.done {
		s.fail(At(number, col), ErrRowDone)
		return nil
	}
	r, ok := s.rows[number]
	if !ok {
		r = s.newRow()
		s.rows[number] = r
	}
	s.last, s.lastRow = r, number
	return r
}

func (s *Worksheet) newRow() *row {
	if n := len(s.free); n > 0 {
		r := s.free[n-1]
		s.free = s.free[:n-1]
		return r
	}
	return new(row)
}

// Done finishes all rows up to this one and lets go of their cells; nothing
// more can be written there. Merges, links' targets, charts and names may
// still point at them. Only sheets of many thousand rows need it.
func (s *Worksheet) Done(through int) {
	through = min(through, MaxRows)
	var numbers []int
	for n := range s.rows {
		if n <= through {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		s.render(n, s.rows[n])
	}
	if through < MaxRows {
		s.done = max(s.done, through)
	} else if len(numbers) > 0 {
		s.done = max(s.done, numbers[len(numbers)-1])
	}
}

// render writes a row out and takes it back for use as another.
func (s *Worksheet) render(number int, r *row) {
	s.out.buf = r.append(s.out.buf, number)
	s.out.settle()
	if n := len(r.cells); n > 0 {
		s.cover(Rect(number, int(r.cells[0].col), number, int(r.cells[n-1].col)))
	}
	delete(s.rows, number)
	if s.last == r {
		s.last = nil
	}
	r.reset()
	s.free = append(s.free, r)
}

// cover widens the area in use.
func (s *Worksheet) cover(a Range) {
	if s.used == (Range{}) {
		s.used = a
		return
	}
	s.used = Range{
		FirstRow: min(s.used.FirstRow, a.FirstRow), FirstCol: min(s.used.FirstCol, a.FirstCol),
		LastRow: max(s.used.LastRow, a.LastRow), LastCol: max(s.used.LastCol, a.LastCol),
	}
}

// styleMemory is how many columns remember their last style. Cells of one
// column mostly look alike; comparing two Styles is cheaper than hashing one.
const styleMemory = 64

type styleMemo struct {
	style Style
	id    int
	known bool
}

func (s *Worksheet) style(col int, st Style) (int, error) {
	memo := &s.recent[col%styleMemory]
	if memo.known && memo.style == st {
		return memo.id, nil
	}
	id, err := s.book.styles.id(st)
	if err != nil {
		return 0, err
	}
	*memo = styleMemo{style: st, id: id, known: true}
	return id, nil
}
