package mem

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"tonghop/report"
)

// Snapshots is a report.Snapshots in memory: the newest of each name is kept.
type Snapshots struct {
	Journal *Journal // the journal whose folds are kept

	mu   sync.Mutex
	kept map[string]snapshot
}

type snapshot struct {
	seq uint64
	b   []byte
}

var _ report.Snapshots = (*Snapshots)(nil)

// Save implements report.Snapshots.
func (s *Snapshots) Save(ctx context.Context, name string, seq uint64, b []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = make(map[string]snapshot)
	}
	if seq >= s.kept[name].seq {
		s.kept[name] = snapshot{seq: seq, b: bytes.Clone(b)}
	}
	return nil
}

// Newest implements report.Snapshots.
func (s *Snapshots) Newest(ctx context.Context, name string) (uint64, []byte, error) {
	last, err := s.Journal.Last(ctx)
	if err != nil {
		return 0, nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, there := s.kept[name]
	switch {
	case !there:
		return 0, nil, fmt.Errorf("snapshot %s: %w", name, report.ErrNotFound)
	case kept.seq > last:
		return 0, nil, fmt.Errorf("snapshot %s of event %d, but the journal ends at %d and has lost its tail: %w",
			name, kept.seq, last, report.ErrGap)
	}
	return kept.seq, bytes.Clone(kept.b), nil
}
