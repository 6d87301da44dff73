package portal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tonghop/ingest"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

const uploadsOfSYT = "/api/v1/requests/" + theRequest + "/returns/syt/uploads"

// TestUploadLimit: a body one byte too long is refused, by whatever way it
// comes, and one of exactly the limit is taken in.
func TestUploadLimit(t *testing.T) {
	const limit = 1 << 20
	w := newWorld(t, func(p *Portal) { p.Desk.MaxBody = limit }).withExample()
	for _, c := range []struct {
		name  string
		bytes int
		want  int
	}{{"the limit", limit, 202}, {"one more", limit + 1, 413}, {"much more", 3 * limit, 413}} {
		t.Run(c.name, func(t *testing.T) {
			b := bytes.Repeat([]byte("x"), c.bytes)
			res, text := w.do("POST", uploadsOfSYT, "", bytes.NewReader(b), "Content-Type", client.MediaAny)
			if res.StatusCode != c.want {
				t.Errorf("whole: status %d: %s", res.StatusCode, text)
			}
			res, text = w.do("POST", uploadsOfSYT, "", io.MultiReader(bytes.NewReader(b)), "Content-Type", client.MediaAny)
			if res.StatusCode != c.want {
				t.Errorf("without a length: status %d: %s", res.StatusCode, text)
			}
			body, media := multipartOf(t, "file", "a.xlsx", b, nil)
			res, text = w.do("POST", uploadsOfSYT, "", body, "Content-Type", media)
			if res.StatusCode != c.want {
				t.Errorf("multipart: status %d: %s", res.StatusCode, text)
			}
		})
	}
}

// TestTooLargeIsTold: whoever sends too much sees why, and no connection that was
// reset while it was sending.
func TestTooLargeIsTold(t *testing.T) {
	w := newWorld(t).withExample()
	conn, err := net.Dial("tcp", w.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const size = 40 << 20
	// Sends all of it, as many clients do, and listens afterwards.
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n", uploadsOfSYT, w.server.Listener.Addr(), size)
	if _, err := conn.Write(make([]byte, size)); err != nil {
		t.Fatalf("while it was sent: %v", err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, _ := io.ReadAll(res.Body); res.StatusCode != 413 || !strings.Contains(string(b), string(fault.BodyTooLarge)) {
		t.Errorf("status %d: %s", res.StatusCode, b)
	}
}

// TestDocumentMedia: a document is YAML, of which JSON is a part; what curl says
// of any body is no hindrance.
func TestDocumentMedia(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, media, body string
		status            int
	}{
		{"JSON", client.MediaJSON, `{"register": "a", "version": "1", "title": "A", "places": [{"code": "30", "name": "Tỉnh", "level": "province"}], "agencies": [{"code": "x", "name": "Sở", "place": "30"}]}`, 200},
		{"YAML from curl", "application/x-www-form-urlencoded", "{register: b, version: '1', title: B, places: [{code: '30', name: Tỉnh, level: province}], agencies: [{code: x, name: Sở, place: '30'}]}", 200},
		{"a picture", "image/png", "x", 415},
	} {
		if res, b := w.do("PUT", "/api/v1/registers", "", strings.NewReader(c.body), "Content-Type", c.media); res.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, res.StatusCode, c.status, b)
		}
	}
}

