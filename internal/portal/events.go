package portal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
)

const (
	heartbeat = 15 * time.Second // between comments on a silent stream: proxies cut what is silent
	slowPeer  = 30 * time.Second // that a reader may take for one event
	reconnect = 2 * time.Second  // that a browser waits before it comes again
)

// events streams what happens as server-sent events. The id of an event is its
// place in the journal, so that whoever comes back with the last one it has seen
// goes on exactly after it. An event is sent once the figures hold it: whoever
// asks for them on seeing it is not told yesterday's.
func (c *call) events() (any, error) {
	from, err := c.resumeAt()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(c.ctx())
	defer cancel()
	incoming := make(chan report.Recorded)
	ended := make(chan error, 1)
	go func() {
		ended <- c.Journal.Follow(ctx, from, func(r report.Recorded) error {
			if err := c.Books.Reached(ctx, r.Seq); err != nil {
				return err
			}
			select {
			case incoming <- r:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}, nil)
	}()
	c.stream(incoming, ended, from-1)
	return answered{}, nil
}

// resumeAt is the sequence to begin at: after the last event seen, or from now
// on where none was.
func (c *call) resumeAt() (uint64, error) {
	last, err := c.Journal.Last(c.ctx())
	if err != nil {
		return 0, err
	}
	text := c.r.Header.Get("Last-Event-ID")
	if text == "" {
		text = c.query("lastEventId")
	}
	if text == "" {
		return last + 1, nil
	}
	seen, err := parseNumber("Last-Event-ID", text)
	if err != nil {
		return 0, err
	}
	if seen > last {
		// It has seen events that are gone: what it holds is not what is here.
		return 0, wrong("Last-Event-ID", text, fmt.Sprintf("số thứ tự đến %d", last), fmt.Sprintf("a sequence up to %d", last))
	}
	return seen + 1, nil
}

// stream writes events until the reader goes, following ends, or the server
// stops. seen is the sequence the reader has seen already.
func (c *call) stream(incoming <-chan report.Recorded, ended <-chan error, seen uint64) {
	h := c.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	c.w.WriteHeader(http.StatusOK)
	out := http.NewResponseController(c.w)
	write := func(text string) bool {
		_ = out.SetWriteDeadline(time.Now().Add(slowPeer)) // see limitBody
		_, err := io.WriteString(c.w, text)
		return err == nil && out.Flush() == nil
	}
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	if !write(fmt.Sprintf("retry: %d\nid: %d\n\n", reconnect.Milliseconds(), seen)) {
		return
	}
	for {
		var ok bool
		select {
		case r := <-incoming:
			ok = write(c.line(r))
		case <-alive.C:
			// Silence is when a token may have been revoked unseen.
			_, err := c.identify(c.r)
			ok = err == nil && write(": đang nghe\n\n")
		case err := <-ended:
			if err != nil && !errors.Is(err, context.Canceled) {
				c.Log.Warn().Err(err).Msg("stream of events ended")
			}
			return
		case <-c.stopping:
			return
		case <-c.ctx().Done():
			return
		}
		if !ok {
			return
		}
	}
}

// line writes an event; one the reader may not see, or did not ask for, moves
// its place on all the same.
func (c *call) line(r report.Recorded) string {
	id := "id: " + strconv.FormatUint(r.Seq, 10) + "\n"
	if !c.concerns(r, c.query("request"), "") || !c.maySee(r) {
		return id + "\n"
	}
	data, err := json.Marshal(eventOf(r))
	if err != nil {
		panic(err) // an event is plain data
	}
	return id + "event: " + string(r.Body.Kind()) + "\ndata: " + string(data) + "\n\n"
}

// concerns reports whether an event is about a request and an agency; empty
// asks for any.
func (c *call) concerns(r report.Recorded, request, agency string) bool {
	if request != "" && (r.Key.Scope != report.ScopeRequest || r.Key.Name != request) {
		return false
	}
	return agency == "" || r.Key.Agency == agency
}

const (
	logPage = 500    // events on a page of the log
	logScan = 50_000 // events looked at for one
)

// errPageFull ends the reading of a page.
var errPageFull = errors.New("page is full")

// log gives a stretch of the journal. A request that is not known has none, and
// is told so: an empty page would say that nothing happened.
func (c *call) log() (any, error) {
	if request := c.query("request"); request != "" {
		var err error
		c.Books.Read(func(l *report.Ledger) { _, err = bookOf(l, request, c.query("agency")) })
		if err != nil {
			return nil, err
		}
	}
	from, err := c.number("from")
	if err != nil {
		return nil, err
	}
	last, err := c.Journal.Last(c.ctx())
	if err != nil {
		return nil, err
	}
	from = max(from, 1)
	page := &api.Log{Events: []api.Event{}}
	if from > last {
		return page, nil
	}
	scanned := 0
	err = c.Journal.Follow(c.ctx(), from, func(r report.Recorded) error {
		if c.concerns(r, c.query("request"), c.query("agency")) && c.maySee(r) {
			page.Events = append(page.Events, eventOf(r))
		}
		scanned++
		if r.Seq >= last {
			return errPageFull
		}
		if len(page.Events) == logPage || scanned == logScan {
			page.Next = r.Seq + 1
			return errPageFull
		}
		return nil
	}, nil)
	if err != nil && !errors.Is(err, errPageFull) {
		return nil, fmt.Errorf("read the journal from %d: %w", from, err)
	}
	return page, nil
}
