package portal

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/report"
)

// Portal answers over HTTP. Set the fields, then call Run, or Handler to serve
// in the same process. All but Ready, Listener, TLS, Version and Trusted are
// required; the books must be running on the journal.
type Portal struct {
	Desk    *ingest.Desk
	Books   *report.Books
	View    *aggregate.View
	Journal report.Journal
	Files   report.Files
	Inbox   report.Inbox // for the list of dead letters

	Snapshots report.Snapshots // for the audit; nil: it looks at none
	Log       zerolog.Logger

	Ready    func(context.Context) error // nil: ready as soon as the books are
	Listener net.Listener                // for Run
	TLS      *tls.Config                 // nil: plain HTTP
	Version  string                      // of the program, as the API and the pages show it

	// Trusted makes every request that of the person at the machine itself: for
	// the command line that works straight on a data folder, never for a
	// handler that a listener feeds.
	Trusted bool
}

const (
	headerPatience = 10 * time.Second // for the header of a request to arrive
	bodyPatience   = 5 * time.Minute  // for the body of a request to arrive
	idlePatience   = 2 * time.Minute
	stopPatience   = 10 * time.Second // for requests under way when the program stops
	startPatience  = 10 * time.Second // that a request waits for the books to be read
)

// Handler gives the API and the pages as a handler. Sessions live in it: call it
// once for a server.
func (p *Portal) Handler() http.Handler { return newSite(p, nil) }

// Run serves on Listener until ctx ends, then lets requests under way finish;
// streams of events are ended.
func (p *Portal) Run(ctx context.Context) error {
	stopping := make(chan struct{})
	srv := &http.Server{
		Handler:           newSite(p, stopping),
		TLSConfig:         p.TLS,
		ReadHeaderTimeout: headerPatience,
		IdleTimeout:       idlePatience,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          quietLog(p.Log),
	}
	failed := make(chan error, 1)
	go func() {
		if p.TLS != nil {
			failed <- srv.ServeTLS(p.Listener, "", "")
			return
		}
		failed <- srv.Serve(p.Listener)
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", p.Listener.Addr(), err)
	case <-ctx.Done():
	}
	close(stopping)
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopPatience)
	defer cancel()
	err := srv.Shutdown(late)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if closed := <-failed; !errors.Is(closed, http.ErrServerClosed) {
		err = errors.Join(err, closed)
	}
	return err
}
