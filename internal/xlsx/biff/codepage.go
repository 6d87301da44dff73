package biff

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// codePage decodes the bytes of texts before BIFF8.
type codePage struct {
	number int
	table  *charmap.Charmap // nil: UTF-8, or not known
}

const (
	pageUTF8    = 65001
	pageDefault = 1252
)

// pages by number. Those of East Asia, with two bytes to a character, are left
// out: tables of half a megabyte for files nobody sends.
var pages = map[int]*charmap.Charmap{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic,
	0x8000: charmap.Macintosh, 0x8001: charmap.Windows1252,
}

func newCodePage(number int) codePage { return codePage{number, pages[number]} }

// check says whether the bytes can be told. ASCII always can.
func (c codePage) check(b []byte) error {
	switch {
	case c.table != nil || isASCII(b):
		return nil
	case c.number != pageUTF8:
		return &Error{Kind: CodePage, Detail: fmt.Sprintf("code page %d", c.number)}
	case !utf8.Valid(b):
		return damaged("a text is not in UTF-8, which the file says it is in")
	}
	return nil
}

// append appends bytes in UTF-8. Bytes that stand for nothing become U+FFFD.
func (c codePage) append(dst, b []byte) []byte {
	if c.table == nil || isASCII(b) {
		return append(dst, b...)
	}
	for _, x := range b {
		dst = utf8.AppendRune(dst, c.table.DecodeByte(x))
	}
	return dst
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
