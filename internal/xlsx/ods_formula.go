package xlsx

import "bytes"

// appendOpenFormula appends a formula of OpenDocument in the spelling of Excel, but
// for the names of functions: "of:=SUM([.A1:.B2];[$'Biểu 1'.C3])" is
// SUM(A1:B2,'Biểu 1'!C3). One in another language than OpenFormula is
// appended as it stands.
func appendOpenFormula(dst, formula []byte) []byte {
	language, text := cutLanguage(formula)
	if language != "of" && language != "oooc" && language != "" {
		return append(dst, text...)
	}
	arrays := 0      // open
	literal := false // the brackets just closed held no reference
	for i := 0; i < len(text); {
		c, end := text[i], i+1
		switch {
		case c == '"' || c == '\'':
			end = quotedEnd(text, i)
			dst = append(dst, text[i:end]...)
		case c == '#':
			end = i + max(1, errorNameLength(text[i:]))
			dst = append(dst, text[i:end]...)
		case c == '[':
			end = bracketEnd(text, i)
			inside := bytes.TrimSuffix(text[i+1:end], []byte("]"))
			if literal = bytes.IndexByte(inside, '.') < 0; literal {
				dst = append(dst, text[i:end]...)
			} else {
				dst = appendAddress(dst, inside)
			}
		case c == ';', c == '~':
			dst = append(dst, ',')
		case c == '|' && arrays > 0:
			dst = append(dst, ';')
		case c == '!' && !(literal && text[i-1] == ']'):
			dst = append(dst, ' ')
		default:
			switch c {
			case '{':
				arrays++
			case '}':
				arrays--
			}
			dst = append(dst, c)
		}
		i = end
	}
	return dst
}

// errorNames are those of the values that stand for no value.
var errorNames = [...]string{"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"}

// errorNameLength gives the length of the name of an error that text begins with,
// 0 if it begins with none.
func errorNameLength(text []byte) int {
	for _, name := range errorNames {
		if len(text) >= len(name) && string(text[:len(name)]) == name {
			return len(name)
		}
	}
	return 0
}

// cutLanguage takes the prefix that names the language, and the sign before the
// formula itself.
func cutLanguage(formula []byte) (language string, text []byte) {
	for i, c := range formula {
		if c == ':' && i > 0 {
			return string(formula[:i]), bytes.TrimPrefix(formula[i+1:], []byte("="))
		}
		if c < 'a' || c > 'z' {
			break
		}
	}
	return "", bytes.TrimPrefix(formula, []byte("="))
}

// quotedEnd gives the index after the text in quotes that begins at i; a quote
// inside is written twice.
func quotedEnd(b []byte, i int) int {
	quote := b[i]
	for i++; i < len(b); i++ {
		if b[i] == quote {
			if i+1 == len(b) || b[i+1] != quote {
				return i + 1
			}
			i++
		}
	}
	return len(b)
}

// bracketEnd gives the index after the reference in brackets that begins at i.
func bracketEnd(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\'':
			i = quotedEnd(b, i) - 1
		case ']':
			return i + 1
		}
	}
	return len(b)
}

// appendAddress appends an address such as .A1, $Sheet1.$A$1:.$B$2 in the
// spelling of Excel: A1, Sheet1!$A$1:$B$2.
func appendAddress(dst, address []byte) []byte {
	for len(address) > 0 {
		sheet, cell, rest := cutAddress(address)
		if sheet = bytes.TrimPrefix(sheet, []byte("$")); len(sheet) > 0 {
			dst = append(append(dst, sheet...), '!')
		}
		dst = append(dst, cell...)
		if address = rest; len(address) > 0 {
			dst = append(dst, ':')
		}
	}
	return dst
}

// cutAddress takes the first of the corners of an area: the name of its sheet,
// which may be in quotes, and what stands behind the full stop.
func cutAddress(address []byte) (sheet, cell, rest []byte) {
	stop := -1
	for i := 0; i < len(address); i++ {
		switch address[i] {
		case '\'':
			i = quotedEnd(address, i) - 1
		case '.':
			stop = i
		case ':':
			return address[:max(stop, 0)], address[stop+1 : i], address[i+1:]
		}
	}
	return address[:max(stop, 0)], address[stop+1:], nil
}
