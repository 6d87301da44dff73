package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a text, folded.
type word struct {
	plain   string // without any mark: dong
	shape   string // with the marks that make other letters: đông
	tones   string // its tone marks, wherever they stood
	marked  bool   // it was written with marks of either kind
	letters int    // of plain; 0 where there are digits
}

// words are several of them.
type words []word

// wordsOf takes a text apart. Apostrophes (Ea H'leo) and what cannot be seen stand in no
// word; whatever else is no letter, digit or mark stands between two.
func wordsOf(text string) words {
	var out words
	var shape []rune
	var tones []byte
	end := func() {
		if len(shape) > 0 {
			out = append(out, folded(shape, tones))
		}
		shape, tones = shape[:0], tones[:0]
	}
	for _, r := range text {
		if c := ascii(r); c != 0 {
			shape = append(shape, c)
			continue
		}
		r = unicode.ToLower(r)
		switch l, known := letters[r]; {
		case known:
			shape = append(shape, l.shape)
			if l.tone != 0 {
				tones = append(tones, l.tone)
			}
		case unicode.Is(unicode.Mn, r):
			if len(shape) == 0 {
				break
			}
			if tone := toneOf[r]; tone != 0 {
				tones = append(tones, tone)
			} else if made := shaped[[2]rune{shape[len(shape)-1], r}]; made != 0 {
				shape[len(shape)-1] = made
			}
		case unicode.IsLetter(r), unicode.IsDigit(r):
			shape = append(shape, r)
		case strings.ContainsRune("'’ʼ`", r), unicode.Is(unicode.Cf, r):
		default:
			end()
		}
	}
	end()
	return out
}

// ascii gives the lower case of a letter or digit of ASCII, and 0 for anything else.
func ascii(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return r
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	}
	return 0
}

func folded(shape []rune, tones []byte) word {
	w := word{shape: string(shape), tones: string(tones), letters: len(shape)}
	w.plain = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			w.letters = 0
		case r >= utf8.RuneSelf && bare[r] != 0:
			return bare[r]
		}
		return r
	}, w.shape)
	w.marked = w.plain != w.shape || w.tones != ""
	return w
}

// spelledBy gives how many words, from the first, a word spells by their first letters; 0
// where it spells none.
func (w words) spelledBy(short *word) int {
	if !short.isShort() {
		return 0
	}
	at := 0
	for _, letter := range short.plain {
		if at < len(w) && w[at].plain == "va" && letter != 'v' {
			at++
		}
		if at == len(w) || []rune(w[at].plain)[0] != letter {
			return 0
		}
		at++
	}
	return at
}

// isShort reports whether a word may be made of first letters.
func (w *word) isShort() bool {
	switch {
	case w.tones != "", w.letters < 2:
		return false
	case w.letters == 2:
		return !strings.ContainsAny(w.plain, "aeiouy")
	}
	return w.letters > 3 || !strings.ContainsAny(w.plain, "aeiou")
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// letter is a lower-case letter of Vietnamese: its shape, and its tone mark, 0 without.
type letter struct {
	shape rune
	tone  byte
}

// tones stand in the order of the letters below, none first.
const tones = " `'?~."

// letters are the letters of Vietnamese with their marks.
var letters = func() map[rune]letter {
	out := map[rune]letter{'đ': {shape: 'đ'}}
	for _, row := range []string{
		"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
	} {
		all := []rune(row)
		for i, r := range all {
			l := letter{shape: all[0]}
			if i > 0 {
				l.tone = tones[i]
			}
			out[r] = l
		}
	}
	return out
}()

// bare are letters without the mark that makes them others.
var bare = map[rune]rune{'ă': 'a', 'â': 'a', 'đ': 'd', 'ê': 'e', 'ô': 'o', 'ơ': 'o', 'ư': 'u'}

// toneOf are the tone marks where they stand behind their letter.
var toneOf = map[rune]byte{'\u0300': '`', '\u0301': '\'', '\u0309': '?', '\u0303': '~', '\u0323': '.'}

// shaped are letters whose mark stands behind them.
var shaped = map[[2]rune]rune{
	{'a', '\u0306'}: 'ă', {'a', '\u0302'}: 'â', {'e', '\u0302'}: 'ê', {'o', '\u0302'}: 'ô', {'o', '\u031b'}: 'ơ', {'u', '\u031b'}: 'ư',
}
