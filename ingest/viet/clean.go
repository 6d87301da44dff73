package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Change says what [Clean] had to change, and what else is not as it was typed. The zero value is: nothing.
type Change struct {
	Composed bool // letters and tone marks stood apart (NFD) and were put together (NFC)
	Spaced   bool // blanks at the ends, doubled, or of another kind than the common one

	// What [Judge] found in a cell that is [Strange].
	Decoded Encoding // the code from which it was read
	Doubt   bool     // it may be in an old code, and was left as it stands
	Lost    bool     // letters are lost; see [LettersLost]
}

// Clean gives a text in NFC, with common blanks only, none at the ends and no
// two in a row, and without characters that cannot be seen. Line breaks count
// as blanks: they are made by the width of a column, not by the writer.
func Clean(s string) (string, Change) {
	if plain(s) {
		return s, Change{}
	}
	composed := norm.NFC.String(s)
	spaced := respaced(composed)
	return spaced, Change{Composed: composed != s, Spaced: spaced != composed}
}

// respaced gives a text with common blanks only, and nothing that cannot be seen.
func respaced(s string) string {
	return strings.Join(strings.FieldsFunc(dropInvisible(s), isBlank), " ")
}

// CleanLines is [Clean] for a text of several lines, such as a narrative: the
// line breaks stay, blank lines at both ends go.
func CleanLines(s string) (string, Change) {
	if plain(s) {
		return s, Change{}
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n").Replace(s)
	var all Change
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		clean, c := Clean(line)
		lines[i] = clean
		all.Composed = all.Composed || c.Composed
		all.Spaced = all.Spaced || c.Spaced
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n"), all
}

// plain reports whether s needs no cleaning at all; most cells do not. Letters of
// the Latin alphabet with their marks in one piece are in NFC as they stand.
func plain(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if (c <= ' ' || c == 0x7F) && (c != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ') {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if (r < 'À' || r > 'ɏ') && (r < 'Ạ' || r > 'ỹ') {
			return false
		}
		i += size
	}
	return true
}

// isBlank takes in the blanks of typesetters: NBSP, thin and ideographic ones.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) }

// dropInvisible takes out what has neither shape nor width: zero-width blanks
// and joiners, direction marks, the byte order mark. The soft hyphen stays: in
// text of the old TCVN3 code it is the letter ư.
func dropInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		const softHyphen = '\u00AD'
		if unicode.Is(unicode.Cf, r) && r != softHyphen {
			return -1
		}
		return r
	}, s)
}

// Broken reports whether a text holds what no one typed: control characters
// other than tab and line break, or the mark of bytes that were no text.
func Broken(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.IsControl(r) && !unicode.IsSpace(r)
	})
}
