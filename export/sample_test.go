package export

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// sampleIndicators is the form of the Hải Dương letter: code, unit, type and
// scale, grain, flags, name. Flags: "*" may repeat, "of X" and "split X" parts,
// "ratio A/B", "sum A B" computed, "none" not additive.
const sampleIndicators = `
1.01|văn bản|int|agency||Số văn bản chỉ đạo, kế hoạch đã ban hành
1.02|cuộc|int|place|*|Số hội nghị, tọa đàm, lễ kỷ niệm
1.03|lượt người|int|place|*|Số lượt người tham dự
1.03a|lượt người|int|place|*,of 1.03|Trong đó: người làm công tác xã hội
1.03b|lượt người|int|place|*,of 1.03|Nữ
1.04|lớp|int|place||Số lớp tập huấn, bồi dưỡng
1.05|lượt người|int|place||Số học viên
1.06|tin, bài|int|agency|*|Số tin, bài trên báo in, báo điện tử, cổng thông tin
1.07|chuyên mục|int|agency||Số phóng sự, chuyên mục phát thanh, truyền hình
1.08|phút|dec1|agency||Tổng thời lượng phát sóng
1.09|lượt|int|place||Số lượt phát trên đài truyền thanh cơ sở
1.10|bài|int|agency||Số bài đăng trên mạng xã hội
1.11|lượt|int|agency|*|Số lượt tiếp cận trên mạng xã hội
1.12|cái|int|place||Băng rôn, khẩu hiệu, pa nô
1.13|tờ|int|place||Tờ rơi, tờ gấp, tài liệu đã phát
1.14|đơn vị|int|place||Số đơn vị trực thuộc có tổ chức hoạt động
1.15|đơn vị|int|place||Tổng số đơn vị trực thuộc
1.16|%|dec1|place|ratio 1.14/1.15|Tỷ lệ đơn vị có tổ chức hoạt động
1.17|tập thể|int|place||Tập thể được biểu dương, khen thưởng
1.18|người|int|place||Cá nhân được biểu dương, khen thưởng
1.19|có/không|bool|agency||Bảo đảm quy định phòng, chống dịch Covid-19
1.20|cuộc|int|agency||Số cuộc phải hoãn, hủy, chuyển trực tuyến do dịch
2.01|người|int|place|*|Số người có hoàn cảnh khó khăn được trợ giúp
2.01a|người|int|place|*,split 2.01|Chia ra: trẻ em
2.01b|người|int|place|*,split 2.01|Chia ra: người cao tuổi
2.01c|người|int|place|*,split 2.01|Chia ra: người khuyết tật
2.01d|người|int|place|*,split 2.01|Chia ra: đối tượng khác
2.02|hộ|int|place|*|Số hộ gia đình được trợ giúp
2.02a|hộ|int|place|*,of 2.02|Trong đó: hộ nghèo
2.02b|hộ|int|place|*,of 2.02|Trong đó: hộ cận nghèo
2.03|suất|int|place||Số suất quà đã trao
2.04|triệu đồng|dec3|place||Hỗ trợ bằng tiền
2.05|triệu đồng|dec3|place||Hỗ trợ bằng hiện vật (quy đổi)
2.06|triệu đồng|dec3|place|sum 2.04 2.05|Tổng trị giá hỗ trợ
2.06a|triệu đồng|dec3|place|split 2.06|Chia theo nguồn: ngân sách
2.06b|triệu đồng|dec3|place|split 2.06|Chia theo nguồn: xã hội hóa
2.06c|triệu đồng|dec3|place|split 2.06|Chia theo nguồn: khác
2.07|ca|int|place||Số ca được tư vấn, tham vấn
2.08|ca|int|place||Số ca chuyển gửi, kết nối dịch vụ
2.09|lượt người|int|place|*|Số lượt tình nguyện viên tham gia
2.10|ngày công|dec1|place||Số ngày công tình nguyện
2.11|nhà|int|place|*|Nhà được xây mới, sửa chữa
2.12|cơ sở|int|place||Số cơ sở cung cấp dịch vụ công tác xã hội
2.13|người|int|place||Số người làm công tác xã hội
2.13a|người|int|place|of 2.13|Trong đó: có chuyên môn công tác xã hội
2.14|điểm|dec1|agency|none|Mức độ hài lòng theo khảo sát của đơn vị
2.15|người|int|agency|max|Cuộc đông người nhất
3.01||text|agency||Kết quả nổi bật
3.02||text|agency||Khó khăn, vướng mắc
3.03||text|agency||Kiến nghị, đề xuất
`

