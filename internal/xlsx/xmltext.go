package xlsx

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// What a byte may be, as bits, so that one pass over a text tells whether
// anything in it wants a closer look.
const (
	byteMarkup  = 1 << iota // < and, in text, the start of an entity
	byteEntity              // &
	byteControl             // never allowed in XML
	byteReturn              // carriage return, read as line feed
	byteBracket             // ], which may begin ]]>
	byteHigh                // part of a character beyond ASCII
	byteQuote               // " or '
	byteName                // letter, digit and the like, in a name
)

// byteKind is the table behind it; never changed.
var byteKind = func() (t [256]uint8) {
	for c := range 0x20 {
		t[c] = byteControl
	}
	t['\t'], t['\n'], t['\r'] = 0, 0, byteReturn
	t['<'], t['&'], t[']'] = byteMarkup, byteEntity, byteBracket
	t['"'], t['\''] = byteQuote, byteQuote
	for c := 0x80; c <= 0xff; c++ {
		t[c] = byteHigh | byteName
	}
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:" {
		t[c] |= byteName
	}
	return t
}()

// kinds gives the bits of all bytes of b.
func kinds(b []byte) (seen uint8) {
	for _, c := range b {
		seen |= byteKind[c]
	}
	return seen
}

// decodeText makes text of the raw bytes between two tags. The result is b
// itself where nothing had to be changed.
func (x *xmlReader) decodeText(b []byte) ([]byte, error) {
	seen := kinds(b)
	if seen&byteControl != 0 {
		return nil, x.fail(KindMalformedXML, "control character in text")
	}
	if seen&byteHigh != 0 && !utf8.Valid(b) {
		return nil, x.fail(KindMalformedXML, "text is not UTF-8")
	}
	if seen&byteBracket != 0 && bytes.Contains(b, []byte("]]>")) {
		return nil, x.fail(KindMalformedXML, "]]> in text")
	}
	if seen&(byteEntity|byteReturn) == 0 {
		return b, nil
	}
	var err error
	x.scratch, err = x.unescape(x.scratch[:0], b)
	return x.scratch, err
}

// unescape appends b to dst with entities replaced and line ends made "\n".
func (x *xmlReader) unescape(dst, b []byte) ([]byte, error) {
	for len(b) > 0 {
		switch c := b[0]; c {
		case '\r':
			dst = append(dst, '\n')
			b = b[1:]
			if len(b) > 0 && b[0] == '\n' {
				b = b[1:]
			}
		case '&':
			end := bytes.IndexByte(b, ';')
			if end < 0 {
				return dst, x.fail(KindMalformedXML, "& without ;")
			}
			r, kind := entity(b[1:end])
			if kind != "" {
				return dst, x.fail(kind, "entity "+quoteClip(b[:end+1]))
			}
			dst = utf8.AppendRune(dst, r)
			b = b[end+1:]
		default:
			dst = append(dst, c)
			b = b[1:]
		}
	}
	return dst, nil
}

// entity gives the character of one of the five entities of XML or of a
// character reference. Nothing else is ever expanded.
func entity(name []byte) (rune, ErrorKind) {
	switch string(name) {
	case "amp":
		return '&', ""
	case "lt":
		return '<', ""
	case "gt":
		return '>', ""
	case "quot":
		return '"', ""
	case "apos":
		return '\'', ""
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, KindUnknownEntity
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	r, ok := number(digits, base)
	if !ok || !isXMLChar(r) {
		return 0, KindMalformedXML
	}
	return r, ""
}

// number reads digits of a base up to 16 as a character number.
func number(digits []byte, base rune) (n rune, ok bool) {
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base {
			return 0, false
		}
		if n = n*base + d; n > utf8.MaxRune {
			return 0, false
		}
	}
	return n, len(digits) > 0
}

func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}

// isXMLChar is the production Char of XML 1.0.
func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		0x20 <= r && r <= 0xd7ff || 0xe000 <= r && r <= 0xfffd || 0x10000 <= r && r <= utf8.MaxRune
}

// decodeEscapes replaces _xHHHH_ in b, in place: the spelling the format has
// for characters XML cannot hold (ST_Xstring). Two surrogates side by side
// make one character; a lone one stays as it is spelt.
func decodeEscapes(b []byte) []byte {
	at := bytes.Index(b, []byte("_x"))
	if at < 0 {
		return b
	}
	out := b[:at]
	for b = b[at:]; len(b) > 0; {
		unit, ok := escapeUnit(b)
		if !ok {
			out = append(out, b[0])
			b = b[1:]
			continue
		}
		r, width := rune(unit), 7
		if utf16.IsSurrogate(r) {
			low, _ := escapeUnit(b[7:])
			if r = utf16.DecodeRune(r, rune(low)); r == utf8.RuneError {
				out = append(out, b[0])
				b = b[1:]
				continue
			}
			width = 14
		}
		out = utf8.AppendRune(out, r)
		b = b[width:]
	}
	return out
}

// escapeUnit reads _xHHHH_ at the start of b.
func escapeUnit(b []byte) (uint16, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n, ok := number(b[2:6], 16)
	return uint16(n), ok
}

// utf16Reader gives UTF-16 as UTF-8. Its source begins after the byte order
// mark.
type utf16Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    []byte // whole units not yet decoded, then perhaps half a unit
	buf   [8 << 10]byte
	out   []byte // decoded, not yet given out
	err   error
}

// errUTF16 is the cause when half a character is found.
var errUTF16 = &Error{Kind: KindMalformedXML, Detail: "broken UTF-16"}

func (u *utf16Reader) Read(b []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.decode()
	}
	n := copy(b, u.out)
	u.out = u.out[n:]
	return n, nil
}

// decode reads on and turns what is there into UTF-8.
func (u *utf16Reader) decode() {
	kept := copy(u.buf[:], u.in)
	n, err := u.src.Read(u.buf[kept:])
	u.in, u.err = u.buf[:kept+n], err
	u.out = u.out[:0]
	for len(u.in) >= 2 {
		r, width := rune(u.order.Uint16(u.in)), 2
		if utf16.IsSurrogate(r) {
			if len(u.in) < 4 && u.err == nil {
				return
			}
			if len(u.in) >= 4 {
				r, width = utf16.DecodeRune(r, rune(u.order.Uint16(u.in[2:]))), 4
			}
			if width == 2 || r == utf8.RuneError {
				u.err = errUTF16
				return
			}
		}
		u.out = utf8.AppendRune(u.out, r)
		u.in = u.in[width:]
	}
	if len(u.in) > 0 && u.err == io.EOF { //nolint:errorlint // kept bare; a damage error may wrap one
		u.err = errUTF16
	}
}

// quoteClip shows foreign bytes in an error.
func quoteClip(b []byte) string { return clip(string(bytes.ToValidUTF8(b, []byte("?")))) }
