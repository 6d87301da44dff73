package ingest

import (
	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/report"
)

// foreign looks for a sheet of the form in a table none of whose headings is the
// form's: it has rows that may stand there, and columns whose words are near what is
// asked, or that the agency was asked about before. Nothing of it is read by
// likeness; its columns are asked about, and are errors until one of them is
// answered. Sheets that are read as others already are left alone.
func (r *reading) foreign(b *sheet.Book, plan int, chosen []choice) (choice, bool) {
	p := &r.sheets[plan]
	if p.single() {
		return choice{}, false
	}
	taken := map[*sheet.Sheet]bool{}
	for _, c := range chosen {
		taken[c.sheet] = true
	}
	best := choice{plan: plan}
	for _, s := range b.Sheets {
		if taken[s] || s.Name == sheet.MarkSheet {
			continue
		}
		for _, t := range table.Discover(s).Tables {
			m := &mapped{sheet: s, plan: p}
			if n := r.resembles(m, t); n > best.score && r.hasRows(m, t) {
				best.sheet, best.score, best.header = s, n, headerOf(t)
			}
		}
	}
	return best, best.sheet != nil
}

// resembles counts the columns of a table that might be asked about for a sheet of
// the form.
func (r *reading) resembles(m *mapped, t *table.Table) (n int) {
	for _, c := range t.Cols {
		title := table.Column{Path: c.Path}.Title()
		if title == "" {
			continue
		}
		_, answered := r.env.Answers.Choice(columnQuestion(m, title).Key)
		if answered || len(r.columnCandidates(m, title)) > 0 {
			n++
		}
	}
	return n
}

// hasRows reports whether the head of any row of a table names something that may
// stand on the sheet of the form.
func (r *reading) hasRows(m *mapped, t *table.Table) bool {
	v := r.newResolver(m.plan)
	for row := t.First; row <= t.Last; row++ {
		cells := m.sheet.Row(row)
		for i := range cells {
			c := &cells[i]
			if c.IsText() && v.lookName(c).How != match.NotFound || m.plan.layout.Shape != report.IndicatorsDown && v.lookCode(c).How == match.ByCode {
				return true
			}
		}
	}
	return false
}

// headerOf gives the head of a table as one that was looked for, with nothing found.
func headerOf(t *table.Table) table.Header {
	h := table.Header{Top: t.Top, Bottom: t.First - 1}
	if n := len(t.HeadRows); n > 0 {
		h.Top, h.Bottom = t.HeadRows[0], t.HeadRows[n-1]
	}
	for _, c := range t.Cols {
		h.Columns = append(h.Columns, table.Column{Col: c.Col, Path: c.Path, Want: -1})
	}
	return h
}
