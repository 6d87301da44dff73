package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// A world of requests that ask the same for different times: months of two years,
// quarters, days in between, some of which lie within others, or across an edge.
// Half-way the definition and the register change.

// timeRoll gives how an indicator rolls on its three axes.
func timeRoll(agency, place, over report.Rolling) report.Roll {
	return report.Roll{Agency: agency, Place: place, Time: over}
}

// timeIndicators has an indicator for each way to roll over time, crossed with
// other ways on the other axes. What changes between the versions is at the end.
func timeIndicators(version string) []report.Indicator {
	const (
		sum, last, first = report.RollSum, report.RollLast, report.RollFirst
		mini, maxi, mean = report.RollMin, report.RollMax, report.RollMean
		none, rate       = report.RollNone, report.RollRatio
	)
	out := []report.Indicator{
		{Code: "flow", Type: report.TypeInt},
		{Code: "dec", Type: report.TypeDec, Scale: 3, Repeats: true},
		{Code: "w", Type: report.TypeInt},
		{Code: "stock", Type: report.TypeInt, Roll: timeRoll(sum, sum, last)},
		{Code: "start", Type: report.TypeInt, Roll: timeRoll(sum, sum, first)},
		{Code: "endmax", Type: report.TypeInt, Roll: timeRoll(maxi, sum, last)},
		{Code: "low", Type: report.TypeDec, Scale: 3, Roll: timeRoll(mini, sum, sum)},
		{Code: "peak", Type: report.TypeInt, Roll: timeRoll(sum, sum, maxi)},
		{Code: "least", Type: report.TypeInt, Roll: timeRoll(sum, maxi, mini)},
		{Code: "lastfirst", Type: report.TypeInt, Roll: timeRoll(last, first, sum)},
		{Code: "mean", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(mean, mean, mean)},
		{Code: "meansum", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(mean, sum, sum)},
		{Code: "meanlast", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(mean, mean, last)},
		{Code: "summean", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(sum, sum, mean)},
		{Code: "maxmean", Type: report.TypeDec, Scale: 1, Roll: timeRoll(maxi, sum, mean)},
		{Code: "plain", Type: report.TypeDec, Scale: 1, Roll: timeRoll(mean, mean, mean)},
		{Code: "ratio", Unit: "%", Type: report.TypeDec, Scale: 1, Num: "flow", Den: "w", Factor: 100, Roll: timeRoll(rate, rate, rate)},
		{Code: "endratio", Type: report.TypeDec, Scale: 2, Num: "stock", Den: "flow", Roll: timeRoll(rate, rate, "")},
		{Code: "stand", Unit: "%", Type: report.TypeDec, Scale: 1, Num: "stock", Den: "endmax", Factor: 100, Roll: timeRoll(rate, rate, rate)},
		{Code: "noratio", Type: report.TypeDec, Scale: 1, Num: "flow", Den: "w", Factor: 100, Roll: timeRoll(rate, rate, none)},
		{Code: "people", Type: report.TypeInt, Roll: timeRoll(sum, sum, none)},
		{Code: "nobody", Type: report.TypeInt, Roll: timeRoll(none, sum, sum)},
		{Code: "all", Type: report.TypeBool},
		{Code: "any", Type: report.TypeBool, Roll: timeRoll(report.RollAny, report.RollAll, report.RollAny)},
		{Code: "text", Type: report.TypeText},
		{Code: "lasttext", Type: report.TypeText, Roll: timeRoll(report.RollList, report.RollList, last)},
		{Code: "wrong", Type: report.TypeText, Roll: timeRoll(report.RollList, report.RollList, sum)}, // texts do not add
		{Code: "total", Type: report.TypeDec, Scale: 3, Compute: "[flow] + [dec]"},
		{Code: "most", Type: report.TypeDec, Scale: 3, Compute: "[flow] + [stock]", Roll: timeRoll(sum, sum, maxi)},
		{Code: "worth", Type: report.TypeInt},                                                                                  // changes its unit
		{Code: "pay", Type: report.TypeDec, Scale: 1, Weight: "worth", Roll: timeRoll(mean, mean, mean)},                       // and this goes by it
		{Code: "kind", Type: report.TypeBool},                                                                                  // changes its type
		{Code: "shift", Type: report.TypeDec, Scale: 1},                                                                        // changes how it rolls
		{Code: "some", Type: report.TypeInt, Agencies: []string{"syt", "hpn"}, Roll: timeRoll(sum, sum, last)},                 // changes who is asked
		{Code: "gone", Type: report.TypeInt},                                                                                   // is there in version 1 alone
		{Code: "fresh", Type: report.TypeInt, Roll: timeRoll(sum, sum, first)}, {Code: "new", Type: report.TypeInt, Unit: "%"}, // in version 2
	}
	at := func(code string) *report.Indicator {
		return &out[slices.IndexFunc(out, func(i report.Indicator) bool { return i.Code == code })]
	}
	drop := []string{"fresh", "new"}
	if version == "2" {
		drop = []string{"gone"}
		at("worth").Unit = "triệu đồng"
		at("kind").Type = report.TypeInt
		at("shift").Weight, at("shift").Roll = "w", timeRoll(mean, mean, mean)
		at("some").Agencies = []string{"sgd", "syt"}
	}
	out = slices.DeleteFunc(out, func(i report.Indicator) bool { return slices.Contains(drop, i.Code) })
	if version == "2" { // in another order
		slices.Reverse(out)
	}
	return out
}