var sampleGroups = []report.Group{
	{Code: "1", Name: report.Text{VI: "Thông tin và truyền thông"}},
	{Code: "2", Name: report.Text{VI: "Vận động và trợ giúp người có hoàn cảnh khó khăn"}},
	{Code: "3", Name: report.Text{VI: "Đánh giá chung"}},
}

var sampleAgencies = []report.Agency{
	{Code: "syt", Name: report.Text{VI: "Sở Y tế"}},
	{Code: "sgddt", Name: report.Text{VI: "Sở Giáo dục và Đào tạo"}, Short: "Sở GD&ĐT"},
	{Code: "stttt", Name: report.Text{VI: "Sở Thông tin và Truyền thông"}, Short: "Sở TT&TT"},
	{Code: "dptth", Name: report.Text{VI: "Đài Phát thanh - Truyền hình tỉnh"}, Short: "Đài PT-TH"},
	{Code: "bhd", Name: report.Text{VI: "Báo Hải Dương"}},
	{Code: "mttq", Name: report.Text{VI: "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"}, Short: "UBMTTQ tỉnh"},
	{Code: "hlhpn", Name: report.Text{VI: "Hội Liên hiệp Phụ nữ tỉnh"}, Short: "Hội LHPN tỉnh"},
	{Code: "hctd", Name: report.Text{VI: "Hội Chữ thập đỏ tỉnh"}, Short: "Hội CTĐ tỉnh"},
	{Code: "tdtn", Name: report.Text{VI: "Tỉnh đoàn Thanh niên Cộng sản Hồ Chí Minh"}, Short: "Tỉnh đoàn"},
}

var samplePlaces = []string{
	"288 Thành phố Hải Dương", "290 Thành phố Chí Linh", "291 Huyện Nam Sách", "292 Thị xã Kinh Môn", "293 Huyện Kim Thành",
	"294 Huyện Thanh Hà", "295 Huyện Cẩm Giàng", "296 Huyện Bình Giang", "297 Huyện Gia Lộc", "298 Huyện Tứ Kỳ",
	"299 Huyện Ninh Giang", "300 Huyện Thanh Miện", "30T Cấp tỉnh",
}

// sampleDefinition reads the table above.
func sampleDefinition() *report.Definition {
	d := &report.Definition{
		Code: "ngay-ctxh", Version: "2021.1", Calendar: "d09", Groups: sampleGroups,
		Title: report.Text{VI: "Báo cáo kết quả tổ chức các hoạt động Ngày Công tác xã hội Việt Nam"},
	}
	for line := range strings.Lines(strings.TrimSpace(sampleIndicators)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		ind := report.Indicator{Code: f[0], Group: f[0][:1], Unit: f[1], Type: report.Type(f[2]), By: report.By(f[3]), Name: report.Text{VI: f[5]}}
		if scale, ok := strings.CutPrefix(f[2], "dec"); ok {
			ind.Type, ind.Scale = report.TypeDec, int(scale[0]-'0')
		}
		for flag := range strings.SplitSeq(f[4], ",") {
			applyFlag(&ind, flag)
		}
		d.Indicators = append(d.Indicators, ind)
	}
	return d
}

