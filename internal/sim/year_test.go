package sim

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

var yearsFlag = flag.Int("sim.years", 300, "how many years")

// TestYears lives through bad years. Afterwards every upload that has a receipt
// has its outcome (laws 1 and 3), the figures are those that a clerk would come
// to with a pencil, and they are the same in every process, in any order of the
// events, and from two journals merged (law 2).
func TestYears(t *testing.T) {
	var mu sync.Mutex
	var all Year
	seeds(t, *yearsFlag, func(t *testing.T, seed uint64) {
		y, err := NewYear(seed)
		if err != nil {
			t.Errorf("year %d: %v; run with -sim.seed=%d", seed, err, seed)
			return
		}
		defer y.End()
		if err := y.audit(seed); err != nil {
			t.Errorf("year %d: %v; run with -sim.seed=%d", seed, err, seed)
		}
		mu.Lock()
		defer mu.Unlock()
		all.Stale += y.Stale
		all.Unanswered += y.Unanswered
		all.Deaths += y.Deaths
		all.Restarts += y.Restarts
		all.Buried += y.Buried
	})
	t.Logf("stale %d, unanswered %d, deaths %d, restarts %d, given up %d", all.Stale, all.Unanswered, all.Deaths, all.Restarts, all.Buried)
	if *seedFlag == 0 && min(all.Stale, all.Unanswered, all.Deaths, all.Restarts, all.Buried) == 0 {
		t.Error("the years were not bad enough")
	}
}

