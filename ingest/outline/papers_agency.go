package outline

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/paper"
)

// reporterWords stand before who reports, in the words over a table, by key.
var reporterWords = keysOf("đơn vị báo cáo", "cơ quan báo cáo", "tên đơn vị", "đơn vị gửi báo cáo", "cơ sở gdnn", "mã đơn vị phát sinh dữ liệu", "mã đơn vị gửi báo cáo")

// bodyWords begin the names of bodies that stand at the head of a report, by key.
var bodyWords = keysOf(
	"sở", "ubnd", "ủy ban", "hội", "đoàn", "đài", "báo", "trung tâm", "chi cục", "phòng",
	"trường", "bệnh viện", "công an", "liên đoàn", "ban", "cục", "chi nhánh", "công ty", "tổng công ty", "xí nghiệp", "nhà máy", "hợp tác xã",
	"phòng giao dịch", "pgd", "bvđk", "ttyt", "thuế cơ sở", "thuế tỉnh", "thuế huyện", "ngân hàng",
	"trạm", "đội", "đồn", "hạt kiểm lâm", "bưu cục", "bưu điện", "kho bạc", "quỹ tín dụng", "bảo hiểm xã hội tỉnh", "bảo hiểm xã hội thành phố", "bảo hiểm xã hội khu vực", "bảo hiểm xã hội huyện", "bhxh", "viện", "học viện", "tòa án", "thanh tra", "văn phòng", "thư viện", "bảo tàng", "nhà văn hóa", "cơ sở cai nghiện", "cơ sở bảo trợ", "tỉnh đoàn", "huyện đoàn",
	"xã", "phường", "thị trấn", "huyện", "thị xã", "tỉnh",
)

