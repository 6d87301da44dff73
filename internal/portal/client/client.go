// Package client asks the JSON API. The command line uses it for both of its
// ways: over the network to a running server, and straight on a data folder,
// where the requests go to the handler in the same process. So there is one
// path, and every command is a test of the API.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
)

// Client asks one server. Base is its address without a trailing slash.
type Client struct {
	Base  string       // "http://127.0.0.1:8080"
	HTTP  *http.Client // nil: [http.DefaultClient]
	Token string       // secret; "" without
}

// New is a client of a server at an address.
func New(base, token string) *Client {
	return &Client{Base: strings.TrimRight(base, "/"), Token: token}
}

// Local is a client of a handler in the same process.
func Local(h http.Handler) *Client {
	return &Client{Base: "http://tonghop.local", HTTP: &http.Client{Transport: inProcess{h}}}
}

// Answer is a reply that is no JSON: a file, a table.
type Answer struct {
	Body  []byte
	Media string
	Name  string // proposed file name
	Apart string // why it is not the file that was asked for; see [ApartHeader]
}

// ApartHeader says, in Vietnamese and percent-encoded, why a marked file is a list
// apart and not the agency's own workbook.
const ApartHeader = "Tonghop-Apart"

// call is one request to the API.
type call struct {
	method, path string
	query        url.Values
	body         io.Reader
	media        string
	header       http.Header
}

// send makes the call; a reply that is not 2xx is an [*api.Problem].
func (c *Client) send(ctx context.Context, q call) (*http.Response, error) {
	u := c.Base + "/api/v1" + q.path
	if len(q.query) > 0 {
		u += "?" + q.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, q.method, u, q.body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", q.method, q.path, err)
	}
	for k, v := range q.header {
		req.Header[k] = v
	}
	if q.media != "" {
		req.Header.Set("Content-Type", q.media)
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	hc := c.HTTP
	if hc == nil {
		hc = http.DefaultClient
	}
	res, err := hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", c.Base, err)
	}
	if res.StatusCode < 300 {
		return res, nil
	}
	defer res.Body.Close()
	return nil, problem(res)
}

// problem reads an error reply, whoever wrote it.
func problem(res *http.Response) error {
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	p := &api.Problem{}
	if err != nil || json.Unmarshal(b, p) != nil || p.Title == "" {
		p = &api.Problem{Title: http.StatusText(res.StatusCode), Detail: strings.TrimSpace(string(b))}
	}
	p.Status = res.StatusCode
	return p
}

// ask makes a call with a JSON body (nil: none) and reads the JSON reply into
// out (nil: unread).
func (c *Client) ask(ctx context.Context, method, path string, query url.Values, in, out any) error {
	q := call{method: method, path: path, query: query}
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
		q.body, q.media = bytes.NewReader(b), "application/json"
	}
	return c.read(ctx, q, out)
}

func (c *Client) read(ctx context.Context, q call, out any) error {
	res, err := c.send(ctx, q)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if out == nil {
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	if err := json.NewDecoder(res.Body).Decode(out); err != nil {
		return fmt.Errorf("%s %s: reply is not the JSON expected: %w", q.method, q.path, err)
	}
	return nil
}

// fetch makes a GET whose reply is a file.
func (c *Client) fetch(ctx context.Context, path string, query url.Values) (*Answer, error) {
	return c.file(ctx, call{method: http.MethodGet, path: path, query: query})
}

// file makes a call whose reply is a file.
func (c *Client) file(ctx context.Context, q call) (*Answer, error) {
	res, err := c.send(ctx, q)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", q.method, q.path, err)
	}
	a := &Answer{Body: b, Media: res.Header.Get("Content-Type")}
	if a.Apart, err = url.PathUnescape(res.Header.Get(ApartHeader)); err != nil {
		return nil, fmt.Errorf("%s %s: %s: %w", q.method, q.path, ApartHeader, err)
	}
	if _, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition")); err == nil {
		a.Name = params["filename"]
	}
	return a, nil
}

func returnPath(request, agency, rest string) string {
	return "/requests/" + url.PathEscape(request) + "/returns/" + url.PathEscape(agency) + rest
}

func requestPath(request, rest string) string { return "/requests/" + url.PathEscape(request) + rest }

