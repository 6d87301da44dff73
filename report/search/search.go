// Package search finds names by words as they are typed in a hurry: "ha dong" finds
// "Phường Hà Đông", and so do "p. ha dong", "HÀ ĐÔNG" and "ha do"; "ttyt gia loc" and "trung
// tam y te gia loc" find "Trung tâm Y tế Gia Lộc" and "TTYT Gia Lộc".
//
// The words must stand side by side in the name, in their order. Of each:
//
//   - case does not matter, nor where a tone mark stands (hòa, hoà), nor whether letters are
//     composed;
//   - one without any mark finds those with marks; one with marks finds only the same marks,
//     so that "hạ" is not "hà";
//   - the last may be the beginning of one, and one letter always is ("p", "x", "h"), but a
//     number is whole: "2" is not "288";
//   - the first letters of several words may stand for them, on either side, where they make no
//     word of their own: they have no vowel (tp, bv, gdđt, syt) or are four at least (ubnd).
//     "Và" may have no letter;
//   - two of them may be written as one: hanoi, mgar for M'Gar, and m gar.
//
// The package stands on the standard library; it folds what Vietnamese is written in.
package search

import "strings"

// Words is what is looked for; none where there is nothing to look for.
type Words words

// Name is what is looked in.
type Name words

// Parse reads what is looked for.
func Parse(text string) Words { return Words(wordsOf(text)) }

// NameOf prepares a name.
func NameOf(text string) Name { return Name(wordsOf(text)) }

// In reports whether a name has the words.
func (w Words) In(n Name) bool {
	if len(w) == 0 {
		return false
	}
	m := match{w: words(w), n: words(n)}
	for at := range n {
		if m.begins(0, at) {
			return true
		}
	}
	return false
}

// InCode reports whether a code begins with the words: "2" is the beginning of "2.01", and
// "1.02" that of "1.02a".
func (w Words) InCode(n Name) bool {
	m := match{w: words(w), n: words(n)}
	return len(w) > 0 && m.begins(0, 0)
}

// match looks for words in a name. No place in it is tried twice by the same words, or a name of many
// short words would take for ever.
type match struct {
	w, n  words
	tried map[[2]int]bool // in vain
}

// begins reports whether the words from the i-th on begin the name from its j-th on.
func (m *match) begins(i, j int) bool {
	switch {
	case i == len(m.w):
		return true
	case j == len(m.n), m.tried[[2]int{i, j}]:
		return false
	}
	w, n := m.w[i:], m.n[j:]
	if w[0].finds(&n[0], len(w) == 1) && m.begins(i+1, j+1) {
		return true
	}
	if k := n.spelledBy(&w[0]); k > 0 && m.begins(i+1, j+k) {
		return true
	}
	if k := w.spelledBy(&n[0]); k > 0 && m.begins(i+k, j+1) {
		return true
	}
	if w.joined(&n[0]) && m.begins(i+2, j+1) || n.joined(&w[0]) && m.begins(i+1, j+2) {
		return true
	}
	if i > 0 { // from the first word on each place is tried but once
		if m.tried == nil {
			m.tried = map[[2]int]bool{}
		}
		m.tried[[2]int{i, j}] = true
	}
	return false
}

// joined reports whether the first two words are one that is written together: M Gar, M'Gar.
func (w words) joined(one *word) bool {
	if len(w) < 2 {
		return false
	}
	a, b, whole := w[0].plain, w[1].plain, one.plain
	if one.marked && (w[0].marked || w[1].marked) {
		a, b, whole = w[0].shape, w[1].shape, one.shape
	}
	return len(a)+len(b) == len(whole) && strings.HasPrefix(whole, a) && strings.HasSuffix(whole, b)
}

// finds reports whether a word that is looked for is one of a name.
func (w *word) finds(n *word, last bool) bool {
	text, of := w.plain, n.plain
	if w.marked {
		text, of = w.shape, n.shape
	}
	if text == of {
		return !w.marked || w.tones == n.tones
	}
	if !strings.HasPrefix(of, text) || !last && w.letters != 1 || w.marked && w.tones != "" && w.tones != n.tones {
		return false
	}
	return !isDigit(text[len(text)-1]) || !isDigit(of[len(text)])
}
