package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key gives the form in which names are compared. Letters are lower case, and
// everything between words is one blank. The tone mark of a syllable is taken
// from its vowel to the end of the syllable, because laws write "hòa" and
// typewriters "hoà"; the marks that make other letters (ă â ê ô ơ ư đ) stay
// where they are. Keys are for comparing only and never shown.
func Key(s string) string {
	var out strings.Builder
	out.Grow(len(s) + 8)
	var tones []rune // of the word: one, or more where blanks were forgotten
	open := false    // within a word
	endWord := func() {
		out.WriteString(string(tones))
		tones, open = tones[:0], false
	}
	for _, r := range strings.ToLower(norm.NFD.String(s)) {
		switch {
		case isTone(r):
			if open {
				tones = append(tones, r)
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) && open:
			if !open && out.Len() > 0 {
				out.WriteByte(' ')
			}
			open = true
			out.WriteRune(r)
		case unicode.Is(unicode.Cf, r): // cannot be seen
		default:
			endWord()
		}
	}
	endWord()
	return out.String()
}

// isTone reports whether r is one of the five tone marks: huyền, sắc, ngã, hỏi,
// nặng.
func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
		return true
	}
	return false
}

// Plain is [Key] without any mark at all, for finding what was nearly meant:
// "ha noi" for "Hà Nội". Two different names may share it.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ':
			return 'd'
		}
		return r
	}, Key(s))
}
