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

	maxFooter = 200 // of the format's 255, less what marks the face
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
	if err := f.SetPageLayout(s.name, layout); err != nil {
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

func (s *Worksheet) fillHeaderFooter(f *excelize.File) error {
	if !s.Print.PageNumber && s.Print.Footer == "" {
		return nil
	}
	if err := checkText(s.Print.Footer, maxFooter); err != nil || !plainText(s.Print.Footer) {
		return fmt.Errorf("footer %q: %w", s.Print.Footer, ErrNotText)
	}
	const face = `&C&"Times New Roman,Regular"`
	options := &excelize.HeaderFooterOptions{DifferentFirst: s.Print.PageNumber}
	if s.Print.PageNumber {
		options.OddHeader = face + "&13&P"
	}
	if s.Print.Footer != "" {
		// The blank keeps a footer that begins with a digit out of the size.
		options.OddFooter = face + "&11 " + strings.ReplaceAll(s.Print.Footer, "&", "&&")
		options.FirstFooter = options.OddFooter
	}
	return f.SetHeaderFooter(s.name, options)
}
