package portal

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/rs/zerolog"

	"tonghop/ingest"
	"tonghop/report/fault"
)

// apiRoot is where the API begins.
const apiRoot = "/api/v1"

// site is a portal being served: what it remembers between requests.
type site struct {
	*Portal
	mux      *http.ServeMux
	guard    *http.CrossOriginProtection
	sessions *sessions
	guesses  *guesses
	owners   *owners
	pages    *pages
	forms    ingest.Forms    // what files are checked by
	reading  chan struct{}   // one place for each file that is being read for a check
	stopping <-chan struct{} // closed when the server stops; nil: never
}

func newSite(p *Portal, stopping <-chan struct{}) *site {
	s := &site{
		Portal: p, mux: http.NewServeMux(), stopping: stopping,
		guard: http.NewCrossOriginProtection(), owners: &owners{},
		sessions: &sessions{now: p.Desk.Now}, guesses: &guesses{now: p.Desk.Now},
		pages: newPages(), reading: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	table := routes()
	for i := range table {
		r := &table[i]
		s.mux.Handle(r.method+" "+apiRoot+r.path, s.api(r))
	}
	s.serveOpenAPI(table)
	s.servePages()
	s.mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	s.mux.HandleFunc("GET /readyz", s.readyz)
	return s
}

// ServeHTTP answers a request, whatever happens: what panics is answered like
// any other failure of the machine.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), r)
	seen := &watched{ResponseWriter: w}
	defer func() {
		broken := recover()
		switch {
		case broken == nil:
			return
		case isAbort(broken) || seen.begun:
			panic(http.ErrAbortHandler)
		}
		s.Log.Error().Str("panic", fmt.Sprint(broken)).Bytes("stack", debug.Stack()).Str("path", r.URL.Path).Msg("request broke")
		s.fail(seen, r, errPanic)
	}()
	if _, pattern := s.mux.Handler(r); pattern == "" {
		s.fail(seen, r, s.nowhere(r))
		return
	}
	s.mux.ServeHTTP(seen, r)
}

// isAbort reports whether a panic is the way of package http to leave an answer.
func isAbort(broken any) bool {
	err, _ := broken.(error)
	return errors.Is(err, http.ErrAbortHandler)
}

// nowhere says what is wrong with an address that nothing answers at: the
// method, where another one would do, and otherwise the address.
func (s *site) nowhere(r *http.Request) error {
	var allowed []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = m
		if _, pattern := s.mux.Handler(other); pattern != "" {
			allowed = append(allowed, m)
		}
	}
	if len(allowed) > 0 {
		return fault.New(fault.MethodNotAllowed, fault.A("got", r.Method), fault.A("choices", strings.Join(allowed, ", ")))
	}
	return fault.New(fault.NotFound, fault.A("what", r.URL.Path))
}

// ready is nil once the books hold what the journal held at the start: before
// that, figures would be those of a part of the events.
func (s *site) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	if s.Books.CaughtUp(ctx) != nil {
		return fault.New(fault.Unavailable)
	}
	return nil
}

func (s *site) readyz(w http.ResponseWriter, r *http.Request) {
	err := s.ready(r.Context())
	if err == nil && s.Ready != nil {
		err = s.Ready(r.Context())
	}
	if err != nil {
		s.Log.Warn().Err(err).Msg("not ready")
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, "not ready\n")
		return
	}
	io.WriteString(w, "ok\n")
}

// policy is the content security policy of everything served: only what is
// embedded here, nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secure(h http.Header, r *http.Request) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if r.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// watched knows whether a reply has begun.
type watched struct {
	http.ResponseWriter
	begun bool
}

func (w *watched) WriteHeader(status int) {
	w.begun = true
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// quietLog passes what net/http has to say on at debug level: it is about peers
// that went away.
func quietLog(log zerolog.Logger) *stdlog.Logger {
	return stdlog.New(log.Level(zerolog.DebugLevel).With().Str("from", "http").Logger(), "", 0)
}
