package codec_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/reporttest"
)

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func snapshotOf(t failer, events []report.Recorded) []byte {
	t.Helper()
	var b bytes.Buffer
	w := codec.NewSnapshotWriter(&b)
	for _, r := range events {
		if err := w.Add(r); err != nil {
			t.Fatalf("add %d: %v", r.Seq, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	return b.Bytes()
}

// openedSnapshot reads all parts of a snapshot.
func openedSnapshot(b []byte) (s *codec.Snapshot, parts map[string][]report.Recorded, err error) {
	if s, err = codec.OpenSnapshot(b); err != nil {
		return nil, nil, err
	}
	parts = map[string][]report.Recorded{}
	for _, p := range append(slices.Clip(s.Requests), s.Whole) {
		if parts[p.Request()], err = p.Read(); err != nil {
			return s, nil, err
		}
	}
	return s, parts, nil
}

// TestSnapshotGivesBackWhatWentIn: every event comes back, in the part where it belongs, in
// the order of the journal.
func TestSnapshotGivesBackWhatWentIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []report.Recorded
		var seq uint64
		want := map[string][]report.Recorded{"": {}}
		for _, e := range rapid.SliceOfN(reporttest.AnyEvent(), 0, 20).Draw(t, "events") {
			if err := codec.Seal(e); err != nil {
				t.Fatal(err)
			}
			seq += rapid.Uint64Range(1, 1000).Draw(t, "step")
			r := report.Recorded{Seq: seq, Event: e}
			events = append(events, r)
			want[codec.RequestOf(e)] = append(want[codec.RequestOf(e)], r)
		}
		b := snapshotOf(t, events)
		s, got, err := openedSnapshot(b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) || s.Last != seq || s.Events != len(events) {
			t.Fatalf("got %d events up to %d, want %d up to %d, or others", s.Events, s.Last, len(events), seq)
		}
		if !bytes.Equal(b, snapshotOf(t, events)) {
			t.Fatal("the same events were kept in two ways (law 6)")
		}
	})
}

// TestRequestOf: what others ask of a return stands for itself, and so does all that is of none.
func TestRequestOf(t *testing.T) {
	key := report.ReturnKey("r", "a")
	for _, test := range []struct {
		e    report.Event
		want string
	}{
		{report.Event{Key: key, Body: &report.Received{}}, "r"},
		{report.Event{Key: key, Body: &report.Answered{}}, ""},
		{report.Event{Key: key, Body: &report.Exported{}}, ""},
		{report.Event{Key: report.RequestKey("r"), Body: &report.Closed{}}, ""},
		{report.Event{Key: report.Key{Scope: report.ScopeDefinition, Name: "r"}, Body: &report.DefinitionApplied{}}, ""},
	} {
		if got := codec.RequestOf(&test.e); got != test.want {
			t.Errorf("%s of %v: %q, want %q", test.e.Body.Kind(), test.e.Key, got, test.want)
		}
	}
}

// ofRequests makes receipts of many requests in turn, enough for several blocks of each.
func ofRequests(t testing.TB, n, requests int) []report.Recorded {
	t.Helper()
	out := many(t, n)
	for i := range out {
		e := *out[i].Event
		e.ID, e.Key = "", report.ReturnKey(fmt.Sprintf("ky-%03d", i%requests), "syt")
		if err := codec.Seal(&e); err != nil {
			t.Fatal(err)
		}
		out[i].Event = &e
	}
	return out
}

