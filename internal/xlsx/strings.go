package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// stringTable is the shared texts of a workbook: blocks of bytes, and where
// each text ends in them. A sheet of 100,000 rows has a million texts, too many
// to be values of their own.
type stringTable struct {
	blocks []string        // each of textBlock bytes, but for the last
	open   strings.Builder // the block being filled
	ends   []uint32        // counted through all blocks
	size   int64
	runs   map[int][]Run // of the few texts that change font
	rich   []uint64      // which they are, a bit for each text: cells ask more often than maps like
}

// textBlock is the size of a block; no text lies in two. mostTextBytes keeps
// the ends within 32 bits even if half of every block were left over.
const (
	textBlock     = 1 << 20
	mostTextBytes = 1 << 31
)

// add appends a text, which must not be longer than a block.
func (t *stringTable) add(text []byte) {
	if t.open.Len()+len(text) > textBlock {
		t.seal()
		t.open.Grow(textBlock)
	}
	t.open.Write(text)
	t.size += int64(len(text))
	t.ends = append(t.ends, uint32(len(t.blocks)*textBlock+t.open.Len()))
}

// seal closes the block being filled.
func (t *stringTable) seal() {
	t.blocks = append(t.blocks, t.open.String())
	t.open.Reset()
}

// at gives a text by its index, which must be below len(ends). A text begins
// where the one before ends, or with the block if that one is in another.
func (t *stringTable) at(i int) string {
	from, end := uint32(0), t.ends[i]
	if i > 0 {
		from = t.ends[i-1]
	}
	if from == end {
		return ""
	}
	block := (end - 1) / textBlock
	start := block * textBlock
	return t.blocks[block][max(from, start)-start : end-start]
}

// setRuns says how the text that is added next changes font.
func (t *stringTable) setRuns(runs []Run) {
	i := len(t.ends)
	t.runs[i] = runs
	for i/64 >= len(t.rich) {
		t.rich = append(t.rich, 0)
	}
	t.rich[i/64] |= 1 << (i % 64)
}

// runsAt gives the runs of a text by its index, nil where it is in one font.
func (t *stringTable) runsAt(i int) []Run {
	if i/64 >= len(t.rich) || t.rich[i/64]&(1<<(i%64)) == 0 {
		return nil
	}
	return t.runs[i]
}

// readStrings reads the table of shared texts.
func (p *pkg) readStrings(part *part) (*stringTable, error) {
	x, err := p.xml(part)
	if err != nil {
		return nil, err
	}
	defer x.close()
	s := stringsReader{x: x, rich: richText{x: x}, table: &stringTable{runs: make(map[int][]Run)}}
	s.table.open.Grow(int(min(part.file.UncompressedSize64, lastBlock))) // of a small file that is all
	err = x.document("sst", s.readItem)
	s.table.seal()
	return s.table, err
}

// stringsReader reads the table of shared texts.
type stringsReader struct {
	x      *xmlReader
	rich   richText
	table  *stringTable
	pieces int // texts and runs so far
}

// readItem reads the <si> just opened, and those after it that are short.
func (s *stringsReader) readItem() error {
	x := s.x
	if !x.own || string(x.local) != "si" {
		return x.skip()
	}
	plain := len(x.name) == len(x.local) // no prefix, so the short way is open
	if err := s.rich.read(); err != nil {
		return err
	}
	if err := s.take(s.rich.text, len(s.rich.runs), s.rich.fonts()); err != nil {
		return err
	}
	for plain {
		text, short := x.shortText()
		if !short {
			break
		}
		if err := x.checkLength(text); err != nil {
			return err
		}
		if err := s.take(text, 0, nil); err != nil {
			return err
		}
	}
	return nil
}

// take adds a text that was read in so many runs, if the limits let it.
func (s *stringsReader) take(text []byte, runs int, fonts []Run) error {
	lim := s.x.lim
	if s.pieces += 1 + runs; s.pieces > lim.Strings {
		return s.x.tooLarge("Strings", fmt.Sprintf("more than %d shared texts", lim.Strings))
	}
	if s.table.size+int64(len(text)) > min(lim.StringBytes, mostTextBytes) || len(text) > textBlock {
		return s.x.tooLarge("StringBytes", fmt.Sprintf("more than %d bytes of shared texts", lim.StringBytes))
	}
	if fonts != nil {
		s.table.setRuns(fonts)
	}
	s.table.add(text)
	return nil
}

