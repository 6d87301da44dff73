package draft

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tonghop/ingest/viet"
)

// slug makes a code of words: letters without accents, digits and the other signs
// that are allowed, a dash for everything else; at most most characters.
func slug(words, allowed string, most int) string {
	var b strings.Builder
	dash := false
	for _, r := range viet.Plain(words) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
			continue
		}
		dash = true
	}
	return strings.Trim(clip(b.String(), most), "-"+allowed)
}

// indicatorCode makes what a form calls a row or column fit for a code of an
// indicator, keeping its case: "R-101", "3.1". "" when nothing is left.
func indicatorCode(text string, most int) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case (r == '.' || r == '-' || r == '_' || r == '/') && b.Len() > 0:
			if r == '/' {
				r = '-'
			}
			b.WriteRune(r)
		}
	}
	return strings.TrimRight(clip(b.String(), most), ".-_")
}

// clip cuts a text to at most as many bytes, between two characters.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// names gives out every code once: a second one of the same letters is numbered.
type names map[string]bool

func (n names) once(code string, most int) string {
	got := code
	for k := 2; n[strings.ToLower(got)]; k++ {
		tail := "-" + strconv.Itoa(k)
		got = clip(code, most-len(tail)) + tail
	}
	n[strings.ToLower(got)] = true
	return got
}
