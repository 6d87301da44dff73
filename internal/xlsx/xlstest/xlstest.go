// Package xlstest writes Excel 97-2003 workbooks for tests: small, plain, and
// broken where a test wants them so. Nothing but tests may import it.
package xlstest

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"unicode/utf16"
)

// Book is a workbook to be written as BIFF8, or as BIFF5 if Narrow is set.
type Book struct {
	Sheets   []Sheet
	Date1904 bool
	Narrow   bool     // BIFF5: texts are bytes of CodePage, which must be given for it
	CodePage int      // 0: no such record
	Fonts    []Font   // in their order; one is made where there is none
	Formats  []string // from number 164
	Styles   []Style  // of cells; one is made where there is none
	Piece    int      // bytes after which the table of texts is cut; 0: 8,224
	Extra    []byte   // records put before the end of the workbook's own
}

// Font is a FONT record.
type Font struct {
	Name string
	Bold bool
}

// Style is an XF record.
type Style struct{ Font, Format, Indent int }

// Sheet is a worksheet.
type Sheet struct {
	Name  string
	State byte // 0 shown, 1 hidden, 2 hidden for good
	Kind  byte // 0 worksheet, 1 macros, 2 chart, 6 module
	Cells []Cell
	Extra []byte // records put before the end of the sheet
	Open  bool   // the sheet has no end
}

// Cell is a cell; rows and columns count from 0, as in the file. Its value is
// a string (shared in BIFF8), Inline, Rich, a float64, RK, a bool, Err, nil for a blank, or
// Formula.
type Cell struct {
	Row, Col, Style int
	Value           any
}

// RK is a number as it is packed.
type RK uint32

// Err is an error by its number.
type Err byte

// Inline is a text in a LABEL.
type Inline string

// Rich is a text with changes of font: from which character on which font.
type Rich struct {
	Text string
	Runs [][2]int
}

// Formula stores a value: a string, a float64, a bool, an Err, nil for a text of
// nothing, or NoText for a text that never comes.
type Formula struct {
	Value any
	Flags uint16
}

// NoText is the value of a formula whose text never comes.
type NoText struct{}

// Record writes one record; its parts are written one after the other: numbers in
// their size, strings as bytes.
func Record(id uint16, parts ...any) []byte {
	var data []byte
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			data = append(data, p...)
		case []byte:
			data = append(data, p...)
		default:
			var err error
			if data, err = binary.Append(data, binary.LittleEndian, p); err != nil {
				panic(fmt.Sprintf("xlstest: %T in a record", p))
			}
		}
	}
	return slices.Concat(le16(id), le16(uint16(len(data))), data)
}

// Text writes a text as BIFF8 has it: with its length in size bytes, its flags
// and its characters, in one byte each where that is enough.
func Text(s string, size int) []byte {
	units := utf16.Encode([]rune(s))
	length := le16(uint16(len(units)))[:size]
	if slices.ContainsFunc(units, func(u uint16) bool { return u > 0xff }) {
		return slices.Concat(length, []byte{1}, wide(units))
	}
	return slices.Concat(length, []byte{0}, narrow(units))
}

// Stream writes the records.
func (b Book) Stream() []byte {
	w := &writer{Book: b, at: map[string]int{}}
	return w.stream()
}

// Bytes writes the file.
func (b Book) Bytes() []byte {
	name := "Workbook"
	if b.Narrow {
		name = "Book"
	}
	return Compound(name, b.Stream())
}

// writer gathers the shared texts.
type writer struct {
	Book
	texts []string
	rich  map[int][][2]int
	at    map[string]int
	total int
}

const (
	globals, worksheet = 0x0005, 0x0010
	defaultPiece       = 8224
)

func (w *writer) bof(kind uint16) []byte {
	if w.Narrow {
		return Record(0x0809, uint16(0x0500), kind, uint32(0))
	}
	return Record(0x0809, uint16(0x0600), kind, make([]byte, 12))
}

// text writes a text as the version has it.
func (w *writer) text(s string, size int) []byte {
	if w.Narrow {
		return slices.Concat(le16(uint16(len(s)))[:size], []byte(s))
	}
	return Text(s, size)
}

func (w *writer) stream() []byte {
	var bodies [][]byte
	for _, s := range w.Sheets {
		bodies = append(bodies, w.sheet(s))
	}
	head := w.bof(globals)
	if w.CodePage != 0 {
		head = append(head, Record(0x0042, uint16(w.CodePage))...)
	}
	if w.Date1904 {
		head = append(head, Record(0x0022, uint16(1))...)
	}
	for _, f := range orOne(w.Fonts, Font{Name: "Arial"}) {
		weight := uint16(400)
		if f.Bold {
			weight = 700
		}
		head = append(head, Record(0x0031, uint16(200), uint32(0), weight, make([]byte, 6), w.text(f.Name, 1))...)
	}
	for i, code := range w.Formats {
		size := 2
		if w.Narrow {
			size = 1
		}
		head = append(head, Record(0x041E, uint16(164+i), w.text(code, size))...)
	}
	for _, x := range orOne(w.Styles, Style{}) {
		rest := make([]byte, 12)
		if !w.Narrow {
			rest = make([]byte, 16)
			rest[4] = byte(x.Indent)
		}
		head = append(head, Record(0x00E0, uint16(x.Font), uint16(x.Format), rest)...)
	}
	tail := slices.Concat(w.table(), w.Extra, Record(0x000A))
	return w.join(head, tail, bodies)
}

