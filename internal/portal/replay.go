package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tonghop/aggregate"
	"tonghop/internal/portal/api"
	"tonghop/report"
)

// replayTries is how often a request is compared while events keep coming.
const replayTries = 20

// replay folds the whole journal anew and compares every request with the live
// figures: the audit of whoever doubts them.
func (c *call) replay() (any, error) {
	if err := c.may(report.ActReview, ""); err != nil {
		return nil, err
	}
	began := time.Now()
	ctx, cancel := context.WithCancel(c.ctx())
	defer cancel()
	fresh := &report.Books{Journal: countingJournal{c.Journal, new(uint64)}}
	view := &aggregate.View{Books: fresh}
	view.Attach()
	ended := make(chan error, 1)
	go func() { ended <- fresh.Run(ctx) }()
	if err := c.caughtUp(ctx, fresh, ended); err != nil {
		return nil, err
	}
	out := &api.Replayed{Agrees: true, Requests: map[string]string{}, Last: fresh.Seq(), Events: fresh.Journal.(countingJournal).given()}
	var codes []string
	c.Books.Read(func(l *report.Ledger) { codes = l.RequestCodes() })
	for _, code := range codes {
		state, same, err := c.compare(ctx, view, code)
		if err != nil {
			return nil, err
		}
		out.Requests[code] = state
		if !same {
			out.Agrees = false
			out.Differs = append(out.Differs, code)
		}
	}
	out.Millis = time.Since(began).Milliseconds()
	return out, nil
}

// audit reads everything that is kept again and holds it against everything else; where
// all agrees the journal is sealed. A link that was written down is looked for in the chain.
func (c *call) audit() (any, error) {
	if err := c.may(report.ActReview, ""); err != nil {
		return nil, err
	}
	link := strings.ToLower(c.query("link"))
	if raw, err := hex.DecodeString(link); err != nil || len(raw) != sha256.Size && link != "" {
		return nil, wrong("link", c.query("link"), "64 chữ số thập lục phân", "64 hexadecimal digits")
	}
	a := aggregate.Auditor{Journal: c.Journal, Files: c.Files, Snapshots: c.Snapshots, Live: c.View, Link: link}
	return a.Seal(c.ctx(), c.Desk.Now(), c.actor)
}

// caughtUp waits until the fresh books hold what the live ones do.
func (c *call) caughtUp(ctx context.Context, fresh *report.Books, ended <-chan error) error {
	done := make(chan error, 1)
	go func() { done <- fresh.Reached(ctx, c.Books.Seq()) }()
	select {
	case err := <-done:
		return err
	case err := <-ended:
		return fmt.Errorf("replay: %w", err)
	}
}

// compare compares one request in both folds. Events that come in between make
// them differ for a moment, so both are brought to the same event and compared
// again.
func (c *call) compare(ctx context.Context, fresh *aggregate.View, request string) (state string, same bool, err error) {
	for range replayTries {
		mine, err := print(c.View, request)
		if err != nil {
			return "", false, err
		}
		seq := c.Books.Seq()
		if err := fresh.Books.Reached(ctx, seq); err != nil {
			return "", false, err
		}
		theirs, err := print(fresh, request)
		if err != nil {
			return "", false, err
		}
		if mine == theirs {
			return mine.state, true, nil
		}
		state = mine.state
		if mine.state == theirs.state {
			return state, false, nil // the same events, other figures
		}
		if err := c.Books.Reached(ctx, fresh.Books.Seq()); err != nil {
			return "", false, err
		}
	}
	return state, false, nil
}

// fingerprints are what two folds are compared by: the set of events, and the
// figures as they are given out.
type fingerprints struct{ state, provisional, official string }

func print(v *aggregate.View, request string) (f fingerprints, err error) {
	for _, layer := range []struct {
		official bool
		into     *string
	}{{false, &f.provisional}, {true, &f.official}} {
		s, err := v.Summarize(request, time.Time{}, layer.official)
		if err != nil {
			return f, err
		}
		f.state = s.State
		rollup, err := v.Rollup(aggregate.Query{Request: request, By: []string{aggregate.ByAgency, aggregate.ByPlace}, Official: layer.official})
		if err != nil {
			return f, err
		}
		b, err := json.Marshal(rollup)
		if err != nil {
			return f, fmt.Errorf("figures of %s: %w", request, err)
		}
		sum := sha256.Sum256(b)
		*layer.into = hex.EncodeToString(sum[:])
	}
	return f, nil
}

// countingJournal counts the events it gives to one reader.
type countingJournal struct {
	report.Journal
	count *uint64
}

func (j countingJournal) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	return j.Journal.Follow(ctx, from, func(r report.Recorded) error {
		*j.count++ // before fn: whoever has waited for the event sees it counted
		return fn(r)
	}, caughtUp)
}

func (j countingJournal) given() uint64 { return *j.count }
