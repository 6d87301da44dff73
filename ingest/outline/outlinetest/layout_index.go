package outlinetest

import (
	"fmt"
	"strconv"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

// The spellings of the row of column numbers; 0 is none.
const (
	indexPlain    = 1 + iota // A B 1 2 3
	indexBrackets            // (1) (2) (3)
	indexLetters             // (A) (B) (1) (2)
	indexFormulas            // A B 1 2 3=1+2 4=2/1*100
	indexSpaced              // A B (1) (2) (3) = (1) + (2)
)

// putIndex writes the row of column numbers.
func (l *layout) putIndex(row int) {
	style := l.t.look.indexStyle
	st := xlsx.Style{Size: 10, Italic: true, H: xlsx.Center}
	if l.t.look.box {
		st.Border = xlsx.Box
	}
	numbers := map[*column]int{}
	n, letter := 0, 'A'
	text := map[*column]string{}
	for _, c := range l.columns {
		if c.role != outline.ColumnValue && style != indexBrackets {
			if c.role == outline.ColumnNote {
				continue
			}
			text[c] = string(letter)
			letter++
			continue
		}
		n++
		numbers[c] = n
	}
	for _, c := range l.columns {
		s, ok := text[c]
		if !ok {
			if numbers[c] == 0 {
				l.p.Blank(row, c.col, st)
				continue
			}
			s = l.indexNumber(c, numbers)
		}
		if style == indexLetters || ok && style == indexBrackets {
			s = "(" + strings.Trim(s, "()") + ")"
		}
		own, _, _ := strings.Cut(s, "=")
		l.index[c] = strings.TrimSpace(own)
		if plain, err := strconv.Atoi(s); err == nil && l.t.look.sttNumbers {
			l.p.number(row, c.col, strconv.Itoa(plain), inTable, st)
			continue
		}
		l.p.exact(row, c.col, s, inTable, st)
	}
}

// indexNumber spells the number of a column, with what it is worked out from.
func (l *layout) indexNumber(c *column, numbers map[*column]int) string {
	own := strconv.Itoa(numbers[c])
	format, glue, plus := "%d", "=", "+"
	switch l.t.look.indexStyle {
	case indexPlain:
		return own
	case indexBrackets, indexLetters:
		return "(" + own + ")"
	case indexSpaced:
		format, glue, plus, own = "(%d)", " = ", " + ", "("+own+")"
	}
	switch {
	case len(c.parts) > 0:
		var parts []string
		for _, p := range c.parts {
			parts = append(parts, fmt.Sprintf(format, numbers[p]))
		}
		return own + glue + strings.Join(parts, plus)
	case c.isRatio() && !c.growth:
		return own + glue + fmt.Sprintf(format, numbers[c.ratio[0]]) + "/" + fmt.Sprintf(format, numbers[c.ratio[1]]) + pick(l.p.d, "", "*100", "x100")
	case c.less[0] != nil:
		return own + glue + fmt.Sprintf(format, numbers[c.less[0]]) + "-" + fmt.Sprintf(format, numbers[c.less[1]])
	case c.stock[0] != nil:
		return own + glue + fmt.Sprintf(format, numbers[c.stock[0]]) + plus + fmt.Sprintf(format, numbers[c.stock[1]]) + "-" + fmt.Sprintf(format, numbers[c.stock[2]])
	}
	return own
}
