package xlsx

import (
	"bytes"
	"fmt"
)

// rawCell is a <c> as the file has it, before it means anything.
type rawCell struct {
	kind       rawKind
	style      int
	value      []byte // text of <v>
	formula    []byte // text of <f>
	hasValue   bool   // there is a <v>
	hasFormula bool   // there is a <f>
	inline     bool   // there is an <is>; its text is in rich
}

// rawKind is the attribute t of a cell.
type rawKind uint8

const (
	rawNumber  rawKind = iota // n, or none
	rawShared                 // s: index into the shared texts
	rawText                   // str: text, mostly the result of a formula
	rawInline                 // inlineStr
	rawBool                   // b
	rawError                  // e
	rawISODate                // d
	rawUnknown
)

func parseRawKind(t []byte) rawKind {
	switch string(t) {
	case "", "n":
		return rawNumber
	case "s":
		return rawShared
	case "str":
		return rawText
	case "inlineStr":
		return rawInline
	case "b":
		return rawBool
	case "e":
		return rawError
	case "d":
		return rawISODate
	}
	return rawUnknown
}

// readCell reads a <c> in any spelling.
func (s *sheetReader) readCell() error {
	c := &s.raw
	*c = rawCell{kind: parseRawKind(s.x.attr("t")), value: c.value[:0], formula: c.formula[:0]}
	row, col := 0, 0
	if ref := s.x.attr("r"); ref != nil {
		var n int
		if row, col, n = scanRef(ref); n == 0 || n != len(ref) {
			return &Error{Kind: KindBadRef, Part: s.sheet.part.name, Ref: quoteClip(ref), Detail: "no address of a cell"}
		}
	}
	if err := s.moveTo(row, col); err != nil {
		return err
	}
	if c.kind == rawUnknown {
		return s.x.fail(KindDamaged, "cell type "+quoteClip(s.x.attr("t")))
	}
	if style := s.x.attr("s"); len(style) > 0 {
		var ok bool
		if c.style, ok = index(style); !ok {
			return s.x.fail(KindDamaged, "style "+quoteClip(style))
		}
	}
	if err := s.x.children(s.readCellChild); err != nil {
		return err
	}
	return s.deliver(c.value)
}

// readCellChild reads what is inside a <c>.
func (s *sheetReader) readCellChild() (err error) {
	c := &s.raw
	once := func(seen *bool) bool {
		first := !*seen
		*seen = true
		return first
	}
	switch local := string(s.x.local); {
	case local == "extLst":
		return s.x.skip()
	case !s.x.own:
	case local == "v" && once(&c.hasValue):
		if c.value, err = s.x.content(c.value); err != nil {
			return err
		}
		return s.x.checkLength(c.value)
	case local == "f" && once(&c.hasFormula):
		if c.formula, err = s.x.content(c.formula); err != nil {
			return err
		}
		return s.x.checkLength(c.formula)
	case local == "is" && once(&c.inline):
		return s.rich.read()
	}
	return s.x.fail(KindDamaged, "<"+quoteClip(s.x.name)+"> in a cell")
}

// shortCell reads a <c> in the spelling that nearly every writer uses for
// nearly every cell, <c r="B7" s="3" t="s"><v>12</v></c> or <c r="B7" s="3"/>,
// if that is what comes next and all of it is in the window. Everything else it
// leaves untouched for readCell: it may decline whatever it likes, and must
// take nothing that readCell would see otherwise.
func (s *sheetReader) shortCell() (bool, error) {
	b := s.x.buf[s.x.pos:s.x.end]
	if len(b) < 3 || b[0] != '<' || b[1] != 'c' || b[2] != ' ' {
		return false, nil
	}
	row, col, n := s.shortTag(b)
	if n == 0 || n+1 >= len(b) {
		return false, nil
	}
	var value []byte
	switch {
	case b[n] == '/' && b[n+1] == '>':
		n += 2
	case b[n] == '>':
		value, n = shortValue(b, n+1)
		if n == 0 || len(value) > s.x.lim.CellRunes {
			return false, nil
		}
		s.raw.hasValue = true
	default:
		return false, nil
	}
	s.x.pos += n
	if err := s.moveTo(row, col); err != nil {
		return false, err
	}
	return true, s.deliver(value)
}

// shortTag reads the attributes of a short cell into raw: any of r, s and t, in
// this order. It gives the address, 0 where the cell has none, and the index of
// what ends the tag, 0 where the tag is another.
func (s *sheetReader) shortTag(b []byte) (row, col, end int) {
	const ref, style, kind = ` r="`, ` s="`, ` t="`
	c := &s.raw
	c.kind, c.style = rawNumber, 0
	c.hasValue, c.hasFormula, c.inline = false, false, false
	c.formula = c.formula[:0]
	n := len("<c")
	if hasAt(b, n, ref) {
		n += len(ref)
		var width int
		if row, col, width = scanRef(b[n:]); width == 0 || !hasAt(b, n+width, `"`) {
			return 0, 0, 0
		}
		n += width + 1
	}
	if hasAt(b, n, style) {
		n += len(style)
		width := min(digitsEnd(b, n)-n, 7)
		if width == 0 || !hasAt(b, n+width, `"`) {
			return 0, 0, 0
		}
		for _, digit := range b[n : n+width] {
			c.style = c.style*10 + int(digit-'0')
		}
		n += width + 1
	}
	if hasAt(b, n, kind) {
		n += len(kind)
		width := bytes.IndexByte(b[n:min(n+4, len(b))], '"')
		if width <= 0 {
			return 0, 0, 0
		}
		if c.kind = parseRawKind(b[n : n+width]); c.kind == rawUnknown {
			return 0, 0, 0
		}
		n += width + 1
	}
	return row, col, n
}

