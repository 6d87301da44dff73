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
)

// AgainstWords names another time as a reader does.
func AgainstWords(with string) report.Text {
	switch with {
	case AgainstPrevious:
		return report.Text{VI: "kỳ trước", EN: "the period before"}
	case AgainstLastYear:
		return report.Text{VI: "cùng kỳ năm trước", EN: "the same period last year"}
	}
	return report.Text{}
}

// Base is another time with which figures are compared.
type Base struct {
	With        string        `json:"with"` // [AgainstPrevious] or its kin
	From        calendar.Date `json:"from"`
	To          calendar.Date `json:"to"`
	Official    bool          `json:"official"`
	Provisional bool          `json:"provisional"`
	// Over is what the base is made of; absent where no request lies within it: then
	// nothing is compared.
	Over   *Over   `json:"over,omitempty"`
	Mapped *Mapped `json:"map,omitempty"` // where its places were others: restated on the map of the figures
	// Unlike names the indicators that are not compared: the definition of the base
	// has another unit or type for them, or does not have them.
	Unlike []string `json:"unlike"`
}

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
		if name != AgainstPrevious && name != AgainstLastYear {
			choices := strings.Join([]string{AgainstPrevious, AgainstLastYear}, ", ")
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
	d := whole.days
	if whole.over == nil {
		if d, err = q.Window.days(whole.frame); err != nil {
			return err
		}
	}
	view := q.Map
	view.On = whole.on // the base stands on the map of the figures, and says so
	var all []found    // by base
	for _, with := range slices.Compact(slices.Sorted(slices.Values(q.Against))) {
		days := d.base(with)
		b := Base{With: with, From: days.from, To: days.to, Unlike: []string{}}
		var rows found
		if base := s.recalledTile(l, whole.request, days, view, q.AsOf, q.Official); base != nil {
			known, some := q.knownTo(base.frame)
			rows.base = base
			if rows.of, err = known.agencyMask(base.frame); err != nil {
				return err
			}
			if some {
				r, err := known.answer(base, by)
				if err != nil {
					return err
				}
				rows.rows, b.Over = r.Rows, r.Over
				out.Register = out.Register.With(r.Register)
			} else {
				rows.of = make([]bool, len(base.request.Agencies))
				b.Over = base.overOf(rows.of)
			}
			b.Mapped, b.Official, b.Provisional = base.mapped, base.official, base.provisional
			b.Unlike = whole.unlike(base.frame)
			if q.checkLevel(base.frame) != nil { // its places cannot be those of the rows
				b.Unlike, rows.rows = whole.codes(), nil
			}
		}
		out.Bases = append(out.Bases, b)
		all = append(all, rows)
	}
	whole.addSilent(out, by, all, of)
	for k := range out.Bases {
		whole.beside(out, &out.Bases[k], all[k])
	}
	return nil
}

// found is what a base has to put beside rows.
type found struct {
	base *scope
	rows []Row
	of   []bool // agencies of the base that are asked about; nil: all
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
func (s *scope) addSilent(out *Rollup, by axes, all []found, of []bool) {
	seen := map[figureKey]bool{}
	for i := range out.Rows {
		seen[figureKeyOf(&out.Rows[i])] = true
	}
	for _, in := range all {
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
func (s *scope) beside(out *Rollup, b *Base, in found) {
	if b.Over == nil {
		return
	}
	at := map[figureKey]*Row{}
	for i := range in.rows {
		at[figureKeyOf(&in.rows[i])] = &in.rows[i]
	}
	for i := range out.Rows {
		r := &out.Rows[i]
		if slices.Contains(b.Unlike, r.Indicator) {
			continue
		}
		if r.Against == nil {
			r.Against = map[string]Against{}
		}
		base := at[figureKeyOf(r)]
		if base == nil {
			silent := in.base.silentRow(in.of, r)
			base = &silent
		}
		r.Against[b.With] = against(s.plans[s.position(r.Indicator)].Indicator, r, base)
	}
	out.Rows = s.inLines(out.Rows)
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
	if base.Reports != nil {
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