// Receipt is what an upload is answered with.
type Receipt struct {
	Upload     string             `json:"upload"`
	SHA256     string             `json:"sha256"`
	ReceivedAt time.Time          `json:"receivedAt"`
	Number     string             `json:"number"`
	Again      bool               `json:"again"`
	State      report.UploadState `json:"state"`
}

// File is a file to send.
type File struct {
	Name  string
	Media string // "": told from the name and the bytes
	Body  []byte
}

func (f File) header(idempotency string) http.Header {
	h := http.Header{}
	if f.Name != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	}
	if idempotency != "" {
		h.Set("Idempotency-Key", idempotency)
	}
	return h
}

// Upload hands a file in.
func (c *Client) Upload(ctx context.Context, request, agency string, f File, submit bool, idempotency string) (*Receipt, error) {
	r := &Receipt{}
	return r, c.read(ctx, call{
		method: http.MethodPost, path: returnPath(request, agency, "/uploads"),
		query: url.Values{"submit": {strconv.FormatBool(submit)}},
		body:  bytes.NewReader(f.Body), media: f.media(), header: f.header(idempotency),
	}, r)
}

// Check reads a file as an upload would be read, and leaves nothing behind.
func (c *Client) Check(ctx context.Context, request, agency string, f File) (*api.Checked, error) {
	r := &api.Checked{}
	return r, c.read(ctx, call{
		method: http.MethodPost, path: returnPath(request, agency, "/check"),
		body: bytes.NewReader(f.Body), media: f.media(), header: f.header(""),
	}, r)
}

// CheckMarked is Check with the file given back marked, or a list apart that says
// why.
func (c *Client) CheckMarked(ctx context.Context, request, agency string, f File) (*Answer, error) {
	return c.file(ctx, call{
		method: http.MethodPost, path: returnPath(request, agency, "/check/marked.xlsx"),
		body: bytes.NewReader(f.Body), media: f.media(), header: f.header(""),
	})
}

// Marks reads the hidden marks of a workbook; [*api.Problem] when it has none.
func (c *Client) Marks(ctx context.Context, f File) (*api.Marks, error) {
	r := &api.Marks{}
	return r, c.read(ctx, call{method: http.MethodPost, path: "/marks", body: bytes.NewReader(f.Body), media: f.media()}, r)
}

// Media types of what is sent.
const (
	MediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	MediaJSON = "application/json"
	MediaAny  = "application/octet-stream"
)

func (f File) media() string {
	switch {
	case f.Media != "":
		return f.Media
	case strings.HasSuffix(strings.ToLower(f.Name), ".json"):
		return MediaJSON
	case bytes.HasPrefix(f.Body, []byte("PK")):
		return MediaXLSX
	}
	return MediaAny
}

// State asks for the state of an upload.
func (c *Client) State(ctx context.Context, upload string) (*api.Upload, error) {
	r := &api.Upload{}
	return r, c.ask(ctx, http.MethodGet, "/uploads/"+url.PathEscape(upload), nil, nil, r)
}

// Settled waits until an upload has its outcome.
func (c *Client) Settled(ctx context.Context, upload string) (*api.Upload, error) {
	wait := 5 * time.Millisecond
	for {
		u, err := c.State(ctx, upload)
		if err != nil || u.State != report.StateChecking {
			return u, err
		}
		select {
		case <-time.After(wait):
			wait = min(2*wait, 500*time.Millisecond)
		case <-ctx.Done():
			return u, ctx.Err()
		}
	}
}

// Decide posts a decision about a return: submit, withdraw, approve, return,
// adjust, with the body of that name in package api.
func (c *Client) Decide(ctx context.Context, request, agency, what string, body any) (*api.ReturnState, error) {
	r := &api.ReturnState{}
	return r, c.ask(ctx, http.MethodPost, returnPath(request, agency, "/"+what), nil, body, r)
}

// Answer answers questions of an upload.
func (c *Client) Answer(ctx context.Context, upload string, answers []api.Answer) (*api.Upload, error) {
	r := &api.Upload{}
	return r, c.ask(ctx, http.MethodPost, "/uploads/"+url.PathEscape(upload)+"/answers", nil, api.Answers{Answers: answers}, r)
}

