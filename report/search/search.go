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
	for at := range n {
		if begins(words(w), words(n[at:])) {
			return true
		}
	}
	return false
}

// InCode reports whether a code begins with the words: "2" is the beginning of "2.01", and
// "1.02" that of "1.02a".
func (w Words) InCode(n Name) bool { return len(w) > 0 && begins(words(w), words(n)) }

// begins reports whether a name begins with words.
func begins(w, n words) bool {
	switch {
	case len(w) == 0:
		return true
	case len(n) == 0:
		return false
	case w[0].finds(&n[0], len(w) == 1) && begins(w[1:], n[1:]):
		return true
	}
	if k := n.spelledBy(&w[0]); k > 0 && begins(w[1:], n[k:]) {
		return true
	}
	if k := w.spelledBy(&n[0]); k > 0 && begins(w[k:], n[1:]) {
		return true
	}
	return w.joined(&n[0]) && begins(w[2:], n[1:]) || n.joined(&w[0]) && begins(w[1:], n[2:])
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
