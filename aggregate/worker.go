package aggregate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/rs/zerolog"

	"tonghop/report"
	"tonghop/report/codec"
)

// ErrDiverged says that the figures kept event by event are not those of a full
// replay: they cannot be trusted, and whoever keeps them must stop.
var ErrDiverged = errors.New("figures differ from those of a full replay")

// Worker is the aggregate role: it announces changed summaries, and at every
// tick replays the journal from its beginning, holds it against its chain,
// compares what comes out with the live figures, lengthens the chain and keeps a
// snapshot. Set the fields, then call Run.
type Worker struct {
	Journal   report.Journal
	View      *View                // attached to books that follow the journal
	Snapshots report.Snapshots     // nil: none are kept
	Ticks     <-chan time.Time     // when to audit and to keep a snapshot; nil: never
	Announce  func(a Announcement) // nil: nobody is told
	Log       zerolog.Logger       //
	announced map[string]string    // state last announced, by request
}

// Announcement says that the summary of a request has changed.
type Announcement struct {
	Request string    `json:"request"`
	State   string    `json:"state"` // [report.Summary.State]
	AsOf    time.Time `json:"asOf"`
	Seq     uint64    `json:"seq"` // of the newest event it knows of
	Heard   int       `json:"heard"`
	Asked   int       `json:"asked"`
}

// breath is how long the worker rests between announcements: a change that comes
// alone is told at once, of a thousand that come together nobody reads each, and
// the fingerprint of a large request costs more than a change of it.
const breath = 200 * time.Millisecond

// Run works until ctx ends. It returns nil then, and an error when an audit finds
// [ErrDiverged] or [ErrBroken], or the journal has a hole. An audit that could not be made, as
// while the journal is away, or whose snapshot could not be kept, is made again
// at the next tick.
func (w *Worker) Run(ctx context.Context) error {
	watch := w.View.Watch()
	defer w.View.Unwatch(watch)
	w.announced = map[string]string{}
	changes, rested := watch.signal, (<-chan time.Time)(nil)
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-w.Ticks:
			err := w.audit(ctx, now)
			switch {
			case err == nil || ctx.Err() != nil:
			case errors.Is(err, ErrDiverged), errors.Is(err, ErrBroken), errors.Is(err, report.ErrGap):
				return fmt.Errorf("aggregate: %w", err)
			default:
				w.Log.Warn().Err(err).Msg("no audit or no snapshot this time")
			}
		case <-changes:
			w.announce(watch.take())
			changes, rested = nil, time.After(breath)
		case <-rested:
			changes, rested = watch.signal, nil
		}
	}
}

// announce tells of the requests whose summary is another than last told.
func (w *Worker) announce(requests []string, seq uint64) {
	if w.Announce == nil {
		return
	}
	for _, code := range requests {
		a, ok := w.View.announcement(code, seq)
		if !ok || w.announced[code] == a.State {
			continue
		}
		w.announced[code] = a.State
		w.Announce(a)
	}
}

// announcement gives what is to be told of a request; false when it cannot be
// counted yet.
func (v *View) announcement(code string, seq uint64) (a Announcement, ok bool) {
	v.Books.Read(func(l *report.Ledger) {
		f := v.state.at(l, code, time.Time{})
		if f == nil {
			return
		}
		a = Announcement{Request: code, State: f.fingerprint(time.Time{}), AsOf: f.book.Latest(), Seq: seq, Asked: len(f.request.Agencies)}
		a.Heard, ok = a.Asked-len(f.provisional.missing()), true
	})
	return a, ok
}

// Audit replays the journal from its beginning, holds it against its chain and
// compares every request with the live figures, where both know the same events.
// When all agrees the events are kept as a snapshot.
func (w *Worker) Audit(ctx context.Context) error { return w.audit(ctx, time.Time{}) }

