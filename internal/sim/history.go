package sim

import (
	"fmt"
	"math/rand/v2"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// The little province of the simulation.
var (
	agencies   = []string{"syt", "sgd", "hpn"}
	places     = []string{"288", "290", "30T"}
	requestKey = report.RequestKey("ky-1")
	morning    = time.Date(2021, 3, 25, 1, 0, 0, 0, time.UTC)
)

// definition has an indicator for each way of rolling up that a correction must
// come out of exactly: sums, a ratio, the greatest, a yes or no, a text.
func definition() *report.Definition {
	return &report.Definition{
		Code: "bieu", Version: "1", Title: report.Text{VI: "Biểu thử"}, Calendar: "d09",
		Indicators: []report.Indicator{
			{Code: "1", Name: report.Text{VI: "Số cuộc"}, Unit: "cuộc", Type: report.TypeInt, By: report.ByPlace},
			{Code: "2", Name: report.Text{VI: "Kinh phí"}, Unit: "triệu đồng", Type: report.TypeDec, Scale: 3, By: report.ByPlace, Repeats: true},
			{Code: "3", Name: report.Text{VI: "Bình quân một cuộc"}, Unit: "triệu đồng", Type: report.TypeDec, Scale: 2, By: report.ByPlace,
				Num: "2", Den: "1", Roll: report.Roll{Agency: report.RollRatio, Place: report.RollRatio}},
			{Code: "4", Name: report.Text{VI: "Cuộc đông nhất"}, Unit: "người", Type: report.TypeInt, By: report.ByPlace,
				Roll: report.Roll{Agency: report.RollMax, Place: report.RollMax}},
			{Code: "5", Name: report.Text{VI: "Bảo đảm phòng dịch"}, Type: report.TypeBool},
			{Code: "6", Name: report.Text{VI: "Kết quả nổi bật"}, Type: report.TypeText},
		},
		Sheets: []report.Sheet{
			{Name: "Biểu 1", Shape: report.PlacesDown, Places: []string{"30/district", "30T"}, Indicators: []string{"1", "2", "3", "4"}},
			{Name: "Biểu 2", Shape: report.IndicatorsDown, Indicators: []string{"5", "6"}},
		},
	}
}

func register() *report.Register {
	return (&report.Register{
		Code: "tinh", Version: "1", Title: report.Text{VI: "Danh mục thử"},
		Places: []report.Place{
			{Code: "30", Name: report.Text{VI: "Tỉnh Hải Dương"}, Level: report.LevelProvince},
			{Code: "30T", Name: report.Text{VI: "Cấp tỉnh"}, Level: report.LevelProvincial, Parent: "30"},
			{Code: "288", Name: report.Text{VI: "Thành phố Hải Dương"}, Level: report.LevelDistrict, Parent: "30"},
			{Code: "290", Name: report.Text{VI: "Thành phố Chí Linh"}, Level: report.LevelDistrict, Parent: "30"},
		},
		Agencies: []report.Agency{
			{Code: "syt", Name: report.Text{VI: "Sở Y tế"}, Place: "30T"},
			{Code: "sgd", Name: report.Text{VI: "Sở Giáo dục và Đào tạo"}, Place: "30T"},
			{Code: "hpn", Name: report.Text{VI: "Hội Liên hiệp Phụ nữ tỉnh"}, Place: "30T"},
		},
	}).Index()
}

func request(approval bool) *report.Request {
	return &report.Request{
		Code: "ky-1", Title: report.Text{VI: "Kỳ thử"}, Definition: "bieu", Version: "1", Register: "tinh", Registered: "1", Place: "30",
		Issuer:   report.Issuer{Name: "Sở Lao động - Thương binh và Xã hội", Superior: "Ủy ban nhân dân tỉnh", City: "Hải Dương"},
		Due:      calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2021-03-30")},
		Agencies: agencies, Approval: approval,
	}
}

// History is a set of events, in the order in which they were made.
type History []*report.Event

// maker makes a history.
type maker struct {
	rng    *rand.Rand
	at     time.Time
	events History
	subs   map[string][]string // by agency: IDs of submissions
	ups    map[string]int      // by agency: uploads so far
}

// NewHistory makes the history of a seed: a few dozen events on a request, its
// definition and its register.
func NewHistory(seed uint64) History {
	m := &maker{rng: rand.New(rand.NewPCG(seed, 2)), at: morning, subs: map[string][]string{}, ups: map[string]int{}}
	m.add(report.Key{Scope: report.ScopeDefinition, Name: "bieu"}, &report.DefinitionApplied{Definition: definition()})
	m.add(report.Key{Scope: report.ScopeRegister, Name: "tinh"}, &report.RegisterApplied{Register: register()})
	m.add(requestKey, &report.RequestApplied{Revision: 1, Request: request(m.rng.IntN(2) == 0)})
	for range 8 + m.rng.IntN(24) {
		m.step()
	}
	return m.events
}

// add seals an event. Time stands still as often as it moves: two events of one
// moment must be told apart by what they are.
func (m *maker) add(key report.Key, body report.Body) *report.Event {
	m.at = m.at.Add(time.Duration(m.rng.IntN(2)) * time.Minute)
	e := &report.Event{Key: key, At: m.at, Actor: report.Actor{Role: report.RoleSystem, ID: "sim"}, Body: body}
	if err := codec.Seal(e); err != nil {
		panic(fmt.Sprintf("simulation made an event that cannot be written: %v", err))
	}
	m.events = append(m.events, e)
	return e
}

// step is one thing that happens.
func (m *maker) step() {
	agency := agencies[m.rng.IntN(len(agencies))]
	switch n := m.rng.IntN(23); {
	case n < 9:
		m.upload(agency)
	case n < 11:
		m.review(agency, func(id string) report.Body { return &report.Withdrawn{Submission: id, Reason: "nhầm số liệu"} })
	case n < 13:
		m.review(agency, func(id string) report.Body { return &report.Returned{Submission: id, Reason: "xem lại biểu 1"} })
	case n < 15:
		m.review(agency, func(id string) report.Body { return &report.Approved{Submission: id} })
	case n < 17:
		m.review(agency, m.adjusted)
	case n < 18:
		m.add(requestKey, &report.Closed{Reason: "hết hạn"})
	case n < 19:
		m.add(requestKey, &report.Reopened{Reason: "còn đơn vị chưa nộp"})
	case n < 22:
		m.answer(agency)
	default:
		m.add(requestKey, &report.RequestApplied{Revision: 1 + m.rng.IntN(3), Request: request(m.rng.IntN(2) == 0)})
	}
}

func (m *maker) adjusted(id string) report.Body {
	return &report.Adjusted{
		Submission: id, Unit: "syt", Place: places[m.rng.IntN(len(places))], Indicator: "1",
		New: decimal.FromInt(int64(m.rng.IntN(50))), Reason: "trùng với Hội Phụ nữ",
	}
}

func (m *maker) review(agency string, body func(id string) report.Body) {
	if ids := m.subs[agency]; len(ids) > 0 {
		m.add(report.ReturnKey("ky-1", agency), body(ids[m.rng.IntN(len(ids))]))
	}
}

// answer says what words of the agency's own mean, or takes such an answer back: of
// few questions, so that answers meet, and in one of two returns of the agency, so
// that no optimistic lock has put them in order.
func (m *maker) answer(agency string) {
	request := []string{"ky-1", "ky-2"}[m.rng.IntN(2)]
	words := []string{"Số cuộc họp", "Kinh phí đã chi"}[m.rng.IntN(2)]
	m.add(report.ReturnKey(request, agency), &report.Answered{
		Definition: "bieu", Question: report.QuestionKey(report.AskColumn, "Biểu 1", words), About: report.AskColumn, Form: "Biểu 1",
		Words: words, Choice: []string{"", report.ChoiceNone, "1", "2"}[m.rng.IntN(4)],
	})
}

// upload hands in a file, has it checked, and mostly submits it.
func (m *maker) upload(agency string) {
	m.ups[agency]++
	key := report.ReturnKey("ky-1", agency)
	sha := fmt.Sprintf("%064x", m.rng.Uint64())
	id := report.UploadID("ky-1", agency, sha)
	m.add(key, &report.Received{
		Upload: id, Number: fmt.Sprintf("ky-1/%s/%d", agency, m.ups[agency]), SHA256: sha, Size: 4096,
		Name: fmt.Sprintf("bao-cao-%d.xlsx", m.ups[agency]), Via: report.ViaWorkbook, Submit: true,
	})
	checked := &report.Checked{Upload: id, Outcome: report.Ready, Definition: "bieu@1", Register: "tinh@1", Draft: m.draft(agency)}
	m.add(key, checked)
	if m.rng.IntN(5) > 0 {
		// Two journals kept apart may both have made this version.
		version := max(1, len(m.subs[agency])+1-m.rng.IntN(2))
		e := m.add(key, &report.Submitted{Version: version, Upload: id})
		m.subs[agency] = append(m.subs[agency], e.ID)
	}
}

// draft is what a report says: some figures, some marks, some words.
func (m *maker) draft(agency string) report.Draft {
	if m.rng.IntN(10) == 0 {
		return report.Draft{Nil: true}
	}
	var facts []report.Fact
	fact := func(place, indicator string, v report.Value, cell string) {
		facts = append(facts, report.Fact{Unit: agency, Place: place, Indicator: indicator, Value: v,
			Source: report.Source{Sheet: "Biểu 1", Cell: cell, Text: v.String()}})
	}
	for i, place := range places {
		fact(place, "1", m.number(0, 40), fmt.Sprintf("C%d", 9+i))
		fact(place, "2", m.number(3, 90_000), fmt.Sprintf("D%d", 9+i))
		fact(place, "4", m.number(0, 300), fmt.Sprintf("F%d", 9+i))
	}
	fact("30T", "5", report.BoolOf(m.rng.IntN(4) > 0), "C5")
	fact("30T", "6", report.TextOf("Đã tổ chức theo kế hoạch."), "C6")
	return report.Draft{Facts: report.FactsOf(facts), Counts: report.Counts{Cells: len(facts), Used: len(facts)}}
}

func (m *maker) number(scale, below int) report.Value {
	if m.rng.IntN(12) == 0 {
		return report.Value{Kind: report.NotCollected}
	}
	return report.NumberOf(decimal.New(int64(m.rng.IntN(below)), scale))
}
