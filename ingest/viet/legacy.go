package viet

import (
	"strings"
	"unicode/utf8"
)

// Encoding is the code in which a text was typed. Before Unicode became the rule
// between state bodies on 1/1/2003 (Decision 72/2002/QĐ-TTg) letters were drawn by
// the font: a file holds "Tæng céng", and .VnTime shows "Tổng cộng".
type Encoding uint8

// The codes.
const (
	Unicode Encoding = iota
	TCVN3            // TCVN 5712:1993, VN3: fonts .VnTime, .VnArial, .VnTimeH ("ABC")
	VNI              // fonts VNI-Times, VNI-Helve
	Misread          // UTF-8 that was taken for Windows-1252: "Tá»•ng"
)

// String gives the name that offices know the code by.
func (e Encoding) String() string {
	switch e {
	case TCVN3:
		return "TCVN3 (ABC)"
	case VNI:
		return "VNI"
	case Misread:
		return "UTF-8 read as Windows-1252"
	}
	return "Unicode"
}

// Run is a piece of a text in a font of its own. It ends before the byte End of
// the text and begins where the run before it ends.
type Run struct {
	Font string // "" for the font of the cell
	End  int
}

// FontEncoding gives the code whose letters a font draws, by its name, and
// whether it draws small letters as capitals, as TCVN3 fonts do whose name ends
// in H.
func FontEncoding(font string) (code Encoding, capitals bool) {
	const vn, vni = ".vn", "vni" // ".VnTime", "VNI-Times"; some programs write a blank for the hyphen
	if len(font) <= len(vn) {
		return Unicode, false
	}
	switch head, next := font[:3], font[3]; {
	case strings.EqualFold(head, vn):
		return TCVN3, font[len(font)-1] == 'H'
	case strings.EqualFold(head, vni) && (next == '-' || next == ' '):
		return VNI, false
	}
	return Unicode, false
}

// Decode gives a text as its reader saw it, and the code it was typed in. The
// fonts of the cell and of its runs say which code it may be, the letters have
// to confirm it: a font of TCVN3 stands over text in Unicode in most workbooks
// that have one. Text of which no font says anything stays as it is, but for
// UTF-8 that was misread. Where both readings are words see [Judge].
func Decode(text, font string, runs []Run) (string, Encoding) {
	v := Judge(text, font, runs)
	return v.Text, v.Code
}

// Strange reports whether a text may be another than it seems and is worth a
// [Judge]: it stands in a font of an old code, or has a character that is rare in
// Unicode and common in what was mistaken for it. It is one pass over the bytes,
// for it is asked of every cell.
func Strange(text, font string) bool {
	const two = 0xC2 // begins the sequences of U+0080 to U+00BF, the next byte those up to U+00FF
	beyond := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '?' && i+1 < len(text):
			return true
		case c < utf8.RuneSelf:
			continue
		case (c == two || c == two+1) && i+1 < len(text):
			next := text[i+1]
			if rare[c-two]&(1<<(next&0x3F)) != 0 || c == two+1 && next == 0x83 && i+2 < len(text) && text[i+2] == two {
				return true
			}
		}
		beyond = true
	}
	if !beyond {
		return false
	}
	code, _ := FontEncoding(font)
	return code != Unicode
}

// rare are the characters U+0080 to U+00BF and U+00C0 to U+00FF that are not of
// Vietnamese in Unicode, a bit each.
var rare = func() (sets [2]uint64) {
	for r := rune(0x80); r < 0x100; r++ {
		if spelt[r].base == 0 && !strings.ContainsRune("\u00a0°±²³·×", r) {
			sets[(r-0x80)/64] |= 1 << ((r - 0x80) % 64)
		}
	}
	return sets
}()

// fonts tells the code of each part of a text.
type fonts struct {
	cell Encoding
	caps bool
	runs []Run
}

// at gives the code of the font in which the byte i stands, and up to where it
// holds.
func (f fonts) at(i, end int) (code Encoding, capitals bool, until int) {
	for _, r := range f.runs {
		if i >= r.End {
			continue
		}
		if r.Font == "" {
			return f.cell, f.caps, r.End
		}
		code, capitals = FontEncoding(r.Font)
		return code, capitals, r.End
	}
	return f.cell, f.caps, end
}

// speak reports whether any font is of one of the old codes.
func speak(font string, runs []Run) bool {
	if code, _ := FontEncoding(font); code != Unicode {
		return true
	}
	for _, r := range runs {
		if code, _ := FontEncoding(r.Font); code != Unicode {
			return true
		}
	}
	return false
}
