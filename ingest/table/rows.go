package table

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
)

// isIndexRow reports whether the cells number the columns: "A B 1 2 3=1+2",
// "(1) (2) (3)=(1)+(2)". Numbers do not fall from left to right, few are left
// out, and they begin near 1; what is no number is a letter or nothing. Letters may go on
// behind the numbers, over remarks: "A B 1 2 3 C".
func isIndexRow(cells []seen) bool { return isNumberRow(cells) || isLetterRow(cells) }

// isNumberRow knows the row that has numbers for the columns.
func isNumberRow(cells []seen) bool {
	numbers, letters, last := 0, 0, 0
	bracketed, formulas, behind := 0, 0, false
	for i := range cells {
		t := parseIndex(cells[i].Text)
		switch {
		case !t.ok:
			return false
		case t.letter:
			if numbers > 0 && (letters == 0 || t.name != string(rune('A'+letters))) {
				return false
			}
			letters++
			behind = numbers > 0
		default:
			if behind || t.number < last || last == 0 && t.number > 4 || last > 0 && t.number > last+4 {
				return false
			}
			numbers, last = numbers+1, t.number
		}
		if t.bracketed {
			bracketed++
		}
		if t.formula != "" {
			formulas++
		}
	}
	switch {
	case numbers == 0 || numbers+letters < 2:
		return false
	case bracketed > 1, formulas > 0, letters > 0:
		return true
	}
	return numbers >= 3 && last <= 2*numbers
}

// isLetterRow knows the row that has letters for the columns that name the rows, and for
// the others the codes of what is asked there: "A | B | C | 1.02 | 1.03a", as forms of
// tonghop have, or "C | 1.02 | 1.03" where columns were taken out.
func isLetterRow(cells []seen) bool {
	letters := 0
	for letters < len(cells) && parseIndex(cells[letters].Text).letter && (letters == 0 || cells[letters].Text == string(rune(cells[letters-1].Text[0]+1))) {
		letters++
	}
	codes := cells[letters:]
	if letters == 0 || len(codes) == 0 {
		return false
	}
	for i := range codes {
		if !isColumnCode(codes[i].Text) || i > 0 && codes[i].Text <= codes[i-1].Text {
			return false
		}
	}
	return letters > 1 || len(codes) > 1 && !slices.ContainsFunc(codes, func(c seen) bool { return !c.IsText() })
}

// isColumnCode reports whether a text is the code of what a column holds, and no
// quantity: it has a nought in front, a point or a letter.
func isColumnCode(text string) bool {
	if isIdentifier(text) && strings.ContainsAny(text, "0123456789") {
		return true
	}
	return len(text) > 1 && strings.Trim(text, "0123456789.") == "" && (text[0] == '0' || strings.Contains(text, "."))
}

// isIndex reports whether row i numbers the columns, and is no first row of rows that
// are called by letters: "A | 1 | 2 | 3" over "B | 4 | 0 | 2".
func (d *discovery) isIndex(i int, cells []seen) bool {
	if !isIndexRow(cells) {
		return false
	}
	first := cells[0].Text
	if len(first) != 1 || i+1 == len(d.rows) {
		return true
	}
	next := d.at(d.rows[i+1], cells[0].Col)
	return next == nil || next.Text != string(rune(first[0]+1)) || !parseIndex(first).letter
}

// indexToken is a cell of an index row.
type indexToken struct {
	ok, letter, bracketed bool
	number                int
	name                  string // "3", "A"
	formula               string // "1+2" of "3=1+2"
}

// parseIndex reads a cell of an index row.
func parseIndex(text string) (t indexToken) {
	if len(text) > 60 {
		return t
	}
	s := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\u00a0' {
			return -1
		}
		return r
	}, text)
	head, formula, _ := strings.Cut(s, "=")
	bare := strings.Trim(head, "()[]")
	t.bracketed = bare != head
	t.formula = formula
	t.name = strings.ToUpper(bare)
	if len(bare) == 1 && (bare[0]|0x20) >= 'a' && (bare[0]|0x20) <= 'z' {
		t.ok, t.letter = true, true
		return t
	}
	digits := strings.TrimRight(bare, "abcd") // "3a" is a column put in later
	if digits == "" || len(digits) > 3 || len(bare)-len(digits) > 1 {
		return t
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return indexToken{}
		}
		t.number = t.number*10 + int(c-'0')
	}
	t.ok = t.number > 0 && digits[0] != '0'
	if formula != "" && strings.Trim(formula, "0123456789abcdABCD()[]+-*/x:%.,") != "" {
		t.ok = false
	}
	return t
}

// isYears reports whether the figures of a row are years, as a header has them:
// the row has words besides, or every one of its cells is a year.
func isYears(cells []seen) bool {
	years := 0
	for i := range cells {
		if cells[i].kind != kindFigure {
			continue
		}
		n, whole := cells[i].value.Int64()
		if !whole || n < 1975 || n > 2075 || len(cells[i].Text) != 4 {
			return false
		}
		years++
	}
	return years > 0
}

