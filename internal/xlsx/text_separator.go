package xlsx

import (
	"bytes"
	"encoding/json"
)

// separators in the order in which they are believed when two do equally well: a
// file of ";" has commas in its numbers, one of "," has hardly ever the others.
const separators = "\t;|,"

// sampleRecords is how many records decide.
const sampleRecords = 1000

// findSeparator finds what stands between the fields, 0 where each line is a
// single field, and gives the text without the line "sep=;" with which Excel may
// begin a file. A text that is no table is refused.
func findSeparator(body []byte) (sep byte, table []byte, err error) {
	if sep, table, said := saidSeparator(body); said {
		return sep, table, nil
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return 0, nil, nil
	}
	if isJSON(body) {
		return 0, nil, &Error{Kind: KindCSV, Detail: "JSON"}
	}
	var best shape
	for i := range len(separators) {
		if s := shapeOf(body, separators[i]); s.isTable() && (best.sep == 0 || s.beats(best)) {
			best = s
		}
	}
	if best.sep == 0 && !isColumn(body) {
		return 0, nil, &Error{Kind: KindCSV, Detail: "no separator that stands evenly in its lines"}
	}
	return best.sep, body, nil
}

// saidSeparator reads a first line "sep=;", perhaps in quotation marks.
func saidSeparator(body []byte) (sep byte, table []byte, said bool) {
	line, table, _ := bytes.Cut(body, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if n := len(line); n > 2 && line[0] == '"' && line[n-1] == '"' {
		line = line[1 : n-1]
	}
	if len(line) == len("sep=;") && bytes.EqualFold(line[:4], []byte("sep=")) && line[4] < 0x80 && line[4] != '"' {
		return line[4], table, true
	}
	return 0, body, false
}

// isJSON reports whether a text that is not empty is JSON, or begins as only
// JSON does.
func isJSON(body []byte) bool {
	body = bytes.TrimSpace(body)
	second := bytes.TrimSpace(body[1:])
	switch {
	case len(second) == 0:
		return false
	case body[0] == '{':
		return second[0] == '"' || second[0] == '}'
	case body[0] == '[':
		return second[0] == '{' || second[0] == '[' || json.Valid(body)
	}
	return false
}

// shape is how a text looks when cut at a separator. Lines of nothing do not
// count.
type shape struct {
	sep     byte
	records int // with something in them
	within  int // of these, from the first to the last that has the separator
	having  int // that have it
	width   int // fields of most of those that have it
	even    int // records of that width
	filled  int // columns with something in them, in those records
	cuts    int // separators with something behind them
	spaced  int // of these, followed by a space, as in sentences
	digits  int // between two digits, as in numbers
}

// shapeOf cuts the beginning of a text at a separator.
func shapeOf(body []byte, sep byte) shape {
	s := shape{sep: sep}
	widths := map[int]int{}
	columns := map[int]int{} // bit per column, joined over the records of a width
	r := records{rest: body, sep: sep}
	first := 0
	for n := 0; n < sampleRecords && r.next(); n++ {
		width, filled := s.measure(&r)
		if filled == 0 {
			continue
		}
		s.records++
		if width == 1 {
			continue
		}
		if first == 0 {
			first = s.records
		}
		s.having, s.within = s.having+1, s.records-first+1
		widths[width]++
		columns[width] |= filled
	}
	for width, n := range widths {
		if n > s.even || n == s.even && width > s.width {
			s.width, s.even = width, n
		}
	}
	for bits := uint(columns[s.width]); bits != 0; bits &= bits - 1 {
		s.filled++
	}
	return s
}

// measure counts the fields of a record, and has a bit for each of the first
// columns that has something in it.
func (s *shape) measure(r *records) (width, filled int) {
	var last byte // of the field before
	for r.field() {
		value := bytes.TrimSpace(r.value)
		if len(value) > 0 {
			filled |= 1 << min(width, 30)
		}
		if width > 0 && len(r.value) > 0 {
			s.cuts++
			if r.value[0] == ' ' {
				s.spaced++
			}
			if isDigit(last) && isDigit(r.value[0]) {
				s.digits++
			}
		}
		width++
		last = 0
		if len(r.value) > 0 {
			last = r.value[len(r.value)-1]
		}
	}
	return width, filled
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isTable reports whether a text cut like this is one: two columns or more in
// most of the lines between its first and its last, and not cut where sentences
// have their commas. Of commas each line must have as many: rows whose last fields
// are left out come from programs that write semicolons and tabs.
func (s shape) isTable() bool {
	lines := s.having
	if s.sep == ',' {
		lines = s.even
	}
	alone := s.sep == ',' && s.even < 2 && s.within > 1
	least := 2 // columns of a table each of whose lines is cut alike: sentences have commas, and rarely as many semicolons each
	if s.sep == ',' {
		least = 3
	}
	allAlike := s.even == s.records && s.even > 2 && s.width >= least
	sentences := 2*s.spaced > s.cuts && !allAlike
	return s.width > 1 && s.filled > 1 && 2*lines >= s.within && !alone && !sentences
}

// beats reports whether s is the better shape of a text than one whose separator
// is believed before its own.
func (s shape) beats(other shape) bool {
	if s.sep == ',' && 5*s.digits >= 4*s.cuts {
		return false // decimal commas
	}
	return s.even*other.records > other.even*s.records
}

// isColumn reports whether a text without separators is a table all the same, of
// one column: figures, under a line or two of words.
func isColumn(body []byte) bool {
	const longest = 80
	lines, figures := 0, 0
	r := records{rest: body}
	for n := 0; n < sampleRecords && r.next(); n++ {
		for r.field() {
			value := bytes.TrimSpace(r.value)
			if len(value) > longest {
				return false
			}
			if len(value) == 0 {
				continue
			}
			lines++
			if isFigure(value) {
				figures++
			}
		}
	}
	return lines > 1 && figures > 0 && 2*figures >= lines-1
}

// isFigure reports whether a text is digits, and signs that stand with them.
func isFigure(value []byte) bool {
	return bytes.ContainsAny(value, "0123456789") && len(bytes.Trim(value, "0123456789.,+-% ")) == 0
}
