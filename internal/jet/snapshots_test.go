package jet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// TestSnapshotsKept: three are kept, and one that is damaged gives way to the one
// before it.
func TestSnapshotsKept(t *testing.T) {
	s := storeOf(t)
	key := report.RequestKey("a")
	var seqs []uint64
	for n := range 5 {
		seq, err := s.Journal().Append(t.Context(), key, uint64(n), reason(key, n))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Snapshots().Save(t.Context(), "cube", seq, fmt.Append(nil, "fold ", n)); err != nil {
			t.Fatal(err)
		}
		seqs = append(seqs, seq)
	}
	snaps := snapshots{s}
	kept, err := snaps.kept(t.Context(), "cube")
	if err != nil || len(kept) != snapshotsKept {
		t.Fatalf("kept %v, %v", kept, err)
	}
	spoil := []struct {
		what string
		do   func(prefix string) error
	}{
		{"the newest has lost a part", func(prefix string) error {
			return s.snapshots.Purge(t.Context(), jetstream.WithPurgeSubject(prefix+"0"))
		}},
		{"the one before has other bytes", func(prefix string) error {
			_, err := s.js.Publish(t.Context(), prefix+"0", []byte("figures"))
			return err
		}},
		{"the third has no end", func(prefix string) error {
			return s.snapshots.Purge(t.Context(), jetstream.WithPurgeSubject(prefix+"end"))
		}},
	}
	for i, sp := range spoil {
		want := seqs[len(seqs)-1-i]
		if seq, b, err := s.Snapshots().Newest(t.Context(), "cube"); err != nil || seq != want || string(b) != fmt.Sprint("fold ", want-1) {
			t.Errorf("before %s: got %d %q, %v, want %d", sp.what, seq, b, err, want)
		}
		if err := sp.do("snap.cube." + kept[i] + "."); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.Snapshots().Newest(t.Context(), "cube"); !errors.Is(err, report.ErrNotFound) {
		t.Errorf("with all of them spoilt: got %v, want ErrNotFound", err)
	}
}

// journalOf describes a journal to a mark.
func journalOf(created time.Time, last uint64) *jetstream.StreamInfo {
	return &jetstream.StreamInfo{Created: created, State: jetstream.StreamState{LastSeq: last}}
}

func TestMark(t *testing.T) {
	dir, born := t.TempDir(), time.Unix(1_700_000_000, 5)
	m, err := openMark(dir, journalOf(born, 10))
	if err != nil {
		t.Fatal(err)
	}
	m.reached(30)
	m.reached(20) // answers come in any order
	if err := m.close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		created time.Time
		last    uint64
		err     error
	}{
		{"as it was", born, 30, nil},
		{"longer", born, 31, nil},
		{"shorter", born, 29, report.ErrGap},
		{"another", born.Add(time.Second), 30, report.ErrGap},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := &mark{path: filepath.Join(dir, markFile), created: test.created.UTC().Format(time.RFC3339Nano)}
			if err := m.check(test.last); !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
		})
	}
}

// FuzzMark: whatever stands in the file, a journal is either refused or reaches
// at least as far as the file says.
func FuzzMark(f *testing.F) {
	born := time.Unix(1_700_000_000, 0).UTC().Format(time.RFC3339Nano)
	f.Add([]byte(born+" 30\n"), uint64(30))
	f.Add([]byte(born+" 18446744073709551616\n"), uint64(1))
	f.Add([]byte(""), uint64(0))
	f.Fuzz(func(t *testing.T, b []byte, last uint64) {
		m := &mark{path: filepath.Join(t.TempDir(), markFile), created: born}
		if err := os.WriteFile(m.path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if m.check(last) == nil && !strings.Contains(string(b), " ") {
			t.Errorf("%q was taken for a mark", b)
		}
	})
}

func FuzzChunkOf(f *testing.F) {
	for _, s := range []string{"", "1/1", "2/3", "0/1", "3/2", "1/900", "1/901", "a/b", "1/2/3", "-1/-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		i, n, err := chunkOf(map[string][]string{headerChunk: {s}})
		if err == nil && (i < 1 || n < i || n > partsMost) {
			t.Errorf("%q was read as part %d of %d", s, i, n)
		}
	})
}
