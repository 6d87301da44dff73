package portal

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
)

// heard is one event as a reader of the stream gets it.
type heard struct {
	id         uint64
	kind, data string
}

// listen reads events of the stream until n with a kind have come.
func (w *world) listen(path, token string, n int, headers ...string) []heard {
	w.t.Helper()
	return w.listenWhile(path, token, n, func() {}, headers...)
}

// listenWhile is listen, with something done once the stream is open.
func (w *world) listenWhile(path, token string, n int, do func(), headers ...string) []heard {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", w.server.URL+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") || res.Header.Get("X-Accel-Buffering") != "no" {
		w.t.Fatalf("status %d, %s", res.StatusCode, got)
	}
	do()
	var out []heard
	var one heard
	lines := bufio.NewScanner(res.Body)
	for len(out) < n && lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			one.id, _ = strconv.ParseUint(value, 10, 64)
		case "event":
			one.kind = value
		case "data":
			one.data = value
		case "":
			if one.kind != "" {
				out = append(out, one)
			}
			one = heard{}
		}
	}
	if len(out) < n {
		w.t.Fatalf("%d events of %d: %v", len(out), n, lines.Err())
	}
	return out
}

// TestEventsResume: whoever comes back with the last event it saw goes on
// exactly after it, wherever it was cut off.
func TestEventsResume(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	w.hand("", "mttq", formOf("7"), true)
	last, err := w.journal.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	whole := w.listen("/api/v1/events?lastEventId=0", "", int(last))
	for i, h := range whole {
		if h.id != uint64(i+1) {
			t.Fatalf("event %d has id %d", i+1, h.id)
		}
		var e api.Event
		if err := json.Unmarshal([]byte(h.data), &e); err != nil || e.Seq != h.id || string(e.Kind) != h.kind || e.ID == "" {
			t.Errorf("event %d: %v %s", h.id, err, h.data)
		}
	}
	for cut := uint64(1); cut < last; cut++ {
		rest := w.listen("/api/v1/events", "", int(last-cut), "Last-Event-ID", fmt.Sprint(cut))
		if rest[0] != whole[cut] || rest[len(rest)-1] != whole[last-1] {
			t.Errorf("after %d came %v", cut, rest)
		}
	}
}

// TestEventsFrom: without a last event the stream begins now; one from beyond
// the end of the journal is refused.
func TestEventsFrom(t *testing.T) {
	w := newWorld(t).withExample()
	kinds := map[string]int{}
	for _, h := range w.listenWhile("/api/v1/events?request="+theRequest, "", 3, func() { w.hand("", "syt", formOf("12"), true) }) {
		kinds[h.kind]++
	}
	if kinds["received"] != 1 || kinds["checked"] != 1 || kinds["submitted"] != 1 {
		t.Errorf("got %v", kinds)
	}
	if p := w.problem("GET", "/api/v1/events?lastEventId=99999", "", nil); p.Status != 400 {
		t.Errorf("status %d", p.Status)
	}
}

// TestEventsOfAgency: an agency hears of its own return and of its requests, and
// of nothing else; nobody but the administrator hears of tokens.
func TestEventsOfAgency(t *testing.T) {
	w := newWorld(t).withExample()
	agency, coordinator := w.token(report.RoleAgency, "syt"), w.token(report.RoleCoordinator, "")
	w.hand(coordinator, "mttq", formOf("7"), true)
	w.hand(agency, "syt", formOf("12"), true)
	for _, h := range w.listen("/api/v1/events?lastEventId=0", agency, 4) {
		var e api.Event
		if err := json.Unmarshal([]byte(h.data), &e); err != nil {
			t.Fatal(err)
		}
		if e.Key.Agency != "syt" && e.Kind != report.KindRequest {
			t.Errorf("heard of %s %+v", e.Kind, e.Key)
		}
	}
	for token, forbidden := range map[string]string{agency: `"agency":"mttq"`, coordinator: `"kind":"token"`} {
		_, b := w.do("GET", "/api/v1/log", token, nil)
		if strings.Contains(string(b), forbidden) {
			t.Errorf("the log says %s", forbidden)
		}
	}
}

// TestLogPages: the log comes in pages that join without a gap.
func TestLogPages(t *testing.T) {
	w := newWorld(t).withExample()
	for i := range logPage + 10 {
		if i%2 == 0 {
			w.do("POST", "/api/v1/requests/"+theRequest+"/close", "", nil)
		} else {
			w.do("POST", "/api/v1/requests/"+theRequest+"/reopen", "", jsonBody(`{"reason":"Bổ sung một đơn vị"}`), "Content-Type", "application/json")
		}
	}
	var seen []uint64
	next := uint64(1)
	for next != 0 {
		var page api.Log
		if err := w.client("").Get(t.Context(), "/log", map[string][]string{"from": {fmt.Sprint(next)}}, &page); err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Events {
			seen = append(seen, e.Seq)
		}
		next = page.Next
	}
	last, _ := w.journal.Last(t.Context())
	if uint64(len(seen)) != last {
		t.Fatalf("%d events of %d", len(seen), last)
	}
	for i, seq := range seen {
		if seq != uint64(i+1) {
			t.Fatalf("event %d came as number %d", seq, i+1)
		}
	}
}

// TestHeartbeat: a silent stream says that it lives.
func TestHeartbeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newQuietPortal(t)
		ctx, cancel := context.WithCancel(t.Context())
		rec := &streamRecorder{header: http.Header{}}
		req, err := http.NewRequestWithContext(ctx, "GET", "/api/v1/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { p.Handler().ServeHTTP(rec, req); close(done) }()
		time.Sleep(3*heartbeat + time.Second)
		synctest.Wait()
		if got := strings.Count(rec.text(), ": đang nghe\n"); got != 3 {
			t.Errorf("%d heartbeats in %s: %q", got, 3*heartbeat, rec.text())
		}
		cancel()
		<-done
	})
}
