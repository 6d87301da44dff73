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

// readStrings reads the table of shared texts.
func (p *pkg) readStrings(part *part) (*stringTable, error) {
	x, err := p.xml(part)
	if err != nil {
		return nil, err
	}
	defer x.close()
	t := &stringTable{runs: make(map[int][]Run)}
	rich := richText{x: x}
	pieces := 0
	err = x.document("sst", func() error {
		if !x.own || string(x.local) != "si" {
			return x.skip()
		}
		if err := rich.read(); err != nil {
			return err
		}
		pieces += 1 + len(rich.runs)
		if pieces > p.lim.Strings {
			return x.tooLarge("Strings", fmt.Sprintf("more than %d shared texts", p.lim.Strings))
		}
		if t.size+int64(len(rich.text)) > min(p.lim.StringBytes, mostTextBytes) || len(rich.text) > textBlock {
			return x.tooLarge("StringBytes", fmt.Sprintf("more than %d bytes of shared texts", p.lim.StringBytes))
		}
		if runs := rich.fonts(); runs != nil {
			t.runs[len(t.ends)] = runs
		}
		t.add(rich.text)
		return nil
	})
	t.seal()
	return t, err
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
func trim(b []byte) []byte { return bytes.Trim(b, " \t\r\n") }
