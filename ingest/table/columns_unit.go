package table

import (
	"strings"

	"tonghop/ingest/viet"
)

// columnUnit gives the unit that the words over a column state, the lowest first.
func columnUnit(path []string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if u := BracketedUnit(path[i]); u != "" {
			return u
		}
		if u := Unit(path[i]); u != "" && IsUnit(u) {
			return u
		}
		if u := bilingualUnit(path[i]); u != "" && i > 0 { // alone it heads what is named: "Trường / School"
			return u
		}
	}
	if leaf := path[len(path)-1]; strings.TrimSpace(leaf) == "%" {
		return "%"
	}
	return ""
}

// readUnitRow gives the columns of figures the units that stand in the lowest row of the
// head with no brackets around them, one of a measure among them: "công trình", "triệu đồng".
// Words for what is counted are no units alone: "Số trẻ › Học sinh".
func (t *Table) readUnitRow() {
	measured := false
	var under []*Col
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role != ColValue || len(c.Path) < 2 {
			continue
		}
		leaf := c.Path[len(c.Path)-1]
		if !IsUnit(leaf) {
			return
		}
		measured = measured || viet.ParseUnit(leaf).Measure
		if c.Unit == "" {
			under = append(under, c)
		}
	}
	if !measured {
		return
	}
	for _, c := range under {
		c.Unit = c.Path[len(c.Path)-1]
	}
}

// bilingualUnit gives the unit of words that are a unit in two languages and nothing
// else: "Người - Person", "Nghìn tấn / Thous. tons".
func bilingualUnit(words string) string {
	for _, between := range []string{" - ", " – ", "/"} {
		unit, english, found := strings.Cut(words, between)
		if unit = strings.TrimSpace(unit); found && IsUnit(unit) && isEnglish(english) && !headWords[viet.Key(unit)] { // "Đơn vị / Unit" heads units or bodies
			return unit
		}
	}
	return ""
}

// BracketedUnit gives the unit in the last brackets of words, where they end there
// or go on in another language: "Diện tích (ha) / Area". It is a unit that is
// known, or what the words themselves count: "Số lao động (lao động)".
func BracketedUnit(words string) string {
	for end := strings.LastIndexByte(words, ')'); end > 0; end = strings.LastIndexByte(words[:end], ')') {
		open := strings.LastIndexByte(words[:end], '(')
		if open < 0 {
			return ""
		}
		inner := strings.TrimSpace(words[open+1 : end])
		key := viet.Key(inner)
		if IsUnit(inner) || key != "" && strings.Count(key, " ") <= 2 && strings.Contains(" "+viet.Key(words[:open])+" ", " "+key+" ") {
			return inner
		}
	}
	return ""
}

// unitKeys are words that units are made of, by key: what stands in brackets
// after the words of a column is mostly something else.
var unitKeys = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range keys(
		"đồng", "đ", "vnđ", "vnd", "usd", "triệu", "nghìn", "ngàn", "tỷ", "tỉ", "trđ", "tr", "người", "hộ", "lượt", "lượt người", "khẩu", "nhân khẩu", "lao động", "khách hàng", "máy", "đơn", "hợp đồng", "phòng", "ha", "km", "km2", "m", "m2", "m3", "tấn", "tạ", "kg", "con", "cái", "chiếc", "cuộc",
		"ca", "trẻ", "em", "học sinh", "lớp", "trường", "xã", "thôn", "đơn vị", "cơ sở", "công trình", "dự án", "ngày", "giờ", "phút", "nhà", "suất", "văn bản", "hồ sơ", "vụ", "bài", "tin", "buổi", "hội nghị", "lần", "điểm", "giường", "liều", "quả", "cây", "bộ", "cuốn", "quyển", "thùng", "gói", "chai", "mũi", "lít", "kwh", "mw",
	) {
		set[w] = true
	}
	return set
}()

// IsUnit reports whether words are a unit and nothing else.
func IsUnit(text string) bool {
	if strings.TrimSpace(text) == "%" {
		return true
	}
	if _, ok := Money(text); ok {
		return true
	}
	key := viet.Key(withoutScale(text))
	if unitKeys[key] {
		return true
	}
	for w := range strings.SplitSeq(key, " ") {
		if !unitKeys[w] {
			return false
		}
	}
	return key != ""
}

// withoutScale takes a power of ten in digits off the head of a unit: "1.000 tấn".
func withoutScale(unit string) string {
	rest := strings.TrimLeft(unit, "0123456789., ")
	head := strings.NewReplacer(".", "", ",", "", " ", "").Replace(unit[:len(unit)-len(rest)])
	if zeros, ok := strings.CutPrefix(head, "1"); ok && zeros != "" && strings.Trim(zeros, "0") == "" {
		return rest
	}
	return unit
}
