package lang

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind says what a token is; operators and punctuation are their own text.
type tokenKind uint8

const (
	tokenEnd    tokenKind = iota
	tokenSign             // an operator, a bracket or a comma; text is canonical
	tokenWord             // the name of a function, true or false
	tokenNumber           // digits with at most one point
	tokenText             // text is without quotes and escapes
	tokenCode             // text is without brackets
)

type token struct {
	kind   tokenKind
	text   string
	offset int    // where it begins, in bytes
	source string // as it is written
}

// synonyms are other spellings of signs and words. Those who write the rules write
// Vietnamese, and a word processor turns <= into ≤.
var synonyms = map[string]string{
	"và": "and", "hoặc": "or", "không": "not", "đúng": "true", "sai": "false",
	"!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "−": "-", "×": "*",
}

// signs in the order they are tried: the longer first.
var signs = []string{"<=", ">=", "<>", "!=", "==", "≠", "≤", "≥", "−", "×", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","}

// lex splits source into tokens, the last of them tokenEnd.
func lex(source string) ([]token, *complaint) {
	var tokens []token
	for at := 0; ; {
		at += len(source[at:]) - len(strings.TrimLeft(source[at:], " \t\r\n\u00a0"))
		if at == len(source) {
			return append(tokens, token{kind: tokenEnd, offset: at}), nil
		}
		t, bad := next(source[at:], at)
		if bad != nil {
			return nil, bad
		}
		at += len(t.source)
		tokens = append(tokens, t)
	}
}

// next reads the token rest begins with; at is its offset.
func next(rest string, at int) (token, *complaint) {
	first, size := utf8.DecodeRuneInString(rest)
	switch {
	case first == '[':
		return nextCode(rest, at)
	case first == '"':
		return nextText(rest, at)
	case isDigit(first):
		return nextNumber(rest, at), nil
	case unicode.IsLetter(first):
		return nextWord(rest, at), nil
	}
	for _, sign := range signs {
		if strings.HasPrefix(rest, sign) {
			return nextSign(sign, at)
		}
	}
	near := rest[:size]
	return token{}, &complaint{
		offset: at, near: near,
		vi: fmt.Sprintf("ký tự %q không dùng trong biểu thức", near),
		en: fmt.Sprintf("the character %q has no meaning here", near),
	}
}

func nextSign(sign string, at int) (token, *complaint) {
	switch sign {
	case "/":
		return token{}, &complaint{
			offset: at, near: sign,
			vi:         "không có dấu chia; thương phải nêu số chữ số lẻ, viết div(a, b, 2)",
			en:         "there is no division sign; a quotient states its scale: div(a, b, 2)",
			suggestion: "div(a, b, 2)",
		}
	case "==":
		return token{}, &complaint{
			offset: at, near: sign, suggestion: "=",
			vi: "so sánh bằng chỉ viết một dấu =", en: "equality is written with a single =",
		}
	}
	return token{kind: tokenSign, text: canonical(sign), offset: at, source: sign}, nil
}

func canonical(s string) string {
	if c, ok := synonyms[s]; ok {
		return c
	}
	return s
}

// nextCode reads [code]. What a code may be is a matter of the definition; here it only
// ends at the bracket, on the same line.
func nextCode(rest string, at int) (token, *complaint) {
	end := strings.IndexAny(rest, "]\n")
	if end < 0 || rest[end] != ']' {
		return token{}, &complaint{
			offset: at, near: clip(rest),
			vi: "thiếu dấu ] sau mã chỉ tiêu", en: "the bracket after the indicator's code is not closed",
		}
	}
	code := strings.TrimSpace(rest[1:end])
	if code == "" || strings.Contains(code, "[") || !utf8.ValidString(code) {
		return token{}, &complaint{
			offset: at, near: clip(rest[:end+1]),
			vi: "trong ngoặc vuông phải là một mã chỉ tiêu", en: "brackets must hold one indicator's code",
		}
	}
	return token{kind: tokenCode, text: code, offset: at, source: rest[:end+1]}, nil
}

// nextText reads "text" with \" and \\ inside.
func nextText(rest string, at int) (token, *complaint) {
	var text strings.Builder
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			return token{kind: tokenText, text: text.String(), offset: at, source: rest[:i+1]}, nil
		case '\\':
			if i+1 == len(rest) || rest[i+1] != '"' && rest[i+1] != '\\' {
				return token{}, &complaint{
					offset: at + i, near: clip(rest[i:]),
					vi: `sau dấu \ chỉ có thể là " hoặc \`, en: `only " or \ may follow a \`,
				}
			}
			i++
		}
		text.WriteByte(rest[i])
	}
	return token{}, &complaint{
		offset: at, near: clip(rest),
		vi: "thiếu dấu ngoặc kép đóng", en: "the text is not closed by a quote",
	}
}

func nextNumber(rest string, at int) token {
	end := lengthOf(rest, isDigit)
	if end+1 < len(rest) && rest[end] == '.' && isDigit(rune(rest[end+1])) {
		end += 1 + lengthOf(rest[end+1:], isDigit)
	}
	return token{kind: tokenNumber, text: rest[:end], offset: at, source: rest[:end]}
}

func nextWord(rest string, at int) token {
	word := rest[:lengthOf(rest, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsMark(r) || isDigit(r) || r == '_'
	})]
	kind := tokenWord
	switch text := canonical(word); text {
	case "and", "or", "not":
		kind = tokenSign
	}
	return token{kind: kind, text: canonical(word), offset: at, source: word}
}

// lengthOf returns how many bytes of s belong to runes that fit, from its beginning.
func lengthOf(s string, fits func(rune) bool) int {
	for i, r := range s {
		if !fits(r) {
			return i
		}
	}
	return len(s)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// clip shortens a piece of source for a message.
func clip(s string) string {
	const most = 24
	count := 0
	for i := range s {
		if count == most {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