func timeDefinition(version string) *report.Definition {
	return &report.Definition{Code: "d", Version: version, Calendar: "d09", Indicators: timeIndicators(version)}
}

// timeRegister gives the register: in version 2 the district 291 and the agencies tx
// and bv2 are there no more, the commune 10528 has moved, and the hamlet h1 is gone from it.
func timeRegister(version string) *report.Register {
	r := &report.Register{
		Code: "hd", Version: version,
		Agencies: []report.Agency{{Code: "tx", Parent: "syt"}, {Code: "bv2", Parent: "syt"}, {Code: "syt"}, {Code: "sgd"}, {Code: "hpn", Parent: "mt"}, {Code: "bv1", Parent: "syt"}, {Code: "mt"}},
		Places: []report.Place{
			{Code: "30", Level: report.LevelProvince},
			{Code: "291", Level: report.LevelDistrict, Parent: "30"},
			{Code: "30T", Level: report.LevelProvincial, Parent: "30"},
			{Code: "290", Level: report.LevelDistrict, Parent: "30"},
			{Code: "288", Level: report.LevelDistrict, Parent: "30"},
			{Code: "h1", Level: "hamlet", Parent: "10528"},
			{Code: "10528", Level: report.LevelCommune, Parent: "288"},
			{Code: "10525", Level: report.LevelCommune, Parent: "288"},
			{Code: "10600", Level: report.LevelCommune, Parent: "291"},
		},
	}
	if version == "2" {
		r.Agencies = r.Agencies[2:]
		slices.Reverse(r.Agencies)
		r.Places = slices.DeleteFunc(r.Places, func(p report.Place) bool { return slices.Contains([]string{"291", "h1", "10600"}, p.Code) })
		slices.Reverse(r.Places[1:])
		for i := range r.Places {
			if r.Places[i].Code == "10528" {
				r.Places[i].Parent = "290"
			}
		}
	}
	return r.Index()
}

var (
	timeAgencies = []string{"syt", "sgd", "hpn", "tx"}
	timePlaces   = []string{"30T", "288", "10525", "10528", "h1", "10600", "99999"} // the last is in no register
	timeUnits    = map[string][]string{"syt": {"syt", "bv1", "bv2"}, "sgd": {"sgd"}, "hpn": {"hpn"}, "tx": {"tx"}}
)

// timeAsk is a request of the world.
type timeAsk struct {
	report.Request
	subs map[string][]*report.Event // Submitted events by agency
}

