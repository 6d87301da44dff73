package jet

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
	"tonghop/report/codec"
)

// journal is the report.Journal of a store. The sequence of an event is that of
// its message in the stream, or of the last of its messages.
type journal struct{ *Store }

var _ report.Journal = journal{}

// Journal gives the record.
func (s *Store) Journal() report.Journal { return journal{s} }

// Append implements report.Journal.
func (j journal) Append(ctx context.Context, key report.Key, expect uint64, events ...*report.Event) (uint64, error) {
	w, err := j.pack(key, expect, events)
	if err != nil {
		return 0, fmt.Errorf("append to %v: %w", key, err)
	}
	seq, err := j.eventWriter.commit(ctx, w)
	if err != nil {
		return 0, fmt.Errorf("append to %v after %d: %w", key, expect, err)
	}
	if j.mark != nil {
		j.mark.reached(seq)
	}
	return seq, nil
}

// pack seals events and makes the write of them.
func (j journal) pack(key report.Key, expect uint64, events []*report.Event) (*write, error) {
	filter, err := filterOf(key)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, errors.New("no events")
	}
	w := newWrite(filter, expect)
	for _, e := range events {
		if e.Key != key {
			return nil, fmt.Errorf("event of key %v", e.Key)
		}
		e.ID = "" // Append seals, whatever was there before
		frame, err := codec.Encode(e)
		if err != nil {
			return nil, err
		}
		parts := split(frame, j.chunkSize(), j.chunkSize())
		if len(parts) > 1 && e.Body.Kind() == report.KindReceived {
			// The inbox hands out messages, each by itself.
			return nil, fmt.Errorf("receipt of %d bytes: %w", len(frame), ErrTooLarge)
		}
		w.add(subjectOf(filter, e.Body.Kind()), parts, headerEvent, e.ID)
	}
	if len(w.msgs) > partsMost {
		return nil, fmt.Errorf("events of %d messages: %w", len(w.msgs), ErrTooLarge)
	}
	return w, nil
}

// Load implements report.Journal.
func (j journal) Load(ctx context.Context, key report.Key) (out []report.Recorded, last uint64, err error) {
	filter, err := filterOf(key)
	if err != nil {
		return nil, 0, fmt.Errorf("load %v: %w", key, err)
	}
	var parts assembler
	for {
		m, err := j.message(ctx, last+1, jetstream.WithGetMsgSubject(filter))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, 0, fmt.Errorf("load %v: %w", key, err)
		}
		last = m.Sequence
		frame, whole, err := parts.add(m.Header, m.Data)
		if err == nil && whole {
			var r report.Recorded
			if r, err = recorded(last, frame); err == nil {
				out = append(out, r)
			}
		}
		if err != nil {
			return nil, 0, fmt.Errorf("load %v: message %d: %w: %w", key, last, err, report.ErrGap)
		}
	}
	if parts.busy() {
		return nil, 0, fmt.Errorf("load %v: the end of an event is missing after message %d: %w", key, last, report.ErrGap)
	}
	return out, last, nil
}

// message reads a message of the journal from the leader of the stream: what it
// says is true now, where another replica may lag behind.
func (j journal) message(ctx context.Context, seq uint64, opts ...jetstream.GetMsgOpt) (m *jetstream.RawStreamMsg, err error) {
	err = j.retry(ctx, "read the journal", func(ctx context.Context) error {
		m, err = j.events.GetMsg(ctx, seq, opts...)
		return err
	})
	return m, err
}

// recorded reads an event and gives it its place.
func recorded(seq uint64, frame []byte) (report.Recorded, error) {
	e, err := codec.Decode(frame)
	if err != nil {
		return report.Recorded{}, err
	}
	return report.Recorded{Seq: seq, Event: e}, nil
}

// Last implements report.Journal.
func (j journal) Last(ctx context.Context) (uint64, error) {
	info, err := j.info(ctx)
	if err != nil {
		return 0, err
	}
	return info.State.LastSeq, nil
}

func (j journal) info(ctx context.Context) (info *jetstream.StreamInfo, err error) {
	err = j.retry(ctx, "ask for the journal's state", func(ctx context.Context) error {
		info, err = j.events.Info(ctx)
		return err
	})
	return info, err
}

// whole checks what the broker itself says of the journal: that it begins at the
// beginning and misses nothing.
func whole(info *jetstream.StreamInfo) error {
	s := info.State
	switch {
	case s.Msgs == 0 && s.LastSeq > 0, s.Msgs > 0 && s.FirstSeq != 1:
		return fmt.Errorf("the journal begins with message %d, not 1: %w", s.FirstSeq, report.ErrGap)
	case s.NumDeleted > 0:
		return fmt.Errorf("the journal misses %d messages: %w", s.NumDeleted, report.ErrGap)
	case s.Msgs != s.LastSeq:
		return fmt.Errorf("the journal has %d messages and ends with number %d: %w", s.Msgs, s.LastSeq, report.ErrGap)
	}
	return nil
}
