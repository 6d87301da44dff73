package draft

import (
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// bodyWords begin the names of bodies and facilities, by key.
var bodyWords = keys("sở", "trường", "bệnh viện", "trung tâm", "trạm y tế", "trạm", "công ty", "hợp tác xã", "phòng khám",
	"chi nhánh", "chi cục", "ban quản lý", "đơn vị", "doanh nghiệp", "ngân hàng", "quỹ tín dụng", "cơ sở", "học viện", "đại học", "phòng")

// unitNames stand over the names of units and people: "Tên đơn vị", by key.
var unitNames = keys("tên đơn vị", "tên cơ sở", "tên trường", "tên cơ quan", "tên cskcb", "tên doanh nghiệp", "tên hợp tác xã",
	"tên bệnh viện", "tên công ty", "tên dự án", "tên công trình", "họ và tên", "họ tên", "cơ sở khám chữa bệnh", "cơ quan đơn vị")

func keys(words ...string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, viet.Key(w))
	}
	return out
}

func beginsWith(key string, words []string) bool {
	for _, w := range words {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return false
}

// body reports whether a row is more than words: not a section, not an ellipsis.
func (r *row) body() bool {
	return r.Role != table.RowSection && strings.Trim(r.label, " .…-") != ""
}

// open reports whether rows are put in where there are examples or an ellipsis:
// the form does not fix its rows.
func (g *grid) open() bool {
	for _, r := range g.rows {
		if strings.Trim(r.label, " .…") == "" && strings.ContainsAny(r.label, ".…") {
			return true
		}
	}
	return false
}

// placesAmong counts the rows that are places, and the rows.
func (g *grid) placesAmong() (places, rows int) {
	for _, r := range g.rows {
		if !r.body() || r.Role == table.RowTotal && r.place.Code == "" {
			continue
		}
		rows++
		if r.place.Sure() && r.place.Code != "" {
			places++
		}
	}
	return places, rows
}

// shape decides which way the table runs, by what stands in it. why says so.
func (g *grid) shape() (shape string, why Question) {
	places, rows := g.placesAmong()
	bodies := 0
	for _, r := range g.rows {
		if r.body() && beginsWith(viet.Key(r.label), bodyWords) {
			bodies++
		}
	}
	switch {
	case places >= 2 && places*5 >= rows*4:
		return placesDown, Question{
			VI: "các dòng là địa bàn nên dùng places-down; nếu mỗi dòng là một đơn vị thì đổi thành list?",
			EN: "the rows are places, so places-down; is each row an agency's unit (list) instead?",
		}
	case beginsWith(viet.Key(g.nameHead()), unitNames) || bodies >= 2 && bodies*3 >= rows*2:
		return unitList, Question{
			VI: "các dòng là đơn vị nên dùng list và đưa các đơn vị vào danh mục; nếu dòng là chỉ tiêu cố định thì đổi thành matrix?",
			EN: "the rows are units, so list, with the units in the register; are they fixed indicators (matrix) instead?",
		}
	case len(g.cols) > 1 || g.shared: // a column by itself is looked for on the whole tab
		return matrix, Question{
			VI: "các dòng là chỉ tiêu, theo cột số liệu, nên dùng matrix; nếu dòng là đơn vị thì đổi thành list?",
			EN: "the rows are indicators over columns of figures, so matrix; are the rows units (list) instead?",
		}
	}
	return indicatorsDown, Question{
		VI: "các dòng là chỉ tiêu, có một cột số liệu, nên dùng indicators-down; nếu dòng là đơn vị thì đổi thành list?",
		EN: "the rows are indicators with one column of figures, so indicators-down; are the rows units (list) instead?",
	}
}

// nameHead gives the words over the column of names.
func (g *grid) nameHead() string { return leaf(g.headed(table.ColName)) }

// headed gives the first column of a role with words over it, else the first, else
// nil.
func (g *grid) headed(role table.ColRole) *table.Col {
	var first *table.Col
	for i := range g.all {
		if c := &g.all[i]; c.Role == role {
			if len(c.Path) > 0 {
				return c
			}
			if first == nil {
				first = c
			}
		}
	}
	return first
}

func leaf(c *table.Col) string {
	if c == nil || len(c.Path) == 0 {
		return ""
	}
	return c.Path[len(c.Path)-1]
}
