package portal

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// call is one request to the API or to a page, with who makes it.
type call struct {
	*site
	w     http.ResponseWriter
	r     *http.Request
	actor report.Actor
}

// download is a reply that is a file.
type download struct {
	name  string // proposed file name
	media string
	etag  string // fingerprint of what it was made from; "" without
	body  []byte
}

// answered is the reply of a handler that has written its own.
type answered struct{}

// api serves a route.
func (s *site) api(route *route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{site: s, w: w, r: r}
		reply, err := c.run(route)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		c.answer(route, reply)
	})
}

func (c *call) run(route *route) (any, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	if err := c.checkParams(route); err != nil {
		return nil, err
	}
	c.limitBody(route.limit(c.site))
	return route.handle(c)
}

// enter finds out who asks, once the books are read.
func (c *call) enter() (err error) {
	if err := c.ready(c.r.Context()); err != nil {
		return err
	}
	c.actor, err = c.identify(c.r)
	return err
}

// limitBody bounds the body in bytes and in time, before anything reads it. The
// time is that of the body alone: with no body, or after its end, the connection
// may be silent for as long as it likes, as that of a stream of events is.
func (c *call) limitBody(bytes int64) {
	if c.r.ContentLength == 0 {
		return
	}
	// Not every writer has deadlines (tests, the command line): without one the
	// peer is trusted to be there.
	deadlines := http.NewResponseController(c.w)
	_ = deadlines.SetReadDeadline(time.Now().Add(bodyPatience))
	c.r.Body = &boundBody{http.MaxBytesReader(c.w, c.r.Body, bytes), c.r.Body, func() { _ = deadlines.SetReadDeadline(time.Time{}) }}
}

// boundBody is a body that lifts its deadline at its end. One that is too large is
// read on and forgotten, within bounds: a sender that is cut off while it sends
// does not get to see why.
type boundBody struct {
	io.ReadCloser
	whole io.Reader
	lift  func()
}

// forgotten is how much of a body that is too large is read on, in bytes.
const forgotten = 256 << 20

func (b *boundBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong && b.whole != nil {
		_, _ = io.CopyN(io.Discard, b.whole, forgotten) // whether it ends, or how, is no matter
		b.whole = nil
	}
	if errors.Is(err, io.EOF) {
		b.lift()
	}
	return n, err
}

func (c *call) answer(route *route, reply any) {
	switch v := reply.(type) {
	case answered:
	case *download:
		c.send(v)
	default:
		writeJSON(c.w, route.status, "application/json", v)
	}
}

// send writes a file, or 304 where the asker has it already.
func (c *call) send(d *download) {
	h := c.w.Header()
	if c.unchanged(d.etag) {
		return
	}
	h.Set("Content-Type", d.media)
	if d.name != "" {
		h.Set("Content-Disposition", attachment(d.name))
	}
	h.Set("Content-Length", strconv.Itoa(len(d.body)))
	if c.r.Method != http.MethodHead {
		c.w.Write(d.body)
	}
}

// unchanged states the fingerprint of a reply and answers 304 where the asker
// holds that very reply.
func (c *call) unchanged(etag string) bool {
	if etag == "" {
		return false
	}
	tag := `"` + etag + `"`
	c.w.Header().Set("ETag", tag)
	c.w.Header().Set("Cache-Control", "private, no-cache")
	held := strings.Split(c.r.Header.Get("If-None-Match"), ",")
	match := slices.ContainsFunc(held, func(t string) bool {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		return t == tag || t == "*"
	})
	if match {
		c.w.WriteHeader(http.StatusNotModified)
	}
	return match
}

// attachment proposes a file name, in UTF-8 where it needs to be (RFC 6266).
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

func (c *call) ctx() context.Context     { return c.r.Context() }
func (c *call) path(name string) string  { return c.r.PathValue(name) }
func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

// list gives the values of a parameter that may be repeated, or joined by commas.
func (c *call) list(name string) []string {
	var out []string
	for _, v := range c.r.URL.Query()[name] {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// flag reads a parameter that is true or false; absent it is false.
func (c *call) flag(name string) (bool, error) { return parseFlag(name, c.query(name)) }

func parseFlag(name, text string) (bool, error) {
	if text == "" {
		return false, nil
	}
	on, err := strconv.ParseBool(text)
	if err != nil {
		return false, wrong(name, text, "true hoặc false", "true or false")
	}
	return on, nil
}

// moment reads a parameter that is a point in time: RFC 3339, or a day in
// Vietnam, which stands for its end.
func (c *call) moment(name string) (time.Time, error) {
	text := c.query(name)
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	if t, err := time.ParseInLocation("2006-01-02T15:04", text, vietnam); err == nil {
		return t.UTC(), nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, vietnam); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Millisecond).UTC(), nil
	}
	return time.Time{}, wrong(name, text, "thời điểm như 2021-03-30T17:00:00+07:00 hoặc ngày như 2021-03-30",
		"a moment such as 2021-03-30T17:00:00+07:00 or a day such as 2021-03-30")
}

// number reads a parameter that is a whole number; absent it is 0.
func (c *call) number(name string) (uint64, error) { return parseNumber(name, c.query(name)) }

func parseNumber(name, text string) (uint64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, wrong(name, text, "một số nguyên từ 0 trở lên", "a whole number, 0 or more")
	}
	return n, nil
}

func wrong(name, got, vi, en string) error { return fault.Parameter(name, clip(got), vi, en) }

// clip keeps what came from outside short where it is said back.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// vietnam is the zone in which people are shown times.
var vietnam = time.FixedZone("ICT", 7*60*60)

func megabytes(n int64) string { return strconv.FormatInt(n>>20, 10) + " MB" }

// may is nil when the actor may do the action for an agency ("" for none).
func (c *call) may(do report.Action, agency string) error {
	if report.May(c.actor, do, agency) {
		return nil
	}
	role, action := c.actor.Role.Words(), do.Words()
	return fault.New(fault.MayNot, fault.Both("role", role.VI, role.EN), fault.Both("action", action.VI, action.EN))
}

// mayReadAll is nil when the actor may read what belongs to no single agency.
func (c *call) mayReadAll() error { return c.may(report.ActRead, "") }
