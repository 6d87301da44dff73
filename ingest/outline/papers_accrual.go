package outline

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/paper"
)

// Words over figures that say how those of one period go together with the next, by key.
var (
	flowWords = keysOf("trong kỳ", "trong tháng", "trong quý", "trong tuần", "trong năm", "phát sinh", "tháng này", "quý này", "tăng trong", "giảm trong")
	// yearToDate go on to the end of a year and begin anew with the next, and so do the
	// plans that are given for a year and stand in the report of every month of it.
	yearToDate = keysOf("từ đầu năm")
	yearPlans  = keysOf(
		"kế hoạch năm", "kế hoạch cả năm", "kh năm", "kh cả năm", "dự toán năm", "dự toán được giao", "dự toán giao", "dự toán hđnd giao", "dự toán ubnd giao", "dự toán trung ương giao",
		"chỉ tiêu năm", "chỉ tiêu được giao", "chỉ tiêu giao", "kế hoạch được giao", "kế hoạch giao", "kế hoạch vốn", "mục tiêu năm", "ước thực hiện cả năm", "ước cả năm", "ước thực hiện năm",
	)
	planHeads    = keysOf("kế hoạch", "kh", "dự toán", "chỉ tiêu", "mục tiêu") // before a year: "Kế hoạch 2026"
	sinceWords   = keysOf("lũy kế", "cộng dồn", "từ đầu kỳ", "từ đầu nhiệm kỳ", "từ đầu dự án")
	openingWords = keysOf(
		"đầu kỳ", "đầu tháng", "đầu quý", "tồn đầu", "dư đầu", "kỳ trước chuyển sang", "tháng trước chuyển sang", "quý trước chuyển sang", "năm trước chuyển sang", "kỳ trước chuyển qua",
		"tồn kỳ trước", "tồn tháng trước", "tồn năm trước", "số đầu năm", "có đầu năm",
	)
	closingHeads = keysOf(
		"đến nay", "đến hết", "đến cuối", "cuối kỳ", "cuối tháng", "cuối quý", "tồn cuối", "dư cuối", "tồn kho", "tồn quỹ", "hiện có", "hiện còn", "hiện tại", "dư nợ", "số dư", "nợ quá hạn", "nợ xấu",
		"đang theo dõi", "đang quản lý", "đang giải quyết", "đang thụ lý", "chuyển kỳ sau", "chuyển sang kỳ sau", "tổng mức đầu tư", "vốn điều lệ", "so với đầu năm",
	)
	columnHeads  = keysOf("còn lại", "đến ngày", "tính đến", "tính tới") // of columns: a row "Còn lại" is the rest of a list
	closingTails = keysOf("đến nay", "cuối kỳ", "cuối tháng", "cuối quý", "hiện có", "hiện còn", "còn lại", "so với đầu năm")
	// headWords stand before what is said of figures: "Số dư nợ", "Trong đó: nợ quá hạn".
	headWords = keysOf("số", "tổng số", "tổng", "số tiền", "trong đó")
)

// accrualOf tells it by the words over a column: the lowest that say something decide,
// "Dư nợ › Phát sinh trong kỳ".
func accrualOf(path []string) paper.Accrual {
	for _, step := range slices.Backward(path) {
		if a := accrualIn(viet.Key(table.Unnumbered(step)), true); a != paper.Unsaid {
			return a
		}
	}
	return paper.Unsaid
}

// rowAccrual tells it by the names of a row, which say more of what was done: "Thu từ xử lý
// hàng tồn kho" happens in a period.
func rowAccrual(names []string) paper.Accrual {
	for _, name := range slices.Backward(names) {
		if a := accrualIn(viet.Key(table.Unnumbered(name)), false); a != paper.Unsaid {
			return a
		}
	}
	return paper.Unsaid
}

// accrualIn tells it by some words, by key; over a column also by those that they end in.
func accrualIn(key string, column bool) paper.Accrual {
	bare := key
	for _, w := range headWords {
		if rest, ok := cutWord(key, w); ok && rest != "" {
			bare = rest
		}
	}
	begins := func(words []string) bool { return beginsWithAny(bare, words) || beginsWithAny(key, words) }
	holds := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(" "+key+" ", " "+w+" ") })
	}
	has := func(words []string) bool { return column && holds(words) || begins(words) }
	switch {
	case holds(yearToDate), begins(yearPlans), isYearPlan(bare):
		return paper.YearToDate
	case has(sinceWords):
		return paper.Closing
	case has(flowWords):
		return paper.Flow
	case begins(openingWords), column && endsWithAny(key, openingWords):
		return paper.Opening
	case begins(closingHeads), column && (begins(columnHeads) || endsWithAny(key, closingTails) || isUntil(key)):
		return paper.Closing
	}
	return paper.Unsaid
}

// isYearPlan knows "Kế hoạch 2026".
func isYearPlan(key string) bool {
	head, year, ok := cutLast(key)
	return ok && isYear(year) && slices.Contains(planHeads, head)
}

// isUntil knows words that go on to a day, "Thực hiện đến 31/3", and no range, "Từ 18 đến 60
// tuổi".
func isUntil(key string) bool {
	words := strings.Fields(key)
	for i, w := range words {
		if w != untilWord || i > 1 && words[i-2] == rangeWord {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(words[i+1:]), func(w string) bool { return slices.Contains(dayWords, w) })
		if len(rest) < len(words[i+1:]) && len(rest) > 0 && isNumeral(rest[0]) {
			return true // "đến hết tháng 3"
		}
		if len(rest) > 1 && isDay(rest[0], rest[1]) {
			return true
		}
	}
	return false
}

// isDay reports whether two words are a day and a month.
func isDay(day, month string) bool {
	d, err1 := strconv.Atoi(day)
	m, err2 := strconv.Atoi(month)
	return err1 == nil && err2 == nil && 1 <= d && d <= 31 && 1 <= m && m <= 12
}

var (
	untilWord, rangeWord = viet.Key("đến"), viet.Key("từ")
	dayWords             = keysOf("ngày", "hết", "tháng", "quý", "cuối")
)

// cutLast takes the last word off a key.
func cutLast(key string) (rest, last string, ok bool) {
	i := strings.LastIndexByte(key, ' ')
	if i < 0 {
		return key, "", false
	}
	return key[:i], key[i+1:], true
}

func endsWithAny(key string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return key == w || strings.HasSuffix(key, " "+w) })
}