// Remembered lists the answers to a form that hold, of one agency or ("") of all
// that may be seen.
func (c *Client) Remembered(ctx context.Context, definition, agency string) (*api.Remembered, error) {
	query := url.Values{}
	if agency != "" {
		query.Set("agency", agency)
	}
	r := &api.Remembered{}
	return r, c.ask(ctx, http.MethodGet, "/definitions/"+url.PathEscape(definition)+"/answers", query, nil, r)
}

// Forget withdraws a remembered answer, and lists those that are left.
func (c *Client) Forget(ctx context.Context, definition string, what api.Forget) (*api.Remembered, error) {
	r := &api.Remembered{}
	return r, c.ask(ctx, http.MethodPost, "/definitions/"+url.PathEscape(definition)+"/answers/forget", nil, what, r)
}

// Close closes or reopens ("close", "reopen") a request.
func (c *Client) Close(ctx context.Context, request, what, reason string) (*api.Status, error) {
	r := &api.Status{}
	return r, c.ask(ctx, http.MethodPost, requestPath(request, "/"+what), nil, api.Close{Reason: reason}, r)
}

// Requests lists the requests.
func (c *Client) Requests(ctx context.Context) (*api.Requests, error) {
	r := &api.Requests{}
	return r, c.ask(ctx, http.MethodGet, "/requests", nil, nil, r)
}

// Status tells who has reported.
func (c *Client) Status(ctx context.Context, request string) (*api.Status, error) {
	r := &api.Status{}
	return r, c.ask(ctx, http.MethodGet, requestPath(request, "/status"), nil, nil, r)
}

// Apply puts documents (YAML or JSON) of a kind: definitions, registers,
// requests; or of all kinds: documents.
func (c *Client) Apply(ctx context.Context, kind string, name string, doc []byte) ([]api.Applied, error) {
	var r api.AppliedList
	err := c.read(ctx, call{
		method: http.MethodPut, path: "/" + kind, body: bytes.NewReader(doc), media: "application/yaml",
		header: File{Name: name}.header(""),
	}, &r)
	return r.Applied, err
}

// Get asks for any JSON of the API.
func (c *Client) Get(ctx context.Context, path string, query url.Values, out any) error {
	return c.ask(ctx, http.MethodGet, path, query, nil, out)
}

// Post posts any JSON to the API.
func (c *Client) Post(ctx context.Context, path string, in, out any) error {
	return c.ask(ctx, http.MethodPost, path, nil, in, out)
}

// Delete deletes something of the API.
func (c *Client) Delete(ctx context.Context, path string) error {
	return c.ask(ctx, http.MethodDelete, path, nil, nil, nil)
}

// Download fetches a file of the API: "/requests/R/summary.xlsx".
func (c *Client) Download(ctx context.Context, path string, query url.Values) (*Answer, error) {
	return c.fetch(ctx, path, query)
}

// Export fetches a request's summary workbook or another file of it.
func (c *Client) Export(ctx context.Context, request, file string, query url.Values) (*Answer, error) {
	return c.fetch(ctx, requestPath(request, "/"+file), query)
}

// IsProblem gives the problem in an error's chain, nil when there is none.
func IsProblem(err error) *api.Problem {
	var p *api.Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

// RulesOf lists the rules of a definition; version "" is the newest, and day "" no
// day in particular.
func (c *Client) RulesOf(ctx context.Context, definition, version, day string) (*api.Rules, error) {
	q := url.Values{}
	for name, value := range map[string]string{"version": version, "day": day} {
		if value != "" {
			q.Set(name, value)
		}
	}
	r := &api.Rules{}
	return r, c.ask(ctx, http.MethodGet, "/definitions/"+url.PathEscape(definition)+"/rules", q, nil, r)
}

// RulesFor lists the rules that the reports of a request are judged by.
func (c *Client) RulesFor(ctx context.Context, request string) (*api.Rules, error) {
	r := &api.Rules{}
	return r, c.ask(ctx, http.MethodGet, requestPath(request, "/rules"), nil, nil, r)
}

// TryRules tries a draft of rules, or of a whole definition, on every report of a
// request that counts; nothing is written.
func (c *Client) TryRules(ctx context.Context, request, name string, draft []byte) (*api.Trial, error) {
	r := &api.Trial{}
	return r, c.read(ctx, call{
		method: http.MethodPost, path: requestPath(request, "/rules/try"), body: bytes.NewReader(draft), media: "application/yaml",
		header: File{Name: name}.header(""),
	}, r)
}
