package draft

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"tonghop/ingest/outline"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/calendar"
)

// heading is what the words over the tables say of the form.
type heading struct {
	number string // "Biểu 01/GDNN"
	title  string
	legal  []string
	period string
	d09    bool // periods from the 15th to the 14th
}

var (
	formNumber = regexp.MustCompile(`(?i)(?:biểu mẫu|biểu|mẫu)\s*(?:số\s*)?:?\s*[0-9A-ZĐ][\p{L}\p{N}]*(?:\.[\p{L}\p{N}]+|\s?[/-]\s?[\p{L}\p{N}]+)*`)
	annex      = regexp.MustCompile(`(?i)phụ lục\s*(?:số\s*)?[0-9IVX]+[a-z]?`)
	systemName = regexp.MustCompile(`^[A-Z]{1,3}\d{4,6}$`)
	cites      = regexp.MustCompile(`(?i)(?:ban hành kèm theo|kèm theo|căn cứ|theo)\s+(?:thông tư|quyết định|nghị định|công văn|nghị quyết|luật)[^()]*`)
	year       = regexp.MustCompile(`(?i)năm\s*(\d{4})`)
	yearMonth  = regexp.MustCompile(`^(20\d{2})(0[1-9]|1[0-2])$`)
	onDay      = regexp.MustCompile(`(?i)ngày\s*\d{1,2}\s*tháng`)
)

// readHeading reads the words over the tables of the first copy, from the top.
func readHeading(forms []*outline.Form) heading {
	var h heading
	best := 0
	seen := map[string]bool{}
	for i, f := range forms {
		for _, s := range f.Over {
			line := strings.Join(strings.Fields(s.Text), " ")
			if seen[line] {
				continue
			}
			seen[line] = true
			h.read(line)
			if i > 0 && table.Numbering(line) != "" { // "II. Kinh phí" heads one table of several
				continue
			}
			if score := titleScore(line); score > best {
				best, h.title = score, line
			}
		}
	}
	return h
}

func (h *heading) read(line string) {
	cited := cites.FindString(line)
	if cited != "" {
		h.legal = append(h.legal, strings.Trim(cited, " ;,."))
		h.d09 = h.d09 || strings.Contains(cited, "09/2019")
	} else if h.number == "" || systemName.MatchString(h.number) {
		switch {
		case systemName.MatchString(line):
			h.number = line
		case formNumber.MatchString(line) && strings.ContainsAny(formNumber.FindString(line), "0123456789"):
			h.number = formNumber.FindString(line)
		case h.number == "":
			h.number = annex.FindString(line)
		}
	}
	if h.period == "" && cited == "" && !onDay.MatchString(line) {
		h.period = periodIn(line)
	}
}

// periodIn gives the period that words state, "" for none.
func periodIn(line string) string {
	if _, after, ok := strings.Cut(line, ":"); ok {
		line = after
	}
	line = strings.Trim(line, " ()")
	if p, ok := viet.TitlePeriod(line, calendar.Civil()); ok {
		return p.Key()
	}
	if p, err := viet.Period(line, calendar.Civil(), 0); err == nil {
		return p.Key()
	}
	if m := yearMonth.FindStringSubmatch(line); m != nil {
		return m[1] + "-M" + m[2]
	}
	if m := year.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return ""
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

var (
	titleWords = keys("báo cáo", "biểu", "bảng", "kế hoạch", "tổng hợp", "danh sách", "số", "kết quả", "tình hình", "thống kê", "dự toán", "quyết toán", "chỉ tiêu")
	notTitles  = keys("cộng hòa", "cộng hoà", "độc lập", "ubnd", "ủy ban", "uỷ ban", "sở", "bộ", "tỉnh", "phòng", "chi cục", "đơn vị", "kính gửi", "kèm theo", "ban hành", "phụ lục", "mẫu", "tên", "mã", "ngày", "id", "kỳ báo cáo", "cơ sở", "địa chỉ", "loại", "cấp", "biểu số", "biểu mẫu")
)

// titleScore says how likely a line is the title: its first word, capitals, length.
func titleScore(line string) int {
	key := viet.Key(line)
	letters, capitals := 0, 0
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	if letters < 8 || len(line) > 400 || strings.HasPrefix(line, "(") || beginsWith(key, notTitles) || strings.Contains(line, "…") || strings.HasSuffix(line, ":") {
		return 0
	}
	score := 1
	if capitals*10 >= letters*8 {
		score += 4
	}
	if beginsWith(key, titleWords) {
		score += 3
	}
	if letters >= 20 {
		score++
	}
	return score
}

// withoutExtension is the name of a file without what says how it is kept.
func withoutExtension(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }
