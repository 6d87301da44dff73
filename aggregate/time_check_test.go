package aggregate

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
)

// overRow is a row that the oracle expects.
type overRow struct {
	key   figureKey
	where whereOver
}

// rows gives all rows of a table, in order.
func (o *timeOracle) rows(by []string, level string) (out []overRow) {
	apart := func(axis string) bool { return slices.Contains(by, axis) }
	type body struct {
		key      figureKey
		agencies []string
	}
	bodies := []body{{}}
	if apart(ByAgency) || apart(ByGroup) {
		bodies = nil
		for _, a := range o.roster {
			b := body{figureKey{agency: a}, []string{a}}
			if apart(ByGroup) {
				b.key = figureKey{group: cmp.Or(o.parent(a), a)}
			}
			if at := slices.IndexFunc(bodies, func(x body) bool { return x.key == b.key }); at >= 0 {
				bodies[at].agencies = append(bodies[at].agencies, a)
				continue
			}
			bodies = append(bodies, b)
		}
	}
	for _, b := range bodies {
		var spots [][2]string // unit, place
		for _, ind := range o.def.Indicators {
			for _, f := range o.at(whereOver{agencies: b.agencies}, ind.Code) {
				var s [2]string
				if apart(ByUnit) {
					s[0] = f.unit
				}
				if apart(ByPlace) {
					s[1] = o.atLevel(f.place, level)
				}
				if !slices.Contains(spots, s) {
					spots = append(spots, s)
				}
			}
		}
		whole := len(spots) == 0 || !apart(ByUnit) && !apart(ByPlace)
		if whole {
			spots = [][2]string{{}}
		}
		slices.SortFunc(spots, func(x, y [2]string) int { return cmp.Or(o.compareUnits(x[0], y[0]), o.comparePlaces(x[1], y[1])) })
		for _, s := range spots {
			w := whereOver{agencies: b.agencies, unit: s[0], place: s[1], level: level}
			if p := o.placeOf(s[1]); level != "" && (p == nil || p.Level != level) {
				w.level = "" // it is at no such level: it stands for itself
			}
			for i := range o.def.Indicators {
				ind := &o.def.Indicators[i]
				if !whole && len(o.at(w, ind.Code)) == 0 && (ind.Num == "" || len(o.at(w, ind.Num))+len(o.at(w, ind.Den)) == 0) {
					continue
				}
				key := b.key
				key.unit, key.place, key.indicator = s[0], s[1], ind.Code
				out = append(out, overRow{key, w})
			}
		}
	}
	return out
}

// unlikeIn names the indicators of earlier tiles that the newest does not have, or
// means something else by.
func (o *timeOracle) unlikeIn() (out []string) {
	for k, t := range o.tiles {
		for i := range t.def.Indicators {
			if code := t.def.Indicators[i].Code; !o.alike(k, code) && !slices.Contains(out, code) {
				out = append(out, code)
			}
		}
	}
	slices.Sort(out)
	return out
}

// over puts in words what the time is made of.
func (o *timeOracle) over() string {
	var b strings.Builder
	reports, through := Count{}, ""
	for k, t := range o.tiles {
		fmt.Fprintf(&b, "%s %s %s %t %d/%d; ", t.code, t.from, t.to, t.official, len(t.heard), len(t.roster))
		reports.Heard += len(t.heard)
		reports.Asked += len(t.roster)
		if k == o.end && len(t.heard) > 0 {
			through = t.to.String()
		}
	}
	slices.Sort(o.aside)
	fmt.Fprintf(&b, "gaps %v aside %v unlike %v through %s reports %v", o.gaps, o.aside, o.unlikeIn(), through, reports)
	return b.String()
}

func overText(o *Over) string {
	var b strings.Builder
	for _, p := range o.Parts {
		fmt.Fprintf(&b, "%s %s %s %t %d/%d; ", p.Request, p.From, p.To, p.Official, p.Heard, p.Asked)
	}
	var gaps, aside []string
	for _, g := range o.Gaps {
		gaps = append(gaps, g.From.String()+" "+g.To.String())
	}
	for _, a := range o.Aside {
		aside = append(aside, a.Request+" "+string(a.Reason))
	}
	slices.Sort(aside)
	through := ""
	if o.Through != nil {
		through = o.Through.String()
	}
	fmt.Fprintf(&b, "gaps %v aside %v unlike %v through %s reports %v", gaps, aside, o.Unlike, through, o.Reports)
	return b.String()
}

