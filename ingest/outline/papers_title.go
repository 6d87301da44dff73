package outline

import (
	"slices"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/paper"
)

// commonWords are in the titles of reports of any kind, by key: they do not tell
// one from another. The English ones are those of statistics in two languages.
var commonWords = func() map[string]bool {
	out := map[string]bool{}
	for _, words := range keysOf(
		"báo cáo biểu mẫu bảng số liệu danh sách tổng hợp kết quả tình hình thực hiện thống kê phụ lục kế hoạch tiến độ công tác triển khai",
		"của về và các theo trên tại trong đến từ với cho địa bàn tỉnh thành phố huyện xã phường năm tháng quý kỳ ngày đầu cuối tuần",
		"number of by the in and to for with year years city cities district districts table",
	) {
		for w := range strings.FieldsSeq(words) {
			out[w] = true
		}
	}
	return out
}()

// planTitles begin the titles of plans, and planSheets are the names of their sheets, by key.
var (
	planTitles = keysOf("kế hoạch", "dự toán", "chỉ tiêu kế hoạch", "bảng kế hoạch", "biểu kế hoạch", "biểu dự toán", "bảng dự toán")
	planSheets = keysOf("kế hoạch", "kh", "ke hoach", "dự toán", "du toan", "dt", "chỉ tiêu kế hoạch")
)

// provinceStem begins the word in all the ways in which statistics spell it.
const provinceStem = "provinc"

// isCommon reports whether a word of a title does not say what a table is about.
func isCommon(w string) bool { return commonWords[w] || strings.HasPrefix(w, provinceStem) }

// motto begins the lines that stand on every letter, by key.
var motto = keysOf("cộng hòa xã hội chủ nghĩa", "độc lập", "đảng cộng sản việt nam", "kèm theo", "ban hành kèm theo", "đơn vị tính", "đvt", "unit", "kính gửi")

// title gives what stands over a table and says what it is about, without the body
// that made it, the motto, the unit and the day of the letter.
func (r *read) title(t *table.Table, agency string) paper.Title {
	var title paper.Title
	var lines []string
	body := viet.Key(agency)
	for _, row := range r.sheet.RowNumbers(r.above(t)) {
		if row >= t.Top {
			break
		}
		cells := r.sheet.Row(row)
		for i := range cells {
			text, _ := viet.Clean(cells[i].Text)
			if !cells[i].IsText() || !saysWhat(text, body) {
				continue
			}
			lines = append(lines, text)
			for _, w := range viet.WithoutMonthNames(strings.Fields(viet.Key(text))) {
				if isYear(w) {
					title.Years = append(title.Years, w)
				}
				if !isCommon(w) && !isNumeral(w) && !slices.Contains(title.Words, w) {
					title.Words = append(title.Words, w)
				}
			}
		}
	}
	title.Text = strings.Join(lines, " ")
	title.Plan = beginsWithAny(viet.Key(title.Text), planTitles) || slices.Contains(planSheets, viet.Key(r.sheet.Name))
	return title
}

// above gives the first row of the words over a table: after the table before it.
func (r *read) above(t *table.Table) int {
	from := 1
	for _, other := range r.found.Tables {
		if other.Last < t.Top {
			from = max(from, other.Last+1)
		}
	}
	return from
}

// saysWhat reports whether a line over a table may say what it is about.
func saysWhat(text, body string) bool {
	key := viet.Key(text)
	if key == "" || key == body || beginsWithAny(key, motto) || isBody(text) || table.EndsTable(text) || strings.Contains(text, ":") {
		return false
	}
	_, general := viet.FindUnit(text)
	return !general
}

// isNumeral reports whether a word of a key is a number, or a letter that numbers.
func isNumeral(w string) bool {
	return len(w) == 1 || w[0] >= '0' && w[0] <= '9' || strings.Trim(w, "ivx") == ""
}
