package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	paperA4   = 9
	mmPerInch = 25.4

	// pageNumberMM is the height of a page number in 13 points.
	pageNumberMM = 13.0 / 72 * mmPerInch

	// maxMargin is how much of the format's 255 characters a text in a margin
	// may take, less what marks the face and the page number.
	maxMargin = 180
)

// fillPage enters paper, margins, header and footer.
func (s *Worksheet) fillPage(f *excelize.File) error {
	size, orientation := paperA4, "portrait"
	if s.Print.Landscape {
		orientation = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation}
	if s.Print.FitWidth {
		wide, high := 1, 0
		layout.FitToWidth, layout.FitToHeight = &wide, &high
	}
	if s.Print.Scale != 0 {
		percent := uint(max(0, s.Print.Scale))
		layout.AdjustTo = &percent
	}
	if err := f.SetPageLayout(s.name, layout); err != nil {
		return err
	}
	if err := s.fillBreaks(f); err != nil {
		return err
	}
	if err := s.fillMargins(f); err != nil {
		return err
	}
	return s.fillHeaderFooter(f)
}

func (s *Worksheet) fillMargins(f *excelize.File) error {
	m := firstSet(s.Print.Margins, decreeMargins)
	inches := func(mm float64) *float64 {
		inch := mm / mmPerInch
		return &inch
	}
	for _, mm := range []float64{m.Top, m.Bottom, m.Left, m.Right} {
		if mm < 0 || mm > 200 {
			return fmt.Errorf("margins %+v: %w", m, ErrOutside)
		}
	}
	centred := true
	return f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Top: inches(m.Top), Bottom: inches(m.Bottom), Left: inches(m.Left), Right: inches(m.Right),
		Header:       inches(max(0, (m.Top-pageNumberMM)/2)),
		Footer:       inches(max(0, (m.Bottom-pageNumberMM)/2)),
		Horizontally: &centred,
	})
}

// fillBreaks enters the places where a page ends though there is room on it.
func (s *Worksheet) fillBreaks(f *excelize.File) error {
	for _, row := range s.Print.RowBreaks {
		if !inside(row, 1) || row == 1 {
			return fmt.Errorf("page from row %d: %w", row, ErrOutside)
		}
		if err := f.InsertPageBreak(s.name, Ref(row, 1)); err != nil {
			return err
		}
	}
	for _, col := range s.Print.ColumnBreaks {
		if !inside(1, col) || col == 1 {
			return fmt.Errorf("page from column %d: %w", col, ErrOutside)
		}
		if err := f.InsertPageBreak(s.name, Ref(1, col)); err != nil {
			return err
		}
	}
	return nil
}

// fillHeaderFooter enters what stands in the margins. With page numbers the
// first page differs from the others, and only in having none.
func (s *Worksheet) fillHeaderFooter(f *excelize.File) error {
	p := s.Print
	if !p.PageNumber && p.Header == "" && p.Footer == "" {
		return nil
	}
	for _, text := range []string{p.Header, p.Footer} {
		if err := checkText(text, maxMargin); err != nil || !plainText(text) {
			return fmt.Errorf("margin text %q: %w", text, ErrNotText)
		}
	}
	const face = `&"Times New Roman,Regular"`
	options := &excelize.HeaderFooterOptions{DifferentFirst: p.PageNumber}
	if p.PageNumber {
		options.OddHeader = "&C" + face + "&13&P"
	}
	if p.Header != "" {
		text := "&R" + face + marginText(p.Header)
		options.OddHeader += text
		options.FirstHeader = text
	}
	if p.Footer != "" {
		options.OddFooter = "&C" + face + marginText(p.Footer)
		options.FirstFooter = options.OddFooter
	}
	return f.SetHeaderFooter(s.name, options)
}

// marginText spells a text for the margin. The blank keeps one that begins with
// a digit out of the size.
func marginText(text string) string { return "&11 " + strings.ReplaceAll(text, "&", "&&") }
