package table

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
)

// style is a way to number rows. Each opens a level of its own where it is met
// first.
type style uint8

const (
	noStyle  style = iota
	upper          // A, B
	roman          // I, II
	arabic         // 1, 2
	dotted         // 1.1, 1.1.1: a level for each dot
	lower          // a), b)
	romanLow       // i, ii
	dash           // -
	plus           // +
	bullet         // *, •
)

// styleOf tells how a text numbers a row, alone in its cell.
func styleOf(text string) style {
	s := strings.TrimSpace(text)
	switch {
	case s == "" || len(s) > 12:
		return noStyle
	case s == "-" || s == "–" || s == "—":
		return dash
	case s == "+":
		return plus
	case s == "*" || s == "•" || s == "·":
		return bullet
	}
	bare := strings.TrimRight(strings.TrimLeft(s, "("), ".)/,")
	if bare == "" {
		return noStyle
	}
	switch {
	case strings.Trim(bare, "0123456789") == "":
		if len(bare) > 5 {
			return noStyle
		}
		return arabic
	case strings.Trim(bare, "0123456789.") == "" && !strings.Contains(bare, "..") && bare[0] != '.' && bare[len(bare)-1] != '.':
		return dotted
	case strings.Trim(bare, "IVX") == "":
		return roman
	case len(bare) == 1 && bare[0] >= 'A' && bare[0] <= 'Z':
		return upper
	case len(bare) == 1 && bare[0] >= 'a' && bare[0] <= 'z':
		return lower
	case strings.Trim(bare, "ivx") == "":
		return romanLow
	case isRomanDotted(bare):
		return dotted
	}
	return noStyle
}

// isRomanDotted knows I.1, II.2.3, A.1, 1.a.
func isRomanDotted(s string) bool {
	head, rest, ok := strings.Cut(s, ".")
	if !ok || head == "" || rest == "" {
		return false
	}
	if strings.Trim(head, "IVX") != "" && !(len(head) == 1 && head[0] >= 'A' && head[0] <= 'Z') && strings.Trim(head, "0123456789") != "" {
		return false
	}
	for part := range strings.SplitSeq(rest, ".") {
		if strings.Trim(part, "0123456789") != "" && len(part) != 1 {
			return false
		}
	}
	return true
}

// splitNumber parts the numbering at the front of a name from the name: "1.", "a)",
// "II.", "-". A number needs something that ends it.
func splitNumber(name string) (number, rest string) {
	s := strings.TrimLeft(name, " \t\u00a0")
	for _, mark := range []string{"-", "–", "—", "+", "*", "•"} {
		if after, ok := strings.CutPrefix(s, mark); ok && strings.TrimSpace(after) != "" {
			return mark, strings.TrimSpace(after)
		}
	}
	head, after, ok := strings.Cut(s, " ")
	if !ok {
		// "1.Tổng số"
		if i := strings.IndexAny(s, ".)"); i > 0 && i < 5 && i+1 < len(s) && styleOf(s[:i]) != noStyle && !isDigitByte(s[i+1]) {
			return s[:i], strings.TrimSpace(s[i+1:])
		}
		return "", name
	}
	st := styleOf(head)
	if st == noStyle {
		if i := strings.IndexAny(head, ".)"); i > 0 && i < 5 && i+1 < len(head) && styleOf(head[:i]) != noStyle && !isDigitByte(head[i+1]) {
			return head[:i], strings.TrimSpace(s[i+1:])
		}
		return "", name
	}
	bare := strings.TrimRight(head, ".)/")
	if bare == head && st != dotted {
		return "", name // "5 tuổi", "A Lưới"
	}
	return bare, strings.TrimSpace(after)
}

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

// depthIn is how many levels a dotted number is under its first part.
func depthIn(number string) int { return strings.Count(strings.Trim(number, "."), ".") }

// numberRows gives each row its name, number, code, and its level in the tree of
// rows; a row without figures that has rows under it becomes a section.
func (t *Table) numberRows() {
	for i := range t.Lines {
		t.nameRow(&t.Lines[i])
	}
	t.numbersFromDates()
	t.groupRows()
	t.dropLevelLetters()
	t.sectionRows()
	t.levels()
}

// nameRow takes what names a row from its columns.
func (t *Table) nameRow(l *Line) {
	for i := range t.Cols {
		c := &t.Cols[i]
		at := t.look.at(l.Row, c.Col)
		switch c.Role {
		case ColNumber:
			if at != nil && styleOf(at.Text) != noStyle {
				l.Number = strings.TrimSpace(at.Text)
			} else if at != nil && l.Name == "" {
				l.Name, _ = viet.Clean(at.Text) // a name over the numbering: "Tổng cộng" merged
			}
		case ColCode:
			if at != nil && l.Code == "" && viet.MarkOfFigure(at.Text) == viet.NoMark && !t.isPhrase(at) {
				l.Code = at.Text
			}
		case ColName:
			if at == nil {
				if shown := t.look.shown(l.Row, c.Col); shown != nil && t.figuresIn(l) > 0 {
					at = shown
				}
			}
			if at != nil && isPlainTotal(l.Name) && viet.MarkOfFigure(at.Text) != viet.NoMark {
				continue // crossed out, beside "Tổng cộng" under the head of the numbers
			}
			if at != nil && (l.Name == "" || !t.sameHeads()) {
				l.Name, _ = viet.Clean(at.Text)
			}
		}
	}
	if l.Name == "" { // names that stand in a column without words, or in figures' columns
		for _, c := range t.look.row(l.Row, t.cols) {
			if c.kind == kindText && styleOf(c.Text) == noStyle && !isCode(&c) {
				l.Name, _ = viet.Clean(c.Text)
				break
			}
		}
	}
	if l.Number == "" {
		if number, rest := splitNumber(l.Name); number != "" && rest != "" {
			l.Number = number
		}
	}
}

