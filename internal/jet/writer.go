package jet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"tonghop/report"
)

// write is what goes into a stream all or not at all: one message, or several
// that will lie next to one another.
type write struct {
	id     string // on every message, in headerWrite
	guard  string // subject, or filter, whose last message has sequence expect
	expect uint64 // 0: there is none
	msgs   []*nats.Msg
}

func newWrite(guard string, expect uint64) *write {
	return &write{id: nuid.Next(), guard: guard, expect: expect}
}

// add puts the parts of one thing into the write. The first message of a guard
// carries the check. More of them may where the guard is a filter, and then they
// do: the broker asks the same question once for all of a batch.
func (w *write) add(subject string, parts [][]byte, headers ...string) {
	for i, part := range parts {
		m := &nats.Msg{Subject: subject, Data: part, Header: nats.Header{}}
		m.Header.Set(headerWrite, w.id)
		for k := 0; k < len(headers); k += 2 {
			m.Header.Set(headers[k], headers[k+1])
		}
		if len(parts) > 1 {
			m.Header.Set(headerChunk, fmt.Sprintf("%d/%d", i+1, len(parts)))
		}
		if w.guard != subject || len(w.msgs) == 0 {
			m.Header.Set(headerExpect, strconv.FormatUint(w.expect, 10))
			m.Header.Set(headerExpectFilter, w.guard)
		}
		w.msgs = append(w.msgs, m)
	}
}

// bytes is about how much the write takes on its way.
func (w *write) bytes() int {
	n := 0
	for _, m := range w.msgs {
		n += len(m.Data) + 500
	}
	return n
}

// writer brings writes into one stream.
type writer struct {
	store  *Store
	stream jetstream.Stream
	group  *group // nil where messages are better sent one by one
}

// commit writes, and returns the sequence of the last message once it is on the
// disk. ErrStale means that the write is not in the stream and never will be.
//
// An answer that does not come, or that may mean two things, is cleared up by
// looking: whatever follows the expected sequence of the guard is either this
// write or it shuts this write out. Only where nothing follows is the write made
// again. It cannot be stored twice: both would expect the same sequence.
func (w *writer) commit(ctx context.Context, wr *write) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	over, cancel := context.WithTimeout(ctx, w.store.cfg.Timeout)
	defer cancel()
	for n := 0; ; n++ {
		seq, err := w.attempt(over, wr, n == 0)
		switch {
		case err == nil:
			return seq, nil
		case n == 0 && hasCode(err, codeStale):
			return 0, report.ErrStale // this write was never sent before
		case final(err):
			return 0, w.store.explain("write", err)
		}
		if ill := w.store.ill(); ill != nil {
			return 0, ill // waiting would not help
		}
		if seq, err := w.find(over, wr); err == nil && seq > 0 {
			return seq, nil
		} else if errors.Is(err, report.ErrStale) {
			return 0, err
		}
		if !sleep(over, pause(n)) {
			return 0, w.store.gaveUp(ctx, "write", err)
		}
	}
}

// attempt sends the write once.
func (w *writer) attempt(ctx context.Context, wr *write, first bool) (uint64, error) {
	if first && w.group != nil {
		seq, err := w.group.do(ctx, wr)
		if !errors.Is(err, errAlone) {
			return seq, err
		}
	}
	one, end := context.WithTimeout(ctx, w.store.cfg.Attempt)
	defer end()
	return w.send(one, wr.msgs)
}

// find looks for a write in the stream: its last sequence when it is there, 0
// when it is not there and may still come, ErrStale when it never will.
func (w *writer) find(ctx context.Context, wr *write) (seq uint64, err error) {
	err = w.store.retry(ctx, "read back", func(ctx context.Context) error {
		m, err := w.stream.GetMsg(ctx, wr.expect+1, jetstream.WithGetMsgSubject(wr.guard))
		switch {
		case errors.Is(err, jetstream.ErrMsgNotFound):
			return w.reached(ctx, wr)
		case err != nil:
			return err
		case m.Header.Get(headerWrite) != wr.id:
			return report.ErrStale
		}
		seq = m.Sequence + uint64(len(wr.msgs)) - 1
		return nil
	})
	return seq, err
}

// reached checks that the guard ends where the write expects it to, and not
// before.
func (w *writer) reached(ctx context.Context, wr *write) error {
	if wr.expect == 0 {
		return nil
	}
	m, err := w.stream.GetLastMsgForSubject(ctx, wr.guard)
	if errors.Is(err, jetstream.ErrMsgNotFound) || err == nil && m.Sequence < wr.expect {
		return report.ErrStale
	}
	return err
}

// send publishes messages and waits for the answer: one plainly, several as an
// atomic batch. It returns the sequence of the last.
func (w *writer) send(ctx context.Context, msgs []*nats.Msg) (uint64, error) {
	if len(msgs) == 1 {
		m := msgs[0]
		m.Header.Del(headerBatch)
		m.Header.Del(headerBatchSeq)
		m.Header.Del(headerBatchCommit)
		return w.request(ctx, m)
	}
	return w.sendBatch(ctx, msgs)
}

// flow is after how many bytes of a batch the server is asked whether it has
// them: its queue of incoming messages has an end, at 128 MB. Each question is a
// way there and back, so small batches ask none.
const flow = 4 << 20

// sendBatch publishes an atomic batch. Until its last message has come and been
// accepted the stream holds nothing of it, also after a crash.
func (w *writer) sendBatch(ctx context.Context, msgs []*nats.Msg) (uint64, error) {
	id := nuid.Next()
	unasked := 0
	for i, m := range msgs {
		m.Header.Set(headerBatch, id)
		m.Header.Set(headerBatchSeq, strconv.Itoa(i+1))
		m.Header.Del(headerBatchCommit)
		unasked += len(m.Data)
		var err error
		switch {
		case i == len(msgs)-1:
			m.Header.Set(headerBatchCommit, "1")
			return w.request(ctx, m)
		case unasked >= flow:
			unasked = 0
			_, err = w.request(ctx, m)
		default:
			err = w.store.nc.PublishMsg(m)
		}
		if err != nil {
			return 0, err
		}
	}
	return 0, errors.New("no messages")
}

// answer is what the broker says to a message.
type answer struct {
	Stream string              `json:"stream"`
	Seq    uint64              `json:"seq"`
	Error  *jetstream.APIError `json:"error"`
}

// request publishes a message and reads the answer. In the middle of a batch the
// answer is empty when all is well.
func (w *writer) request(ctx context.Context, m *nats.Msg) (uint64, error) {
	reply, err := w.store.nc.RequestMsgWithContext(ctx, m)
	if err != nil {
		return 0, err
	}
	var a answer
	if len(reply.Data) > 0 {
		if err := json.Unmarshal(reply.Data, &a); err != nil {
			return 0, fmt.Errorf("answer %q: %w", reply.Data, err)
		}
	}
	if a.Error != nil {
		return 0, a.Error
	}
	return a.Seq, nil
}
