package jet

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// snapshotsKept is how many snapshots of a name are kept: the newest may be
// damaged, and the one before it still saves most of a start.
const snapshotsKept = 3

// snapshots is the report.Snapshots of a store. A snapshot is a subject for each
// of its parts and one for its end, written last: without an end there is no
// snapshot, and the next Save lets its parts go.
type snapshots struct{ *Store }

var _ report.Snapshots = snapshots{}

// Snapshots gives the store of folds.
func (s *Store) Snapshots() report.Snapshots { return snapshots{s} }

// Save implements report.Snapshots.
func (s snapshots) Save(ctx context.Context, name string, seq uint64, b []byte) error {
	if err := s.save(ctx, name, seq, b); err != nil {
		return fmt.Errorf("save snapshot %s of event %d: %w", name, seq, err)
	}
	return nil
}

func (s snapshots) save(ctx context.Context, name string, seq uint64, b []byte) error {
	if !report.IsCode(name) {
		return errors.New("the name is no code")
	}
	created, err := s.journalCreated(ctx)
	if err != nil {
		return err
	}
	prefix := fmt.Sprintf("snap.%s.%020d.", name, seq)
	parts := split(b, s.singleSize(), s.singleSize())
	for i, part := range parts {
		if err := s.put(ctx, &nats.Msg{Subject: prefix + strconv.Itoa(i), Data: part}); err != nil {
			return err
		}
	}
	sum := sha256.Sum256(b)
	end := &nats.Msg{Subject: prefix + "end", Header: nats.Header{}}
	end.Header.Set(headerCreated, created)
	end.Header.Set(headerSHA256, hex.EncodeToString(sum[:]))
	end.Header.Set(headerChunk, strconv.Itoa(len(parts)))
	if err := s.put(ctx, end); err != nil {
		return err
	}
	return s.letGo(ctx, name)
}

// put writes one message; a later one of the same subject replaces it.
func (s snapshots) put(ctx context.Context, m *nats.Msg) error {
	return s.retry(ctx, "write", func(ctx context.Context) error {
		_, err := s.js.PublishMsg(ctx, m)
		return err
	})
}

// journalCreated tells one journal from another that has taken its place.
func (s snapshots) journalCreated(ctx context.Context) (string, error) {
	info, err := journal(s).info(ctx)
	if err != nil {
		return "", err
	}
	return info.Created.UTC().Format(time.RFC3339Nano), nil
}

// kept lists the sequences of a name's snapshots, newest first, whole ones and
// pieces alike.
func (s snapshots) kept(ctx context.Context, name string) ([]string, error) {
	prefix := "snap." + name + "."
	seqs := make(map[string]bool)
	err := s.retry(ctx, "list", func(ctx context.Context) error {
		info, err := s.Store.snapshots.Info(ctx, jetstream.WithSubjectFilter(prefix+">"))
		if err != nil {
			return err
		}
		for subject := range info.State.Subjects {
			seq, _, _ := strings.Cut(strings.TrimPrefix(subject, prefix), ".")
			seqs[seq] = true
		}
		return nil
	})
	return slices.SortedFunc(maps.Keys(seqs), func(a, b string) int { return cmp.Compare(b, a) }), err
}

// letGo removes all but the newest snapshots of a name.
func (s snapshots) letGo(ctx context.Context, name string) error {
	seqs, err := s.kept(ctx, name)
	if err != nil {
		return err
	}
	for _, seq := range seqs[min(snapshotsKept, len(seqs)):] {
		err := s.retry(ctx, "remove", func(ctx context.Context) error {
			return s.Store.snapshots.Purge(ctx, jetstream.WithPurgeSubject("snap."+name+"."+seq+".>"))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Newest implements report.Snapshots.
func (s snapshots) Newest(ctx context.Context, name string) (uint64, []byte, error) {
	seq, b, err := s.newest(ctx, name)
	if err != nil {
		return 0, nil, fmt.Errorf("newest snapshot %s: %w", name, err)
	}
	return seq, b, nil
}

func (s snapshots) newest(ctx context.Context, name string) (uint64, []byte, error) {
	if !report.IsCode(name) {
		return 0, nil, report.ErrNotFound
	}
	seqs, err := s.kept(ctx, name)
	if err != nil {
		return 0, nil, err
	}
	// Asked after the list: the journal grows, and another process may keep a
	// snapshot of what came a moment ago.
	info, err := journal(s).info(ctx)
	if err != nil {
		return 0, nil, err
	}
	created := info.Created.UTC().Format(time.RFC3339Nano)
	for _, text := range seqs {
		seq, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			continue // not one of ours
		}
		b, err := s.get(ctx, name, text, created)
		switch {
		case errors.Is(err, errNoSnapshot):
			s.cfg.Log("snapshot %s of event %d is left out: %v", name, seq, err)
		case err != nil:
			return 0, nil, err
		case seq > info.State.LastSeq:
			return 0, nil, fmt.Errorf("it is of event %d, but the journal ends with %d and has lost its tail: %w", seq, info.State.LastSeq, report.ErrGap)
		default:
			return seq, b, nil
		}
	}
	return 0, nil, report.ErrNotFound
}

// errNoSnapshot: what is there is no whole snapshot of this journal.
var errNoSnapshot = errors.New("no snapshot of this journal")

// get reads one snapshot and checks its hash.
func (s snapshots) get(ctx context.Context, name, seq, created string) ([]byte, error) {
	prefix := "snap." + name + "." + seq + "."
	end, err := s.last(ctx, prefix+"end")
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(end.Header.Get(headerChunk))
	if err != nil || end.Header.Get(headerCreated) != created {
		return nil, fmt.Errorf("it is of another: %w", errNoSnapshot)
	}
	var parts [][]byte
	for i := range n {
		m, err := s.last(ctx, prefix+strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		parts = append(parts, m.Data)
	}
	b := join(parts)
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != end.Header.Get(headerSHA256) {
		return nil, fmt.Errorf("it is damaged: %w", errNoSnapshot)
	}
	return b, nil
}

func (s snapshots) last(ctx context.Context, subject string) (m *jetstream.RawStreamMsg, err error) {
	err = s.retry(ctx, "read", func(ctx context.Context) error {
		m, err = s.Store.snapshots.GetLastMsgForSubject(ctx, subject)
		return err
	})
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		err = fmt.Errorf("a part is missing: %w", errNoSnapshot)
	}
	return m, err
}
