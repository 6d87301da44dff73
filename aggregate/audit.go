package aggregate

import (
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
	Agrees bool `json:"agrees"` // nothing is wrong
	// Whole says that the journal could be read to its end. Where it could not, files and
	// snapshot were looked at up to Last, and no figures were compared.
	Whole  bool   `json:"whole"`
	Events uint64 `json:"events"`
	Last   uint64 `json:"last"`  // sequence of the newest event
	Chain  string `json:"chain"` // over these events
	// Sealed is the newest of the journal's own words about what its events were: the link
	// to be written down elsewhere. Absent where it never said any.
	Sealed *Seal `json:"sealed,omitempty"`
	// Linked is the event up to which the link that was asked for speaks; 0 where none was
	// asked for, or the chain never had it.
	Linked uint64 `json:"linked,omitempty"`
	// Journal says what is wrong with it: where it breaks off or differs from its chain;
	// Broken, where it differs.
	Journal string       `json:"journal,omitempty"`
	Broken  *BrokenError `json:"broken,omitempty"`
	// Files are those that receipts and exports speak of.
	Files   int         `json:"files"`
	Missing []FileFault `json:"missing"`
	// Snapshot is the event up to which the newest one goes, 0 without one; Snapped says what
	// is wrong with it.
	Snapshot uint64   `json:"snapshot"`
	Snapped  string   `json:"snapped,omitempty"`
	Requests int      `json:"requests"` // whose figures were compared with those in use
	Differs  []string `json:"differs"`  // requests whose figures are others
	// Skipped are requests that were not compared: they cannot be counted yet, or have events
	// that are newer than Last.
	Skipped []string `json:"skipped"`
}

// Seal is a point up to which a journal has vouched for its events.
type Seal struct {
	Seq    uint64 `json:"seq"`
	Events uint64 `json:"events"`
	Chain  string `json:"chain"`
}

// FileFault is a file that is not what an event says.
type FileFault struct {
	Seq    uint64           `json:"seq"`  // of the event
	Kind   report.EventKind `json:"kind"` // received or exported
	SHA256 string           `json:"sha256"`
	Fault  string           `json:"fault"`
}

// Auditor reads everything again. What is nil is not looked at; the journal must be there.
type Auditor struct {
	Journal   report.Journal
	Files     report.Files
	Snapshots report.Snapshots
	Live      *View  // figures in use
	Link      string // of the chain, in hex, that was written down elsewhere; "" for none
}

// ErrLink says that the chain never had the link that was asked for.
var ErrLink = errors.New("the chain of this journal never had this link")

// Audit proves that journal, chain, files, snapshot and figures agree, or says where the
// first of each does not. What it finds is in its answer; an error is that it could not look.
func (a *Auditor) Audit(ctx context.Context) (*Audited, error) {
	out, _, err := a.audit(ctx)
	return out, err
}

// Seal is Audit, and where all agrees the journal says in an event of at what its events are.
func (a *Auditor) Seal(ctx context.Context, at time.Time, by report.Actor) (*Audited, error) {
	out, chain, err := a.audit(ctx)
	if err != nil || !out.Agrees {
		return out, err
	}
	if err := chain.seal(ctx, a.Journal, out.Last, at, by); err != nil {
		return nil, err
	}
	out.Sealed = chain.sealed()
	return out, nil
}

func (a *Auditor) audit(ctx context.Context) (*Audited, *chained, error) {
	out := &Audited{Missing: []FileFault{}, Differs: []string{}, Skipped: []string{}}
	chain, err := readChain(ctx, a.Journal)
	if errors.Is(err, report.ErrGap) {
		out.wrong(err)
		return out, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	snap, err := a.snapshot(ctx, out)
	if err != nil {
		return nil, nil, err
	}
	again, last, err := replay(ctx, a.Journal, func(r report.Recorded) error {
		if out.Journal == "" {
			out.wrong(chain.add(r))
		} else {
			chain.Add(r.Event)
		}
		if a.Link != "" && chain.Value() == a.Link {
			out.Linked = r.Seq
		}
		out.Last, out.Events, out.Chain = r.Seq, chain.Events(), chain.Value()
		snap.compare(out, r)
		return a.file(ctx, out, r)
	})
	out.Sealed = chain.sealed()
	switch {
	case errors.Is(err, report.ErrGap):
		out.wrong(err)
		return out, nil, nil
	case err != nil:
		return nil, nil, fmt.Errorf("audit: %w", err)
	}
	out.Whole = true
	out.wrong(chain.end())
	out.wrong(a.unlinked(out))
	snap.end(out)
	if err := a.figures(ctx, out, again, last); err != nil {
		return nil, nil, err
	}
	out.Agrees = out.Journal == "" && len(out.Missing) == 0 && out.Snapped == "" && len(out.Differs) == 0
	return out, chain, nil
}

// wrong notes the first thing that is wrong with the journal; err may be nil.
func (out *Audited) wrong(err error) {
	if err == nil || out.Journal != "" {
		return
	}
	out.Journal = err.Error()
	errors.As(err, &out.Broken)
}

func (a *Auditor) unlinked(out *Audited) error {
	if a.Link == "" || out.Linked > 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrLink, a.Link)
}

// file holds a file against the event that speaks of it.
func (a *Auditor) file(ctx context.Context, out *Audited, r report.Recorded) error {
	sha := report.FileOf(r.Body)
	if sha == "" || a.Files == nil {
		return nil
	}
	out.Files++
	if _, err := a.Files.Get(ctx, sha); err != nil {
		if errors.Is(err, report.ErrUnavailable) || ctx.Err() != nil {
			return err
		}
		out.Missing = append(out.Missing, FileFault{r.Seq, r.Body.Kind(), sha, err.Error()})
	}
	return nil
}

// patience is how long an audit waits for the figures in use to know the last event that it
// read itself.
const patience = 5 * time.Second

// figures compares those in use with those of the events up to last.
func (a *Auditor) figures(ctx context.Context, out *Audited, again *replayed, last uint64) error {
	if a.Live == nil {
		return nil
	}
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := a.Live.Books.Reached(wait, last); err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	for _, code := range again.ledger.RequestCodes() {
		if err := ctx.Err(); err != nil {
			return err
		}
		same, err := again.agrees(a.Live, code, last)
		switch {
		case errors.Is(err, ErrDiverged):
			out.Differs = append(out.Differs, code)
		case err != nil:
			return err
		case same:
			out.Requests++
		default:
			out.Skipped = append(out.Skipped, code)
		}
	}
	return nil
}

// snapped is the newest snapshot as it is held against the journal.
type snapped struct {
	events []report.Recorded
	at     int
}

func (a *Auditor) snapshot(ctx context.Context, out *Audited) (*snapped, error) {
	s := &snapped{}
	if a.Snapshots == nil {
		return s, nil
	}
	seq, packed, err := a.Snapshots.Newest(ctx, SnapshotName)
	switch {
	case errors.Is(err, report.ErrNotFound):
		return s, nil
	case errors.Is(err, report.ErrUnavailable), ctx.Err() != nil:
		return nil, err
	}
	if err == nil {
		s.events, err = readSnapshot(packed)
	}
	if n := len(s.events); err == nil && (n == 0 || s.events[n-1].Seq != seq) {
		err = fmt.Errorf("%d events, of which the last is not event %d", n, seq)
	}
	if out.Snapshot = seq; err != nil {
		out.Snapped = err.Error()
	}
	return s, nil
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
