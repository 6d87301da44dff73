package jet

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// inbox is the report.Inbox of a store: a durable consumer on the journal itself,
// of receipts only. There is no second queue that could disagree with the record.
type inbox struct{ *Store }

var _ report.Inbox = inbox{}

// Inbox gives the uploads that have no outcome yet.
func (s *Store) Inbox() report.Inbox { return inbox{s} }

// Next implements report.Inbox.
func (in inbox) Next(ctx context.Context) (*report.Job, error) {
	m, err := in.pull(ctx, streamEvents, consumerInbox)
	if err != nil {
		return nil, fmt.Errorf("next job: %w", err)
	}
	meta, err := m.Metadata()
	if err != nil {
		return nil, fmt.Errorf("next job: %w", err)
	}
	seq, try := meta.Sequence.Stream, int(meta.NumDelivered)
	r, err := recorded(seq, m.Data)
	if err != nil {
		return nil, fmt.Errorf("next job: message %d: %w: %w", seq, err, report.ErrGap)
	}
	return &report.Job{
		Recorded:  r,
		Try:       try,
		Heartbeat: func() { _ = in.nc.Publish(m.Reply, []byte("+WPI")) }, // one may be lost
		Done:      func() error { return in.settle(m, "+ACK") },
		Retry:     func(after time.Duration) error { return in.again(m, after) },
		Bury:      func(reason string) error { return in.bury(m, seq, try, reason) },
	}, nil
}

func (in inbox) again(m *nats.Msg, after time.Duration) error {
	return in.settle(m, fmt.Sprintf(`-NAK {"delay": %d}`, max(after, 0).Nanoseconds()))
}

// letter is what is written about a job that was given up, by Bury or, with
// fewer words, by the broker.
type letter struct {
	Seq    uint64 `json:"stream_seq"`
	Tries  int    `json:"deliveries"`
	Reason string `json:"reason"`
}

// bury writes the letter before it ends the job: a crash between the two leaves
// one letter too many, which the reader sees once, and never one too few.
func (in inbox) bury(m *nats.Msg, seq uint64, try int, reason string) error {
	b, err := json.Marshal(letter{Seq: seq, Tries: try, Reason: reason})
	if err != nil {
		return fmt.Errorf("bury job %d: %w", seq, err)
	}
	err = in.retry(context.Background(), "write the dead letter", func(ctx context.Context) error {
		_, err := in.js.Publish(ctx, "dead."+strconv.FormatUint(seq, 10), b)
		return err
	})
	if err != nil {
		return fmt.Errorf("bury job %d: %w", seq, err)
	}
	words := strings.Join(strings.Fields(reason), " ") // one line of the protocol
	return in.settle(m, "+TERM "+words)
}

// Buried implements report.Inbox.
func (in inbox) Buried(ctx context.Context) ([]report.Buried, error) {
	letters, err := in.letters(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the dead letters: %w", err)
	}
	out := make([]report.Buried, 0, len(letters))
	for _, b := range letters {
		m, err := journal(in).message(ctx, b.Seq)
		if err != nil {
			return nil, fmt.Errorf("read the dead letters: job %d: %w", b.Seq, err)
		}
		r, err := recorded(b.Seq, m.Data)
		if err != nil {
			return nil, fmt.Errorf("read the dead letters: job %d: %w: %w", b.Seq, err, report.ErrGap)
		}
		b.Recorded = r
		out = append(out, b)
	}
	return out, nil
}

// letters reads the letters, one for each job, oldest first, without the events
// themselves.
func (in inbox) letters(ctx context.Context) ([]report.Buried, error) {
	bySeq := make(map[uint64]report.Buried)
	for at := uint64(1); ; {
		var m *jetstream.RawStreamMsg
		err := in.retry(ctx, "read", func(ctx context.Context) (err error) {
			m, err = in.dead.GetMsg(ctx, at, jetstream.WithGetMsgSubject(">"))
			return err
		})
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		at = m.Sequence + 1
		var l letter
		if err := json.Unmarshal(m.Data, &l); err != nil {
			return nil, fmt.Errorf("letter %d: %w", m.Sequence, err)
		}
		if _, known := bySeq[l.Seq]; !known {
			reason := cmp.Or(l.Reason, "no outcome after the last try")
			bySeq[l.Seq] = report.Buried{Recorded: report.Recorded{Seq: l.Seq}, Tries: l.Tries, Reason: reason, At: m.Time.UTC()}
		}
	}
	out := make([]report.Buried, 0, len(bySeq))
	for _, b := range bySeq {
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b report.Buried) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return out, nil
}