// worth says whether what is given out is official, and provisional.
func (o *timeOracle) worth() (official, provisional bool) {
	official, provisional = true, len(o.gaps) > 0
	for _, t := range o.tiles {
		official = official && t.official
		provisional = provisional || t.provisional
	}
	return official, provisional
}

// silent names those not heard at all.
func (o *timeOracle) silent() (out []string) {
	for _, a := range o.roster {
		if !slices.ContainsFunc(o.tiles, func(t *oracleTile) bool { return t.heard[a] }) {
			out = append(out, a)
		}
	}
	return out
}

// oracleWindow gives the days of a window by hand.
func oracleWindow(w Window) (from, to calendar.Date) {
	cal, _ := calendar.Lookup(cmp.Or(w.Calendar, "d09"))
	p, err := calendar.ParsePeriod(cal, w.Period)
	if err != nil {
		panic(err)
	}
	return oracleYearUpTo(w, p.From), p.To
}

// oracleYearUpTo gives the first day of a window: of its period, or of the year in
// which that lies.
func oracleYearUpTo(w Window, from calendar.Date) calendar.Date {
	if !w.Cumulative {
		return from
	}
	day := calendar.MustDate(w.Period[:4] + "-01-01") // no test asks for a free window up to now
	if w.Calendar != "civil" {
		day = day.AddDays(-17)
	}
	return day
}

// overBefore is the window that another is compared with.
var overBefore = map[string][2]Window{ // the one before, and that of the year before
	"2021-Q2":                {{Period: "2021-Q1"}, {Period: "2020-Q2"}},
	"2021-M04":               {{Period: "2021-M03"}, {Period: "2020-M04"}},
	"2021-M05":               {{Period: "2021-M04"}, {Period: "2020-M05"}},
	"2021-H1":                {{Period: "2020-H2"}, {Period: "2020-H1"}},
	"2021-9M":                {{Period: "2020-9M"}, {Period: "2020-9M"}},
	"2021":                   {{Period: "2020"}, {Period: "2020"}},
	"2020-Q2":                {{Period: "2020-Q1"}, {Period: "2019-Q2"}},
	"2021-03-20..2021-05-14": {{Period: "2021-01-23..2021-03-19"}, {Period: "2020-03-20..2020-05-14"}},
}

// compareWith gives the windows that one is compared with.
func compareWith(w Window) map[string]Window {
	out := map[string]Window{}
	for i, with := range []string{AgainstPrevious, AgainstLastYear} {
		other := overBefore[w.Period][i]
		other.Calendar, other.Cumulative = w.Calendar, w.Cumulative
		out[with] = other
	}
	return out
}

// oracleAgainst compares a cell with its base, in words.
func oracleAgainst(ind *report.Indicator, x, y oracleCell) string {
	out := fmt.Sprintf("%s|%s|%v", y.value, y.mark, y.reports)
	if ind.Type != report.TypeInt && ind.Type != report.TypeDec || x.value == "" || y.value == "" {
		return out + "|-|-|-"
	}
	a, _ := new(big.Rat).SetString(x.value)
	b, _ := new(big.Rat).SetString(y.value)
	diff := new(big.Rat).Sub(a, b)
	out += "|" + oracleExact(diff)
	if b.Sign() <= 0 || ind.Unit == "%" || ind.Num != "" && ind.Factor == 100 {
		return out + "|-|-"
	}
	index := new(big.Rat).Quo(new(big.Rat).Mul(a, big.NewRat(100, 1)), b)
	return out + "|" + oracleRound(index, 2) + "|" + oracleRound(new(big.Rat).Sub(index, big.NewRat(100, 1)), 2)
}

func againstText(a Against) string {
	of := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	value := ""
	if a.Value != nil {
		value = *a.Value
	}
	return fmt.Sprintf("%s|%s|%v|%s|%s|%s", value, a.Mark, a.Reports, of(a.Difference), of(a.Index), of(a.Growth))
}

func rowText(r *Row) string {
	value := ""
	if r.Value != nil {
		value = *r.Value
	}
	reports := Count{-1, -1}
	if r.Reports != nil {
		reports = *r.Reports
	}
	return fmt.Sprintf("%s|%s|%d|%d|%d|%d of %d", value, r.Mark, r.Given, r.Heard, r.Asked, reports.Heard, reports.Asked)
}

// overTable is a table by some axes, at a level of places.
type overTable struct {
	by    []string
	level string
}

// overTables are the tables that are looked at.
var overTables = []overTable{
	{nil, ""}, {[]string{ByAgency}, ""}, {[]string{ByPlace}, ""}, {[]string{ByPlace}, "district"}, {[]string{ByPlace}, "commune"},
	{[]string{ByAgency, ByPlace}, ""}, {[]string{ByAgency, ByPlace}, "district"}, {[]string{ByUnit}, ""}, {[]string{ByUnit, ByPlace}, ""},
	{[]string{ByGroup}, ""}, {[]string{ByGroup, ByPlace}, "district"},
}

