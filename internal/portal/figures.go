package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/ingest"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// Media types of what is given back.
const (
	mediaCSV    = "text/csv; charset=utf-8"
	mediaSchema = "application/schema+json"
)

// mayReadFigures is nil when the actor may read the figures of these agencies
// (none: all of them). An agency reads its own, and must say so: a total of one
// agency must never be taken for the province's.
func (c *call) mayReadFigures(request string, agencies []string) (err error) {
	c.Books.Read(func(l *report.Ledger) { _, err = bookOf(l, request, "") })
	if err != nil {
		return err
	}
	if c.actor.Role != report.RoleAgency {
		return c.mayReadAll()
	}
	if len(agencies) == 0 {
		return c.mayReadAll()
	}
	for _, a := range agencies {
		if err := c.may(report.ActRead, a); err != nil {
			return err
		}
	}
	return nil
}

// roll answers a query as far as the actor may know.
func (c *call) roll(q aggregate.Query) (*aggregate.Rollup, error) {
	out, err := c.View.Rollup(q)
	if err != nil {
		return nil, err
	}
	out.Mapped = c.mapFor(out.Mapped)
	for i := range out.Bases {
		out.Bases[i].Mapped = c.mapFor(out.Bases[i].Mapped)
	}
	return out, nil
}

// mapFor gives what became of places; to an agency not of which places others reported.
func (c *call) mapFor(m *aggregate.Mapped) *aggregate.Mapped {
	if m == nil || c.actor.Role != report.RoleAgency {
		return m
	}
	return &aggregate.Mapped{On: m.On, Allocate: m.Allocate, Divided: []aggregate.Division{}, Kept: []string{}, Places: []report.Place{}}
}

// rollup answers with figures, or 304 where the asker has them already.
func (c *call) rollup() (any, error) {
	q, err := c.figureQuery()
	if err != nil {
		return nil, err
	}
	// The fingerprint is taken first: should an event come in between, the reply
	// is newer than its tag, and is asked for once more than needed.
	tag := c.tag(q.Request)
	out, err := c.roll(q)
	if err != nil {
		return nil, err
	}
	if c.unchanged(tag) {
		return answered{}, nil
	}
	return out, nil
}

// tag is a fingerprint of what the reply to this very request is made from: the
// state of the journal, and what was asked. It is the same in whatever process.
// Figures over time may be made of any requests.
func (c *call) tag(request string) string {
	h := sha256.New()
	c.Books.Read(func(l *report.Ledger) {
		book := l.Request(request)
		if book == nil {
			return
		}
		fmt.Fprintln(h, book.Fingerprint())
		if q := c.r.URL.Query(); !q.Has("period") && !q.Has("cumulative") && !q.Has("calendar") && !q.Has("against") {
			return
		}
		for _, code := range l.RequestCodes() { // any of them may once have asked the same
			fmt.Fprintln(h, code, l.Requests[code].Fingerprint())
		}
	})
	fmt.Fprintln(h, c.r.URL.Path, c.r.URL.Query().Encode(), c.Version)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// explain opens a figure down to its cells.
func (c *call) explain() (any, error) {
	q, err := c.question()
	if err != nil {
		return nil, err
	}
	e, err := c.View.Explain(q)
	if err == nil {
		e.Mapped = c.mapFor(e.Mapped)
	}
	return e, err
}

func (c *call) question() (aggregate.Question, error) {
	q := aggregate.Question{
		Request: c.path("request"), Agency: c.query("agency"), Unit: c.query("unit"), Place: c.query("place"),
		Level: c.query("level"), Indicator: c.query("indicator"),
	}
	var err error
	if q.AsOf, err = c.moment("asOf"); err != nil {
		return q, err
	}
	if q.Official, err = c.flag("official"); err != nil {
		return q, err
	}
	if q.Window, err = c.window(); err != nil {
		return q, err
	}
	if q.Map, err = c.mapView(); err != nil {
		return q, err
	}
	var of []string
	if q.Agency != "" {
		of = []string{q.Agency}
	}
	return q, c.mayReadFigures(q.Request, of)
}

// summary writes the Committee's workbook.
func (c *call) summary() (any, error) {
	request := c.path("request")
	if err := c.mayReadFigures(request, nil); err != nil {
		return nil, err
	}
	asOf, err := c.moment("asOf")
	if err != nil {
		return nil, err
	}
	official, err := c.flag("official")
	if err != nil {
		return nil, err
	}
	s, err := c.View.Summarize(request, asOf, official)
	if err != nil {
		return nil, err
	}
	tag := stateTag(s, c.Version)
	if c.unchanged(tag) {
		return answered{}, nil
	}
	b, err := export.Workbook(s)
	if err != nil {
		return nil, fmt.Errorf("summary of %s: %w", request, err)
	}
	return &download{name: export.FileName(s), media: client.MediaXLSX, etag: tag, body: b}, nil
}

// stateTag is the fingerprint of a summary's workbook: the same state gives the
// same bytes (law 6), from the same version of the program.
func stateTag(s *report.Summary, version string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		s.State, s.AsOf.UTC().Format(time.RFC3339Nano), strconv.FormatBool(s.Official), version,
	}, "\n")))
	return hex.EncodeToString(sum[:16])
}

// template writes an agency's workbook to fill in. An agency need not say which
// it is.
func (c *call) template() (any, error) {
	env, err := c.ownEnv()
	if err != nil {
		return nil, err
	}
	b, err := ingest.Template(env.Definition, env.Request, env.Register, env.Agency, ingest.TemplateOptions{})
	if err != nil {
		return nil, fmt.Errorf("template of %s for %s: %w", env.Request.Code, env.Agency, err)
	}
	return &download{name: env.Request.Code + "-" + env.Agency + ".xlsx", media: client.MediaXLSX, body: b}, nil
}

// ownEnv finds what the agency named by the query, or the actor's own, is read
// by.
func (c *call) ownEnv() (ingest.Env, error) {
	agency := c.query("agency")
	if agency == "" {
		agency = c.actor.Agency
	}
	if agency == "" {
		return ingest.Env{}, wrong("agency", "", "mã đơn vị", "an agency code")
	}
	env, err := c.env(c.path("request"), agency)
	if err != nil {
		return env, err
	}
	if err := c.may(report.ActRead, agency); err != nil {
		return env, err
	}
	if env.Definition == nil {
		return env, fault.New(fault.DefinitionUnknown, fault.A("got", report.Ref(env.Request.Definition, env.Request.Version)))
	}
	if env.Register == nil {
		return env, fault.New(fault.RegisterUnknown, fault.A("got", report.Ref(env.Request.Register, env.Request.Registered)))
	}
	return env, nil
}

// schema gives the JSON schema of an agency's form.
func (c *call) schema() (any, error) {
	env, err := c.ownEnv()
	if err != nil {
		return nil, err
	}
	return &download{media: mediaSchema, body: spec.Schema(env.Definition)}, nil
}