// timeHistory writes the events of the world.
type timeHistory struct {
	rng    *rand.Rand
	now    time.Time
	events []*report.Event
	asks   []*timeAsk
	serial int

	// busy has some things happen at the same moment, and what changes no figure between what
	// does.
	busy       bool
	indicators func(version string) []report.Indicator
	places     func(a *timeAsk) []string // to report about
	adjustable []string                  // indicators
}

func newTimeHistory(seed uint64) *timeHistory {
	h := emptyTimeHistory(seed)
	for _, version := range []string{"1", "2"} {
		h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: timeDefinition(version)})
		h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: timeRegister(version)})
	}
	return h
}

func emptyTimeHistory(seed uint64) *timeHistory {
	return &timeHistory{
		rng: rand.New(rand.NewPCG(seed, 2026)), now: time.Date(2021, 3, 20, 1, 0, 0, 0, time.UTC),
		indicators: timeIndicators, places: func(*timeAsk) []string { return timePlaces }, adjustable: []string{"flow", "dec", "w", "stock", "summean"},
	}
}

func (h *timeHistory) add(key report.Key, body report.Body) *report.Event {
	if !h.busy || h.chance(3, 4) {
		h.now = h.now.Add(time.Minute)
	}
	e := &report.Event{Key: key, At: h.now, Actor: report.Actor{Role: report.RoleSystem, ID: "t"}, Body: body}
	if err := codec.Seal(e); err != nil {
		panic(err)
	}
	h.events = append(h.events, e)
	return e
}

// ask opens a request for a period under a calendar; one such as
// 2021-03-20..2021-03-30 is written as its first and last day.
func (h *timeHistory) ask(code, cal, period string, roster ...string) *timeAsk {
	c, err := calendar.Lookup(cal)
	if err != nil {
		panic(err)
	}
	p, err := calendar.ParsePeriod(c, period)
	if err != nil {
		panic(err)
	}
	a := &timeAsk{subs: map[string][]*report.Event{}, Request: report.Request{
		Code: code, Definition: "d", Version: "1", Register: "hd", Registered: "1", Place: "30",
		Calendar: cal, Period: period, Agencies: roster,
	}}
	if p.Kind == calendar.Free {
		a.Period, a.From, a.To = "", p.From, p.To
	}
	h.asks = append(h.asks, a)
	return a
}

// open writes that a request was opened, or with a higher revision changed.
func (h *timeHistory) open(a *timeAsk, revision int) {
	r := a.Request
	h.add(report.RequestKey(a.Code), &report.RequestApplied{Revision: revision, Request: &r})
}

// submit uploads, checks and submits a draft.
func (h *timeHistory) submit(a *timeAsk, agency string, draft report.Draft) *report.Event {
	h.serial++
	key := report.ReturnKey(a.Code, agency)
	upload := report.UploadID(a.Code, agency, fmt.Sprint(h.serial))
	h.add(key, &report.Received{Upload: upload, SHA256: fmt.Sprint(h.serial), Name: fmt.Sprintf("%s-%d.xlsx", agency, h.serial), Via: report.ViaWorkbook})
	h.add(key, &report.Checked{Upload: upload, Outcome: report.Ready, Draft: draft})
	e := h.add(key, &report.Submitted{Version: len(a.subs[agency]) + 1, Upload: upload})
	a.subs[agency] = append(a.subs[agency], e)
	return e
}

func (h *timeHistory) chance(of, in int) bool   { return h.rng.IntN(in) < of }
func (h *timeHistory) pick(of ...string) string { return of[h.rng.IntN(len(of))] }
func (h *timeHistory) anyRoster() (out []string) {
	out = slices.Clone(timeAgencies)
	h.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:2+h.rng.IntN(3)]
}

// randomTimeHistory draws requests, what their agencies send, and some deeds more.
func randomTimeHistory(seed uint64, deeds int) *timeHistory {
	h := newTimeHistory(seed)
	h.draw(deeds)
	return h
}

