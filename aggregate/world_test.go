package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// A world small enough that histories collide all the time, with an indicator
// for every way to roll.

const testRequest = "r-2021"

var (
	testAgencies = []string{"syt", "sgd", "hpn", "bao"}
	testPlaces   = []string{"288", "290", "10525", "10528", "30T", "99999"} // the last is in no register
	testUnits    = map[string][]string{"syt": {"syt", "bv1", "bv2"}, "sgd": {"sgd"}, "hpn": {"hpn", "chi-hoi"}, "bao": {"bao"}}
)

func testRegister() *report.Register {
	r := firstRegister()
	return r.Index()
}

// otherRegister is version 2: all stands in another order, and the commune 10528 has moved.
func otherRegister() *report.Register {
	r := firstRegister()
	r.Version = "2"
	slices.Reverse(r.Agencies)
	slices.Reverse(r.Places[1:])
	for i := range r.Places {
		if r.Places[i].Code == "10528" {
			r.Places[i].Parent = "290"
		}
	}
	return r.Index()
}

func firstRegister() *report.Register {
	return &report.Register{
		Code: "hd", Version: "1",
		Agencies: []report.Agency{
			{Code: "bv2", Parent: "syt", Name: report.Text{VI: "Bệnh viện 2"}},
			{Code: "syt", Name: report.Text{VI: "Sở Y tế"}}, {Code: "sgd"}, {Code: "hpn"}, {Code: "bao"},
			{Code: "bv1", Parent: "syt"}, {Code: "chi-hoi", Parent: "hpn"},
		},
		Places: []report.Place{
			{Code: "30", Level: report.LevelProvince, Name: report.Text{VI: "Hải Dương"}},
			{Code: "30T", Level: report.LevelProvincial, Parent: "30", Name: report.Text{VI: "Cấp tỉnh"}},
			{Code: "290", Level: report.LevelDistrict, Parent: "30", Name: report.Text{VI: "Chí Linh"}},
			{Code: "288", Level: report.LevelDistrict, Parent: "30", Name: report.Text{VI: "Hải Dương"}},
			{Code: "10528", Level: report.LevelCommune, Parent: "288"},
			{Code: "10525", Level: report.LevelCommune, Parent: "288"},
		},
	}
}

// otherDefinition is version 2: all stands in another order, and sgd is asked for "some"
// instead of syt.
func otherDefinition() *report.Definition {
	d := testDefinition()
	d.Version = "2"
	slices.Reverse(d.Indicators)
	d.Indicators[0].Agencies = []string{"sgd", "hpn"}
	return d
}

func testDefinition() *report.Definition {
	roll := func(agency, place report.Rolling) report.Roll { return report.Roll{Agency: agency, Place: place} }
	return &report.Definition{
		Code: "d", Version: "1",
		Indicators: []report.Indicator{
			{Code: "sum", Type: report.TypeInt, Name: report.Text{VI: "Số lượt"}},
			{Code: "dec", Type: report.TypeDec, Scale: 3, Repeats: true},
			{Code: "w", Type: report.TypeInt},
			{Code: "min", Type: report.TypeDec, Scale: 3, Roll: roll(report.RollMin, report.RollMin)},
			{Code: "max", Type: report.TypeInt, Roll: roll(report.RollMax, report.RollMax)},
			{Code: "lastfirst", Type: report.TypeInt, Roll: roll(report.RollLast, report.RollFirst)},
			{Code: "sumlast", Type: report.TypeInt, Roll: roll(report.RollSum, report.RollLast)},
			{Code: "mean", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: roll(report.RollMean, report.RollMean)},
			{Code: "meansum", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: roll(report.RollMean, report.RollSum)},
			{Code: "plain", Type: report.TypeDec, Scale: 1, Roll: roll(report.RollMean, report.RollMean)},
			{Code: "ratio", Type: report.TypeDec, Scale: 1, Num: "sum", Den: "w", Factor: 100, Roll: roll(report.RollRatio, report.RollRatio)},
			{Code: "none", Type: report.TypeInt, Roll: roll(report.RollNone, report.RollSum)},
			{Code: "noplace", Type: report.TypeInt, Roll: roll(report.RollSum, report.RollNone)},
			{Code: "all", Type: report.TypeBool},
			{Code: "any", Type: report.TypeBool, Roll: roll(report.RollAny, report.RollAny)},
			{Code: "text", Type: report.TypeText},
			{Code: "total", Type: report.TypeDec, Scale: 3, Compute: "[sum] + [dec]"},
			{Code: "double", Type: report.TypeDec, Scale: 3, Compute: "2 * [total]"},
			{Code: "some", Type: report.TypeInt, Agencies: []string{"syt", "hpn"}},
		},
	}
}

// history writes events: a random one, or one a test spells out.
type history struct {
	rng    *rand.Rand
	now    time.Time
	events []*report.Event
	subs   map[string][]*report.Event // Submitted events by agency
	serial int

	// busy has some things happen at the same moment, versions made twice by two who did not
	// know of one another, and what changes no figure between what does.
	busy bool
}

