package aggregate

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
)

// Window is the time a question is about, where that is not the period of its
// request: a quarter of a report that is asked for monthly, a year so far. The
// requests that ask the same of the same area, each for a part of that time, then
// answer together. The zero Window is the request's own period.
type Window struct {
	Period     string // key as of [calendar.ParsePeriod]; empty: the request's own
	Calendar   string // by which Period is read; empty: the request's
	Cumulative bool   // from the first day of the year of the period to its last ("lũy kế")
}

// days is a window with its days worked out.
type days struct {
	period     calendar.Period
	cumulative bool
	from, to   calendar.Date
}

// days works a window out for a request; what is wrong with it is a [fault.Fault].
func (w Window) days(of *frame) (days, error) {
	req := of.request
	name := cmp.Or(w.Calendar, req.Calendar, of.definition.Calendar)
	cal, err := of.definition.CalendarNamed(name)
	if err != nil {
		choices := strings.Join(calendar.Names(), ", ")
		return days{}, wrongParameter("calendar", name, "một trong: "+choices, "one of: "+choices)
	}
	const keys = "2021-M04, 2021-Q2, 2021-H1, 2021-9M, 2021, 2021-03-15..2021-03-30"
	key := cmp.Or(w.Period, req.Period)
	period, err := calendar.ParsePeriod(cal, key)
	if w.Period == "" && req.Period == "" {
		period, err = calendar.FreePeriod(cal, req.From, req.To)
	}
	if err != nil {
		return days{}, wrongParameter("period", key, "kỳ báo cáo, như "+keys, "a period, such as "+keys)
	}
	return daysOf(period, w.Cumulative), nil
}

// daysOf gives a period, or with cumulative the year up to its end.
func daysOf(p calendar.Period, cumulative bool) days {
	d := days{period: p, cumulative: cumulative, from: p.From, to: p.To}
	if !cumulative {
		return d
	}
	year, err := calendar.Containing(p.Calendar, calendar.Year, p.To)
	if p.Kind != calendar.Free {
		year, err = calendar.NewPeriod(p.Calendar, calendar.Year, p.Year, 1)
	}
	if err == nil { // a period has days, and every day lies in a year
		d.from = year.From
	}
	return d
}

// title names the window as a heading does.
func (d *days) title() report.Text {
	t := report.Text{VI: d.period.VI(), EN: d.period.EN()}
	if d.cumulative && d.from != d.period.From {
		t.VI = "lũy kế từ đầu năm đến hết " + t.VI
		t.EN = "the year up to the end of " + t.EN
	}
	return t
}

// Over is what figures over time are made of: the requests of which each covers a
// part of the window, and what is not covered. Every request with days in the
// window, or with none at all, is named once, as a part or as set aside (law 4).
type Over struct {
	Title      report.Text   `json:"title"`
	Period     string        `json:"period"`
	Calendar   string        `json:"calendar"`
	Cumulative bool          `json:"cumulative,omitempty"`
	From       calendar.Date `json:"from"`
	To         calendar.Date `json:"to"`
	// Through is the last day of the last part that anyone was heard for: the day of
	// which figures of an end speak. Null where nobody was heard.
	Through *calendar.Date `json:"through"`
	Parts   []Part         `json:"parts"` // in order of time
	Gaps    []Gap          `json:"gaps"`  // days that no request asks about
	Aside   []Aside        `json:"aside"`
	// Unlike names the indicators of which an earlier version of the definition
	// says something else: another unit or type, or that is not there any more.
	Unlike  []string `json:"unlike"`
	Reports Count    `json:"reports"`
}

// Part is a request that covers a part of a window.
type Part struct {
	Request  string        `json:"request"`
	Title    report.Text   `json:"title"`
	Period   string        `json:"period"`
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to"`
	Official bool          `json:"official"`
	Heard    int           `json:"heard"` // agencies
	Asked    int           `json:"asked"`
	Missing  []string      `json:"missing"` // agencies not heard, in roster order
}

// Gap is days of a window that no part covers, both included.
type Gap struct {
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
}

// Aside is a request with days in the window that takes no part, and why.
type Aside struct {
	Request string        `json:"request"`
	From    calendar.Date `json:"from,omitzero"` // of those without days: absent
	To      calendar.Date `json:"to,omitzero"`
	Reason  AsideReason   `json:"reason"`
}

// AsideReason is why a request takes no part in a window.
type AsideReason string

// The reasons.
const (
	AsideAcross  AsideReason = "across"  // its days lie on both sides of the edge: figures cannot be split by day
	AsideTwice   AsideReason = "twice"   // other requests cover its days, and they would count twice
	AsideUndated AsideReason = "undated" // it does not say which days it is about
)