func applyFlag(ind *report.Indicator, flag string) {
	word, rest, _ := strings.Cut(flag, " ")
	switch word {
	case "*":
		ind.Repeats = true
	case "of", "split":
		ind.Part, ind.Parent = report.Part(word), rest
	case "ratio":
		ind.Num, ind.Den, _ = strings.Cut(rest, "/")
		ind.Factor = 100
		ind.Roll = report.Roll{Agency: report.RollRatio, Place: report.RollRatio, Time: report.RollRatio}
	case "sum":
		a, b, _ := strings.Cut(rest, " ")
		ind.Compute = "[" + a + "] + [" + b + "]"
	case "none", "max":
		ind.Roll = report.Roll{Agency: report.Rolling(word), Place: report.Rolling(word)}
	}
}

func sampleRegister() *report.Register {
	r := &report.Register{Code: "hai-duong", Version: "2021.1", Agencies: slices.Clone(sampleAgencies)}
	r.Places = append(r.Places, report.Place{Code: "30", Name: report.Text{VI: "Tỉnh Hải Dương"}, Level: report.LevelProvince})
	for _, p := range samplePlaces {
		code, name, _ := strings.Cut(p, " ")
		level := report.LevelDistrict
		if code == "30T" {
			level = report.LevelProvincial
		}
		r.Places = append(r.Places, report.Place{Code: code, Name: report.Text{VI: name}, Level: level, Parent: "30"})
	}
	return r.Index()
}

func sampleRequest() *report.Request {
	req := &report.Request{
		Code: "ngay-ctxh-2021", Definition: "ngay-ctxh", Version: "2021.1", Register: "hai-duong", Registered: "2021.1", Place: "30",
		Title:     report.Text{VI: "Kết quả tổ chức các hoạt động Ngày Công tác xã hội Việt Nam năm 2021"},
		Issuer:    report.Issuer{Name: "Sở Lao động - Thương binh và Xã hội", Superior: "Ủy ban nhân dân tỉnh Hải Dương", Code: "SLĐTBXH", City: "Hải Dương"},
		Letter:    report.Letter{Number: "Số 365/SLĐTBXH-BTXH", Date: calendar.MustDate("2021-03-04")},
		Recipient: report.Text{VI: "Ủy ban nhân dân tỉnh Hải Dương"},
		Signature: report.Signature{Authority: "KT. GIÁM ĐỐC", Title: "PHÓ GIÁM ĐỐC", Name: "Nguyễn Văn An"},
		Receivers: []string{"- Ủy ban nhân dân tỉnh (để báo cáo);", "- Bộ Lao động - Thương binh và Xã hội (để báo cáo);", "- Giám đốc Sở (để báo cáo);", "- Các đơn vị báo cáo;", "- Lưu: VT, BTXH."},
		From:      calendar.MustDate("2021-03-05"), To: calendar.MustDate("2021-03-30"),
		Due: calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2021-03-30")},
	}
	for _, a := range sampleAgencies {
		req.Agencies = append(req.Agencies, a.Code)
	}
	return req
}

// at gives a moment in Vietnam.
func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, calendar.Vietnam())
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// builder makes a summary from facts, in its own plain way.
type builder struct {
	*report.Summary
	rand  *rand.Rand
	extra []leaf // computed, without a source
}

// sample is the summary most tests read: seven of nine agencies heard, one of
// them with nothing to report, one late, one sent back, one that corrected.
func sample() *report.Summary {
	b := newBuilder(sampleDefinition(), sampleRegister(), sampleRequest())
	for i, agency := range b.Request.Agencies {
		st := report.AgencyStatus{
			Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1,
			ReceivedAt: at("2021-03-26 08:15").Add(time.Duration(i) * 7 * time.Hour), File: "Bao cao Ngay CTXH - " + agency + ".xlsx",
			SHA256: hashOf(agency), Upload: hashOf(agency)[:24],
		}
		b.dress(&st)
		if st.Version > 0 && !st.Nil {
			b.facts(agency, st.File, st.Version)
		}
		b.Agencies = append(b.Agencies, st)
	}
	b.Notes = sampleNotes()
	return b.finish()
}