func TestSnapshotOfManyBlocks(t *testing.T) {
	events := ofRequests(t, 20_000, 3)
	s, parts, err := openedSnapshot(snapshotOf(t, events))
	if err != nil {
		t.Fatal(err)
	}
	var got []report.Recorded
	for i, p := range s.Requests {
		read := parts[p.Request()]
		sum := uint64(0)
		for _, r := range read {
			sum += report.FingerprintOf(r.ID)
		}
		if p.Request() != fmt.Sprintf("ky-%03d", i) || p.Last() != read[len(read)-1].Seq || p.Fingerprint() != sum {
			t.Errorf("part %d is %s, last %d, fingerprint %x, want %d and %x", i, p.Request(), p.Last(), p.Fingerprint(), read[len(read)-1].Seq, sum)
		}
		got = append(got, read...)
	}
	slices.SortFunc(got, func(a, b report.Recorded) int { return int(a.Seq) - int(b.Seq) })
	if !reflect.DeepEqual(got, events) {
		t.Fatalf("got %d events, want %d, or others", len(got), len(events))
	}
}

// TestEveryBitOfASnapshot: whatever bit is flipped, the snapshot is not opened; nor is one
// that is cut short anywhere.
func TestEveryBitOfASnapshot(t *testing.T) {
	good := snapshotOf(t, ofRequests(t, 40, 3))
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		if _, err := codec.OpenSnapshot(bad); !errors.Is(err, codec.ErrDamaged) && !errors.Is(err, codec.ErrVersion) {
			t.Fatalf("byte %d flipped: %v", i, err)
		}
		if _, err := codec.OpenSnapshot(good[:i]); !errors.Is(err, codec.ErrDamaged) {
			t.Fatalf("cut at byte %d: %v", i, err)
		}
	}
}

// resigned changes a snapshot and makes its digest right again, as no disk does.
func resigned(b []byte, change func(said []byte)) []byte {
	out := bytes.Clone(b)
	said := out[:len(out)-sha256.Size]
	change(said)
	sum := sha256.Sum256(said)
	copy(out[len(said):], sum[:])
	return out
}

// TestSnapshotWrittenWrong: with a right digest over wrong bytes, nothing but the events that
// the index speaks of is read, and nothing panics.
func TestSnapshotWrittenWrong(t *testing.T) {
	events := ofRequests(t, 60, 3)
	good := snapshotOf(t, events)
	_, want, err := openedSnapshot(good)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for i := len("THPS\x01"); i < len(good)-sha256.Size; i++ {
		for bit := range 8 {
			bad := resigned(good, func(said []byte) { said[i] ^= 1 << bit })
			_, got, err := openedSnapshot(bad)
			if err != nil {
				refused++
				continue
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("bit %d of byte %d of %d: other events were read", bit, i, len(good))
			}
		}
	}
	if refused < len(good) {
		t.Errorf("%d of %d flipped bits were refused", refused, 8*len(good))
	}
	huge := resigned(good, func(said []byte) { binary.BigEndian.PutUint64(said[len(said)-8:], 1<<62) })
	if _, err := codec.OpenSnapshot(huge); !errors.Is(err, codec.ErrDamaged) {
		t.Errorf("an index larger than the snapshot: %v", err)
	}
}

func TestSnapshotWriterRefuses(t *testing.T) {
	events := many(t, 2)
	w := codec.NewSnapshotWriter(&bytes.Buffer{})
	if err := errors.Join(w.Add(events[1]), w.Close()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err == nil {
		t.Error("closed twice")
	}
	if w := codec.NewSnapshotWriter(&bytes.Buffer{}); !errors.Is(errors.Join(w.Add(events[1]), w.Add(events[0])), codec.ErrInvalid) {
		t.Error("an event before the last was taken")
	}
	changed := *events[0].Event
	changed.Actor.ID = "another"
	if w := codec.NewSnapshotWriter(&bytes.Buffer{}); !errors.Is(w.Add(report.Recorded{Seq: 1, Event: &changed}), codec.ErrIdentity) {
		t.Error("an event that is not its identity was taken")
	}
}

func TestSnapshotOnFullDisk(t *testing.T) {
	full := errors.New("no space left")
	w := codec.NewSnapshotWriter(writerFunc(func([]byte) (int, error) { return 0, full }))
	if err := errors.Join(w.Add(many(t, 1)[0]), w.Close()); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
