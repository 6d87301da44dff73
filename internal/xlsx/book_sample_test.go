package xlsx

import (
	"fmt"
	"testing"
	"time"
)

// The looks of the sample.
var (
	bodyStyle   = Style{Border: Box, Size: 11, V: Middle}
	wrapStyle   = Style{Border: Box, Size: 11, V: Middle, Wrap: true}
	headStyle   = Style{Border: Box, Size: 11, Bold: true, H: Center, V: Middle, Wrap: true, Fill: "DDEBF7"}
	numberStyle = Style{Border: Box, Size: 11, V: Middle, NumFmt: "#,##0"}
	moneyStyle  = Style{Border: Box, Size: 11, V: Middle, NumFmt: "#,##0.000"}
	totalStyle  = Style{Border: Box, Size: 11, V: Middle, NumFmt: "#,##0", Bold: true}
	inputStyle  = Style{Border: Box, Size: 11, V: Middle, NumFmt: "#,##0", Unlocked: true, Fill: "FFFFE5"}
)

var sampleDay = time.Date(2021, 3, 29, 16, 59, 7, 0, time.FixedZone("+07", 7*3600))

// sampleAgencies and their figures; the totals in sampleBook are their sums.
var sampleAgencies = []struct {
	name  string
	count [3]string
}{
	{"Sở Giáo dục và Đào tạo", [3]string{"12", "340", "10.5"}},
	{"Sở Y tế", [3]string{"7", "125", "3.25"}},
	{"Tỉnh đoàn", [3]string{"31", "2150", "48.125"}},
	{"Hội Liên hiệp Phụ nữ tỉnh", [3]string{"0", "0", "0"}},
	{"Báo Hải Dương", [3]string{"5", "64", "0.3"}},
}

var sampleTotals = [3]string{"55", "2679", "62.175"}

// sampleBook is a small Committee's workbook: heading, table with totals and
// charts, who reported, a template for input, and a hidden list.
func sampleBook() *Book {
	b := NewBook(Props{
		Title: "Tổng hợp kết quả", Subject: "Ngày Công tác xã hội", Creator: "Sở Lao động - Thương binh và Xã hội",
		Company: "UBND tỉnh Hải Dương", Description: "TẠM TÍNH", Created: sampleDay,
		Custom: map[string]string{"request": "ngay-ctxh-2021", "asOf": "2021-03-29", "agency": "tổng hợp <&>"},
	})
	summary := b.Sheet("Tổng hợp")
	sampleHeading(summary)
	sampleTable(summary)
	sampleCharts(summary)
	sampleStatus(b.Sheet("Tình hình báo cáo"), summary)
	sampleTemplate(b.Sheet("Biểu 01"), b.Sheet("_danh mục"))
	b.Define(Name{Name: "tonghop.form", Refers: `"ngay-ctxh-2021/1"`, Hidden: true})
	b.Define(Name{Name: "Tong_cong", Refers: summary.Ref(Rect(14, 3, 14, 5))})
	return b
}