var overWindows = []Window{
	{Period: "2021-Q2"}, {Period: "2021-Q2"}, {Period: "2021-M04"}, {Period: "2021-M05"}, {Period: "2021-H1"}, {Period: "2021-9M"}, {Period: "2021"},
	{Period: "2020-Q2"}, {Period: "2021-Q2", Calendar: "civil"}, {Period: "2021-H1", Calendar: "civil"}, {Period: "2021", Calendar: "civil"},
	{Period: "2021-Q2", Calendar: "tt33-2016"}, {Period: "2021-H1", Calendar: "tt33-2016"},
	{Period: "2021-03-20..2021-05-14"}, {Period: "2021-M05", Cumulative: true}, {Period: "2021-Q2", Cumulative: true}, {Period: "2021-Q2", Calendar: "civil", Cumulative: true},
}

// timeCheck compares the answers to a question with those of the oracle.
type timeCheck struct {
	t     *testing.T
	f     *fold
	w     Window
	m     timeMoment
	name  string
	cells int

	tables []overTable // to look at; nil: all of overTables
}

func (c *timeCheck) fatal(format string, args ...any) {
	c.t.Helper()
	c.t.Fatalf("%s, %+v, %+v: %s", c.name, c.w, c.m, fmt.Sprintf(format, args...))
}

// oracle works a window out; nil where nothing is known of it.
func (c *timeCheck) oracle(w Window) *timeOracle {
	from, to := oracleWindow(w)
	return newTimeOracle(c.f.journal(), from, to, c.m)
}

// run compares every row of every table, and with what it is compared.
func (c *timeCheck) run(request string) {
	c.t.Helper()
	c.w.Calendar = cmp.Or(c.w.Calendar, "d09") // and not that of the request
	o := c.oracle(c.w)
	q := Query{Request: request, Window: c.w, AsOf: c.m.asOf, Official: c.m.official}
	if _, err := c.f.state.Rollup(&c.f.ledger, q); err != nil || o == nil {
		known := oracleTileOf(c.f.journal(), request, c.m) != nil
		if (err == nil) != (o != nil && known) {
			c.fatal("got %v; the oracle knows of %v", err, o)
		}
		return
	}
	bases := map[string]*timeOracle{}
	for with, w := range compareWith(c.w) {
		bases[with] = c.oracle(w)
		q.Against = append(q.Against, with)
	}
	tables := c.tables
	if tables == nil {
		tables = overTables
	}
	for _, table := range tables {
		q.By, q.Level = table.by, table.level
		if q.Level != "" && !slices.ContainsFunc(o.regs[0].Places, func(p report.Place) bool { return p.Level == q.Level }) {
			continue
		}
		r, err := c.f.state.Rollup(&c.f.ledger, q)
		if err != nil {
			c.fatal("%v: %v", table, err)
		}
		c.head(o, r)
		c.table(o, bases, table, r)
	}
}

func (c *timeCheck) head(o *timeOracle, r *Rollup) {
	c.t.Helper()
	if got, want := overText(r.Over), o.over(); got != want {
		c.fatal("made of\n%s, want\n%s", got, want)
	}
	official, provisional := o.worth()
	silent := o.silent()
	if r.Official != official || r.Provisional != provisional || !slices.Equal(r.Missing, silent) || r.Asked != len(o.roster) || r.Heard != r.Asked-len(silent) {
		c.fatal("official %t, provisional %t, %d of %d, missing %v; want %t, %t, missing %v of %v",
			r.Official, r.Provisional, r.Heard, r.Asked, r.Missing, official, provisional, silent, o.roster)
	}
}