// communeWords begin the names of places that are bodies as well, by key: "UBND XÃ TÂN HỘI" is
// "XÃ TÂN HỘI".
var communeWords = keysOf("xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "thành phố", "tỉnh")

// notBodies begin words that only look like the names of bodies, by key.
var notBodies = keysOf("báo cáo", "ban hành", "phòng chống", "phòng ngừa", "trường hợp", "hội nghị", "hội thảo", "đoàn kết", "báo động", "đội ngũ", "viện phí", "viện trợ", "hợp tác xã trên", "thanh tra, kiểm tra", "thanh tra việc", "ban đầu", "xã hội")

// titleWords begin the titles of reports, by key.
var titleWords = keysOf("báo cáo", "biểu", "bảng", "danh sách", "tổng hợp", "kết quả", "tình hình", "thống kê", "phụ lục", "kế hoạch", "tiến độ")

// longestBody is how long the name of a body may be, in bytes.
const longestBody = 120

// agency gives who reports, as the words over a table say: behind "Đơn vị báo cáo:",
// in the cell beside such words, or as the last body named at the top left, before
// the title. Rows of other tables are not looked at: "Trường Mầm non Hoa Sen" in one is a
// row, and no one who reports.
//
// above is the body that it names over that one, "" where it names none.
func (r *read) agency(t *table.Table) (body, above string) {
	titled := false
	for _, row := range r.sheet.RowNumbers(1) {
		if row >= t.Top {
			break
		}
		if slices.ContainsFunc(r.found.Tables, func(other *table.Table) bool { return other.First <= row && row <= other.Last }) {
			continue
		}
		cells := r.sheet.Row(row)
		for i := range cells {
			if !cells[i].IsText() {
				continue
			}
			said, sure := reporter(cells, i)
			if sure {
				return said, ""
			}
			if said != "" {
				body, above = said, ""
			}
		}
		first := firstText(cells)
		titled = titled || isReportTitle(first)
		if !titled && isBody(first) {
			body, above = first, body
		}
	}
	return body, above
}

// reporter gives who reports as a cell says it together with the one beside it;
// sure where both stand in one.
func reporter(cells []sheet.Cell, i int) (body string, sure bool) {
	text, _ := viet.Clean(cells[i].Text)
	label, value, labelled := strings.Cut(text, ":")
	key := viet.Key(label)
	value = strings.Trim(value, " .…")
	if !slices.Contains(reporterWords, key) && !(key == unitOrBody && viet.NamesBody(value)) {
		return "", false
	}
	if labelled && value != "" {
		return value, true
	}
	if i+1 < len(cells) && strings.Trim(cells[i+1].Text, " .…-") != "" {
		return cells[i+1].Text, false
	}
	return "", false
}

// firstText gives the words in the first cell of a row, "" where no words stand
// there.
func firstText(cells []sheet.Cell) string {
	if len(cells) == 0 || !cells[0].IsText() {
		return ""
	}
	text, _ := viet.Clean(cells[0].Text)
	return text
}

// isReportTitle reports whether words are the title of a report: they begin like
// one, or name a period.
func isReportTitle(text string) bool {
	if beginsWithAny(viet.Key(text), titleWords) {
		return true
	}
	_, dated := viet.TitlePeriod(text, calendar.Civil())
	return dated
}

// isBody reports whether words are the name of a body.
func isBody(text string) bool {
	key := viet.Key(text)
	return beginsWithAny(key, bodyWords) && !beginsWithAny(key, notBodies) && !strings.Contains(text, ":") && len(text) < longestBody
}

func beginsWithAny(key string, words []string) bool {
	for _, w := range words {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return false
}

// byKey gives the key of who made a table: the body that it names under another, else that of
// its file.
func byKey(p *paper.Table, above string) string {
	if p.Agency != "" {
		return bodyKey(p.Agency, above)
	}
	return p.FileKey
}

// fileKey gives the key of files whose names differ in nothing but the time: "thang-1.xlsx",
// "thang-2.xlsx". Those that name no body are of one.
func fileKey(file string) string {
	_, rest := viet.PeriodsOfName(baseName(file), calendar.Civil(), anyYear)
	return paper.NoBody + rest
}

// bodyKey gives the key of a body, the same for "UBND xã Tân Hội" and "Ủy ban nhân dân xã Tân
// Hội"; behind it the key of its district, where its name or the body above it names one: there
// are many schools and communes of one name.
func bodyKey(body, above string) string {
	body, behind, _ := strings.Cut(body, ",")
	key := viet.Key(body)
	for _, b := range shortBodies {
		if rest, ok := cutWord(key, b.long); ok {
			key = strings.TrimSpace(b.short + " " + rest)
			break
		}
	}
	if place, ok := cutWord(key, shortBodies[0].short); ok && beginsWithAny(place, communeWords) {
		key = place
	}
	if district := cmp.Or(districtIn(behind), districtIn(above)); district != "" {
		return key + paper.KeyStep + district
	}
	return key
}

// districtIn gives the key of the name of the district, or city, that words name.
func districtIn(words string) string {
	key := " " + viet.Key(words) + " "
	first, name := len(key), ""
	for _, w := range districtWords {
		if i := strings.Index(key, " "+w+" "); i >= 0 && i < first {
			first, name = i, key[i+len(w)+1:]
		}
	}
	name, _, _ = strings.Cut(name, " "+provinceWord+" ")
	return strings.TrimSpace(name)
}

var (
	districtWords = keysOf("huyện", "quận", "thị xã", "tx", "thành phố", "tp")
	provinceWord  = viet.Key("tỉnh")
)

// shortBodies are what the names of bodies are shortened to, by key.
var shortBodies = []struct{ long, short string }{
	{viet.Key("ủy ban nhân dân"), viet.Key("ubnd")}, {viet.Key("bệnh viện đa khoa"), viet.Key("bvđk")}, {viet.Key("trung tâm y tế"), viet.Key("ttyt")},
	{viet.Key("bảo hiểm xã hội"), viet.Key("bhxh")}, {viet.Key("phòng giao dịch"), viet.Key("pgd")},
}