// audit is Audit at a moment, at which the chain is lengthened as well.
func (w *Worker) audit(ctx context.Context, now time.Time) error {
	kept := newKeeping()
	chain, err := readChain(ctx, w.Journal)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	again, seq, err := replay(ctx, w.Journal, func(r report.Recorded) error { return errors.Join(chain.add(r), kept.Add(r)) })
	if err == nil {
		err = chain.end()
	}
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	compared := 0
	for _, code := range again.ledger.RequestCodes() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		same, err := again.agrees(w.View, code, seq)
		if err != nil {
			return fmt.Errorf("audit of %s at event %d: %w", code, seq, err)
		}
		if same {
			compared++
		}
	}
	w.Log.Info().Uint64("seq", seq).Int("requests", compared).Msg("figures agree with a full replay")
	if !now.IsZero() {
		if err := chain.seal(ctx, w.Journal, seq, now, report.Actor{Role: report.RoleSystem, ID: "aggregate"}); err != nil {
			return err
		}
	}
	return w.save(ctx, seq, kept)
}

// replayed is a ledger with its figures, folded from a journal anew.
type replayed struct {
	ledger report.Ledger
	state  State
}

// replay folds the events that a journal holds now, and gives each to see.
func replay(ctx context.Context, j report.Journal, see func(report.Recorded) error) (*replayed, uint64, error) {
	out := &replayed{}
	last, err := report.ReadAll(ctx, j, func(r report.Recorded) error {
		out.state.Apply(&out.ledger, r, out.ledger.Add(r.Event))
		return see(r)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("replay: %w", err)
	}
	return out, last, nil
}

// agrees compares a request with the live figures, which may know other events than those
// up to last by now. It reports false when they do, or nothing can be counted yet, and
// [ErrDiverged] when both know the same and differ.
func (r *replayed) agrees(live *View, code string, last uint64) (bool, error) {
	for _, official := range []bool{false, true} {
		want, err := r.state.Summarize(&r.ledger, code, time.Time{}, official)
		if err != nil {
			return false, nil // not countable yet: its definition has not come
		}
		before := live.Books.Seq()
		got, err := live.Summarize(code, time.Time{}, official)
		after := live.Books.Seq()
		same, other := false, err != nil || got.State != want.State
		if !other {
			if same, err = sameFigures(got, want); err != nil {
				return false, err
			}
			// Another definition or register under the same name may have come
			// from a second journal in the meantime: then these are two questions.
			other = !reflect.DeepEqual(got.Definition, want.Definition) || !reflect.DeepEqual(got.Register, want.Register)
		}
		switch {
		case same:
		case other && (before != last || after != last):
			if before >= last {
				return false, r.within(live, code)
			}
			return false, nil
		default:
			return false, ErrDiverged
		}
	}
	return true, nil
}

// within holds the events of a request against those of the live figures, which may know
// more and none less: a journal does not forget. So a request about which something comes
// all the time is compared, too.
func (r *replayed) within(live *View, code string) error {
	var known map[string]struct{}
	live.Books.Read(func(l *report.Ledger) { known = l.Requests[code].IDs() })
	for id := range r.ledger.Requests[code].IDs() {
		if _, there := known[id]; !there {
			return fmt.Errorf("%w: they lack event %s", ErrDiverged, id)
		}
	}
	return nil
}

// sameFigures compares two summaries as they are given out.
func sameFigures(a, b *report.Summary) (bool, error) {
	x, err := Canonical(a)
	if err != nil {
		return false, err
	}
	y, err := Canonical(b)
	return bytes.Equal(x, y), err
}

// rereadPause is how long a part that cannot be read waits before it asks the journal
// again.
const rereadPause = time.Second

// readPart gives the events of a part. The digest of the snapshot was right, so that a
// part that cannot be read was written wrong; then the events are taken from the
// journal, whatever time that takes, for they were promised.
func readPart(p *codec.Part, seq uint64, j report.Journal) []report.Recorded {
	events, err := p.Read()
	for err != nil {
		if events, err = readReturns(context.Background(), j, p.Request(), seq); err != nil {
			<-time.After(rereadPause)
		}
	}
	return events
}
