package match

import (
	"strings"

	"tonghop/ingest/viet"
)

// Near gives the name that was most likely meant, "" when none is close: at
// most a quarter of the letters differ, marks not counted.
func (x *Index) Near(text string) string {
	if i := nearest(viet.Plain(text), x.plains()); i >= 0 {
		return x.entries[i].Name
	}
	return ""
}

// Nearest gives the one of the names that was most likely meant, "" when none
// is close.
func Nearest(text string, names []string) string {
	plains := make([]string, len(names))
	for i, n := range names {
		plains[i] = viet.Plain(n)
	}
	if i := nearest(viet.Plain(text), plains); i >= 0 {
		return names[i]
	}
	if i := longer(viet.Plain(text), plains); i >= 0 {
		return names[i]
	}
	return ""
}

// longer gives the index of the only name that says the text and more, -1 when
// there is none or several: people shorten the names of columns.
func longer(text string, names []string) int {
	at := -1
	if !strings.Contains(text, " ") { // one word is in too many names
		return -1
	}
	for i, name := range names {
		if !strings.Contains(" "+name+" ", " "+text+" ") {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// nearest gives the index of the closest of the names, the first of equals, -1
// when none is close.
func nearest(text string, names []string) int {
	const longest = 120
	if text == "" || len(text) > longest {
		return -1
	}
	best, at := max(len(text)/4, 1)+1, -1
	stem := cutPlainLevel(text)
	for i, name := range names {
		d := Distance(text, name, best)
		if other := cutPlainLevel(name); other != name || stem != text {
			d = min(d, Distance(stem, other, best))
		}
		if d < best {
			best, at = d, i
		}
	}
	return at
}

// cutPlainLevel takes the word for the level off a name without marks.
func cutPlainLevel(plain string) string {
	for _, w := range levelWords {
		if rest, ok := strings.CutPrefix(plain, w.level+" "); ok && rest != "" {
			return rest
		}
	}
	_, stem := cutLevel(plain)
	return stem
}

// Distance counts the letters that must be put in, taken out or changed to make
// b of a. It stops counting at limit, and gives limit then.
func Distance(a, b string, limit int) int {
	if abs(len(a)-len(b)) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, least := row[0], i+1
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
			least = min(least, row[j+1])
		}
		if least >= limit {
			return limit
		}
	}
	return min(row[len(b)], limit)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// Alike reports whether two names are so alike that one may be a slip of the
// other.
func Alike(a, b string) bool {
	a, b = viet.Plain(a), viet.Plain(b)
	if a == b || strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	limit := max(len(a), len(b))/3 + 1
	return Distance(a, b, limit) < limit
}
