package aggregate

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// What a figure can be compared with ([Query.Against]).
const (
	AgainstPrevious = "previous"  // the period before, of the same length ("so với kỳ trước")
	AgainstLastYear = "last-year" // the same period a year earlier ("so với cùng kỳ")
	AgainstPlan     = "plan"      // what was planned ("so với kế hoạch"): see [State.planBase]
)

// AgainstAll are all of them, in the order in which they are named.
var AgainstAll = []string{AgainstPrevious, AgainstLastYear, AgainstPlan}

// AgainstWords names another time as a reader does.
func AgainstWords(with string) report.Text {
	switch with {
	case AgainstPrevious:
		return report.Text{VI: "kỳ trước", EN: "the period before"}
	case AgainstLastYear:
		return report.Text{VI: "cùng kỳ năm trước", EN: "the same period last year"}
	case AgainstPlan:
		return report.Text{VI: "kế hoạch", EN: "the plan"}
	}
	return report.Text{}
}

// Base is another time with which figures are compared, or the plan.
type Base struct {
	With        string        `json:"with"`          // [AgainstPrevious] or its kin
	From        calendar.Date `json:"from,omitzero"` // absent of a plan where the request has no period
	To          calendar.Date `json:"to,omitzero"`
	Official    bool          `json:"official"`
	Provisional bool          `json:"provisional"`
	// Over is what the base is made of; absent where no request lies within it: then
	// nothing is compared.
	Over   *Over   `json:"over,omitempty"`
	Mapped *Mapped `json:"map,omitempty"` // where its places were others: restated on the map of the figures
	// Plans are the indicators of the same reports that state the plan of others, by the
	// code of these.
	Plans map[string]string `json:"plans,omitempty"`
	// Unlike names the indicators that are not compared: the definition of the base
	// has another unit or type for them, or does not have them. Of a plan: those in
	// numbers of which there is none.
	Unlike []string `json:"unlike"`
}

// IsNothing reports whether there is nothing to compare with.
func (b *Base) IsNothing() bool { return b.Over == nil && len(b.Plans) == 0 }

// Against is a figure beside that of another time. What cannot be worked out is
// null: nothing is compared with what is not known (law 8).
type Against struct {
	Value   *string     `json:"value"` // of the base
	Mark    report.Mark `json:"mark"`
	Reports Count       `json:"reports"` // heard and asked for the base

	// Difference is the figure less its base: of percentages, in percentage points.
	Difference *string `json:"difference"`
	// Index is 100 x the figure / its base, and Growth 100 x (the figure - its base) /
	// its base; both rounded half to even to two decimals. Null where the base is not
	// above nought, and of percentages, whose ratio says nothing.
	Index  *string `json:"index"`
	Growth *string `json:"growth"`
}

// indexScale is how many decimals index and growth have.
const indexScale = 2

// checkAgainst refuses what figures cannot be compared with.
func (q *Query) checkAgainst() error {
	for _, name := range q.Against {
		if !slices.Contains(AgainstAll, name) {
			choices := strings.Join(AgainstAll, ", ")
			return wrongParameter("against", name, "một trong: "+choices, "one of: "+choices)
		}
	}
	return nil
}

// base gives the days of another time.
func (d *days) base(with string) days {
	if with == AgainstPrevious {
		return daysOf(d.period.Prev(), d.cumulative)
	}
	return daysOf(d.period.LastYear(), d.cumulative)
}

// compare puts beside each row that of the times it is compared with. What stands
// in a base alone becomes a row without a figure, in the line it belongs to (law 4).
func (s *State) compare(l *report.Ledger, q *Query, by axes, whole *scope, out *Rollup) error {
	if len(q.Against) == 0 {
		return nil
	}
	of, err := q.agencyMask(whole.frame)
	if err != nil {
		return err
	}
	var all [][]basis // by base
	for _, with := range slices.Compact(slices.Sorted(slices.Values(q.Against))) {
		find := s.timeBase
		if with == AgainstPlan {
			find = s.planBase
		}
		c := comparison{q, by, whole, with}
		b, in, err := find(l, &c)
		if err != nil {
			return err
		}
		for _, f := range in {
			out.Register = out.Register.With(f.base.register)
		}
		out.Bases, all = append(out.Bases, b), append(all, in)
	}
	whole.addSilent(out, by, all, of)
	for k := range out.Bases {
		for _, in := range all[k] {
			whole.beside(out, &out.Bases[k], in)
		}
	}
	if len(slices.Concat(all...)) > 0 {
		out.Rows = whole.inLines(out.Rows)
	}
	return nil
}

// comparison is a query with what its figures are compared with.
type comparison struct {
	*Query
	by    axes
	whole *scope
	with  string
}