// headWords are words that stand over the columns of tables and nearly never
// elsewhere, by key.
var headWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range keys(
		"stt", "tt", "số tt", "số thứ tự", "thứ tự", "chỉ tiêu", "nội dung", "nội dung chi", "danh mục", "tên chỉ tiêu", "hạng mục", "diễn giải",
		"mã", "mã số", "mã chỉ tiêu", "đvt", "đơn vị tính", "ghi chú", "tổng số", "tổng cộng", "cộng", "trong đó", "chia ra", "bao gồm",
		"kế hoạch", "thực hiện", "kế hoạch năm", "trong kỳ", "lũy kế", "so sánh", "so sánh (%)", "tỷ lệ (%)", "tỷ lệ", "tỉ lệ (%)", "cùng kỳ", "kỳ này", "kỳ trước",
		"đơn vị", "tên đơn vị", "tên", "họ và tên", "địa bàn", "địa phương", "huyện", "xã", "tỉnh", "tên tỉnh", "tên huyện", "tên xã", "huyện, thị xã, thành phố",
		"xã, phường", "xã, phường, thị trấn", "tỉnh, thành phố", "tên tỉnh, thành phố", "cơ quan", "lĩnh vực", "số lượng", "thành tiền", "đơn giá", "số tiền", "dự toán", "quyết toán",
		"no", "items", "item", "indicator", "indicators", "unit", "total", "name", "code", "note", "notes", "remarks", "province", "district", "tên cơ sở", "tên trường", "tên công trình", "kết quả", "kết quả thực hiện",
	) {
		set[w] = true
	}
	return set
}()

// isHeadWord reports whether a cell says what nearly only headers say.
func isHeadWord(c *seen) bool {
	if c.kind != kindText || len(c.Text) > 80 {
		return false
	}
	text, _ := viet.Clean(c.Text)
	if headWords[viet.Key(text)] || headWords[viet.Key(WithoutUnit(text))] {
		return true
	}
	// In two languages: the first line, or what stands before a bracket or stroke.
	for _, cut := range []string{"\n", "/", "("} {
		if before, _, ok := strings.Cut(c.Text, cut); ok && headWords[viet.Key(before)] {
			return true
		}
	}
	key := viet.Key(text)
	return strings.HasPrefix(key, codeWord+" ") && strings.Count(key, " ") <= 4
}

var codeWord = viet.Key("mã")

// titleWords begin what stands over tables rather than in them, and periodWords
// what may do so, when it stands alone; by key.
var (
	titleWords = keys(
		"biểu số", "biểu mẫu", "mẫu số", "mẫu biểu", "phụ lục", "kèm theo", "ban hành kèm theo", "đơn vị tính", "đơn vị tỉnh", "đvt", "kỳ báo cáo", "cộng hòa xã hội", "độc lập", "ủy ban nhân dân",
		"kính gửi", "căn cứ", "từ ngày",
	)
	periodWords = keys(
		"biểu", "mẫu", "báo cáo", "bảng", "ubnd", "sở", "bộ", "ngày", "tháng", "quý", "năm", "thời gian", "thời điểm", "tổng hợp", "thống kê", "danh sách", "table", "kết quả", "tình hình", "unit",
	)
)

// isTitle reports whether words stand over a table: its number, its title, the
// unit, the period. Of words that stand alone in their row more is believed.
func isTitle(text string, alone bool) bool {
	if u := afterUnitWord(strings.Trim(strings.TrimSpace(text), "()")); u != "" {
		return true
	}
	trimmed := strings.TrimLeft(text, "( ")
	key := viet.Key(trimmed)
	if key == periodHead {
		return alone // a column of its own: "Kỳ báo cáo", beside "Lũy kế"
	}
	if beginsWith(key, titleWords) || alone && (beginsWith(key, periodWords) || isPeriod(key)) {
		return true
	}
	// "Số: 171/BC-UBND"
	rest, ok := strings.CutPrefix(key, numberWord+" ")
	return ok && (strings.Contains(trimmed, "/") || alone) && rest != "" && (rest[0] >= '0' && rest[0] <= '9' || strings.Contains(trimmed, ":"))
}

var numberWord, periodHead = viet.Key("số"), viet.Key("kỳ báo cáo")

// isPeriod reports whether a key says a period that begins with a number: "6 tháng
// đầu năm 2023".
func isPeriod(key string) bool {
	return key != "" && key[0] >= '0' && key[0] <= '9' && (strings.Contains(key, " "+monthWord) || strings.Contains(key, " "+yearWord))
}

// isLabelled reports whether words name a value that stands behind them, as in
// "Kỳ báo cáo: tháng 6".
func isLabelled(text string) bool {
	before, after, ok := strings.Cut(text, ":")
	if beginsWith(viet.Key(before), partWords) || strings.TrimSpace(after) == "" {
		return false
	}
	return ok && before != "" && (after == "" || strings.TrimSpace(after) != "")
}

// isIdentifier reports whether a text is a name that a program gave: ma_tinh,
// TENHUYEN, C-101.
func isIdentifier(text string) bool {
	if len(text) < 2 || len(text) > 24 {
		return false
	}
	digits, others := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case c >= '0' && c <= '9':
			digits++
		case c == '_', c == '-', c == '.':
			others++
		default:
			return false
		}
	}
	return digits+others < len(text)
}
