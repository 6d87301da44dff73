package paper

import (
	"fmt"

	"tonghop/internal/xlsx"
)

// heading of a column of figures: the words above it, "" without, its own, and
// the indicator that stands in it.
type columnHead struct{ group, leaf, indicator string }

// districtTable is a table with a row for each place, as an office draws it: a
// header of two rows, merged, a row that numbers the columns, a total.
type districtTable struct {
	table   *Table
	columns []columnHead
	places  []placeRow
	index   bool // number the columns
	total   string
	atop    bool // the total stands above the rows
	write   func(s *xlsx.Worksheet, row, col int, cell string, st xlsx.Style)
}

// placeRow is a place as the office writes its name.
type placeRow struct{ code, label string }

// firstFigure is the column of the first figures: after numbers and names.
const firstFigure = 3

func (d *districtTable) last() int { return firstFigure + len(d.columns) - 1 }

// draw writes the table from a row on and gives the row after it.
func (d *districtTable) draw(s *xlsx.Worksheet, row int) int {
	d.header(s, row)
	row += 2
	if d.index {
		d.indexRow(s, row)
		row++
	}
	if d.total != "" && d.atop {
		d.totalRow(s, row)
		row++
	}
	for i, p := range d.places {
		s.Number(row, 1, fmt.Sprint(i+1), count)
		s.Text(row, 2, p.label, name)
		for j, c := range d.columns {
			d.write(s, row, firstFigure+j, d.table.At(c.indicator, p.code), figure)
		}
		row++
	}
	if d.total != "" && !d.atop {
		d.totalRow(s, row)
		row++
	}
	return row
}

func (d *districtTable) header(s *xlsx.Worksheet, row int) {
	s.Paint(xlsx.Rect(row, 1, row+1, d.last()), head)
	s.Row(row, xlsx.Row{Height: 32})
	s.Row(row+1, xlsx.Row{Height: 48})
	for i, text := range []string{"TT", "Huyện, thị xã, thành phố"} {
		s.Text(row, 1+i, text, head)
		s.Merge(xlsx.Rect(row, 1+i, row+1, 1+i))
	}
	for i := 0; i < len(d.columns); {
		c := d.columns[i]
		at := firstFigure + i
		if c.group == "" {
			s.Text(row, at, c.leaf, head)
			s.Merge(xlsx.Rect(row, at, row+1, at))
			i++
			continue
		}
		n := 0
		for i+n < len(d.columns) && d.columns[i+n].group == c.group {
			s.Text(row+1, at+n, d.columns[i+n].leaf, head)
			n++
		}
		s.Text(row, at, c.group, head)
		if n > 1 {
			s.Merge(xlsx.Rect(row, at, row, at+n-1))
		}
		i += n
	}
}

// indexRow numbers the columns: A B 1 2 3.
func (d *districtTable) indexRow(s *xlsx.Worksheet, row int) {
	st := count
	st.Italic = true
	s.Text(row, 1, "A", st)
	s.Text(row, 2, "B", st)
	for i := range d.columns {
		s.Number(row, firstFigure+i, fmt.Sprint(i+1), st)
	}
}

func (d *districtTable) totalRow(s *xlsx.Worksheet, row int) {
	s.Blank(row, 1, total)
	label := total
	label.H = xlsx.Left
	s.Text(row, 2, d.total, label)
	var codes []string
	for _, p := range d.places {
		codes = append(codes, p.code)
	}
	for i, c := range d.columns {
		d.write(s, row, firstFigure+i, d.table.add(c.indicator, codes), total)
	}
}

// item is a row of a list of results: what it is called, in what unit, and the
// indicator that stands there. Without an indicator it is a heading.
type item struct{ label, unit, indicator string }

// Widths of the columns of a list of results that hold words.
const (
	labelWidth = 40
	wordsWidth = 60
)

// results writes a list of results with one column of values and gives the row
// after it.
func (t *Table) results(s *xlsx.Worksheet, row int, items []item) int {
	for i, text := range []string{"TT", "Nội dung", "Đơn vị tính", "Kết quả", "Ghi chú"} {
		s.Text(row, 1+i, text, head)
	}
	row++
	n := 0
	for _, it := range items {
		if it.indicator == "" {
			s.Blank(row, 1, head)
			left := head
			left.H = xlsx.Left
			s.Text(row, 2, it.label, left)
			s.Paint(xlsx.Rect(row, 3, row, 5), head)
			row++
			n = 0
			continue
		}
		n++
		s.Number(row, 1, fmt.Sprint(n), count)
		s.Text(row, 2, it.label, name)
		if it.unit == "" {
			s.Blank(row, 3, count)
		} else {
			s.Text(row, 3, it.unit, count)
		}
		cell := t.At(it.indicator, t.Home())
		height, st := xlsx.FitHeight(it.label, labelWidth, name), figure
		if text, isNumber := Typed(cell); !isNumber && len(text) > 20 {
			height, st = max(height, xlsx.FitHeight(text, wordsWidth, words)), words
		}
		s.Row(row, xlsx.Row{Height: height})
		typed(s, row, 4, cell, st)
		s.Blank(row, 5, name)
		row++
	}
	return row
}
