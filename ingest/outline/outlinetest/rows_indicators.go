package outlinetest

import (
	"strconv"
	"strings"
)

// indicatorRows are a list of indicators as the rows of a table.
func (t *table) indicatorRows(d dice) {
	t.tree = true
	form := pick(d, indicatorLists...)
	t.topic.title = form.title
	list := readIndicators(form.lines)
	style := pick(d, numberings...)
	words := pick(d, 0, 0, 1, 2)
	t.addIndicators(d, list, nil, 1, "", style, words)
	for _, r := range t.rows {
		r.scale = 0
		switch r.unit {
		case "triệu đồng", "tỷ đồng":
			r.scale = 1
			r.most = 40000
		case "ha", "tấn":
			r.scale, r.most = 1, 20000
		case "cuộc", "văn bản", "lớp", "cơ sở", "cái":
			r.most = 120
		default:
			r.most = 5000
		}
	}
}

// numberings are how the levels of a list are numbered, from the top.
var numberings = [][]string{
	{"I", "1", "a", "-"}, {"A", "I", "1", "-"}, {"I", "1", "1.1", "-"}, {"1", "1.1", "1.1.1", "-"}, {"I", "1", "-", "+"}, {"1", "a)", "-", "+"}, {"I", "1", "a)", "-"},
}

func numeral(kind, above string, i int) string {
	switch kind {
	case "I":
		return romans[i]
	case "A":
		return string(rune('A' + i))
	case "a":
		return string(rune('a' + i))
	case "a)":
		return string(rune('a'+i)) + ")"
	case "1.1", "1.1.1":
		return above + "." + strconv.Itoa(i+1)
	case "-", "+":
		return kind
	}
	return strconv.Itoa(i + 1)
}

func (t *table) addIndicators(d dice, list []*indicator, above *row, depth int, prefix string, style []string, words int) []*row {
	var made []*row
	for i, n := range list {
		r := newRow(n.text, depth)
		r.unit = n.unit
		r.number = numeral(style[min(depth-1, len(style)-1)], prefix, i)
		r.caps = n.text == strings.ToUpper(n.text)
		r.bold = depth == 1 && len(n.children) > 0
		if above != nil && n.mark == "~" {
			r.within = above
		}
		if n.mark == "§" {
			r.kind, r.unit = sectionRow, ""
		}
		t.rows = append(t.rows, r)
		made = append(made, r)
		if len(n.children) == 0 {
			continue
		}
		sum := n.children[0].mark == "="
		some := n.children[0].mark == "~"
		deeper := 0
		switch {
		case some && words == 0:
			// The word stands in front of the first.
		case some, sum && words == 2:
			w := newRow("Trong đó:", depth+1)
			if sum {
				w.label = pick(d, "Chia ra:", "Bao gồm:", "Gồm:")
			}
			w.kind, w.free = wordsRow, true
			t.rows = append(t.rows, w)
			deeper = 1
		}
		children := t.addIndicators(d, n.children, r, depth+1, r.number, style, words)
		if some && words == 0 {
			children[0].marker = "Trong đó: "
		}
		if deeper > 0 {
			for _, c := range children {
				c.deeper = deeper
			}
		}
		if sum {
			r.kind, r.parts = totalRow, children
		}
	}
	return made
}