// draw draws requests and what comes of them.
func (h *timeHistory) draw(deeds int) {
	cut := calendar.MustDate([]string{"2020-01-01", "2021-02-20", "2021-05-01", "2021-05-20", "2022-01-01"}[h.rng.IntN(5)])
	ask := func(of, in int, code, cal, period string) {
		if !h.chance(of, in) {
			return
		}
		a := h.ask(code, cal, period, h.anyRoster()...)
		a.Approval = h.chance(1, 3)
		c, _ := calendar.Lookup(cal)
		if p, _ := calendar.ParsePeriod(c, period); p.To.After(cut) {
			a.Version = "2"
			if !h.chance(1, 6) {
				a.Registered = "2"
			}
		}
	}
	for m := 4; m <= 6; m++ {
		ask(2, 5, fmt.Sprintf("m20%02d", m), "d09", fmt.Sprintf("2020-M%02d", m))
		ask(4, 5, fmt.Sprintf("m21%02d", m), "d09", fmt.Sprintf("2021-M%02d", m))
	}
	ask(1, 2, "m2103", "d09", "2021-M03")
	ask(1, 3, "m2107", "d09", "2021-M07")
	ask(1, 2, "q212", "d09", "2021-Q2")
	ask(1, 3, "q211", "d09", "2021-Q1")
	ask(1, 4, "q202", "d09", "2020-Q2")
	ask(1, 3, "c2104", "civil", "2021-M04")
	ask(1, 3, "c2103", "civil", "2021-M03")
	ask(1, 2, "free", "d09", "2021-03-20..2021-03-30")
	ask(1, 4, "a-day", "civil", "2021-03-25..2021-03-25")
	ask(1, 4, "edge", "d09", "2021-06-10..2021-06-20")
	ask(1, 5, "twice", "d09", "2021-M05")
	ask(1, 4, "t2104", "tt33-2016", "2021-M04")
	ask(1, 4, "t2105", "tt33-2016", "2021-M05")
	if len(h.asks) == 0 {
		ask(1, 1, "m2104", "d09", "2021-M04")
	}
	other := h.ask("x-other", "d09", "2021-M04", timeAgencies...) // of another area: it never counts
	other.Place = elsewhere
	h.live(deeds)
}

// live has the agencies report what they are asked for, and draws some deeds more.
func (h *timeHistory) live(deeds int) {
	for _, a := range h.asks {
		h.open(a, 1)
		for _, agency := range a.Agencies {
			if h.chance(4, 5) {
				h.submit(a, agency, h.draft(a, agency))
			}
		}
	}
	for range deeds {
		if h.busy && h.chance(1, 4) {
			h.aside()
		}
		h.step()
	}
}

// aside adds something that changes no figure.
func (h *timeHistory) aside() {
	a := h.asks[h.rng.IntN(len(h.asks))]
	agency := timeAgencies[h.rng.IntN(len(timeAgencies))]
	key := report.ReturnKey(a.Code, agency)
	h.serial++
	id := fmt.Sprint(h.serial)
	switch h.rng.IntN(6) {
	case 0:
		h.add(key, &report.Answered{Definition: "d", Question: id, About: report.AskColumn, Form: "Biểu 1", Words: "Số lượt người", Choice: "flow"})
	case 1:
		h.add(report.RequestKey(a.Code), &report.Exported{SHA256: id, Name: "tong-hop.xlsx", State: id, Trigger: "demand"})
	case 2:
		h.add(report.ChainKey, &report.Chained{Journal: "t", Seq: uint64(h.serial), Events: uint64(h.serial), Chain: id})
	case 3:
		h.add(report.Key{Scope: report.ScopeSystem, Name: "tokens"}, &report.TokenIssued{ID: id, Hash: id, Role: report.RoleAgency, Agency: agency})
	case 4:
		h.add(report.Key{Scope: report.ScopeSystem, Name: "tokens"}, &report.TokenRevoked{ID: id, Reason: "đổi cán bộ phụ trách"})
	default: // a file that was refused
		upload := report.UploadID(a.Code, agency, id)
		h.add(key, &report.Received{Upload: upload, SHA256: id, Name: "hong.xlsx", Via: report.ViaWorkbook})
		h.add(key, &report.Checked{Upload: upload, Outcome: report.Refused, Draft: h.draft(a, agency)})
	}
}