// dress gives some agencies a story.
func (b *builder) dress(st *report.AgencyStatus) {
	due, _ := b.Request.Due.Compute(calendar.Period{}, calendar.VietnamHolidays())
	switch st.Agency {
	case "bhd":
		*st = report.AgencyStatus{Agency: st.Agency, State: report.AgencyMissing}
	case "hctd":
		st.State, st.Version, st.Findings, st.Newest = report.AgencyReturned, 0, 3, report.StateReturned
	case "dptth":
		st.Nil, st.File = true, ""
	case "stttt":
		st.ReceivedAt = at("2021-04-01 09:40")
	case "mttq":
		st.Version, st.Versions = 2, 2
		st.Explanations = []report.Explanation{{Code: "X", Reason: "Tặng quà bằng xe lăn"}}
	}
	if !st.ReceivedAt.IsZero() {
		st.Timeliness = due.Judge(st.ReceivedAt)
	}
}

func newBuilder(d *report.Definition, reg *report.Register, req *report.Request) *builder {
	b := &builder{Summary: &report.Summary{
		Request: req, Definition: d, Register: reg, AsOf: at("2021-04-01 17:05"), State: hashOf("state"), Provisional: true,
		Total: map[string]report.Cell{}, ByAgency: map[[2]string]report.Cell{}, ByPlace: map[[2]string]report.Cell{},
		AgencyPlace: map[[3]string]report.Cell{}, ByLevel: map[[2]string]report.Cell{},
	}, rand: rand.New(rand.NewPCG(20, 21))}
	for i := range d.Indicators {
		b.Indicators = append(b.Indicators, &d.Indicators[i])
	}
	return b
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// facts makes up what an agency says.
func (b *builder) facts(agency, file string, version int) {
	for n, ind := range b.Indicators {
		if ind.Num != "" || ind.Compute != "" {
			continue
		}
		if ind.By != report.ByPlace {
			b.fact(agency, file, version, ind, "30T", fmt.Sprintf("C%d", n+4))
			continue
		}
		for k := range b.Register.Places {
			if p := &b.Register.Places[k]; p.Level != report.LevelProvince && b.rand.IntN(4) > 0 {
				b.fact(agency, file, version, ind, p.Code, fmt.Sprintf("%c%d", 'C'+n%20, k+8))
			}
		}
	}
}

var sampleStories = []string{
	"Tổ chức lễ kỷ niệm gắn với tuyên truyền nghề công tác xã hội; trao quà cho trẻ em, người cao tuổi, người khuyết tật có hoàn cảnh đặc biệt khó khăn trên địa bàn.",
	"Dịch Covid-19 diễn biến phức tạp từ cuối tháng 01/2021 nên nhiều hoạt động tập trung phải hoãn hoặc chuyển sang trực tuyến. Kinh phí còn hạn hẹp, đội ngũ cộng tác viên kiêm nhiệm.",
	"Đề nghị bố trí kinh phí thường xuyên cho hoạt động công tác xã hội; mở thêm lớp bồi dưỡng nghiệp vụ cho cộng tác viên cấp xã.",
}

func (b *builder) fact(agency, file string, version int, ind *report.Indicator, place, cell string) {
	f := report.Fact{Unit: agency, Place: place, Indicator: ind.Code, Source: report.Source{Sheet: "Biểu " + ind.Group, Cell: cell}}
	switch {
	case ind.Type == report.TypeText:
		f.Value = report.TextOf(sampleStories[int(ind.Code[3]-'1')%3])
		b.Answers = append(b.Answers, report.Answer{Agency: agency, Indicator: ind.Code, Text: f.Value.Text, Source: f.Source})
	case ind.Type == report.TypeBool:
		f.Value = report.BoolOf(true)
	case b.rand.IntN(40) == 0:
		f.Value = report.Value{Kind: report.Nil}
	case b.rand.IntN(60) == 0:
		f.Value = report.Value{Kind: report.NotCollected}
	case ind.Code == "1.15":
		f.Value = report.NumberOf(decimal.New(4000+b.rand.Int64N(1000), 0))
	default:
		f.Value = report.NumberOf(decimal.New(b.rand.Int64N(90)*b.rand.Int64N(40)+1, ind.Scale))
	}
	f.Source.Text = f.Value.String()
	b.Sources = append(b.Sources, report.SourceLine{Agency: agency, Version: version, File: file, Fact: f})
}

// finish adds everything up.
func (b *builder) finish() *report.Summary {
	b.compute()
	for i := range b.Agencies {
		if b.Agencies[i].Version > 0 {
			b.Heard++
		} else {
			b.Missing = append(b.Missing, b.Agencies[i].Agency)
		}
	}
	b.Asked = len(b.Agencies)
	for i := range b.Register.Places {
		if p := &b.Register.Places[i]; p.Level != report.LevelProvince {
			b.Places = append(b.Places, p)
		}
	}
	slices.SortStableFunc(b.Answers, func(x, y report.Answer) int { return cmp.Compare(x.Indicator, y.Indicator) })
	for _, ind := range b.Indicators {
		b.roll(ind)
	}
	return b.Summary
}

// leaf is a figure with all its coordinates.
type leaf struct {
	key   [3]string // indicator, agency, place
	value report.Value
}

func (b *builder) leaves(match func(k [3]string) bool) []leaf {
	var out []leaf
	for i := range b.Sources {
		l := &b.Sources[i]
		if k := [3]string{l.Indicator, l.Agency, l.Place}; match(k) {
			out = append(out, leaf{k, l.Value})
		}
	}
	return append(out, b.computed(match)...)
}

// computed gives the figures of indicators that are sums of two others.
func (b *builder) computed(match func(k [3]string) bool) []leaf {
	var out []leaf
	for _, l := range b.extra {
		if match(l.key) {
			out = append(out, l)
		}
	}
	return out
}

func (b *builder) cellOf(ind *report.Indicator, asked, heard int, match func(k [3]string) bool) report.Cell {
	c := report.Cell{Asked: asked, Heard: heard}
	if ind.Num != "" {
		num := b.cellOf(b.Definition.Indicator(ind.Num), asked, heard, func(k [3]string) bool { return match([3]string{ind.Code, k[1], k[2]}) && k[0] == ind.Num })
		den := b.cellOf(b.Definition.Indicator(ind.Den), asked, heard, func(k [3]string) bool { return match([3]string{ind.Code, k[1], k[2]}) && k[0] == ind.Den })
		if num.Value.Kind != report.Number || den.Value.Kind != report.Number {
			c.Mark = report.MarkUndefined
			return c
		}
		up, _ := num.Value.Num.Mul(decimal.FromInt(ind.Factor))
		q, err := up.Quo(den.Value.Num, ind.Scale, decimal.HalfEven)
		if err != nil {
			c.Mark = report.MarkUndefined
			return c
		}
		c.Value = report.NumberOf(q)
		return c
	}
	numbers, quiet := 0, report.MarkBlank
	var sum decimal.Sum
	most := decimal.FromInt(0)
	for _, l := range b.leaves(match) {
		switch l.value.Kind {
		case report.Number:
			numbers++
			sum.Add(l.value.Num)
			if l.value.Num.Cmp(most) > 0 {
				most = l.value.Num
			}
		case report.YesNo:
			c.Value = l.value
		case report.Nil:
			quiet = report.MarkNil
		case report.NotCollected:
			quiet = report.MarkNotCollected
		}
	}
	switch {
	case c.Value.Kind == report.YesNo:
	case heard == 0:
		c.Mark = report.MarkMissing
	case numbers == 0:
		c.Mark = quiet
	case numbers > 1 && ind.On(report.AxisAgency) == report.RollNone:
		c.Mark = report.MarkNotAdditive
	case ind.On(report.AxisAgency) == report.RollMax:
		c.Value = report.NumberOf(most)
	default:
		total, _ := sum.Value()
		c.Value = report.NumberOf(total)
		if ind.Repeats && numbers > 1 {
			c.Mark = report.MarkRepeats
		}
	}
	return c
}

// compute works out the sums of two others, which have no source of their own.
func (b *builder) compute() {
	for _, ind := range b.Indicators {
		if ind.Compute == "" {
			continue
		}
		one, two := ind.Compute[1:5], ind.Compute[10:14]
		type spot [2]string
		sums := map[spot]*decimal.Sum{}
		var order []spot
		for i := range b.Sources {
			l := &b.Sources[i]
			if l.Indicator != one && l.Indicator != two || l.Value.Kind != report.Number {
				continue
			}
			at := spot{l.Agency, l.Place}
			if sums[at] == nil {
				sums[at] = new(decimal.Sum)
				order = append(order, at)
			}
			sums[at].Add(l.Value.Num)
		}
		for _, at := range order {
			total, _ := sums[at].Value()
			b.extra = append(b.extra, leaf{[3]string{ind.Code, at[0], at[1]}, report.NumberOf(total)})
		}
	}
}

// roll fills in the cells of one indicator.
func (b *builder) roll(ind *report.Indicator) {
	code := ind.Code
	own := func(k [3]string) bool { return k[0] == code }
	b.Total[code] = b.cellOf(ind, b.Asked, b.Heard, own)
	said := map[[2]string]bool{}
	for _, l := range b.leaves(func(k [3]string) bool { return own(k) || k[0] == ind.Num && ind.Num != "" }) {
		said[[2]string{l.key[1], l.key[2]}] = true
	}
	for i := range b.Agencies {
		a := &b.Agencies[i]
		heard := min(a.Version, 1)
		cell := b.cellOf(ind, 1, heard, func(k [3]string) bool { return own(k) && k[1] == a.Agency })
		if a.Nil && cell.Value.IsNone() {
			cell.Mark = report.MarkNil
		} else if heard == 0 {
			cell.Mark = report.MarkMissing
		}
		b.ByAgency[[2]string{code, a.Agency}] = cell
	}
	for pair := range said {
		agency, place := pair[0], pair[1]
		b.AgencyPlace[[3]string{code, agency, place}] = b.cellOf(ind, 1, 1, func(k [3]string) bool { return own(k) && k[1] == agency && k[2] == place })
		b.ByPlace[[2]string{code, place}] = b.cellOf(ind, b.Asked, b.Heard, func(k [3]string) bool { return own(k) && k[2] == place })
	}
}

func sampleNotes() []report.Note {
	late := fault.New(fault.SubmittedLate, fault.A("due", "2021-03-30"), fault.A("days", "2"))
	return []report.Note{
		{Kind: "missing", Agency: "bhd", Words: "Chưa có báo cáo được tính."},
		{Kind: "missing", Agency: "hctd", Words: "Chưa có báo cáo được tính."},
		{Kind: "late", Agency: "stttt", Fault: &late, At: at("2021-04-01 09:40")},
		{Kind: "repeats", Indicator: "1.03", Words: "Cộng từ nhiều nguồn, có thể trùng."},
		{Kind: "corrected", Agency: "mttq", Place: "290", Indicator: "2.04", Words: "Bản 2 thay bản 1: 125,5 → 152,5.", At: at("2021-03-29 10:00")},
		{Kind: "adjusted", Agency: "tdtn", Place: "288", Indicator: "1.03", Words: "Điều chỉnh: 1.200 → 1.020. Lý do: gõ nhầm thứ tự chữ số, đơn vị đã xác nhận qua điện thoại.", At: at("2021-03-30 15:30")},
		{Kind: "explained", Agency: "mttq", Indicator: "2.06", Words: "Quà gồm xe lăn và sổ tiết kiệm nên bình quân một suất cao hơn 20 triệu đồng.", At: at("2021-03-29 10:00")},
	}
}

// official gives the sample as it is after the close, with everyone heard.
func official() *report.Summary {
	s := sample()
	s.Official, s.Provisional = true, false
	return s
}

// mustWorkbook builds a workbook that has to succeed.
func mustWorkbook(t testing.TB, s *report.Summary) []byte {
	t.Helper()
	out, err := Workbook(s)
	if err != nil {
		t.Fatalf("Workbook: %v", err)
	}
	return out
}
