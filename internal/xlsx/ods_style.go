package xlsx

import (
	"math"
	"strconv"
	"strings"
)

// odsLooks is what an OpenDocument spreadsheet says about the look of its
// cells, rows, columns and sheets. A style may be one of another, so nothing is
// known of any before all are read.
type odsLooks struct {
	lim   *Limits
	faces map[string]string    // family of a font by the name it is declared under
	codes map[string]odsFormat // number formats
	cells map[string]*odsStyle // styles of cells
	order []*odsStyle          // the same, as they were read
	texts map[string]string    // fonts of pieces of text and of paragraphs
	fonts map[string]string    // each name of a font once
	count int
	step  float64 // of indentation, in points

	hiddenSheets map[string]bool // styles of sheets that are not shown
	hiddenRows   map[string]bool // styles of rows without height
	hiddenCols   map[string]bool // styles of columns without width

	indexes map[string]int // into the list of styles, by the name of the style
	percent int            // of the style for a percentage whose own style says nothing of percent
}

// odsStyle is one style of cells; what it leaves open its parent says.
type odsStyle struct {
	name, parent string
	format       string // name of the number format
	font         string
	bold         *bool
	margin       *float64 // at the left, in points
	done, busy   bool
	look         CellStyle
}

// Names of styles.
const (
	odsDefault  = "Default" // of the cells that name none
	odsFallback = "\x00"    // of what style:default-style says, which has no name
)

func newODSLooks(p *pkg) *odsLooks {
	return &odsLooks{
		lim:   &p.lim,
		faces: make(map[string]string), codes: make(map[string]odsFormat), cells: make(map[string]*odsStyle),
		texts: make(map[string]string), fonts: make(map[string]string), indexes: make(map[string]int),
		hiddenSheets: make(map[string]bool), hiddenRows: make(map[string]bool), hiddenCols: make(map[string]bool),
	}
}

// readNamed reads styles.xml, which a file may lack. The automatic styles in it
// are those of headers and footers, under names that cells use for others.
func (l *odsLooks) readNamed(part *part, p *pkg) error {
	if part == nil {
		return nil
	}
	x, err := p.xml(part)
	if err != nil {
		return err
	}
	defer x.close()
	return x.document("document-styles", func() error {
		switch {
		case x.at(spaceOffice, "font-face-decls"):
			return l.readFaces(x)
		case x.at(spaceOffice, "styles"):
			return l.readStyles(x)
		}
		return x.skip()
	})
}

// room counts a style or font against the limit.
func (l *odsLooks) room(x *xmlReader) error {
	if l.count++; l.count > x.lim.Styles {
		return x.tooLarge("Styles", "too many styles")
	}
	return nil
}

// readFaces reads which fonts are meant by which names.
func (l *odsLooks) readFaces(x *xmlReader) error {
	return x.children(func() error {
		if x.at(spaceStyle, "font-face") {
			if err := l.room(x); err != nil {
				return err
			}
			name := x.keep(x.spaceAttr(spaceStyle, "name"))
			l.faces[name] = l.family(x, x.spaceAttr(spaceSVG, "font-family"))
		}
		return x.skip()
	})
}

// family gives the first of a list of fonts, as CSS writes it, without quotes.
func (l *odsLooks) family(x *xmlReader, list []byte) string {
	name := strings.TrimSpace(string(list))
	if name != "" && (name[0] == '\'' || name[0] == '"') {
		name, _, _ = strings.Cut(name[1:], name[:1])
	} else {
		name, _, _ = strings.Cut(name, ",")
	}
	if known, ok := l.fonts[name]; ok {
		return known
	}
	kept := x.keep([]byte(name))
	l.fonts[kept] = kept
	return kept
}

// readStyles reads the styles that are children of the element just opened.
func (l *odsLooks) readStyles(x *xmlReader) error {
	return x.children(func() error {
		if err := l.room(x); err != nil {
			return err
		}
		switch {
		case x.at(spaceStyle, "style"):
			return l.readStyle(x, x.keep(x.spaceAttr(spaceStyle, "name")))
		case x.at(spaceStyle, "default-style"):
			return l.readStyle(x, odsFallback)
		case x.space == spaceNumber:
			return l.readFormat(x)
		}
		return x.skip()
	})
}

// readStyle reads one style by what it is a style of.
func (l *odsLooks) readStyle(x *xmlReader, name string) error {
	switch string(x.spaceAttr(spaceStyle, "family")) {
	case "table-cell":
		return l.readCellStyle(x, name)
	case "table":
		return l.readMeasure(x, l.hiddenSheets, name, func() bool {
			return string(x.spaceAttr(spaceTable, "display")) == "false"
		})
	case "table-row":
		return l.readMeasure(x, l.hiddenRows, name, func() bool { return isNoLength(x.spaceAttr(spaceStyle, "row-height")) })
	case "table-column":
		return l.readMeasure(x, l.hiddenCols, name, func() bool { return isNoLength(x.spaceAttr(spaceStyle, "column-width")) })
	case "text", "paragraph":
		return x.children(func() error {
			if x.at(spaceStyle, "text-properties") {
				if font := l.fontOf(x); font != "" {
					l.texts[name] = font
				}
			}
			return x.skip()
		})
	}
	return x.skip()
}

