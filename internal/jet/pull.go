package jet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"tonghop/report"
)

// pull waits for one message of a durable consumer. Exactly one is asked for at a
// time: the clock of a message runs from the moment it is handed out, and one
// that waited in a queue of ours would be handed to someone else meanwhile.
func (s *Store) pull(ctx context.Context, stream, consumer string) (*nats.Msg, error) {
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m, err := s.pullOnce(ctx, stream, consumer)
		switch {
		case err == nil:
			return m, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case s.nc.IsClosed() || s.nc.IsDraining():
			return nil, fmt.Errorf("%w: %w", err, report.ErrUnavailable)
		case errors.Is(err, errNothing):
			n = 0
			continue
		}
		if !sleep(ctx, pause(n)) {
			return nil, ctx.Err()
		}
	}
}

// errNothing: no message came for a while, and there is nothing wrong with that.
var errNothing = errors.New("no message")

// pullExpires is for how long one request for a message stands, and pullBeat how
// often the broker shows meanwhile that it still knows of it.
const (
	pullExpires = 20 * time.Second
	pullBeat    = time.Second
)

// pullOnce asks once.
func (s *Store) pullOnce(ctx context.Context, stream, consumer string) (*nats.Msg, error) {
	sub, err := s.nc.SubscribeSync(s.nc.NewInbox())
	if err != nil {
		return nil, err
	}
	defer sub.Unsubscribe() //nolint:errcheck // the connection is closed, then
	ask, err := json.Marshal(map[string]any{"batch": 1, "expires": pullExpires, "idle_heartbeat": pullBeat})
	if err != nil {
		return nil, err
	}
	if err := s.nc.PublishRequest("$JS.API.CONSUMER.MSG.NEXT."+stream+"."+consumer, sub.Subject, ask); err != nil {
		return nil, err
	}
	for {
		wait, cancel := context.WithTimeout(ctx, 3*pullBeat)
		m, err := sub.NextMsgWithContext(wait)
		cancel()
		switch {
		case ctx.Err() != nil:
			s.giveBack(m, sub)
			return nil, ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			return nil, errors.New("the broker has forgotten the request")
		case err != nil:
			return nil, err
		}
		if done, err := status(m); done {
			return m, err
		}
	}
}

// status tells a message of the stream (true, nil) from what the broker says
// about the request itself.
func status(m *nats.Msg) (done bool, err error) {
	switch code := m.Header.Get("Status"); code {
	case "":
		return true, nil
	case "100": // a heartbeat
		return false, nil
	case "404", "408":
		return true, errNothing
	default:
		return true, fmt.Errorf("%s %s", code, m.Header.Get("Description"))
	}
}

// giveBack returns what came for someone who has left, so that the next gets it
// at once and not after the consumer's patience.
func (s *Store) giveBack(m *nats.Msg, sub *nats.Subscription) {
	_ = sub.Drain() // no more comes after this; what is there can still be read
	for ; ; m = nil {
		if m == nil {
			var err error
			if m, err = sub.NextMsg(5 * time.Millisecond); err != nil {
				return
			}
		}
		if m.Reply != "" && m.Header.Get("Status") == "" {
			_ = s.nc.Publish(m.Reply, []byte("-NAK")) // else patience brings it back
		}
	}
}

// settle tells the broker what became of a message and waits until it has
// understood.
func (s *Store) settle(m *nats.Msg, word string) error {
	return s.retry(context.Background(), "acknowledge", func(ctx context.Context) error {
		_, err := s.nc.RequestWithContext(ctx, m.Reply, []byte(word))
		return err
	})
}
