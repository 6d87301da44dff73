package aggregate

import (
	"slices"
	"testing"
	"time"

	"tonghop/report"
)

// TestChangesExplainThemselves: between any two moments of random histories, every cell
// that differs is named with what it was and what it is, its steps lead from the one to
// the other, each by deeds in between, and no cell is named that does not differ.
func TestChangesExplainThemselves(t *testing.T) {
	seeds := uint64(60)
	if testing.Short() {
		seeds = 8
	}
	for seed := range seeds {
		h := randomHistory(seed, 30)
		f := folded(h.events)
		first, last := h.events[2].At, h.events[len(h.events)-1].At
		for range 6 {
			from := first.Add(time.Duration(h.rng.Int64N(int64(last.Sub(first)) + 1)))
			to := from.Add(time.Duration(h.rng.Int64N(int64(last.Sub(from)) + 1)))
			for _, official := range []bool{false, true} {
				checkChanges(t, f, from, to, official)
			}
		}
	}
}

func checkChanges(t *testing.T, f *fold, from, to time.Time, official bool) {
	t.Helper()
	c, err := f.state.Changes(&f.ledger, testRequest, from, to, official)
	if err != nil {
		t.Fatal(err)
	}
	old, now := f.cellsAsOf(t, from, official), f.cellsAsOf(t, to, official)
	named := map[figureKey]bool{}
	for _, list := range [][]report.Changed{c.Totals, c.Cells} {
		for _, ch := range list {
			key := figureKeyOf(&Row{Agency: ch.Agency, Place: ch.Place, Indicator: ch.Indicator})
			named[key] = true
			was, is := figuredOf(ch.Old, ch.OldMark), figuredOf(ch.New, ch.NewMark)
			if was != old.at(key) || is != now.at(key) {
				t.Fatalf("%v: from %v to %v, want from %v to %v", key, was, is, old.at(key), now.at(key))
			}
			if end := ch.Steps[len(ch.Steps)-1]; figuredOf(end.Value, end.Mark) != is {
				t.Fatalf("%v: the steps lead to %v, not to %v", key, end, is)
			}
			at := from
			for _, s := range ch.Steps {
				for _, d := range s.Deeds {
					deed := c.Deeds[d]
					if !deed.At.After(from) || deed.At.After(to) || deed.At.Before(at) {
						t.Fatalf("%v: a deed of %v between %v and %v", key, deed.At, from, to)
					}
					if deed.Agency != "" && key.agency != "" && deed.Agency != key.agency {
						t.Fatalf("%v was changed by a deed of %s", key, deed.Agency)
					}
					at = deed.At
				}
				if figuredOf(s.Value, s.Mark) == was {
					t.Fatalf("%v: a step that changes nothing", key)
				}
				was = figuredOf(s.Value, s.Mark)
			}
		}
	}
	for key := range now {
		if !named[key] && old.at(key) != now.at(key) {
			t.Fatalf("%v went from %v to %v, and is not named", key, old.at(key), now.at(key))
		}
	}
	for key := range old {
		if !named[key] && old.at(key) != now.at(key) {
			t.Fatalf("%v went from %v to %v, and is not named", key, old.at(key), now.at(key))
		}
	}
}

// asked are the cells of a moment, by roll-ups of their own.
type asked map[figureKey]figured

func (a asked) at(key figureKey) figured {
	if f, said := a[key]; said {
		return f
	}
	return nothingSaid
}

func (f *fold) cellsAsOf(t *testing.T, at time.Time, official bool) asked {
	t.Helper()
	out := asked{}
	for _, by := range [][]string{{}, {ByAgency, ByPlace}} {
		past := count(&f.ledger, f.ledger.Requests[testRequest].AsOf(at))
		c := past.layer(official)
		q := Query{By: by}
		axes, err := q.axes()
		if err != nil {
			t.Fatal(err)
		}
		var every []int32
		for i := range c.plans {
			every = append(every, int32(i))
		}
		for _, r := range c.rows(axes, "", every) {
			if r.Agency == nil || r.Place != nil {
				out[figureKeyOf(&r)] = sayingOf(&r)
			}
		}
	}
	return out
}

