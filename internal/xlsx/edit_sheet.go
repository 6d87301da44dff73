package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// fillFormula is true for every cell, and tells a conditional format of ours from
// any other: programs keep formulas to the letter where they renumber styles.
const fillFormula = `N("tonghop:mark")=0`

// isFillFormula knows it again in the markup of a rule, however quotes are spelt.
func isFillFormula(markup []byte) bool {
	return bytes.Contains(markup, []byte(`N("tonghop:`)) || bytes.Contains(markup, []byte(`N(&quot;tonghop:`))
}

// What follows conditional formats, and what follows the drawing of notes, in a
// worksheet: the format prescribes the order.
var (
	afterNotes   = []string{"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent"}
	afterFormats = append([]string{
		"conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
		"colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
	}, afterNotes...)
)

// annotateSheets colours the cells and hangs the notes on them, and takes care that
// no sheet is chosen beside our list: what is typed goes into every sheet that is.
func (e *edit) annotateSheets(a Annotation, style styling) error {
	for i := range e.sheets {
		sheet := &e.sheets[i]
		if sheet.part == nil {
			continue
		}
		cells := a.of(sheet.Name)
		if !sheet.Cells {
			cells = nil
		}
		if len(cells) == 0 {
			if b, err := e.part(sheet.part.name); err != nil || !bytes.Contains(b, []byte("tabSelected")) {
				if err != nil {
					return err
				}
				continue
			}
		}
		notes, err := e.hangNotes(sheet, cells)
		if err != nil {
			return err
		}
		err = e.change(sheet.part.name, func(b []byte, root element, in []element) ([]splice, error) {
			changes, err := unchoose(b, in)
			if err != nil || len(cells) == 0 {
				return changes, err
			}
			if _, has := childNamed(in, "legacyDrawing"); has && notes.drawing != "" {
				return nil, errMarkup // it leads nowhere
			}
			at := before(root, in, afterFormats)
			if text := formats(cells, style, root.prefix()); text != "" {
				changes = append(changes, splice{at, at, text})
			}
			if notes.drawing != "" {
				at := before(root, in, afterNotes)
				changes = append(changes, splice{at, at, fmt.Sprintf(`<%slegacyDrawing xmlns:r="%s" r:id="%s"/>`, root.prefix(), relationshipTypes, notes.drawing)})
			}
			return changes, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// of gives what is said of the cells of a sheet, by row and column, the worse
// colour first where one area has several.
func (a *Annotation) of(sheet string) []Annotated {
	var out []Annotated
	for _, c := range a.Cells {
		if c.Sheet == sheet {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(x, y Annotated) int {
		return cmp.Or(cmp.Compare(x.Area.FirstRow, y.Area.FirstRow), cmp.Compare(x.Area.FirstCol, y.Area.FirstCol), cmp.Compare(x.Fill, y.Fill))
	})
	return out
}

// unchoose takes the mark of being chosen from the views of a sheet.
func unchoose(b []byte, in []element) ([]splice, error) {
	views, ok := childNamed(in, "sheetViews")
	if !ok {
		return nil, nil
	}
	each, err := children(b, views)
	var changes []splice
	for _, v := range each {
		if value, ok := attrOf(b, v, "tabSelected"); ok && value != "false" {
			changes = append(changes, setAttr(b, v, "tabSelected", "0")...)
		}
	}
	return changes, err
}

// maxAreas is how many areas one conditional format is written for. Excel reads
// more; older programs do not.
const maxAreas = 500

// formats spells the conditional formats that fill the cells. They come before any
// the sheet has and so are drawn over them.
func formats(cells []Annotated, style styling, prefix string) string {
	byFill := make([][]Range, len(style.fills))
	for _, c := range cells {
		byFill[c.Fill] = append(byFill[c.Fill], c.Area)
	}
	var out strings.Builder
	for fill, areas := range byFill {
		for some := range slices.Chunk(joinAreas(areas), maxAreas) {
			refs := make([]string, len(some))
			for i, a := range some {
				refs[i] = a.String()
			}
			fmt.Fprintf(&out, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule></conditionalFormatting>`,
				strings.Join(refs, " "), style.fills[fill], fill+1, fillFormula)
		}
	}
	return prefixed(out.String(), prefix)
}

// joinAreas names each area once, and single cells that stand below each other as
// one area.
func joinAreas(areas []Range) []Range {
	areas = slices.Clone(areas)
	slices.SortFunc(areas, func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.FirstCol, b.FirstCol), cmp.Compare(a.LastCol, b.LastCol), cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.LastRow, b.LastRow))
	})
	var out []Range
	for _, a := range areas {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if last.FirstCol == a.FirstCol && last.LastCol == a.LastCol && a.FirstRow <= last.LastRow+1 {
				last.LastRow = max(last.LastRow, a.LastRow)
				continue
			}
		}
		out = append(out, a)
	}
	return out
}

// clearSheets takes our colours and notes out of every sheet.
func (e *edit) clearSheets() error {
	for i := range e.sheets {
		sheet := &e.sheets[i]
		if sheet.part == nil {
			continue
		}
		drawing, err := e.takeNotes(sheet)
		if err != nil {
			return err
		}
		if b, err := e.part(sheet.part.name); err != nil || drawing == "" && !isFillFormula(b) {
			if err != nil {
				return err
			}
			continue
		}
		err = e.change(sheet.part.name, func(b []byte, _ element, in []element) ([]splice, error) {
			changes, err := withoutFormats(b, in)
			if d, ok := childNamed(in, "legacyDrawing"); ok && drawing != "" && relationOf(b, d) == drawing {
				changes = append(changes, splice{d.from, d.to, ""})
			}
			return changes, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// withoutFormats takes our rules out of the conditional formats, and those formats
// out that had no others.
func withoutFormats(b []byte, in []element) ([]splice, error) {
	var changes []splice
	for _, f := range in {
		if f.local != "conditionalFormatting" || !isFillFormula(b[f.from:f.to]) {
			continue
		}
		rules, err := children(b, f)
		if err != nil {
			return nil, err
		}
		var ours []splice
		for _, r := range rules {
			if isFillFormula(b[r.from:r.to]) {
				ours = append(ours, splice{r.from, r.to, ""})
			}
		}
		if len(ours) == len(rules) {
			ours = []splice{{f.from, f.to, ""}}
		}
		changes = append(changes, ours...)
	}
	return changes, nil
}