func newHistory(seed uint64) *history {
	h := &history{
		rng: rand.New(rand.NewPCG(seed, 2021)), now: time.Date(2021, 3, 20, 1, 0, 0, 0, time.UTC),
		subs: map[string][]*report.Event{},
	}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: testDefinition()})
	h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: testRegister()})
	h.request(1, true, testAgencies...)
	return h
}

func (h *history) request(revision int, approval bool, agencies ...string) *report.Event {
	return h.add(report.RequestKey(testRequest), &report.RequestApplied{Revision: revision, Request: &report.Request{
		Code: testRequest, Definition: "d", Version: "1", Register: "hd", Registered: "1", Place: "30",
		Agencies: agencies, Approval: approval,
	}})
}

func (h *history) add(key report.Key, body report.Body) *report.Event {
	if !h.busy || h.rng.IntN(4) > 0 {
		h.now = h.now.Add(time.Minute)
	}
	e := &report.Event{Key: key, At: h.now, Actor: report.Actor{Role: report.RoleSystem, ID: "t"}, Body: body}
	if err := codec.Seal(e); err != nil {
		panic(err)
	}
	h.events = append(h.events, e)
	return e
}

// submit uploads, checks and submits a draft.
func (h *history) submit(agency string, draft report.Draft) *report.Event {
	h.serial++
	key := report.ReturnKey(testRequest, agency)
	upload := report.UploadID(testRequest, agency, fmt.Sprint(h.serial))
	h.add(key, &report.Received{Upload: upload, SHA256: fmt.Sprint(h.serial), Name: fmt.Sprintf("%s-%d.xlsx", agency, h.serial), Via: report.ViaWorkbook})
	h.add(key, &report.Checked{Upload: upload, Outcome: report.Ready, Draft: draft})
	version := len(h.subs[agency]) + 1
	if h.busy && version > 1 && h.rng.IntN(4) == 0 {
		version--
	}
	e := h.add(key, &report.Submitted{Version: version, Upload: upload})
	h.subs[agency] = append(h.subs[agency], e)
	return e
}

// aside adds something that changes no figure, or all of them by another form or register.
func (h *history) aside() {
	agency := testAgencies[h.rng.IntN(len(testAgencies))]
	key := report.ReturnKey(testRequest, agency)
	tokens := report.Key{Scope: report.ScopeSystem, Name: "tokens"}
	h.serial++
	id := fmt.Sprint(h.serial)
	switch h.rng.IntN(8) {
	case 0:
		h.add(key, &report.Answered{Definition: "d", Question: id, About: report.AskColumn, Form: "Biểu 1", Words: "Số lượt người", Choice: "sum"})
	case 1:
		h.add(report.RequestKey(testRequest), &report.Exported{SHA256: id, Name: "tong-hop.xlsx", State: id, Trigger: "demand"})
	case 2:
		h.add(report.ChainKey, &report.Chained{Journal: "t", Seq: uint64(h.serial), Events: uint64(h.serial), Chain: id})
	case 3:
		h.add(tokens, &report.TokenIssued{ID: id, Hash: id, Role: report.RoleAgency, Agency: agency})
	case 4:
		h.add(tokens, &report.TokenRevoked{ID: id, Reason: "đổi cán bộ phụ trách"})
	case 5: // a file that was refused
		upload := report.UploadID(testRequest, agency, id)
		h.add(key, &report.Received{Upload: upload, SHA256: id, Name: "hong.xlsx", Via: report.ViaWorkbook})
		h.add(key, &report.Checked{Upload: upload, Outcome: report.Refused, Draft: h.draft(agency)})
	case 6: // a file that came again, under another name
		if subs := h.subs[agency]; len(subs) > 0 {
			h.add(key, &report.Received{Upload: subs[0].Body.(*report.Submitted).Upload, SHA256: id, Name: "lan-nua.xlsx", Via: report.ViaWorkbook})
		}
	default:
		h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: otherDefinition()})
		h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: otherRegister()})
		e := h.request(2+h.rng.IntN(3), h.rng.IntN(2) == 0, testAgencies...)
		e.Body.(*report.RequestApplied).Request.Version = h.pick("1", "2")
		e.Body.(*report.RequestApplied).Request.Registered = h.pick("1", "2")
		if err := codec.Seal(e); err != nil {
			panic(err)
		}
	}
}

