package aggregate

import (
	"slices"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// Query asks for rows of figures.
type Query struct {
	Request string
	Window  // the time asked about; the zero Window: the request's own period
	Map     MapView

	// Against compares each figure with that of another time: see [AgainstPrevious]
	// and its kin.
	Against []string

	// Bounds says between what sums would lie had those that are missing reported as they
	// did before; see [Bounds].
	Bounds bool

	// By is the axes that stay apart: agency or group, place, unit, in any
	// combination. Any other is summed over; none gives one row for each
	// indicator. A group is the body that agencies of the roster belong to: the
	// parent of each, or the agency itself where it has none.
	By []string
	// Level groups places: "district" gives the district a commune lies in,
	// "province" its province. A place with nothing above it at that level, such
	// as the provincial level itself, stays itself. Empty: places as reported.
	Level string

	// Indicators, Agencies and Places narrow what is counted; empty: all.
	// Places are codes or selectors ("30/district") and hold what lies below
	// them as well. Totals are then of what is left.
	Indicators []string
	Agencies   []string
	Places     []string

	// Search keeps the rows in which each of these is found, by words as package search
	// reads them, in the name or code of the row's own agency, group, unit, place or
	// indicator. It narrows what is shown and not what is counted: a row is what it is
	// without it.
	Search []string
	// Top keeps the rows with the greatest figures, of those found; see [Top].
	Top Top

	AsOf     time.Time // as it was known then; zero: now
	Official bool      // approved figures only; see [Rollup]
}

// The axes of [Query.By].
const (
	ByAgency = "agency"
	ByGroup  = "group"
	ByPlace  = "place"
	ByUnit   = "unit"
)

// Rollup is the answer to a [Query]. It is official where only approved figures
// were asked for, and by itself once the request is closed and everything that is
// heard is approved.
type Rollup struct {
	Request     string    `json:"request"`
	AsOf        time.Time `json:"asOf"`
	Official    bool      `json:"official"`
	Provisional bool      `json:"provisional"` // TẠM TÍNH, see [report.Summary]
	Heard       int       `json:"heard"`       // agencies, of those the query is about
	Asked       int       `json:"asked"`
	Missing     []string  `json:"missing"`        // agencies not heard, in roster order
	Over        *Over     `json:"over,omitempty"` // of a [Window]: what it is made of
	Mapped      *Mapped   `json:"map,omitempty"`  // under another map than that of the figures' days: what became of places
	Bases       []Base    `json:"against,omitempty"`
	Found       *Found    `json:"found,omitempty"`  // of a search
	Ranked      *Ranked   `json:"ranked,omitempty"` // of a [Top]: then rows are by indicator and rank

	// Definition and Register are those by which the rows were counted, with the names of all
	// that stands in them.
	Definition *report.Definition `json:"-"`
	Register   *report.Register   `json:"-"`
	Rows       []Row              `json:"rows"` // by agency, unit, place, indicator: in the order of roster, register, definition
}

// Row is one figure. An axis that is summed over is null; so is the value where
// there is none, with a mark that says why. Whoever has no figure at all has rows
// with place and unit null, also where these stay apart.
type Row struct {
	Agency    *string     `json:"agency"`
	Group     *string     `json:"group,omitempty"`
	Unit      *string     `json:"unit,omitempty"`
	Place     *string     `json:"place"`
	Indicator string      `json:"indicator"`
	Value     *string     `json:"value"` // canonical decimal, true or false, or words
	Mark      report.Mark `json:"mark"`
	Heard     int         `json:"heard"`
	Asked     int         `json:"asked"`
	Given     int         `json:"given"` // agencies that gave a figure
	Bounds    *Bounds     `json:"bounds,omitempty"`
	Rank      int         `json:"rank,omitempty"` // of a [Top], from 1; equal figures have one rank

	// Of a [Window], where asked and heard count the agencies asked, and heard, for
	// any part of it: their reports.
	Reports *Count             `json:"reports,omitempty"`
	Against map[string]Against `json:"against,omitempty"` // by what it is compared with
}

// axes is [Query.By], understood.
type axes struct{ agency, group, place, unit bool }

// Rollup answers a query. What is wrong with it is a [fault.Fault].
func (s *State) Rollup(l *report.Ledger, q Query) (*Rollup, error) {
	by, err := q.axes()
	if err != nil {
		return nil, err
	}
	if err := q.checkAgainst(); err != nil {
		return nil, err
	}
	sought, err := q.sought()
	if err != nil {
		return nil, err
	}
	order, err := q.ranking()
	if err != nil {
		return nil, err
	}
	whole, err := s.scope(l, q.Request, q.Window, q.Map, q.AsOf, q.Official)
	if err != nil {
		return nil, err
	}
	out, err := q.answer(whole, by)
	if err != nil {
		return nil, err
	}
	if err := s.bound(l, &q, by, whole, out); err != nil {
		return nil, err
	}
	if err := s.compare(l, &q, by, whole, out); err != nil {
		return nil, err
	}
	out.find(sought)
	return out, out.rank(&q, &order)
}

// answer gives the rows of a scope.
func (q *Query) answer(whole *scope, by axes) (*Rollup, error) {
	indicators, err := q.indicators(whole.frame)
	if err != nil {
		return nil, err
	}
	c, err := q.slice(whole.cube, whole.shows(by, q.Level, indicators))
	if err != nil {
		return nil, err
	}
	if err := q.checkLevel(whole.frame); err != nil {
		return nil, err
	}
	rows := c.rows(by, q.Level, indicators)
	if by.group {
		if rows, err = q.groupRows(whole.cube, by, indicators); err != nil {
			return nil, err
		}
	}
	out := &Rollup{
		Request: q.Request, AsOf: whole.asOf, Official: whole.official, Provisional: whole.provisional,
		Missing: c.missing(), Over: whole.over, Mapped: whole.mapped, Rows: rows,
		Definition: whole.definition, Register: whole.register,
	}
	if whole.over != nil && c.only != nil {
		out.Over = whole.overOf(c.only)
	}
	for a := range whole.request.Agencies {
		if c.counts(int32(a)) {
			out.Asked++
		}
	}
	out.Heard = out.Asked - len(out.Missing)
	return out, nil
}

// moment is the time figures speak of: the one asked for, or that of the newest
// event, never the clock's (law 6).
func (f *figures) moment(asOf time.Time) time.Time {
	if asOf.IsZero() {
		return f.book.Latest()
	}
	return asOf.UTC()
}

// notCounted says why there are no figures of a request: it is not known, or was
// not open yet at the moment asked about.
func notCounted(l *report.Ledger, code string, asOf time.Time) error {
	if book := l.Request(code); book != nil && !asOf.IsZero() && asOf.Before(book.Since) {
		since := clockOf(book.Since)
		return wrongParameter("asOf", clockOf(asOf), "thời điểm từ khi yêu cầu được mở, "+since, "a moment since the request was opened, "+since)
	}
	return fault.New(fault.RequestUnknown, fault.A("request", code))
}

// clockOf writes a moment as a parameter takes it, by the clock of Vietnam.
func clockOf(t time.Time) string { return t.In(calendar.Vietnam()).Format(time.RFC3339) }

func wrongParameter(name, got, vi, en string) error { return fault.Parameter(name, got, vi, en) }

func (q *Query) axes() (axes, error) {
	var by axes
	for _, name := range q.By {
		switch name {
		case ByAgency:
			by.agency = true
		case ByGroup:
			by.group = true
		case ByPlace:
			by.place = true
		case ByUnit:
			by.unit = true
		default:
			return by, wrongParameter("by", name, "agency, group, place, unit hoặc kết hợp", "agency, group, place, unit or several of them")
		}
	}
	if by.agency && by.group {
		return by, wrongParameter("by", strings.Join(q.By, ","), "agency hoặc group, không cả hai", "agency or group, not both")
	}
	return by, nil
}

// indicators gives those asked for, in the order of the definition.
func (q *Query) indicators(f *frame) ([]int32, error) {
	wanted := make([]bool, len(f.plans))
	for _, code := range q.Indicators {
		at := f.position(code)
		if at < 0 {
			return nil, wrongParameter("indicator", code, "mã chỉ tiêu của biểu mẫu", "the code of an indicator of the definition")
		}
		wanted[at] = true
	}
	var out []int32
	for i := range f.plans {
		if wanted[i] || len(q.Indicators) == 0 {
			out = append(out, int32(i))
		}
	}
	return out, nil
}

func (q *Query) checkLevel(f *frame) error {
	if q.Level == "" || slices.ContainsFunc(f.register.Places, func(p report.Place) bool { return p.Level == q.Level }) {
		return nil
	}
	var levels []string
	for i := range f.register.Places {
		if level := f.register.Places[i].Level; !slices.Contains(levels, level) {
			levels = append(levels, level)
		}
	}
	choices := strings.Join(levels, ", ")
	return wrongParameter("level", q.Level, "một trong: "+choices, "one of: "+choices)
}

// slice gives a cube of what the query is about: the live one where it asks for
// everything, and otherwise one made of the same contributions, narrowed, for a
// table.
func (q *Query) slice(c *cube, t *pivot) (*cube, error) {
	if len(q.Agencies) == 0 && len(q.Places) == 0 && !t.by.unit {
		return c, nil
	}
	agencies, err := q.agencyMask(c.frame)
	if err != nil {
		return nil, err
	}
	places, err := q.placeMask(c.frame)
	if err != nil {
		return nil, err
	}
	out := newCube(c.frame)
	out.only, out.pivot = agencies, t
	out.askOnly()
	var parts []*contribution
	for a, part := range c.parts {
		if part != nil && out.counts(int32(a)) {
			parts = append(parts, part)
		}
	}
	out.putAll(parts, c.withinPlaces(places))
	return out, nil
}

// askOnly counts as asked only the agencies the cube is about.
func (c *cube) askOnly() {
	for i := range c.plans {
		c.asked[i] = 0
		for a, asks := range c.plans[i].asks {
			if asks && c.counts(int32(a)) {
				c.asked[i]++
			}
		}
	}
}

func (q *Query) agencyMask(f *frame) ([]bool, error) {
	if len(q.Agencies) == 0 {
		return nil, nil
	}
	mask := make([]bool, len(f.request.Agencies))
	for _, code := range q.Agencies {
		at, asked := f.agencies[code]
		if !asked {
			return nil, fault.New(fault.AgencyNotAsked, fault.A("agency", f.register.AgencyName(code)), fault.A("request", q.Request))
		}
		mask[at] = true
	}
	return mask, nil
}

// placeMask gives the codes of the places asked for; nil for all.
func (q *Query) placeMask(f *frame) (map[string]bool, error) {
	if len(q.Places) == 0 {
		return nil, nil
	}
	places, unknown := f.register.Select(q.Places, f.request.To)
	mask := make(map[string]bool, len(places))
	for _, p := range places {
		mask[p.Code] = true
	}
	for _, code := range unknown {
		if _, reported := f.placeAt[code]; !reported {
			return nil, wrongParameter("place", code, "mã địa bàn của danh mục", "the code of a place of the register")
		}
		mask[code] = true
	}
	return mask, nil
}

// withinPlaces tells for each place whether it is, or lies below, one of some
// places; nil for all.
func (f *frame) withinPlaces(places map[string]bool) []bool {
	if places == nil {
		return nil
	}
	out := make([]bool, len(f.places))
	for i := range f.places {
		p := &f.places[i]
		out[i] = places[p.code] || slices.ContainsFunc(p.above, func(up int32) bool { return places[f.places[up].code] })
	}
	return out
}

// narrow gives what a contribution says of some places; nil: of all.
func (c *contribution) narrow(places []bool) *contribution {
	if places == nil {
		return c
	}
	out := *c
	out.leaves, out.start = nil, make([]int32, len(c.start))
	for i := range len(c.start) - 1 {
		for _, l := range c.of(int32(i)) {
			if places[l.place] {
				out.leaves = append(out.leaves, l)
			}
		}
		out.start[i+1] = int32(len(out.leaves))
	}
	return &out
}
