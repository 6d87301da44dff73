package report

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func apply(rev, at int, approval bool) *Event {
	return &Event{ID: "req@" + string(rune('a'+at)), Key: RequestKey("r"), At: minute(at),
		Body: &RequestApplied{Revision: rev, Request: &Request{Code: "r", Agencies: []string{"a"}, Approval: approval}}}
}

func TestLedgerClosesAndReopens(t *testing.T) {
	var l Ledger
	l.Add(apply(1, 0, false))
	for _, e := range tell(t, `1 received A
		2 ready A
		5 submitted 1 A`).events {
		l.Add(e)
	}
	ret := l.Requests["r"].Returns()["a"]
	if got := sketch(ret); got != "A=submitted v1=submitted counts=v1 official=v1" {
		t.Fatalf("before the close: %s", got)
	}
	// The close is heard of late, but was before the submission.
	c := l.Add(&Event{ID: "close", Key: RequestKey("r"), At: minute(4), Body: &Closed{}})
	if got := sketch(ret); got != "A=held v1=held counts=none official=none" || len(c.Returns) != 1 {
		t.Fatalf("after the close: %s, %d returns folded", got, len(c.Returns))
	}
	l.Add(&Event{ID: "open", Key: RequestKey("r"), At: minute(5), Body: &Reopened{}})
	if got := sketch(ret); got != "A=submitted v1=submitted counts=v1 official=v1" {
		t.Fatalf("after the reopening: %s", got)
	}
	book := l.Request("r")
	if !book.IsClosed(minute(4)) || book.IsClosed(minute(5)) {
		t.Errorf("closed from minute 4 until before minute 5, got %v", book.Closed)
	}
}

func TestLedgerTakesTheHighestRevision(t *testing.T) {
	first, second := apply(1, 1, false), apply(2, 0, true)
	for _, order := range [][]*Event{{first, second}, {second, first}, {second, first, second}} {
		var l Ledger
		for _, e := range order {
			l.Add(e)
		}
		if b := l.Request("r"); !b.Request.Approval || b.Revision() != 3 {
			t.Errorf("revision 2 holds whenever it comes; next revision %d", b.Revision())
		}
	}
}

func TestLedgerAsOf(t *testing.T) {
	var l Ledger
	l.Add(apply(1, 0, false))
	for _, e := range tell(t, `1 received A
		2 ready A
		3 submitted 1 A
		4 withdrawn submitted@3`).events {
		l.Add(e)
	}
	past := l.Request("r").AsOf(minute(3))
	if past.Returns()["a"].Standing == nil {
		t.Error("as of minute 3 the submission stood")
	}
	if l.Requests["r"].Returns()["a"].Standing != nil {
		t.Error("looking back changed the present")
	}
	if before := l.Request("r").AsOf(minute(0).Add(-time.Second)); before.Request != nil {
		t.Error("before it was opened there was no request")
	}
}

func TestLedgerKeepsOneDefinitionPerVersion(t *testing.T) {
	a := &Event{ID: "a", Body: &DefinitionApplied{Definition: &Definition{Code: "d", Version: "1", Title: Text{VI: "một"}}}}
	b := &Event{ID: "b", Body: &DefinitionApplied{Definition: &Definition{Code: "d", Version: "1", Title: Text{VI: "hai"}}}}
	for _, order := range [][]*Event{{a, b}, {b, a}, {b, b, a}} {
		var l Ledger
		for _, e := range order {
			l.Add(e)
		}
		if got := l.Definition("d", "1").Title.VI; got != "hai" {
			t.Errorf("two journals disagree: every reader keeps the greater identity, got %q", got)
		}
	}
}

func TestLedgerTokens(t *testing.T) {
	issued := &Event{ID: "i", At: minute(1), Key: Key{Scope: ScopeSystem, Name: "tokens"}, Body: &TokenIssued{ID: "t1", Role: RoleAgency, Agency: "a"}}
	revoked := &Event{ID: "r", At: minute(2), Key: issued.Key, Body: &TokenRevoked{ID: "t1"}}
	for _, order := range [][]*Event{{issued, revoked}, {revoked, issued}, {revoked, issued, issued, revoked}} {
		var l Ledger
		for _, e := range order {
			l.Add(e)
		}
		if tok := l.Tokens["t1"]; tok.Agency != "a" || tok.RevokedAt != minute(2) {
			t.Errorf("got %+v", tok)
		}
	}
}

