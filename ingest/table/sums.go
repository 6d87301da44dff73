package table

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/decimal"
)

// ratioWords begin the words over figures that do not add up, by key.
var ratioWords = keys(
	"tỷ lệ", "tỉ lệ", "tỷ trọng", "bình quân", "trung bình", "so sánh", "tỷ suất", "năng suất", "mật độ", "đơn giá", "lãi suất", "mức", "tốc độ", "chỉ số", "hệ số", "điểm", "tl", "bq", "so với", "đạt tỷ lệ", "đạt tỉ lệ", "đạt kế hoạch", "đạt so với", "%",
	"năm sinh", "năm thành lập", "năm xây dựng", "năm sử dụng", "năm cấp", "năm tuyển dụng", "năm sản xuất", "năm đưa vào", "năm đóng", "năm khởi công", "năm hoàn thành", "năm tốt nghiệp", "năm vào", "năm mua",
	"thứ tự", "số thứ tự", "xếp hạng", "thứ hạng", "số thửa", "số tờ bản đồ", "số hiệu", "số báo danh", "số tài khoản", "kinh độ", "vĩ độ",
	"tỉ trọng", "tỉ suất", "tỷ số", "tỉ số", "cơ cấu", "phần trăm", "tăng trưởng", "hiệu suất", "tần suất", "định mức", "giá bán", "giá mua", "giá thành", "giá bình quân",
	"độ che phủ", "độ ẩm", "độ mặn", "độ cao", "độ tuổi", "nhiệt độ", "mực nước", "khoảng cách", "thời hạn", "tiêu chuẩn",
)

// meanWords stand for a mean wherever they stand in the words over figures, by key.
var meanWords = keys("bình quân", "đtbq", "bq")

// middling stands for a mean, too, but for where it is the middle of a scale by which
// things are sorted: then they are counted, as in "Hộ có mức sống trung bình".
var (
	middling   = viet.Key("trung bình")
	sortedInto = keys("mức sống", "học lực", "hạnh kiểm", "loại", "xếp loại", "phân loại", "chất lượng", "trình độ", "quy mô", "cỡ", "hạng", "mức", "hộ", "đánh giá", "thu nhập mức")
)

// rank says alone that figures are ranks, and price that they are prices; "Hạng A1" is
// counted, and "Giá trị" adds up.
var rank, price = viet.Key("hạng"), viet.Key("giá")

// saysPercent reports whether words say that figures are in percent: a sign behind a number,
// "thiệt hại trên 70%", is a part of a name.
func saysPercent(words string) bool {
	for i := range len(words) {
		if words[i] == '%' && (i == 0 || words[i-1] < '0' || words[i-1] > '9') {
			return true
		}
	}
	return false
}

// countedWords begin like those for rates and are counted all the same, by key: places
// where something is, and steps of a scale by their number.
var countedWords = keys(
	"điểm trường", "điểm trạm", "điểm bưu điện", "điểm giao dịch", "điểm bán", "điểm nóng", "điểm du lịch", "điểm tập kết", "điểm dân cư", "điểm đến", "điểm nghẽn", "điểm chợ", "điểm tham quan", "điểm sạt lở", "điểm ngập", "điểm đen",
	"điểm tiêm", "điểm cầu", "điểm thu gom", "điểm sinh hoạt", "điểm vui chơi", "điểm kinh doanh", "điểm phục vụ", "điểm văn hóa", "điểm cách ly", "điểm tiếp nhận", "điểm truy cập", "điểm phát sóng", "điểm đấu nối", "điểm mỏ", "điểm xả thải",
	"điểm phát", "điểm cấp", "điểm cung cấp", "điểm nhóm", "điểm đỗ", "điểm dừng", "điểm đón", "điểm hỗ trợ", "điểm tư vấn", "điểm rửa", "điểm wifi", "điểm thi công",
	"mức đầu tư", "mức vốn", "trung bình yếu", "trung bình kém", "trung bình khá",
	"mức 1", "mức 2", "mức 3", "mức 4", "mức 5", "mức độ 1", "mức độ 2", "mức độ 3", "mức độ 4",
)

