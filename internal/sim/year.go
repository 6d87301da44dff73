package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/codec"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Year is a year of three agencies, a coordinator and two processes over stores
// that fail: what was done, and what was promised. One thing happens at a time,
// in an order that the seed gives, so the same seed gives the same year.
type Year struct {
	Receipts map[string]*ingest.Receipt // those that were handed out, by upload
	Said     map[string]map[string]int  // indicator 1 by place, as each upload says, by upload

	// What went wrong on the way, to see that a year was a bad one.
	Stale, Unanswered, Deaths, Restarts, Buried int

	rng       *rand.Rand
	calm      bool // nothing fails any more
	now       time.Time
	journal   *mem.Journal
	files     *mem.Files
	offices   []*office
	errands   []*errand
	collected int // events of the journal looked through for errands
	sent      map[string][][]byte
}

var (
	coordinator = report.Actor{Role: report.RoleCoordinator, ID: "sld"}
	admin       = report.Actor{Role: report.RoleAdmin, ID: "local"}
)

// NewYear lives the year of a seed. End it afterwards.
func NewYear(seed uint64) (*Year, error) {
	y := &Year{
		Receipts: map[string]*ingest.Receipt{}, Said: map[string]map[string]int{},
		rng: rand.New(rand.NewPCG(seed, 4)), now: morning,
		journal: &mem.Journal{}, files: &mem.Files{}, sent: map[string][][]byte{},
	}
	if err := y.live(); err != nil {
		y.End()
		return nil, err
	}
	return y, nil
}

// End ends the processes of the year.
func (y *Year) End() {
	for _, o := range y.offices {
		o.end()
	}
	y.offices = nil
}

func (y *Year) live() error {
	for range 2 {
		o, err := y.open(nil)
		if err != nil {
			return err
		}
		o.skew = time.Duration(y.rng.IntN(120)-60) * time.Minute
		y.offices = append(y.offices, o)
	}
	y.calm = true
	if err := y.begin(); err != nil {
		return err
	}
	y.calm = false
	for range 30 + y.rng.IntN(50) {
		if err := y.step(); err != nil {
			return err
		}
	}
	return y.finish()
}

// begin asks the agencies.
func (y *Year) begin() error {
	ctx, desk := context.Background(), y.offices[0].desk
	if _, err := desk.ApplyDefinition(ctx, admin, definition()); err != nil {
		return err
	}
	if _, err := desk.ApplyRegister(ctx, admin, register()); err != nil {
		return err
	}
	if _, err := desk.ApplyRequest(ctx, admin, request(y.rng.IntN(2) == 0)); err != nil {
		return err
	}
	return y.meet()
}

// finish lets the storm end, and has every upload read.
func (y *Year) finish() error {
	y.calm = true
	for y.collect(); len(y.errands) > 0; y.collect() {
		if err := y.worker(); err != nil {
			return err
		}
		if err := y.meet(); err != nil {
			return err
		}
	}
	return nil
}

// luckless reports whether something goes wrong that does so once in n times.
func (y *Year) luckless(n int) bool { return !y.calm && y.rng.IntN(n) == 0 }

// meet lets the processes know what the others did.
func (y *Year) meet() error {
	for _, o := range y.offices {
		if err := o.catchUp(); err != nil {
			return err
		}
	}
	return nil
}

// step is one thing that happens, or two at once: then the second process knows
// nothing of what the first has just done.
func (y *Year) step() error {
	y.now = y.now.Add(time.Duration(y.rng.IntN(90)) * time.Minute)
	if y.luckless(20) { // someone sets the clock right, or wrong
		y.now = y.now.Add(-12 * time.Hour)
	}
	if y.rng.IntN(5) < 2 {
		if err := y.worker(); err != nil {
			return err
		}
		return y.meet()
	}
	if y.luckless(12) {
		return y.restart()
	}
	first := y.rng.IntN(2)
	if y.rng.IntN(3) == 0 {
		y.offices[1-first].line.hold(true)
		if err := y.deed(y.offices[first]); err != nil {
			return err
		}
		first = 1 - first
	}
	if err := y.deed(y.offices[first]); err != nil {
		return err
	}
	return y.meet()
}

// restart ends a process and starts another, from a snapshot of some moment or
// from the beginning.
func (y *Year) restart() error {
	y.Restarts++
	at := y.rng.IntN(len(y.offices))
	y.offices[at].end()
	var snapshots report.Snapshots
	if y.rng.IntN(2) == 0 {
		events := y.record()
		if n := y.rng.IntN(len(events) + 1); n > 0 {
			kept, err := y.keep(events[:n])
			if err != nil {
				return err
			}
			snapshots = kept
		}
	}
	o, err := y.open(snapshots)
	if err != nil {
		return err
	}
	y.offices[at] = o
	return nil
}

