package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// application is what the file says wrote it.
const application = "tonghop"

// parts gives the parts of the file. The library writes everything around the
// cells; the cells themselves, merges and links are ours (docs/adr/0006).
func (b *Book) parts() (partSet, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // it has no temporary files
	if err := b.fillFile(f); err != nil {
		return nil, err
	}
	parts := partSet{}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts })
	if err := f.Write(io.Discard); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if err := parts.sortContentTypes(); err != nil {
		return nil, err
	}
	return parts, b.splice(parts)
}

// fillFile enters everything but the cells into the library's file.
func (b *Book) fillFile(f *excelize.File) error {
	if err := f.SetDefaultFont(defaultFont); err != nil {
		return fmt.Errorf("normal font: %w", err)
	}
	if err := b.styles.register(f); err != nil {
		return err
	}
	if err := b.fillProps(f); err != nil {
		return fmt.Errorf("properties: %w", err)
	}
	for i, s := range b.sheets {
		if err := addSheet(f, i, s.name); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	for _, s := range b.sheets {
		if err := s.fillFile(f); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	return b.fillNames(f)
}

// addSheet adds a sheet. A new file of the library already has one.
func addSheet(f *excelize.File, index int, name string) error {
	if index == 0 {
		return f.SetSheetName("Sheet1", name)
	}
	_, err := f.NewSheet(name)
	return err
}

func (b *Book) fillProps(f *excelize.File) error {
	p := b.props
	texts := []string{p.Title, p.Subject, p.Creator, p.Company, p.Description}
	for _, name := range slices.Sorted(maps.Keys(p.Custom)) {
		texts = append(texts, name, p.Custom[name])
	}
	for _, text := range texts {
		if !plainText(text) {
			return fmt.Errorf("%q: %w", text, ErrNotText)
		}
	}
	created := p.Created.UTC().Format(time.RFC3339)
	err := f.SetDocProps(&excelize.DocProperties{
		Title: p.Title, Subject: p.Subject, Creator: p.Creator, LastModifiedBy: p.Creator,
		Description: p.Description, Created: created, Modified: created,
	})
	if err != nil {
		return err
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: application, Company: p.Company}); err != nil {
		return err
	}
	shareAuthor := false
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{FilterPrivacy: &shareAuthor}); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(p.Custom)) {
		if err := f.SetCustomProps(excelize.CustomProperty{Name: name, Value: p.Custom[name]}); err != nil {
			return fmt.Errorf("%q: %w", name, err)
		}
	}
	return nil
}

// fillNames enters print areas, repeated rows and the book's own names.
func (b *Book) fillNames(f *excelize.File) error {
	for _, s := range b.sheets {
		if err := s.fillNames(f); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	for _, n := range b.names {
		if !plainText(n.Refers) {
			return fmt.Errorf("name %q: %w", n.Name, ErrNotText)
		}
		if err := defineName(f, excelize.DefinedName{Name: n.Name, RefersTo: n.Refers}, n.Hidden); err != nil {
			return err
		}
	}
	return nil
}

// defineName enters a name. The library can read hidden names but has no call
// to make one, so the mark is set on the entry just made.
func defineName(f *excelize.File, name excelize.DefinedName, hidden bool) error {
	if err := f.SetDefinedName(&name); err != nil {
		return fmt.Errorf("name %q: %w", name.Name, err)
	}
	names := f.WorkBook.DefinedNames.DefinedName
	names[len(names)-1].Hidden = hidden
	return nil
}

// fillNames enters the names under which a spreadsheet looks for settings.
func (s *Worksheet) fillNames(f *excelize.File) error {
	if titles := s.printTitles(); titles != "" {
		if err := defineName(f, excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: s.name}, false); err != nil {
			return err
		}
	}
	if err := s.nameRange(f, "_xlnm.Print_Area", s.Print.Area, false); err != nil {
		return err
	}
	return s.nameRange(f, "_xlnm._FilterDatabase", s.View.Filter, true)
}

// printTitles gives the columns and rows repeated on each page, as the name that
// a spreadsheet looks for has them.
func (s *Worksheet) printTitles() string {
	var areas []string
	if p := s.Print; p.RepeatLeft > 0 {
		areas = append(areas, fmt.Sprintf("%s!$%s:$%s", quoteSheet(s.name), ColName(p.RepeatLeft), ColName(max(p.RepeatLeft, p.RepeatRight))))
	}
	if p := s.Print; p.RepeatTop > 0 {
		areas = append(areas, fmt.Sprintf("%s!$%d:$%d", quoteSheet(s.name), p.RepeatTop, max(p.RepeatTop, p.RepeatBottom)))
	}
	return strings.Join(areas, ",")
}

// nameRange names a range of the sheet for the sheet, unless it is zero.
func (s *Worksheet) nameRange(f *excelize.File, name string, r Range, hidden bool) error {
	if r == (Range{}) {
		return nil
	}
	if err := checkRange(r); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return defineName(f, excelize.DefinedName{Name: name, RefersTo: s.Ref(r), Scope: s.name}, hidden)
}

// fillFile enters everything of the sheet but its cells.
func (s *Worksheet) fillFile(f *excelize.File) error {
	steps := []func(*excelize.File) error{
		s.fillView, s.fillColumns, s.fillPage, s.fillProtection, s.fillRules, s.fillHighlights, s.fillNotes, s.fillCharts,
	}
	for _, step := range steps {
		if err := step(f); err != nil {
			return err
		}
	}
	used := s.used
	if used == (Range{}) {
		used = At(1, 1)
	}
	return f.SetSheetDimension(s.name, used.String())
}

