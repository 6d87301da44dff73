package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/viet"
)

// nameColumns says of each column of the table what stands over it and what it is
// for.
func (t *Table) nameColumns() {
	t.noteCells()
	head := t.readHeading()
	for col := t.cols.from; col <= t.cols.to; col++ {
		c := Col{Col: col, Path: head.path(col)}
		if t.IndexRow > 0 {
			if at := t.look.at(t.IndexRow, col); at != nil {
				if tok := parseIndex(at.Text); tok.ok {
					c.Index = tok.name
				} else {
					c.Code = at.Text
				}
			}
		}
		if t.head.codes > 0 {
			if at := t.look.at(t.head.codes, col); at != nil {
				c.Code = at.Text
			}
		}
		if len(c.Path) > 0 {
			c.Unit = columnUnit(c.Path)
		}
		if len(c.Path) == 0 && c.Index == "" && !t.hasCells(col) {
			continue
		}
		if t.spilled(&c) {
			continue
		}
		t.Cols = append(t.Cols, c)
	}
	t.roles()
	t.readUnitRow()
}

// spilled reports whether a column is only the room of words that are merged over
// it and its neighbour: nothing stands in it, and no number is its own.
func (t *Table) spilled(c *Col) bool {
	if t.hasCells(c.Col) || c.Index != "" || c.Code != "" {
		return false
	}
	for _, r := range t.HeadRows {
		at := t.look.shown(r, c.Col)
		if at == nil || at.Col != c.Col {
			continue
		}
		// The words are its own, unless they are merged over a neighbour where the
		// figures stand.
		a, merged := t.look.area(at.Row, at.Col)
		if !merged || a.LastCol == a.FirstCol || t.below(a.LastRow) > 0 || !t.hasCellsIn(a.FirstCol+1, a.LastCol) {
			return false
		}
	}
	return true
}

func (t *Table) hasCellsIn(from, to int) bool {
	for col := from; col <= to; col++ {
		if t.hasCells(col) {
			return true
		}
	}
	return false
}

// noteCells notes in which columns the body has something.
func (t *Table) noteCells() {
	t.filled = make([]bool, t.cols.to-t.cols.from+1)
	for _, l := range t.Lines {
		for _, c := range t.look.row(l.Row, t.cols) {
			t.filled[c.Col-t.cols.from] = true
		}
	}
}

// hasCells reports whether the body has something in a column.
func (t *Table) hasCells(col int) bool { return t.cols.has(col) && t.filled[col-t.cols.from] }

// codeHeads, noteHeads and nameHeads are words over columns of codes, of remarks
// and of names, by key.
var (
	codeHeads = keys("mã", "mã số", "số hiệu", "ký hiệu", "code", "số cmnd", "số cccd", "số điện thoại", "điện thoại", "mst")
	noteHeads = keys("ghi chú", "chú thích", "giải trình", "đvt", "đơn vị tính", "unit", "note", "notes", "remarks", "lý do", "nguyên nhân", "thuyết minh")
	wordHeads = keys("chức vụ", "ngày", "địa chỉ", "họ và tên người", "người", "thời hạn", "trạng thái", "tình trạng")
	nameHeads = keys(
		"chỉ tiêu", "nội dung", "tên", "họ và tên", "họ tên", "danh mục", "hạng mục", "diễn giải", "đơn vị", "cơ quan", "địa bàn", "địa phương", "huyện", "xã", "tỉnh", "quận", "phường", "thành phố",
		"indicator", "indicators", "name", "cities", "province", "provinces", "district", "khoản mục", "lĩnh vực", "loại", "ngành", "nhóm", "đối tượng", "tổ chức", "cơ sở", "trường", "chi nhánh",
	)
)

