package aggregate

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"tonghop/report"
	"tonghop/report/codec"
)

// A snapshot is the events of the journal, sorted by request, and no figures: these are
// counted from the events when someone looks, by the same code as ever, so that there are
// none to be wrong (docs/adr/0037).

// SnapshotName is the name under which [Worker] keeps the events of a ledger.
const SnapshotName = "books"

// keeping is a snapshot that is being written.
type keeping struct {
	*codec.SnapshotWriter
	bytes *bytes.Buffer
}

func newKeeping() keeping {
	b := &bytes.Buffer{}
	return keeping{codec.NewSnapshotWriter(b), b}
}

// Keep keeps the events that the journal holds now as a snapshot, without asking
// what figures they give: it takes a small part of the time of [Worker.Audit], and
// a snapshot is events and nothing else.
func (w *Worker) Keep(ctx context.Context) error {
	kept := newKeeping()
	seq, err := report.ReadAll(ctx, w.Journal, kept.Add)
	if err != nil {
		return fmt.Errorf("keep a snapshot: %w", err)
	}
	return w.save(ctx, seq, kept)
}

// save ends a snapshot of the events up to seq and keeps it.
func (w *Worker) save(ctx context.Context, seq uint64, kept keeping) error {
	if err := kept.Close(); err != nil {
		return fmt.Errorf("keep %d events: %w", seq, err)
	}
	if w.Snapshots == nil || seq == 0 {
		return nil
	}
	if err := w.Snapshots.Save(ctx, SnapshotName, seq, kept.bytes.Bytes()); err != nil {
		return fmt.Errorf("keep snapshot at event %d: %w", seq, err)
	}
	return nil
}

// Restore gives books the newest snapshot, before they run, and the sequence up
// to which it goes: 0 when there is none, or none that can be read. A snapshot
// only saves time; without it the books read the journal from its beginning. What
// it holds of the returns of a request is read when someone asks for that request.
func Restore(ctx context.Context, s report.Snapshots, books *report.Books) (seq uint64, err error) {
	seq, b, err := s.Newest(ctx, SnapshotName)
	if errors.Is(err, report.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read snapshot: %w", err)
	}
	if !codec.IsSnapshot(b) {
		return restorePack(b, seq, books)
	}
	kept, err := codec.OpenSnapshot(b)
	if err != nil || kept.Last != seq {
		return 0, nil // damaged, or of a newer program: nothing of it is used
	}
	events, err := kept.Whole.Read()
	if err != nil {
		return 0, nil
	}
	parts := make([]report.Unread, len(kept.Requests))
	for i, p := range kept.Requests {
		parts[i] = report.Unread{Request: p.Request(), Fingerprint: p.Fingerprint(), Last: p.Last(), Read: func() []report.Recorded {
			return readPart(p, seq, books.Journal)
		}}
	}
	if err := books.RestoreParts(events, parts, seq); err != nil {
		return 0, fmt.Errorf("restore %d events: %w", kept.Events, err)
	}
	return seq, nil
}

// restorePack restores what an older program kept: a pack, which is read whole.
func restorePack(b []byte, seq uint64, books *report.Books) (uint64, error) {
	events, err := readPack(b)
	// Sequences rise but need not be dense: a large event takes several. That
	// the pack is whole is the codec's to say.
	whole := err == nil && len(events) > 0 && events[len(events)-1].Seq == seq
	if !whole {
		return 0, nil // damaged: nothing of it is used
	}
	if err := books.Restore(events); err != nil {
		return 0, fmt.Errorf("restore %d events: %w", len(events), err)
	}
	return seq, nil
}

func readPack(b []byte) (events []report.Recorded, err error) {
	err = codec.ReadPack(bytes.NewReader(b), func(r report.Recorded) error {
		events = append(events, r)
		return nil
	})
	return events, err
}

// readSnapshot gives all events of a snapshot, in the order of the journal.
func readSnapshot(b []byte) (events []report.Recorded, err error) {
	if !codec.IsSnapshot(b) {
		return readPack(b)
	}
	kept, err := codec.OpenSnapshot(b)
	if err != nil {
		return nil, err
	}
	for _, p := range append(slices.Clip(kept.Requests), kept.Whole) {
		read, err := p.Read()
		if err != nil {
			return nil, err
		}
		events = append(events, read...)
	}
	slices.SortFunc(events, func(a, b report.Recorded) int { return cmp.Compare(a.Seq, b.Seq) })
	return events, nil
}

// readReturns gives the events of the returns of a request up to some sequence, but for
// those that are kept apart from them.
func readReturns(ctx context.Context, j report.Journal, request string, seq uint64) (events []report.Recorded, err error) {
	_, err = report.ReadAll(ctx, j, func(r report.Recorded) error {
		if r.Seq <= seq && codec.RequestOf(r.Event) == request {
			events = append(events, r)
		}
		return nil
	})
	return events, err
}
