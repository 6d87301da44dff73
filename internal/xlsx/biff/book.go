package biff

import (
	"errors"
	"fmt"
	"strings"
)

// Book is an open workbook. It keeps the stream it was opened with and never
// changes it.
type Book struct {
	Version  int // 5 or 8
	Sheets   []Sheet
	Styles   []Style // of the cells, as Cell.Style counts
	Date1904 bool    // day 0 of serial numbers is 1904-01-01
	Macros   bool    // it has sheets of macros

	b      []byte
	lim    Limits
	texts  texts
	shared []string
	rich   map[uint32][]Run // of shared texts that have any
	cells  int              // in all sheets walked so far
}

// font is what is kept of a FONT record.
type font struct {
	name string
	bold bool
}

// fontAt gives a font by its number in the file; 4 is left out in counting.
func fontAt(fonts []font, n int) *font {
	if n > 4 {
		n--
	}
	if n < 0 || n >= len(fonts) {
		return nil
	}
	return &fonts[n]
}

// What a BOF says its records are.
const (
	kindGlobals = 0x0005
	kindSheet   = 0x0010
)

// globals reads the records of the workbook.
type globals struct {
	*Book
	r       reader
	formats map[int]string
	xfs     []xf
	names   int64 // bytes of names kept
	sst     *pieces
	unique  uint32 // texts the table says it has
}

// xf is what is kept of an XF record.
type xf struct{ font, format, indent int }

// Open reads the records of the workbook, which come before those of its
// sheets. Errors are of type *Error.
func Open(stream []byte, lim Limits) (*Book, error) {
	b := &Book{b: stream, lim: lim}
	g := globals{Book: b, r: reader{b: stream}, formats: make(map[int]string)}
	if err := g.read(); err != nil {
		return nil, err
	}
	return b, nil
}

func (g *globals) read() error {
	kind, err := g.begin()
	if err != nil {
		return err
	}
	switch kind {
	case kindGlobals:
	case kindSheet: // a stream of a single sheet, which keeps fonts and formats itself
		g.Sheets = []Sheet{{Name: "Sheet1", Cells: true}}
	default:
		return damaged("a workbook of kind %04X", kind)
	}
	g.texts = texts{wide: g.Version == 8, page: newCodePage(pageDefault), most: g.lim.CellRunes, left: g.lim.Strings}
	for depth := 1; depth > 0; {
		rec, err := g.r.next()
		if err != nil {
			return err
		}
		switch {
		case rec.id == idBOF:
			depth++
		case rec.id == idEOF:
			depth--
		case depth == 1:
			if err := g.take(rec); err != nil {
				return err
			}
		}
	}
	return g.finish()
}

// begin reads the first record: the version, and what the records are of.
func (g *globals) begin() (kind int, err error) {
	rec, err := g.r.next()
	if err != nil {
		return 0, err
	}
	switch rec.id {
	case idBOF:
	case 0x0009, 0x0209, 0x0409:
		return 0, &Error{Kind: OldFormat, Detail: fmt.Sprintf("Excel %d", 2+rec.id>>9)}
	default:
		return 0, damaged("the stream begins with record %04X", rec.id)
	}
	if len(rec.data) < 4 {
		return 0, damaged("a first record of %d bytes", len(rec.data))
	}
	switch version := le16(rec.data, 0); version {
	case 0x0500:
		g.Version = 5
	case 0x0600:
		g.Version = 8
	case 0, 2, 7, 0x0200, 0x0300, 0x0400: // of Excel 2 to 4 in the record of a later one
		return 0, &Error{Kind: OldFormat, Detail: fmt.Sprintf("version %04X", version)}
	default:
		return 0, damaged("version %04X", version)
	}
	return int(le16(rec.data, 2)), nil
}

// take takes one record of the workbook.
func (g *globals) take(rec record) error {
	d := rec.data
	switch rec.id {
	case idFilePass:
		return &Error{Kind: Encrypted}
	case idCodePage:
		if len(d) >= 2 {
			g.texts.page = newCodePage(int(le16(d, 0)))
		}
	case idDateMode:
		g.Date1904 = len(d) >= 2 && le16(d, 0) != 0
	case idFont:
		return g.takeFont(d)
	case idFormat:
		return g.takeFormat(d)
	case idXF:
		return g.takeXF(d)
	case idSheet:
		return g.takeSheet(d)
	case idSST:
		if len(d) < 8 || g.sst != nil {
			return damaged("table of texts")
		}
		p, err := g.r.pieces(rec)
		if err != nil {
			return err
		}
		p.u32()
		g.unique, g.sst = p.u32(), p
	}
	return nil
}

