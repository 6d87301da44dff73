package outline

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
)

// view is how a cell was understood: the class that colours it, and why, in both
// languages.
type view struct{ class, vi, en string }

// why tells how a cell of a sheet was understood.
func (r *read) why(i int) view {
	c := &r.sheet.Cells[i]
	if reason := r.reasons[i]; reason != "" {
		return view{"out", "bỏ qua: " + reasonsVI[reason], "left out: " + reason}
	}
	for _, t := range r.found.Tables {
		if t.UnitCell == c.Ref() {
			return view{"unit", "đơn vị tính của bảng: " + t.Unit, "unit of the table: " + t.Unit}
		}
		area := t.Area()
		if t.IsCodeRow(c.Row) || area.Contains(c.Row, c.Col) {
			return inTable(t, c)
		}
	}
	return view{}
}

// inTable tells how a cell of a table was understood.
func inTable(t *table.Table, c *sheet.Cell) view {
	col := column(t, c.Col)
	switch {
	case t.IsCodeRow(c.Row):
		return view{"code", "mã cột", "technical name of the column"}
	case c.Row == t.IndexRow:
		return view{"index", "số thứ tự cột" + ruleVI(c.Text), "number of the column" + ruleEN(c.Text)}
	case slices.Contains(t.HeadRows, c.Row):
		return view{"head", "tiêu đề cột", "header"}
	}
	line := lineAt(t, c.Row)
	if line == nil || col == nil {
		return view{"note", "chữ trong bảng", "words in the table"}
	}
	path := strings.Join(col.Path, " › ")
	switch col.Role {
	case table.ColNumber:
		return view{"number", "số thứ tự dòng", "number of the row"}
	case table.ColCode:
		return view{"code", "mã của dòng", "code of the row"}
	case table.ColNote:
		return view{"note", "ghi chú: " + path, "remark: " + path}
	case table.ColName:
		return view{"name", roleVI(line), roleEN(line)}
	}
	if b := broken(t, c); b != nil {
		return view{
			"broken",
			"không khớp: đang là " + b.Got.String() + ", cộng được " + b.Want.String() + ", lệch " + b.Diff().String(),
			"does not close: it is " + b.Got.String() + ", the parts add up to " + b.Want.String() + ", off by " + b.Diff().String(),
		}
	}
	of := line.Name
	switch {
	case line.Role == table.RowTotal:
		return view{"total", path + " · " + of + ": dòng tổng" + rowsOf(line.Sum, " của dòng "), path + " · " + of + ": total" + rowsOf(line.Sum, " of rows ")}
	case len(col.Sum) > 0:
		return view{"total", path + " · " + of + ": tổng của cột " + colsOf(col.Sum), path + " · " + of + ": total of columns " + colsOf(col.Sum)}
	}
	return view{"value", path + " · " + of, path + " · " + of}
}

func ruleVI(text string) string {
	if strings.Contains(text, "=") {
		return ", kèm quy tắc " + text
	}
	return ""
}

func ruleEN(text string) string {
	if strings.Contains(text, "=") {
		return ", with the rule " + text
	}
	return ""
}

func roleVI(l *table.Line) string {
	switch l.Role {
	case table.RowTotal:
		return "dòng tổng" + rowsOf(l.Sum, " của dòng ")
	case table.RowSection:
		return "tên mục"
	case table.RowNote:
		return "chữ giữa bảng"
	}
	if l.Part {
		return "dòng số liệu, một phần của dòng trên"
	}
	return "dòng số liệu" + levelOf(l, ", cấp ")
}

func roleEN(l *table.Line) string {
	switch l.Role {
	case table.RowTotal:
		return "total" + rowsOf(l.Sum, " of rows ")
	case table.RowSection:
		return "heading of rows"
	case table.RowNote:
		return "words among the rows"
	}
	if l.Part {
		return "row of figures, a part of the row above"
	}
	return "row of figures" + levelOf(l, ", level ")
}

func levelOf(l *table.Line, word string) string {
	if l.Level == 0 {
		return ""
	}
	return word + strconv.Itoa(l.Level)
}

// rowsOf lists rows as runs: "8–12, 14".
func rowsOf(rows []int, word string) string {
	if len(rows) == 0 {
		return ""
	}
	return word + runs(rows, strconv.Itoa)
}

func colsOf(cols []int) string { return runs(cols, xlsx.ColName) }

// runs writes ascending numbers as runs.
func runs(list []int, name func(int) string) string {
	var out []string
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		switch {
		case k > i+1:
			out = append(out, name(list[i])+"–"+name(list[k]))
		default:
			for ; i < k; i++ {
				out = append(out, name(list[i]))
			}
			out = append(out, name(list[k]))
		}
		i = k + 1
	}
	return strings.Join(out, ", ")
}

func column(t *table.Table, col int) *table.Col {
	i := slices.IndexFunc(t.Cols, func(c table.Col) bool { return c.Col == col })
	if i < 0 {
		return nil
	}
	return &t.Cols[i]
}

func lineAt(t *table.Table, row int) *table.Line {
	i, ok := slices.BinarySearchFunc(t.Lines, row, func(l table.Line, row int) int { return l.Row - row })
	if !ok {
		return nil
	}
	return &t.Lines[i]
}

func broken(t *table.Table, c *sheet.Cell) *table.Broken {
	i := slices.IndexFunc(t.Broken, func(b table.Broken) bool { return b.Row == c.Row && b.Col == c.Col })
	if i < 0 {
		return nil
	}
	return &t.Broken[i]
}

var reasonsVI = map[string]string{
	ReasonTitle: "tiêu đề, số hiệu, căn cứ trên bảng", ReasonParameters: "tham số trên bảng", ReasonNote: "ghi chú dưới bảng",
	ReasonSignature: "phần ký dưới bảng", ReasonRepeated: "tiêu đề lặp lại", ReasonBeside: "ngoài các cột của bảng",
	ReasonBlank: "không có chữ nào nhìn thấy", ReasonNoTable: "trang tính không có bảng", ReasonMark: "dấu nhận dạng của tonghop, người dùng không thấy",
}

// columnVI and rowVI are the roles in Vietnamese.
var (
	columnVI = map[string]string{ColumnNumber: "số thứ tự", ColumnCode: "mã", ColumnName: "tên", ColumnValue: "số liệu", ColumnNote: "ghi chú"}
	rowVI    = map[string]string{RowData: "số liệu", RowTotal: "tổng", RowSection: "mục", RowNote: "chữ"}
)
