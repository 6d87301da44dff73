package table

import (
	"strconv"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// IsIndexRow reports whether a row numbers the columns: "A B 1 2 3=1+2", "(1)
// (2) (3)=(1)+(2)". It stands right under a header and is no data.
func IsIndexRow(cells []sheet.Cell) bool {
	const sure = 5    // numbers at least where one is a slip: "3=4+5 4 5 6 6 7"
	const restart = 3 // numbers at least before they may begin anew
	numbers, next, letters, slips, rules := 0, -1, 0, 0, 0
	for i := range cells {
		c := &cells[i]
		if c.Type != xlsx.Number && !c.IsText() {
			return false
		}
		text := strings.ReplaceAll(c.Text, " ", "")
		head, _, rule := strings.Cut(text, "=")
		if rule {
			rules++
		}
		head = strings.Trim(head, "()[]")
		if len(head) == 1 && (head[0]|0x20) >= 'a' && (head[0]|0x20) <= 'z' {
			letters++
			continue
		}
		n, err := strconv.Atoi(head)
		if err != nil || n < 1 {
			return false
		}
		if n == 1 && next > restart {
			next = 0 // those of a table beside
		}
		if next > 0 && n != next {
			if slips++; n < next-1 || n > next+1 {
				return false
			}
		}
		if next < 0 && n > 3 {
			return false
		}
		numbers, next = numbers+1, n+1
	}
	if slips > 0 {
		return slips == 1 && numbers >= sure && rules > 0
	}
	return numbers >= 2 && numbers+letters >= 3
}

// IsLetteredIndexRow reports whether a row calls the columns of words A, B, C and those
// of figures 1, 2, 3, however few they are: "A | B | (1)", and once more for a table
// beside. A row of data may look so; who asks must know that none is named "A".
func IsLetteredIndexRow(cells []sheet.Cell) bool {
	letters, numbers := 0, 0
	for i := range cells {
		head, _, _ := strings.Cut(strings.ReplaceAll(cells[i].Text, " ", ""), "=")
		switch head = strings.Trim(head, "()[]"); {
		case head == "A" && (numbers > 0 || letters == 0):
			letters, numbers = 1, 0
		case len(head) == 1 && head[0] == byte('A'+letters) && letters > 0 && numbers == 0:
			letters++
		case head == strconv.Itoa(numbers+1) && letters > 0:
			numbers++
		default:
			return false
		}
	}
	return letters > 0 && numbers > 0
}

// IsGappedIndexRow reports whether a row may number the columns of a form of which
// some were left out, "1 3 4 6 7 9 10", or that has few: "(1) (2)". That is weaker than
// [IsIndexRow]: figures may look so too, and who asks must know that nothing stands at the
// row's head.
func IsGappedIndexRow(cells []sheet.Cell) bool {
	const most = 3 // what the first column is called at most, and columns left out in one place
	const few = 4
	last, bracketed := 0, 0
	for i := range cells {
		if cells[i].Type != xlsx.Number && !cells[i].IsText() {
			return false
		}
		text := strings.TrimSpace(cells[i].Text)
		n, err := strconv.Atoi(strings.Trim(text, "()[]"))
		if err != nil || n <= last || n > last+most {
			return false
		}
		if last = n; text[0] == '(' {
			bracketed++
		}
	}
	return len(cells) >= few || len(cells) > 0 && bracketed == len(cells) && last == len(cells)
}

// totalWords begin the labels of rows that add up others.
var totalWords = keys("tổng cộng", "tổng số", "tổng", "cộng", "toàn tỉnh", "toàn quốc", "toàn thành phố", "toàn huyện", "toàn ngành", "cả nước", "cả tỉnh", "total")

// notTotals begin names that only sound like totals: the corporation that is called
// "Tổng công ty", the commune of Cộng Hòa.
var notTotals = keys("tổng công ty", "tổng cty", "tổng cục", "tổng liên đoàn", "tổng đài", "tổng hội", "tổng kho", "tổng thanh tra", "tổng biên tập", "cộng hòa", "cộng hiền", "cộng lạc", "cộng tác", "cộng đồng", "tổng hợp", "toàn thắng", "tổng lãnh sự", "tổng giám đốc")

// IsTotal reports whether a label says that its row adds up others. extra are
// further labels, as keys.
func IsTotal(label string, extra []string) bool {
	key := viet.Key(Unnumbered(label))
	return beginsWith(key, extra) || beginsWith(key, totalWords) && !beginsWith(key, notTotals)
}

// partWords stand over rows or before labels that are parts of the row above.
var partWords = keys("trong đó", "chia ra", "bao gồm", "gồm có", "gồm")

// IsPart reports whether a label says that its row is a part of one above it,
// which is counted there already.
func IsPart(label string) bool {
	key := viet.Key(Unnumbered(label))
	for _, w := range partWords {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return false
}

// endWords begin what stands under a table: notes, place and date, signatures.
var endWords = keys(
	"ghi chú", "chú thích", "lưu ý", "nguồn", "nơi nhận", "người lập", "lập biểu", "người tổng hợp", "kế toán trưởng",
	"thủ trưởng", "giám đốc", "phó giám đốc", "chủ tịch", "trưởng phòng", "tm", "kt", "tl", "tuq", "xác nhận của", "ký tên",
)

// EndsTable reports whether a text stands under tables rather than in them.
func EndsTable(text string) bool {
	key := viet.Key(text)
	for _, w := range endWords {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return strings.Contains(key, dayWord) && strings.Contains(key, monthWord) && strings.Contains(key, yearWord)
}

// remarkWords begin remarks on a table, which may go on below them.
var remarkWords = keys("ghi chú", "chú thích", "lưu ý", "nguồn")

// endsForGood reports whether a text that stands under tables is no remark: whom a paper
// goes to and who signs it. What follows is of no table, whatever it looks like.
func endsForGood(text string) bool {
	return !beginsWith(viet.Key(text), remarkWords) && !isFootnote(text)
}

// signWords are in what signs a table, by key.
var signWords = keys(
	"người lập", "lập biểu", "người tổng hợp", "kế toán trưởng", "thủ trưởng", "giám đốc", "phó giám đốc", "chủ tịch", "phó chủ tịch", "trưởng phòng", "tm", "kt", "tl", "tuq",
	"xác nhận của", "ký tên", "ký ghi rõ", "người kiểm tra", "người duyệt", "hiệu trưởng", "nơi nhận",
)

// IsSignature reports whether a text belongs to the signatures under a table.
func IsSignature(text string) bool { return beginsWith(viet.Key(text), signWords) }

var dayWord, monthWord, yearWord = viet.Key("ngày"), viet.Key("tháng"), viet.Key("năm")

// numberingHeads are the heads of columns that number rows.
var numberingHeads = keys("stt", "tt", "số tt", "số thứ tự", "thứ tự", "no", "số")

// IsNumbering reports whether the words over a column say that it numbers rows.
func IsNumbering(leafKey string) bool { return contains(numberingHeads, leafKey) }

// remarkHeads are the heads of columns with remarks or with the unit.
var remarkHeads = keys("ghi chú", "chú thích", "giải trình", "đvt", "đơn vị tính", "đơn vị", "mã vùng")

// IsRemark reports whether a column holds remarks or units and so no figures.
func IsRemark(leafKey string) bool { return contains(remarkHeads, leafKey) }

func contains(list []string, key string) bool {
	for _, w := range list {
		if w == key {
			return true
		}
	}
	return false
}

// Unnumbered takes numbering off the front of a label: "1.", "a)", "II.", "-".
func Unnumbered(label string) string {
	s := strings.TrimLeft(label, "-–—+*•· \t\u00a0")
	head, rest, ok := strings.Cut(s, " ")
	if ok && isNumbering(head) {
		return strings.TrimLeft(rest, " -–")
	}
	return s
}

// Numbering gives the numbering at the front of a label, without dot or
// bracket: "1.02" of "1.02. Số hội nghị"; "" when there is none.
func Numbering(label string) string {
	head, _, ok := strings.Cut(strings.TrimLeft(label, "-–—+*• "), " ")
	if !ok || !isNumbering(head) {
		return ""
	}
	return strings.Trim(head, ".)(")
}

// isNumbering knows "1", "1.2.", "(3)", "a)", "IV.": digits alone count only
// with something behind them that ends them, or a dot inside.
func isNumbering(head string) bool {
	bare := strings.Trim(head, ".)(")
	if bare == "" || len(bare) > 12 {
		return false
	}
	ended := bare != head || strings.Contains(bare, ".")
	roman := strings.Trim(bare, "IVX") == ""
	letter := len(bare) == 1 && (bare[0]|0x20) >= 'a' && (bare[0]|0x20) <= 'z'
	digits := bare[0] >= '0' && bare[0] <= '9' && strings.Trim(bare, "0123456789.abcdefgh") == ""
	return ended && (roman || letter || digits)
}

func keys(words ...string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = viet.Key(w)
	}
	return out
}