// TestChangesAfterTheClose: a correction after the close says who, when and why, and what
// was signed can still be asked for.
func TestChangesAfterTheClose(t *testing.T) {
	h := newHistory(1)
	h.request(2, false, "syt", "sgd")
	h.submit("syt", facts(num("syt", "288", "sum", "10"), num("syt", "290", "sum", "4")))
	h.submit("sgd", facts(num("sgd", "288", "sum", "5")))
	signed := h.add(report.RequestKey(testRequest), &report.Closed{Reason: "hết hạn nhận báo cáo"})
	h.add(report.RequestKey(testRequest), &report.Reopened{Reason: "Sở Y tế sửa số liệu"})
	right := h.submit("syt", facts(num("syt", "288", "sum", "12"), num("syt", "290", "sum", "4")))
	f := folded(h.events)
	c, err := f.state.Changes(&f.ledger, testRequest, signed.At, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Totals) != 1 || len(c.Cells) != 1 || len(c.Deeds) != 1 {
		t.Fatalf("%+v", c)
	}
	if cell := c.Cells[0]; *cell.Agency != "syt" || *cell.Place != "288" || *cell.Old != "10" || *cell.New != "12" {
		t.Errorf("%+v", cell)
	}
	if d := c.Deeds[0]; d.Event != right.ID || d.Version != 2 || d.File != "syt-3.xlsx" {
		t.Errorf("%+v", d)
	}
	r, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, Indicators: []string{"sum"}, AsOf: signed.At})
	if err != nil || *r.Rows[0].Value != "19" {
		t.Errorf("what was signed: %+v, %v", r, err)
	}
}

