package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

// maxWords is how many lines in words stand before the table.
const maxWords = 10

// words gives the lines in words: who was heard and who was not, the largest
// figures, and what to know about them.
func (p *paper) words() []string {
	out := []string{p.heardWords(), p.missingWords(), p.lateWords()}
	out = append(out, p.nilWords()...)
	out = append(out, p.pendingWords()...)
	for _, ind := range p.mainIndicators() {
		out = append(out, p.mainWords(ind))
	}
	out = append(out, p.repeatsWords()...)
	out = append(out, p.changesWords()...)
	return out[:min(len(out), maxWords)]
}

func (p *paper) heardWords() string {
	kind := "Số liệu chính thức"
	switch {
	case p.s.Provisional && p.s.Official:
		kind = "Số liệu " + Provisional + " (mới gồm báo cáo đã được duyệt)"
	case p.s.Provisional:
		kind = "Số liệu " + Provisional
	}
	return fmt.Sprintf("%s, tổng hợp từ báo cáo của %d/%d đơn vị, tính đến %s.", kind, p.s.Heard, p.s.Asked, moment(p.s.AsOf))
}

func (p *paper) missingWords() string {
	if len(p.s.Missing) == 0 {
		return "Tất cả các đơn vị đã có báo cáo."
	}
	names := make([]string, len(p.s.Missing))
	for i, agency := range p.s.Missing {
		names[i] = p.s.Register.AgencyName(agency)
	}
	return fmt.Sprintf("Chưa có số liệu của %d đơn vị: %s.", len(names), listed(names))
}

func (p *paper) lateWords() string {
	late := p.agenciesThat(func(a *report.AgencyStatus) bool { return a.Timeliness.IsLate() }, func(a *report.AgencyStatus) string {
		return " (" + a.Timeliness.VI() + ")"
	})
	if len(late) == 0 {
		return "Không có đơn vị nộp chậm."
	}
	return fmt.Sprintf("Nộp chậm: %s.", listed(late))
}

func (p *paper) nilWords() []string {
	names := p.agenciesThat(func(a *report.AgencyStatus) bool { return a.Nil && counts(a) }, nil)
	if len(names) == 0 {
		return nil
	}
	return []string{"Báo cáo không phát sinh: " + listed(names) + "."}
}

// pendingWords names those whose report is under way.
func (p *paper) pendingWords() []string {
	names := p.agenciesThat(func(a *report.AgencyStatus) bool {
		return !counts(a) && a.State != report.AgencyMissing
	}, func(a *report.AgencyStatus) string { return " (" + stateWord(a) + ")" })
	if len(names) == 0 {
		return nil
	}
	return []string{"Đang xử lý: " + listed(names) + "."}
}

func (p *paper) agenciesThat(is func(*report.AgencyStatus) bool, more func(*report.AgencyStatus) string) []string {
	var out []string
	for i := range p.s.Agencies {
		if a := &p.s.Agencies[i]; is(a) {
			name := p.s.Register.AgencyName(a.Agency)
			if more != nil {
				name += more(a)
			}
			out = append(out, name)
		}
	}
	return out
}

// listed joins names; of a long list it says how many more there are.
func listed(names []string) string {
	const most = 12
	if len(names) <= most {
		return strings.Join(names, "; ")
	}
	return fmt.Sprintf("%s; và %d đơn vị khác (xem trang “%s”)", strings.Join(names[:most], "; "), len(names)-most, sheetStatus)
}

// mainIndicators picks what is told in words and drawn: the first sum by place
// that has a figure, the largest sum of people, the largest sum of money.
func (p *paper) mainIndicators() []*report.Indicator {
	var out []*report.Indicator
	for _, ind := range []*report.Indicator{
		p.firstPlaced(),
		p.largest(func(ind *report.Indicator) bool { return ind.Unit == "người" }),
		p.money(),
	} {
		if ind != nil && !slices.Contains(out, ind) {
			out = append(out, ind)
		}
	}
	return out
}

