package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key gives the form in which names are compared. Letters are lower case, and
// everything between words is one blank. The tone mark of a syllable is taken
// from its vowel to the end of the syllable, because laws write "hòa" and
// typewriters "hoà"; the marks that make other letters (ă â ê ô ơ ư đ) stay
// where they are. Keys are for comparing only and never shown.
func Key(s string) string {
	if isKey(s) {
		return s
	}
	var buf [2 * longestFast]byte
	return string(AppendKey(buf[:0], s))
}

// AppendKey appends the key of s to out, which it gives back: for looking a key
// up that is not kept.
func AppendKey(out []byte, s string) []byte {
	if len(s) > longestFast {
		return append(out, slowKey(s)...)
	}
	start, tones := len(out), [8]byte{}
	n, open := 0, false // tones of the word, and whether there is one
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			if lower := asciiKey[c]; lower != 0 {
				if !open && len(out) > start {
					out = append(out, ' ')
				}
				out, open = append(out, lower), true
				continue
			}
			out, n, open = append(out, toneMarks(tones[:n])...), 0, false
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		at, known := letterAt(r)
		if !known || letters[at].base == "" || n == len(tones) {
			return append(out[:start], slowKey(s)...)
		}
		l := &letters[at]
		i += size
		if !open && len(out) > start {
			out = append(out, ' ')
		}
		out, open = append(out, l.base...), true
		if l.tone != 0 {
			tones[n], n = l.tone, n+1
		}
	}
	return append(out, toneMarks(tones[:n])...)
}

// isKey reports whether a text is one word of ASCII that is its own key, as codes
// and whole numbers are.
func isKey(s string) bool {
	for i := range len(s) {
		if c := s[i]; c == 0 || c >= utf8.RuneSelf || asciiKey[c] != c {
			return false
		}
	}
	return true
}

// longestFast bounds the texts that are keyed without going through Unicode's
// tables; names are shorter. A letter takes at most twice its bytes in a key,
// with the blank before it and its tone.
const longestFast = 200

// asciiKey is what an ASCII letter or digit becomes in a key, 0 for anything
// else.
var asciiKey = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		if key := slowKey(string(rune(c))); key != "" {
			t[c] = key[0]
		}
	}
	return t
}()

// letter is what a letter with marks becomes in a key: itself without its tone,
// and the tone.
type letter struct {
	base string
	tone byte // index into tones, from 1; 0 without
}

// tones are the five tone marks.
var tones = [...]string{"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

// letters are the letters of Vietnamese that are no ASCII, as the long way keys
// them; those between them have no base. See letterAt.
var letters = func() (out [latinEnd - latin + addedEnd - added]letter) {
	for _, r := range "àáãảạăằắẵẳặâầấẫẩậèéẽẻẹêềếễểệìíĩỉịòóõỏọôồốỗổộơờớỡởợùúũủụưừứữửựỳýỹỷỵđ" {
		for _, form := range []rune{r, unicode.ToUpper(r)} {
			l := letter{base: slowKey(string(form))}
			for i, t := range tones {
				if base, has := strings.CutSuffix(l.base, t); has {
					l = letter{base, byte(i + 1)}
				}
			}
			i, _ := letterAt(form)
			out[i] = l
		}
	}
	return out
}()

// The letters lie in two runs of Unicode.
const (
	latin, latinEnd = 'À', 'ư' + 1
	added, addedEnd = 'Ạ', 'ỹ' + 1
)

// letterAt gives the place of a letter in the table, false where it has none.
func letterAt(r rune) (int, bool) {
	switch {
	case latin <= r && r < latinEnd:
		return int(r - latin), true
	case added <= r && r < addedEnd:
		return int(r-added) + latinEnd - latin, true
	}
	return 0, false
}

// toneMarks spells the tones of a word.
func toneMarks(at []byte) string {
	switch len(at) {
	case 0:
		return ""
	case 1:
		return tones[at[0]-1]
	}
	var out strings.Builder
	for _, t := range at {
		out.WriteString(tones[t-1])
	}
	return out.String()
}

// slowKey is [Key] for any text.
func slowKey(s string) string {
	var out strings.Builder
	out.Grow(len(s) + 8)
	var tones []rune // of the word: one, or more where blanks were forgotten
	open := false    // within a word
	endWord := func() {
		out.WriteString(string(tones))
		tones, open = tones[:0], false
	}
	for _, r := range strings.ToLower(norm.NFD.String(s)) { // marks first: "İ" has one more than its lower case
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