// scaleWords begin the words for a step of a scale or for a degree: where their unit
// is of things, "Mức sống trung bình, hộ", these are counted.
var scaleWords = keys("mức", "điểm", "hạng", "trung bình")

// countWords begin the words over figures that are counted, by key.
var countWords = keys("số", "tổng", "cộng", "trị giá", "kinh phí")

// Adds reports whether the figures of a column can be added up.
func (c *Col) Adds() bool { return c.Role == ColValue && (c.Added || Additive(c.Path, c.Unit)) }

// Additive reports whether figures can be added up of which words, from the general
// to the particular, say what they are: no shares, rates or means.
func Additive(path []string, unit string) bool {
	if strings.Contains(unit, "%") {
		return false
	}
	if len(path) == 0 {
		return true
	}
	leaf := path[len(path)-1]
	key := viet.Key(leaf)
	// A share may be said further up, or over two rows: "So sánh (%)" over "Kế
	// hoạch", "% thực" over "hiện".
	if saysPercent(leaf) || saysPercent(strings.Join(path, " ")) && !beginsWith(key, countWords) {
		return false
	}
	switch {
	case leaf == "": // a total without a name
		return true
	case slices.ContainsFunc(meanWords, func(w string) bool { return strings.Contains(" "+key+" ", " "+w+" ") }):
		return false
	case isForEach(unit) && !isCapacity(unit) && !beginsWith(key, countWords):
		return false
	case beginsWith(key, countedWords), beginsWith(key, scaleWords) && viet.NamesThings(unit):
		return true
	case key == rank, key == price:
		return false
	case strings.Contains(" "+key+" ", " "+middling+" "):
		return isMiddleOfScale(path)
	case key == reached: // "Số hộ" over "Đạt" and "Không đạt"; else how much of a plan
		return slices.ContainsFunc(path[:len(path)-1], func(step string) bool { return beginsWith(viet.Key(step), countWords) })
	}
	return !beginsWith(key, ratioWords)
}

// isForEach reports whether a unit is so much of one thing for each of another,
// "đồng/kg", and not one thing by two names, "cái/chiếc".
func isForEach(unit string) bool {
	much, each, both := strings.Cut(unit, "/")
	if !both {
		return false
	}
	return viet.ParseUnit(much).Measure || beginsWith(viet.Key(strings.TrimLeft(each, " .,0123456789")), eachWords) || viet.ParseUnit(each).Measure
}

// eachWords are what rates are for each of, beside measures.
var eachWords = keys("người", "hộ", "năm", "tháng", "quý", "tuần", "ngày", "giờ", "phút", "dân", "vạn dân", "nghìn dân", "trẻ", "học sinh", "sinh viên", "giáo viên", "bác sĩ", "giường", "lớp", "trường", "xã", "lao động", "đơn vị", "vụ", "lần", "kỳ")

// isCapacity reports whether a unit is so much of a stuff, or so many pieces, in some time,
// "m3/ngày đêm": what several works can do together. Money in some time is a wage or a
// price, and a length in some time a speed.
func isCapacity(unit string) bool {
	much, time, both := strings.Cut(unit, "/")
	if !both || !beginsWith(viet.Key(time), timeWords) || strings.Contains(time, "/") {
		return false
	}
	return slices.Contains(capacities, viet.Key(strings.TrimLeft(strings.TrimSpace(much), "0123456789., ")))
}

// timeWords begin the time of a capacity, and capacities are what is made or treated in
// it, by key.
var (
	timeWords  = keys("ngày", "ngày đêm", "giờ", "tháng", "năm", "ca", "vụ")
	capacities = keys("m3", "m³", "lít", "tấn", "kg", "tạ", "kwh", "mwh", "sản phẩm", "viên", "con", "cái", "chiếc", "bộ", "lượt", "lượt khách", "nghìn tấn", "nghìn m3", "triệu m3", "triệu kwh")
)