func beginsWith(key string, list []string) bool {
	for _, w := range list {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return false
}

// content is what stands in a column of the body.
type content struct {
	filled, figures, marks, texts, coded, numbering, dates int
	padded                                                 int // of coded: one digit behind a nought
	letters                                                int // bytes of texts
	distinct                                               map[string]bool
}

// isCoded reports whether most of a column is codes by the look of it. Small figures
// may be padded like codes, "05": then they come again, or the head says a number or has
// their unit.
func (n *content) isCoded(head, unit string) bool {
	if n.coded*2 <= n.filled || n.figures > n.coded {
		return false
	}
	return n.padded < n.coded || unit == "" && len(n.distinct) == n.filled && !viet.IsNumberOf(head) && !viet.IsAmount(head)
}

func (t *Table) contentOf(col int) content {
	n := content{distinct: map[string]bool{}}
	for _, l := range t.Lines {
		c := t.look.at(l.Row, col)
		if c == nil || c.kind == kindText && isPlainTotal(c.Text) {
			continue // a total's name stands where there is room
		}
		if c.kind == kindText && t.look.isWide(l.Row, col) {
			continue // the name of a section, across the columns
		}
		n.filled++
		switch c.kind {
		case kindFigure:
			n.figures++
		case kindMark:
			n.marks++
		case kindDate:
			n.dates++
		default:
			n.texts++
			n.letters += len(c.Text)
		}
		if styleOf(c.Text) != noStyle {
			n.numbering++
		}
		if isCode(c) {
			n.coded++
			if len(c.Text) == len("05") {
				n.padded++
			}
		}
		if len(n.distinct) < 400 {
			n.distinct[c.Text] = true
		}
	}
	return n
}

// isCode reports whether a cell holds digits that are no quantity: text with a
// zero in front, or a technical name.
func isCode(c *seen) bool {
	if !c.IsText() {
		return false
	}
	s := c.Text
	if len(s) > 1 && s[0] == '0' && strings.Trim(s, "0123456789") == "" {
		return true
	}
	return c.kind == kindText && isIdentifier(s) && strings.ContainsAny(s, "0123456789")
}

// roles says what each column is for: by its words first, then by what stands in
// it. What is left of the first figures names the rows.
func (t *Table) roles() {
	contents := make([]content, len(t.Cols))
	for i := range t.Cols {
		contents[i] = t.contentOf(t.Cols[i].Col)
	}
	firstValue := len(t.Cols)
	for i := range t.Cols {
		c, n := &t.Cols[i], &contents[i]
		c.Role = t.roleOf(c, n)
		if c.Role == ColValue && t.numbersPapers(i, contents) {
			c.Role = ColNote
		}
		if c.Role == ColValue && firstValue == len(t.Cols) {
			firstValue = i
		}
	}
	if firstValue == len(t.Cols) {
		firstValue = t.paddedFigures(contents)
	}
	t.nameOne(contents, firstValue)
}

// numbersPapers reports whether a column holds the numbers of papers, which are no figures:
// "Số quyết định" beside "Ngày quyết định", no two alike.
func (t *Table) numbersPapers(i int, contents []content) bool {
	path := t.Cols[i].Path
	if len(path) == 0 || !contains(paperNumbers, viet.Key(path[len(path)-1])) || len(contents[i].distinct) < contents[i].filled-contents[i].marks {
		return false
	}
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(t.Cols) || len(t.Cols[k].Path) == 0 {
			continue
		}
		if leaf := viet.Key(t.Cols[k].Path[len(t.Cols[k].Path)-1]); beginsWith(leaf, dayHeads) && 2*contents[k].dates > contents[k].filled {
			return true
		}
	}
	return false
}

// paperNumbers stand over the numbers of papers, and dayHeads begin what stands over their
// days, by key.
var (
	paperNumbers = keys("số", "số quyết định", "số qđ", "quyết định số", "số văn bản", "số vb", "số công văn", "số cv", "số hợp đồng", "số hđ", "số hóa đơn", "số chứng từ", "số tờ trình", "số thông báo", "số giấy phép", "số gcn", "số giấy chứng nhận", "số biên bản", "số phiếu")
	dayHeads     = keys("ngày", "ngày tháng", "thời gian")
)

// paddedFigures makes figures of the last column where there are no others and only
// their look, "04", made codes of them. It gives its index.
func (t *Table) paddedFigures(contents []content) int {
	last := len(t.Cols) - 1
	if last < 1 || t.Cols[last].Role != ColCode || contents[last].padded < contents[last].coded {
		return len(t.Cols)
	}
	if p := t.Cols[last].Path; len(p) > 0 && beginsWith(viet.Key(p[len(p)-1]), codeHeads) {
		return len(t.Cols)
	}
	t.Cols[last].Role = ColValue
	return last
}