func (s *Worksheet) fillView(f *excelize.File) error {
	v := s.View
	grid, zoom := !v.HideGrid, float64(firstSet(v.Zoom, 100))
	if zoom < 10 || zoom > 400 {
		return fmt.Errorf("zoom %d%%: %w", v.Zoom, ErrOutside)
	}
	if err := f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid, ZoomScale: &zoom}); err != nil {
		return err
	}
	below := false // totals and headings stand above what they sum up
	props := &excelize.SheetPropsOptions{OutlineSummaryBelow: &below, FitToPage: &s.Print.FitWidth}
	if v.TabColor != "" {
		if !isColor(v.TabColor) {
			return fmt.Errorf("tab colour %q is not RRGGBB", v.TabColor)
		}
		opaque := "FF" + v.TabColor
		props.TabColorRGB = &opaque
	}
	if err := f.SetSheetProps(s.name, props); err != nil {
		return err
	}
	if err := s.fillPanes(f); err != nil {
		return err
	}
	return s.fillVisibility(f)
}

func (s *Worksheet) fillPanes(f *excelize.File) error {
	rows, cols := s.View.FreezeRows, s.View.FreezeCols
	if rows == 0 && cols == 0 {
		return nil
	}
	if !inside(rows+1, cols+1) {
		return fmt.Errorf("frozen %d rows, %d columns: %w", rows, cols, ErrOutside)
	}
	pane := "bottomRight"
	switch {
	case cols == 0:
		pane = "bottomLeft"
	case rows == 0:
		pane = "topRight"
	}
	return f.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: cols, YSplit: rows, TopLeftCell: Ref(rows+1, cols+1), ActivePane: pane,
	})
}

// fillVisibility hides the sheet, or opens the book on it when it is the
// first that can be seen.
func (s *Worksheet) fillVisibility(f *excelize.File) error {
	index, err := f.GetSheetIndex(s.name)
	if err != nil {
		return err
	}
	first := slices.IndexFunc(s.book.sheets, func(s *Worksheet) bool { return s.View.Visibility == Visible })
	if index == first {
		f.SetActiveSheet(index)
	}
	if s.View.Visibility == Visible {
		return nil
	}
	// The library refuses to hide the sheet on which the book opens.
	f.SetActiveSheet(first)
	return f.SetSheetVisible(s.name, false, s.View.Visibility == VeryHidden)
}

func (s *Worksheet) fillColumns(f *excelize.File) error {
	for _, c := range s.columns {
		from, to := ColName(c.from), ColName(c.to)
		if c.Width > 0 {
			if err := f.SetColWidth(s.name, from, to, c.Width); err != nil {
				return err
			}
		}
		if c.Level > 0 {
			for col := c.from; col <= c.to; col++ {
				if err := f.SetColOutlineLevel(s.name, ColName(col), uint8(c.Level)); err != nil {
					return err
				}
			}
		}
		if err := f.SetColVisible(s.name, from+":"+to, !c.Hidden); err != nil {
			return err
		}
	}
	return nil
}

func (s *Worksheet) fillProtection(f *excelize.File) error {
	if !s.Protect {
		return nil
	}
	return f.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	})
}

func (s *Worksheet) fillRules(f *excelize.File) error {
	for _, p := range s.rules {
		dv, err := p.native()
		if err != nil {
			return fmt.Errorf("rule on %s: %w", p.area, err)
		}
		if err := f.AddDataValidation(s.name, dv); err != nil {
			return fmt.Errorf("rule on %s: %w", p.area, err)
		}
	}
	return nil
}

func (s *Worksheet) fillHighlights(f *excelize.File) error {
	for _, h := range s.highlights {
		style, err := f.NewConditionalStyle(&excelize.Style{Fill: solid(h.fill)})
		if err != nil {
			return fmt.Errorf("highlight on %s: %w", h.area, err)
		}
		err = f.SetConditionalFormat(s.name, h.area.String(), []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: h.formula, Format: &style},
		})
		if err != nil {
			return fmt.Errorf("highlight on %s: %w", h.area, err)
		}
	}
	return nil
}

// fillNotes hangs up the comments, in the order of the cells.
func (s *Worksheet) fillNotes(f *excelize.File) error {
	notes := slices.Clone(s.notes)
	slices.SortStableFunc(notes, func(a, b note) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	for i, n := range notes {
		if i > 0 && notes[i-1].row == n.row && notes[i-1].col == n.col {
			return fmt.Errorf("two notes on cell %s", Ref(n.row, n.col))
		}
		err := f.AddComment(s.name, excelize.Comment{Cell: Ref(n.row, n.col), Author: n.author, Text: n.text})
		if err != nil {
			return fmt.Errorf("note on %s: %w", Ref(n.row, n.col), err)
		}
	}
	return nil
}

func (s *Worksheet) fillCharts(f *excelize.File) error {
	for _, p := range s.charts {
		if err := f.AddChart(s.name, Ref(p.row, p.col), p.chart.native()); err != nil {
			return fmt.Errorf("chart %q: %w", p.chart.Title, err)
		}
	}
	return nil
}