// join puts workbook and sheets together, and says in the workbook where each
// sheet begins.
func (w *writer) join(head, tail []byte, bodies [][]byte) []byte {
	index := func(at func(i int) int) (out []byte) {
		for i, s := range w.Sheets {
			out = append(out, Record(0x0085, uint32(at(i)), s.State, s.Kind, w.text(s.Name, 1))...)
		}
		return out
	}
	begin := len(head) + len(index(func(int) int { return 0 })) + len(tail)
	out := slices.Concat(head, index(func(i int) int {
		at := begin
		for _, b := range bodies[:i] {
			at += len(b)
		}
		return at
	}), tail)
	return append(out, slices.Concat(bodies...)...)
}

// table writes the shared texts, cut into pieces.
func (w *writer) table() []byte {
	if len(w.texts) == 0 {
		return nil
	}
	piece := w.Piece
	if piece == 0 {
		piece = defaultPiece
	}
	c := cutter{size: piece, id: 0x00FC}
	c.put(slices.Concat(le32(uint32(w.total)), le32(uint32(len(w.texts)))))
	for i, s := range w.texts {
		units := utf16.Encode([]rune(s))
		flags := byte(0)
		if slices.ContainsFunc(units, func(u uint16) bool { return u > 0xff }) {
			flags = 1
		}
		head := le16(uint16(len(units)))
		runs := w.rich[i]
		if runs != nil {
			head = slices.Concat(head, []byte{flags | 8}, le16(uint16(len(runs))))
		} else {
			head = append(head, flags)
		}
		c.put(head)
		c.units(units, flags)
		for _, r := range runs {
			c.put(slices.Concat(le16(uint16(r[0])), le16(uint16(r[1]))))
		}
	}
	c.flush()
	return c.out
}

// cutter cuts a record into pieces of a size.
type cutter struct {
	size int
	id   uint16
	cur  []byte
	out  []byte
}

func (c *cutter) flush() {
	c.out = append(c.out, Record(c.id, c.cur)...)
	c.cur, c.id = nil, 0x003C
}

// put writes bytes that are not cut.
func (c *cutter) put(b []byte) {
	if len(c.cur)+len(b) > c.size {
		c.flush()
	}
	c.cur = append(c.cur, b...)
}

// units writes characters, cut where the piece is full.
func (c *cutter) units(units []uint16, flags byte) {
	for _, u := range units {
		b := []byte{byte(u)}
		if flags&1 != 0 {
			b = le16(u)
		}
		if len(c.cur)+len(b) > c.size {
			c.flush()
			c.cur = append(c.cur, flags)
		}
		c.cur = append(c.cur, b...)
	}
}

func (w *writer) sheet(s Sheet) []byte {
	out := w.bof(worksheet)
	for _, c := range s.Cells {
		out = append(out, w.cell(c)...)
	}
	out = append(out, s.Extra...)
	if !s.Open {
		out = append(out, Record(0x000A)...)
	}
	return out
}

// share gives the number of a shared text.
func (w *writer) share(s string, runs [][2]int) uint32 {
	w.total++
	n, known := w.at[s]
	if !known || runs != nil {
		n = len(w.texts)
		w.texts = append(w.texts, s)
		if w.rich == nil {
			w.rich = map[int][][2]int{}
		}
		w.rich[n] = runs
		if runs == nil {
			w.at[s] = n
		}
	}
	return uint32(n)
}

func (w *writer) cell(c Cell) []byte {
	where := slices.Concat(le16(uint16(c.Row)), le16(uint16(c.Col)), le16(uint16(c.Style)))
	switch v := c.Value.(type) {
	case nil:
		return Record(0x0201, where)
	case string:
		if w.Narrow {
			return Record(0x0204, where, w.text(v, 2))
		}
		return Record(0x00FD, where, w.share(v, nil))
	case Inline:
		return Record(0x0204, where, w.text(string(v), 2))
	case Rich:
		if !w.Narrow {
			return Record(0x00FD, where, w.share(v.Text, v.Runs))
		}
		var runs []byte
		for _, r := range v.Runs {
			runs = append(runs, byte(r[0]), byte(r[1]))
		}
		return Record(0x00D6, where, w.text(v.Text, 2), byte(len(v.Runs)), runs)
	case float64:
		return Record(0x0203, where, v)
	case RK:
		return Record(0x027E, where, uint32(v))
	case bool:
		return Record(0x0205, where, v, byte(0))
	case Err:
		return Record(0x0205, where, byte(v), byte(1))
	case Formula:
		return w.formula(where, v)
	}
	panic(fmt.Sprintf("xlstest: a cell of %T", c.Value))
}

func (w *writer) formula(where []byte, f Formula) []byte {
	special := func(kind, value byte) []byte { return []byte{kind, 0, value, 0, 0, 0, 0xFF, 0xFF} }
	var value, text []byte
	switch v := f.Value.(type) {
	case float64:
		value = binary.LittleEndian.AppendUint64(nil, math.Float64bits(v))
	case bool:
		value = special(1, 0)
		if v {
			value[2] = 1
		}
	case Err:
		value = special(2, byte(v))
	case nil:
		value = special(3, 0)
	case NoText:
		value = special(0, 0)
	case string:
		value, text = special(0, 0), Record(0x0207, w.text(v, 2))
	default:
		panic(fmt.Sprintf("xlstest: a formula of %T", f.Value))
	}
	// The formula itself is one number, 0.
	return append(Record(0x0006, where, value, f.Flags, uint32(0), uint16(3), []byte{0x1E, 0, 0}), text...)
}

func orOne[T any](list []T, one T) []T {
	if len(list) == 0 {
		return []T{one}
	}
	return list
}

func wide(units []uint16) (b []byte) {
	for _, u := range units {
		b = append(b, le16(u)...)
	}
	return b
}

func narrow(units []uint16) (b []byte) {
	for _, u := range units {
		b = append(b, byte(u))
	}
	return b
}

func le16(n uint16) []byte { return binary.LittleEndian.AppendUint16(nil, n) }
func le32(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }
