package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// splice puts our own work into the parts of the library: the cells, merges
// and links of every sheet, and the size of every chart.
func (b *Book) splice(parts partSet) error {
	drawing, chart := 0, 0
	for i, s := range b.sheets {
		name := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		part, ok := parts[name]
		if !ok {
			return fmt.Errorf("sheet %q: part %s is missing", s.name, name)
		}
		if err := s.splice(part); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
		if err := s.relateFiles(parts, i+1); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
		if len(s.charts) == 0 {
			continue
		}
		drawing++
		name = fmt.Sprintf("xl/drawings/drawing%d.xml", drawing)
		if part, ok = parts[name]; !ok {
			return fmt.Errorf("sheet %q: part %s is missing", s.name, name)
		}
		if err := s.spliceAnchors(part); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
		for _, p := range s.charts {
			chart++
			name = fmt.Sprintf("xl/charts/chart%d.xml", chart)
			if part, ok = parts[name]; !ok {
				return fmt.Errorf("chart %q: part %s is missing", p.chart.Title, name)
			}
			p.chart.spliceAxis(part)
		}
	}
	return nil
}

// What follows merges and links in a worksheet: the format prescribes the
// order of the elements.
var (
	afterLinks = []string{"<printOptions", "<pageMargins", "<pageSetup", "<headerFooter", "<drawing", "<legacyDrawing", "<extLst", "</worksheet>"}
	afterMerge = append([]string{"<conditionalFormatting", "<dataValidations"}, afterLinks...)
)

// splice rewrites the library's worksheet around the gap for the rows.
func (s *Worksheet) splice(part *partBuffer) error {
	merges, err := s.mergeXML()
	if err != nil {
		return err
	}
	head, tail, ok := bytes.Cut(part.Bytes(), []byte("<sheetData></sheetData>"))
	if !ok {
		return fmt.Errorf("worksheet without an empty place for the rows")
	}
	head, tail = bytes.Clone(head), bytes.Clone(tail)
	if s.rowLevel > 0 {
		level := fmt.Sprintf(`<sheetFormatPr outlineLevelRow="%d"`, s.rowLevel)
		head = bytes.Replace(head, []byte("<sheetFormatPr"), []byte(level), 1)
	}
	tail = insertBefore(tail, afterMerge, append(s.filterXML(), merges...))
	tail = insertBefore(tail, afterLinks, s.linkXML())

	part.Reset()
	part.Write(head)
	part.WriteString("<sheetData>")
	part.gap, part.rows = part.Len(), &s.out
	part.WriteString("</sheetData>")
	part.Write(tail)
	return nil
}

// insertBefore inserts an element before the first of those that follow it.
// "<" cannot occur in a text of XML, so a search of the bytes finds elements.
func insertBefore(part []byte, followers []string, element []byte) []byte {
	at := len(part)
	for _, f := range followers {
		if i := bytes.Index(part, []byte(f)); i >= 0 {
			at = min(at, i)
		}
	}
	return slices.Insert(part, at, element...)
}

// filterXML gives the filter buttons. The library's own call also marks the
// sheet as filtered, which it is not, and forgets its other settings.
func (s *Worksheet) filterXML() []byte {
	if s.View.Filter == (Range{}) {
		return nil
	}
	return fmt.Appendf(nil, `<autoFilter ref="%s"/>`, s.View.Filter)
}

// mergeXML gives the merged areas, refusing those that overlap.
func (s *Worksheet) mergeXML() ([]byte, error) {
	if len(s.merges) == 0 {
		return nil, nil
	}
	merges := slices.Clone(s.merges)
	slices.SortFunc(merges, func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.FirstCol, b.FirstCol))
	})
	if err := checkMerges(merges); err != nil {
		return nil, err
	}
	out := fmt.Appendf(nil, `<mergeCells count="%d">`, len(merges))
	for _, m := range merges {
		out = append(out, `<mergeCell ref="`...)
		out = append(out, m.String()...)
		out = append(out, `"/>`...)
	}
	return append(out, "</mergeCells>"...), nil
}

// checkMerges sweeps down the sheet with the areas that reach the current row.
func checkMerges(sorted []Range) error {
	var reaching []Range
	for _, m := range sorted {
		reaching = slices.DeleteFunc(reaching, func(r Range) bool { return r.LastRow < m.FirstRow })
		for _, r := range reaching {
			if overlap(r, m) {
				return fmt.Errorf("merged areas %s and %s overlap", r, m)
			}
		}
		reaching = append(reaching, m)
	}
	return nil
}

func (s *Worksheet) linkXML() []byte {
	if len(s.links) == 0 {
		return nil
	}
	files := s.linkedFiles()
	out := []byte("<hyperlinks>")
	for _, l := range s.links {
		out = append(out, `<hyperlink ref="`...)
		out = appendRef(out, l.row, l.col)
		if l.file != "" {
			out = append(out, `" xmlns:r="`+relationshipTypes+`" r:id="`+linkID(files, l.file)...)
		}
		out = append(out, `" location="`...)
		out = appendAttr(out, l.target)
		out = append(out, `"/>`...)
	}
	return append(out, "</hyperlinks>"...)
}

// linkedFiles are the other files that cells lead to, in the order of the links.
func (s *Worksheet) linkedFiles() []string {
	var out []string
	for _, l := range s.links {
		if l.file != "" && !slices.Contains(out, l.file) {
			out = append(out, l.file)
		}
	}
	return out
}

func linkID(files []string, file string) string {
	return "rIdFile" + strconv.Itoa(slices.Index(files, file)+1)
}

// relateFiles writes the relations of a sheet to the files it leads to. The library
// has no relations of a sheet without charts and notes, and with them none of ours.
func (s *Worksheet) relateFiles(parts partSet, number int) error {
	files := s.linkedFiles()
	if len(files) == 0 {
		return nil
	}
	w, err := parts.Create(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", number))
	if err != nil {
		return fmt.Errorf("links to other files beside charts or notes: %w", err)
	}
	out := []byte(noRelationsHead)
	for _, f := range files {
		out = append(out, `<Relationship Id="`+linkID(files, f)+`" Type="`+relationshipTypes+`/hyperlink" Target="`...)
		out = append(appendAttr(out, url.PathEscape(f)), `" TargetMode="External"/>`...)
	}
	_, err = w.Write(append(out, noRelationsTail...))
	return err
}

// spliceAnchors gives every chart its own size. The library anchors a chart at
// two cells, and guesses the second from rows whose heights it does not know.
func (s *Worksheet) spliceAnchors(part *partBuffer) error {
	rest := bytes.Clone(part.Bytes())
	part.Reset()
	for _, p := range s.charts {
		before, after, opened := bytes.Cut(rest, []byte("<xdr:twoCellAnchor>"))
		from, after, hasTo := bytes.Cut(after, []byte("<xdr:to>"))
		_, after, toEnds := bytes.Cut(after, []byte("</xdr:to>"))
		frame, after, closed := bytes.Cut(after, []byte("</xdr:twoCellAnchor>"))
		if !opened || !hasTo || !toEnds || !closed {
			return fmt.Errorf("chart %q: anchor not as expected", p.chart.Title)
		}
		part.Write(before)
		part.WriteString("<xdr:oneCellAnchor>")
		part.Write(from)
		part.WriteString(`<xdr:ext cx="` + strconv.Itoa(p.chart.WidthMM*emuPerMM) + `" cy="` + strconv.Itoa(p.chart.HeightMM*emuPerMM) + `"/>`)
		part.Write(frame)
		part.WriteString("</xdr:oneCellAnchor>")
		rest = after
	}
	part.Write(rest)
	return nil
}

// spliceAxis puts the numbers of lying bars below them. Bars read from above
// have their axis turned round, and with it the side where it is crossed; the
// library has no word for that.
func (c Chart) spliceAxis(part *partBuffer) {
	if !c.fromAbove() {
		return
	}
	head, tail, ok := bytes.Cut(part.Bytes(), []byte("<valAx>"))
	if !ok {
		return
	}
	head = bytes.Clone(head)
	tail = bytes.Replace(tail, []byte(`<crosses val="autoZero">`), []byte(`<crosses val="max">`), 1)
	part.Reset()
	part.Write(head)
	part.WriteString("<valAx>")
	part.Write(tail)
}