// isMiddleOfScale reports whether words say "trung bình" of things that are sorted by a
// scale: the words before say so, or those above.
func isMiddleOfScale(path []string) bool {
	before, _, _ := strings.Cut(viet.Key(path[len(path)-1]), middling)
	before = strings.TrimSpace(before)
	if before == "" && len(path) > 1 {
		before = viet.Key(path[len(path)-2])
	}
	return slices.ContainsFunc(sortedInto, func(w string) bool { return before == w || strings.HasSuffix(before, " "+w) })
}

// AddsRow reports whether the figures of a row can be added up, as its name and unit say, and
// those beside it: "Trung bình" among "Giỏi", "Khá" and "Yếu" is a step of their scale.
func (t *Table) AddsRow(l *Line, unit string) bool {
	if Additive(l.Path(), unit) {
		return true
	}
	path := l.Path()
	if viet.Key(Unnumbered(path[len(path)-1])) != middling || !Additive(nil, unit) || isForEach(unit) {
		return false
	}
	return t.steps > 1
}

// countSteps counts the rows that are steps of a scale.
func (t *Table) countSteps() {
	const longest = len("3.1.2. Chưa đạt yêu cầu")
	t.steps = 0
	for i := range t.Lines {
		path := t.Lines[i].Path()
		if leaf := path[len(path)-1]; len(leaf) <= longest && slices.Contains(scaleSteps, viet.Key(Unnumbered(leaf))) {
			t.steps++
		}
	}
}

// scaleSteps are the steps of scales beside "trung bình", by key.
var scaleSteps = keys("xuất sắc", "giỏi", "tốt", "khá", "yếu", "kém", "đạt", "chưa đạt", "không đạt", "nghèo", "giàu")

// reached says alone that figures are rates; "Đạt chuẩn quốc gia" is counted.
var reached = viet.Key("đạt")

// rowVectors lays the figures out by rows; lanes are the columns that add up.
func (t *Table) rowVectors() (*vectors, []int) {
	var cols []int
	for i := range t.Cols {
		if t.Cols[i].Adds() {
			cols = append(cols, t.Cols[i].Col)
		}
	}
	v := newVectors(len(t.Lines), len(cols))
	for i := range t.Lines {
		for k, col := range cols {
			t.fill(v.at(i, k), t.Lines[i].Row, col)
		}
	}
	return v, cols
}

func (t *Table) fill(f *figure, row, col int) {
	c := t.look.at(row, col)
	if c == nil || c.kind != kindFigure {
		return
	}
	*f = figure{value: c.value, has: true, fine: c.fine}
}

// rowSums finds totals among the rows.
type rowSums struct {
	*Table
	*vectors
	cols   []int
	parent []int // of each line: the line that counts it, -1
	part   []bool
	skip   []bool // has no figures

	sections map[int]int // of lines that head sections: the line of its total

	leaves map[int]*sum // of totals, by line; see leavesOf

	labels     []int8 // whether the name says that it is a total: 1 yes, -1 no, 0 not yet asked
	unnumbered []bool // has no number or no code where nearly all rows have one
	unnamed    []bool // has no name where nearly all rows have one
}

