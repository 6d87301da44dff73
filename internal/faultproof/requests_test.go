package faultproof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// raiseByRequests makes the requests of the archive, one after the other. All
// but the last must be answered well; the answer to the last one holds the
// fault: as a problem, or among the findings of an upload.
func raiseByRequests(t *testing.T, e *example) fault.List {
	w := newWorld(t, e)
	answer := w.perform(t, e)
	var body struct{ Findings fault.List }
	if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil {
		t.Fatalf("status %d, %v: %s", answer.Code, err, answer.Body)
	}
	if answer.Code >= 400 {
		checkProblem(t, answer)
	}
	return body.Findings
}

// checkProblem holds that a refusal speaks for itself, without its findings.
func checkProblem(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	var p api.Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if media := answer.Header().Get("Content-Type"); media != "application/problem+json" || p.Status != answer.Code || p.VI == "" || p.EN == "" || p.Fix == "" {
		t.Errorf("the problem says too little: %s %s", media, answer.Body)
	}
}

// raiseInSummary makes the requests and gives what the summary of the request
// notes.
func raiseInSummary(t *testing.T, e *example) (out fault.List) {
	w := newWorld(t, e)
	w.perform(t, e)
	s, err := w.view.Summarize("thu-2021", time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range s.Notes {
		if note.Fault != nil {
			out = append(out, *note.Fault)
		}
	}
	return out
}

// perform makes the requests and gives the last answer.
func (w *world) perform(t *testing.T, e *example) (answer *httptest.ResponseRecorder) {
	t.Helper()
	upload := ""
	for i, f := range e.files {
		last := i == len(e.files)-1
		answer = httptest.NewRecorder()
		w.handler.ServeHTTP(answer, w.request(t, e, f, upload, last))
		if answer.Code >= 400 && !last {
			t.Fatalf("%s: status %d: %s", f.Name, answer.Code, answer.Body)
		}
		var receipt struct{ Upload string }
		if json.Unmarshal(answer.Body.Bytes(), &receipt) == nil && answer.Code == http.StatusAccepted {
			upload = receipt.Upload
			if e.head["trouble"] != "the worker sleeps" {
				w.settle(t, upload)
			}
		}
	}
	return answer
}

// request reads a request as it stands in the archive: method and address,
// headers, an empty line, the body. Bodies are JSON unless a header says
// otherwise; {upload} is the upload before; a token stands by its holder's name.
func (w *world) request(t *testing.T, e *example, f txtar.File, upload string, last bool) *http.Request {
	t.Helper()
	head, body, _ := strings.Cut(strings.ReplaceAll(string(f.Data), "{upload}", upload), "\n\n")
	lines := strings.Split(strings.TrimSpace(head), "\n")
	body = strings.TrimSuffix(body, "\n")
	if last {
		body = string(e.padded(t, []byte(body)))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s HTTP/1.1\r\nHost: localhost\r\n", lines[0])
	given := strings.Join(lines[1:], "\r\n") + "\r\n"
	for name, secret := range w.tokens {
		given = strings.ReplaceAll(given, "Bearer "+name+"\r\n", "Bearer "+secret+"\r\n")
	}
	if len(lines) > 1 {
		b.WriteString(given)
	}
	if body != "" && !strings.Contains(given, "Content-Type:") {
		b.WriteString("Content-Type: application/json\r\n")
	}
	if !strings.Contains(given, "Content-Length:") {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n" + body)
	r, err := http.ReadRequest(bufio.NewReader(&b))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	r.RemoteAddr = "127.0.0.1:40000"
	return r.WithContext(t.Context())
}

// settle waits for the outcome of an upload.
func (w *world) settle(t *testing.T, upload string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		answer := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), "GET", "http://localhost/api/v1/uploads/"+upload, nil)
		r.RemoteAddr = "127.0.0.1:40000"
		if secret := w.tokens["coordinator"]; secret != "" {
			r.Header.Set("Authorization", "Bearer "+secret)
		}
		w.handler.ServeHTTP(answer, r)
		var u api.Upload
		if err := json.Unmarshal(answer.Body.Bytes(), &u); err != nil || answer.Code != http.StatusOK {
			t.Fatalf("upload %s: status %d: %s", upload, answer.Code, answer.Body)
		}
		if u.State != report.StateChecking {
			return
		}
	}
	t.Fatalf("upload %s has no outcome", upload)
}
