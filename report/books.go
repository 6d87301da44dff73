package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// Books is a live ledger: it follows a journal and can be read at any time. One
// process needs one; the desk, the figures and the pages all read it. Set the
// fields, then call Run.
type Books struct {
	Journal Journal

	// OnEvent, when set, is called for every event after the ledger took it in,
	// still under the lock: what is derived from the ledger changes with it.
	OnEvent func(l *Ledger, r Recorded, c Change)

	mu     sync.RWMutex
	ledger Ledger
	seq    uint64         // last event taken in
	last   map[Key]uint64 // last event of each key
	caught bool
	moved  chan struct{} // closed and replaced whenever seq or caught moves
}

// Restore takes in events from a snapshot, before Run: an accelerator, read
// with the same code as the journal itself. Sequences must grow.
func (b *Books) Restore(events []Recorded) error {
	if b.OnEvent != nil { // who is told of each wants to see the ledger after each
		for _, r := range events {
			if err := b.take(r); err != nil {
				return fmt.Errorf("restore: %w", err)
			}
		}
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	seq := b.seq
	for _, r := range events {
		if err := follows(r, seq); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		seq = r.Seq
	}
	b.ledger.load(events)
	for _, r := range events {
		b.note(r)
	}
	b.wake()
	return nil
}

// RestoreParts is Restore of a snapshot that is read part by part: the events of some
// returns are read when someone asks for them. Of those given all come up to seq, and
// whatever is not in unread is in events.
func (b *Books) RestoreParts(events []Recorded, parts []Unread, seq uint64) error {
	if b.OnEvent != nil { // who is told of each event hears of them all, in their order
		for _, u := range parts {
			events = append(events, u.Read()...)
		}
		slices.SortFunc(events, func(x, y Recorded) int { return cmp.Compare(x.Seq, y.Seq) })
		parts = nil
	}
	if err := b.Restore(events); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range parts {
		b.ledger.leave(u)
	}
	b.seq = max(b.seq, seq)
	b.wake()
	return nil
}

// Run follows the journal until ctx ends or reading fails; a gap ends it with
// [ErrGap].
func (b *Books) Run(ctx context.Context) error {
	return b.Journal.Follow(ctx, b.Seq()+1, b.take, func(uint64) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.caught = true
		b.wake()
	})
}

// take adds one event. Events come in order, each once; anything else stops the
// fold. That none is left out is the journal's own promise (law 1's reading
// side): its sequences may jump, because a large event takes several places,
// and only it can tell a jump from a hole.
func (b *Books) take(r Recorded) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := follows(r, b.seq); err != nil {
		return err
	}
	c := b.ledger.Add(r.Event)
	if b.OnEvent != nil {
		b.OnEvent(&b.ledger, r, c)
	}
	b.note(r)
	b.wake()
	return nil
}

// follows is nil for an event that comes after all those before it.
func follows(r Recorded, seq uint64) error {
	if r.Seq <= seq {
		return fmt.Errorf("after event %d came %d: %w", seq, r.Seq, ErrGap)
	}
	return nil
}

// note remembers how far the journal was read.
func (b *Books) note(r Recorded) {
	if b.last == nil {
		b.last = make(map[Key]uint64)
	}
	b.last[r.Key], b.seq = r.Seq, r.Seq
}

func (b *Books) wake() {
	if b.moved != nil {
		close(b.moved)
		b.moved = nil
	}
}

// Read calls fn with the ledger as it is now. fn must not keep what it is given
// nor write to it; drafts, definitions and registers are immutable and may be
// kept.
func (b *Books) Read(fn func(l *Ledger)) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	fn(&b.ledger)
}

// ReadKey is Read with the sequence of the key's last event, for the optimistic
// lock of a decision made from what fn sees.
func (b *Books) ReadKey(key Key, fn func(l *Ledger, last uint64)) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	last := b.last[key]
	if book := b.ledger.Requests[key.Name]; key.IsReturn() && book != nil {
		last = max(last, book.lastOf(key.Agency))
	}
	fn(&b.ledger, last)
}

// Seq is the sequence of the last event taken in.
func (b *Books) Seq() uint64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.seq
}

// Reached waits until the event with sequence seq has been taken in.
func (b *Books) Reached(ctx context.Context, seq uint64) error {
	return b.until(ctx, func() bool { return b.seq >= seq })
}

// CaughtUp waits until the events that the journal held at the start are in.
func (b *Books) CaughtUp(ctx context.Context) error {
	return b.until(ctx, func() bool { return b.caught })
}

func (b *Books) until(ctx context.Context, done func() bool) error {
	for {
		b.mu.Lock()
		if done() {
			b.mu.Unlock()
			return nil
		}
		if b.moved == nil {
			b.moved = make(chan struct{})
		}
		moved := b.moved
		b.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