// Words says why, in a half sentence.
func (r AsideReason) Words() report.Text {
	switch r {
	case AsideAcross:
		return report.Text{VI: "có ngày nằm ngoài kỳ này, số liệu không tách được theo ngày", EN: "some of its days lie outside, and figures cannot be split by day"}
	case AsideTwice:
		return report.Text{VI: "các ngày ấy đã có trong yêu cầu khác", EN: "other requests cover its days"}
	case AsideUndated:
		return report.Text{VI: "yêu cầu không ghi kỳ báo cáo", EN: "it does not say which days it is about"}
	}
	return report.Text{}
}

// Count is how many reports were heard of how many asked for: one for each agency
// and period.
type Count struct {
	Heard int `json:"heard"`
	Asked int `json:"asked"`
}

// tile is a request that covers a part of a window, or may.
type tile struct {
	outlook
	latest time.Time
	period calendar.Period
	under  *tiling // of a tile under another map: what it is made of; nil otherwise
}

// candidates finds the requests that ask the same as one, each with its days, as
// they were known at a moment: those within the window, and those that take no part in
// it though they may be about its days.
func (s *State) candidates(l *report.Ledger, req *report.Request, w days, asOf time.Time, official bool) (within []tile, aside []Aside) {
	for _, code := range l.RequestCodes() {
		if !everRepeats(l.Requests[code], req) {
			continue // before it is counted, which in the past takes time
		}
		f := s.at(l, code, asOf)
		if f == nil || !f.request.Repeats(req) {
			continue
		}
		p, err := f.request.PeriodUnder(f.definition)
		switch {
		case err != nil:
			aside = append(aside, Aside{Request: code, Reason: AsideUndated})
		case p.To.Before(w.from) || p.From.After(w.to):
		case p.From.Before(w.from) || p.To.After(w.to):
			aside = append(aside, Aside{code, p.From, p.To, AsideAcross})
		default:
			at := f.moment(asOf)
			within = append(within, tile{outlook: f.outlook(official, at), latest: at, period: p})
		}
	}
	return within, aside
}

// everRepeats reports whether any revision of a request asks the same as one.
func everRepeats(book *report.RequestBook, req *report.Request) bool {
	return slices.ContainsFunc(book.Events(), func(e *report.Event) bool {
		applied, ok := e.Body.(*report.RequestApplied)
		return ok && applied.Request.Repeats(req)
	})
}

// weight is how much a tile tells: its days, by the share of its agencies that were
// heard.
func (t *tile) weight() *big.Rat {
	heard := len(t.parts) - len(t.missing())
	return big.NewRat(int64(t.period.Days()*heard), int64(max(len(t.parts), 1)))
}

// tiled chooses the requests that tell most of a window without telling any day
// twice; of equal choices the one that covers most days, and then the one of the
// fewest requests: where all were heard, a quarter's own report counts, and not
// those of its months. Others are set aside.
func tiled(within []tile) (chosen []tile, twice []Aside) {
	slices.SortStableFunc(within, func(a, b tile) int {
		return cmp.Or(a.period.To.Sub(b.period.To), a.period.From.Sub(b.period.From)) // those of the same days by code
	})
	// best[n] is the best choice among the first n.
	type choice struct {
		weight       *big.Rat
		days, pieces int
		last         int // position of its last piece, or -1
		before       int // best of what comes before it
	}
	best := make([]choice, 1, len(within)+1)
	best[0] = choice{weight: new(big.Rat), last: -1}
	for n, t := range within {
		k := n
		for k > 0 && !within[k-1].period.To.Before(t.period.From) {
			k--
		}
		with, without := choice{new(big.Rat).Add(best[k].weight, t.weight()), best[k].days + t.period.Days(), best[k].pieces + 1, n, k}, best[n]
		if cmp.Or(with.weight.Cmp(without.weight), with.days-without.days, without.pieces-with.pieces) > 0 {
			best = append(best, with)
		} else {
			best = append(best, without)
		}
	}
	taken := make([]bool, len(within))
	for c := best[len(within)]; c.last >= 0; c = best[c.before] {
		taken[c.last] = true
	}
	for i, t := range within {
		if taken[i] {
			chosen = append(chosen, t)
		} else {
			twice = append(twice, Aside{t.request.Code, t.period.From, t.period.To, AsideTwice})
		}
	}
	return chosen, twice
}

// gaps gives the days of a window that no tile covers.
func (d *days) gaps(chosen []tile) []Gap {
	out, next := []Gap{}, d.from
	for _, t := range chosen {
		if t.period.From.After(next) {
			out = append(out, Gap{next, t.period.From.AddDays(-1)})
		}
		next = t.period.To.AddDays(1)
	}
	if !next.After(d.to) {
		out = append(out, Gap{next, d.to})
	}
	return out
}