// roleOf judges a column by itself. A column of words is ColName for now.
func (t *Table) roleOf(c *Col, n *content) ColRole {
	key := ""
	if len(c.Path) > 0 {
		key = viet.Key(strings.Join(c.Path, " "))
	}
	leaf := ""
	if len(c.Path) > 0 {
		leaf = viet.Key(c.Path[len(c.Path)-1])
	}
	first := c.Col == t.Cols[0].Col
	figures := n.figures + n.marks
	switch {
	case key == "" && (t.counts(c.Col) || t.numbersNames(c.Col)):
		return ColNumber
	case isNumberHead(c.Path) || IsNumbering(leaf) && first:
		return ColNumber
	case first && len(t.Cols) > 1 && t.countsYears(c.Col, leaf):
		return ColName
	case beginsWith(leaf, codeHeads) && n.coded+n.figures >= n.texts-n.coded, n.isCoded(strings.Join(c.Path, " "), c.Unit):
		return ColCode
	case beginsWith(leaf, noteHeads) && figures*2 <= n.filled:
		return ColNote
	case n.filled == n.marks: // only its words can tell
		switch {
		case beginsWith(leaf, noteHeads), beginsWith(leaf, wordHeads):
			return ColNote
		case beginsWith(leaf, nameHeads) && (first || len(t.Cols) > 1 && c.Col <= t.Cols[min(2, len(t.Cols)-1)].Col):
			return ColName
		}
		return ColValue
	case first && figures > 0 && n.numbering*10 >= n.filled*8 && n.letters <= 6*n.texts && len(t.Cols) > 2:
		return ColNumber
	case figures*2 > n.filled || figures > 0 && n.letters <= 12*n.texts && figures*3 > n.filled:
		return ColValue
	case n.dates*2 > n.filled:
		return ColNote
	case first && n.numbering*10 >= n.filled*8 && n.letters <= 6*n.texts && len(t.Cols) > 1:
		return ColNumber
	}
	return ColName
}

// counts reports whether the figures of a column count the rows: 1, 2, 3.
func (t *Table) counts(col int) bool {
	last, n := int64(0), 0
	for _, l := range t.Lines {
		c := t.look.at(l.Row, col)
		if c == nil || c.kind == kindText && (isPlainTotal(c.Text) || t.look.isWide(l.Row, col)) {
			continue
		}
		i, whole := c.value.Int64()
		if c.kind != kindFigure || !whole || n > 0 && i != last+1 || n == 0 && i > 1 {
			return false
		}
		last, n = i, n+1
	}
	return n > 1
}

// yearHeads stand over years that name the rows, by key.
var yearHeads = keys("năm", "year", "niên độ", "thời kỳ", "giai đoạn")

// countsYears reports whether a column names the rows by their years: "2016", "2017",
// "Sơ bộ - Prel. 2018", each later than the one before; again from the first where a
// heading stands between.
func (t *Table) countsYears(col int, leaf string) bool {
	if leaf != "" && !beginsWith(leaf, yearHeads) || strings.Contains(leaf, birth) {
		return false
	}
	last, years := 0, 0
	for i := range t.Lines {
		c := t.look.at(t.Lines[i].Row, col)
		if c == nil || IsTotal(c.Text, nil) || t.look.isWide(t.Lines[i].Row, col) || t.figuresIn(&t.Lines[i]) == 0 {
			last = 0
			continue
		}
		year := yearNamed(c)
		if year <= last {
			return false
		}
		last = year
		years++
	}
	return years > 1
}

// birth tells years of birth, which are figures of people and name no row.
var birth = viet.Key("sinh")

// aYear finds a year in the words that name a row, standing by itself.
var aYear = regexp.MustCompile(`(?:^|[^\d.,/-])((?:19|20)\d\d)(?:$|[^\d.,/])`)

// yearNamed gives the year that a cell is or names, 0 for anything else.
func yearNamed(c *seen) int {
	const longest = 40 // words about a year are more than its name
	if len(c.Text) > longest {
		return 0
	}
	m := aYear.FindAllStringSubmatch(c.Text, -1)
	if len(m) != 1 || c.kind == kindFigure && len(c.Text) != len(m[0][1]) {
		return 0
	}
	year, _ := strconv.Atoi(m[0][1])
	return year
}

// numbersNames reports whether a column numbers what stands right of it. The name of
// a section or of a total that was written at the left is passed over.
func (t *Table) numbersNames(col int) bool {
	rows, numbered := 0, 0
	for _, l := range t.Lines {
		c := t.look.at(l.Row, col)
		if c == nil || t.isPhrase(c) || isPlainTotal(c.Text) {
			continue
		}
		rows++
		if name := t.look.at(l.Row, col+1); styleOf(c.Text) != noStyle && name != nil && name.kind == kindText {
			numbered++
		}
	}
	return rows > 0 && numbered*10 >= rows*8
}