// keep makes a snapshot of events.
func (y *Year) keep(events []report.Recorded) (report.Snapshots, error) {
	var b bytes.Buffer
	w := codec.NewSnapshotWriter(&b)
	for _, r := range events {
		if err := w.Add(r); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	s := &mem.Snapshots{Journal: y.journal}
	return s, s.Save(context.Background(), aggregate.SnapshotName, events[len(events)-1].Seq, b.Bytes())
}

// deed is what one person does at a desk. What the desk refuses is part of the
// year, and so is a line that fails; anything else is not.
func (y *Year) deed(o *office) error {
	err := y.dare(o)
	var refused fault.Fault
	if errors.Is(err, errNotWritten) || errors.Is(err, errNoAnswer) || errors.As(err, &refused) {
		return nil
	}
	return err
}

const why = "lý do đủ dài để ghi lại"

func (y *Year) dare(o *office) error {
	ctx, desk := context.Background(), o.desk
	agency := agencies[y.rng.IntN(len(agencies))]
	clerk := report.Actor{Role: report.RoleAgency, Agency: agency, ID: "t-" + agency}
	switch n := y.rng.IntN(24); {
	case n < 10:
		return y.upload(o, clerk)
	case n < 13:
		return desk.Submit(ctx, clerk, "ky-1", agency, "", nil)
	case n < 15:
		_, err := desk.Withdraw(ctx, clerk, "ky-1", agency, 0, why)
		return err
	case n < 17:
		return desk.Approve(ctx, coordinator, "ky-1", agency, 0, "")
	case n < 18:
		_, err := desk.Return(ctx, coordinator, "ky-1", agency, 0, why, nil)
		return err
	case n < 21:
		return desk.Adjust(ctx, coordinator, "ky-1", agency, 0, []ingest.Figure{{
			Place: places[y.rng.IntN(len(places))], Indicator: "1", Value: decimal.FromInt(int64(y.rng.IntN(50))),
		}}, why)
	case n < 22:
		return desk.Close(ctx, coordinator, "ky-1", why)
	case n < 23:
		return desk.Reopen(ctx, coordinator, "ky-1", why)
	}
	req := request(y.rng.IntN(2) == 0)
	req.Due.Date = calendar.MustDate("2021-04-" + strconv.Itoa(10+y.rng.IntN(15)))
	_, err := desk.ApplyRequest(ctx, coordinator, req)
	return err
}

// upload hands a form in: a new one, or one that was sent before. The clerk sends
// it again until there is a receipt, or a refusal.
func (y *Year) upload(o *office, clerk report.Actor) error {
	sent := y.sent[clerk.Agency]
	body := y.form()
	if len(sent) > 0 && y.rng.IntN(4) == 0 {
		body = sent[y.rng.IntN(len(sent))]
	} else {
		y.sent[clerk.Agency] = append(sent, body)
	}
	in := ingest.Incoming{Request: "ky-1", Agency: clerk.Agency, Media: "application/json", Via: report.ViaForm, Body: body, Submit: y.rng.IntN(4) > 0}
	if y.rng.IntN(2) == 0 {
		in.Idempotency = fmt.Sprint(y.rng.Uint64())
	}
	for {
		receipt, err := o.desk.Receive(context.Background(), clerk, in)
		if err == nil {
			y.Receipts[receipt.Upload] = receipt
			y.Said[receipt.Upload] = said(body)
			return nil
		}
		if !errors.Is(err, errNotWritten) && !errors.Is(err, errNoAnswer) || y.luckless(8) { // some give up
			return err
		}
		if err := o.catchUp(); err != nil { // it takes a moment to send it again
			return err
		}
	}
}

// answers is a form, as ingest.Read takes it.
type answers struct {
	Values []answer `json:"values"`
}

type answer struct {
	Place     string `json:"place,omitempty"`
	Indicator string `json:"indicator"`
	Value     string `json:"value"`
}

// form fills a form in. One in eight must be mended.
func (y *Year) form() []byte {
	var a answers
	for _, place := range places {
		count := y.rng.IntN(40)
		if y.rng.IntN(24) == 0 {
			count = -1
		}
		a.Values = append(a.Values,
			answer{place, "1", strconv.Itoa(count)},
			answer{place, "2", decimal.New(int64(y.rng.IntN(90_000)), 3).String()},
			answer{place, "4", strconv.Itoa(y.rng.IntN(300))})
	}
	a.Values = append(a.Values, answer{"", "5", strconv.FormatBool(y.rng.IntN(4) > 0)})
	b, _ := json.Marshal(a) // strings only
	return b
}

// said reads what a form says of indicator 1, with nothing of ours.
func said(body []byte) map[string]int {
	var a answers
	_ = json.Unmarshal(body, &a) // it was marshalled here
	out := map[string]int{}
	for _, v := range a.Values {
		if v.Indicator == "1" {
			out[v.Place], _ = strconv.Atoi(v.Value)
		}
	}
	return out
}

// record gives the events of the journal.
func (y *Year) record() []report.Recorded {
	var out []report.Recorded
	enough := errors.New("enough")
	last, _ := y.journal.Last(context.Background()) // memory does not fail
	if last == 0 {
		return nil
	}
	_ = y.journal.Follow(context.Background(), 1, func(r report.Recorded) error {
		if out = append(out, r); r.Seq == last {
			return enough
		}
		return nil
	}, nil)
	return out
}

// Events gives the events of the journal, in its order.
func (y *Year) Events() History {
	var out History
	for _, r := range y.record() {
		out = append(out, r.Event)
	}
	return out
}
