package paper

import (
	"fmt"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// copied is the form as an office types it over into a workbook of its own: the
// same sheets and headings, without marks, protection and drop-downs. Names of
// places may be miswritten on the way.
func copied(f *Form, t *Table, made time.Time, miswritten map[string]string) ([]byte, error) {
	b := newBook(f.Register.AgencyName(f.Agency), f.Definition.Title.VI, made)
	for i := range f.Definition.Sheets {
		layout := &f.Definition.Sheets[i]
		s := b.Sheet(layout.Name)
		if layout.Shape == report.PlacesDown {
			f.copyPlaces(s, layout, t, miswritten)
		} else {
			f.copyList(s, layout, t)
		}
	}
	return b.Bytes()
}

// copyList types a sheet with a row for each indicator.
func (f *Form) copyList(s *xlsx.Worksheet, layout *report.Sheet, t *Table) {
	setWidths(s, 8, 50, 12, 60)
	fitted(s)
	heading(s, 1, 4, layout.Title.VI, title)
	for i, text := range []string{"Mã", "Chỉ tiêu", "Đơn vị tính", "Kết quả"} {
		s.Text(3, 1+i, text, head)
	}
	for i, code := range layout.Indicators {
		row, ind := 4+i, f.Definition.Indicator(code)
		s.Text(row, 1, code, count)
		s.Text(row, 2, ind.Name.VI, name)
		s.Text(row, 3, ind.Unit, count)
		cell, st := t.At(code, t.Home()), figure
		if ind.Type == report.TypeText {
			st = words
			s.Row(row, xlsx.Row{Height: xlsx.FitHeight(cell, 60, words)})
		}
		typed(s, row, 4, cell, st)
	}
}

// copyPlaces types a sheet with a row for each place. Columns that the agency
// has nothing for are left out, as offices do.
func (f *Form) copyPlaces(s *xlsx.Worksheet, layout *report.Sheet, t *Table, miswritten map[string]string) {
	var codes []string
	for _, code := range layout.Indicators {
		if t.has(code) {
			codes = append(codes, code)
		}
	}
	last := 2 + len(codes)
	setWidths(s, 5, 26)
	heading(s, 1, last, layout.Title.VI, title)
	s.Text(3, 1, "TT", head)
	s.Text(3, 2, "Huyện, thị xã, thành phố", head)
	s.Row(3, xlsx.Row{Height: 96})
	for i, code := range codes {
		s.Columns(3+i, 3+i, xlsx.Column{Width: 11})
		s.Text(3, 3+i, code+" "+f.Definition.Indicator(code).Name.VI, head)
	}
	places, _ := f.Register.Select(layout.Places, f.Request.To)
	for i, p := range places {
		row, label := 4+i, p.Name.VI
		if other, ok := miswritten[p.Code]; ok {
			label = other
		}
		s.Number(row, 1, fmt.Sprint(i+1), count)
		s.Text(row, 2, label, name)
		for j, code := range codes {
			typed(s, row, 3+j, t.At(code, p.Code), figure)
		}
	}
	landscape(s)
}

// has reports whether anything was typed in an indicator's row.
func (t *Table) has(indicator string) bool {
	for _, p := range t.Places {
		if t.At(indicator, p) != "" {
			return true
		}
	}
	return false
}
