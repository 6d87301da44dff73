package xlsx

import (
	"errors"
	"unicode/utf8"
)

// maxText is how many UTF-16 units a cell may hold.
const maxText = 32_767

// ErrTextTooLong says that a text does not fit. It is not cut to fit: a
// narrative that lost its end would look complete (law 5).
var ErrTextTooLong = errors.New("text too long")

// ErrNotText says that bytes are not UTF-8, or, in a place where Excel has no
// way to write them, that a text has control characters.
var ErrNotText = errors.New("not a text")

// checkText tells whether a text is UTF-8 of at most limit UTF-16 units, the
// unit in which Excel counts.
func checkText(text string, limit int) error {
	if !utf8.ValidString(text) {
		return ErrNotText
	}
	// A text never has more UTF-16 units than bytes.
	if len(text) > limit && utf16Len(text) > limit {
		return ErrTextTooLong
	}
	return nil
}

func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// plainText tells whether a text is UTF-8 without characters that XML cannot
// carry. Outside cells there is no escape for them.
func plainText(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if unwritable(r) {
			return false
		}
	}
	return true
}

// unwritable tells whether a character cannot stand in the XML of a cell.
// Carriage return could, but a reader of XML turns it into a line feed.
func unwritable(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF
}

// appendText appends a cell's text as XML. Characters XML cannot carry become
// _xHHHH_, as the format has it (ISO/IEC 29500-1, 22.9.2.19); a text that says
// _x0041_ of its own has its first underscore written that way, so that it is
// read back as it was.
func appendText(dst []byte, text string) []byte {
	plain := 0 // where the bytes not yet copied begin
	for i := 0; i < len(text); {
		c := text[i]
		if c >= 0x20 && c < utf8.RuneSelf && c != '<' && c != '>' && c != '&' && c != '_' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !needsEscape(r, text[i:]) {
			i += size
			continue
		}
		dst = append(dst, text[plain:i]...)
		dst = appendEscape(dst, r)
		i += size
		plain = i
	}
	return append(dst, text[plain:]...)
}

// needsEscape tells whether r, which begins rest, cannot be copied as it is.
func needsEscape(r rune, rest string) bool {
	switch r {
	case '<', '>', '&':
		return true
	case '_':
		return looksEscaped(rest)
	}
	return unwritable(r)
}

// looksEscaped tells whether a reader would take the beginning of text for
// _xHHHH_. The closing underscore may also be the first one of an escape that
// follows.
func looksEscaped(text string) bool {
	if len(text) < 7 || text[1] != 'x' {
		return false
	}
	for _, c := range []byte(text[2:6]) {
		if !isHex(c) {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(text[6:])
	return r == '_' || unwritable(r)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func appendEscape(dst []byte, r rune) []byte {
	switch r {
	case '<':
		return append(dst, "&lt;"...)
	case '>':
		return append(dst, "&gt;"...)
	case '&':
		return append(dst, "&amp;"...)
	}
	const hex = "0123456789ABCDEF"
	return append(dst, '_', 'x', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15], '_')
}

// appendAttr appends a text as the value of an attribute in double quotes.
// Line ends and tabs are written as references: bare, XML makes blanks of them.
func appendAttr(dst []byte, text string) []byte {
	for _, r := range text {
		switch r {
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '&':
			dst = append(dst, "&amp;"...)
		case '"':
			dst = append(dst, "&quot;"...)
		case '\t', '\n', '\r':
			dst = append(dst, '&', '#', 'x', "0123456789ABCDEF"[r], ';')
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// appendFormula appends a formula as XML. Formulas have no _xHHHH_ escape, so
// their text is checked with plainText first.
func appendFormula(dst []byte, expr string) []byte {
	for i := range len(expr) {
		switch c := expr[i]; c {
		case '<', '>', '&':
			dst = appendEscape(dst, rune(c))
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// spaced tells whether a reader of XML might drop blanks of the text.
func spaced(text string) bool {
	if text == "" {
		return false
	}
	first, last := text[0], text[len(text)-1]
	if first <= ' ' || last <= ' ' {
		return true
	}
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\t' || text[i] == ' ' && text[i+1] == ' ' {
			return true
		}
	}
	return false
}
