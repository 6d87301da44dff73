package jet

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"tonghop/report"
)

// errAlone: the write was not made as one of a group and is to be made by itself.
var errAlone = errors.New("not in a group")

// The limits of a group.
const (
	// groupLeast is from how many writes on a batch is faster than as many single
	// messages: a batch has the fixed cost of a dozen single ones (DESIGN.md).
	groupLeast = 24
	// batchWeight is what a write of several messages counts for beside those of
	// one: it is a batch by itself, and two of them are better sent as one.
	batchWeight = groupLeast / 2
	// groupMost and groupBytes keep a batch within the broker's own limits, of
	// 1000 messages, and an answer within reach.
	groupMost  = 400
	groupBytes = 16 << 20
	// After a batch the next one waits for company, a step at a time (docs/adr/0020).
	lingerStep   = time.Millisecond
	lingerSteps  = 40             // at most
	lingerIdle   = 5              // steps in a row in which nobody comes end it; one does, once the batch is as large as the last
	lingerEnough = 6 * groupLeast // messages that need not wait any more
)

// group lets writes that come together share one fsync. A server that syncs
// every message does so one after the other; for a batch it does once.
//
// While few writes are on their way each goes out at once, by the goroutine that
// wants it: a write that comes alone waits for nothing and nobody. Once there are
// many, those that come are held until the others are through, and go out
// together as one atomic batch; while that is on its way the next one gathers, and
// is given up to 40 ms to become as large as the last.
// A batch stands and falls as a whole: when it is refused, because one of its
// writes is stale, each of them is made by itself.
type group struct {
	writer *writer

	mu       sync.Mutex
	alone    int        // weight of the writes on their way by themselves
	held     []*waiting // writes that wait for company
	draining bool       // the held ones are being sent
	closed   bool
	ended    sync.WaitGroup

	pause func(time.Duration) // [time.Sleep]
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

func newGroup(w *writer) *group { return &group{writer: w, pause: time.Sleep} }

// close ends the group once the writes that are under way have ended.
func (g *group) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.ended.Wait()
}

// do makes a write, perhaps with others. [errAlone] says that others have spoilt
// it and that it is to be made by itself.
func (g *group) do(ctx context.Context, w *write) (uint64, error) {
	p, err := g.enter(w)
	if err != nil {
		return 0, err
	}
	if p == nil {
		defer g.leave(w)
		return g.send(ctx, w.msgs)
	}
	select {
	case out := <-p.done:
		return out.seq, out.err
	case <-ctx.Done():
		return 0, ctx.Err() // it may still be written
	}
}

// enter counts a write in as one that goes by itself, or holds it and says what
// to wait for.
func (g *group) enter(w *write) (*waiting, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, nats.ErrConnectionClosed
	}
	if !g.draining && len(g.held) == 0 && g.alone < groupLeast {
		g.alone += w.weight()
		g.ended.Add(1)
		return nil, nil
	}
	p := &waiting{write: w, done: make(chan outcome, 1)}
	g.held = append(g.held, p)
	return p, nil
}

// weight is what a write costs by itself, in single messages.
func (w *write) weight() int {
	if len(w.msgs) > 1 {
		return batchWeight
	}
	return 1
}

func weightOf(round []*waiting) (n int) {
	for _, p := range round {
		n += p.weight()
	}
	return n
}

// leave counts a write out that went by itself. The last one sees to those that
// are held.
func (g *group) leave(w *write) {
	defer g.ended.Done()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.alone -= w.weight()
	if g.alone == 0 && len(g.held) > 0 {
		g.draining = true
		g.ended.Go(g.drain)
	}
}

// drain sends what is held, one round after the other, until nothing is.
func (g *group) drain() {
	for {
		round := g.gather()
		switch {
		case len(round) == 0:
			return
		case weightOf(round) >= groupLeast:
			g.linger(g.together(round))
		default:
			g.apart(round)
		}
	}
}

// linger waits while more writes come, so that the next batch is worth its price.
// Those who have just been answered are likely to write again: the next batch is
// given time to become as large as the last, of so many messages. Whoever comes
// alone after a crowd waits for a few steps.
func (g *group) linger(last int) {
	held, idle := g.messagesHeld(), 0
	for range lingerSteps {
		if held == 0 || held >= lingerEnough {
			return
		}
		g.pause(lingerStep)
		before := held
		held = g.messagesHeld()
		if held > before {
			idle = 0
			continue
		}
		if idle++; held >= last || idle == lingerIdle {
			return
		}
	}
}

func (g *group) messagesHeld() (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, p := range g.held {
		n += len(p.msgs)
	}
	return n
}

// gather takes what is held, up to the limits. Of two writes with one guard the
// second stays for the next round: within one batch the broker would let both
// pass.
func (g *group) gather() (round []*waiting) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var rest []*waiting
	seen := make(map[string]bool)
	messages, bytes := 0, 0
	for _, p := range g.held {
		fits := messages == 0 || messages+len(p.msgs) <= groupMost && bytes+p.bytes() <= groupBytes
		if seen[p.guard] || !fits {
			rest = append(rest, p)
			continue
		}
		seen[p.guard] = true
		round = append(round, p)
		messages, bytes = messages+len(p.msgs), bytes+p.bytes()
	}
	g.held = rest
	g.draining = len(round) > 0
	return round
}

// send sends messages within the time of one attempt.
func (g *group) send(ctx context.Context, msgs []*nats.Msg) (uint64, error) {
	one, end := context.WithTimeout(ctx, g.writer.store.cfg.Attempt)
	defer end()
	return g.writer.send(one, msgs)
}

// apart makes each write by itself, all at the same time. The caller of one may
// have left by now; it is made all the same.
func (g *group) apart(round []*waiting) {
	var all sync.WaitGroup
	for _, p := range round {
		all.Go(func() {
			seq, err := g.send(context.Background(), p.msgs)
			p.done <- outcome{seq, err}
		})
	}
	all.Wait()
}

// together makes the writes as one batch and gives the number of its messages.
// They lie next to one another, so the sequence of the last tells that of all.
func (g *group) together(round []*waiting) int {
	var msgs []*nats.Msg
	for _, p := range round {
		msgs = append(msgs, p.msgs...)
	}
	seq, err := g.send(context.Background(), msgs)
	if refused(err) {
		err = errAlone
	}
	seq -= uint64(len(msgs))
	for _, p := range round {
		seq += uint64(len(p.msgs))
		p.done <- outcome{seq, err}
	}
	return len(msgs)
}

// refused reports whether the broker has said that nothing of a batch was or
// will be stored.
func refused(err error) bool {
	return hasCode(err, codeStale, codeStaleInFlight, codeBatchTooLarge) || hasCode(err, codesFull...) ||
		errors.Is(err, report.ErrStale)
}