func TestBodiesRefused(t *testing.T) {
	w := newWorld(t).withExample()
	const root = "/api/v1/requests/" + theRequest
	for _, c := range []struct {
		name, path, media, body string
		status                  int
		code                    fault.Code
	}{
		{"a media type that is none of ours", "/returns/syt/uploads", "text/plain", "x", 415, fault.MediaTypeUnsupported},
		{"multipart without a boundary", "/returns/syt/uploads", "multipart/form-data", "x", 400, fault.MultipartWrong},
		{"multipart without a file", "/returns/syt/uploads", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b--\r\n", 400, fault.MultipartWrong},
		{"multipart that breaks off", "/returns/syt/uploads", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx", 400, fault.MultipartWrong},
		{"multipart with two files", "/returns/syt/uploads", multipartMedia, partOf("file", "{}") + partOf("file", "{}"), 400, fault.MultipartWrong},
		{"multipart with two notes", "/returns/syt/uploads", multipartMedia, partOf("file", "{}") + partOf("note", "a") + partOf("note", "b"), 400, fault.MultipartWrong},
		{"multipart with a field nobody knows", "/returns/syt/uploads", multipartMedia, partOf("file", "{}") + partOf("sumbit", "true"), 400, fault.ParameterUnknown},
		{"multipart with a field without a name", "/returns/syt/uploads", multipartMedia, partOf("file", "{}") + partOf("", "x"), 400, fault.ParameterUnknown},
		{"a note that is too long", "/returns/syt/uploads", multipartMedia, partOf("file", "{}") + partOf("note", strings.Repeat("a", maxField+1)), 400, fault.ParameterWrong},
		{"submit that is neither", "/returns/syt/uploads?submit=perhaps", client.MediaJSON, "{}", 400, fault.ParameterWrong},
		{"an agency that is not asked", "/returns/nobody/uploads", client.MediaJSON, "{}", 404, fault.AgencyNotAsked},
		{"a request that is not open", "x/returns/syt/uploads", client.MediaJSON, "{}", 404, fault.RequestUnknown},
		{"a decision that is no JSON", "/returns/syt/approve", client.MediaJSON, "{", 400, fault.BadJSON},
		{"a decision with a field nobody knows", "/returns/syt/approve", client.MediaJSON, `{"versoin":1}`, 400, fault.BadJSON},
		{"a decision of the wrong type", "/returns/syt/approve", client.MediaJSON, `{"version":"one"}`, 400, fault.BadJSON},
		{"two decisions", "/returns/syt/approve", client.MediaJSON, `{}{}`, 400, fault.BadJSON},
		{"a decision as text", "/returns/syt/approve", "text/plain", `{}`, 415, fault.MediaTypeUnsupported},
		{"nothing to adjust", "/returns/syt/adjust", client.MediaJSON, `{"reason":"Một lý do đủ dài"}`, 400, fault.ParameterMissing},
		{"a figure that is none", "/returns/syt/adjust", client.MediaJSON, `{"reason":"Một lý do đủ dài","figures":[{"indicator":"1.02","value":"một"}]}`, 400, fault.ParameterWrong},
		{"a workbook without marks", "@/api/v1/marks", client.MediaXLSX, "PK", 422, fault.FileNotSpreadsheet},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := root + c.path
			if strings.HasPrefix(c.path, "@") {
				path = c.path[1:]
			}
			if c.media == multipartMedia {
				c.body += "--b--\r\n"
			}
			before, _ := w.journal.Last(t.Context())
			p := w.problem("POST", path, "", strings.NewReader(c.body), "Content-Type", c.media)
			if after, _ := w.journal.Last(t.Context()); after != before {
				t.Errorf("%d events were written", after-before)
			}
			if p.Status != c.status || c.path[0] != '@' && p.Code != string(c.code) {
				t.Errorf("got %d %s, want %d %s", p.Status, p.Code, c.status, c.code)
			}
		})
	}
}

// TestBadJSON: what is wrong with a body is said in our words, not in those of the
// decoder.
func TestBadJSON(t *testing.T) {
	w := newWorld(t).withExample()
	for body, want := range map[string]string{
		`[1]`:               "cần một đối tượng {…}",
		`"approve"`:         "cần một đối tượng {…}",
		`{"version":"one"}`: "“version” không đúng kiểu",
		`{"versoin":1}`:     "không có trường “versoin”",
		`{"version":`:       "nội dung bị đứt ở cuối",
		`{"version";1}`:     "sai cú pháp ở byte 11",
		`{}{}`:              "còn nội dung sau giá trị đầu tiên",
	} {
		p := w.problem("POST", "/api/v1/requests/"+theRequest+"/returns/syt/approve", "", strings.NewReader(body), "Content-Type", client.MediaJSON)
		if p.Status != 400 || p.Code != string(fault.BadJSON) || !strings.Contains(p.VI, want) || strings.Contains(p.EN, "json:") {
			t.Errorf("%s: %d %s %s %s", body, p.Status, p.Code, p.VI, p.EN)
		}
	}
	p := w.problem("POST", "/api/v1/tokens", "", strings.NewReader(`{"role":"admin","expires":"mai"}`), "Content-Type", client.MediaJSON)
	mustContain(t, p.VI, "“mai” không phải thời điểm theo RFC 3339")
}

const multipartMedia = "multipart/form-data;boundary=b"

// partOf is a part of a multipart body with the boundary b.
func partOf(name, text string) string {
	return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n"
}

// TestBodyBreaksOff: what arrives short is not received.
func TestBodyBreaksOff(t *testing.T) {
	w := newWorld(t).withExample()
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"nil\":true", uploadsOfSYT)
	conn.(*net.TCPConn).CloseWrite()
	b, _ := io.ReadAll(conn)
	mustContain(t, string(b), "400 Bad Request", "A811")
	if last, _ := w.journal.Last(t.Context()); last != 3 {
		t.Errorf("the journal has %d events", last)
	}
}

// TestDocuments: every mistake of a document at once, with line and column, and
// nothing applied while one is left.
func TestDocuments(t *testing.T) {
	w := newWorld(t)
	before, _ := w.journal.Last(t.Context())
	p := w.problem("PUT", "/api/v1/definitions", "", strings.NewReader("definition: x\nversion: 1\nindicators:\n  - {code: a, type: nothing}\n  - {code: a}\nunknown: 1\n"), "Content-Type", "application/yaml")
	if p.Status != 422 || len(p.Findings) < 3 {
		t.Fatalf("got %d with %d findings: %+v", p.Status, len(p.Findings), p)
	}
	for _, f := range p.Findings {
		if f.Line == 0 || f.File == "" {
			t.Errorf("no place: %s", f.Error())
		}
	}
	if p := w.problem("PUT", "/api/v1/registers", "", strings.NewReader(w.document(report.KindDefinition)), "Content-Type", client.MediaJSON); p.Status != 422 || p.Code != string(fault.KindUnknown) {
		t.Errorf("a definition among registers: %d %s", p.Status, p.Code)
	}
	if p := w.problem("PUT", "/api/v1/requests", "", strings.NewReader(w.document(report.KindRequest)), "Content-Type", client.MediaJSON); p.Status != 422 {
		t.Errorf("a request of what is not known: %d %s", p.Status, p.Code)
	}
	if after, _ := w.journal.Last(t.Context()); after != before {
		t.Errorf("%d events were written", after-before)
	}
	w.withExample()
	changed := strings.Replace(w.document(report.KindDefinition), "Báo cáo kết quả", "Báo cáo khác", 1)
	if p := w.problem("PUT", "/api/v1/definitions", "", strings.NewReader(changed), "Content-Type", client.MediaJSON); p.Status != 409 || p.Code != string(fault.VersionTaken) {
		t.Errorf("other content under the same version: %d %s", p.Status, p.Code)
	}
}