// shortText reads a whole <si><t>text</t></si>, as most texts are written, if that
// is what comes next, all of it is in the window, and the text is as it stands.
// Everything else it leaves untouched; compare shortCell.
func (x *xmlReader) shortText() (text []byte, ok bool) {
	const before, after = "<si><t>", "</t></si>"
	b := x.buf[x.pos:x.end]
	if len(b) < len(before) || string(b[:len(before)]) != before {
		return nil, false
	}
	b = b[len(before):]
	n, seen := 0, uint8(0)
	for n < len(b) && byteKind[b[n]]&^(byteName|byteQuote|byteHigh) == 0 {
		seen |= byteKind[b[n]]
		n++
	}
	if len(b) < n+len(after) || string(b[n:n+len(after)]) != after {
		return nil, false
	}
	text = b[:n]
	if seen&byteHigh != 0 && !utf8.Valid(text) || bytes.Contains(text, []byte("_x")) {
		return nil, false
	}
	x.pos += len(before) + n + len(after)
	return text, true
}

// richText reads the inside of <si> or <is>: plain text, or runs each with a
// font of its own. Phonetic guides (rPh) are no part of the text.
type richText struct {
	x     *xmlReader
	text  []byte
	runs  []Run
	names map[string]string // fonts met before, to keep each name once
}

// read takes the element just opened.
func (r *richText) read() error {
	r.text, r.runs = r.text[:0], r.runs[:0]
	return r.x.children(func() error {
		switch string(r.x.local) {
		case "t":
			return r.readText()
		case "r":
			return r.readRun()
		case "rPh", "phoneticPr", "extLst":
			return r.x.skip()
		}
		return r.x.fail(KindDamaged, "<"+quoteClip(r.x.local)+"> inside a text")
	})
}

// readText takes <t>, with its white space: what was typed is kept.
func (r *richText) readText() error {
	from := len(r.text)
	var err error
	if r.text, err = r.x.content(r.text); err != nil {
		return err
	}
	r.text = append(r.text[:from], decodeEscapes(r.text[from:])...)
	return r.x.checkLength(r.text)
}

// readRun takes <r>.
func (r *richText) readRun() error {
	font := ""
	err := r.x.children(func() error {
		switch string(r.x.local) {
		case "t":
			return r.readText()
		case "rPr":
			var err error
			font, err = r.readFont()
			return err
		case "extLst":
			return r.x.skip()
		}
		return r.x.fail(KindDamaged, "<"+quoteClip(r.x.local)+"> inside a text")
	})
	if n := len(r.runs); n > 0 && r.runs[n-1].Font == font {
		r.runs[n-1].End = len(r.text)
		return err
	}
	if len(r.runs) >= r.x.lim.CellRunes {
		return r.x.tooLarge("CellRunes", "runs of one text")
	}
	r.runs = append(r.runs, Run{font, len(r.text)})
	return err
}

// readFont takes <rPr> and gives the name of its font.
func (r *richText) readFont() (string, error) {
	font := ""
	err := r.x.children(func() error {
		if string(r.x.local) == "rFont" {
			font = r.intern(r.x.attr("val"))
		}
		return r.x.skip()
	})
	return font, err
}

func (r *richText) intern(name []byte) string {
	if known, ok := r.names[string(name)]; ok {
		return known
	}
	if r.names == nil {
		r.names = make(map[string]string)
	}
	kept := r.x.keep(name)
	r.names[kept] = kept
	return kept
}

// fonts gives the runs of the text last read, nil if all of it is in the font
// of the cell.
func (r *richText) fonts() []Run {
	for _, run := range r.runs {
		if run.Font != "" {
			return append([]Run(nil), r.runs...)
		}
	}
	return nil
}

// checkLength holds a text against the most a cell can have.
func (x *xmlReader) checkLength(text []byte) error {
	if len(text) > x.lim.CellRunes && utf8.RuneCount(text) > x.lim.CellRunes {
		return x.tooLarge("CellRunes", fmt.Sprintf("more than %d characters", x.lim.CellRunes))
	}
	return nil
}

// textArena hands out strings cut from a few large blocks: one allocation for
// some thousand cells, and a string stays good for as long as it is held.
type textArena struct {
	block strings.Builder
	size  int   // of the block
	total int64 // bytes handed out
}

// Sizes of the blocks: small for small files, and never so large that one
// string kept holds much.
const (
	firstBlock = 1 << 10
	lastBlock  = 32 << 10
)

// string gives b as a string.
func (a *textArena) string(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if a.block.Cap()-a.block.Len() < len(b) {
		a.size = min(max(2*a.size, firstBlock), lastBlock)
		a.block.Reset()
		a.block.Grow(max(a.size, len(b)))
	}
	a.total += int64(len(b))
	from := a.block.Len()
	a.block.Write(b)
	return a.block.String()[from:]
}

// trim cuts the white space of XML at both ends.
func trim(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}