// TestYearRepeats: the same seed gives the same year.
func TestYearRepeats(t *testing.T) {
	for seed := range uint64(40) {
		var years [2][]string
		for i := range years {
			y, err := NewYear(seed + 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range y.Events() {
				years[i] = append(years[i], e.ID)
			}
			y.End()
		}
		if !slices.Equal(years[0], years[1]) {
			t.Errorf("seed %d gave two years, of %d and %d events", seed+1, len(years[0]), len(years[1]))
		}
	}
}

func (y *Year) audit(seed uint64) error {
	events := y.Events()
	for _, check := range []func(History) error{y.promises, orderly, inTurn, y.pencil, y.processes} {
		if err := check(events); err != nil {
			return err
		}
	}
	want, err := Figures(events)
	if err != nil {
		return err
	}
	mixed := Mixed(events, rand.New(rand.NewPCG(seed, 5)))
	if got, err := Figures(mixed); err != nil || !bytes.Equal(got, want) {
		return fmt.Errorf("the same events in another order give other figures (%v)", err)
	}
	if seed%uint64(bookEvery()) != 0 {
		return nil
	}
	a, err := Workbook(events)
	if err != nil {
		return err
	}
	if b, err := Workbook(mixed); err != nil || !bytes.Equal(a, b) {
		return fmt.Errorf("the same events in another order give another workbook (%v)", err)
	}
	return nil
}

// promises checks that what has a receipt was received, is kept, and has one
// outcome: one for each time that it was given up by the machine and sent again.
func (y *Year) promises(events History) error {
	received, outcomes, givenUp := map[string]*report.Event{}, map[string]int{}, map[string]int{}
	for _, e := range events {
		switch b := e.Body.(type) {
		case *report.Received:
			if received[b.Upload] == nil {
				received[b.Upload] = e
			}
			if _, err := y.files.Get(context.Background(), b.SHA256); err != nil {
				return fmt.Errorf("upload %s: %w", b.Upload, err)
			}
		case *report.Checked:
			outcomes[b.Upload]++
			if b.Outcome == report.Refused && len(b.Draft.Findings) > 0 && b.Draft.Findings[0].Code == fault.FileSetAside {
				givenUp[b.Upload]++
			}
		}
	}
	for upload, receipt := range y.Receipts {
		e := received[upload]
		if e == nil {
			return fmt.Errorf("upload %s has a receipt and is not in the journal", upload)
		}
		if !e.At.Equal(receipt.ReceivedAt) || e.Body.(*report.Received).Number != receipt.Number {
			return fmt.Errorf("upload %s: the receipt says %s at %v, the journal %v", upload, receipt.Number, receipt.ReceivedAt, e.At)
		}
	}
	for upload := range received {
		n, again := outcomes[upload], givenUp[upload]
		if n == 0 || n > again+1 {
			return fmt.Errorf("upload %s has %d outcomes, %d of them given up", upload, n, again)
		}
	}
	return nil
}

// besides are the kinds of events that are one decision, made at one moment.
var besides = map[[2]report.EventKind]bool{
	{report.KindSubmitted, report.KindChecked}:  true, // an upload that submits itself
	{report.KindReceived, report.KindSubmitted}: true, // one that was read before
}

// orderly checks that versions are 1, 2, 3 in the order of the journal and that
// later decisions about one key are later.
func orderly(events History) error {
	versions, last := map[report.Key]int{}, map[report.Key]time.Time{}
	var before *report.Event
	for _, e := range events {
		if s, ok := e.Body.(*report.Submitted); ok {
			if versions[e.Key]++; s.Version != versions[e.Key] {
				return fmt.Errorf("%s: version %d is the %dth", e.Key.Agency, s.Version, versions[e.Key])
			}
		}
		together := before != nil && before.Key == e.Key && besides[[2]report.EventKind{before.Body.Kind(), e.Body.Kind()}]
		if e.Key.Scope == report.ScopeRequest && !e.At.After(last[e.Key]) && !together {
			return fmt.Errorf("%v: %s at %v is not after %v", e.Key, e.Body.Kind(), e.At, last[e.Key])
		}
		last[e.Key], before = e.At, e
	}
	return nil
}

// inTurn checks that what submits itself never replaces what was sent after it.
func inTurn(events History) error {
	asked := map[string]time.Time{}       // by upload: when it last came to be submitted
	newest := map[report.Key]*time.Time{} // by return: of what submitted itself
	for _, e := range events {
		switch b := e.Body.(type) {
		case *report.Received:
			if b.Submit {
				asked[b.Upload] = e.At
			}
		case *report.Submitted:
			if e.Actor.Role != report.RoleSystem {
				continue
			}
			at := asked[b.Upload]
			if last := newest[e.Key]; last != nil && at.Before(*last) {
				return fmt.Errorf("%s: version %d was sent before the one that it replaces", e.Key.Agency, b.Version)
			}
			newest[e.Key] = &at
		}
	}
	return nil
}

// note is what a clerk writes down of a version.
type note struct {
	id, upload            string
	withdrawn, sent, held bool
	set                   map[string]int // figures set by the coordinator, by place
}

// pencil reads the journal line by line, as a clerk would, and holds what counts
// in the end against the summary.
func (y *Year) pencil(events History) error {
	want := y.counted(events)
	s, _, err := Summaries(events)
	if err != nil {
		return err
	}
	if s.Heard != len(want) {
		return fmt.Errorf("heard %d, with a pencil %d", s.Heard, len(want))
	}
	total := 0
	for _, agency := range agencies {
		for _, place := range places {
			n := want[agency][place]
			total += n
			c := s.AgencyPlace[[3]string{"1", agency, place}]
			if want[agency] == nil {
				if !c.Value.IsNone() {
					return fmt.Errorf("%s at %s: %v, and it does not count", agency, place, c.Value)
				}
				continue
			}
			if !c.Value.Num.Equal(decimal.FromInt(int64(n))) {
				return fmt.Errorf("%s at %s: %v, with a pencil %d", agency, place, c.Value, n)
			}
		}
	}
	if c := s.Total["1"]; len(want) > 0 && !c.Value.Num.Equal(decimal.FromInt(int64(total))) {
		return fmt.Errorf("total %v, with a pencil %d", c.Value, total)
	}
	return nil
}

// counted gives indicator 1 by agency and place, of the agencies that count.
func (y *Year) counted(events History) map[string]map[string]int {
	notes := map[string][]*note{}
	byID := map[string]*note{}
	for _, e := range events {
		switch b := e.Body.(type) {
		case *report.Submitted:
			n := &note{id: e.ID, upload: b.Upload, held: closedAt(events, e.At), set: map[string]int{}}
			notes[e.Key.Agency] = append(notes[e.Key.Agency], n)
			byID[e.ID] = n
		case *report.Withdrawn:
			byID[b.Submission].withdrawn = true
		case *report.Returned:
			byID[b.Submission].sent = true
		case *report.Adjusted:
			n, _ := b.New.Int64()
			byID[b.Submission].set[b.Place] = int(n)
		}
	}
	out := map[string]map[string]int{}
	for agency, list := range notes {
		for _, n := range slices.Backward(list) {
			if n.sent && !n.withdrawn {
				break
			}
			if n.withdrawn || n.held {
				continue
			}
			out[agency] = maps.Clone(y.said(events, n.upload))
			maps.Copy(out[agency], n.set)
			break
		}
	}
	return out
}

// said is what an upload says of indicator 1: as the clerk remembers who sent it.
// One that was never answered is looked up in the files.
func (y *Year) said(events History, upload string) map[string]int {
	if s := y.Said[upload]; s != nil {
		return s
	}
	for _, e := range events {
		if r, ok := e.Body.(*report.Received); ok && r.Upload == upload {
			b, _ := y.files.Get(context.Background(), r.SHA256) // promises has looked
			return said(b)
		}
	}
	return nil
}

// closedAt reports whether the request was closed at a moment.
func closedAt(events History, at time.Time) (closed bool) {
	for _, e := range events {
		if e.At.After(at) {
			continue
		}
		switch e.Body.(type) {
		case *report.Closed:
			closed = true
		case *report.Reopened:
			closed = false
		}
	}
	return closed
}

// processes checks that every process has come to the same figures, by whatever
// way it came there.
func (y *Year) processes(events History) error {
	want, err := Figures(events)
	if err != nil {
		return err
	}
	for i, o := range y.offices {
		got, err := canonical(o.view)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("process %d has other figures than its journal", i)
		}
	}
	return nil
}