// TestDocumentsTogether: documents of all kinds are applied in one piece, or none
// is, whatever the order they stand in.
func TestDocumentsTogether(t *testing.T) {
	w := newWorld(t)
	put := func(docs ...string) (*http.Response, []byte) {
		return w.do("PUT", "/api/v1/documents", "", strings.NewReader("---\n"+strings.Join(docs, "\n---\n")), "Content-Type", "application/yaml")
	}
	def, reg, req := w.document(report.KindDefinition), w.document(report.KindRegister), w.document(report.KindRequest)
	other := strings.Replace(def, "Báo cáo kết quả", "Báo cáo khác", 1)
	for name, c := range map[string]struct {
		docs []string
		code fault.Code
	}{
		"the register is not there":      {[]string{def, req}, fault.RegisterUnknown},
		"one request twice":              {[]string{def, reg, req, req}, fault.CodeTwice},
		"two contents under one version": {[]string{def, other, reg}, fault.VersionTaken},
		"an agency that is nobody":       {[]string{def, reg, strings.Replace(req, `"syt"`, `"zzz"`, 1)}, fault.AgencyUnlisted},
	} {
		res, b := put(c.docs...)
		if res.StatusCode < 400 || !strings.Contains(string(b), string(c.code)) {
			t.Errorf("%s: %d %s", name, res.StatusCode, b)
		}
		if last, _ := w.journal.Last(t.Context()); last != 0 {
			t.Fatalf("%s: %d events were written", name, last)
		}
	}
	if res, b := put(req, reg, def); res.StatusCode != 200 || strings.Count(string(b), `"changed":true`) != 3 {
		t.Errorf("all three: %d %s", res.StatusCode, b)
	}
}

// TestMachineFails: a failure of the machine shows a number and nothing else; a
// journal that is away is 503.
func TestMachineFails(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"something":       {errors.New("secret path /var/lib"), 500},
		"journal is away": {fmt.Errorf("append: %w", report.ErrUnavailable), 503},
		"hole":            {report.ErrGap, 503},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).withExample()
			w.portal.Desk.Files = brokenFiles{c.err}
			p := w.problem("POST", uploadsOfSYT, "", bytes.NewReader(formOf("1")), "Content-Type", client.MediaJSON)
			if p.Status != c.want || strings.Contains(p.Detail, "secret") {
				t.Errorf("got %d %s", p.Status, p.Detail)
			}
		})
	}
}

type brokenFiles struct{ err error }

func (f brokenFiles) Put(context.Context, []byte) (string, error) { return "", f.err }
func (f brokenFiles) Get(context.Context, string) ([]byte, error) { return nil, f.err }

// TestPanic: whatever breaks is answered, and the server goes on.
func TestPanic(t *testing.T) {
	p := newQuietPortal(t)
	p.Inbox = nil // dead letters without an inbox: a mistake of whoever set it up
	rec := httptest.NewRecorder()
	p.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "/api/v1/deadletters", nil))
	if rec.Code != 500 || !strings.Contains(rec.Body.String(), "A813") {
		t.Errorf("got %d %s", rec.Code, rec.Body)
	}
}

// TestNotReady: until the books are read nothing is answered from a part of
// them.
func TestNotReady(t *testing.T) {
	p := newQuietPortal(t)
	p.Books = &report.Books{Journal: p.Journal} // nobody runs it
	p.Ready = func(context.Context) error { return errors.New("warming up") }
	h := p.Handler()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	for path, want := range map[string]int{"/api/v1/requests": 503, "/readyz": 503, "/livez": 200, "/api/v1/openapi.json": 200} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, "GET", path, nil))
		if rec.Code != want {
			t.Errorf("%s: %d, want %d", path, rec.Code, want)
		}
	}
}

