package table

import (
	"strings"

	"tonghop/ingest/viet"
)

// dropLevelLetters takes "P.", "X.", "H.", "Q." before names for phường, xã, huyện,
// quận, where they come again: a letter numbers one row.
func (t *Table) dropLevelLetters() {
	n := 0
	for i := range t.Lines {
		if l := t.Lines[i].Number; len(l) == 1 && strings.Contains(placeLetters, l) && strings.HasPrefix(t.Lines[i].Name, l+".") {
			n++
		}
		if t.Lines[i].Number == "IX" {
			return
		}
	}
	for i := range t.Lines {
		if l := t.Lines[i].Number; n > 1 && len(l) == 1 && strings.Contains(placeLetters, l) && strings.HasPrefix(t.Lines[i].Name, l+".") {
			t.Lines[i].Number = ""
		}
	}
}

// levels gives each row its depth: by its number, each kind of number opening a
// level under the one it is first met in; else by the blanks before its name.
func (t *Table) levels() {
	numbered := 0
	styles := map[style]int{}
	dots := false
	for i := range t.Lines {
		if st := styleOf(t.Lines[i].Number); st != noStyle {
			numbered++
			styles[st]++
			dots = dots || st == dotted && depthIn(t.Lines[i].Number) > 0
		}
	}
	if (len(styles) > 1 || dots) && numbered*3 >= len(t.Lines) {
		t.levelsByNumber()
		return
	}
	t.levelsByIndent()
}

// rung is a step of the ladder of styles.
type rung struct {
	style style
	dots  int
}

func (t *Table) levelsByNumber() {
	var ladder []rung
	parts := 0 // rung under which parts without numbers stand, 0 outside of them
	for i := range t.Lines {
		l := &t.Lines[i]
		st := styleOf(l.Number)
		total := IsTotal(l.Name, nil) && st == noStyle
		switch {
		case total:
			l.Level = 1
			parts = 0
			continue
		case isPartHeading(l.Name):
			l.Level = len(ladder) + 1
			l.Part = true
			parts = len(ladder) + 1
			continue
		case st == noStyle && i > 0 && l.Group != "" && l.Group == t.Lines[i-1].Group: // the number is the group's
			l.Level = t.Lines[i-1].Level
			continue
		case st == noStyle:
			l.Level = len(ladder) + 1
			if parts > 0 {
				l.Level = parts
			}
			continue
		}
		r := rung{st, 0}
		if st == dotted {
			r.dots = depthIn(l.Number)
		}
		if st == roman && len(l.Number) == 1 && hasRung(ladder, rung{upper, 0}) && isNextLetter(t.Lines[:i], l.Number) {
			r = rung{upper, 0} // C after B
		}
		at := indexRung(ladder, r)
		if at < 0 {
			for r.style < dash && len(ladder) > 0 && ladder[len(ladder)-1].style >= dash {
				ladder = ladder[:len(ladder)-1] // no number stands under a dash
			}
			ladder = append(ladder, r)
			at = len(ladder) - 1
		}
		ladder = ladder[:at+1]
		l.Level = at + 1
		parts = 0
	}
}

func hasRung(ladder []rung, r rung) bool { return indexRung(ladder, r) >= 0 }

func indexRung(ladder []rung, r rung) int {
	for i := range ladder {
		if ladder[i] == r {
			return i
		}
	}
	return -1
}

// isNextLetter reports whether a letter that is a roman numeral too (C, D, I, V, X)
// follows the last capital letter used.
func isNextLetter(before []Line, number string) bool {
	for i := len(before) - 1; i >= 0; i-- {
		if n := before[i].Number; len(n) == 1 && n[0] >= 'A' && n[0] <= 'Z' && styleOf(n) == upper {
			return number[0] == n[0]+1
		}
	}
	return false
}

// levelsByIndent takes the blanks before names, as typed or as set, for steps.
func (t *Table) levelsByIndent() {
	name := -1
	for i := range t.Cols {
		if t.Cols[i].Role == ColName {
			name = t.Cols[i].Col
		}
	}
	if name < 0 {
		return
	}
	indents := make([]int, len(t.Lines))
	set := map[int]bool{}
	for i := range t.Lines {
		c := t.look.at(t.Lines[i].Row, name)
		if c == nil {
			continue
		}
		indents[i] = indentOf(c)
		set[indents[i]] = true
	}
	if len(set) < 2 {
		t.levelsByPeriod()
		return
	}
	var ladder []int
	for i := range t.Lines {
		for len(ladder) > 0 && ladder[len(ladder)-1] > indents[i]+1 {
			ladder = ladder[:len(ladder)-1]
		}
		if len(ladder) == 0 || ladder[len(ladder)-1]+1 < indents[i] {
			ladder = append(ladder, indents[i])
		}
		t.Lines[i].Level = len(ladder)
	}
}

// levelsByPeriod puts months under quarters.
func (t *Table) levelsByPeriod() {
	quarters, months := 0, 0
	for i := range t.Lines {
		switch key := viet.Key(t.Lines[i].Name); {
		case strings.HasPrefix(key, quarterWord+" "):
			quarters++
		case strings.HasPrefix(key, monthWord+" "):
			months++
		}
	}
	if quarters == 0 || months < 2*quarters {
		return
	}
	for i := range t.Lines {
		t.Lines[i].Level = 1
		if strings.HasPrefix(viet.Key(t.Lines[i].Name), monthWord+" ") {
			t.Lines[i].Level = 2
		}
	}
}

var quarterWord = viet.Key("quý")

// indentOf counts the blanks before a name, three of them for a step that was set.
func indentOf(c *seen) int {
	n := 0
	for _, r := range c.Raw {
		if r != ' ' && r != '\u00a0' && r != '\t' {
			break
		}
		n++
	}
	if n == 1 { // a slip
		n = 0
	}
	return n + 3*int(c.Indent)
}
