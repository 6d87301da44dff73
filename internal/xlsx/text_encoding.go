package xlsx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decodeText gives a text in UTF-8. The encoding is UTF-16 or UTF-8 by its mark,
// UTF-8 if the bytes can be nothing else, or one of the two code pages in which
// Vietnamese programs have saved text, if the bytes make sense in just that one.
// Otherwise the text is refused: a name decoded by guess is another name.
func decodeText(b []byte) ([]byte, error) {
	var text []byte
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		order := binary.ByteOrder(binary.LittleEndian)
		if b[0] == 0xfe {
			order = binary.BigEndian
		}
		var err error
		if text, err = decodeUTF16(b[2:], order); err != nil {
			return nil, err
		}
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		if text = b[3:]; !utf8.Valid(text) {
			return nil, &Error{Kind: KindDamaged, Detail: "bytes that are not UTF-8, which the file begins as"}
		}
	case utf8.Valid(b):
		text = b
	case isTornUTF8(b):
		return nil, &Error{Kind: KindDamaged, Detail: "UTF-8 with bytes among it that are none"}
	default:
		page := codePageOf(b)
		if page == nil {
			return nil, &Error{Kind: KindCodePage}
		}
		text = make([]byte, 0, len(b)+len(b)/4)
		for _, c := range b {
			text = utf8.AppendRune(text, page.DecodeByte(c))
		}
	}
	text = bytes.TrimSuffix(text, []byte{0x1a}) // how DOS ends a file
	if at := bytes.IndexFunc(text, isControl); at >= 0 {
		return nil, &Error{Kind: KindNotSpreadsheet, Detail: fmt.Sprintf("control character %02X in the text", text[at])}
	}
	return text, nil
}

// isTornUTF8 reports whether most of what is not ASCII is UTF-8: then the rest is
// damage, and no code page makes sense of the whole.
func isTornUTF8(b []byte) bool {
	whole, high := 0, 0
	for len(b) > 0 {
		_, size := utf8.DecodeRune(b)
		if b[0] >= utf8.RuneSelf {
			high += size
			if size > 1 {
				whole += size
			}
		}
		b = b[size:]
	}
	return 2*whole > high
}

// isControl reports whether a character has no place in a text.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' || r == 0x7f
}

// decodeUTF16 takes no half pairs and no half characters.
func decodeUTF16(b []byte, order binary.ByteOrder) ([]byte, error) {
	text := make([]byte, 0, len(b))
	for ; len(b) >= 2; b = b[2:] {
		r := rune(order.Uint16(b))
		if utf16.IsSurrogate(r) && len(b) >= 4 {
			if r = utf16.DecodeRune(r, rune(order.Uint16(b[2:]))); r != utf8.RuneError {
				b = b[2:]
			}
		}
		if utf16.IsSurrogate(r) || r == utf8.RuneError {
			return nil, &Error{Kind: KindDamaged, Detail: "half a character in UTF-16"}
		}
		text = utf8.AppendRune(text, r)
	}
	if len(b) > 0 {
		return nil, &Error{Kind: KindDamaged, Detail: "UTF-16 that is cut off"}
	}
	return text, nil
}

// Windows-1258 writes the tone behind the vowel, as a byte of its own. To
// Windows-1252 these bytes are letters, and where it has them in Vietnamese, as in
// "Bình", they stand behind consonants. Some bytes are different letters in the
// two, and prove nothing.
const (
	toneBytes   = "\xcc\xd2\xde\xec\xf2"                                                             // in 1252 Ì Ò Þ ì ò
	vowelBytes  = "aeiouyAEIOUY\xc2\xca\xd4\xc3\xd5\xdd\xe2\xea\xf4\xe3\xf5\xfd"                     // in 1258, with â ê ô ă ơ ư
	otherBytes  = "\xc3\xd0\xd5\xdd\xe3\xf0\xf5\xfd\xfe"                                             // in 1258 Ă Đ Ơ Ư ă đ ơ ư ₫
	iceland     = "\xd0\xde\xf0\xfe"                                                                 // in 1252 Ð Þ ð þ
	notTCVN3    = "\xb0\xb1\xb2\xb3\xb4\xba\xbf\xc0\xc1\xc2\xc3\xc4\xc5\xcd\xd9\xda\xdb\xe0\xf0\xff" // of what is above A0
	undefined58 = "\x81\x8a\x8d\x8e\x8f\x90\x9a\x9d\x9e"
	undefined52 = "\x81\x8d\x8f\x90\x9d"
)

// codePageOf tells by the content which of the two code pages a text is in; nil
// if it makes no sense in either, or might be in both and would differ. Text in
// TCVN3, where signs such as µ and ¨ are letters and stand in words, was always
// shown in fonts over Windows-1252. It is decoded as that, so that its letters are
// the ones that it has in a workbook: what is meant by them is not for the format
// to say.
func codePageOf(b []byte) *charmap.Charmap {
	var seen [256]bool
	tones, letters := false, false // a tone byte behind a vowel, and elsewhere
	signs := false                 // a sign in a word
	for i, c := range b {
		seen[c] = true
		switch {
		case c < utf8.RuneSelf:
		case isSignInWord(b, i):
			signs = true
		case strings.IndexByte(toneBytes, c) < 0:
		case i > 0 && strings.IndexByte(vowelBytes, b[i-1]) >= 0:
			tones = true
		default:
			letters = true
		}
	}
	has := func(bytes string) bool {
		for i := range len(bytes) {
			if seen[bytes[i]] {
				return true
			}
		}
		return false
	}
	switch {
	case signs && (has(notTCVN3) || has(undefined52)):
		return nil
	case signs:
		return charmap.Windows1252
	case tones && !letters && !has(undefined58):
		return charmap.Windows1258
	case tones || has(undefined52) || has(iceland):
		return nil
	case letters || !has(otherBytes):
		return charmap.Windows1252
	}
	return nil
}

// isSignInWord reports whether a sign such as µ or ¨ stands between letters.
func isSignInWord(b []byte, i int) bool {
	c := b[i]
	sign := 0xa1 <= c && c <= 0xbf || c == 0xd7 || c == 0xf7
	return sign && i > 0 && i+1 < len(b) && isLetterByte(b[i-1]) && isLetterByte(b[i+1])
}

func isLetterByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0xc0
}
