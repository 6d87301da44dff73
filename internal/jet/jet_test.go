package jet_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tonghop/internal/jet"
	"tonghop/report"
	"tonghop/report/reporttest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		childWrites(dir)
	}
	code := m.Run()
	if left := ours(); left != "" && code == 0 {
		fmt.Fprintf(os.Stderr, "goroutines of the store outlive it:\n%s\n", left)
		code = 1
	}
	os.Exit(code)
}

// ours gives the goroutines of package jet that still run some seconds after
// the tests. The servers of the cluster tests are stopped hard on purpose and
// may leave some of their own.
func ours() (left string) {
	for range 50 {
		all := make([]byte, 8<<20)
		all = all[:runtime.Stack(all, true)]
		left = ""
		for g := range strings.SplitSeq(string(all), "\n\n") {
			if strings.Contains(g, "tonghop/internal/jet.") {
				left += g + "\n\n"
			}
		}
		if left == "" {
			return ""
		}
		time.Sleep(100 * time.Millisecond)
	}
	return left
}

// TestCloseLeavesNothing: an embedded store that was used and closed leaves no
// goroutine behind, not even the server's.
func TestCloseLeavesNothing(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s, err := jet.Open(t.Context(), jet.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Files().Put(t.Context(), []byte("tệp")); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	goleak.VerifyNone(t, before)
}

// open opens a store and closes it when the test ends.
func open(t testing.TB, cfg jet.Config) *jet.Store {
	t.Helper()
	s, err := jet.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

func closeStore(t testing.TB, s *jet.Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Errorf("close: %v", err)
	}
}

// embedded opens a store in a folder of its own.
func embedded(t testing.TB) *jet.Store { return open(t, jet.Config{Dir: t.TempDir()}) }

func TestJournal(t *testing.T) {
	reporttest.TestJournal(t, func(t *testing.T) report.Journal { return embedded(t).Journal() })
}

func TestInbox(t *testing.T) {
	t.Parallel()
	reporttest.TestInbox(t, func(t *testing.T, patience time.Duration) (report.Journal, report.Inbox) {
		s := open(t, jet.Config{Dir: t.TempDir(), Patience: patience})
		return s.Journal(), s.Inbox()
	})
}

func TestFiles(t *testing.T) {
	reporttest.TestFiles(t, func(t *testing.T) report.Files { return embedded(t).Files() })
}

func TestSnapshots(t *testing.T) {
	reporttest.TestSnapshots(t, func(t *testing.T) (report.Journal, report.Snapshots) {
		s := embedded(t)
		return s.Journal(), s.Snapshots()
	})
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	reporttest.TestSchedules(t, func(t *testing.T) report.Schedules { return embedded(t).Schedules() })
}

// TestAddresses: what is said about a cluster holds no secrets.
func TestAddresses(t *testing.T) {
	for _, test := range []struct{ name, url, want string }{
		{"plain", "nats://n1:4222", "nats://n1:4222"},
		{"user and password", "nats://tonghop:s3cret@n1:4222", "nats://n1:4222"},
		{"token", "tls://s3cret@n1:4222", "tls://n1:4222"},
		{"password with an at", "nats://tonghop:s3@cret@n1:4222", "nats://n1:4222"},
		{"no scheme", "tonghop:s3cret@n1:4222", "nats://n1:4222"},
	} {
		if got := jet.Addresses([]string{test.url}); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if got, want := jet.Addresses([]string{"nats://a", "nats://b:1"}), "nats://a, nats://b:1"; got != want {
		t.Errorf("two: got %q, want %q", got, want)
	}
}