func TestMay(t *testing.T) {
	clerk := Actor{Role: RoleAgency, Agency: "a"}
	for _, c := range []struct {
		who    string
		actor  Actor
		do     Action
		agency string
		want   bool
	}{
		{"a clerk uploads for the own agency", clerk, ActUpload, "a", true},
		{"not for another", clerk, ActUpload, "b", false},
		{"does not read another's", clerk, ActRead, "b", false},
		{"does not approve", clerk, ActReview, "a", false},
		{"does not apply forms", clerk, ActApply, "", false},
		{"a clerk without an agency does nothing", Actor{Role: RoleAgency}, ActUpload, "", false},
		{"a coordinator uploads for an agency", Actor{Role: RoleCoordinator}, ActUpload, "a", true},
		{"and approves", Actor{Role: RoleCoordinator}, ActReview, "a", true},
		{"but issues no tokens", Actor{Role: RoleCoordinator}, ActTokens, "", false},
		{"an analyst reads", Actor{Role: RoleAnalyst}, ActRead, "", true},
		{"an analyst submits nothing", Actor{Role: RoleAnalyst}, ActSubmit, "a", false},
		{"an administrator issues tokens", Actor{Role: RoleAdmin}, ActTokens, "", true},
		{"nobody does nothing", Actor{}, ActRead, "a", false},
	} {
		if got := May(c.actor, c.do, c.agency); got != c.want {
			t.Errorf("%s: got %v", c.who, got)
		}
	}
}

// TestFingerprint: a set of events has one fingerprint, and a set with one event
// less has another.
func TestFingerprint(t *testing.T) {
	events := append(tell(t, `1 received A
		2 ready A
		5 submitted 1 A`).events, apply(1, 0, false), &Event{ID: "close", Key: RequestKey("r"), At: minute(6), Body: &Closed{}})
	printOf := func(order []*Event) uint64 {
		var l Ledger
		for _, e := range order {
			l.Add(e)
		}
		return l.Requests["r"].Fingerprint()
	}
	whole := printOf(events)
	backwards := slices.Clone(events)
	slices.Reverse(backwards)
	if got := printOf(append(backwards, events...)); got != whole {
		t.Errorf("backwards and repeated: %x, want %x", got, whole)
	}
	for i, e := range events {
		if got := printOf(slices.Delete(slices.Clone(events), i, i+1)); got == whole {
			t.Errorf("without %s the fingerprint is the same", e.ID)
		}
	}
}

// TestLoad: events taken in at once make the ledger that they make one by one,
// whatever order they come in.
func TestLoad(t *testing.T) {
	const story = `1 received A submit
		2 ready A
		3 submitted 1 A
		4 received B
		5 refused B
		6 withdrawn submitted@3`
	events := append(tell(t, story).events, apply(1, 0, true), &Event{ID: "close", Key: RequestKey("r"), At: minute(7), Body: &Closed{}})
	for _, e := range tell(t, story).events {
		other := *e
		other.ID, other.Key = "other "+e.ID, ReturnKey("r", "b")
		events = append(events, &other)
	}
	for range 20 {
		rand.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		var one, all Ledger
		var recorded []Recorded
		for i, e := range events {
			one.Add(e)
			recorded = append(recorded, Recorded{Seq: uint64(i + 1), Event: e})
		}
		all.load(append(recorded, recorded...)) // twice: each counts once
		a, b := one.Requests["r"], all.Requests["r"]
		if b.Fingerprint() != a.Fingerprint() || len(b.Closed) != len(a.Closed) {
			t.Errorf("at once: %x, closed %d times; one by one: %x, %d", b.Fingerprint(), len(b.Closed), a.Fingerprint(), len(a.Closed))
		}
		for _, agency := range []string{"a", "b"} {
			if got, want := sketch(b.Returns()[agency]), sketch(a.Returns()[agency]); got != want || !strings.Contains(got, "refused") {
				t.Fatalf("%s at once: %s, one by one: %s", agency, got, want)
			}
		}
	}
}
