package biff

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Flags before the characters of a text.
const (
	flagWide = 1 // two bytes to a character
	flagExt  = 4 // phonetic readings follow
	flagRich = 8 // fonts of its parts follow
)

// text is a text and the fonts of its parts.
type text struct {
	s    string
	runs []Run
}

// change says that from a character on, another font is used.
type change struct{ at, font int }

// texts reads texts in the way of the stream's version.
type texts struct {
	wide  bool // BIFF8: Unicode; else bytes in the code page
	page  codePage
	most  int // characters of one text
	left  int // runs of rich text that may still come
	fonts []font

	units   []uint16
	changes []change
}

// long reads a text whose length has two bytes, short one whose length has one.
func (t *texts) long(p *pieces) (text, error)  { return t.read(p, p.u16()) }
func (t *texts) short(p *pieces) (text, error) { return t.read(p, int(p.u8())) }

// read reads a text of n characters, with the fonts that a BIFF8 text has.
func (t *texts) read(p *pieces, n int) (text, error) {
	if !t.wide {
		return t.decode(p.bytes(n), nil, p)
	}
	if n == 0 && len(p.cur) == 0 && len(p.rest) == 0 {
		return text{}, nil // some writers leave the flags of nothing out
	}
	flags := p.u8()
	runs, ext := 0, uint32(0)
	if flags&flagRich != 0 {
		runs = p.u16()
	}
	if flags&flagExt != 0 {
		ext = p.u32()
	}
	t.units = p.units(t.units[:0], n, flags&flagWide != 0)
	changes, err := t.readChanges(p, runs, false)
	if err != nil {
		return text{}, err
	}
	p.skip(int64(ext))
	return t.encode(changes, p)
}

// rich reads the text of an RSTRING, which has its fonts behind it.
func (t *texts) rich(p *pieces) (text, error) {
	n := p.u16()
	if !t.wide {
		b := p.bytes(n)
		changes, err := t.readChanges(p, int(p.u8()), true)
		if err != nil {
			return text{}, err
		}
		return t.decode(b, changes, p)
	}
	t.units = p.units(t.units[:0], n, p.u8()&flagWide != 0)
	changes, err := t.readChanges(p, p.u16(), false)
	if err != nil {
		return text{}, err
	}
	return t.encode(changes, p)
}

// readChanges reads n changes of font; narrow ones have one byte to a number.
func (t *texts) readChanges(p *pieces, n int, narrow bool) ([]change, error) {
	t.changes = t.changes[:0]
	if t.left -= n; t.left < 0 {
		return nil, &Error{Kind: TooLarge, Limit: "Strings", Detail: "too many pieces of rich text"}
	}
	for range n {
		if p.short {
			break
		}
		if narrow {
			t.changes = append(t.changes, change{int(p.u8()), int(p.u8())})
		} else {
			t.changes = append(t.changes, change{p.u16(), p.u16()})
		}
	}
	return t.changes, nil
}

// encode makes a text of the characters read.
func (t *texts) encode(changes []change, p *pieces) (text, error) {
	if p.short {
		return text{}, damaged("a text is longer than its record")
	}
	b := make([]byte, 0, len(t.units)+len(t.units)/2)
	return t.mark(changes, func(upTo int) ([]byte, bool) {
		upTo = min(upTo, len(t.units))
		b = appendUTF16(b, t.units[:upTo])
		t.units = t.units[upTo:]
		return b, len(t.units) > 0
	})
}

// appendUTF16 appends characters in UTF-8, half a pair as U+FFFD.
func appendUTF16(b []byte, units []uint16) []byte {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if i+1 < len(units) {
				pair = utf16.DecodeRune(r, rune(units[i+1]))
			}
			if r = pair; r != utf8.RuneError {
				i++
			}
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}

// decode makes a text of bytes in the code page.
func (t *texts) decode(b []byte, changes []change, p *pieces) (text, error) {
	if p.short {
		return text{}, damaged("a text is longer than its record")
	}
	if err := t.page.check(b); err != nil {
		return text{}, err
	}
	var out []byte
	return t.mark(changes, func(upTo int) ([]byte, bool) {
		upTo = min(upTo, len(b))
		out = t.page.append(out, b[:upTo])
		b = b[upTo:]
		return out, len(b) > 0
	})
}

// mark puts a text together up to each change of font. take appends the next
// characters and gives all there are, and whether there are more.
func (t *texts) mark(changes []change, take func(upTo int) ([]byte, bool)) (text, error) {
	var runs []Run
	name, at := "", 0
	for _, c := range changes {
		if c.at < at {
			return text{}, damaged("fonts of a text out of order")
		}
		b, more := take(c.at - at)
		if len(b) > 0 {
			runs = addRun(runs, name, len(b))
		}
		if !more {
			break
		}
		name, at = t.fontName(c.font), c.at
	}
	b, _ := take(1 << 20)
	if len(runs) > 0 || name != "" {
		runs = addRun(runs, name, len(b))
	}
	s := string(b)
	if tooLong(s, t.most) {
		return text{}, &Error{Kind: TooLarge, Limit: "CellRunes", Detail: "a text with too many characters"}
	}
	return text{s, slices.Clip(runs)}, nil
}

// addRun ends a run, or lengthens one in the same font.
func addRun(runs []Run, font string, end int) []Run {
	n := len(runs)
	switch {
	case n > 0 && runs[n-1].End == end:
	case n > 0 && runs[n-1].Font == font:
		runs[n-1].End = end
	default:
		runs = append(runs, Run{font, end})
	}
	return runs
}

// fontName gives the name of a font by its number in the file, which leaves out
// 4 for reasons of its own.
func (t *texts) fontName(n int) string {
	if f := fontAt(t.fonts, n); f != nil {
		return f.name
	}
	return ""
}

// arena hands out strings cut from blocks: one allocation for hundreds of
// numbers, and a string that is kept does not keep much else.
type arena struct{ block strings.Builder }

const arenaBlock = 4 << 10

// string gives a short text as a string.
func (a *arena) string(b []byte) string {
	if a.block.Cap()-a.block.Len() < len(b) {
		a.block = strings.Builder{}
		a.block.Grow(max(arenaBlock, len(b)))
	}
	from := a.block.Len()
	a.block.Write(b)
	return a.block.String()[from:]
}