// readMeasure notes in hidden whether one of the properties of a style hides
// what has it.
func (l *odsLooks) readMeasure(x *xmlReader, hidden map[string]bool, name string, hides func() bool) error {
	return x.children(func() error {
		if x.space == spaceStyle && hides() {
			hidden[name] = true
		}
		return x.skip()
	})
}

// readCellStyle reads a style of cells.
func (l *odsLooks) readCellStyle(x *xmlReader, name string) error {
	s := &odsStyle{
		name: name, parent: x.keep(x.spaceAttr(spaceStyle, "parent-style-name")),
		format: x.keep(x.spaceAttr(spaceStyle, "data-style-name")),
	}
	if l.cells[name] == nil {
		l.order = append(l.order, s)
	} else {
		*l.cells[name] = *s // an automatic style before a named one
		s = l.cells[name]
	}
	l.cells[name] = s
	return x.children(func() error {
		switch {
		case x.at(spaceStyle, "text-properties"):
			s.font = l.fontOf(x)
			if weight := x.spaceAttr(spaceFo, "font-weight"); weight != nil {
				s.bold = new(isBold(string(weight)))
			}
		case x.at(spaceStyle, "paragraph-properties"):
			if margin := x.spaceAttr(spaceFo, "margin-left"); margin != nil {
				n, _ := points(margin)
				s.margin = new(n)
			}
		}
		return x.skip()
	})
}

// fontOf gives the font that text properties name, by declaration or directly.
func (l *odsLooks) fontOf(x *xmlReader) string {
	if name := x.spaceAttr(spaceStyle, "font-name"); name != nil {
		if family, ok := l.faces[string(name)]; ok {
			return family
		}
		return l.family(x, name)
	}
	return l.family(x, x.spaceAttr(spaceFo, "font-family"))
}

// isBold knows the weights of CSS.
func isBold(weight string) bool {
	n, err := strconv.Atoi(weight)
	return weight == "bold" || err == nil && n >= 600
}

// Points to an inch, and the other units of length.
var odsUnits = map[string]float64{"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12, "px": 0.75}

// points reads a length such as "0.353cm".
func points(length []byte) (float64, bool) {
	text := strings.TrimSpace(string(length))
	digits := len(text) - len(strings.TrimLeft(text, "+-.0123456789"))
	n, err := strconv.ParseFloat(text[:digits], 64)
	unit, known := odsUnits[text[digits:]]
	return n * unit, err == nil && known
}

// indentStep gives the points of one step of indentation, of which a file says
// nothing: LibreOffice moves by ten, and what comes from Excel by three spaces of
// some font, which is near ten. The least there is in the file is one of them.
func (l *odsLooks) indentStep() float64 {
	const usual, least, most = 10, 6, 14
	step := math.Inf(1)
	for _, s := range l.order {
		if s.margin != nil && *s.margin >= least {
			step = min(step, *s.margin)
		}
	}
	if step > most {
		return usual
	}
	return step
}

// indentSteps counts a margin in steps; no more than a spreadsheet has.
func indentSteps(margin, step float64) int {
	const most = 250
	return int(math.Round(min(max(margin/step, 0), most)))
}

// isNoLength reports whether a length is given, and is nought.
func isNoLength(length []byte) bool {
	n, ok := points(length)
	return ok && n == 0
}

// resolve makes the list of styles; the first is that of cells that name none.
func (l *odsLooks) resolve() []CellStyle {
	if l.cells[odsDefault] == nil {
		l.cells[odsDefault] = &odsStyle{name: odsDefault}
		l.order = append(l.order, l.cells[odsDefault])
	}
	l.step = l.indentStep()
	l.settle(l.cells[odsDefault])
	list := []CellStyle{l.cells[odsDefault].look}
	l.indexes[odsDefault] = 0
	for _, s := range l.order {
		if s.name == odsDefault {
			continue
		}
		l.settle(s)
		l.indexes[s.name] = len(list)
		list = append(list, s.look)
	}
	percent := list[0]
	percent.NumFmt, percent.Date = "0%", false
	l.percent = len(list)
	return append(list, percent)
}

// settle works out a style after all it rests on, however long the chain is. One
// that rests on itself rests on nothing.
func (l *odsLooks) settle(s *odsStyle) {
	var chain []*odsStyle
	for s != nil && !s.done && !s.busy {
		s.busy = true
		chain = append(chain, s)
		s = l.base(s)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		s := chain[i]
		look := CellStyle{NumFmt: "General"}
		if base := l.base(s); base != nil && base.done {
			look = base.look
		}
		if s.font != "" {
			look.Font = s.font
		}
		if s.bold != nil {
			look.Bold = *s.bold
		}
		if s.margin != nil {
			look.Indent = indentSteps(*s.margin, l.step)
		}
		if f, ok := l.codes[s.format]; ok {
			look.NumFmt, look.Date = f.code, f.date
		}
		s.look, s.done, s.busy = look, true, false
	}
}

// base gives the style that one rests on.
func (l *odsLooks) base(s *odsStyle) *odsStyle {
	switch {
	case s.name == odsFallback:
		return nil
	case s.parent != "" && l.cells[s.parent] != nil:
		return l.cells[s.parent]
	}
	return l.cells[odsFallback]
}

// index finds a style by its name; cells that name one that is not there look
// like those that name none.
func (l *odsLooks) index(name []byte) int { return l.indexes[string(name)] }
