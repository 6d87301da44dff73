package match

import (
	"strings"
	"unicode/utf8"

	"tonghop/ingest/viet"
)

// name is a name in the forms in which it is compared.
type name struct {
	key   string // of package viet, with numbers without leading zeros: "phường 01" is "phường 1"
	plain string // the key without marks
	loose string // plain without blanks, and alike for all the ways a name may be written; what is searched by
}

func nameOf(text string) name { return nameOfKey(viet.Key(text)) }

func nameOfKey(key string) name {
	key = unpadded(strings.ReplaceAll(key, "ð", "đ")) // old keyboards type the Icelandic letter
	plain := unmarked(key)
	return name{key: key, plain: plain, loose: loose.Replace(plain)}
}

// loose makes alike what [spells] may find to be one name.
var loose = strings.NewReplacer(" ", "", "y", "i", "c", "k")

// unpadded takes the leading zeros off the numbers in a key.
func unpadded(key string) string {
	if !strings.Contains(key, "0") {
		return key
	}
	words := strings.Split(key, " ")
	for i, w := range words {
		if bare := strings.TrimLeft(w, "0"); isDigits(w) && bare != "" {
			words[i] = bare
		}
	}
	return strings.Join(words, " ")
}

// unmarked takes the marks off a key.
func unmarked(key string) string {
	if isASCII(key) {
		return key
	}
	out := make([]byte, 0, len(key))
	for _, r := range key {
		switch {
		case r == 'đ':
			out = append(out, 'd')
		case r < 0x300 || r > 0x36F: // no combining mark
			out = utf8.AppendRune(out, r)
		}
	}
	return string(out)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// folded writes i for y and, at the end of a word, k for c: "Đắc Lắc" is "Đắk
// Lắk". Where two units of a list differ in nothing else, both are found, and
// neither is taken unless it is spelt as it is.
func folded(key string) string {
	if !strings.ContainsAny(key, "yc") {
		return key
	}
	words := strings.Split(strings.ReplaceAll(key, "y", "i"), " ")
	for i, w := range words {
		letters := strings.TrimRight(w, toneMarks)
		if stem, ok := strings.CutSuffix(letters, "c"); ok && stem != "" {
			words[i] = stem + "k" + w[len(letters):]
		}
	}
	return strings.Join(words, " ")
}

// toneMarks are the five tones as they stand at the ends of words in keys.
const toneMarks = "\u0300\u0301\u0303\u0309\u0323"

// spelt says how a text spells a name.
type spelt uint8

// The ways of spelling, closest first.
const (
	exactly     spelt = iota // but for case, blanks, punctuation and the place of tone marks
	spaced                   // with blanks left out or put in: Sapa, Kontum
	byAlias                  // by another name that the unit has or had: TT. Huế
	loosely                  // with i for y, or c for k
	withoutMark              // Hai Duong
	halfMarked               // some marks left out, none wrong: Hải Duong
)

// spelling is what a way of spelling is worth: bits is by how much it makes a
// reading less likely, sure the confidence that it leaves, per mille.
var spelling = [...]struct{ bits, sure int }{
	exactly: {0, 1000}, spaced: {1, 970}, byAlias: {1, 960}, loosely: {2, 950}, withoutMark: {2, 940}, halfMarked: {3, 920},
}

// spells compares two names that are alike loosely. It is false when a mark
// stands in the text that is not in the name: then it is another name, or a slip
// of the pen, and that is not told from here.
func spells(text, unit name) (spelt, bool) {
	switch {
	case text.key == unit.key:
		return exactly, true
	case text.key == text.plain && text.plain != unit.key && !isASCII(unit.key):
		return withoutMark, true
	}
	a, b := apart(text.key), apart(unit.key)
	if a.same(b) {
		return spaced, true
	}
	a, b = apart(folded(text.key)), apart(folded(unit.key))
	switch {
	case a.same(b):
		return loosely, true
	case a.within(b):
		return halfMarked, true
	}
	return 0, false
}

// letters is a key taken apart.
type letters struct {
	base  []rune
	marks []rune   // of each base, 0 without
	tones []string // of each word
}

func apart(key string) letters {
	var l letters
	for word := range strings.SplitSeq(key, " ") {
		body := strings.TrimRight(word, toneMarks)
		for _, r := range body {
			switch {
			case r == 'đ':
				l.base, l.marks = append(l.base, 'd'), append(l.marks, 'đ')
			case r >= 0x300 && r <= 0x36F && len(l.marks) > 0:
				l.marks[len(l.marks)-1] = r
			default:
				l.base, l.marks = append(l.base, r), append(l.marks, 0)
			}
		}
		l.tones = append(l.tones, word[len(body):])
	}
	return l
}

// same reports whether both have the same letters and tones, blanks aside.
func (l letters) same(o letters) bool {
	return string(l.base) == string(o.base) && string(l.marks) == string(o.marks) && strings.Join(l.tones, "") == strings.Join(o.tones, "")
}

// within reports whether l has no mark that o has not at the same place.
func (l letters) within(o letters) bool {
	if string(l.base) != string(o.base) {
		return false
	}
	for i, m := range l.marks {
		if m != 0 && m != o.marks[i] {
			return false
		}
	}
	if len(l.tones) != len(o.tones) { // words run together: their tones cannot be laid side by side
		all := strings.Join(l.tones, "")
		return all == "" || all == strings.Join(o.tones, "")
	}
	for i, t := range l.tones {
		if t != "" && t != o.tones[i] {
			return false
		}
	}
	return true
}