// hasAt reports whether a text stands in b at an index.
func hasAt(b []byte, i int, text string) bool {
	return len(b)-i >= len(text) && string(b[i:i+len(text)]) == text
}

// shortValue reads <v>value</v></c> at b[i:], the value plain ASCII, and gives
// the index after it, 0 if this is something else.
func shortValue(b []byte, i int) ([]byte, int) {
	const before, after = "<v>", "</v></c>"
	if len(b) < i+len(before)+len(after) || string(b[i:i+len(before)]) != before {
		return nil, 0
	}
	i += len(before)
	from := i
	for i < len(b) && byteKind[b[i]]&^(byteName|byteQuote) == 0 {
		i++
	}
	if len(b) < i+len(after) || string(b[i:i+len(after)]) != after {
		return nil, 0
	}
	return b[from:i], i + len(after)
}

// deliver makes a cell of raw and value and hands it to fn, unless it is blank.
func (s *sheetReader) deliver(value []byte) error {
	c := &s.cell
	*c = Cell{Row: s.row, Col: s.col, HasFormula: s.raw.hasFormula, Style: s.raw.style}
	date := false
	if styles := s.book.wb.styles; s.raw.style < len(styles) {
		style := &styles[s.raw.style]
		c.Font, date = style.Font, style.Date
	} else if s.book.hasStyles {
		return s.x.fail(KindDamaged, fmt.Sprintf("style %d of %d", s.raw.style, len(styles)))
	}
	if err := s.evaluate(value, date); err != nil {
		return err
	}
	if c.HasFormula {
		c.Formula = s.arena.string(s.raw.formula)
		c.NoCache = c.Type == Blank
	}
	if s.fn == nil || !c.HasFormula && (c.Type == Blank || c.Type == String && c.Text == "") {
		return nil
	}
	return s.fn(c)
}

// evaluate gives the cell its type and text. date says that its style shows
// numbers as dates.
func (s *sheetReader) evaluate(value []byte, date bool) error {
	if s.raw.inline {
		return s.evaluateInline(value)
	}
	if !s.raw.hasValue {
		return nil
	}
	c := &s.cell
	switch s.raw.kind {
	case rawShared:
		return s.evaluateShared(value)
	case rawText, rawInline:
		c.Type, c.Text = String, s.arena.string(s.unescaped(value))
		return nil
	}
	if value = trim(value); len(value) == 0 {
		return nil
	}
	text, ok := s.evaluatePlain(value, date)
	if !ok {
		return s.x.fail(KindBadValue, fmt.Sprintf("%s %s", c.Type, quoteClip(value)))
	}
	c.Text = text
	return nil
}

// evaluatePlain takes a value that is neither text nor blank. It reports
// whether the value is of its type.
func (s *sheetReader) evaluatePlain(value []byte, date bool) (text string, ok bool) {
	c := &s.cell
	switch s.raw.kind {
	case rawBool:
		c.Type = Bool
		switch string(value) {
		case "0", "false":
			return "0", true
		case "1", "true":
			return "1", true
		}
		return "", false
	case rawError:
		c.Type, ok = TypeError, true
	case rawISODate:
		c.Type = Date
		_, _, ok = parseISO(string(value))
	default:
		if c.Type, ok = Number, isNumber(value); date {
			c.Type = Date
		}
	}
	return s.arena.string(value), ok
}

// evaluateInline takes the text of <is>.
func (s *sheetReader) evaluateInline(value []byte) error {
	if len(trim(value)) > 0 {
		return s.x.fail(KindDamaged, "a cell with two values")
	}
	if s.raw.kind != rawInline && s.raw.kind != rawNumber && s.raw.kind != rawText {
		return s.x.fail(KindDamaged, "text in a cell of another type")
	}
	s.cell.Type = String
	s.cell.Text = s.arena.string(s.rich.text)
	s.cell.Runs = s.rich.fonts()
	return nil
}

// evaluateShared looks a text up.
func (s *sheetReader) evaluateShared(value []byte) error {
	table, err := s.book.sharedStrings()
	if err != nil {
		return err
	}
	i, ok := index(value)
	if !ok || i >= len(table.ends) {
		return s.x.fail(KindBadStringIndex, fmt.Sprintf("text %s of %d", quoteClip(value), len(table.ends)))
	}
	s.cell.Type, s.cell.Text, s.cell.Runs = String, table.at(i), table.runsAt(i)
	return nil
}

// unescaped decodes _xHHHH_ without touching the window.
func (s *sheetReader) unescaped(value []byte) []byte {
	if !bytes.Contains(value, []byte("_x")) {
		return value
	}
	return decodeEscapes(bytes.Clone(value))
}

// isNumber reports whether b is a decimal number as XML Schema spells a
// double, infinities excepted.
func isNumber(b []byte) bool {
	i := 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		i++
	}
	start := i
	i = digitsEnd(b, i)
	digits := i - start
	if i < len(b) && b[i] == '.' {
		end := digitsEnd(b, i+1)
		digits += end - i - 1
		i = end
	}
	if digits > 0 && i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '-' || b[i] == '+') {
			i++
		}
		end := digitsEnd(b, i)
		if end == i {
			return false
		}
		i = end
	}
	return digits > 0 && i == len(b)
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		i++
	}
	return i
}