// sumRows finds the rows that are sums of others. Arithmetic decides; the labels
// and the tree of rows say where to look first.
func (t *Table) sumRows() {
	s := &rowSums{Table: t, sections: map[int]int{}, leaves: map[int]*sum{}}
	s.vectors, s.cols = t.rowVectors()
	n := len(t.Lines)
	s.parent, s.part, s.skip, s.labels = make([]int, n), make([]bool, n), make([]bool, n), make([]int8, n)
	s.unnumbered, s.unnamed = make([]bool, n), make([]bool, n)
	for i := range n {
		s.parent[i] = -1
		s.skip[i] = t.figuresIn(&t.Lines[i]) == 0
	}
	if s.lanes == 0 {
		s.labelOnly()
		return
	}
	s.markParts()
	s.unnumbered = s.without(func(l *Line) string { return l.Number })
	for i, bare := range s.without(func(l *Line) string { return l.Code }) {
		s.unnumbered[i] = s.unnumbered[i] || bare
	}
	s.unnamed = s.without(func(l *Line) string { return l.Name })
	clear(s.labels) // a number that is lacking is a label
	s.byGroups()
	s.bySection()
	s.byFormulas()
	s.stated()
	s.byPeriods()
	s.byTree()
	s.byParts()
	for range mostSweeps {
		if !s.sweep() {
			break
		}
	}
	s.byNumbered()
	s.counted()
	s.unvalued()
	s.labelOnly()
	s.say()
}

// byNumbered takes a row that is called the total, and was found to be the sum of nothing
// exactly, for the sum of the rows that are numbered in one way, where it is that, and others
// stand between them: "1. Công chức", "- Nữ", "- Đảng viên", "2. Viên chức". The way that is
// met first stands highest in the tree.
func (s *rowSums) byNumbered() {
	of, others := map[style][]int{}, false
	var ways []style
	for i := range s.Lines {
		l := &s.Lines[i]
		switch st := styleOf(l.Number); {
		case s.skip[i] || s.part[i]:
		case !s.closes(i) && l.saysPlainTotal() && (others || len(ways) > 1):
			for _, way := range ways {
				if parts := of[way]; len(parts) > 1 && s.of(parts).against(i).whole() {
					s.letGo(i)
					s.take(i, slices.Clone(parts))
					break
				}
			}
		case st == noStyle || st >= dash:
			others = true
		default:
			if of[st] == nil {
				ways = append(ways, st)
			}
			of[st] = append(of[st], i)
		}
	}
}

// closes reports whether a row is the sum of others to the last digit.
func (s *rowSums) closes(i int) bool {
	return s.Lines[i].Sum != nil && s.of(s.linesOf(s.Lines[i].Sum)).against(i).whole()
}

// letGo makes a row the sum of nothing.
func (s *rowSums) letGo(i int) {
	for _, k := range s.linesOf(s.Lines[i].Sum) {
		if s.parent[k] == i {
			s.parent[k] = -1
		}
	}
	s.Lines[i].Sum = nil
}

// counted tries the rows that a total counts as sums themselves, of the rows next
// to them that nothing counts: the total of the country closes over its regions
// before the last of them is seen to be a total.
func (s *rowSums) counted() {
	for i := range s.Lines {
		if s.skip[i] || s.part[i] || s.parent[i] < 0 || s.Lines[i].Sum != nil {
			continue
		}
		for _, step := range []int{+1, -1} {
			near := []int{i}
			for k := i + step; k >= 0 && k < len(s.Lines) && (s.skip[k] || s.part[k] || s.parent[k] < 0); k += step {
				if !s.skip[k] && !s.part[k] {
					near = append(near, k)
				}
			}
			if c := s.run(near, 0, +1); len(c.of) > 1 && c.whole() && (s.isLabelled(i) || s.beyondChance(c)) {
				s.take(i, c.of)
				break
			}
		}
	}
}

// labelOnly makes totals of what only its label says, in blank forms above all:
// what they sum is not known.
func (s *rowSums) labelOnly() {
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Role == RowData && l.saysPlainTotal() && (s.skip[i] || s.lanes == 0 || !s.hasFigures(i)) {
			l.Role = RowTotal
		}
	}
}

func (s *rowSums) hasFigures(i int) bool {
	for k := range s.lanes {
		if s.at(i, k).has {
			return true
		}
	}
	return false
}