// table compares the rows of a table, in order: those of the time itself, and among those
// of the same agency, unit and place the ones that only a base has, or else behind them.
func (c *timeCheck) table(o *timeOracle, bases map[string]*timeOracle, table overTable, r *Rollup) {
	c.t.Helper()
	rows := o.rows(table.by, table.level)
	name := fmt.Sprint(table)
	inBase := map[string]map[figureKey]whereOver{}
	have, own := map[figureKey]bool{}, map[figureKey]bool{}
	for _, row := range rows {
		have[row.key], own[row.key] = true, true
	}
	for i, with := range []string{AgainstLastYear, AgainstPrevious} {
		b := bases[with]
		if got := r.Bases[i]; got.With != with || (got.Over != nil) != (b != nil) || b != nil && overText(got.Over) != b.over() {
			c.fatal("compared with %+v, want %v", got, b)
		}
		if b == nil {
			continue
		}
		inBase[with] = map[figureKey]whereOver{}
		level := table.level
		if level != "" && !slices.ContainsFunc(b.regs[0].Places, func(p report.Place) bool { return p.Level == level }) {
			level = ""
		}
		for _, row := range b.rows(table.by, level) {
			inBase[with][row.key] = row.where
			silent := row.where.unit == "" && row.where.place == "" && (slices.Contains(table.by, ByPlace) || slices.Contains(table.by, ByUnit))
			if !silent && !have[row.key] && o.def.Indicator(row.key.indicator) != nil {
				have[row.key] = true
				rows = append(rows, overRow{row.key, o.ofGroup(row.where, row.key.group)})
			}
		}
	}
	rows = byLines(rows, o.def)
	for i := range rows {
		if i >= len(r.Rows) {
			c.fatal("%s: no row for %+v", name, rows[i].key)
		}
		got, key := &r.Rows[i], rows[i].key
		cell := o.cell(rows[i].where, key.indicator)
		if !own[key] { // only a base has it
			cell = o.count(rows[i].where, o.def.Indicator(key.indicator))
			cell.mark = cell.silence(nil)
		}
		if figureKeyOf(got) != key || rowText(got) != cell.String() {
			c.fatal("%s: row %d: got %+v %s, want %+v %s", name, i, figureKeyOf(got), rowText(got), key, cell)
		}
		c.cells++
		ind := o.def.Indicator(key.indicator)
		for with, b := range bases {
			said, there := got.Against[with]
			if b == nil || b.def.Indicator(key.indicator) == nil || b.def.Indicator(key.indicator).Unit != ind.Unit || b.def.Indicator(key.indicator).Type != ind.Type {
				if there {
					c.fatal("%s: %+v is compared with what is not like it: %+v", name, key, said)
				}
				continue
			}
			var base oracleCell
			if where, known := inBase[with][key]; known {
				base = b.cell(where, key.indicator)
			} else { // its agencies were asked and heard all the same, or not
				base = b.count(b.ofGroup(rows[i].where, key.group), b.def.Indicator(key.indicator))
				base.mark = base.silence(nil)
			}
			if want := oracleAgainst(ind, cell, base); !there || againstText(said) != want {
				c.fatal("%s: %+v %s against %s: got %s, want %s", name, key, cell, with, againstText(said), want)
			}
			c.cells++
		}
	}
	if len(r.Rows) > len(rows) {
		c.fatal("%s: too many rows: %+v", name, figureKeyOf(&r.Rows[len(rows)]))
	}
}

// ofGroup gives a place to look at with the agencies that a group has at this time.
func (o *timeOracle) ofGroup(w whereOver, group string) whereOver {
	if group == "" {
		return w
	}
	w.agencies = []string{}
	for _, a := range o.roster {
		if cmp.Or(o.parent(a), a) == group {
			w.agencies = append(w.agencies, a)
		}
	}
	return w
}

// byLines puts rows that differ by their indicator alone together.
func byLines(rows []overRow, def *report.Definition) []overRow {
	var lines []figureKey
	in := map[figureKey][]overRow{}
	for _, row := range rows {
		line := row.key
		line.indicator = ""
		if in[line] == nil {
			lines = append(lines, line)
		}
		in[line] = append(in[line], row)
	}
	var out []overRow
	for _, line := range lines {
		for i := range def.Indicators {
			for _, row := range in[line] {
				if row.key.indicator == def.Indicators[i].Code {
					out = append(out, row)
				}
			}
		}
	}
	return out
}

// TestTimeAgainstOracle compares every cell of tables over time, and what they are
// made of and compared with.
func TestTimeAgainstOracle(t *testing.T) {
	cells := 0
	for seed := range seeds(t, 20) {
		h := randomTimeHistory(seed, 15)
		f := folded(h.events)
		for range 3 {
			c := timeCheck{t: t, f: f, w: overWindows[h.rng.IntN(len(overWindows))], name: fmt.Sprintf("seed %d", seed)}
			c.m.official = h.chance(1, 3)
			if h.chance(1, 2) {
				c.m.asOf = h.events[h.rng.IntN(len(h.events))].At
			}
			c.run(h.asks[h.rng.IntN(len(h.asks)-1)].Code)
			cells += c.cells
		}
	}
	if cells < 10_000 && *seedFlag == 0 {
		t.Errorf("only %d cells were looked at", cells)
	}
	t.Logf("%d cells", cells)
}
