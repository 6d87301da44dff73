package aggregate

import (
	"fmt"
	"slices"
	"testing"

	"tonghop/report"
)

// mapTables are the tables that are looked at under other maps.
var mapTables = []overTable{
	{nil, ""}, {[]string{ByAgency}, ""}, {[]string{ByPlace}, ""}, {[]string{ByPlace}, "province"}, {[]string{ByPlace}, "district"}, {[]string{ByPlace}, "commune"},
	{[]string{ByAgency, ByPlace}, ""}, {[]string{ByAgency, ByPlace}, "province"}, {[]string{ByUnit, ByPlace}, ""}, {[]string{ByGroup, ByPlace}, "district"},
}

// mapCheck compares answers under a map with those of the oracle.
type mapCheck struct {
	timeCheck
	view MapView
}

func (c *mapCheck) fail(format string, args ...any) {
	c.t.Helper()
	c.t.Fatalf("%s, %+v, %+v, %+v: %s", c.name, c.w, c.view, c.m, fmt.Sprintf(format, args...))
}

// run asks about a request for some tables, and compares every row.
func (c *mapCheck) run(request string, tables ...overTable) {
	c.t.Helper()
	j := c.f.journal()
	own := oracleTileOf(j, request, c.m)
	var o *timeOracle
	if c.w == (Window{}) && own != nil {
		o = &timeOracle{from: own.from, to: own.to, tiles: []*oracleTile{own}, figures: map[string][]overFigure{}}
	} else if own != nil {
		from, to := oracleWindow(c.w)
		o = chosenOracle(j, from, to, c.m)
	}
	q := Query{Request: request, Window: c.w, Map: c.view, AsOf: c.m.asOf, Official: c.m.official}
	if _, err := c.f.state.Rollup(&c.f.ledger, q); (err == nil) != (o != nil) {
		c.fail("got %v; the oracle knows of %v", err, o)
	} else if err != nil {
		return
	}
	if c.w != (Window{}) || !c.view.On.IsZero() {
		o.under(c.view)
	}
	o.work()
	for _, table := range tables {
		q.By, q.Level = table.by, table.level
		r, err := c.f.state.Rollup(&c.f.ledger, q)
		if known := table.level == "" || slices.ContainsFunc(r.places(), func(p report.Place) bool { return p.Level == table.level }); !known && err != nil {
			continue // a level that this map does not have
		}
		if err != nil {
			c.fail("%v: %v", table, err)
		}
		c.rows(o, table, r)
	}
}

// places gives the places by which an answer was counted; none of no answer.
func (r *Rollup) places() []report.Place {
	if r == nil {
		return nil
	}
	return r.Register.Places
}

// rows compares the rows of a table.
func (c *mapCheck) rows(o *timeOracle, table overTable, r *Rollup) {
	c.t.Helper()
	want := o.rows(table.by, table.level)
	for i := range r.Rows {
		if i >= len(want) {
			c.fail("%v: too many rows: %+v", table, figureKeyOf(&r.Rows[i]))
		}
		got, cell := &r.Rows[i], o.cell(want[i].where, want[i].key.indicator)
		if c.w == (Window{}) { // of one time, reports are agencies
			cell.reports = Count{-1, -1}
		}
		if figureKeyOf(got) != want[i].key || rowText(got) != cell.String() {
			c.fail("%v: row %d: got %+v %s, want %+v %s", table, i, figureKeyOf(got), rowText(got), want[i].key, cell)
		}
		c.cells++
	}
	if len(r.Rows) < len(want) {
		c.fail("%v: no row for %+v", table, want[len(r.Rows)].key)
	}
}

// TestMapAgainstOracle compares every cell of tables under other maps of the country, over one
// period and over several.
func TestMapAgainstOracle(t *testing.T) {
	cells := 0
	for seed := range seeds(t, 40) {
		h := randomMapHistory(seed, 8)
		f := folded(h.events)
		for range 2 {
			c := mapCheck{timeCheck: timeCheck{t: t, f: f, w: h.window(), name: fmt.Sprintf("seed %d, %s", seed, h)}, view: h.view()}
			c.m.official = h.chance(1, 3)
			if h.chance(1, 3) {
				c.m.asOf = h.events[h.rng.IntN(len(h.events))].At
			}
			c.run(h.asks[h.rng.IntN(len(h.asks))].Code, mapTables...)
			cells += c.cells
		}
	}
	if cells < 10_000 && *seedFlag == 0 {
		t.Errorf("only %d cells were looked at", cells)
	}
	t.Logf("%d cells", cells)
}
