package draft

import (
	"cmp"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// nature is what kind of figure an indicator is: all that a definition says of it
// besides its name.
type nature struct {
	unit  string
	typ   string
	scale int
	min   string
	roll  *Roll
	rate  bool // a share or a mean: it does not add up
}

var (
	rateWords  = keys("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "lãi suất", "bình quân", "năng suất", "mật độ", "tốc độ", "so với", "so sánh", "đơn giá", "mức độ", "hệ số", "tl", "bq", "đtbq")
	lastWords  = keys("cuối kỳ", "cuối quý", "cuối tháng", "cuối năm", "đến cuối", "hiện có", "hiện còn", "dư nợ", "số dư", "còn lại", "lũy kế", "luỹ kế", "tính đến", "từ đầu năm")
	firstWords = keys("đầu kỳ", "đầu quý", "đầu tháng", "đầu năm trước", "kỳ trước chuyển sang")
)

// least stands for "may be below nought": a number without a least is at least 0.
const least = "-999999999999999"

// natureOf tells the kind of a figure from the words over and beside it, its unit
// and the figures that stand there.
func natureOf(words, unit string, seen figures) (n nature, asks []Question) {
	key := viet.Key(words)
	n.unit = balanced(unit)
	power, money := table.Money(n.unit)
	n.rate = strings.Contains(n.unit, "%") || strings.Contains(words, "%") || seen.percent || !seen.summed && contains(key, rateWords)
	if n.rate && money && contains(key, keys("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "lãi suất", "tốc độ")) {
		n.unit = "" // the table's unit of money is not that of its shares
	}
	if money && viet.IsNumberOf(words) {
		n.unit, power, money = "", 0, false
		asks = append(asks, Question{
			VI: "là số đếm nên không lấy đơn vị tiền của biểu; ghi đơn vị (người, hộ, món)?",
			EN: "a count, so not in the form's unit of money; in which unit?",
		})
	}
	if n.rate && !strings.Contains(n.unit, "%") && (strings.Contains(words, "%") || seen.percent) {
		n.unit = "%" // whatever the table counts besides
	}
	n.typ = "int"
	switch usual := usualScale(n.rate, money && power > 0); {
	case usual > 0:
		n.typ, n.scale = "dec", max(usual, seen.scale)
		if seen.count > 0 && seen.scale == 0 {
			asks = append(asks, wholeNumbers)
		}
	case seen.scale > 0:
		n.typ, n.scale = "dec", seen.scale
	}
	if seen.minus {
		n.min = least
		asks = append(asks, Question{VI: "có số âm trong bản đã điền; được phép âm?", EN: "a copy has figures below nought; is that allowed?"})
	}
	switch {
	case n.rate:
		n.roll = &Roll{Agency: "none", Place: "none", Time: "none"}
		asks = append(asks, Question{
			VI: "là tỷ lệ hoặc bình quân nên không cộng; nếu tính lại được thì ghi num, den (tử số, mẫu số) và roll ratio?",
			EN: "a rate does not add up; can it be worked out again from num and den, with roll ratio?",
		})
	case contains(key, firstWords):
		n.roll = &Roll{Time: "first"}
		asks = append(asks, Question{VI: "là số đầu kỳ nên lấy số của kỳ đầu (first); đúng không?", EN: "an opening balance, so the first of several periods; is that right?"})
	case contains(key, lastWords):
		n.roll = &Roll{Time: "last"}
		asks = append(asks, Question{VI: "là số tại thời điểm hoặc lũy kế nên lấy số kỳ cuối (last); nếu là số trong kỳ thì bỏ roll để cộng?", EN: "a stock or a figure to date, so the last of several periods; does it add up over time instead?"})
	}
	return n, asks
}

// wholeNumbers is asked once of a sheet: it is the same for all its money.
var wholeNumbers = Question{
	VI: "bản đã điền toàn số nguyên; các chỉ tiêu dec của trang này có cho số lẻ không?",
	EN: "the copies have whole numbers only; may the figures of this sheet that are dec have decimals?",
}

// usualScale is how many decimals such a figure has where nothing else is known.
func usualScale(rate, large bool) int {
	switch {
	case rate:
		return 2
	case large: // thousands and millions of đồng
		return 3
	}
	return 0
}

// contains reports whether a key holds any of some words, as whole words.
func contains(key string, words []string) bool {
	key = " " + key + " "
	for _, w := range words {
		if strings.Contains(key, " "+w+" ") {
			return true
		}
	}
	return false
}

// balanced closes a bracket that a unit leaves open: "Đồng Việt Nam (VND".
func balanced(unit string) string {
	if strings.Count(unit, "(") > strings.Count(unit, ")") {
		unit += ")"
	}
	return strings.TrimSpace(unit)
}

// unitFor is the unit of the cells of a row and a column: the row's own, the
// column's, the table's.
func (g *grid) unitFor(r *row, c *col) string {
	var own, over string
	if r != nil {
		own = r.unit
	}
	if c != nil {
		over = c.Unit
	}
	return cmp.Or(own, over, g.form.Table.Unit)
}

// indicator makes an indicator of such a kind.
func (n nature) indicator(code, name, by string) Indicator {
	return Indicator{Code: code, Name: name, Unit: n.unit, Type: n.typ, Scale: n.scale, Min: n.min, Roll: n.roll, By: by}
}
