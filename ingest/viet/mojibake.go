package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// heal undoes the reading of UTF-8 as Windows-1252: "Tá»•ng" is "Tổng". It does
// so only where nothing else can be meant: every character beyond ASCII belongs
// to a sequence of UTF-8, and what comes out is Vietnamese letters and common
// signs.
func heal(s string) (string, bool) {
	if !strings.ContainsAny(s, "ÃÄÅÆáÂâ") { // what the bytes of our letters begin with
		return s, false
	}
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		b, ok := byteOf(r)
		if !ok {
			return s, false
		}
		raw = append(raw, b)
	}
	if !utf8.Valid(raw) {
		return s, false
	}
	healed, letters := string(raw), 0
	for _, r := range healed {
		switch {
		case spelt[r].base != 0 || unicode.Is(unicode.Mn, r):
			letters++
		case r < utf8.RuneSelf, unicode.IsPunct(r), unicode.IsSymbol(r), isBlank(r), unicode.Is(unicode.Cf, r):
		default:
			return s, false
		}
	}
	return healed, letters > 0
}

// LettersLost reports whether a text has lost letters to a program that did not
// know them and wrote question marks: "D?ch v?". What they were is not to be
// guessed. Telling is a question mark between two letters; one that ends a word
// ends a question, and those of an address part it.
func LettersLost(s string) bool {
	if !strings.Contains(s, "?") || strings.ContainsAny(s, "=/") {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '?' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], "?"))
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if unicode.IsLetter(before) && unicode.IsLetter(after) {
			return true
		}
	}
	return false
}