// step adds one random deed.
func (h *history) step() {
	agency := testAgencies[h.rng.IntN(len(testAgencies))]
	subs := h.subs[agency]
	deed := h.rng.IntN(15)
	if len(subs) == 0 || deed < 6 {
		h.submit(agency, h.draft(agency))
		return
	}
	id := subs[h.rng.IntN(len(subs))].ID
	key := report.ReturnKey(testRequest, agency)
	switch deed {
	case 6:
		h.add(key, &report.Withdrawn{Submission: id, Reason: "nhầm tệp báo cáo"})
	case 7, 8:
		h.add(key, &report.Approved{Submission: id})
	case 9:
		h.add(key, &report.Returned{Submission: id, Reason: "số liệu chưa khớp"})
	case 10, 11:
		old := decimal.FromInt(1)
		h.add(key, &report.Adjusted{
			Submission: id, Unit: agency, Place: h.place(), Indicator: h.pick("sum", "dec", "w", "max"),
			Old: &old, New: decimal.FromInt(h.rng.Int64N(50)), Reason: "theo biên bản đối chiếu",
		})
	case 12:
		h.add(report.RequestKey(testRequest), &report.Closed{Reason: "hết hạn nhận báo cáo"})
		h.submit(agency, h.draft(agency))
		if h.rng.IntN(3) > 0 {
			h.add(report.RequestKey(testRequest), &report.Reopened{Reason: "có đơn vị gửi bổ sung"})
		}
	case 13:
		roster := slices.Clone(testAgencies)
		h.rng.Shuffle(len(roster), func(i, j int) { roster[i], roster[j] = roster[j], roster[i] })
		h.request(2+h.rng.IntN(3), h.rng.IntN(2) == 0, roster[:2+h.rng.IntN(3)]...)
	case 14: // an upload read again, by a newer program: the latest reading holds
		again := h.draft(agency)
		upload := subs[h.rng.IntN(len(subs))].Body.(*report.Submitted).Upload
		h.add(key, &report.Checked{Upload: upload, Outcome: report.Ready, Draft: again})
	}
}

func (h *history) pick(of ...string) string { return of[h.rng.IntN(len(of))] }
func (h *history) place() string            { return h.pick(testPlaces...) }

// draft draws facts of an agency: few places, so that they meet.
func (h *history) draft(agency string) report.Draft {
	if h.rng.IntN(12) == 0 {
		return report.Draft{Nil: true}
	}
	var facts []report.Fact
	indicators := testDefinition().Indicators
	for _, unit := range testUnits[agency] {
		for _, place := range testPlaces {
			if h.rng.IntN(4) > 0 {
				continue
			}
			for _, ind := range indicators {
				if h.rng.IntN(2) == 0 || ind.Code == "total" && h.rng.IntN(4) > 0 {
					continue
				}
				facts = append(facts, h.fact(unit, place, ind))
			}
		}
	}
	return report.Draft{Facts: report.FactsOf(facts)}
}

func (h *history) fact(unit, place string, ind report.Indicator) report.Fact {
	f := report.Fact{Unit: unit, Place: place, Indicator: ind.Code, Source: report.Source{Sheet: "Biểu 1", Cell: fmt.Sprintf("F%d", h.rng.IntN(90))}}
	switch none := h.rng.IntN(12); {
	case none == 0:
		f.Value.Kind = report.Nil
	case none == 1:
		f.Value.Kind = report.NotCollected
	case none == 2:
		f.Value.Kind = report.NotApplicable
	case ind.Type == report.TypeBool:
		f.Value = report.BoolOf(h.rng.IntN(4) > 0)
	case ind.Type == report.TypeText:
		f.Value = report.TextOf(fmt.Sprintf("ý kiến %d", h.rng.IntN(100)))
	case ind.Type == report.TypeDec:
		f.Value = report.NumberOf(decimal.New(h.rng.Int64N(40000)-2000, 3))
	default:
		f.Value = report.NumberOf(decimal.FromInt(h.rng.Int64N(40)))
	}
	return f
}

// busyHistory draws a history of some deeds, of every kind of event.
func busyHistory(seed uint64, deeds int) *history {
	h := newHistory(seed)
	h.busy = true
	for range deeds {
		if h.rng.IntN(3) == 0 {
			h.aside()
		}
		h.step()
	}
	return h
}

// randomHistory draws a history of some deeds.
func randomHistory(seed uint64, deeds int) *history {
	h := newHistory(seed)
	for range deeds {
		h.step()
	}
	return h
}

// fold folds events, in the order given, with apply.
type fold struct {
	ledger report.Ledger
	state  State
	seq    uint64
	heard  []*report.Event
}

func (f *fold) take(e *report.Event) {
	f.seq++
	f.heard = append(f.heard, e)
	r := report.Recorded{Seq: f.seq, Event: e}
	f.state.Apply(&f.ledger, r, f.ledger.Add(e))
}

func folded(events []*report.Event) *fold {
	f := &fold{}
	for _, e := range events {
		f.take(e)
	}
	return f
}

// dump gives both layers of the request in canonical form.
func (f *fold) dump(t testing.TB, asOf time.Time) string {
	t.Helper()
	var out []byte
	for _, official := range []bool{false, true} {
		s, err := f.state.Summarize(&f.ledger, testRequest, asOf, official)
		if err != nil {
			out = append(out, err.Error()...)
			continue
		}
		b, err := Canonical(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, b...), '\n')
	}
	return string(out)
}

// num and fact spell out facts in table tests.
func num(unit, place, indicator, value string) report.Fact {
	return report.Fact{Unit: unit, Place: place, Indicator: indicator, Value: report.NumberOf(decimal.MustParse(value))}
}

func facts(f ...report.Fact) report.Draft { return report.Draft{Facts: report.FactsOf(f)} }
