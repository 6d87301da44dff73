package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// ReadAll gives the events that a journal holds now, from the first to the last, and the
// sequence of the last: 0 when there is none. It fails as see and [Journal.Follow] do.
func ReadAll(ctx context.Context, j Journal, see func(Recorded) error) (last uint64, err error) {
	if last, err = j.Last(ctx); err != nil || last == 0 {
		return 0, err
	}
	errEnd := errors.New("reached the end")
	err = j.Follow(ctx, 1, func(r Recorded) error {
		if err := see(r); err != nil {
			return err
		}
		if r.Seq == last {
			return errEnd
		}
		return nil
	}, nil)
	if !errors.Is(err, errEnd) {
		return 0, fmt.Errorf("read up to event %d: %w", last, cmp.Or(err, ErrGap))
	}
	return last, nil
}