func sampleHeading(s *Worksheet) {
	plain, bold := Style{H: Center, Size: 12}, Style{H: Center, Size: 12, Bold: true}
	s.Columns(1, 1, Column{Width: 5})
	s.Columns(2, 2, Column{Width: 34})
	s.Columns(3, 5, Column{Width: 17})
	line := func(row int, left string, ls Style, right string, rs Style) {
		s.Text(row, 1, left, ls)
		s.Merge(Rect(row, 1, row, 2))
		s.Text(row, 3, right, rs)
		s.Merge(Rect(row, 3, row, 5))
	}
	line(1, "UBND TỈNH HẢI DƯƠNG", plain, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
	line(2, "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", Style{H: Center, Size: 12, Bold: true, Wrap: true}, "Độc lập - Tự do - Hạnh phúc", Style{H: Center, Bold: true, Underline: true})
	line(3, "Số:     /BC-SLĐTBXH", plain, "Hải Dương, ngày 30 tháng 3 năm 2021", Style{H: Center, Italic: true})
	s.Row(1, Row{Height: 17})
	s.Row(2, Row{Height: 34})
	s.Rich(5, 1, []Piece{
		{Text: "BÁO CÁO KẾT QUẢ NGÀY CÔNG TÁC XÃ HỘI VIỆT NAM "},
		{Text: "TẠM TÍNH", Color: "C00000", Underline: true},
	}, Style{H: Center, Bold: true, Size: 14})
	s.Merge(Rect(5, 1, 5, 5))
}

func sampleTable(s *Worksheet) {
	s.Print = Print{PageNumber: true, RepeatTop: 7, RepeatBottom: 8, FitWidth: true, Footer: "TẠM TÍNH, số liệu đến 29/3/2021 & chưa đủ"}
	s.View = View{FreezeRows: 8, FreezeCols: 2, Zoom: 110, HideGrid: true, TabColor: "1F4E79"}
	s.Row(8, Row{Height: 32})
	s.Paint(Rect(7, 1, 8, 5), headStyle)
	s.Text(7, 1, "TT", headStyle)
	s.Merge(Rect(7, 1, 8, 1))
	s.Text(7, 2, "Đơn vị", headStyle)
	s.Merge(Rect(7, 2, 8, 2))
	s.Text(7, 3, "Kết quả", headStyle)
	s.Merge(Rect(7, 3, 7, 5))
	for i, title := range []string{"Số cuộc truyền thông", "Lượt người tham dự", "Kinh phí (triệu đồng)"} {
		s.Text(8, 3+i, title, headStyle)
	}
	for i, agency := range sampleAgencies {
		row := 9 + i
		s.Row(row, Row{Level: 1})
		s.Number(row, 1, fmt.Sprint(i+1), Style{Border: Box, Size: 11, H: Center, V: Middle})
		s.Link(row, 2, agency.name, "'Tình hình báo cáo'!A1", wrapStyle)
		s.Number(row, 3, agency.count[0], numberStyle)
		s.Number(row, 4, agency.count[1], numberStyle)
		s.Number(row, 5, agency.count[2], moneyStyle)
	}
	s.Paint(Rect(14, 1, 14, 5), totalStyle)
	s.Text(14, 2, "Tổng cộng (5/9 đơn vị)", totalStyle)
	money := totalStyle
	money.NumFmt = moneyStyle.NumFmt
	for i, style := range []Style{totalStyle, totalStyle, money} {
		col := ColName(3 + i)
		s.Formula(14, 3+i, fmt.Sprintf("SUM(%s9:%s13)", col, col), sampleTotals[i], style)
	}
	s.FormulaText(15, 2, `IF(C14>0,"có & đủ <"&B9&">","không")`, "có & đủ <Sở Giáo dục và Đào tạo>", Style{Italic: true, Size: 11})
	s.Note(14, 5, "tonghop", "Tổng của 5 đơn vị;\n4 đơn vị chưa gửi.")
	s.Highlight(Rect(9, 3, 13, 5), "C9=0", "F8CBAD")
}

func sampleCharts(s *Worksheet) {
	names := s.Ref(Rect(9, 2, 13, 2))
	s.Chart(17, 1, Chart{
		Kind: Bars, Title: "Lượt người tham dự theo đơn vị", ValueAxis: "lượt người", CategoryAxis: "đơn vị", Labels: true,
		Series: []Series{{Name: s.Ref(At(8, 4)), Categories: names, Values: s.Ref(Rect(9, 4, 13, 4)), Color: "2E75B6"}},
	})
	s.Chart(34, 1, Chart{
		Kind: Doughnut, Title: "Cơ cấu kinh phí", Labels: true, WidthMM: 80, HeightMM: 70,
		Series: []Series{{Name: s.Ref(At(8, 5)), Categories: names, Values: s.Ref(Rect(9, 5, 13, 5))}},
	})
	s.Chart(34, 4, Chart{
		Kind: StackedColumns, Title: "Cuộc và lượt", WidthMM: 80, HeightMM: 70,
		Series: []Series{
			{Name: s.Ref(At(8, 3)), Categories: names, Values: s.Ref(Rect(9, 3, 13, 3))},
			{Name: s.Ref(At(8, 4)), Categories: names, Values: s.Ref(Rect(9, 4, 13, 4)), Color: "ED7D31"},
		},
	})
}

func sampleStatus(s, summary *Worksheet) {
	s.Print = Print{Landscape: true, PageNumber: true, Area: Rect(1, 1, 6, 4)}
	s.View.Filter = Rect(1, 1, 6, 4)
	s.Columns(1, 1, Column{Width: 34})
	s.Columns(2, 4, Column{Width: 18})
	for i, title := range []string{"Đơn vị", "Ngày gửi", "Giờ nhận", "Đúng hạn"} {
		s.Text(1, 1+i, title, headStyle)
	}
	for i, agency := range sampleAgencies {
		s.Text(2+i, 1, agency.name, bodyStyle)
		s.Date(2+i, 2, sampleDay.AddDate(0, 0, -i), bodyStyle)
		s.DateTime(2+i, 3, sampleDay.AddDate(0, 0, -i), bodyStyle)
		s.Bool(2+i, 4, i%2 == 0, bodyStyle)
	}
	s.Link(8, 1, "Về bảng tổng hợp", summary.Ref(At(9, 2)), Style{Color: "0563C1", Underline: true, Size: 11})
}

func sampleTemplate(s, list *Worksheet) {
	list.View.Visibility = VeryHidden
	for i, place := range []string{"Chí Linh", "Nam Sách", "Kinh Môn"} {
		list.Text(1+i, 1, place, Style{})
	}
	s.Protect = true
	s.Columns(1, 3, Column{Width: 24})
	s.Columns(4, 4, Column{Level: 1, Hidden: true})
	s.Text(1, 1, "Địa bàn", headStyle)
	s.Text(1, 2, "Số cuộc", headStyle)
	s.Text(1, 3, "Ghi chú", headStyle)
	s.Paint(Rect(2, 1, 13, 3), inputStyle)
	s.Restrict(Rect(2, 1, 13, 1), Rule{Kind: OneOfCells, Source: list.Ref(Rect(1, 1, 3, 1)), ErrorTitle: "Địa bàn", Error: "Hãy chọn trong danh sách."})
	s.Restrict(Rect(2, 2, 13, 2), Rule{
		Kind: Whole, PromptTitle: "Số cuộc", Prompt: "Số nguyên từ 0 trở lên; không có thì để trống.",
		ErrorTitle: "Chưa đúng", Error: "Chỉ nhập số nguyên không âm, ví dụ 12.",
	})
	s.Restrict(Rect(2, 3, 12, 3), Rule{Kind: TextLength, Max: 500})
	s.Restrict(At(13, 3), Rule{Kind: OneOf, Values: []string{"Có", "Không phát sinh", "Không thu thập"}, Warn: true})
}

// mustBytes builds a book that has to succeed.
func mustBytes(t testing.TB, b *Book) []byte {
	t.Helper()
	data, err := b.Bytes()
	if err != nil {
		t.Fatalf("Bytes: %v", err)
	}
	return data
}
