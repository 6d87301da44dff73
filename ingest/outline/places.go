package outline

import (
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/calendar"
)

// namePlaces says which rows of a table are about which places, where that is sure.
func namePlaces(places []match.Place, out *Table) {
	for k := range places {
		if p := &places[k]; p.Sure() {
			out.Rows[k].Place = &p.Code
		}
	}
}

// withoutFigures makes rows of headings without figures that are places among others
// of their level: a province between provinces heads nothing, it did not report.
func withoutFigures(t *table.Table, places []match.Place) {
	for k := range t.Lines[:max(len(t.Lines)-1, 0)] {
		p, next := &places[k], &places[k+1]
		if t.Lines[k].Role == table.RowSection && p.Sure() && next.Sure() && p.Level == next.Level {
			t.Lines[k].Role = table.RowData
		}
	}
}

// placesOf says of each line of one of the tables of a sheet which place it is. All
// names of a table are looked at together with the words over it: whether "Hải Dương"
// is a province, a city or a ward shows in its company.
func placesOf(s *sheet.Sheet, t *table.Table, tables []*table.Table) []match.Place {
	labels := make([]string, len(t.Lines))
	groups, grouped := make([]string, len(t.Lines)), false
	for k := range t.Lines {
		labels[k], groups[k] = t.Lines[k].Name, t.Lines[k].Name
		if l := &t.Lines[k]; l.Group != "" {
			labels[k], groups[k], grouped = l.Leaf, l.Group, true
		}
	}
	words := wordsOver(s, t, tables)
	day := dayOf(words)
	if first := tables[0]; t != first { // a title goes for all tables below it
		title := wordsOver(s, first, tables)
		words = append(words, title...)
		if day.IsZero() {
			day = dayOf(title)
		}
	}
	places := match.Places(labels, words, day)
	if !grouped {
		return places
	}
	if byGroup := match.Places(groups, words, day); sure(byGroup) > sure(places) {
		return byGroup
	}
	return places
}

// sure counts the places that are sure.
func sure(places []match.Place) int {
	n := 0
	for i := range places {
		if places[i].Sure() {
			n++
		}
	}
	return n
}

// dayOf gives the last day of the period that words name, else the last day they
// name; no day when they name neither. Which places there were depends on it.
func dayOf(words []string) calendar.Date {
	var day calendar.Date
	for _, w := range words {
		if _, after, ok := strings.Cut(w, ":"); ok {
			w = after
		}
		w = strings.Trim(w, " ()")
		if p, ok := viet.TitlePeriod(w, calendar.Civil()); ok {
			return p.To
		}
		if p, err := viet.Period(w, calendar.Civil(), 0); err == nil {
			return p.To
		}
		if d, err := viet.Date(w); err == nil {
			day = d
		}
	}
	return day
}

// wordsOver gives the words of a sheet above a table, down from the table before it,
// and its header.
func wordsOver(s *sheet.Sheet, t *table.Table, tables []*table.Table) []string {
	const reach = 15
	from := max(1, t.Top-reach)
	for _, o := range tables {
		if o.Last < t.Top {
			from = max(from, o.Last+1)
		}
	}
	words := []string{s.Name}
	for _, row := range s.RowNumbers(from) {
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