// nameOne keeps one column of names, or several where they are nested: those of
// words left of the figures with fewer different ones than the rows have. The
// others are remarks.
func (t *Table) nameOne(contents []content, firstValue int) {
	best, most := -1, -1
	for i := range t.Cols {
		if t.Cols[i].Role != ColName {
			continue
		}
		// Names of groups come once for several rows.
		score := len(contents[i].distinct) + contents[i].filled
		if slices.ContainsFunc(t.Cols[i].Path, func(step string) bool { return beginsWith(viet.Key(step), nameHeads) }) {
			score += len(t.Lines)
		}
		if i < firstValue {
			score += 2 * len(t.Lines)
		}
		if score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		t.nameByCode(firstValue)
		return
	}
	for i := range t.Cols {
		if t.Cols[i].Role == ColName && i != best && (i > best || i > firstValue) && !t.sameHead(i, best) && !(i == best+1 && i < firstValue && (isUnder(t.beside(best, i), &contents[i]) || t.mergesDown(best, contents[i].filled) || t.tellsApart(best, i, contents))) {
			t.Cols[i].Role = ColNote
		}
	}
}

// beside gives what stands in a column of words in the rows in which another has words too:
// without the names of sections and totals.
func (t *Table) beside(i, k int) *content {
	n := content{distinct: map[string]bool{}}
	for _, l := range t.Lines {
		words := t.wordsAt(l.Row, t.Cols[i].Col)
		if words != "" && t.wordsAt(l.Row, t.Cols[k].Col) != "" {
			n.filled++
			n.distinct[words] = true
		}
	}
	return &n
}

// isUnder reports whether the words of a column part what a column before it names once for
// several rows: they stand in every row, and come again.
func isUnder(group, c *content) bool {
	return 2*group.filled <= c.filled && 2*len(c.distinct) <= c.filled
}

// tellsApart reports whether two columns of words that both come again tell every row from
// the others together: each thing once for each group of people.
func (t *Table) tellsApart(i, k int, contents []content) bool {
	a, b := &contents[i], &contents[k]
	if 2*len(b.distinct) > b.filled || a.filled < b.filled || 2*a.filled > 3*b.filled || 3*len(t.beside(i, k).distinct) > 2*b.filled {
		return false // names of sections and totals stand alone
	}
	seen := map[[2]string]bool{}
	for _, l := range t.Lines {
		pair := [2]string{viet.Key(t.wordsAt(l.Row, t.Cols[i].Col)), viet.Key(t.wordsAt(l.Row, t.Cols[k].Col))}
		if pair[1] != "" && seen[pair] {
			return false
		}
		seen[pair] = true
	}
	return true
}

// mergesDown reports whether half of so many rows stand under names that are merged down.
func (t *Table) mergesDown(i, rows int) bool {
	under := 0
	for k := range t.Lines {
		if t.isUnderMerge(t.Lines[k].Row, t.Cols[i].Col) {
			under++
		}
	}
	return rows > 0 && 2*under >= rows
}

// sameHead reports whether two columns have the very same words over them, merged:
// names stand in either, further in or out.
func (t *Table) sameHead(i, k int) bool {
	row := t.HeadRows[0]
	a, b := t.look.shown(row, t.Cols[i].Col), t.look.shown(row, t.Cols[k].Col)
	last := t.HeadRows[len(t.HeadRows)-1]
	return a != nil && a == b && t.look.shown(last, t.Cols[i].Col) == a && t.look.shown(last, t.Cols[k].Col) == a
}

// nameByCode makes a name of the first column where no other names the rows.
func (t *Table) nameByCode(firstValue int) {
	for i := range t.Cols[:min(firstValue+1, len(t.Cols))] {
		if r := t.Cols[i].Role; r == ColCode || r == ColNumber && len(t.Cols) > 1 && len(t.Cols[i].Path) > 0 && !IsNumbering(viet.Key(t.Cols[i].Path[len(t.Cols[i].Path)-1])) {
			if r == ColNumber {
				t.Cols[i].Role = ColName
			}
			return
		}
	}
}
