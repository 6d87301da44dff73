package aggregate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"tonghop/report"
	"tonghop/report/codec"
)

// Audited is what was found when everything that is kept was read again and held
// against everything else.
type Audited struct {
	Agrees bool   `json:"agrees"` // nothing is wrong
	Events uint64 `json:"events"`
	Last   uint64 `json:"last"`  // sequence of the newest event
	Chain  string `json:"chain"` // over all events, to be written down elsewhere
	// Sealed is the newest of the journal's own words about what its events were; absent
	// where it never said any.
	Sealed *Seal `json:"sealed,omitempty"`
	// Journal says what is wrong with it: where it breaks off or differs from its chain.
	Journal string `json:"journal,omitempty"`
	// Files are those that receipts speak of.
	Files   int         `json:"files"`
	Missing []FileFault `json:"missing"`
	// Snapshot is the event up to which the newest one goes, 0 without one; Snapped says what
	// is wrong with it.
	Snapshot uint64   `json:"snapshot"`
	Snapped  string   `json:"snapped,omitempty"`
	Requests int      `json:"requests"` // whose figures were compared with those in use
	Differs  []string `json:"differs"`  // requests whose figures are others
}

// Seal is a point up to which a journal has vouched for its events.
type Seal struct {
	Seq    uint64 `json:"seq"`
	Events uint64 `json:"events"`
	Chain  string `json:"chain"`
}

// FileFault is a file that is not what its receipt says.
type FileFault struct {
	Seq    uint64 `json:"seq"` // of the receipt
	Upload string `json:"upload"`
	SHA256 string `json:"sha256"`
	Fault  string `json:"fault"`
}

// Auditor reads everything again. Snapshots and Live may be nil.
type Auditor struct {
	Journal   report.Journal
	Files     report.Files
	Snapshots report.Snapshots
	Live      *View // figures in use
}

// Audit proves that journal, chain, files, snapshot and figures agree, or says where the
// first of each does not. What it finds is in its answer; an error is that it could not look.
func (a *Auditor) Audit(ctx context.Context) (*Audited, error) {
	out := &Audited{Missing: []FileFault{}, Differs: []string{}}
	chain, err := readChain(ctx, a.Journal)
	if err != nil && !errors.Is(err, report.ErrGap) {
		return nil, err
	}
	if err != nil {
		out.Journal = err.Error()
		return out, nil
	}
	snap := a.snapshot(ctx, out)
	again, last, err := replay(ctx, a.Journal, func(r report.Recorded) error {
		out.Last = r.Seq
		if out.Journal == "" {
			if err := chain.add(r); err != nil {
				out.Journal = err.Error()
			}
		}
		snap.compare(out, r)
		return a.file(ctx, out, r)
	})
	switch {
	case errors.Is(err, report.ErrGap):
		out.Journal = err.Error()
		return out, nil
	case err != nil:
		return nil, fmt.Errorf("audit: %w", err)
	}
	out.Last = last
	if err := chain.end(); err != nil && out.Journal == "" {
		out.Journal = err.Error()
	}
	out.Events, out.Chain = chain.Events(), chain.Value()
	if chain.held != nil {
		out.Sealed = &Seal{chain.held.Seq, chain.held.Events, chain.held.Chain}
	}
	snap.end(out)
	if err := a.figures(ctx, out, again); err != nil {
		return nil, err
	}
	out.Agrees = out.Journal == "" && len(out.Missing) == 0 && out.Snapped == "" && len(out.Differs) == 0
	return out, nil
}

// file holds a file against its receipt.
func (a *Auditor) file(ctx context.Context, out *Audited, r report.Recorded) error {
	b, is := r.Body.(*report.Received)
	if !is {
		return nil
	}
	out.Files++
	if _, err := a.Files.Get(ctx, b.SHA256); err != nil {
		if errors.Is(err, report.ErrUnavailable) || ctx.Err() != nil {
			return err
		}
		out.Missing = append(out.Missing, FileFault{r.Seq, b.Upload, b.SHA256, err.Error()})
	}
	return nil
}

// figures compares those in use with those of the events.
func (a *Auditor) figures(ctx context.Context, out *Audited, again *replayed) error {
	if a.Live == nil {
		return nil
	}
	for _, code := range again.ledger.RequestCodes() {
		if err := ctx.Err(); err != nil {
			return err
		}
		same, err := again.agrees(a.Live, code)
		switch {
		case errors.Is(err, ErrDiverged):
			out.Differs = append(out.Differs, code)
		case err != nil:
			return err
		case same:
			out.Requests++
		}
	}
	return nil
}

// snapped is the newest snapshot as it is held against the journal.
type snapped struct {
	events []report.Recorded
	at     int
}

func (a *Auditor) snapshot(ctx context.Context, out *Audited) *snapped {
	s := &snapped{}
	if a.Snapshots == nil {
		return s
	}
	seq, packed, err := a.Snapshots.Newest(ctx, SnapshotName)
	if errors.Is(err, report.ErrNotFound) {
		return s
	}
	if err == nil {
		err = codec.ReadPack(bytes.NewReader(packed), func(r report.Recorded) error {
			s.events = append(s.events, r)
			return nil
		})
	}
	if out.Snapshot = seq; err != nil {
		out.Snapped = err.Error()
		s.events = nil
	}
	return s
}

// compare holds the next event of the journal against that of the snapshot.
func (s *snapped) compare(out *Audited, r report.Recorded) {
	if s.at == len(s.events) || out.Snapped != "" {
		return
	}
	kept := s.events[s.at]
	s.at++
	if kept.Seq == r.Seq && kept.ID == r.ID {
		return
	}
	out.Snapped = fmt.Sprintf("event %d: the snapshot has event %d", r.Seq, kept.Seq)
	if kept.Seq == r.Seq {
		out.Snapped = fmt.Sprintf("event %d: byte %d of its payload differs", r.Seq, payloadDifference(r.Event, kept.Event))
	}
}

func (s *snapped) end(out *Audited) {
	if s.at < len(s.events) && out.Snapped == "" {
		out.Snapped = fmt.Sprintf("event %d of the snapshot is not in the journal", s.events[s.at].Seq)
	}
}

// payloadDifference gives the first byte in which two events differ, as they are encoded.
func payloadDifference(a, b *report.Event) int {
	x, errX := codec.Payload(a)
	y, errY := codec.Payload(b)
	if errX != nil || errY != nil {
		return 0
	}
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n
}

// Seal writes into a journal what its events are, at a moment, once everything agrees.
func (a *Auditor) Seal(ctx context.Context, at time.Time, by report.Actor) error {
	chain, err := readChain(ctx, a.Journal)
	if err != nil {
		return err
	}
	last, err := readAll(ctx, a.Journal, chain.add)
	if err == nil {
		err = chain.end()
	}
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return chain.seal(ctx, a.Journal, last, at, by)
}
