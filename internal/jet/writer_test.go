package jet

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"tonghop/report"
)

// storeOf opens an embedded store.
func storeOf(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// reason makes an event of a key.
func reason(key report.Key, n int) *report.Event {
	return &report.Event{
		Key: key, At: time.Unix(int64(n), 0), Actor: report.Actor{Role: report.RoleCoordinator, ID: "local"},
		Body: &report.Closed{Reason: fmt.Sprintf("reason %d", n)},
	}
}

// pack makes the write of one event for each n.
func pack(t *testing.T, s *Store, key report.Key, expect uint64, n ...int) *write {
	t.Helper()
	var events []*report.Event
	for _, n := range n {
		events = append(events, reason(key, n))
	}
	w, err := journal{s}.pack(key, expect, events)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func send(t *testing.T, s *Store, w *write) uint64 {
	t.Helper()
	seq, err := s.eventWriter.send(t.Context(), w.msgs)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// TestFind: whoever did not hear the answer to a write finds out what became of
// it.
func TestFind(t *testing.T) {
	s := storeOf(t)
	key := report.RequestKey("a")
	first := send(t, s, pack(t, s, key, 0, 1))
	landed, rival := pack(t, s, key, first, 2, 3, 4), pack(t, s, key, first, 2, 3, 4)
	last := send(t, s, landed)
	send(t, s, pack(t, s, report.RequestKey("b"), 0, 1))
	tests := []struct {
		name  string
		write *write
		want  uint64
		err   error
	}{
		{"it is there", landed, last, nil},
		{"another has its place, even of the same events", rival, 0, report.ErrStale},
		{"it may still come", pack(t, s, key, last, 5), 0, nil},
		{"to a new key it may still come", pack(t, s, report.RequestKey("c"), 0, 1), 0, nil},
		{"the key does not reach so far", pack(t, s, key, last+7, 5), 0, report.ErrStale},
		{"the key is not there", pack(t, s, report.RequestKey("d"), 3, 5), 0, report.ErrStale},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			seq, err := s.eventWriter.find(t.Context(), test.write)
			if seq != test.want || !errors.Is(err, test.err) {
				t.Errorf("got %d, %v, want %d, %v", seq, err, test.want, test.err)
			}
		})
	}
}

// TestSentTwice: a write whose answer was lost is sent again, and stored once.
func TestSentTwice(t *testing.T) {
	s := storeOf(t)
	w := pack(t, s, report.RequestKey("a"), 0, 1, 2)
	seq := send(t, s, w)
	if _, err := s.eventWriter.send(t.Context(), w.msgs); !hasCode(err, codeStale) {
		t.Errorf("sent again: got %v, want the broker's refusal", err)
	}
	if found, err := s.eventWriter.find(t.Context(), w); found != seq || err != nil {
		t.Errorf("found %d, %v, want %d", found, err, seq)
	}
	if last, err := s.Journal().Last(t.Context()); last != seq || err != nil {
		t.Errorf("the journal ends with %d, %v, want %d", last, err, seq)
	}
}

// TestGroup: one stale write does not take its company down, and two writes of
// one key are never of one company.
func TestGroup(t *testing.T) {
	s := storeOf(t)
	g := s.eventWriter.group
	for n := range 40 {
		w := pack(t, s, report.RequestKey(fmt.Sprintf("k%d", n%30)), 0, n)
		g.held = append(g.held, &waiting{write: w, done: make(chan outcome, 1)})
	}
	all := g.held
	g.ended.Go(g.drain)
	g.ended.Wait()
	for n, p := range all {
		switch out := <-p.done; {
		case n < 30 && (out.err != nil || out.seq != uint64(n+1)):
			t.Errorf("write %d: got %d, %v", n, out.seq, out.err)
		case n >= 30 && !hasCode(out.err, codeStale):
			t.Errorf("second write of key %d: got %d, %v, want the broker's refusal", n-30, out.seq, out.err)
		}
	}

	var round []*waiting
	for n := range groupLeast {
		expect := uint64(0)
		if n == 7 {
			expect = 99
		}
		w := pack(t, s, report.RequestKey(fmt.Sprintf("m%d", n)), expect, n)
		round = append(round, &waiting{write: w, done: make(chan outcome, 1)})
	}
	g.together(round)
	for n, p := range round {
		if out := <-p.done; !errors.Is(out.err, errAlone) {
			t.Errorf("write %d: got %d, %v, want to be made alone", n, out.seq, out.err)
		}
	}
}

// TestLinger: after a batch the next one waits while writes keep coming, and no
// longer than that.
func TestLinger(t *testing.T) {
	s := storeOf(t)
	until := func(end, n int) func(int) int { return func(step int) int { return btoi(step < end) * n } }
	for _, tt := range []struct {
		name          string
		last          int                // messages of the batch before
		comes         func(step int) int // writes that come in a step; those of the first are held already
		pauses, leave int
	}{
		{"nobody", 50, until(0, 0), 0, 0},
		{"one after a crowd", 50, until(1, 1), lingerIdle, 1},
		{"a few, and then no more", 50, until(3, 2), 2 + lingerIdle, 6},
		{"as many as before, all at once", 50, until(1, 50), 1, 50},
		{"as many as before, one after the other", 10, until(10, 1), 10, 10},
		{"more than before while they come", 5, until(20, 1), 20, 20},
		{"with gaps that are not too long", 50, func(step int) int { return btoi(step%lingerIdle == 0) }, lingerSteps, 1 + lingerSteps/lingerIdle},
		{"always some more", 10, until(1000, 1), lingerSteps, 1 + lingerSteps},
		{"a crowd", 50, until(1000, 40), 3, 160},
		{"enough from the beginning", groupMost, until(1, lingerEnough), 0, lingerEnough},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, step := newGroup(s.eventWriter), 0
			come := func(time.Duration) {
				for n := range tt.comes(step) {
					w := pack(t, s, report.RequestKey(fmt.Sprintf("s%d-%d", step, n)), 0, n)
					g.held = append(g.held, &waiting{write: w, done: make(chan outcome, 1)})
				}
				step++
			}
			come(0)
			g.pause = come
			g.linger(tt.last)
			if step-1 != tt.pauses || len(g.held) != tt.leave {
				t.Errorf("waited %d steps for %d writes, want %d for %d", step-1, len(g.held), tt.pauses, tt.leave)
			}
		})
	}
}

