package match

import (
	"strings"
	"unicode/utf8"

	"tonghop/report/country"
)

// abbreviates reports whether the words of a text are those of a name shortened to
// their first letters: "Sở LĐ,TB&XH" and "SLĐTBXH" are "Sở Lao động - Thương binh và
// Xã hội". Small words may be left out, and so may the place at the end, "tỉnh
// Lào Cai". A text that shortens nothing abbreviates nothing. Both are keys.
func abbreviates(text, name []string) bool {
	if len(text) == 0 || len(text) >= len(name) {
		return false
	}
	shortened := false
	for len(text) > 0 {
		text, name = past(text), past(name)
		if len(text) == 0 || len(name) == 0 {
			break
		}
		switch n := initials(text[0], name); {
		case n > 1:
			name, shortened = name[n:], true
		case text[0] == name[0]:
			name = name[1:]
		case isLevelWord(name[0]): // "Sở LĐTBXH Hải Dương"
			name = name[1:]
			continue
		default:
			return false
		}
		text = text[1:]
	}
	return shortened && len(past(text)) == 0 && (len(past(name)) == 0 || isPlacePart(name))
}

// smallWords join others and are left out of abbreviations.
var smallWords = keySet("và", "của", "các", "về", "cho", "với")

// past gives the words from the first that is no small one.
func past(words []string) []string {
	for len(words) > 0 && smallWords[words[0]] {
		words = words[1:]
	}
	return words
}

// initials gives how many words a word is the first letters of, small ones among
// them counted as words and left out as letters; 0 when it is of none.
func initials(word string, of []string) int {
	n := 0
	for word != "" {
		if n == len(of) {
			return 0
		}
		next, size := utf8.DecodeRuneInString(of[n])
		first, width := utf8.DecodeRuneInString(word)
		switch {
		case first == next && size == width:
			word = word[width:]
		case !smallWords[of[n]]:
			return 0
		}
		n++
	}
	return n
}

// isPlacePart reports whether the words left of a name say only where it is.
func isPlacePart(words []string) bool {
	key := strings.Join(words, " ")
	if isLevelWord(key) {
		return true
	}
	set, _, word, ok := cutType(key)
	return ok && word && set&(typesAt[country.Province]|typesAt[country.District]) != 0
}

func isLevelWord(word string) bool {
	_, ok := markedLevels[unmarked(word)]
	return ok
}