// finish puts together what needed all records.
func (g *globals) finish() error {
	if len(g.Sheets) == 0 {
		return damaged("no sheets")
	}
	for _, x := range g.xfs {
		s := Style{FormatID: x.format, Format: g.formats[x.format], Indent: x.indent}
		if f := fontAt(g.texts.fonts, x.font); f != nil {
			s.Font, s.Bold = f.name, f.bold
		}
		g.Styles = append(g.Styles, s)
	}
	return g.readShared()
}

// readShared reads the table of texts. Its counts are wrong in files of several
// writers, so it is read to its end; a cell that asks for a text beyond it is
// refused there.
func (g *globals) readShared() error {
	if g.sst == nil {
		return nil
	}
	size := int64(0)
	for p := g.sst; p.more(); {
		t, err := g.texts.long(p)
		if err != nil {
			if e, ok := errors.AsType[*Error](err); ok && e.Kind == Damaged && len(g.shared) >= int(g.unique) {
				return nil // what is left over behind the last text
			}
			return err
		}
		if g.texts.left--; g.texts.left < 0 {
			return &Error{Kind: TooLarge, Limit: "Strings", Detail: "too many texts"}
		}
		if size += int64(len(t.s)); size > g.lim.StringBytes {
			return &Error{Kind: TooLarge, Limit: "StringBytes", Detail: "shared texts"}
		}
		if t.runs != nil {
			if g.rich == nil {
				g.rich = make(map[uint32][]Run)
			}
			g.rich[uint32(len(g.shared))] = t.runs
		}
		g.shared = append(g.shared, t.s)
	}
	return nil
}

// keep counts a name that is kept.
func (g *globals) keep(t text, err error) (string, error) {
	if err != nil {
		return "", err
	}
	if g.names += int64(len(t.s)); g.names > g.lim.NameBytes {
		return "", &Error{Kind: TooLarge, Limit: "NameBytes", Detail: "names of sheets, fonts and formats"}
	}
	return t.s, nil
}

// bounded refuses one style too many.
func (g *globals) bounded(n int, what string) error {
	if n >= g.lim.Styles {
		return &Error{Kind: TooLarge, Limit: "Styles", Detail: "too many " + what}
	}
	return nil
}

func (g *globals) takeFont(d []byte) error {
	const weightAt, nameAt, bold = 6, 14, 600
	if len(d) < nameAt+1 {
		return damaged("a font of %d bytes", len(d))
	}
	if err := g.bounded(len(g.texts.fonts), "fonts"); err != nil {
		return err
	}
	name, err := g.keep(g.texts.short(&pieces{cur: d[nameAt:]}))
	g.texts.fonts = append(g.texts.fonts, font{name, le16(d, weightAt) >= bold})
	return err
}

func (g *globals) takeFormat(d []byte) error {
	if len(d) < 3 {
		return damaged("a number format of %d bytes", len(d))
	}
	if err := g.bounded(len(g.formats), "number formats"); err != nil {
		return err
	}
	p := &pieces{cur: d}
	id, read := p.u16(), g.texts.long
	if !g.texts.wide {
		read = g.texts.short
	}
	code, err := g.keep(read(p))
	g.formats[id] = code
	return err
}

func (g *globals) takeXF(d []byte) error {
	if len(d) < 16 {
		return damaged("a cell format of %d bytes", len(d))
	}
	if err := g.bounded(len(g.xfs), "cell formats"); err != nil {
		return err
	}
	x := xf{font: int(le16(d, 0)), format: int(le16(d, 2))}
	if g.Version == 8 {
		x.indent = int(d[8] & 0x0F)
	}
	g.xfs = append(g.xfs, x)
	return nil
}

func (g *globals) takeSheet(d []byte) error {
	const nameAt, macros = 6, 1
	if len(d) < nameAt+1 {
		return damaged("a sheet of %d bytes", len(d))
	}
	if len(g.Sheets) >= g.lim.Sheets {
		return &Error{Kind: TooLarge, Limit: "Sheets", Detail: "too many sheets"}
	}
	name, err := g.keep(g.texts.short(&pieces{cur: d[nameAt:]}))
	if err != nil {
		return err
	}
	s := Sheet{Name: name, State: State(d[4] & 3), Cells: d[5] == 0, at: int(le32(d, 0))}
	g.Macros = g.Macros || d[5] == macros
	if s.State > VeryHidden {
		return damaged("state %d of a sheet", s.State)
	}
	for _, other := range g.Sheets {
		switch {
		case strings.EqualFold(other.Name, name):
			return damaged("two sheets named %q", name)
		case other.Cells && s.Cells && other.at == s.at:
			return damaged("two sheets at byte %d", s.at)
		}
	}
	g.Sheets = append(g.Sheets, s)
	return nil
}
