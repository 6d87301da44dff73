package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/mem"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
)

// theRequest is the request of the example that the tests run on.
const theRequest = "ngay-ctxh-2021"

// world is a portal with everything behind it in memory: the real desk, worker,
// ledger and figures.
type world struct {
	t       *testing.T
	portal  *Portal
	journal *mem.Journal
	clock   *clock
	server  *httptest.Server
}

// clock is a clock that tests set; it moves on a little whenever it is read, so
// that what happens later is later.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Millisecond)
	return c.t
}

func (c *clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// newWorld starts a portal; change changes it before it is served.
func newWorld(t *testing.T, change ...func(*Portal)) *world {
	t.Helper()
	w := &world{t: t, journal: &mem.Journal{}, clock: &clock{t: time.Date(2021, 3, 20, 8, 0, 0, 0, vietnam)}}
	books := &report.Books{Journal: w.journal}
	view := &aggregate.View{Books: books}
	view.Attach()
	files := &mem.Files{}
	inbox := &mem.Inbox{Journal: w.journal}
	desk := &ingest.Desk{Books: books, Journal: w.journal, Files: files, Now: w.clock.Now}
	w.portal = &Portal{
		Desk: desk, Books: books, View: view, Journal: w.journal, Files: files, Inbox: inbox,
		Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.WarnLevel), Version: "test",
	}
	for _, f := range change {
		f(w.portal)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { books.Run(ctx) })
	running.Go(func() { (&ingest.Worker{Inbox: inbox, Desk: desk, Parallel: 2}).Run(ctx) })
	w.server = httptest.NewServer(w.portal.Handler())
	t.Cleanup(func() {
		w.server.CloseClientConnections()
		w.server.Close()
		cancel()
		running.Wait()
	})
	return w
}

// withExample applies the example's documents.
func (w *world) withExample() *world {
	w.t.Helper()
	c := w.client("")
	for _, doc := range exampleDocuments(w.t) {
		b, err := doc.JSON()
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := c.Apply(w.t.Context(), string(doc.Kind)+"s", "example.json", b); err != nil {
			w.t.Fatalf("apply %s: %v", doc.Kind, err)
		}
	}
	return w
}

// exampleDocuments gives definition, register and request, in that order.
func exampleDocuments(t *testing.T) []spec.Document {
	t.Helper()
	var out []spec.Document
	for _, path := range []string{"ngay-ctxh-2021/definition.yaml", "registers/hai-duong.yaml", "ngay-ctxh-2021/request.yaml"} {
		file := filepath.Join("../../examples", path)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		docs, faults := spec.Parse(path, b, os.DirFS(filepath.Dir(file)))
		if faults.Blocks() {
			t.Fatal(faults)
		}
		out = append(out, docs...)
	}
	return out
}

// client asks the world's server with a token.
func (w *world) client(token string) *client.Client { return client.New(w.server.URL, token) }

// token issues a token and gives its secret.
func (w *world) token(role report.Role, agency string) string {
	w.t.Helper()
	secret, _, err := w.portal.Desk.IssueToken(w.t.Context(), local, report.TokenIssued{Role: role, Agency: agency, Name: string(role)})
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// do sends a request and gives the reply with its body.
func (w *world) do(method, path, token string, body io.Reader, headers ...string) (*http.Response, []byte) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.server.URL+path, body)
	if err != nil {
		w.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	hc := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := hc.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res, b
}

// problem sends a request that must fail, and gives the problem.
func (w *world) problem(method, path, token string, body io.Reader, headers ...string) *api.Problem {
	w.t.Helper()
	res, b := w.do(method, path, token, body, headers...)
	if got := res.Header.Get("Content-Type"); got != "application/problem+json" {
		w.t.Fatalf("%s %s: status %d, content type %q, body %s", method, path, res.StatusCode, got, b)
	}
	p := &api.Problem{}
	if err := json.Unmarshal(b, p); err != nil {
		w.t.Fatal(err)
	}
	if p.Status != res.StatusCode || p.Title == "" || p.VI == "" || p.EN == "" {
		w.t.Errorf("%s %s: problem says too little: %s", method, path, b)
	}
	return p
}

// formOf is a clean form of an agency with one figure of indicator 1.02, which
// is asked by place.
func formOf(value string) []byte {
	return []byte(`{"nil":false,"values":[{"place":"288","indicator":"1.02","value":"` + value + `"},{"indicator":"1.19","value":"true"}],"texts":[{"indicator":"3.01","text":"Đã tổ chức lễ kỷ niệm."}]}`)
}

// hand hands a form in and waits for its outcome.
func (w *world) hand(token, agency string, form []byte, submit bool) *api.Upload {
	w.t.Helper()
	c := w.client(token)
	receipt, err := c.Upload(w.t.Context(), theRequest, agency, client.File{Media: client.MediaJSON, Body: form}, submit, "")
	if err != nil {
		w.t.Fatalf("upload for %s: %v", agency, err)
	}
	u, err := c.Settled(w.t.Context(), receipt.Upload)
	if err != nil {
		w.t.Fatalf("state of %s: %v", receipt.Upload, err)
	}
	return u
}

func jsonBody(s string) io.Reader { return bytes.NewReader([]byte(s)) }

func mustContain(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in:\n%s", p, text)
		}
	}
}

// newQuietPortal is a trusted portal over an empty journal, with nothing running
// but its ledger: for tests that set the time.
func newQuietPortal(t *testing.T) *Portal {
	t.Helper()
	journal := &mem.Journal{}
	books := &report.Books{Journal: journal}
	view := &aggregate.View{Books: books}
	view.Attach()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { books.Run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	desk := &ingest.Desk{Books: books, Journal: journal, Files: &mem.Files{}, Now: time.Now}
	return &Portal{Desk: desk, Books: books, View: view, Journal: journal, Files: desk.Files, Inbox: &mem.Inbox{Journal: journal}, Log: zerolog.Nop(), Trusted: true}
}

// streamRecorder keeps what is streamed to it.
type streamRecorder struct {
	header http.Header

	mu  sync.Mutex
	buf bytes.Buffer
}

func (r *streamRecorder) Header() http.Header { return r.header }
func (r *streamRecorder) WriteHeader(int)     {}
func (r *streamRecorder) Flush()              {}

func (r *streamRecorder) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.Write(b)
}

func (r *streamRecorder) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.String()
}
