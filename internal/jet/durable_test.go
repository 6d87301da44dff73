package jet_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/internal/jet"
	"tonghop/report"
)

// receipt makes the nth receipt of a return.
func receipt(key report.Key, n int) *report.Event {
	sha := fmt.Sprintf("%064x", n)
	return &report.Event{
		Key: key, At: time.Unix(int64(1_700_000_000+n), 0), Actor: report.Actor{Role: report.RoleAgency, Agency: key.Agency, ID: "t1"},
		Body: &report.Received{
			Upload: report.UploadID(key.Name, key.Agency, sha), Number: fmt.Sprintf("%s/%s/%d", key.Name, key.Agency, n),
			SHA256: sha, Size: 1, Via: report.ViaForm,
		},
	}
}

// agency is the key of the nth agency's return.
func agency(n int) report.Key { return report.ReturnKey("bc-2026-11", fmt.Sprintf("xa-%04d", n)) }

// bulky makes an event whose encoding is about size bytes.
func bulky(key report.Key, n, size int) *report.Event {
	var text strings.Builder
	for i := 0; text.Len() < size; i++ {
		sum := sha256.Sum256(fmt.Append(nil, n, i))
		text.WriteString(hex.EncodeToString(sum[:]))
	}
	return &report.Event{
		Key: key, At: time.Unix(int64(1_700_000_000+n), 0), Actor: report.Actor{Role: report.RoleCoordinator, ID: "local"},
		Body: &report.Returned{Submission: "s", Reason: text.String()},
	}
}

func mustAppend(t testing.TB, j report.Journal, key report.Key, expect uint64, events ...*report.Event) uint64 {
	t.Helper()
	seq, err := j.Append(t.Context(), key, expect, events...)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// read follows a journal until it is caught up, or fails.
func read(ctx context.Context, j report.Journal, from uint64) (out []report.Recorded, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err = j.Follow(ctx, from, func(r report.Recorded) error {
		out = append(out, r)
		return nil
	}, func(uint64) { stop() })
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return out, err
}

// TestRestart: whatever was acknowledged is there after the store was closed and
// opened again (law 1), and every port goes on where it stood.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	s, err := jet.Open(t.Context(), jet.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	key := agency(1)
	first, second, large := receipt(key, 1), receipt(key, 2), bulky(key, 3, 3<<20)
	last := mustAppend(t, s.Journal(), key, 0, first, second)
	last = mustAppend(t, s.Journal(), key, last, large)
	file := bytes.Repeat([]byte("số liệu "), 300_000)
	sha, err := s.Files().Put(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Snapshots().Save(t.Context(), "cube", last, []byte("fold")); err != nil {
		t.Fatal(err)
	}
	if err := s.Schedules().Set(t.Context(), "soon", "", "", time.Now().Add(time.Second), []byte("x")); err != nil {
		t.Fatal(err)
	}
	job, err := s.Inbox().Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := job.Done(); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)

	s = open(t, jet.Config{Dir: dir})
	events, err := read(t.Context(), s.Journal(), 1)
	if err != nil || len(events) != 3 || events[0].ID != first.ID || events[1].ID != second.ID || events[2].ID != large.ID {
		t.Errorf("journal: got %d events, %v", len(events), err)
	}
	if _, err := s.Journal().Append(t.Context(), key, 0, receipt(key, 4)); !errors.Is(err, report.ErrStale) {
		t.Errorf("append to what the key was before: got %v, want ErrStale", err)
	}
	if got, err := s.Files().Get(t.Context(), sha); err != nil || !bytes.Equal(got, file) {
		t.Errorf("file: got %d bytes, %v", len(got), err)
	}
	if seq, b, err := s.Snapshots().Newest(t.Context(), "cube"); err != nil || seq != last || string(b) != "fold" {
		t.Errorf("snapshot: got %d %q, %v", seq, b, err)
	}
	if f, err := s.Schedules().Next(t.Context()); err != nil || f.Name != "soon" {
		t.Errorf("schedule: got %v, %v", f, err)
	}
	if job, err := s.Inbox().Next(t.Context()); err != nil || job.ID != second.ID {
		t.Errorf("inbox: got %v, %v, want the second receipt", job, err)
	}
	if err := s.Healthy(t.Context()); err != nil {
		t.Errorf("healthy: %v", err)
	}
}

func TestSecondProcess(t *testing.T) {
	dir := t.TempDir()
	s, err := jet.Open(t.Context(), jet.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	_, err = jet.Open(t.Context(), jet.Config{Dir: dir})
	if !errors.Is(err, jet.ErrInUse) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("got %v, want ErrInUse with the folder and the process", err)
	}
	closeStore(t, s)
	open(t, jet.Config{Dir: dir}) // free again
}

func TestConfig(t *testing.T) {
	tests := []struct {
		name string
		cfg  jet.Config
	}{
		{"nowhere", jet.Config{}},
		{"two places", jet.Config{Dir: "x", URLs: []string{"nats://localhost:1"}}},
		{"embedded replicas", jet.Config{Dir: "x", Replicas: 3}},
		{"even replicas", jet.Config{URLs: []string{"nats://localhost:1"}, Replicas: 2}},
		{"nobody there", jet.Config{URLs: []string{"nats://127.0.0.1:1"}, Attempt: 50 * time.Millisecond, Timeout: 200 * time.Millisecond}},
		{"no credentials", jet.Config{URLs: []string{"nats://127.0.0.1:1"}, NKey: "/does/not/exist"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if s, err := jet.Open(t.Context(), test.cfg); err == nil {
				t.Errorf("opened")
				closeStore(t, s)
			}
		})
	}
}