// step adds one random deed.
func (h *timeHistory) step() {
	a := h.asks[h.rng.IntN(len(h.asks))]
	agency := timeAgencies[h.rng.IntN(len(timeAgencies))]
	subs := a.subs[agency]
	deed := h.rng.IntN(12)
	switch {
	case deed == 0:
		h.add(report.RequestKey(a.Code), &report.Closed{Reason: "hết hạn nhận báo cáo"})
		return
	case deed == 1:
		h.add(report.RequestKey(a.Code), &report.Reopened{Reason: "có đơn vị gửi bổ sung"})
		return
	case deed == 2:
		a.Agencies = h.anyRoster()
		h.open(a, 2+h.rng.IntN(3))
		return
	case len(subs) == 0 || deed < 6:
		h.submit(a, agency, h.draft(a, agency))
		return
	}
	id, key := subs[h.rng.IntN(len(subs))].ID, report.ReturnKey(a.Code, agency)
	switch deed {
	case 6:
		h.add(key, &report.Withdrawn{Submission: id, Reason: "nhầm tệp báo cáo"})
	case 7:
		h.add(key, &report.Returned{Submission: id, Reason: "số liệu chưa khớp"})
	case 8, 9:
		h.add(key, &report.Approved{Submission: id})
	default:
		h.add(key, &report.Adjusted{
			Submission: id, Unit: agency, Place: h.pick(h.places(a)...), Indicator: h.pick(h.adjustable...),
			New: decimal.FromInt(h.rng.Int64N(50)), Reason: "theo biên bản đối chiếu",
		})
	}
}

// draft draws facts of an agency: few places, so that they meet.
func (h *timeHistory) draft(a *timeAsk, agency string) report.Draft {
	if h.chance(1, 10) {
		return report.Draft{Nil: true}
	}
	var facts []report.Fact
	version := a.Version
	if h.chance(1, 10) {
		version = "1" // an old form
	}
	indicators := h.indicators(version)
	if version != a.Version { // what is not even of the type never comes this far
		indicators = slices.DeleteFunc(indicators, func(i report.Indicator) bool { return i.Code == "kind" })
	}
	for _, unit := range timeUnits[agency] {
		for _, place := range h.places(a) {
			if !h.chance(1, 4) {
				continue
			}
			for i := range indicators {
				if h.chance(1, 2) && (indicators[i].Compute == "" || h.chance(1, 4)) {
					facts = append(facts, h.fact(unit, place, &indicators[i]))
				}
			}
		}
	}
	return report.Draft{Facts: report.FactsOf(facts)}
}

func (h *timeHistory) fact(unit, place string, ind *report.Indicator) report.Fact {
	f := report.Fact{Unit: unit, Place: place, Indicator: ind.Code, Source: report.Source{Sheet: "Biểu 1", Cell: fmt.Sprintf("F%d", h.rng.IntN(90))}}
	switch none := h.rng.IntN(14); {
	case none == 0:
		f.Value.Kind = report.Nil
	case none == 1:
		f.Value.Kind = report.NotCollected
	case none == 2:
		f.Value.Kind = report.NotApplicable
	case ind.Type == report.TypeBool:
		f.Value = report.BoolOf(h.chance(3, 4))
	case ind.Type == report.TypeText:
		f.Value = report.TextOf(fmt.Sprintf("ý kiến %d", h.rng.IntN(100)))
	case ind.Type == report.TypeDec:
		f.Value = report.NumberOf(decimal.New(h.rng.Int64N(40000)-2000, 3))
	default:
		f.Value = report.NumberOf(decimal.FromInt(h.rng.Int64N(12)))
	}
	return f
}
