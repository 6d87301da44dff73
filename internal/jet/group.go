package jet

import (
	"context"
	"errors"
	"sync"

	"github.com/nats-io/nats.go"

	"tonghop/report"
)

// errAlone: the write was not made as one of a group and is to be made by itself.
var errAlone = errors.New("not in a group")

// The limits of a group.
const (
	// groupLeast is from how many writes on a batch is faster than as many single
	// messages: a batch has a fixed cost of some ten fsyncs (DESIGN.md).
	groupLeast = 12
	// groupMost and groupBytes keep a batch within the broker's own limits, of
	// 1000 messages, and an answer within reach.
	groupMost  = 400
	groupBytes = 16 << 20
)

// group lets writes that come together share one fsync. A server that syncs
// every message does so one after the other; for a batch it does once.
//
// While one round of writes is on its way the next gathers. A round of few goes
// out as single messages, at once, so that a write that comes alone waits for
// nothing; a round of many goes out as one atomic batch. A batch stands and falls
// as a whole: when it is refused, because one of its writes is stale, each of
// them is made by itself.
type group struct {
	writer *writer
	queue  chan *waiting
	stop   chan struct{}
	ended  sync.WaitGroup
}

// waiting is a write whose caller waits.
type waiting struct {
	*write
	done chan outcome // takes one, never blocks
}

type outcome struct {
	seq uint64
	err error
}

func newGroup(w *writer) *group {
	g := &group{writer: w, queue: make(chan *waiting, groupMost), stop: make(chan struct{})}
	g.ended.Go(g.run)
	return g
}

// close ends the group; writes that are under way are brought to their end.
func (g *group) close() {
	close(g.stop)
	g.ended.Wait()
}

// do makes a write, perhaps with others.
func (g *group) do(ctx context.Context, w *write) (uint64, error) {
	p := &waiting{write: w, done: make(chan outcome, 1)}
	select {
	case g.queue <- p:
	case <-g.stop:
		return 0, nats.ErrConnectionClosed
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case out := <-p.done:
		return out.seq, out.err
	case <-g.stop:
		return 0, nats.ErrConnectionClosed
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// run makes one round after the other.
func (g *group) run() {
	var round, held []*waiting
	for {
		if len(held) == 0 {
			select {
			case p := <-g.queue:
				held = append(held, p)
			case <-g.stop:
				return
			}
		}
		round, held = g.gather(held)
		if len(round) >= groupLeast {
			g.together(round)
		} else {
			g.apart(round)
		}
	}
}

// gather takes what is waiting, up to the limits. Of two writes with one guard
// the second is held for the next round: within one batch the broker would let
// both pass.
func (g *group) gather(waits []*waiting) (round, held []*waiting) {
	seen := make(map[string]bool)
	messages, bytes := 0, 0
	take := func(p *waiting) {
		fits := messages == 0 || messages+len(p.msgs) <= groupMost && bytes+p.bytes() <= groupBytes
		if seen[p.guard] || !fits {
			held = append(held, p)
			return
		}
		seen[p.guard] = true
		round = append(round, p)
		messages, bytes = messages+len(p.msgs), bytes+p.bytes()
	}
	for _, p := range waits {
		take(p)
	}
	for len(held) < groupMost {
		select {
		case p := <-g.queue:
			take(p)
		default:
			return round, held
		}
	}
	return round, held
}

// apart makes each write by itself, all at the same time.
func (g *group) apart(round []*waiting) {
	ctx, cancel := context.WithTimeout(context.Background(), g.writer.store.cfg.Attempt)
	defer cancel()
	if len(round) == 1 {
		g.one(ctx, round[0])
		return
	}
	var all sync.WaitGroup
	for _, p := range round {
		all.Go(func() { g.one(ctx, p) })
	}
	all.Wait()
}

func (g *group) one(ctx context.Context, p *waiting) {
	seq, err := g.writer.send(ctx, p.msgs)
	p.done <- outcome{seq, err}
}

// together makes the writes as one batch. Its messages lie next to one another,
// so the sequence of the last tells that of all.
func (g *group) together(round []*waiting) {
	ctx, cancel := context.WithTimeout(context.Background(), g.writer.store.cfg.Attempt)
	defer cancel()
	var msgs []*nats.Msg
	for _, p := range round {
		msgs = append(msgs, p.msgs...)
	}
	seq, err := g.writer.send(ctx, msgs)
	if refused(err) {
		err = errAlone
	}
	seq -= uint64(len(msgs))
	for _, p := range round {
		seq += uint64(len(p.msgs))
		p.done <- outcome{seq, err}
	}
}

// refused reports whether the broker has said that nothing of a batch was or
// will be stored.
func refused(err error) bool {
	return hasCode(err, codeStale, codeStaleInFlight, codeBatchTooLarge) || hasCode(err, codesFull...) ||
		errors.Is(err, report.ErrStale)
}