// TestClosed: after Close every call fails, and says that the store is not there.
func TestClosed(t *testing.T) {
	s, err := jet.Open(t.Context(), jet.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	following := make(chan error, 1)
	go func() {
		following <- s.Journal().Follow(context.Background(), 1, func(report.Recorded) error { return nil }, nil)
	}()
	time.Sleep(50 * time.Millisecond)
	closeStore(t, s)
	calls := map[string]func() error{
		"append": func() error {
			_, err := s.Journal().Append(t.Context(), agency(1), 0, receipt(agency(1), 1))
			return err
		},
		"load":   func() error { _, _, err := s.Journal().Load(t.Context(), agency(1)); return err },
		"last":   func() error { _, err := s.Journal().Last(t.Context()); return err },
		"next":   func() error { _, err := s.Inbox().Next(t.Context()); return err },
		"put":    func() error { _, err := s.Files().Put(t.Context(), []byte("x")); return err },
		"health": func() error { return s.Healthy(t.Context()) },
		"follow": func() error { return <-following },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, report.ErrUnavailable) {
			t.Errorf("%s: got %v, want ErrUnavailable", name, err)
		}
	}
}

// TestFull: a full store refuses, says so, and goes on reading.
func TestFull(t *testing.T) {
	s := open(t, jet.Config{Dir: t.TempDir(), MaxStore: 4 << 20})
	var err error
	for n := range 40 {
		if _, err = s.Files().Put(t.Context(), bytes.Repeat([]byte{byte(n)}, 500_000)); err != nil {
			break
		}
	}
	if !errors.Is(err, report.ErrUnavailable) {
		t.Fatalf("got %v, want ErrUnavailable", err)
	}
	if _, err := s.Journal().Last(t.Context()); err != nil {
		t.Errorf("reading: %v", err)
	}
}

func TestLimits(t *testing.T) {
	s := open(t, jet.Config{Dir: t.TempDir(), MaxFile: 1000})
	if _, err := s.Files().Put(t.Context(), make([]byte, 1001)); !errors.Is(err, jet.ErrTooLarge) {
		t.Errorf("file: got %v, want ErrTooLarge", err)
	}
	e := receipt(agency(1), 1)
	e.Body.(*report.Received).Note = bulky(agency(1), 1, 2<<20).Body.(*report.Returned).Reason
	if _, err := s.Journal().Append(t.Context(), agency(1), 0, e); !errors.Is(err, jet.ErrTooLarge) {
		t.Errorf("receipt: got %v, want ErrTooLarge", err)
	}
	for _, key := range []report.Key{{Scope: "x", Name: "a"}, {Scope: report.ScopeRequest, Name: "a.b"}, {Scope: report.ScopeRequest, Name: "a", Agency: "_"}} {
		if _, _, err := s.Journal().Load(t.Context(), key); err == nil {
			t.Errorf("key %v was taken", key)
		}
	}
}

// blocks gives the block files of the journal in a folder.
func blocks(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "EV", "msgs", "*.blk"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no blocks of the journal in %s: %v", dir, err)
	}
	return found
}

// TestDamage: a journal that the disk has changed is not read past the damage,
// and not at its end either (law 1).
func TestDamage(t *testing.T) {
	t.Parallel()
	const events = 200
	flip := func(share float64) func(*testing.T, string) {
		return func(t *testing.T, block string) {
			b, err := os.ReadFile(block)
			if err != nil {
				t.Fatal(err)
			}
			b[int(float64(len(b))*share)] ^= 1
			if err := os.WriteFile(block, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name    string
		noIndex bool // as after a hard stop: the server reads the blocks themselves
		damage  func(*testing.T, string)
	}{
		{"a bit in the middle", false, flip(0.5)},
		{"a bit in the middle, after a hard stop", true, flip(0.5)},
		{"a bit near the end", false, flip(0.999)},
		{"a bit at the beginning", false, flip(0.001)},
		{"the journal is gone", false, func(t *testing.T, block string) {
			if err := os.RemoveAll(filepath.Dir(filepath.Dir(block))); err != nil {
				t.Fatal(err)
			}
		}},
		{"the block is gone", false, func(t *testing.T, block string) {
			if err := os.Remove(block); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s, err := jet.Open(t.Context(), jet.Config{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			batch := make([]*report.Event, events)
			for n := range batch {
				batch[n] = receipt(agency(1), n)
			}
			mustAppend(t, s.Journal(), agency(1), 0, batch...)
			closeStore(t, s)
			test.damage(t, blocks(t, dir)[0])
			if test.noIndex {
				if err := os.Remove(filepath.Join(filepath.Dir(blocks(t, dir)[0]), "index.db")); err != nil {
					t.Fatal(err)
				}
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			var got []report.Recorded
			s, err = jet.Open(ctx, jet.Config{Dir: dir})
			if err == nil {
				t.Cleanup(func() { closeStore(t, s) })
				got, err = read(ctx, s.Journal(), 1)
			}
			if !errors.Is(err, report.ErrGap) {
				t.Fatalf("read %d of %d events: got %v, want ErrGap", len(got), events, err)
			}
			t.Logf("read %d of %d events: %v", len(got), events, err)
		})
	}
}