// days gives those of the figures that are compared.
func (c *comparison) days() (days, error) {
	if c.whole.over != nil {
		return c.whole.days, nil
	}
	return c.Window.days(c.whole.frame)
}

// view is the map on which a base stands: that of the figures. It says so where that is
// another than its own.
func (c *comparison) view() MapView {
	v := c.Map
	v.On = c.whole.on
	return v
}

// timeBase finds the figures of another time.
func (s *State) timeBase(l *report.Ledger, c *comparison) (Base, []basis, error) {
	d, err := c.days()
	if err != nil {
		return Base{}, nil, err
	}
	d = d.base(c.with)
	b := Base{With: c.with, From: d.from, To: d.to, Unlike: []string{}}
	base := s.recalledTile(l, c.whole.request, d, c.view(), c.AsOf, c.Official)
	if base == nil {
		return b, nil, nil
	}
	in, err := c.ask(base, &b, c.Query)
	if b.Unlike = c.whole.codes(); in.as == nil {
		b.Unlike = c.whole.unlike(base.frame)
	}
	in.not = b.Unlike
	return b, []basis{in}, err
}

// basis is what a base has to put beside rows.
type basis struct {
	base *scope
	rows []Row
	of   []bool            // agencies of the base that are asked about; nil: all
	not  []string          // indicators that are not compared
	as   map[string]string // those that are, with the indicator of the base; nil: all, with themselves
}

// indicator gives the indicator of a base with which one is compared; false where it is not.
func (f *basis) indicator(code string) (string, bool) {
	if f.as == nil {
		return code, !slices.Contains(f.not, code)
	}
	as, compared := f.as[code]
	return as, compared
}

// ask asks a query of a base, as far as that knows what it is about, and says what the base is
// made of.
func (c *comparison) ask(base *scope, b *Base, q *Query) (in basis, err error) {
	known, some := q.knownTo(base.frame)
	in.base = base
	if in.of, err = known.agencyMask(base.frame); err != nil {
		return in, err
	}
	if some {
		r, err := known.answer(base, c.by)
		if err != nil {
			return in, err
		}
		in.rows, b.Over = r.Rows, r.Over
	} else {
		in.of = make([]bool, len(base.request.Agencies))
		b.Over = base.overOf(in.of)
	}
	b.Mapped, b.Official, b.Provisional = base.mapped, base.official, base.provisional
	if q.checkLevel(base.frame) != nil { // its places cannot be those of the rows
		in.rows, in.as = nil, map[string]string{}
	}
	return in, nil
}

// codes gives the codes of all indicators.
func (f *frame) codes() (out []string) {
	for i := range f.plans {
		out = append(out, f.plans[i].Code)
	}
	return out
}

// knownTo gives the query without what the frame of another time does not know;
// false where nothing is left of what is asked for.
func (q *Query) knownTo(f *frame) (out Query, some bool) {
	out = *q
	out.Agencies = slices.DeleteFunc(slices.Clone(q.Agencies), func(code string) bool { _, asked := f.agencies[code]; return !asked })
	out.Indicators = slices.DeleteFunc(slices.Clone(q.Indicators), func(code string) bool { return f.position(code) < 0 })
	out.Places = slices.DeleteFunc(slices.Clone(q.Places), func(code string) bool {
		_, reported := f.placeAt[code]
		found, _ := f.register.Select([]string{code}, f.request.To)
		return !reported && len(found) == 0
	})
	if q.checkLevel(f) != nil {
		out.Level = ""
	}
	left := func(asked, known []string) bool { return len(asked) == 0 || len(known) > 0 }
	return out, left(q.Agencies, out.Agencies) && left(q.Indicators, out.Indicators) && left(q.Places, out.Places)
}

// unlike names the indicators that another frame has with another unit or type, or
// not at all, in the order of the definition.
func (f *frame) unlike(other *frame) []string {
	out := []string{}
	for i := range f.plans {
		p := &f.plans[i]
		if at := other.position(p.Code); at < 0 || other.plans[at].Unit != p.Unit || other.plans[at].Type != p.Type {
			out = append(out, p.Code)
		}
	}
	return out
}

// addSilent adds a row for what stands in a base alone. The scope is asked of some
// agencies; nil: of all. Who was silent in the base has nothing there.
func (s *scope) addSilent(out *Rollup, by axes, all [][]basis, of []bool) {
	seen := map[figureKey]bool{}
	for i := range out.Rows {
		seen[figureKeyOf(&out.Rows[i])] = true
	}
	for _, in := range slices.Concat(all...) {
		rows := in.rows
		for i := range rows {
			silent := (by.place || by.unit) && rows[i].Place == nil && rows[i].Unit == nil
			if key := figureKeyOf(&rows[i]); !silent && !seen[key] && s.position(key.indicator) >= 0 {
				seen[key] = true
				out.Rows = append(out.Rows, s.silentRow(of, &rows[i]))
			}
		}
	}
}