// take makes a line the sum of others.
func (s *rowSums) take(i int, of []int) {
	clear(s.leaves)
	s.Lines[i].Sum = nil
	for _, k := range of {
		s.Lines[i].Sum = append(s.Lines[i].Sum, s.Lines[k].Row)
		if s.parent[k] < 0 {
			s.parent[k] = i
		}
	}
	slices.Sort(s.Lines[i].Sum)
	s.Lines[i].Role = RowTotal
	s.part[i] = false
}

// linesOf gives the lines of rows that are in ascending order.
func (s *rowSums) linesOf(rows []int) []int {
	out := make([]int, 0, len(rows))
	for _, row := range rows {
		if i, ok := slices.BinarySearchFunc(s.Lines, row, func(l Line, row int) int { return l.Row - row }); ok {
			out = append(out, i)
		}
	}
	return out
}

// say makes what does not close known, and calls the rest totals by their labels.
func (s *rowSums) say() {
	means := s.neverClose()
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Sum == nil {
			if l.Role == RowData && l.saysPlainTotal() && !s.part[i] {
				l.Role = RowTotal
			}
			continue
		}
		sum := s.reckon(s.linesOf(l.Sum))
		for lane, col := range s.cols {
			f := s.at(i, lane)
			if f.has && sum.parts[lane] > 0 && !sum.bad[lane] && !sum.closesAnyhow(f, lane) && !(means[lane] && s.isMean(f, lane, l.Sum)) {
				s.Broken = append(s.Broken, Broken{Row: l.Row, Col: col, Of: l.Sum, Got: f.value, Want: sum.total[lane], Rounding: sum.rounds(f, lane)})
			}
		}
	}
	for i := range s.Lines {
		s.Lines[i].Part = s.part[i]
	}
}

// neverClose gives the columns of several in which no total closes, though totals
// close in others.
func (s *rowSums) neverClose() []bool {
	closes := make([]bool, s.lanes)
	some := false
	for i := range s.Lines {
		if s.Lines[i].Sum == nil {
			continue
		}
		sum := s.of(s.linesOf(s.Lines[i].Sum))
		for lane := range s.lanes {
			if f := s.at(i, lane); f.has && !f.value.IsZero() && sum.parts[lane] > 0 && !sum.bad[lane] && (sum.closes(f, lane) || sum.rounds(f, lane)) {
				closes[lane], some = true, true
			}
		}
	}
	for lane := range closes {
		closes[lane] = some && !closes[lane]
	}
	return closes
}

// isMean reports whether a figure lies between the least and the greatest of three
// or more parts: it is the mean of its column, which the words over it do not say.
func (s *rowSums) isMean(f *figure, lane int, rows []int) bool {
	n := 0
	var least, most decimal.Decimal
	for _, k := range s.linesOf(rows) {
		p := s.at(k, lane)
		if !p.has || p.value.IsZero() {
			continue
		}
		if n == 0 || p.value.Cmp(least) < 0 {
			least = p.value
		}
		if n == 0 || p.value.Cmp(most) > 0 {
			most = p.value
		}
		n++
	}
	return n >= 3 && least.Sign() > 0 && f.value.Cmp(least) > 0 && f.value.Cmp(most) < 0 && !s.lacksOne(f, lane, rows)
}

// lacksOne reports whether a figure is the sum of its parts but for one of them.
func (s *rowSums) lacksOne(f *figure, lane int, rows []int) bool {
	of := s.linesOf(rows)
	diff, err := s.of(of).total[lane].Add(f.value.Neg())
	return err == nil && slices.ContainsFunc(of, func(k int) bool { return s.at(k, lane).has && s.at(k, lane).value == diff })
}

// Diff gives how much too much stands there.
func (b Broken) Diff() decimal.Decimal {
	d, err := b.Got.Add(b.Want.Neg())
	if err != nil {
		return decimal.Decimal{}
	}
	return d
}
