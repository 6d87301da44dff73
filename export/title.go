package export

import (
	"tonghop/internal/xlsx"
)

// titleLine is a line above a table.
type titleLine struct {
	text  string
	style xlsx.Style
}

// titleLines are what stands above every table but the first: what it is, of
// which moment, and whether it may still change.
func (p *paper) titleLines(title string) []titleLine {
	lines := []titleLine{{title, titleStyle}, {p.stamp(), captionStyle}}
	if p.s.Provisional {
		lines = append(lines, titleLine{p.provisional(), warnStyle})
	}
	return lines
}

// sheetTitle writes the title of a sheet over its columns, in three rows.
func (p *paper) sheetTitle(w *xlsx.Worksheet, title string, columns int) {
	for i, l := range p.titleLines(title) {
		across(w, i+1, 1, columns, l.text, l.style)
		w.Row(i+1, xlsx.Row{Height: l.style.Size * 1.5})
	}
}

// sheetPage is the columns of a table that are printed on one page, beside those
// that are repeated on each.
type sheetPage struct {
	from, to int
	width    float64 // digits
}

// pageTitles writes the title of a table that may be several pages wide. On one
// page it stands over all columns. On several it stands over those that the page
// has for itself: the repeated ones, as wide as fixed, are too narrow for a line,
// and what were merged across them would be cut on every page but the first.
// A later page too narrow for a line goes without it.
func (p *paper) pageTitles(w *xlsx.Worksheet, title string, pages []sheetPage, fixed float64) {
	if len(pages) == 1 {
		pages = []sheetPage{{from: 1, to: pages[0].to, width: fixed + pages[0].width}}
	}
	heights := make([]float64, len(p.titleLines(title)))
	for n, page := range pages {
		if n == 1 {
			title += " (tiếp)"
		}
		for i, l := range p.titleLines(title) {
			if i > 0 && len(pages) > 1 {
				l.style.Size = tableSize // to be one line there as well
			}
			height := fit(l.text, page.width, l.style)
			if oneLine := fit("x", page.width, l.style); n > 0 && height > oneLine {
				continue // two lines here would stand tall on every page
			}
			w.Text(i+1, page.from, l.text, l.style)
			if page.to > page.from {
				w.Merge(xlsx.Rect(i+1, page.from, i+1, page.to))
			}
			heights[i] = max(heights[i], height)
		}
	}
	for i, height := range heights {
		w.Row(i+1, xlsx.Row{Height: height})
	}
}
