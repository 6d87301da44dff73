package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// What a Style without a font or size is written in: the face of Decree
// 30/2020, Appendix I, and the size of its body text.
const (
	defaultFont = "Times New Roman"
	defaultSize = 13
)

// Style is how a cell looks. It is a comparable value: equal Styles share one
// entry in the file, so a Style may be built anew for each cell.
// The zero Style is Times New Roman 13, locked, without border or fill.
type Style struct {
	Font      string  // face; Times New Roman when empty
	Size      float64 // points; 13 when 0
	Bold      bool
	Italic    bool
	Underline bool
	Color     string // of the text, "RRGGBB"; black when empty
	Fill      string // of the cell, "RRGGBB"; none when empty

	H      HAlign
	V      VAlign
	Wrap   bool
	Indent int // steps of about three blanks, from the side of H

	Border      Border
	BorderColor string // "RRGGBB"; black when empty

	// NumFmt is Excel's format code, in its English spelling whatever the
	// reader's language: "#,##0" shows 1.234 on a Vietnamese machine.
	NumFmt string

	// Unlocked cells stay open for input on a protected sheet.
	Unlocked bool
}

// HAlign is where text stands between left and right.
type HAlign uint8

// The horizontal alignments. Auto puts text left and numbers right.
const (
	Auto HAlign = iota
	Left
	Center
	Right
	Justify
)

// VAlign is where text stands between top and bottom.
type VAlign uint8

// The vertical alignments.
const (
	Bottom VAlign = iota
	Middle
	Top
)

// Border is which thin lines are drawn around a cell.
type Border uint8

// The borders.
const (
	NoBorder Border = iota
	Box             // all four sides
	Underside
	Upperside
)

// Excel's names of the alignments and sides.
var (
	hAligns = [...]string{Auto: "", Left: "left", Center: "center", Right: "right", Justify: "justify"}
	vAligns = [...]string{Bottom: "bottom", Middle: "center", Top: "top"}
	sides   = [...][]string{
		NoBorder:  nil,
		Box:       {"left", "top", "right", "bottom"},
		Underside: {"bottom"},
		Upperside: {"top"},
	}
)

// styleTable gives each Style its number in the file. The numbers are the
// library's own, found by registering the style as the file will: they are the
// same again when the styles are registered in the same order.
type styleTable struct {
	scratch *excelize.File
	ids     map[Style]int
	order   []Style
}

func newStyleTable() styleTable {
	return styleTable{scratch: excelize.NewFile(), ids: map[Style]int{}}
}

func (t *styleTable) id(s Style) (int, error) {
	if id, ok := t.ids[s]; ok {
		return id, nil
	}
	style, err := s.native()
	if err != nil {
		return 0, err
	}
	id, err := t.scratch.NewStyle(style)
	if err != nil {
		return 0, fmt.Errorf("style %+v: %w", s, err)
	}
	t.ids[s] = id
	t.order = append(t.order, s)
	return id, nil
}

// register enters the styles into the file to be written.
func (t *styleTable) register(f *excelize.File) error {
	for _, s := range t.order {
		style, err := s.native()
		if err != nil {
			return err
		}
		id, err := f.NewStyle(style)
		if err != nil {
			return fmt.Errorf("style %+v: %w", s, err)
		}
		if id != t.ids[s] {
			return fmt.Errorf("style %+v got number %d, cells carry %d", s, id, t.ids[s])
		}
	}
	return nil
}

// native spells the style for the library.
func (s Style) native() (*excelize.Style, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	out := &excelize.Style{
		Font: &excelize.Font{
			Family: s.Font, Size: s.Size, Bold: s.Bold, Italic: s.Italic, Color: s.Color,
		},
		Alignment: &excelize.Alignment{
			Horizontal: hAligns[s.H], Vertical: vAligns[s.V], WrapText: s.Wrap, Indent: s.Indent,
		},
		Protection: &excelize.Protection{Locked: !s.Unlocked},
		Border:     s.borders(),
	}
	if s.Font == "" {
		out.Font.Family = defaultFont
	}
	if s.Size == 0 {
		out.Font.Size = defaultSize
	}
	if s.Underline {
		out.Font.Underline = "single"
	}
	if s.Fill != "" {
		out.Fill = solid(s.Fill)
	}
	if s.NumFmt != "" {
		out.CustomNumFmt = &s.NumFmt
	}
	return out, nil
}

func (s Style) check() error {
	for _, color := range []string{s.Color, s.Fill, s.BorderColor} {
		if color != "" && !isColor(color) {
			return fmt.Errorf("style: %q is not a colour RRGGBB", color)
		}
	}
	if int(s.H) >= len(hAligns) || int(s.V) >= len(vAligns) || int(s.Border) >= len(sides) {
		return fmt.Errorf("style %+v: no such alignment or border", s)
	}
	if s.Size < 0 || s.Size > 409 || s.Indent < 0 || s.Indent > 250 {
		return fmt.Errorf("style %+v: size or indent out of range", s)
	}
	if !plainText(s.Font) || !plainText(s.NumFmt) {
		return fmt.Errorf("style: %w", ErrNotText)
	}
	return nil
}

func (s Style) borders() []excelize.Border {
	const thin = 1
	color := s.BorderColor
	if color == "" {
		color = "000000"
	}
	var out []excelize.Border
	for _, side := range sides[s.Border] {
		out = append(out, excelize.Border{Type: side, Style: thin, Color: color})
	}
	return out
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func isColor(s string) bool {
	if len(s) != 6 {
		return false
	}
	for i := range len(s) {
		if !isHex(s[i]) {
			return false
		}
	}
	return true
}