func (p *paper) firstPlaced() *report.Indicator {
	for _, ind := range p.placed {
		if p.isMain(ind) {
			return ind
		}
	}
	return nil
}

// money is the largest sum of money.
func (p *paper) money() *report.Indicator {
	return p.largest(func(ind *report.Indicator) bool { return strings.HasSuffix(ind.Unit, "đồng") })
}

// isMain tells whether an indicator is a sum of its own, and not nought.
func (p *paper) isMain(ind *report.Indicator) bool {
	v := p.s.Total[ind.Code].Value
	return ind.Parent == "" && ind.On(report.AxisAgency) == report.RollSum && v.Kind == report.Number && v.Num.Sign() > 0
}

func (p *paper) largest(is func(*report.Indicator) bool) *report.Indicator {
	var out *report.Indicator
	for _, ind := range p.figures {
		if !p.isMain(ind) || !is(ind) {
			continue
		}
		if out == nil || p.s.Total[ind.Code].Value.Num.Cmp(p.s.Total[out.Code].Value.Num) > 0 {
			out = ind
		}
	}
	return out
}

// mainWords tells a total and where most of it lies.
func (p *paper) mainWords(ind *report.Indicator) string {
	total := p.s.Total[ind.Code]
	text := fmt.Sprintf("%s: %s %s (%s đơn vị báo cáo)", ind.Name.VI, shownNumber(total.Value, p.scales[ind.Code]), ind.Unit, heardOf(total.Heard, total.Asked))
	if name, share := p.topAgency(ind); name != "" {
		text += fmt.Sprintf("; đơn vị cao nhất: %s, %s", name, share)
	}
	if name, share := p.topPlace(ind); name != "" {
		text += fmt.Sprintf("; địa bàn cao nhất: %s, %s", name, share)
	}
	return text + "."
}

func (p *paper) topAgency(ind *report.Indicator) (name, share string) {
	var tops []ranked
	for i := range p.s.Agencies {
		agency := p.s.Agencies[i].Agency
		tops = append(tops, ranked{p.s.Register.AgencyName(agency), p.s.ByAgency[[2]string{ind.Code, agency}].Value})
	}
	return p.top(ind, tops)
}

func (p *paper) topPlace(ind *report.Indicator) (name, share string) {
	if ind.By != report.ByPlace || ind.On(report.AxisPlace) != report.RollSum {
		return "", ""
	}
	var tops []ranked
	for _, r := range p.places {
		if r.parts == nil {
			tops = append(tops, ranked{r.place.Name.VI, p.placeCell(ind, r).Value})
		}
	}
	return p.top(ind, tops)
}

// ranked is somebody's figure.
type ranked struct {
	name  string
	value report.Value
}

// top gives the one with the largest figure, and what it is with its share of
// the total. Nobody where there is only one.
func (p *paper) top(ind *report.Indicator, all []ranked) (name, share string) {
	all = slices.DeleteFunc(all, func(r ranked) bool { return r.value.Kind != report.Number })
	if len(all) < 2 {
		return "", ""
	}
	most := slices.MaxFunc(all, func(a, b ranked) int { return a.value.Num.Cmp(b.value.Num) })
	upper, err := most.value.Num.Mul(decimal.FromInt(100))
	if err != nil {
		return "", ""
	}
	percent, err := upper.Quo(p.s.Total[ind.Code].Value.Num, 1, decimal.HalfEven)
	if err != nil || most.value.Num.Sign() <= 0 {
		return "", ""
	}
	return most.name, fmt.Sprintf("%s (%s%%)", shownNumber(most.value, p.scales[ind.Code]), decimal.FormatVI(percent, 1))
}