// TestDrainLingers: what a batch has to become as large as is the one before it,
// and both are counted in messages, of which a write may have several.
func TestDrainLingers(t *testing.T) {
	s := storeOf(t)
	const writes, messages = 12, 3 // of the first batch, and of each of its writes
	for _, tt := range []struct {
		name         string
		more, pauses int // writes that come one in a step, beside the one left over
	}{
		{"half as many", writes/2 - 1, writes/2 - 1 + lingerIdle},
		{"as many", writes - 1, writes},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, pauses := newGroup(s.eventWriter), 0
			hold := func(key string) {
				w := pack(t, s, report.RequestKey(strings.ReplaceAll(tt.name+key, " ", "-")), 0, make([]int, messages)...)
				g.held = append(g.held, &waiting{write: w, done: make(chan outcome, 1)})
			}
			for n := range writes {
				hold(fmt.Sprintf(" first %d", n))
			}
			hold(" first 0") // a second write of one key is for the next batch
			g.pause = func(time.Duration) {
				if pauses++; pauses <= tt.more {
					hold(fmt.Sprintf(" next %d", pauses))
				}
			}
			g.drain()
			if pauses != tt.pauses {
				t.Errorf("waited %d steps, want %d", pauses, tt.pauses)
			}
			if g.draining || len(g.held) > 0 {
				t.Errorf("over: draining %t, %d writes are held", g.draining, len(g.held))
			}
		})
	}
}

// TestGather: a round keeps within what the broker takes, in the order in which
// writes came; what is larger by itself goes by itself, and the rest stays.
func TestGather(t *testing.T) {
	s := storeOf(t)
	for _, tt := range []struct {
		name         string
		sizes        []int // of the messages held, one of each write
		taken, stays int
	}{
		{"all", []int{1, 1, 1}, 3, 0},
		{"too many", make([]int, groupMost+50), groupMost, 50},
		{"too large", []int{groupBytes / 2, groupBytes, groupBytes / 4}, 2, 1},
		{"one larger than all may be", []int{groupBytes + 1, 1}, 1, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := newGroup(s.eventWriter)
			for n, size := range tt.sizes {
				w := newWrite(fmt.Sprintf("guard %d", n), 0)
				w.add("subject", [][]byte{make([]byte, size)})
				g.held = append(g.held, &waiting{write: w, done: make(chan outcome, 1)})
			}
			if round := g.gather(); len(round) != tt.taken || len(g.held) != tt.stays {
				t.Errorf("took %d and left %d, want %d and %d", len(round), len(g.held), tt.taken, tt.stays)
			}
		})
	}
}