// TestRun: serves on its listener, ends streams when it is told to stop, and
// stops.
func TestRun(t *testing.T) {
	p := newQuietPortal(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.Listener = l
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	res, err := http.Get("http://" + l.Addr().String() + "/api/v1/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	cancel()
	if _, err := io.ReadAll(res.Body); err != nil {
		t.Errorf("the stream broke instead of ending: %v", err)
	}
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it does not stop")
	}
}

func TestBaseName(t *testing.T) {
	for in, want := range map[string]string{
		"báo cáo.xlsx": "báo cáo.xlsx", `C:\Users\a\b.xlsx`: "b.xlsx", "../../etc/passwd": "passwd", "a\x00b\r\n.xlsx": "ab.xlsx",
		"": "", "/": "", "..": "..", strings.Repeat("x", 300) + ".xlsx": strings.Repeat("x", 195) + ".xlsx",
	} {
		if got := baseName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	order := []string{"1", "2", "2.1", "2.9", "2.10", "2021.1", "2021.10"}
	for i := range order {
		for j := range order {
			got, want := compareVersions(order[i], order[j]), i-j
			if got < 0 != (want < 0) || got > 0 != (want > 0) {
				t.Errorf("%s to %s: %d", order[i], order[j], got)
			}
		}
	}
}

// FuzzUploadBody: whatever comes as a body, the answer is a receipt or a
// problem, and nothing breaks.
func FuzzUploadBody(f *testing.F) {
	f.Add("application/json", []byte(`{"nil":true}`))
	f.Add("multipart/form-data; boundary=b", []byte("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nPK\r\n--b--\r\n"))
	f.Add("multipart/form-data; boundary=b", []byte("--b\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nperhaps\r\n--b--"))
	f.Add("multipart/form-data; boundary=\"\"", []byte("--\r\n\r\n----"))
	f.Add(client.MediaXLSX, []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, media string, body []byte) {
		c := fuzzCall(media, body)
		p, err := c.parcel()
		if err == nil && (p.via == "" || len(p.body) > len(body)) {
			t.Errorf("made %+v of it", p)
		}
		if err != nil {
			mustBeFault(t, err)
		}
	})
}

// FuzzDecision: a body of a decision is read whole or refused.
func FuzzDecision(f *testing.F) {
	f.Add([]byte(`{"reason":"x","figures":[{"indicator":"1","value":"2"}]}`))
	f.Add([]byte(`{"version":1e400}`))
	f.Add([]byte(`[[[[[[`))
	f.Add([]byte(`{"reason":"x"} {}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var b struct {
			Version int      `json:"version"`
			Reason  string   `json:"reason"`
			Cells   []string `json:"cells"`
		}
		if err := fuzzCall(client.MediaJSON, body).decode(&b); err != nil {
			mustBeFault(t, err)
		}
	})
}

func fuzzCall(media string, body []byte) *call {
	r := httptest.NewRequest("POST", "/", bytes.NewReader(body))
	r.Header.Set("Content-Type", media)
	w := httptest.NewRecorder()
	c := &call{site: &site{Portal: &Portal{Desk: &ingest.Desk{}}}, w: w, r: r}
	c.limitBody(1 << 20)
	return c
}

func mustBeFault(t *testing.T, err error) {
	t.Helper()
	var one fault.Fault
	if !errors.As(err, &one) && !isTooLong(err) {
		t.Errorf("no fault: %v", err)
	}
}

// TestUnnamedBodies: simple clients name no media type, or the one they write
// on everything; a form is told from a file by what is inside.
func TestUnnamedBodies(t *testing.T) {
	for _, media := range []string{"", "application/x-www-form-urlencoded"} {
		w := newWorld(t).withExample()
		for body, want := range map[string]string{` {"nil":true}`: client.MediaJSON, "PK\x03\x04": client.MediaAny} {
			res, text := w.do("POST", uploadsOfSYT, "", strings.NewReader(body), "Content-Type", media)
			if res.StatusCode != 202 {
				t.Fatalf("media %q: status %d: %s", media, res.StatusCode, text)
			}
			var got string
			w.portal.Books.Read(func(l *report.Ledger) {
				attempts := l.Request(theRequest).Returns()["syt"].Attempts
				got = attempts[len(attempts)-1].Received.Media
			})
			if got != want {
				t.Errorf("media %q, body %q: taken for %s, want %s", media, body, got, want)
			}
		}
		res, text := w.do("POST", "/api/v1/requests/"+theRequest+"/close", "", strings.NewReader(`{"reason":"hết hạn"}`), "Content-Type", media)
		if res.StatusCode != 200 {
			t.Errorf("media %q: close answered %d: %s", media, res.StatusCode, text)
		}
	}
}
