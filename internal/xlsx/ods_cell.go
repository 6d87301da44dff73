package xlsx

import (
	"fmt"
	"strings"
)

// odsRaw is a table:table-cell as the file has it, before it means anything.
type odsRaw struct {
	kind       odsKind
	style      int
	value      []byte // of the attribute that goes with the kind
	formula    []byte
	hasValue   bool
	hasFormula bool
	isError    bool // LibreOffice says so
	told       bool // LibreOffice says of what type the value is
}

// odsKind is office:value-type.
type odsKind uint8

const (
	odsUntyped odsKind = iota // none: what is there is text
	odsFloat                  // float, percentage, currency
	odsPercent
	odsDate
	odsTime
	odsBool
	odsString
	odsUnknown
)

func parseODSKind(t []byte) odsKind {
	switch string(t) {
	case "", "void":
		return odsUntyped
	case "float", "currency":
		return odsFloat
	case "percentage":
		return odsPercent
	case "date":
		return odsDate
	case "time":
		return odsTime
	case "boolean":
		return odsBool
	case "string":
		return odsString
	}
	return odsUnknown
}

// readCell reads a cell, which may stand for several side by side. A cell that
// is covered by a merged one has its value like any other.
func (s *odsReader) readCell() error {
	s.col++
	cols, wide, high, err := s.readCellTag()
	if err != nil {
		return err
	}
	if wide > 1 || high > 1 {
		if err := s.merge(cols, wide, high); err != nil {
			return err
		}
	}
	if s.raw.kind == odsUntyped && !s.raw.hasFormula && s.x.empty {
		_, err := s.x.next() // the end, and nothing before it
		s.col += cols - 1
		return err
	}
	s.text.begin()
	if err := s.x.children(s.readCellChild); err != nil {
		return err
	}
	if err := s.deliver(cols); err != nil {
		return err
	}
	s.col += cols - 1
	return nil
}

// readCellTag takes the attributes of a cell into raw, and gives for how many
// columns it stands and over how many columns and rows it spreads.
func (s *odsReader) readCellTag() (cols, wide, high int, err error) {
	c := &s.raw
	*c = odsRaw{style: -1, value: c.value[:0], formula: c.formula[:0]}
	cols, wide, high = 1, 1, 1
	var values [odsUnknown][]byte // by the kind that each attribute goes with
	for i := range s.x.attrs {
		a := &s.x.attrs[i]
		switch local := a.key[a.local:]; a.space {
		case spaceOffice:
			switch string(local) {
			case "value-type":
				c.kind = parseODSKind(a.value)
			case "value":
				values[odsFloat] = a.value
			case "date-value":
				values[odsDate] = a.value
			case "time-value":
				values[odsTime] = a.value
			case "boolean-value":
				values[odsBool] = a.value
			case "string-value":
				values[odsString] = a.value
			}
		case spaceCalcExt:
			if string(local) == "value-type" {
				c.told, c.isError = true, string(a.value) == "error"
			}
		case spaceTable:
			switch string(local) {
			case "style-name":
				c.style = s.book.looks.index(a.value)
			case "formula":
				c.hasFormula = true
				c.formula = append(c.formula, a.value...)
			case "number-columns-repeated":
				cols, err = s.repeats(a.value)
			case "number-columns-spanned":
				wide, err = s.repeats(a.value)
			case "number-rows-spanned":
				high, err = s.repeats(a.value)
			}
			if err != nil {
				return 0, 0, 0, err
			}
		}
	}
	if c.kind == odsUnknown {
		return 0, 0, 0, s.x.fail(KindDamaged, "type of a value "+quoteClip(s.x.spaceAttr(spaceOffice, "value-type")))
	}
	goesWith := c.kind
	if goesWith == odsPercent {
		goesWith = odsFloat
	}
	c.hasValue = values[goesWith] != nil
	c.value = append(c.value, values[goesWith]...)
	return cols, wide, high, s.x.checkLength(c.formula)
}

// readCellChild reads what is inside a cell: paragraphs of text, and what only
// hangs on it, such as notes and pictures.
func (s *odsReader) readCellChild() error {
	switch {
	case s.x.at(spaceTable, "table"):
		return s.x.fail(KindDamaged, "a table inside a cell")
	case s.x.space == spaceText && s.raw.isText():
		return s.text.block()
	}
	return s.skipAround()
}

// isText reports whether what is shown of a cell is, or may be, its value.
func (c *odsRaw) isText() bool {
	return c.kind == odsUntyped || c.kind == odsString || !c.hasValue || c.isError || c.hasFormula && !c.told
}