// isPhrase reports whether a cell holds several words, alone in its row: the name of
// a section that was written at the left, be that a column of codes.
func (t *Table) isPhrase(c *seen) bool {
	return strings.Contains(strings.TrimSpace(c.Text), " ") && len(t.look.row(c.Row, t.cols)) == 1
}

// sameHeads reports whether the table has several columns for one name, one further
// in than the other.
func (t *Table) sameHeads() bool {
	first := -1
	for i := range t.Cols {
		if t.Cols[i].Role != ColName {
			continue
		}
		if first >= 0 {
			return t.sameHead(first, i)
		}
		first = i
	}
	return false
}

// figuresIn counts the figures of a row in columns of figures.
func (t *Table) figuresIn(l *Line) int {
	n := 0
	for i := range t.Cols {
		if t.Cols[i].Role != ColValue {
			continue
		}
		if c := t.look.at(l.Row, t.Cols[i].Col); c != nil && c.kind.isFigure() {
			n++
		}
	}
	return n
}

// sectionRows finds the rows that head others: names without figures, where the
// table has figures at all. Words that are no name are notes.
func (t *Table) sectionRows() {
	filled := 0
	for i := range t.Lines {
		if t.figuresIn(&t.Lines[i]) > 0 {
			filled++
		}
	}
	blank := filled*4 < len(t.Lines)
	for i := range t.Lines {
		l := &t.Lines[i]
		if t.figuresIn(l) > 0 {
			continue
		}
		switch {
		case isPartHeading(l.Name):
			l.Role = RowSection
		case EndsTable(l.Name) && l.Number == "":
			l.Role = RowNote
		case blank:
		case l.Name != "" && i+1 < len(t.Lines) && !t.wordsIn(l):
			l.Role = RowSection
		case l.Name != "" && l.Number == "" && i+1 < len(t.Lines) && t.wordsIn(l):
			l.Role = RowNote
		case l.Name == "":
			l.Role = RowNote
		}
	}
	if blank {
		return
	}
	// The last rows head nothing, and a name in a run of names is a row that was
	// left empty: it heads rows only when its number is of another kind than theirs.
	for i := len(t.Lines) - 1; i >= 0; i-- {
		l := &t.Lines[i]
		if l.Role != RowSection || isPartHeading(l.Name) || t.headFollows(i) {
			continue
		}
		if i == len(t.Lines)-1 || t.isSibling(i) {
			l.Role = RowData
		}
	}
}

// headFollows reports whether the head is said once more between a row and the next: the
// row names the rows below it.
func (t *Table) headFollows(i int) bool {
	return i+1 < len(t.Lines) && slices.ContainsFunc(t.Repeated, func(row int) bool { return t.Lines[i].Row < row && row < t.Lines[i+1].Row })
}

// wordsIn reports whether a row has words in columns of figures. Words across them all
// are a heading of the rows below.
func (t *Table) wordsIn(l *Line) bool {
	if cells := t.look.row(l.Row, t.cols); len(cells) == 1 && t.look.isWide(l.Row, cells[0].Col) {
		return false
	}
	for i := range t.Cols {
		if t.Cols[i].Role != ColValue {
			continue
		}
		if c := t.look.at(l.Row, t.Cols[i].Col); c != nil && c.kind == kindText {
			return true
		}
	}
	return false
}

// isSibling reports whether a row without figures stands among its like: the row
// after it is numbered in the same way, or is its like in another way, or that before
// it is.
func (t *Table) isSibling(i int) bool {
	l, next := &t.Lines[i], &t.Lines[i+1]
	if styleOf(l.Number) != noStyle {
		return next.Role != RowSection && sameNumbering(l.Number, next.Number)
	}
	if i > 0 && t.isLike(&t.Lines[i-1], l) {
		return true
	}
	return next.Role != RowSection && t.isLike(l, next)
}

// isLike reports whether two rows without numbers are of a kind.
func (t *Table) isLike(a, b *Line) bool {
	return styleOf(a.Number) == noStyle && styleOf(b.Number) == noStyle && (isCounted(a.Name, b.Name) || t.hasRemark(a) && t.hasRemark(b))
}

// isCounted reports whether two names are the same but for their number: "Tháng 2" and
// "Tháng 3".
func isCounted(a, b string) bool {
	a, b = strings.TrimRight(a, "0123456789"), strings.TrimRight(b, "0123456789")
	return a != "" && strings.HasSuffix(a, " ") && viet.Key(a) == viet.Key(b)
}

// hasRemark reports whether a row says more than its name, as the day of birth of a
// person: what heads rows has a name alone.
func (t *Table) hasRemark(l *Line) bool {
	return slices.ContainsFunc(t.Cols, func(c Col) bool { return c.Role == ColNote && t.look.at(l.Row, c.Col) != nil })
}

// isPartHeading reports whether words alone in a row say that parts of the row above
// follow.
func isPartHeading(name string) bool {
	_, rest := splitNumber(name)
	key := viet.Key(rest)
	for _, w := range partWords {
		if key == w {
			return true
		}
	}
	return key == amongTotal || key == amongWhich
}

var amongTotal, amongWhich = viet.Key("trong tổng số"), viet.Key("gồm các")

// closesParts reports whether parts under such words add up to what stands above.
func closesParts(name string) bool {
	_, rest := splitNumber(name)
	key := viet.Key(rest)
	return !strings.HasPrefix(key, partWords[0]) && !strings.HasPrefix(key, amongTotal)
}

func abs(n int) int { return max(n, -n) }