// beside puts the rows of a base beside those of the scope. Where it has none its agencies
// were asked and heard all the same, or not.
func (s *scope) beside(out *Rollup, b *Base, in basis) {
	at := map[figureKey]*Row{}
	for i := range in.rows {
		at[figureKeyOf(&in.rows[i])] = &in.rows[i]
	}
	for i := range out.Rows {
		r := &out.Rows[i]
		code, compared := in.indicator(r.Indicator)
		if !compared {
			continue
		}
		if r.Against == nil {
			r.Against = map[string]Against{}
		}
		base := at[figureKeyOf(r)]
		if base == nil {
			of := *r
			of.Indicator = code
			silent := in.base.silentRow(in.of, &of)
			base = &silent
		}
		r.Against[b.With] = against(s.plans[s.position(r.Indicator)].Indicator, r, base)
	}
}

// inLines brings rows together that differ in their indicator alone, in the order of the
// definition; those that come first stay first.
func (s *scope) inLines(rows []Row) []Row {
	line := func(r *Row) figureKey {
		key := figureKeyOf(r)
		key.indicator = ""
		return key
	}
	at := map[figureKey]int{}
	for i := range rows {
		if key := line(&rows[i]); at[key] == 0 {
			at[key] = len(at) + 1
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(at[line(&a)], at[line(&b)]), cmp.Compare(s.position(a.Indicator), s.position(b.Indicator)))
	})
	return rows
}

// figureKey is what a row is of.
type figureKey struct{ agency, group, unit, place, indicator string }

func figureKeyOf(r *Row) figureKey {
	return figureKey{orNothing(r.Agency), orNothing(r.Group), orNothing(r.Unit), orNothing(r.Place), r.Indicator}
}

// silentRow gives the row of what the scope has no figure of, and a base has: of the
// agencies of that row which the query is about, how many are asked and were heard.
func (s *scope) silentRow(of []bool, base *Row) Row {
	r := Row{Agency: base.Agency, Group: base.Group, Unit: base.Unit, Place: base.Place, Indicator: base.Indicator}
	i, n, nothing := s.position(base.Indicator), Count{}, false
	for at, code := range s.request.Agencies {
		a := int32(at)
		switch {
		case of != nil && !of[a], base.Agency != nil && *base.Agency != code, base.Group != nil && *base.Group != s.groupOf(code),
			base.Unit != nil && !s.register.AgencyIsUnder(*base.Unit, code):
			continue
		case s.apart:
			n.Heard += s.told[i][a].Heard
			n.Asked += s.told[i][a].Asked
		}
		if !s.plans[i].asks[a] {
			continue
		}
		r.Asked++
		if s.hears(a, i) {
			r.Heard++
			nothing = nothing || s.parts[a].isNothing(i)
		}
	}
	if s.apart {
		r.Reports = &n
	}
	r.Mark = unsaid(r.Asked, r.Heard, nothing)
	return r
}

// against works a figure out against that of its base.
func against(ind *report.Indicator, r, base *Row) Against {
	out := Against{Value: base.Value, Mark: base.Mark}
	if out.Reports = (Count{base.Heard, base.Asked}); base.Reports != nil {
		out.Reports = *base.Reports
	}
	if !ind.IsNumber() || r.Value == nil || base.Value == nil {
		return out
	}
	x, errX := decimal.Parse(*r.Value)
	y, errY := decimal.Parse(*base.Value)
	if errX != nil || errY != nil {
		return out // no number stands there, whatever the indicator says
	}
	diff := new(big.Rat).Sub(ratOf(x), ratOf(y))
	out.Difference = rounded(diff, decimal.MaxScale)
	if y.Sign() <= 0 || IsPercent(ind) {
		return out
	}
	hundred := big.NewRat(100, 1)
	out.Index = rounded(new(big.Rat).Quo(new(big.Rat).Mul(hundred, ratOf(x)), ratOf(y)), indexScale)
	out.Growth = rounded(new(big.Rat).Quo(new(big.Rat).Mul(hundred, diff), ratOf(y)), indexScale)
	return out
}

// IsPercent reports whether an indicator counts in hundredths of something: then two
// figures differ in percentage points, and have no index.
func IsPercent(ind *report.Indicator) bool {
	return ind.Unit == "%" || isRatio(ind) && ind.Factor == 100
}

// rounded writes a fraction, half to even; nil where it is too large to be held.
func rounded(r *big.Rat, scale int) *string {
	v, mark := number(r, scale)
	if mark != report.MarkNone {
		return nil
	}
	return textOf(v)
}