// TestSigned: what was signed is what the newest official summary was made of, and not what
// came while it was written.
func TestSigned(t *testing.T) {
	h := newHistory(1)
	h.request(2, false, "syt", "sgd")
	h.submit("syt", facts(num("syt", "288", "sum", "10")))
	h.submit("sgd", facts(num("sgd", "288", "sum", "5")))
	h.add(report.RequestKey(testRequest), &report.Closed{Reason: "hết hạn nhận báo cáo"})
	f := folded(h.events)
	if _, signed := f.state.Signed(&f.ledger, testRequest); signed {
		t.Error("signed before there is a summary")
	}
	s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, false)
	if err != nil || s.Provisional {
		t.Fatalf("%+v, %v", s, err)
	}
	h.add(report.RequestKey(testRequest), &report.Reopened{Reason: "Sở Y tế sửa số liệu"})
	h.submit("syt", facts(num("syt", "288", "sum", "12")))
	h.add(report.RequestKey(testRequest), &report.Exported{SHA256: "aa", Name: "a.xlsx", State: s.State, Trigger: "close"})
	f = folded(h.events)
	at, signed := f.state.Signed(&f.ledger, testRequest)
	if !signed || !at.Equal(s.AsOf) {
		t.Errorf("signed at %v (%v), want %v", at, signed, s.AsOf)
	}
	c, err := f.state.Changes(&f.ledger, testRequest, at, time.Time{}, false)
	if err != nil || len(c.Cells) != 1 || *c.Cells[0].Old != "10" || *c.Cells[0].New != "12" {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestChangesOfWhatWasSent: an indicator that nobody fills has not changed when a report comes.
func TestChangesOfWhatWasSent(t *testing.T) {
	h := newHistory(1)
	before := h.now
	h.submit("syt", facts(num("syt", "288", "sum", "10")))
	f := folded(h.events)
	c, err := f.state.Changes(&f.ledger, testRequest, before, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, ch := range append(c.Totals, c.Cells...) {
		if ch.Old == nil && ch.New == nil && ch.NewMark != report.MarkUndefined {
			t.Errorf("%+v is told of", ch)
		}
	}
}

// TestChangesSinceTheNewest: since a moment after the newest event, such as that of the
// export that was signed, nothing has changed, and that is no fault.
func TestChangesSinceTheNewest(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", "10")))
	f := folded(h.events)
	c, err := f.state.Changes(&f.ledger, testRequest, h.now.Add(time.Hour), time.Time{}, false)
	if err != nil || len(c.Totals)+len(c.Cells) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestChangesAtOnce: deeds of one moment are one step, which names them all; a change that was
// undone is none; and the agencies stand in the order of the request.
func TestChangesAtOnce(t *testing.T) {
	h := newHistory(1)
	h.request(2, false, "syt", "sgd", "ubhd")
	before := h.now
	h.submit("syt", facts(num("syt", "288", "sum", "10")))
	wrong := h.submit("ubhd", facts(num("ubhd", "290", "sum", "1")))
	h.add(report.ReturnKey(testRequest, "ubhd"), &report.Withdrawn{Submission: wrong.ID, Reason: "nhầm tệp báo cáo"})
	h.submit("sgd", facts(num("sgd", "288", "sum", "5")))
	f := folded(h.events)
	c, err := f.state.Changes(&f.ledger, testRequest, before, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	var who []string
	for _, ch := range c.Cells {
		if ch.Indicator == "sum" {
			who = append(who, *ch.Agency)
		}
	}
	if !slices.Equal(who, []string{"syt", "sgd"}) {
		t.Errorf("changed by %v, want those of syt and sgd, in the order of the request", who)
	}

	at := h.now.Add(time.Hour)
	for _, agency := range []string{"syt", "sgd"} {
		h.now = at.Add(-3 * time.Minute) // both submit at one moment
		h.submit(agency, facts(num(agency, "288", "sum", "7")))
	}
	f = folded(h.events)
	c, err = f.state.Changes(&f.ledger, testRequest, at.Add(-time.Second), time.Time{}, false)
	if err != nil || len(c.Totals) == 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	if sum := c.Totals[0]; sum.Indicator != "sum" || len(sum.Steps) != 1 || len(sum.Steps[0].Deeds) != 2 || *sum.New != "14" {
		t.Errorf("two deeds of one moment: %+v", sum)
	}
}

// TestChangesOfTheRoster: who is asked no more takes its figures along, and what it does
// afterwards changes nothing; before the request was opened there was nothing.
func TestChangesOfTheRoster(t *testing.T) {
	h := newHistory(1)
	opened := h.now
	h.request(2, false, "syt", "sgd")
	h.submit("syt", facts(num("syt", "288", "sum", "10")))
	h.submit("sgd", facts(num("sgd", "288", "sum", "5")))
	before := h.now
	off := h.request(3, false, "syt")
	h.submit("sgd", facts(num("sgd", "288", "sum", "6")))
	f := folded(h.events)
	c, err := f.state.Changes(&f.ledger, testRequest, before, time.Time{}, false)
	if err != nil || len(c.Cells) == 0 || len(c.Deeds) != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	for _, ch := range c.Cells {
		if *ch.Agency != "sgd" {
			t.Errorf("%+v: its figures have not changed", ch)
		}
	}
	if gone := c.Cells[0]; *gone.Agency != "sgd" || *gone.Old != "5" || gone.Indicator != "sum" || gone.New != nil || c.Deeds[0].Event != off.ID {
		t.Errorf("%+v by %+v", gone, c.Deeds)
	}
	if c, err = f.state.Changes(&f.ledger, testRequest, opened.AddDate(-1, 0, 0), time.Time{}, false); err != nil || !c.From.Equal(opened) {
		t.Errorf("since %v, want since the request was opened, %v; %v", c.From, opened, err)
	}
}

// TestChangesRefused: what is wrong with the question is said.
func TestChangesRefused(t *testing.T) {
	h := newHistory(1)
	f := folded(h.events)
	late := h.now.Add(time.Hour)
	for name, ask := range map[string]struct {
		request  string
		from, to time.Time
	}{
		"no such request": {"r-2022", h.now, late},
		"backwards":       {testRequest, late, h.now},
	} {
		if _, err := f.state.Changes(&f.ledger, ask.request, ask.from, ask.to, false); err == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}
