package jet

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// Error codes of the broker that we act upon.
const (
	codeStale         jetstream.ErrorCode = 10071 // the expected sequence is not the last
	codeStaleInFlight jetstream.ErrorCode = 10164 // the same, or another write of the key is on its way
	codeBatchTooLarge jetstream.ErrorCode = 10199
)

// Error codes that say the store is full: nothing was written, and trying again
// would not help.
var codesFull = []jetstream.ErrorCode{10002, 10023, 10028, 10047, 10077, 10122}

// Error codes that say the request itself is wrong and will stay so.
var codesWrong = []jetstream.ErrorCode{10025, 10052, 10053, 10054, 10065, 10174, 10175, 10177, 10179, codeBatchTooLarge}

// pause is how long to wait before attempt n+1.
func pause(n int) time.Duration { return min(10*time.Millisecond<<min(n, 6), 500*time.Millisecond) }

// hasCode reports whether the broker answered with one of the codes.
func hasCode(err error, codes ...jetstream.ErrorCode) bool {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return false
	}
	for _, c := range codes {
		if api.ErrorCode == c {
			return true
		}
	}
	return false
}

// final reports whether trying again is pointless.
func final(err error) bool {
	var api *jetstream.APIError
	if errors.As(err, &api) && api.Code == 404 || hasCode(err, codesWrong...) || hasCode(err, codesFull...) {
		return true
	}
	for _, is := range []error{
		report.ErrGap, report.ErrNotFound, report.ErrStale,
		jetstream.ErrMsgNotFound, jetstream.ErrStreamNotFound, jetstream.ErrConsumerNotFound,
		nats.ErrMaxPayload, nats.ErrConnectionClosed, nats.ErrConnectionDraining,
	} {
		if errors.Is(err, is) {
			return true
		}
	}
	return hasCode(err, 10012, 10013, 10056, 10058) // a consumer or stream that is there and differs
}

// retry does something that may be done twice until it succeeds, or fails for
// good, or the store's timeout is over. It carries reads through the seconds in
// which a cluster chooses a new leader.
func (s *Store) retry(ctx context.Context, what string, do func(ctx context.Context) error) error {
	over, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	for n := 0; ; n++ {
		one, end := context.WithTimeout(over, s.cfg.Attempt)
		err := do(one)
		end()
		if err == nil || final(err) {
			return s.explain(what, err)
		}
		if !sleep(over, pause(n)) {
			return s.gaveUp(ctx, what, err)
		}
	}
}

// explain puts a name to an error that trying again would not change.
func (s *Store) explain(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, nats.ErrConnectionClosed), errors.Is(err, nats.ErrConnectionDraining), hasCode(err, codesFull...):
		return fmt.Errorf("%s: %w: %w", what, err, report.ErrUnavailable)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// gaveUp is the error when time is over: the caller's own, or ours.
func (s *Store) gaveUp(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", what, ctx.Err())
	}
	if last := s.nc.LastError(); last != nil && !s.nc.IsConnected() {
		err = fmt.Errorf("not connected: %w", last)
	}
	return fmt.Errorf("%s: no answer within %v: %w: %w", what, s.cfg.Timeout, err, report.ErrUnavailable)
}

// sleep waits, and reports whether ctx is still good.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
