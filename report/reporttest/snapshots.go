package reporttest

import (
	"bytes"
	"errors"
	"testing"

	"tonghop/report"
)

// TestSnapshots holds a store of snapshots to the contract of report.Snapshots.
// Open gives an empty journal and the snapshots of its folds.
func TestSnapshots(t *testing.T, open func(t *testing.T) (report.Journal, report.Snapshots)) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, report.Journal, report.Snapshots)
	}{
		{"the newest comes back", testNewest},
		{"names are apart", testNames},
		{"a snapshot ahead of its journal", testAhead},
	} {
		t.Run(test.name, func(t *testing.T) {
			j, s := open(t)
			test.run(t, j, s)
		})
	}
}

func save(t *testing.T, s report.Snapshots, name string, seq uint64, b []byte) {
	t.Helper()
	if err := s.Save(within(t), name, seq, b); err != nil {
		t.Fatalf("save %s of event %d: %v", name, seq, err)
	}
}

func newestIs(t *testing.T, s report.Snapshots, name string, wantSeq uint64, want []byte) {
	t.Helper()
	seq, b, err := s.Newest(within(t), name)
	if err != nil || seq != wantSeq || !bytes.Equal(b, want) {
		t.Errorf("newest %s: got event %d, %d bytes, %v; want event %d, %d bytes", name, seq, len(b), err, wantSeq, len(want))
	}
}

func testNewest(t *testing.T, j report.Journal, s report.Snapshots) {
	if _, _, err := s.Newest(within(t), "cube"); !errors.Is(err, report.ErrNotFound) {
		t.Errorf("none: got %v, want ErrNotFound", err)
	}
	expect := uint64(0)
	for n := range 12 {
		expect = mustAppend(t, j, keyA, expect, received(keyA, n))
		b := noise(3_000_000/(n+1), uint64(n))
		save(t, s, "cube", expect, b)
		newestIs(t, s, "cube", expect, b)
	}
	again := noise(100, 99)
	save(t, s, "cube", expect, again) // of the same event: the later one
	newestIs(t, s, "cube", expect, again)
}

func testNames(t *testing.T, j report.Journal, s report.Snapshots) {
	seq := mustAppend(t, j, keyA, 0, received(keyA, 1), received(keyA, 2))
	save(t, s, "cube-1", seq, []byte("one"))
	save(t, s, "cube-10", seq-1, []byte("ten"))
	newestIs(t, s, "cube-1", seq, []byte("one"))
	newestIs(t, s, "cube-10", seq-1, []byte("ten"))
	if _, _, err := s.Newest(within(t), "cube"); !errors.Is(err, report.ErrNotFound) {
		t.Errorf("none: got %v, want ErrNotFound", err)
	}
}

func testAhead(t *testing.T, j report.Journal, s report.Snapshots) {
	seq := mustAppend(t, j, keyA, 0, received(keyA, 1))
	save(t, s, "cube", seq+1, []byte("of an event that is gone"))
	if _, _, err := s.Newest(within(t), "cube"); !errors.Is(err, report.ErrGap) {
		t.Errorf("got %v, want ErrGap: the journal has lost its tail", err)
	}
}
