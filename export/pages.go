package export

import (
	"tonghop/internal/xlsx"
)

// What a page of A4 holds between the margins of Decree 30/2020, in digits and in
// points.
const (
	pageWidth       = 134 // landscape
	pageRoom        = 127 // of it what may be filled where nothing shrinks: programs do not agree on the width of a column
	portraitWidth   = 89
	landscapeHeight = 482
	portraitHeight  = 728
)

// pageHeight is how tall a page is in points of a sheet that is so many digits
// wide and shrinks to the width of the page.
func pageHeight(landscape bool, width float64) float64 {
	if landscape {
		return landscapeHeight * max(1, width/pageWidth)
	}
	return portraitHeight * max(1, width/portraitWidth)
}

// trust is the share of a page that is divided where every page has a break of its
// own: where a program has less room than was reckoned with, the last row would
// have a page for itself.
const trust = 0.975

// paperRow is a row as it stands on paper.
type paperRow struct {
	height float64 // points
	heads  bool    // names the rows below it
}

// rowsOnPaper gives the rows of a sheet from one to another.
func rowsOnPaper(w *xlsx.Worksheet, from, to int, heads func(row int) bool) []paperRow {
	var rows []paperRow
	for row := from; row <= to; row++ {
		rows = append(rows, paperRow{w.HeightOf(row, row), heads(row)})
	}
	return rows
}

// beginPages lets pages begin where rows were divided, the first of which is from.
func beginPages(w *xlsx.Worksheet, from int, starts []pageStart) {
	for _, start := range starts {
		w.Print.RowBreaks = append(w.Print.RowBreaks, from+start.at)
	}
}

// pageStart is a row that begins a page.
type pageStart struct {
	at     int  // which of the rows
	pulled bool // there was room for it on the page before
}

const (
	headed  = 30 // points of rows that stand below a heading on its page, at least
	carried = 3  // rows that stand above a signature on its page, at least
)

// divide says which rows begin a page, where the page the rows begin on has the
// first room and every other one the full, in points. A heading does not stand at
// the end of a page. What follows the rows, tail points tall, stands whole on the
// last page and never without rows above it. Row 0 begins a page when the first
// room is too little for what has to stand together.
func divide(rows []paperRow, first, full, tail float64) []pageStart {
	var pages []pageStart
	start, left := 0, first
	for i, r := range rows {
		if r.height > left && (i > start || i == 0 && first < full) {
			start = withHeading(rows, start, i)
			pages = append(pages, pageStart{start, start < i})
			left = full - tall(rows[start:i])
		}
		left -= r.height
	}
	if tail == 0 {
		return pages
	}
	return together(rows, pages, left >= tail, first < full)
}

func tall(rows []paperRow) float64 {
	sum := 0.0
	for _, r := range rows {
		sum += r.height
	}
	return sum
}

// withHeading gives where a page begins that row i is to stand on: at a heading
// shortly before it, so long as more than headings stays on the page begun at
// start.
func withHeading(rows []paperRow, start, i int) int {
	for start < i && rows[start].heads {
		start++
	}
	at := i
	for j := i - 1; j > start && tall(rows[j+1:i]) < headed; j-- {
		if rows[j].heads {
			at = j
		}
	}
	return at
}

// together lets the last page begin early enough for the rows that are carried to
// what follows them, which fits on it or not. Where all rows stand on the rest of
// a page, a page of their own may take them.
func together(rows []paperRow, pages []pageStart, fits, rest bool) []pageStart {
	at := max(0, len(rows)-carried)
	last, before := 0, 0 // first rows of the last page and of the one before
	for _, p := range pages {
		last, before = p.at, last
	}
	switch {
	case !fits && at > last:
		return append(pages, pageStart{withHeading(rows, last, at), true})
	case !fits && rest && len(pages) == 0:
		return []pageStart{{0, true}}
	case before < at && at < last:
		return append(pages[:len(pages)-1], pageStart{withHeading(rows, before, at), true})
	}
	return pages
}
