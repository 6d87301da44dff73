package outline

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/paper"
)

// Words over figures that say how those of one period go together with the next, by key.
var (
	flowWords    = keysOf("trong kỳ", "trong tháng", "trong quý", "trong tuần", "trong năm", "phát sinh", "tháng này", "quý này", "tăng trong", "giảm trong")
	openingWords = keysOf("đầu kỳ", "đầu tháng", "đầu quý", "kỳ trước chuyển sang", "tháng trước chuyển sang", "quý trước chuyển sang", "năm trước chuyển sang", "kỳ trước chuyển qua", "tồn kỳ trước", "tồn tháng trước", "tồn năm trước", "số đầu năm", "tồn đầu năm", "dư đầu năm", "có đầu năm")
	sinceWords   = keysOf("lũy kế", "cộng dồn", "từ đầu năm", "từ đầu kỳ", "từ đầu nhiệm kỳ", "từ đầu dự án") // "Lũy kế phát sinh từ đầu kỳ"
	closingWords = keysOf(
		"đến nay", "đến hết", "đến ngày", "đến cuối", "tính đến", "tính tới", "đến tháng", "đến quý",
		"cuối kỳ", "cuối tháng", "cuối quý", "cuối năm", "hiện có", "hiện còn", "hiện tại", "dư nợ", "số dư", "đang theo dõi", "đang quản lý", "tồn kho", "chuyển kỳ sau", "chuyển sang kỳ sau",
	)
	// yearPlans are given for a year and stand in the report of every month of it.
	yearPlans = keysOf("kế hoạch năm", "kế hoạch cả năm", "kh năm", "kh cả năm", "dự toán năm", "dự toán được giao", "dự toán giao", "chỉ tiêu năm", "chỉ tiêu được giao", "chỉ tiêu giao", "kế hoạch được giao", "kế hoạch giao", "kế hoạch vốn", "mục tiêu năm")
)

// accrualOf tells it by the words over a column, or of a row: the lowest that say
// something decide, "Dư nợ › Phát sinh trong kỳ".
func accrualOf(path []string) paper.Accrual {
	for _, step := range slices.Backward(path) {
		key := " " + viet.Key(step) + " "
		has := func(words []string) bool {
			return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(key, " "+w+" ") })
		}
		switch {
		case has(sinceWords), has(yearPlans):
			return paper.Closing
		case has(flowWords):
			return paper.Flow
		case has(openingWords):
			return paper.Opening
		case has(closingWords):
			return paper.Closing
		}
	}
	return paper.Flow
}
