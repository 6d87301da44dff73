package client

import (
	"io"
	"net/http"
	"sync"
)

// inProcess is a transport that calls a handler in the same process. Replies
// are piped, so that a stream of events arrives as it is written.
type inProcess struct{ handler http.Handler }

// RoundTrip serves the request in a goroutine of its own and returns as soon as
// the handler has written its header.
func (t inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	body := req.Body
	if body == nil {
		body = http.NoBody
	}
	in := req.Clone(req.Context())
	in.Body, in.RequestURI, in.RemoteAddr = body, req.URL.RequestURI(), "127.0.0.1:0"
	r, w := io.Pipe()
	rw := &pipeWriter{header: http.Header{}, body: w, started: make(chan struct{})}
	go func() {
		defer func() { _ = body.Close() }()
		t.handler.ServeHTTP(rw, in)
		rw.WriteHeader(http.StatusOK)
		_ = w.Close() // never fails
	}()
	select {
	case <-rw.started:
	case <-req.Context().Done():
		r.CloseWithError(req.Context().Err())
		return nil, req.Context().Err()
	}
	return &http.Response{
		Status: http.StatusText(rw.status), StatusCode: rw.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: rw.sent, Body: r, ContentLength: -1, Request: req,
	}, nil
}

// pipeWriter is the handler's end.
type pipeWriter struct {
	header  http.Header
	body    *io.PipeWriter
	once    sync.Once
	started chan struct{}
	status  int
	sent    http.Header // the header as it was when the reply began
}

func (w *pipeWriter) Header() http.Header { return w.header }

func (w *pipeWriter) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.started)
	})
}

func (w *pipeWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// Flush makes the writer an http.Flusher: what is written is there at once.
func (w *pipeWriter) Flush() { w.WriteHeader(http.StatusOK) }
