package table

import (
	"strings"

	"tonghop/ingest/viet"
)

// pathOver gives the words over a column, from the top. What was written over
// several rows of one column without merging comes in as many steps.
func (t *Table) pathOver(col int) []string {
	var path []string
	var last *seen
	for _, r := range t.HeadRows {
		c := t.look.shown(r, col)
		if c == nil {
			c = t.groupOver(r, col)
		}
		if c == nil || c == last {
			continue
		}
		last = c
		text, _ := viet.Clean(c.Text)
		path = append(path, text)
	}
	return path
}

// groupOver finds the words of a group that stand over one of its columns without
// being merged over all of them: the nearest to the left in the row, where the
// column and that of the words have words of their own further down; else the
// nearest to the right, where the words were put in the middle.
func (t *Table) groupOver(row, col int) *seen {
	if !t.saysBelow(row, col) || t.saysAbove(row, col) {
		return nil
	}
	if c, stop := t.groupBeside(row, col, -1); c != nil || stop {
		return c
	}
	c, _ := t.groupBeside(row, col, +1)
	return c
}

// widestGroup is how far the words of a group are looked for.
const widestGroup = 40

// groupBeside looks for the words of a group on one side. stop tells that what
// stands there is no group, and that the other side may not be looked at either.
func (t *Table) groupBeside(row, col, step int) (group *seen, stop bool) {
	for at := col + step; t.cols.has(at) && abs(at-col) <= widestGroup; at += step {
		if a, merged := t.look.area(row, at); merged {
			return nil, a.LastRow == a.FirstRow && step < 0
		}
		c := t.look.at(row, at)
		if c == nil {
			if !t.saysBelow(row, at) {
				return nil, false
			}
			continue
		}
		if c.kind != kindText || !t.saysBelow(row, at) || isNumberHead(t.ownPath(at)) || isOwnHead(c.Text) {
			return nil, false
		}
		return c, false
	}
	return nil, false
}

// isOwnHead reports whether words head a column of names, codes or remarks: never a
// group, though they come again in another language under them.
func isOwnHead(text string) bool {
	key := viet.Key(text)
	return beginsWith(key, nameHeads) || beginsWith(key, codeHeads) || beginsWith(key, noteHeads) || contains(timeHeads, key)
}

var timeHeads = keys("kỳ", "thời gian", "tháng", "quý", "năm")

// saysBelow reports whether a column has words of its own further down in the head
// than a row.
func (t *Table) saysBelow(row, col int) bool {
	for _, r := range t.HeadRows {
		if r <= row {
			continue
		}
		if c := t.look.shown(r, col); c != nil && c.Row > row {
			return true
		}
	}
	return false
}

// saysAbove reports whether words stand in a column itself further up in the head
// than a row: what is below them is of the column alone, such as its unit.
func (t *Table) saysAbove(row, col int) bool {
	for _, r := range t.HeadRows {
		if r < row && t.look.at(r, col) != nil {
			return true
		}
	}
	return false
}

// ownPath gives the words that stand in a column itself.
func (t *Table) ownPath(col int) []string {
	var path []string
	for _, r := range t.HeadRows {
		if c := t.look.at(r, col); c != nil {
			path = append(path, c.Text)
		}
	}
	return path
}

// isNumberHead reports whether the words over a column say that it numbers the
// rows, in one language or in two: "STT", "SỐ" over "TT", "Stt / No.".
func isNumberHead(path []string) bool {
	if len(path) == 0 {
		return false
	}
	if key := viet.Key(strings.Join(path, " ")); IsNumbering(key) || IsNumbering(strings.TrimSuffix(key, " no")) {
		return true
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(path[0], "/", "\n"), "\n")
	return IsNumbering(viet.Key(first)) && (len(path) == 1 || len(path) == 2 && IsNumbering(viet.Key(path[1])))
}

// below gives the row of the head under another, 0 under the last.
func (t *Table) below(row int) int {
	for i, r := range t.HeadRows {
		if r == row && i+1 < len(t.HeadRows) {
			return t.HeadRows[i+1]
		}
	}
	return 0
}
