package outline

import (
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/report/calendar"
)

// namePlaces finds the places that the rows of tables are about. All names of a
// table are looked at together with the words over it: whether "Hải Dương" is a
// province, a city or a ward shows in its company.
func namePlaces(s *sheet.Sheet, tables []*table.Table, out []Table) {
	for i, t := range tables {
		labels := make([]string, len(t.Lines))
		for k := range t.Lines {
			labels[k] = t.Lines[k].Name
		}
		var on calendar.Date
		for k, p := range match.Places(labels, wordsOver(s, t), on) {
			if p.Sure() && p.Code != "" {
				out[i].Rows[k].Place = &p.Code
			}
		}
	}
}

// wordsOver gives the words of a sheet above a table, and its header.
func wordsOver(s *sheet.Sheet, t *table.Table) []string {
	const rows = 15
	words := []string{s.Name}
	for _, row := range s.RowNumbers(max(1, t.Top-rows)) {
		if row >= t.First {
			break
		}
		cells := s.Row(row)
		for i := range cells {
			if cells[i].IsText() {
				words = append(words, strings.ReplaceAll(cells[i].Text, "\n", " "))
			}
		}
	}
	return words
}
