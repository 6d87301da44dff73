package match

import (
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// label is a label of a table as it may be read.
type label struct {
	key      string // of all of it; "" when there are no words
	number   bool   // it is nothing but a number: 10, which may be a district, or III
	readings []reading
	within   [][]reading // what it says it lies in: "Tân Tiến (Yên Dũng)", "xã Y Tý, huyện Bát Xát"
	total    bool        // it adds up other rows, if it is no place
	office   bool        // it is a body, if it is no place: "Hội An" and "Trạm Tấu" are
	about    []reading   // the place in the name of a body
	group    string      // the group of provinces it names, "" when none
}

// reading is a way to read a label.
type reading struct {
	types types // what the word for the level may mean; 0 without one
	name  name
}

// readLabel reads a label. A label may be read in several ways: "X. Tân Tiến" is
// the commune, and the tenth in a list.
func readLabel(text string) *label {
	text, _ = viet.Clean(text)
	text = withoutFootnote(strings.Trim(text, "'\" :;,"))
	head, tails := qualified(strings.TrimLeft(text, "-–—+*•· "))
	bare := strings.TrimSpace(unnumbered(head))
	l := &label{key: viet.Key(bare)}
	if isDigits(l.key) && !isDigits(viet.Key(head)) { // "P. 1" has no numbering before a number
		bare, l.key = head, viet.Key(head)
	}
	if l.number = isNumber(strings.ReplaceAll(l.key, " ", "")); l.number || l.key == "" {
		l.key = ""
		return l
	}
	for _, tail := range tails {
		l.within = append(l.within, readings(tail))
	}
	l.total, l.office, l.group = isTotal(l.key), isOffice(l.key), groupOf(l.key)
	if l.group == "" && len(tails) > 0 {
		l.group = groupOf(viet.Key(unnumbered(text)))
	}
	if l.office {
		l.about = officePlace(l.key)
	}
	l.readings = readings(head)
	if bare != head {
		l.readings = append(l.readings, readings(bare)...)
	}
	return l
}

// isNumber reports whether a text is a number, with digits or a Roman one; wards
// that are called by one say so: "Phường III".
func isNumber(s string) bool { return isDigits(s) || s != "" && strings.Trim(s, "ivx") == "" }

// unnumbered is [table.Unnumbered] that also knows a bare number before a name,
// the code of the unit perhaps.
func unnumbered(text string) string {
	bare := table.Unnumbered(text)
	if head, rest, ok := strings.Cut(bare, " "); ok && isDigits(head) {
		return rest
	}
	return bare
}

// readings gives the ways in which a name can be read: with the word for the
// level as such, and as part of the name ("Phường Đúc" is a name).
func readings(text string) []reading {
	key := viet.Key(text)
	var out []reading
	if set, stem, _, ok := cutType(key); ok {
		out = append(out, reading{set, nameOfKey(stem)})
	}
	return append(out, reading{0, nameOfKey(key)})
}

// says reports whether a label has the word for a level.
func (l *label) says() bool {
	for _, r := range l.readings {
		if r.types != 0 {
			return true
		}
	}
	return false
}

// withoutFootnote takes the marks of footnotes off the end: *, (*), (1), [1], ¹.
func withoutFootnote(text string) string {
	for {
		s := strings.TrimRight(text, " *†‡¹²³⁴⁵⁶⁷⁸⁹")
		for _, pair := range [...]string{"()", "[]"} {
			if at := strings.LastIndexByte(s, pair[0]); at > 0 && s[len(s)-1] == pair[1] && strings.Trim(s[at+1:len(s)-1], "*0123456789, ") == "" {
				s = s[:at]
			}
		}
		if s == text || s == "" {
			return text
		}
		text = s
	}
}

// qualified takes apart what a label says a unit lies in: "Tân Tiến (Yên Dũng)",
// "xã Tân Tiến, huyện Yên Dũng, tỉnh Bắc Giang", "Tân Tiến - huyện Yên Dũng". A
// level in brackets goes before the name: "Hải Dương (TP)".
func qualified(text string) (head string, tails []string) {
	if at := strings.IndexByte(text, '('); at > 0 && strings.HasSuffix(text, ")") {
		inside, head := text[at+1:len(text)-1], strings.TrimSpace(text[:at])
		if _, stem, _, ok := cutType(viet.Key(inside + " " + head)); ok && stem == viet.Key(head) {
			return inside + " " + head, nil
		}
		return head, strings.FieldsFunc(inside, isComma)
	}
	parts := strings.FieldsFunc(text, isComma)
	if dashed := strings.Split(text, " - "); len(parts) == 1 && len(dashed) > 1 {
		if _, _, word, ok := cutType(viet.Key(dashed[1])); ok && word { // not "Bà Rịa - Vũng Tàu"
			parts = dashed
		}
	}
	if len(parts) == 0 {
		return text, nil
	}
	return strings.TrimSpace(parts[0]), parts[1:]
}

func isComma(r rune) bool { return r == ',' || r == ';' }

// totals begin or are the labels of rows that add up others.
var totals = keySet("tổng", "cộng", "tổng số", "tổng cộng", "cộng chung", "toàn tỉnh", "toàn thành phố", "toàn huyện", "toàn xã", "tổng toàn tỉnh", "trong đó", "chia ra", "bao gồm", "total", "grand total")

// isTotal is stricter than [table.IsTotal], for which "Cộng Hòa" is one.
func isTotal(key string) bool {
	if totals[key] {
		return true
	}
	first, rest, _ := strings.Cut(key, " ")
	second, _, more := strings.Cut(rest, " ")
	return more && totals[first+" "+second]
}

func keySet(texts ...string) map[string]bool {
	set := make(map[string]bool, len(texts))
	for _, text := range texts {
		set[viet.Key(text)] = true
	}
	return set
}

// offices begin the names of bodies. Such a label names the body, not the place
// in its name.
var offices = keyList(
	"ủy ban", "UBND", "U.B.N.D", "hội đồng", "HĐND", "UBMTTQ", "MTTQ", "mặt trận", "sở", "ban", "phòng", "chi cục", "cục", "tổng cục", "chi nhánh", "văn phòng", "bộ",
	"bệnh viện", "BV", "BVĐK", "trung tâm", "TTYT", "trạm", "TYT", "phòng khám", "PKĐK", "PK", "trường", "THPT", "THCS", "đại học", "cao đẳng", "công an", "quân khu", "bộ chỉ huy", "BHXH", "bảo hiểm",
	"kho bạc", "KBNN", "ngân hàng", "tòa án", "TAND", "viện", "VKSND", "hội", "đoàn", "liên đoàn", "hiệp hội", "công ty", "CTy", "doanh nghiệp", "hợp tác xã", "HTX", "báo", "đài", "bưu điện", "nhà", "quỹ",
	"cơ sở", "đơn vị", "đảng bộ", "tỉnh ủy", "huyện ủy", "thành ủy", "đảng ủy", "LĐLĐ", "khoa", "ban quản lý", "BQL", "y tế",
)

// isOffice reports whether a key begins as the names of bodies do and goes on.
func isOffice(key string) bool {
	for _, w := range offices {
		if rest, ok := strings.CutPrefix(key, w); ok && strings.HasPrefix(rest, " ") {
			return true
		}
	}
	return false
}

// officePlace reads the place that the name of a body ends with, after the last
// word for a level.
func officePlace(key string) []reading {
	words := strings.Split(key, " ")
	for at := len(words) - 2; at > 0; at-- {
		set, stem, _, ok := cutType(strings.Join(words[at:], " "))
		if !ok {
			continue
		}
		if longer, same, _, ok := cutType(strings.Join(words[at-1:], " ")); ok && same == stem { // thị xã, not xã
			set = longer
		}
		return []reading{{set, nameOfKey(stem)}}
	}
	return nil
}

func keyList(texts ...string) []string {
	var out []string
	for _, text := range texts {
		key := viet.Key(text)
		out = append(out, key)
		if plain := unmarked(key); plain != key && strings.Contains(plain, " ") {
			out = append(out, plain)
		}
	}
	return out
}
