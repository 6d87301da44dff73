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

// Follow implements report.Journal. It reads the whole stream without a filter
// and checks that each message follows the one before: a broker skips over what
// it cannot read any more, and says nothing. Where a message does not come it
// asks whether there is one, so that a lost tail ends the reading too.
//
// It goes on through restarts and changes of leader for as long as ctx lasts.
func (j journal) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	f := &follower{journal: j, from: max(from, 1), fn: fn, caughtUp: caughtUp}
	err := f.run(ctx)
	if ctx.Err() != nil && !errors.Is(err, report.ErrGap) && !f.failed {
		err = ctx.Err()
	}
	return fmt.Errorf("follow the journal from %d: %w", from, err)
}

// follower is one reading of the journal.
type follower struct {
	journal
	from     uint64 // first sequence the caller has not seen
	fn       func(report.Recorded) error
	caughtUp func(uint64) // nil once it was called
	failed   bool         // fn has failed

	pos     uint64    // last message read
	target  uint64    // last message that was there at the start
	parts   assembler // of the event that is being read
	missing int       // times in a row that the journal seemed to have lost its end
}

const (
	// idle is after how long without a message the journal is asked whether it
	// has any more.
	idle = 2 * time.Second
	// heartbeat is how often the broker shows that it is there; two that do not
	// come and the reading is taken up elsewhere.
	heartbeat = time.Second
	// doubts is how often in a row the journal must seem to end before what was
	// read already, until that is believed: a new leader may need a moment.
	doubts = 3
)

// errBroken ends one connection to the stream: another is made.
var errBroken = errors.New("interrupted")

func (f *follower) run(ctx context.Context) error {
	if err := f.begin(ctx); err != nil {
		return err
	}
	f.tell()
	for n := 0; ; n++ {
		before := f.pos
		err := f.stream(ctx)
		if !errors.Is(err, errBroken) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err() // that is what broke it
		}
		if f.pos > before {
			n = 0
		}
		f.cfg.Log("reading the journal was interrupted after message %d: %v", f.pos, err)
		if f.nc.IsClosed() {
			return fmt.Errorf("the store is closed: %w", report.ErrUnavailable)
		}
		if !sleep(ctx, pause(n)) {
			return ctx.Err()
		}
	}
}

// begin looks at the journal before the first message: where it ends, and where
// the event begins that from lies in.
func (f *follower) begin(ctx context.Context) error {
	info, err := f.info(ctx)
	if err != nil {
		return err
	}
	if err := whole(info); err != nil {
		return err
	}
	f.pos, f.target = f.from-1, info.State.LastSeq
	if f.pos > f.target {
		return fmt.Errorf("message %d was read once, but the journal ends with %d and has lost its tail: %w", f.pos, f.target, report.ErrGap)
	}
	if f.pos == f.target || f.pos == 0 {
		return nil
	}
	m, err := f.message(ctx, f.from)
	if err != nil {
		return fmt.Errorf("message %d: %w: %w", f.from, err, report.ErrGap)
	}
	i, _, err := chunkOf(m.Header)
	if err != nil || uint64(i) > f.from {
		return fmt.Errorf("message %d: %w: %w", f.from, err, report.ErrGap)
	}
	f.pos -= uint64(i) - 1
	return nil
}

// tell calls caughtUp once, when everything has been given that was there.
func (f *follower) tell() {
	if f.caughtUp != nil && f.pos >= f.target && !f.parts.busy() {
		told := f.caughtUp
		f.caughtUp = nil
		told(f.pos)
	}
}

// stream reads on after pos until something goes wrong.
func (f *follower) stream(ctx context.Context) error {
	over, cancel := context.WithTimeout(ctx, f.cfg.Attempt)
	defer cancel()
	cons, err := f.events.OrderedConsumer(over, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: f.pos + 1,
		InactiveThreshold: 30 * time.Second,
	})
	if err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	it, err := cons.Messages(jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	defer it.Stop()
	defer context.AfterFunc(ctx, it.Stop)() // also ends a consumer that is being made anew
	for {
		m, err := it.Next(jetstream.NextMaxWait(idle))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, nats.ErrTimeout):
			err = f.look(ctx)
		case err != nil:
			err = fmt.Errorf("%w: %w", errBroken, err)
		default:
			err = f.take(m)
		}
		if err != nil {
			return err
		}
	}
}

// take takes in the next message.
func (f *follower) take(m jetstream.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return fmt.Errorf("message after %d: %w: %w", f.pos, err, report.ErrGap)
	}
	seq := meta.Sequence.Stream
	if seq != f.pos+1 {
		return fmt.Errorf("after message %d comes %d: %w", f.pos, seq, report.ErrGap)
	}
	frame, complete, err := f.parts.add(m.Headers(), m.Data())
	if err != nil {
		return fmt.Errorf("message %d: %w: %w", seq, err, report.ErrGap)
	}
	f.pos, f.missing = seq, 0
	if complete && seq >= f.from {
		r, err := recorded(seq, frame)
		if err != nil {
			return fmt.Errorf("message %d: %w: %w", seq, err, report.ErrGap)
		}
		if err := f.fn(r); err != nil {
			f.failed = true
			return err
		}
	}
	f.tell()
	return nil
}

// look asks, when nothing comes, whether there is nothing.
func (f *follower) look(ctx context.Context) error {
	over, cancel := context.WithTimeout(ctx, f.cfg.Attempt)
	defer cancel()
	info, err := f.events.Info(over)
	if err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	last := info.State.LastSeq
	if last == f.pos {
		f.missing = 0
		return nil
	}
	if last > f.pos {
		_, err := f.events.GetMsg(over, f.pos+1)
		switch {
		case err == nil:
			return fmt.Errorf("%w: message %d is there and does not come", errBroken, f.pos+1)
		case !errors.Is(err, jetstream.ErrMsgNotFound):
			return fmt.Errorf("%w: %w", errBroken, err)
		}
	}
	if f.missing++; f.missing < doubts {
		return nil
	}
	if last > f.pos {
		return fmt.Errorf("message %d is missing, the journal ends with %d: %w", f.pos+1, last, report.ErrGap)
	}
	return fmt.Errorf("message %d was read, but the journal ends with %d and has lost its tail: %w", f.pos, last, report.ErrGap)
}
