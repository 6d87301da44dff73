package table

import (
	"strconv"
	"time"

	"tonghop/internal/xlsx"
)

// numbersFromDates gives rows the numbers that a program took for days: "1.2" that was typed
// into a cell is 1 February, or 2 January, and the number of the row above says which.
func (t *Table) numbersFromDates() {
	col := -1
	for i := range t.Cols {
		if t.Cols[i].Role == ColNumber {
			col = t.Cols[i].Col
			break
		}
	}
	if col < 0 {
		return
	}
	head := 0 // the last number without a point
	for i := range t.Lines {
		l := &t.Lines[i]
		c := t.look.at(l.Row, col)
		if c == nil || c.Type != xlsx.Date {
			if n, err := strconv.Atoi(l.Number); err == nil {
				head = n
			}
			continue
		}
		if day, ok := xlsx.ParseDate(c.Text, t.look.sheet.Date1904()); ok {
			l.Number = numberOfDay(day, head)
		}
	}
}

// numberOfDay gives the number that became a day: the first part of it is that of the row
// above where either is.
func numberOfDay(day time.Time, head int) string {
	first, second := day.Day(), int(day.Month())
	if first != head && second == head {
		first, second = second, first
	}
	return strconv.Itoa(first) + "." + strconv.Itoa(second)
}
