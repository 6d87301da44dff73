package ingest

import (
	"strconv"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// leftOut says in words why cells were left out, for those that are said once
// for a sheet. Others have findings of their own.
var leftOut = map[sheet.Fate]fault.Arg{
	sheet.Heading:      fault.Both("reason", "tiêu đề và thông tin phía trên bảng", "titles and particulars above the table"),
	sheet.IndexRow:     fault.Both("reason", "dòng đánh số cột", "the row that numbers the columns"),
	sheet.RepeatHeader: fault.Both("reason", "tiêu đề bảng lặp lại", "the header repeated"),
	sheet.SectionRow:   fault.Both("reason", "dòng tên mục, không có số liệu", "headings among the rows, without figures"),
	sheet.TotalRow:     fault.Both("reason", "dòng tổng, đã dùng để kiểm tra", "total rows, used for checking"),
	sheet.TotalColumn:  fault.Both("reason", "cột tổng, đã dùng để kiểm tra", "total columns, used for checking"),
	sheet.Notes:        fault.Both("reason", "ghi chú và chữ ký dưới bảng", "notes and signatures under the table"),
	sheet.LeftOut:      fault.Both("reason", "dòng được bỏ ra theo câu trả lời của đơn vị", "rows left out as the agency answered"),
	sheet.Ignored:      fault.Both("reason", "cột thứ tự, ghi chú hoặc cột biểu mẫu cho phép bỏ qua", "numbering, remarks, or columns that the form passes over"),
}

// account says of every cell of the workbook that it was used or why it was
// not: Cells = Used + Excluded (law 4). What is left over by now lies outside
// every table.
func (r *reading) account(b *sheet.Book, marked bool) report.Counts {
	var counts report.Counts
	for _, s := range b.Sheets {
		r.order = append(r.order, s.Name)
		tableHere := false
		for i := range s.Cells {
			tableHere = tableHere || s.Cells[i].Fate() != sheet.Unseen
		}
		rest := sheet.Stray
		if !tableHere {
			rest = sheet.OtherSheet
		}
		s.SettleRest(rest)
		used := r.accountSheet(s, marked)
		counts.Cells += len(s.Cells)
		counts.Used += used
	}
	counts.Excluded = counts.Cells - counts.Used
	return counts
}

// accountSheet counts the cells of a sheet that were used, and says what became
// of the others.
func (r *reading) accountSheet(s *sheet.Sheet, marked bool) (used int) {
	count := map[sheet.Fate]int{}
	first := map[sheet.Fate]*sheet.Cell{}
	for i := range s.Cells {
		f := s.Cells[i].Fate()
		count[f]++
		if first[f] == nil {
			first[f] = &s.Cells[i]
		}
	}
	for f := sheet.Used; f <= sheet.Withdrawn; f++ {
		if count[f] == 0 {
			continue
		}
		n := fault.A("count", strconv.Itoa(count[f]))
		switch reason, said := leftOut[f]; {
		case said && marked && (f == sheet.TotalRow || f == sheet.TotalColumn || f == sheet.Ignored):
			// Our own totals and numbering: nobody put them there.
		case said:
			r.find(fault.New(fault.CellsLeftOut, reason, n).At(s.Name, first[f].Ref()))
		case f == sheet.OtherSheet && r.rivals[s] != nil:
			r.askSheet(s, first[f].Ref(), fault.New(fault.SheetRivals, fault.A("got", s.Name), fault.A("used", r.rivals[s].Name), n))
		case f == sheet.OtherSheet:
			r.find(fault.New(fault.SheetUnknown, fault.A("got", s.Name), n).At(s.Name, first[f].Ref()))
		case f == sheet.Stray:
			r.stray(s)
		}
	}
	return count[sheet.Used]
}

// stray says which cells lie outside every table: singly when they are few.
func (r *reading) stray(s *sheet.Sheet) {
	var at []*sheet.Cell
	for i := range s.Cells {
		if s.Cells[i].Fate() == sheet.Stray {
			at = append(at, &s.Cells[i])
		}
	}
	f := fault.New(fault.CellOutsideTable, fault.A("got", shownText(at[0])))
	if len(at) > 1 {
		n := strconv.Itoa(len(at) - 1)
		f = f.With(fault.Both("reason", "và "+n+" ô khác", "and "+n+" other cells"))
	}
	const most = 20
	var others []string
	for _, c := range at[1:min(len(at), most)] {
		others = append(others, inSheet(s.Name, c.Ref()))
	}
	r.find(f.At(s.Name, at[0].Ref()).See(others...))
}

// shownText is what a stray cell shows; a blank is named as one.
func shownText(c *sheet.Cell) string {
	if c.Type == xlsx.Blank || strings.TrimSpace(c.Text) == "" {
		return "␣"
	}
	return clipped(c.Text)
}
