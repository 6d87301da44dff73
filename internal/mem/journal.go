package mem

import (
	"context"
	"fmt"
	"sync"

	"tonghop/report"
	"tonghop/report/codec"
)

// Journal is a report.Journal in memory. Its sequences are 1, 2, 3 and so on.
// Events are kept as they are given: whoever appends one must not change it
// afterwards.
type Journal struct {
	mu     sync.Mutex
	events []report.Recorded
	last   map[report.Key]uint64
	moved  chan struct{} // closed and replaced when an event is added
}

var _ report.Journal = (*Journal)(nil)

// Append implements report.Journal.
func (j *Journal) Append(ctx context.Context, key report.Key, expect uint64, events ...*report.Event) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if len(events) == 0 {
		return 0, fmt.Errorf("append to %v: no events", key)
	}
	for _, e := range events {
		if e.Key != key {
			return 0, fmt.Errorf("append to %v: event of key %v", key, e.Key)
		}
		if err := codec.Seal(e); err != nil {
			return 0, fmt.Errorf("append to %v: %w", key, err)
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if last := j.last[key]; last != expect {
		return 0, fmt.Errorf("append to %v after %d, which ends at %d: %w", key, expect, last, report.ErrStale)
	}
	for _, e := range events {
		j.events = append(j.events, report.Recorded{Seq: uint64(len(j.events)) + 1, Event: e})
	}
	if j.last == nil {
		j.last = make(map[report.Key]uint64)
	}
	seq := uint64(len(j.events))
	j.last[key] = seq
	if j.moved != nil {
		close(j.moved)
		j.moved = nil
	}
	return seq, nil
}

// Load implements report.Journal.
func (j *Journal) Load(ctx context.Context, key report.Key) ([]report.Recorded, uint64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	last := j.last[key]
	var out []report.Recorded
	for _, r := range j.events[:last] {
		if r.Key == key {
			out = append(out, r)
		}
	}
	return out, last, nil
}

// Follow implements report.Journal.
func (j *Journal) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	target, _ := j.since(0)
	next := max(from, 1)
	if last := uint64(len(target)); next > last+1 {
		return fmt.Errorf("follow from event %d of a journal that ends at %d: %w", from, last, report.ErrGap)
	}
	for told := false; ; {
		if last := uint64(len(target)); !told && next > last {
			told = true
			if caughtUp != nil {
				caughtUp(last)
			}
		}
		fresh, moved := j.since(next - 1)
		for _, r := range fresh {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := fn(r); err != nil {
				return err
			}
			next = r.Seq + 1
			if !told && r.Seq == uint64(len(target)) {
				break // what came meanwhile is told after caughtUp
			}
		}
		if len(fresh) > 0 {
			continue
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// since gives the events after seq, and a channel that is closed when there are
// more.
func (j *Journal) since(seq uint64) ([]report.Recorded, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.moved == nil {
		j.moved = make(chan struct{})
	}
	return j.events[seq:len(j.events):len(j.events)], j.moved
}

// Last implements report.Journal.
func (j *Journal) Last(ctx context.Context) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return uint64(len(j.events)), nil
}
