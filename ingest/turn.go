package ingest

import (
	"context"
	"sync"

	"tonghop/report"
)

// turns lets the decisions that a process makes about one key come one after the
// other. The journal's optimistic lock alone keeps them right; without turns a
// hundred at once would be decided a hundred times over, and the last would be
// made again until it is given up. The zero value is ready.
type turns struct {
	mu   sync.Mutex
	keys map[report.Key]*turn
}

// turn is the queue before one key.
type turn struct {
	free    chan struct{} // holds one token while nobody decides
	waiting int           // those who hold the token or wait for it
}

// take waits for the key's turn. give ends it; without an error it must be called.
func (t *turns) take(ctx context.Context, key report.Key) (give func(), err error) {
	t.mu.Lock()
	q := t.keys[key]
	if q == nil {
		q = &turn{free: make(chan struct{}, 1)}
		q.free <- struct{}{}
		if t.keys == nil {
			t.keys = make(map[report.Key]*turn)
		}
		t.keys[key] = q
	}
	q.waiting++
	t.mu.Unlock()
	select {
	case <-q.free:
		return func() { q.free <- struct{}{}; t.leave(key, q) }, nil
	case <-ctx.Done():
		t.leave(key, q)
		return nil, ctx.Err()
	}
}

// leave forgets a queue in which nobody stands.
func (t *turns) leave(key report.Key, q *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if q.waiting--; q.waiting == 0 {
		delete(t.keys, key)
	}
}
