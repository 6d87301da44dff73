package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/report"
)

// The roles of a process.
const (
	rolePortal    = "portal"
	roleIngest    = "ingest"
	roleAggregate = "aggregate"
	roleExport    = "export"
)

var allRoles = []string{rolePortal, roleIngest, roleAggregate, roleExport}

// serveFlags are the choices of the serve command.
type serveFlags struct {
	listen           string
	roles            []string
	tlsCert, tlsKey  string
	parallel         int
	snapshotInterval time.Duration
}

func (p *program) serve() *cobra.Command {
	var s serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Chạy máy chủ: trang web, API và các bộ phận (run the server)",
		Long: `serve runs the roles of tonghop in one process: portal (pages and API), ingest (reads uploads), aggregate (keeps
snapshots and audits the figures) and export (writes summaries on schedule and at the close). --role picks some of
them, against a NATS cluster (--nats) as many times as wanted.

Without any API token the server answers this machine only, and says so; tonghop token issue makes the first.`,
		Example: `  tonghop serve
  tonghop serve --listen :8443 --tls-cert cert.pem --tls-key key.pem
  tonghop serve --role ingest --nats nats://n1:4222,nats://n2:4222,nats://n3:4222 --replicas 3`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.runServe(c.Context(), s) },
	}
	c.Flags().StringVar(&s.listen, "listen", "127.0.0.1:8080", "address of the pages and the API")
	c.Flags().StringSliceVar(&s.roles, "role", allRoles, "roles of this process")
	completeWords(c, "role", allRoles...)
	c.Flags().StringVar(&s.tlsCert, "tls-cert", "", "certificate file (PEM); with --tls-key")
	c.Flags().StringVar(&s.tlsKey, "tls-key", "", "key file (PEM)")
	c.Flags().IntVar(&s.parallel, "parallel", 0, "uploads read at a time (0: one for each processor)")
	c.Flags().DurationVar(&s.snapshotInterval, "snapshot-interval", 10*time.Minute, "how often a snapshot is kept")
	return c
}

func (s *serveFlags) validate() error {
	for _, r := range s.roles {
		if !slices.Contains(allRoles, r) {
			return inputError{fmt.Errorf("--role %q: %s", r, strings.Join(allRoles, ", "))}
		}
	}
	if len(s.roles) == 0 {
		return inputError{errors.New("--role: at least one role")}
	}
	if _, _, err := net.SplitHostPort(s.listen); err != nil {
		return inputError{fmt.Errorf("--listen %q: an address such as 127.0.0.1:8080 or :8080: %w", s.listen, err)}
	}
	if s.snapshotInterval <= 0 {
		return inputError{fmt.Errorf("--snapshot-interval %s: more than nothing, such as 10m", s.snapshotInterval)}
	}
	if (s.tlsCert == "") != (s.tlsKey == "") {
		return inputError{errors.New("--tls-cert and --tls-key go together")}
	}
	return nil
}

func (p *program) runServe(ctx context.Context, s serveFlags) (err error) {
	if err := s.validate(); err != nil {
		return err
	}
	if p.config.Server != "" {
		return inputError{errors.New("serve runs here; --server is for the other commands")}
	}
	limitHeap()
	a, err := openApp(ctx, p.config, p.config.log(p.err, zerolog.InfoLevel), time.Now)
	if err != nil {
		return err
	}
	defer func() { err = a.close(err) }()
	if err := p.serveRoles(ctx, a, s); err != nil {
		return err
	}
	a.wait(ctx)
	return nil
}

// gcPercent is by how much the heap of a server may grow over what it holds before
// the collector runs. The runtime's own 100 costs a fifth more memory at the peak of
// an afternoon of uploads and spares some 2% of the processor's time.
const gcPercent = 75

// limitHeap lets the heap grow by gcPercent only, unless the environment has GOGC.
func limitHeap() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// serveRoles starts the roles; the portal listens last, when all is ready.
func (p *program) serveRoles(ctx context.Context, a *app, s serveFlags) error {
	started := time.Now()
	if err := a.restore(ctx); err != nil {
		return err
	}
	if err := a.follow(ctx); err != nil {
		return err
	}
	a.log.Info().Uint64("events", a.books.Seq()).Str("took", time.Since(started).Round(time.Millisecond).String()).Msg("journal read")
	has := func(role string) bool { return slices.Contains(s.roles, role) }
	if !slices.Equal(s.roles, []string{roleIngest}) { // who only reads uploads asks for no figures
		a.start("figures", a.count(started))
	}
	if has(roleIngest) {
		a.start(roleIngest, a.worker(s.parallel).Run)
	}
	if has(roleAggregate) {
		a.start(roleAggregate, a.audit(s.snapshotInterval))
	}
	if has(roleExport) {
		a.start(roleExport, a.exporter().Run)
	}
	if has(rolePortal) {
		return p.listen(a, s)
	}
	return nil
}

// count is the part of the app that counts what a snapshot holds, while others ask
// already: who asks for a request that is not counted yet waits for that one alone.
func (a *app) count(started time.Time) func(context.Context) error {
	return func(ctx context.Context) error {
		a.view.Warm(ctx)
		a.log.Info().Str("took", time.Since(started).Round(time.Millisecond).String()).Msg("all figures counted")
		<-ctx.Done()
		return nil
	}
}

