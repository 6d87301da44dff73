package xlsx

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxRowHeight is the tallest row Excel can show, in points.
const maxRowHeight = 409.5

// FitHeight estimates how tall a row must be, in points, for a text to be seen
// whole when it is wrapped in columns of the given width together. Excel fits
// rows by itself, but not those of merged cells, and LibreOffice does not when
// it opens a file; a narrative without a height is printed cut off. The
// estimate is made for Times New Roman and errs to the tall side.
//
// A row ends at 409.5 points whatever it holds: where that comes back, spread
// the text over several rows.
func FitHeight(text string, width float64, st Style) float64 {
	const (
		lineHeight = 1.17 // of the face, in sizes
		air        = 2.5  // above and below, points
	)
	size := firstSet(st.Size, defaultSize)
	height := float64(fitLines(text, width, st))*size*lineHeight + air
	// Quarter points are what screens and the format can tell apart.
	return min(math.Ceil(height*4)/4, maxRowHeight)
}

// fitLines counts the lines a text takes.
func fitLines(text string, width float64, st Style) int {
	const (
		pointsPerDigit  = 5.25 // a column of width 1 in the normal font
		pointsPerIndent = 6.75
		trust           = 0.97 // programs do not agree to the point
		boldWider       = 1.06
		em              = 1000
	)
	room := (width*pointsPerDigit - float64(st.Indent)*pointsPerIndent) * trust
	perUnit := firstSet(st.Size, defaultSize) / em
	if st.Bold {
		perUnit *= boldWider
	}
	limit := max(int(room/perUnit), em) // at least one letter fits on a line
	lines := 0
	for paragraph := range strings.SplitSeq(norm.NFD.String(text), "\n") {
		lines += wrapLines(paragraph, limit)
	}
	return lines
}

// wrapLines counts the lines of one paragraph, broken at blanks and, in words
// longer than a line, anywhere.
func wrapLines(paragraph string, limit int) int {
	lines, used := 1, 0
	for i, word := range strings.Split(paragraph, " ") {
		blank := 0
		if i > 0 {
			blank = letterWidth(' ')
		}
		w := wordWidth(word)
		if used+blank+w <= limit {
			used += blank + w
			continue
		}
		if used > 0 {
			lines++
		}
		lines += max(0, w-1) / limit
		used = w - max(0, w-1)/limit*limit
	}
	return lines
}

func wordWidth(word string) int {
	w := 0
	for _, r := range word {
		w += letterWidth(r)
	}
	return w
}

// letterWidths are the widths of Times New Roman for ' ' to '~', in
// thousandths of its size.
var letterWidths = [...]uint16{
	250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, // blank to /
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, // 0 to ?
	921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, // @ to O
	556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, // P to _
	333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, // ` to o
	500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541, // p to ~
}

// letterWidth gives the width of a decomposed letter. Vietnamese marks stand
// above and below their letter; the horn of ơ and ư leans out of it.
func letterWidth(r rune) int {
	const horn, first, last = 0x031B, 0x0300, 0x036F
	switch {
	case r >= ' ' && r <= '~':
		return int(letterWidths[r-' '])
	case r == horn:
		return 60
	case r >= first && r <= last:
		return 0
	case r == 'đ':
		return 500
	case r < 0x2E80:
		return 722
	default:
		return 1000
	}
}