// TestClosedGroup: who comes after the end is told so, and does not wait.
func TestClosedGroup(t *testing.T) {
	g := newGroup(storeOf(t).eventWriter)
	g.close()
	if _, err := g.enter(newWrite("guard", 0)); !errors.Is(err, nats.ErrConnectionClosed) {
		t.Errorf("got %v, want %v", err, nats.ErrConnectionClosed)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestStaleAmongMany: the same, as callers see it.
func TestStaleAmongMany(t *testing.T) {
	s := storeOf(t)
	const writers = 150
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for n := range writers {
		wg.Go(func() {
			key := report.RequestKey(fmt.Sprintf("k%d", n))
			expect := uint64(n % 3) // for one in three the key is as new as it thinks
			_, errs[n] = s.Journal().Append(t.Context(), key, expect, reason(key, n))
		})
	}
	wg.Wait()
	for n, err := range errs {
		if n%3 == 0 && err != nil || n%3 != 0 && !errors.Is(err, report.ErrStale) {
			t.Errorf("writer %d: got %v", n, err)
		}
	}
	if last, err := s.Journal().Last(t.Context()); last != writers/3 || err != nil {
		t.Errorf("the journal ends with %d, %v, want %d", last, err, writers/3)
	}
}

// TestNothingLies: a batch that is not ended leaves nothing behind.
func TestNothingLies(t *testing.T) {
	s := storeOf(t)
	w := pack(t, s, report.RequestKey("a"), 0, 1, 2, 3)
	for i, m := range w.msgs[:2] {
		m.Header.Set(headerBatch, "cut-off")
		m.Header.Set(headerBatchSeq, fmt.Sprint(i+1))
		if _, err := s.eventWriter.request(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if last, err := s.Journal().Last(t.Context()); last != 0 || err != nil {
		t.Errorf("the journal ends with %d, %v, want nothing", last, err)
	}
	if _, err := s.Journal().Append(t.Context(), report.RequestKey("a"), 0, reason(report.RequestKey("a"), 9)); err != nil {
		t.Errorf("append: %v", err)
	}
}

func TestChunks(t *testing.T) {
	b := make([]byte, 10_000)
	for i := range b {
		b[i] = byte(i * 7)
	}
	for _, size := range []int{1, 999, 1000, 1001, 9999, 10_000} {
		if size == 1 {
			b = b[:partsMost]
		}
		var a assembler
		w := newWrite("guard", 0)
		w.add("subject", split(b, size, size))
		for i, m := range w.msgs {
			whole, ok, err := a.add(m.Header, m.Data)
			if last := i == len(w.msgs)-1; err != nil || ok != last || last && string(whole) != string(b) {
				t.Fatalf("size %d, part %d: %v, %v", size, i, ok, err)
			}
		}
	}
}

func TestChunksRefused(t *testing.T) {
	part := func(write, chunk string) nats.Header {
		h := nats.Header{}
		h.Set(headerWrite, write)
		h.Set(headerChunk, chunk)
		return h
	}
	tests := []struct {
		name  string
		parts []nats.Header
	}{
		{"begins in the middle", []nats.Header{part("a", "2/3")}},
		{"leaves one out", []nats.Header{part("a", "1/3"), part("a", "3/3")}},
		{"of two writes", []nats.Header{part("a", "1/2"), part("b", "2/2")}},
		{"changes its mind", []nats.Header{part("a", "1/2"), part("a", "2/3")}},
		{"is cut short", []nats.Header{part("a", "1/2"), {}}},
		{"no number", []nats.Header{part("a", "x/2")}},
		{"none of some", []nats.Header{part("a", "0/2")}},
		{"more than all", []nats.Header{part("a", "3/2")}},
		{"far too many", []nats.Header{part("a", "1/99999999")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var a assembler
			var err error
			for _, h := range test.parts {
				_, _, err = a.add(h, []byte("x"))
			}
			if err == nil {
				t.Error("taken")
			}
		})
	}
}

// TestBatchAsksOnItsWay: a large batch waits for the server now and then, whose
// queue has an end, and a small one only for its end.
func TestBatchAsksOnItsWay(t *testing.T) {
	s := storeOf(t)
	seen, err := s.nc.SubscribeSync(subjectFiles)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ bytes, asked int }{
		"small": {2 << 20, 1},
		"large": {3 * flow, 3},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := s.Files().Put(t.Context(), make([]byte, c.bytes)); err != nil {
				t.Fatal(err)
			}
			messages, asked := 0, 0
			for {
				m, err := seen.NextMsg(100 * time.Millisecond)
				if err != nil {
					break
				}
				messages++
				if m.Reply != "" {
					asked++
				}
			}
			if messages < 2 || asked < c.asked || asked > c.asked+1 {
				t.Errorf("%d questions in %d messages, want %d", asked, messages, c.asked)
			}
		})
	}
}

// TestOnlyASingleServerIsReadDirectly: a replica may lag, and would say that a
// file is not there.
func TestOnlyASingleServerIsReadDirectly(t *testing.T) {
	for replicas, want := range map[int]bool{1: true, 3: false} {
		if got := filesConfig(replicas).AllowDirect; got != want {
			t.Errorf("%d replicas: read directly %t, want %t", replicas, got, want)
		}
		if eventsConfig(replicas).AllowDirect {
			t.Errorf("%d replicas: the journal is read directly", replicas)
		}
	}
}