func (p *paper) repeatsWords() []string {
	n := 0
	for _, ind := range p.figures {
		if p.s.Total[ind.Code].Mark == report.MarkRepeats {
			n++
		}
	}
	joint := 0
	for i := range p.s.Notes {
		if p.s.Notes[i].Kind == "joint" {
			joint++
		}
	}
	var out []string
	if n > 0 {
		out = append(out, fmt.Sprintf("%d chỉ tiêu cộng từ nhiều nơi nên có thể trùng (số có dấu *); không coi là số không trùng lặp.", n))
	}
	if joint > 0 {
		out = append(out, fmt.Sprintf("%d chỗ có hai đơn vị báo cùng những con số tại một địa bàn, có thể là một việc được tính hai lần; xem trang “%s”.", joint, sheetNotes))
	}
	return out
}

func (p *paper) changesWords() []string {
	n := map[string]int{}
	for i := range p.s.Notes {
		n[p.s.Notes[i].Kind]++
	}
	var parts []string
	for _, kind := range noteKinds {
		if c := n[kind.code]; c > 0 && kind.counted != "" {
			parts = append(parts, fmt.Sprintf(kind.counted, c))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"Đã " + strings.Join(parts, ", ") + "; chi tiết ở trang “" + sheetNotes + "”."}
}

// hasPartWord tells whether a name says itself that it is a part, at its
// beginning or, as in "Giảm chia ra: khác", further on.
func hasPartWord(name string) bool {
	low := strings.ToLower(name)
	for _, word := range []string{"bao gồm", "gồm", "- "} {
		if strings.HasPrefix(low, word) {
			return true
		}
	}
	for _, word := range []string{"trong đó", "chia ra", "chia theo"} {
		if strings.Contains(low, word) {
			return true
		}
	}
	return false
}

// legend says under the table what its signs mean, of those that occur in the
// workbook.
func (p *paper) legend(w *xlsx.Worksheet, row, last int) int {
	text := "Ghi chú: " + strings.Join(p.legendWords(), "; ") + "."
	across(w, row, 1, last, text, smallStyle)
	w.Row(row, xlsx.Row{Height: fit(text, p.totalWidth(), smallStyle)})
	return row + 1
}

func (p *paper) legendWords() []string {
	words := []string{"ô xám để trống: chưa có số liệu, không phải bằng 0"}
	seen := p.marks()
	for _, m := range []struct {
		mark report.Mark
		text string
	}{
		{report.MarkNil, wordNil + ": không phát sinh"},
		{report.MarkNotCollected, wordNotCollected + ": có phát sinh nhưng không thu thập được"},
		{report.MarkNotApplicable, wordNotApplicable + ": không áp dụng"},
		{report.MarkBlank, wordBlank + ": đã báo cáo nhưng bỏ trống chỉ tiêu này"},
		{report.MarkNotAdditive, wordNotAdditive + ": không được cộng"},
		{report.MarkUndefined, wordUndefined + ": không xác định (mẫu số bằng 0 hoặc thiếu)"},
		{report.MarkOverflow, wordOverflow + ": vượt quá khả năng lưu trữ, không làm tròn"},
		{report.MarkRepeats, "dấu *: có thể trùng khi cộng"},
	} {
		if seen[m.mark] {
			words = append(words, m.text)
		}
	}
	return append(words, "bấm vào một số để mở các ô nguồn của số đó")
}

// marks gathers the marks that occur in the tables.
func (p *paper) marks() map[report.Mark]bool {
	seen := map[report.Mark]bool{}
	for _, c := range p.s.Total {
		seen[c.Mark] = true
	}
	for _, c := range p.s.ByAgency {
		seen[c.Mark] = true
	}
	for _, c := range p.s.ByPlace {
		seen[c.Mark] = true
	}
	return seen
}

// byFigure orders by falling figure, then by name.
func byFigure(a, b ranked) int {
	return cmp.Or(b.value.Num.Cmp(a.value.Num), cmp.Compare(a.name, b.name))
}
