package outlinetest

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(second) {
		return s // an abbreviation
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// plain writes n / 10^scale as a decimal with a point, without zeros at its end.
func plain(n int64, scale int) string {
	s := fixed(n, scale, ".", "")
	if scale > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// fixed writes n / 10^scale with all its decimals.
func fixed(n int64, scale int, point, group string) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := strconv.FormatInt(n, 10)
	for len(s) <= scale {
		s = "0" + s
	}
	whole, rest := s[:len(s)-scale], s[len(s)-scale:]
	if group != "" {
		var b strings.Builder
		for i, r := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteString(group)
			}
			b.WriteRune(r)
		}
		whole = b.String()
	}
	if scale > 0 {
		return sign + whole + point + rest
	}
	return sign + whole
}

// trimmed is fixed with a comma and without zeros at the end of the decimals.
func trimmed(n int64, scale int, group string) string {
	s := fixed(n, scale, ",", group)
	if scale > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ",")
	}
	return s
}

// stray puts blanks into a text where hurried people leave them.
func stray(d dice, s string) string {
	switch d.IntN(5) {
	case 0:
		return s + " "
	case 1:
		return " " + s
	case 2:
		return "\u00a0" + s
	case 3:
		return s + "  "
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		return s[:i] + " " + s[i:]
	}
	return s + " "
}

// apart writes letters and their marks one after the other, as some keyboards do.
func apart(s string) string { return norm.NFD.String(s) }

// broken puts a line break in the middle of a long text.
func broken(s string) string {
	words := strings.Fields(s)
	if len(words) < 3 {
		return s
	}
	return strings.Join(words[:len(words)/2], " ") + "\n" + strings.Join(words[len(words)/2:], " ")
}
