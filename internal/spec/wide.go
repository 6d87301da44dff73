package spec

import "strings"

// maxKeys is the most fields a mapping may have. The parser takes time with the
// square of them, and ours have a few dozen.
const maxKeys = 1000

// tooWide gives the line at which a file has more fields in one mapping, or more
// documents, than any of ours, or 0. Like tooDeep it need not be exact: lines of
// one indentation in a row count as fields, and so do commas between braces.
func tooWide(text string) int {
	var keys []int   // lines seen at each indentation
	var braces []int // commas seen between each pair of braces or brackets
	var open []byte
	docs, line := 0, 0
	for s := range strings.Lines(text) {
		line++
		body := strings.TrimLeft(s, " ")
		indent := len(s) - len(body)
		switch {
		case strings.HasPrefix(s, "---"):
			docs++
			keys = keys[:0]
		case strings.HasPrefix(body, "-"):
			keys = keys[:min(indent+1, len(keys))]
		case body != "\n" && body != "":
			for len(keys) <= indent {
				keys = append(keys, 0)
			}
			keys = keys[:indent+1]
			keys[indent]++
		}
		for _, c := range []byte(body) {
			switch {
			case c == '{' || c == '[':
				braces = append(braces, 0)
				open = append(open, c)
			case (c == '}' || c == ']') && len(braces) > 0:
				braces, open = braces[:len(braces)-1], open[:len(open)-1]
			case c == ',' && len(open) > 0 && open[len(open)-1] == '{':
				if braces[len(braces)-1]++; braces[len(braces)-1] > maxKeys {
					return line
				}
			}
		}
		if docs > MaxDocs || len(keys) > indent && keys[indent] > maxKeys {
			return line
		}
	}
	return 0
}
