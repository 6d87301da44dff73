package viet

import (
	"strings"
	"unicode"
)

// tcvn3 gives the letter that a TCVN3 font draws for a character of Windows-1252,
// by TCVN 5712:1993, table VN3; 0 where it draws what is meant. The capitals that
// VN1 adds on A0, AF, BA, BF-C5, CD, D9-DB, E0, F0 and FF, and below A0, are not
// in VN3 and not in the fonts: there stand the quotes and dashes of Windows.
var tcvn3 = func() (t [256]rune) {
	for _, row := range []struct {
		first   int
		letters string
	}{
		{0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"},
		{0xB5, "àảãáạ"}, {0xBB, "ằẳẵắ"}, {0xC6, "ặầẩẫấậè"}, {0xCE, "ẻẽéẹềểễếệìỉ"},
		{0xDC, "ĩíịò"}, {0xE1, "ỏõóọồổỗốộờởỡớợù"}, {0xF1, "ủũúụừửữứựỳỷỹýỵ"},
	} {
		for i, r := range []rune(row.letters) {
			t[row.first+i] = r
		}
	}
	return t
}()

// tcvn3Tones are the tone marks of VN3 that stand behind the letter, from B0:
// huyền, hỏi, ngã, sắc, nặng, as indexes into [tones].
var tcvn3Tones = [...]byte{1, 4, 3, 2, 5}

const firstTcvn3Tone = 0xB0

// vniMark is what a mark of VNI makes of the letter before it.
type vniMark struct {
	shape rune // the mark that makes another letter: 'â', 'ă', 0 for none
	tone  byte // index into tones from 1, 0 for none
}

// vniMarks are the marks behind letters, as small letters of Windows-1252; their
// capitals do the same.
var vniMarks = map[rune]vniMark{
	'ù': {0, 2}, 'ø': {0, 1}, 'û': {0, 4}, 'õ': {0, 3}, 'ï': {0, 5},
	'â': {'â', 0}, 'á': {'â', 2}, 'à': {'â', 1}, 'å': {'â', 4}, 'ã': {'â', 3}, 'ä': {'â', 5},
	'ê': {'ă', 0}, 'é': {'ă', 2}, 'è': {'ă', 1}, 'ú': {'ă', 4}, 'ü': {'ă', 3}, 'ë': {'ă', 5},
}

// vniLetters are the letters of VNI that are one character.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'ö': 'ư', 'ô': 'ơ', 'í': 'í', 'ì': 'ì', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'î': 'ỵ',
}

// marked puts a mark on a letter, small or capital; false where it has no place
// there.
func (m vniMark) marked(letter rune) (rune, bool) {
	base := unicode.ToLower(letter)
	switch {
	case m.shape == 'â' && base == 'a':
		base = 'â'
	case m.shape == 'â' && base == 'e':
		base = 'ê'
	case m.shape == 'â' && base == 'o':
		base = 'ô'
	case m.shape == 'ă' && base == 'a':
		base = 'ă'
	case m.shape != 0:
		return 0, false
	}
	return toned(base, m.tone, letter != unicode.ToLower(letter))
}

// toned puts a tone on a letter without one; false where it is no vowel.
func toned(base rune, tone byte, capital bool) (rune, bool) {
	for _, row := range vowels {
		if strings.HasPrefix(row, string(base)) {
			r := []rune(row)[tone]
			if capital {
				r = unicode.ToUpper(r)
			}
			return r, true
		}
	}
	return 0, false
}

// windows1252 are the characters of the bytes 80 to 9F; 0 where there is none.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// punctuated gives the character of Windows-1252 for a control character that
// stands for its byte, as some converters leave it.
func punctuated(r rune) rune {
	if r >= 0x80 && r < 0xA0 {
		if c := windows1252[r-0x80]; c != 0 {
			return c
		}
	}
	return r
}

// byteOf gives the byte of a character in Windows-1252, or in Latin-1 where some
// programs leave what Windows-1252 has no character for.
func byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	for i, c := range windows1252 {
		if c == r {
			return byte(0x80 + i), true
		}
	}
	return 0, false
}
