package jet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"tonghop/report"
)

// Store is an open store: an embedded server, or a connection to a cluster. It
// gives the ports of package report, each of which may be used by any number of
// goroutines until Close.
type Store struct {
	cfg    Config
	lock   io.Closer      // the folder's lock; nil for a cluster
	srv    *server.Server // nil for a cluster
	nc     *nats.Conn
	js     jetstream.JetStream
	closed chan struct{} // nc is closed

	events, files, snapshots, schedules, dead jetstream.Stream
	eventWriter, fileWriter                   *writer
	mark                                      *mark // nil for a cluster
}

// Open opens a store, and creates what is not there yet. An embedded server has
// recovered its folder when Open returns. Whoever opens a store closes it.
func Open(ctx context.Context, cfg Config) (_ *Store, err error) {
	if cfg, err = cfg.withDefaults(); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{cfg: cfg, closed: make(chan struct{})}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open store: %w", err), s.Close(context.WithoutCancel(ctx)))
		}
	}()
	if cfg.Dir != "" {
		if err := s.embed(); err != nil {
			return nil, err
		}
	}
	if s.nc, err = connect(cfg, s.srv, s.closed); err != nil {
		return nil, err
	}
	if s.js, err = jetstream.New(s.nc); err != nil {
		return nil, err
	}
	if err := s.createStreams(ctx); err != nil {
		return nil, err
	}
	if s.srv != nil {
		if s.mark, err = openMark(cfg.Dir, s.events.CachedInfo()); err != nil {
			return nil, err
		}
	}
	if err := s.createConsumers(ctx); err != nil {
		return nil, err
	}
	s.eventWriter = s.newWriter(s.events)
	s.fileWriter = s.newWriter(s.files)
	return s, nil
}

// Holds tells whether a folder holds the journal of an embedded server.
func Holds(dir string) bool {
	found, err := fs.Glob(os.DirFS(dir), path.Join("jetstream", "*", "streams", streamEvents))
	return err == nil && len(found) > 0
}

func (s *Store) embed() error {
	if err := os.MkdirAll(s.cfg.Dir, 0o700); err != nil {
		return err
	}
	lock, err := lockDir(s.cfg.Dir)
	if err != nil {
		return err
	}
	s.lock = lock
	s.srv, err = startServer(s.cfg)
	return err
}

// createStreams creates what is missing, all at once: a cluster takes a moment
// for each to choose who keeps it.
func (s *Store) createStreams(ctx context.Context) error {
	all, ctx := errgroup.WithContext(ctx)
	for _, want := range []struct {
		config func(replicas int) jetstream.StreamConfig
		stream *jetstream.Stream
	}{
		{eventsConfig, &s.events}, {filesConfig, &s.files}, {snapshotsConfig, &s.snapshots},
		{schedulesConfig, &s.schedules}, {deadConfig, &s.dead},
	} {
		all.Go(func() error {
			return s.retry(ctx, "create stream "+want.config(1).Name, func(ctx context.Context) (err error) {
				*want.stream, err = s.createStream(ctx, want.config)
				return err
			})
		})
	}
	return all.Wait()
}

// createStream creates a stream, or brings one that is there into the form it
// has today. Unless asked to, it does not change how many servers keep it.
func (s *Store) createStream(ctx context.Context, config func(int) jetstream.StreamConfig) (jetstream.Stream, error) {
	replicas := max(s.cfg.Replicas, 1)
	old, err := s.js.Stream(ctx, config(1).Name)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
	case err != nil:
		return nil, err
	case s.cfg.Replicas == 0:
		replicas = old.CachedInfo().Config.Replicas
	}
	return s.js.CreateOrUpdateStream(ctx, config(replicas))
}

// createConsumers comes after all streams: the dead letters must be there before
// the first job can fail.
func (s *Store) createConsumers(ctx context.Context) error {
	err := s.retry(ctx, "create the inbox", func(ctx context.Context) error {
		_, err := s.events.CreateOrUpdateConsumer(ctx, inboxConfig(s.cfg.Patience))
		return err
	})
	if err != nil {
		return err
	}
	return s.retry(ctx, "create the consumer of fires", func(ctx context.Context) error {
		_, err := s.schedules.CreateOrUpdateConsumer(ctx, dueConfig())
		return err
	})
}

// newWriter makes the writer of a stream. One server syncs every message by
// itself, and profits from messages that are bundled; several sync once for all
// that arrive together, without our help.
func (s *Store) newWriter(stream jetstream.Stream) *writer {
	w := &writer{store: s, stream: stream}
	if stream.CachedInfo().Config.Replicas == 1 {
		w.group = newGroup(w)
	}
	return w
}

// Healthy says why the store cannot do its work now, nil when it can. A server
// whose disk is full or broken says so here and nowhere else: it answers
// publishers with silence.
func (s *Store) Healthy(ctx context.Context) error {
	if !s.nc.IsConnected() {
		return fmt.Errorf("store: not connected: %w", report.ErrUnavailable)
	}
	if err := s.ill(); err != nil {
		return err
	}
	info, err := s.events.Info(ctx)
	if err != nil {
		return fmt.Errorf("store: journal: %w: %w", err, report.ErrUnavailable)
	}
	return whole(info)
}

// ill says what is wrong with the embedded server, nil when nothing is known to
// be. A failed write stays a fault until the server is started again.
func (s *Store) ill() error {
	if s.srv == nil {
		return nil
	}
	if h := s.srv.Healthz(nil); h.StatusCode != 200 {
		return fmt.Errorf("store: the embedded server is not well: %s: %w", h.Error, report.ErrUnavailable)
	}
	return nil
}

// Close ends the store in the order that loses nothing: writers, connection,
// server, folder. Calls that are under way fail with ErrUnavailable.
func (s *Store) Close(ctx context.Context) error {
	for _, w := range []*writer{s.eventWriter, s.fileWriter} {
		if w != nil && w.group != nil {
			w.group.close()
		}
	}
	var err error
	if s.mark != nil {
		err = s.mark.close()
	}
	if s.nc != nil {
		err = errors.Join(err, s.drain(ctx))
	}
	if s.srv != nil {
		s.srv.Shutdown()
		s.srv.WaitForShutdown()
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// drain lets what was published go out and closes the connection.
func (s *Store) drain(ctx context.Context) error {
	if err := s.nc.Drain(); err != nil {
		s.nc.Close()
	}
	select {
	case <-s.closed:
		return nil
	case <-ctx.Done():
		s.nc.Close()
		return fmt.Errorf("close store: %w", ctx.Err())
	}
}
