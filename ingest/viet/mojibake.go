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
// guessed. A question mark that ends a word of a question is none; nor is one in
// an address.
func LettersLost(s string) bool {
	if !strings.Contains(s, "?") || strings.Contains(s, "://") || strings.Contains(s, "=") {
		return false
	}
	letter := func(r rune) bool { return unicode.IsLetter(r) }
	for i := range len(s) {
		if s[i] != '?' || i+1 == len(s) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[i+1:]); letter(next) {
			if last, _ := utf8.DecodeLastRuneInString(s[:i]); i == 0 || letter(last) || isBlank(last) || last == '?' {
				return true
			}
		}
	}
	return false
}
