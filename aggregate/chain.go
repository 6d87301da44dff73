package aggregate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tonghop/report"
)

// ErrBroken says that a journal is not what it once said it was: an event was changed,
// left out, put in or moved. It comes wrapped in a [*BrokenError].
var ErrBroken = errors.New("journal differs from its chain")

// BrokenError says between which events of a journal the first that is wrong lies.
type BrokenError struct {
	After uint64    `json:"after"` // the last event that the chain vouches for; 0: none
	Upto  uint64    `json:"upto"`  // the event up to which the next link speaks
	Said  time.Time `json:"said"`  // when that link was made
}

// Error names the events.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("%v: after event %d, up to event %d", ErrBroken, e.After, e.Upto)
}

// Unwrap makes it an [ErrBroken].
func (e *BrokenError) Unwrap() error { return ErrBroken }

// chained holds the events of a journal, as they are read, against what the journal said
// of them.
type chained struct {
	report.Chain
	claims []report.Recorded // of [report.Chained], by what they speak of
	at     int               // the next claim
	last   uint64            // of the key of claims
	held   *report.Chained   // the newest claim that agrees
	fresh  int               // events since then that are no claims themselves
}

// readChain reads what a journal says of itself.
func readChain(ctx context.Context, j report.Journal) (*chained, error) {
	claims, last, err := j.Load(ctx, report.ChainKey)
	if err != nil {
		return nil, fmt.Errorf("read the chain: %w", err)
	}
	slices.SortStableFunc(claims, func(a, b report.Recorded) int {
		x, y := a.Body.(*report.Chained).Seq, b.Body.(*report.Chained).Seq
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return &chained{claims: claims, last: last}, nil
}

// add takes the next event of the journal. It fails with a [*BrokenError].
func (c *chained) add(r report.Recorded) error {
	c.Add(r.Event)
	if r.Body.Kind() != report.KindChained {
		c.fresh++
	}
	for ; c.at < len(c.claims); c.at++ {
		claim := c.claims[c.at].Body.(*report.Chained)
		switch {
		case claim.Seq > r.Seq:
			return nil
		case claim.Seq < r.Seq, claim.Journal != c.Journal(), claim.Chain != c.Value(), claim.Events != c.Events():
			return c.broken(c.claims[c.at])
		default:
			c.held, c.fresh = claim, 0
		}
	}
	return nil
}

func (c *chained) broken(by report.Recorded) error {
	out := &BrokenError{Upto: by.Body.(*report.Chained).Seq, Said: by.At}
	if c.held != nil {
		out.After = c.held.Seq
	}
	return out
}

// end is asked when all events were added: what is said of events beyond them is said of
// some that are gone.
func (c *chained) end() error {
	if c.at < len(c.claims) {
		return c.broken(c.claims[c.at])
	}
	return nil
}

// sealed gives the newest claim that agrees; nil for none.
func (c *chained) sealed() *Seal {
	if c.held == nil {
		return nil
	}
	return &Seal{c.held.Seq, c.held.Events, c.held.Chain}
}

// seal writes into the journal what its events are, up to seq, the last that was added;
// nothing where no event came since it was last said. That another process did so in the
// meantime is as good.
func (c *chained) seal(ctx context.Context, j report.Journal, seq uint64, at time.Time, by report.Actor) error {
	if c.fresh == 0 {
		return nil
	}
	claim := &report.Chained{Journal: c.Journal(), Seq: seq, Events: c.Events(), Chain: c.Value()}
	e := &report.Event{Key: report.ChainKey, At: at.UTC().Truncate(time.Millisecond), Actor: by, Body: claim}
	_, err := j.Append(ctx, report.ChainKey, c.last, e)
	switch {
	case err == nil:
		c.held, c.fresh = claim, 0
	case !errors.Is(err, report.ErrStale):
		return fmt.Errorf("write the chain at event %d: %w", seq, err)
	}
	return nil
}
