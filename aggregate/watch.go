package aggregate

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// Watch hears which requests have changed. Changes that come faster than they
// are read are joined: no reader holds the fold up, and none misses one.
type Watch struct {
	mu      sync.Mutex
	changed map[string]struct{}
	seq     uint64
	signal  chan struct{} // holds one when something has changed
}

// Watch begins to hear of changes; [View.Unwatch] ends it.
func (v *View) Watch() *Watch {
	w := &Watch{changed: map[string]struct{}{}, signal: make(chan struct{}, 1)}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.watches = append(v.watches, w)
	return w
}

// Unwatch ends a watch.
func (v *View) Unwatch(w *Watch) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.watches = slices.DeleteFunc(v.watches, func(x *Watch) bool { return x == w })
}

// Next waits until something has changed, and gives the codes of the requests
// that have since the last call, sorted, and the sequence of the newest event
// among them. It fails when ctx ends.
func (w *Watch) Next(ctx context.Context) (requests []string, seq uint64, err error) {
	select {
	case <-w.signal:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	requests, seq = w.take()
	return requests, seq, nil
}

// take gives what has changed, and forgets it.
func (w *Watch) take() (requests []string, seq uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	requests = slices.Sorted(maps.Keys(w.changed))
	clear(w.changed)
	return requests, w.seq
}

// tell notes a change; it never waits.
func (w *Watch) tell(requests []string, seq uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range requests {
		w.changed[r] = struct{}{}
	}
	w.seq = seq
	select {
	case w.signal <- struct{}{}:
	default:
	}
}