// listen opens the portal's address. Without tokens nobody but this machine is
// answered, so there is no address to others.
func (p *program) listen(a *app, s serveFlags) error {
	l, err := net.Listen("tcp", s.listen)
	if err != nil {
		return surroundingsError{fmt.Errorf("không mở được địa chỉ %s (cổng đang được dùng? chọn cổng khác bằng --listen): %w", s.listen, err)}
	}
	scheme := "http"
	if s.tlsCert != "" {
		scheme = "https"
	}
	if !a.desk.HasTokens() && !isLoopback(l.Addr()) {
		_ = l.Close() // nothing was accepted on it
		return inputError{fmt.Errorf("--listen %s: chưa có mã truy cập nào nên chỉ phục vụ chính máy này; cấp mã trước: tonghop token issue --role admin", s.listen)}
	}
	web := a.portal()
	web.Listener = l
	if s.tlsCert != "" {
		pair, err := tls.LoadX509KeyPair(s.tlsCert, s.tlsKey)
		if err != nil {
			_ = l.Close() // nothing was accepted on it
			return inputError{fmt.Errorf("tls: %w", err)}
		}
		web.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	a.start(rolePortal, web.Run)
	p.hint("tonghop: %s://%s", scheme, reached(l.Addr()))
	if !a.desk.HasTokens() {
		p.hint("chưa có mã truy cập: chỉ phục vụ chính máy này (no API token yet: this machine only)")
	}
	return nil
}

// reached is an address at which this machine itself reaches a listener: one on
// all addresses has none to show.
func reached(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return addr.String()
}

func isLoopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// audit is the app's aggregate role. Figures that differ from a full replay are
// not to be trusted: the process says that it is not ready and writes no more
// summaries, but takes uploads in.
func (a *app) audit(every time.Duration) func(context.Context) error {
	return func(ctx context.Context) error {
		ticks := time.NewTicker(every)
		defer ticks.Stop()
		w := &aggregate.Worker{
			Journal: a.store.Journal(), View: a.view, Snapshots: a.store.Snapshots(), Ticks: ticks.C, Log: a.log,
		}
		if a.log.GetLevel() <= zerolog.DebugLevel { // a fingerprint for every change costs something
			w.Announce = func(n aggregate.Announcement) {
				a.log.Debug().Str("request", n.Request).Int("heard", n.Heard).Int("asked", n.Asked).Msg("summary changed")
			}
		}
		err := w.Run(ctx)
		switch {
		case errors.Is(err, aggregate.ErrDiverged), errors.Is(err, aggregate.ErrBroken):
			a.log.Error().Err(err).Msg("summaries are stopped; uploads are still taken in")
			a.wrong.Store(&err)
			<-ctx.Done()
			return nil
		case err == nil:
			a.farewell(ctx, w)
		}
		return err
	}
}

// farewellTimeout is how long a process that was asked to stop may spend on a
// last snapshot. A journal that takes longer to read keeps its last one.
const farewellTimeout = time.Second

// farewell keeps a snapshot at a clean stop, so that the next start is quick.
func (a *app) farewell(ctx context.Context, w *aggregate.Worker) {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellTimeout)
	defer cancel()
	if err := w.Keep(last); err != nil && last.Err() == nil {
		a.log.Warn().Err(err).Msg("no snapshot kept at the stop")
	}
}

// ready says why the process should not be asked, nil when it can.
func (a *app) ready(ctx context.Context) error {
	if err := a.wrong.Load(); err != nil {
		return *err
	}
	return a.store.Healthy(ctx)
}

// exporter is the app's export role.
func (a *app) exporter() *export.Worker {
	return &export.Worker{
		Schedules: a.store.Schedules(), Books: a.books, Journal: a.store.Journal(), Files: a.store.Files(),
		Now: a.now, Log: a.log,
		Summarize: func(_ context.Context, request string, official bool) (*report.Summary, error) {
			if err := a.wrong.Load(); err != nil {
				return nil, *err
			}
			return a.view.Summarize(request, time.Time{}, official)
		},
	}
}

// restore begins from the newest snapshot, where there is a good one; it only
// makes the start faster, so a bad one is left and said. A snapshot of events
// that the journal does not hold any more is not a bad one: what was acknowledged
// is gone, and only a backup has it.
func (a *app) restore(ctx context.Context) error {
	seq, err := aggregate.Restore(ctx, a.store.Snapshots(), a.books)
	switch {
	case errors.Is(err, report.ErrGap):
		return fmt.Errorf("begin from a snapshot; restore a backup, or delete the stream SNAPSHOTS (in a data folder: jetstream/$G/streams/SNAPSHOTS) to go on with what is left: %w", err)
	case err != nil:
		a.log.Warn().Err(err).Msg("snapshot not used; reading the whole journal")
	case seq > 0:
		a.log.Info().Uint64("seq", seq).Msg("begun from a snapshot")
	}
	return nil
}
