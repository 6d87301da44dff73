package export

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// look fills in what a sheet has at the places of the findings that are on it.
func (l *list) look(g *xlsx.Grid, s xlsx.SheetInfo) {
	for i := range l.rows {
		r := &l.rows[i]
		if r.Sheet != s.Name {
			continue
		}
		r.hidden = s.State != xlsx.Visible
		area, err := xlsx.ParseRange(strings.ReplaceAll(r.Cell, "$", ""))
		if err != nil {
			continue // of the whole sheet
		}
		r.placed, r.linked, r.area = true, !r.hidden && writable(s.Name) == s.Name, area
		r.name = rowName(g, area.FirstRow, area.FirstCol)
		if c := g.At(area.FirstRow, area.FirstCol); c != nil {
			r.value = cellWords(g, c)
		}
	}
}

// mostShown is how many characters of a cell the list shows: it is to be known
// again, not read.
const mostShown = 120

// clip keeps a text of somebody else's short.
func clip(s string) string {
	s = strings.Join(strings.Fields(writable(s)), " ")
	if utf8.RuneCountInString(s) <= mostShown {
		return s
	}
	return string([]rune(s)[:mostShown-1]) + "…"
}

// rowName is what a row is called: the longest words to the left of the cell, which
// are the name where numbers and codes stand beside it.
func rowName(g *xlsx.Grid, row, col int) string {
	name := ""
	for c := 1; c < col && c <= g.MaxCol; c++ {
		cell := g.At(row, c)
		if cell == nil || cell.Type != xlsx.String || strings.IndexFunc(cell.Text, unicode.IsLetter) < 0 || g.ColHidden(c) {
			continue
		}
		if utf8.RuneCountInString(cell.Text) > utf8.RuneCountInString(name) {
			name = cell.Text
		}
	}
	return clip(name)
}

// cellWords shows the value of a cell as a Vietnamese reader writes it.
func cellWords(g *xlsx.Grid, c *xlsx.Cell) string {
	text := clip(c.Text)
	switch c.Type {
	case xlsx.Number:
		if d, _, err := decimal.FromStored(c.Text); err == nil {
			text = decimal.FormatVI(d, 0)
		}
	case xlsx.Date:
		if t, ok := xlsx.ParseDate(c.Text, g.Date1904); ok {
			text = dayWords(t)
		}
	case xlsx.Bool:
		text = map[string]string{"1": "TRUE", "0": "FALSE"}[c.Text]
	}
	if c.HasFormula && c.Formula != "" {
		text = strings.TrimSpace(text + " (=" + clip(c.Formula) + ")")
	}
	return text
}

func dayWords(t time.Time) string {
	if t.Hour()+t.Minute()+t.Second() > 0 {
		return t.Format("02/01/2006 15:04")
	}
	return t.Format("02/01/2006")
}
