package portal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/ingest"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// Media types of what is given back.
const (
	mediaCSV    = "text/csv; charset=utf-8"
	mediaSchema = "application/schema+json"
)

// figureQuery reads the parameters of a roll-up.
func (c *call) figureQuery() (aggregate.Query, error) {
	q := aggregate.Query{
		Request: c.path("request"), By: []string{aggregate.ByAgency, aggregate.ByPlace}, Level: c.query("level"),
		Indicators: c.list("indicator"), Agencies: c.list("agency"), Places: c.list("place"),
	}
	if c.r.URL.Query().Has("by") {
		q.By = c.list("by")
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
	if q.Bounds, err = c.flag("bounds"); err != nil {
		return q, err
	}
	q.Against = c.list("against")
	return q, c.mayReadFigures(q.Request, q.Agencies)
}

// window reads the parameters of figures over time.
func (c *call) window() (w aggregate.Window, err error) {
	w.Period, w.Calendar = c.query("period"), c.query("calendar")
	w.Cumulative, err = c.flag("cumulative")
	return w, err
}

// mapView reads the parameters of places under another map.
func (c *call) mapView() (v aggregate.MapView, err error) {
	v.Allocate = c.query("allocate")
	if text := c.query("map"); text != "" {
		if v.On, err = calendar.ParseDate(text); err != nil {
			return v, wrong("map", text, "ngày như 2025-07-01", "a day such as 2025-07-01")
		}
	}
	for _, text := range c.list("weight") {
		code, weight, _ := strings.Cut(text, ":")
		w, err := decimal.Parse(weight)
		if err != nil || w.Sign() < 0 || code == "" {
			return v, wrong("weight", text, "mã địa bàn và trọng số không âm, như 10525:3", "the code of a place and a weight not below nought, such as 10525:3")
		}
		if v.Weights == nil {
			v.Weights = map[string]decimal.Decimal{}
		}
		v.Weights[code] = w
	}
	return v, nil
}

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

// rollupCSV answers with figures as a tidy table: one figure a line.
func (c *call) rollupCSV() (any, error) {
	q, err := c.figureQuery()
	if err != nil {
		return nil, err
	}
	dialect, err := c.dialect()
	if err != nil {
		return nil, err
	}
	tag := c.tag(q.Request)
	out, err := c.roll(q)
	if err != nil {
		return nil, err
	}
	if c.unchanged(tag) {
		return answered{}, nil
	}
	rows, err := tidyRows(out)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := export.CSV(&b, slices.Values(rows), columnsOf(out), dialect); err != nil {
		return nil, err
	}
	return &download{name: rollupName(out, ".csv"), media: mediaCSV, etag: tag, body: b.Bytes()}, nil
}

// rollupName is what a file of figures should be called: whoever finds it later
// sees of what day it is, that it is TẠM TÍNH, and of approved reports alone. See
// [export.FileName].
func rollupName(r *aggregate.Rollup, extension string) string {
	name := "so-lieu_" + r.Request
	if r.Over != nil {
		name += "_" + strings.ReplaceAll(r.Over.Period, "..", "_")
		if r.Over.Cumulative {
			name += "_luy-ke"
		}
	}
	if r.Mapped != nil {
		name += "_ban-do-" + r.Mapped.On.String()
	}
	if r.Provisional {
		name += "_tam-tinh"
		if r.Official {
			name += "_da-duyet"
		}
	}
	return name + "_" + calendar.DateOf(r.AsOf, nil).String() + extension
}

// dialect is how the table is written: for programs, or for Excel on a
// Vietnamese machine.
func (c *call) dialect() (export.Dialect, error) {
	switch d := c.query("dialect"); d {
	case "", "plain":
		return export.Plain, nil
	case "excel-vi":
		return export.ExcelVI, nil
	default:
		return export.Dialect{}, wrong("dialect", d, "plain hoặc excel-vi", "plain or excel-vi")
	}
}

// columnsOf gives the columns a table of figures over time has beside the others.
func columnsOf(r *aggregate.Rollup) export.Columns {
	out := export.Columns{Time: r.Over != nil}
	for _, b := range r.Bases {
		out.Against = append(out.Against, b.With)
	}
	return out
}

// tidyRows gives the rows of a roll-up their names.
func tidyRows(r *aggregate.Rollup) ([]export.Row, error) {
	f := flattening{definition: r.Definition, register: r.Register}
	rows := make([]export.Row, len(r.Rows))
	for i := range r.Rows {
		row := &r.Rows[i]
		ind := f.definition.Indicator(row.Indicator)
		v, err := valueOf(ind, row)
		if err != nil {
			return nil, fmt.Errorf("table of %s: %w", r.Request, err)
		}
		out := &rows[i]
		*out = export.Row{
			Indicator: ind.Code, IndicatorName: ind.Name.VI, IndicatorUnit: ind.Unit,
			IsNumber: ind.IsNumber(), Value: v, Mark: row.Mark, Heard: row.Heard, Asked: row.Asked, Provisional: r.Provisional,
		}
		if r.Over != nil {
			out.Period, out.From, out.To = r.Over.Period, r.Over.From, r.Over.To
		}
		if row.Reports != nil {
			out.ReportsHeard, out.ReportsAsked = row.Reports.Heard, row.Reports.Asked
		}
		for _, b := range r.Bases {
			out.Against = append(out.Against, compared(row, b.With))
		}
		out.Agency, out.AgencyName = named(row.Agency, f.register.AgencyName)
		out.Group, out.GroupName = named(row.Group, f.register.AgencyName)
		out.Unit, out.UnitName = named(row.Unit, f.register.AgencyName)
		out.Place, out.PlaceName = named(row.Place, f.register.PlaceName)
	}
	return rows, nil
}

// compared gives what stands beside a row; nothing where it is not compared.
func compared(row *aggregate.Row, with string) export.Compared {
	a, is := row.Against[with]
	if !is {
		return export.Compared{}
	}
	return export.Compared{
		Value: deref(a.Value), Mark: string(a.Mark), Heard: a.Reports.Heard, Asked: a.Reports.Asked, Difference: deref(a.Difference), Index: deref(a.Index), Growth: deref(a.Growth),
	}
}

// named gives a code with its name; both are empty for an axis that is summed
// over.
func named(code *string, name func(string) string) (string, string) {
	if code == nil {
		return "", ""
	}
	return *code, name(*code)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
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