// deliver makes a cell of raw and hands it out, unless it is blank.
func (s *odsReader) deliver(cols int) error {
	if s.raw.style < 0 {
		s.raw.style = s.styleHere()
	}
	c := &s.cell
	*c = Cell{Row: s.row, Col: s.col, HasFormula: s.raw.hasFormula, Style: s.raw.style}
	c.Font = s.book.wb.styles[c.Style].Font
	if err := s.evaluate(); err != nil {
		return err
	}
	if c.HasFormula {
		s.raw.value = appendOpenFormula(s.raw.value[:0], s.raw.formula)
		c.Formula = s.arena.string(s.raw.value)
		c.NoCache = c.Type == Blank
	}
	if !c.HasFormula && (c.Type == Blank || c.Type == String && c.Text == "") {
		return nil
	}
	if err := s.claim(cols); err != nil {
		return err
	}
	for i := range cols {
		c.Col = s.col + i
		if s.row < s.rowEnd {
			s.again = append(s.again, *c)
		} else if err := s.hand(); err != nil {
			return err
		}
	}
	return nil
}

// evaluate gives the cell its type and text.
func (s *odsReader) evaluate() error {
	c := &s.cell
	if s.raw.isError || s.raw.hasFormula && !s.raw.told && isErrorName(s.text.text) {
		return s.evaluateError()
	}
	switch s.raw.kind {
	case odsUntyped, odsString:
		return s.evaluateText()
	}
	value := trim(s.raw.value)
	if err := s.x.checkLength(value); err != nil {
		return err
	}
	if len(value) == 0 {
		if len(s.text.text) > 0 || s.raw.hasValue {
			// What is shown was rounded, and written as one country writes it.
			return s.x.fail(KindBadValue, "shown as "+quoteClip(s.text.text)+", without its value")
		}
		return nil
	}
	ok := false
	switch s.raw.kind {
	case odsFloat, odsPercent:
		c.Type, ok = Number, isNumber(value)
		s.evaluateLook()
	case odsDate:
		c.Type, ok = Date, isDay(value)
	case odsTime:
		c.Type, ok = Date, isDuration(value)
	case odsBool:
		c.Type = Bool
		switch string(value) {
		case "true":
			value, ok = []byte("1"), true
		case "false":
			value, ok = []byte("0"), true
		}
	}
	if !ok {
		return s.x.fail(KindBadValue, fmt.Sprintf("%s %s", c.Type, quoteClip(value)))
	}
	c.Text = s.arena.string(value)
	return nil
}

// evaluateLook says what the look of a number tells about it.
func (s *odsReader) evaluateLook() {
	c := &s.cell
	look := &s.book.wb.styles[c.Style]
	switch {
	case look.Date && s.book.serials:
		c.Type = Date
	case s.raw.kind == odsPercent && !strings.Contains(look.NumFmt, "%"):
		c.Style = s.book.looks.percent // said by the value alone
	}
}

// evaluateText takes the value of a text, or else what is shown of it.
func (s *odsReader) evaluateText() error {
	c := &s.cell
	switch {
	case s.raw.kind == odsUntyped && s.text.lines == 0:
		return nil // nothing, or a formula without its value; LibreOffice shows an empty text as an empty line
	case s.raw.hasValue:
		if err := s.x.checkLength(s.raw.value); err != nil {
			return err
		}
		c.Type, c.Text = String, s.arena.string(s.raw.value)
		return nil
	}
	if err := s.text.check(); err != nil {
		return err
	}
	c.Type, c.Text, c.Runs = String, s.arena.string(s.text.text), s.text.fonts()
	return nil
}

// evaluateError takes an error by its name, which is nowhere but in what is
// shown.
func (s *odsReader) evaluateError() error {
	if len(s.text.text) == 0 {
		return s.x.fail(KindBadValue, "an error without a name")
	}
	if err := s.text.check(); err != nil {
		return err
	}
	s.cell.Type, s.cell.Text = TypeError, s.arena.string(s.text.text)
	return nil
}

// isErrorName knows what programs show that do not say with the value that it is
// an error: older ones write the number nought beside it.
func isErrorName(shown []byte) bool {
	if n := errorNameLength(shown); n > 0 {
		return n == len(shown)
	}
	const before = "Err:"
	if len(shown) != len(before)+3 || string(shown[:len(before)]) != before {
		return false
	}
	return digitsEnd(shown, len(before)) == len(shown)
}

// isDay reports whether b has the form of a day with or without a time of day,
// in any year: what is no day of any calendar is found out by [ParseDate].
func isDay(b []byte) bool {
	i := 0
	if b[0] == '-' {
		i = 1
	}
	year := digitsEnd(b, i)
	if year-i < 4 || len(b) < year+6 {
		return false
	}
	rest := b[year:]
	if rest[0] != '-' || digitsEnd(rest, 1) != 3 || rest[3] != '-' || digitsEnd(rest, 4) != 6 {
		return false
	}
	return len(rest) == 6 || rest[6] == 'T' && len(rest) > 7
}

// isDuration reports whether b has the form of a duration, P and what follows.
func isDuration(b []byte) bool {
	if b[0] == '-' {
		b = b[1:]
	}
	if len(b) < 3 || b[0] != 'P' {
		return false
	}
	for _, c := range b[1:] {
		if (c < '0' || c > '9') && c != '.' && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
