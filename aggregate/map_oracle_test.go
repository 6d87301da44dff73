package aggregate

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// The oracle under another map, as docs/adr/0034 has it: each figure of a paper is carried
// to the places of the day asked for, by fractions, what meets there is made one, and then
// time and the other axes go on as they do without a map.

// oraclePiece is how many parts of a figure that was divided lie in a cell, of how many.
type oraclePiece struct{ here, of int }

func piecesOf(a, b map[string]oraclePiece) map[string]oraclePiece {
	out := map[string]oraclePiece{}
	for _, m := range []map[string]oraclePiece{a, b} {
		for key, p := range m {
			out[key] = oraclePiece{out[key].here + p.here, p.of}
		}
	}
	return out
}

// isEstimate reports whether only some of the parts of a figure lie in a cell.
func (o *timeOracle) isEstimate(w whereOver, code string) bool {
	var all map[string]oraclePiece
	for _, f := range o.at(w, code) {
		if f.mark == "" {
			all = piecesOf(all, f.pieces)
		}
	}
	for _, p := range all {
		if p.here < p.of {
			return true
		}
	}
	return false
}

// oracleMap carries the figures of one tile.
type oracleMap struct {
	*oracleTile
	view   MapView
	on     *country.Map // of the tile's days
	target *country.Map
	places map[string]report.Place // of the map asked for
}

// oraclePart is where a place lies.
type oraclePart struct {
	code  string
	share *big.Rat // nil: all of it
	of    int      // how many parts; 0: it is the only one
}

// under carries the tiles that stand on another map to that of a day; the zero day is that of
// the newest tile.
func (o *timeOracle) under(v MapView) {
	if v.On.IsZero() {
		v.On = o.tiles[len(o.tiles)-1].to
	}
	places := map[string]report.Place{}
	moved := []*oracleTile{}
	for _, t := range o.tiles {
		m := oracleMap{t, v, country.On(t.to), country.On(v.On), places}
		if m.on != m.target {
			m.carry()
			moved = append(moved, t)
		}
	}
	if len(moved) == 0 {
		return
	}
	target := country.On(v.On)
	for _, t := range o.tiles { // the map has all units of its provinces, also those reported about without it
		for _, p := range t.reg.Places {
			if u := target.Unit(p.Code); u != nil && string(u.Level) == p.Level && places[u.Province].Code != "" {
				(&oracleMap{target: target, places: places}).know(u)
			}
		}
	}
	var path func(code string) string
	path = func(code string) string {
		p := places[code]
		own := "0" + code // what is no unit of the map stands before those that are
		if u := target.Unit(code); u != nil && string(u.Level) == p.Level {
			own = "1" + code
		}
		if p.Parent == "" {
			return own
		}
		return path(p.Parent) + "/" + own
	}
	var all []report.Place
	for _, p := range places {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b report.Place) int {
		return cmp.Or(strings.Compare(path(a.Code), path(b.Code)), strings.Compare(a.Code, b.Code))
	})
	for _, t := range moved {
		t.reg = (&report.Register{Code: t.reg.Code, Version: t.reg.Version, Agencies: t.reg.Agencies, Places: all}).Index()
	}
}

// carry makes the tile's figures under the map.
func (m *oracleMap) carry() {
	type strand struct {
		from ofact
		part oraclePart
	}
	runs := map[[4]string][]strand{}
	for _, f := range m.facts {
		ind := m.def.Indicator(f.indicator)
		parts := m.locate(f.place)
		if len(parts) > 1 && !oracleDivides(ind) {
			parts = []oraclePart{{code: m.stays(f.place)}}
		}
		for _, p := range parts {
			at := [4]string{f.agency, f.unit, p.code, f.indicator}
			runs[at] = append(runs[at], strand{f, p})
		}
	}
	m.mapped = map[[4]string]overFigure{}
	told := map[[4]string]map[string]bool{} // places with a figure, by what they came to
	for at, run := range runs {
		slices.SortFunc(run, func(a, b strand) int { return m.comparePlaces(a.from.place, b.from.place) })
		ind := m.def.Indicator(at[3])
		var figures []overFigure
		var reasons []string
		pieces := map[string]oraclePiece{}
		for _, s := range run {
			f := overFigureOf(s.from.value)
			if f.mark != "" {
				reasons = append(reasons, f.mark)
				continue
			}
			f.agency, f.unit, f.place = at[0], at[1], at[2]
			f.weight = m.weightOf(s.from, ind)
			if s.part.share != nil {
				if f.weight != nil {
					f.weight = new(big.Rat).Mul(f.weight, s.part.share)
				}
				if ind.On(report.AxisPlace) == report.RollSum {
					f.num, f.divided = new(big.Rat).Mul(f.num, s.part.share), true
				}
				pieces[fmt.Sprint(m.code, s.from.agency, s.from.unit, s.from.place, s.from.indicator)] = oraclePiece{1, s.part.of}
				f.shown = ""
			}
			if told[at] == nil {
				told[at] = map[string]bool{}
			}
			told[at][s.from.place] = true
			figures = append(figures, f)
		}
		f := m.meet(ind, figures, reasons)
		f.agency, f.unit, f.place, f.papers, f.pieces = at[0], at[1], at[2], len(figures), pieces
		m.mapped[at] = f
	}
	m.rates(told)
}

// meet makes one figure of those of an agency that come to lie at one place.
func (m *oracleMap) meet(ind *report.Indicator, figures []overFigure, reasons []string) (out overFigure) {
	roll := ind.On(report.AxisPlace)
	switch {
	case len(figures) == 0:
		out.mark = weightiestOf(reasons)
		return out
	case ind.Num != "" && len(figures) > 1:
		out.mark = "undefined" // recomputed, or not: see rates
		return out
	case len(figures) > 1 && !oracleFits(ind, roll):
		out.mark = "not_additive"
		return out
	case len(figures) == 1 && figures[0].shown != "":
		return figures[0]
	}
	out = oracleRun(roll, figures)
	if out.kind == report.Number && out.num == nil {
		out.mark = "undefined"
		if out.weight == nil {
			out.mark = "not_additive"
		}
		return out
	}
	out.shown, _ = out.written(ind.Scale)
	return out
}

// rates settles the ratios: that of one place stands, one of several is recomputed from its
// parts, and refused where there are none or places do not roll.
func (m *oracleMap) rates(told map[[4]string]map[string]bool) {
	sites := map[[3]string]bool{}
	for at := range m.mapped {
		sites[[3]string(at[:3])] = true
	}
	for i := range m.def.Indicators {
		ind := &m.def.Indicators[i]
		if ind.Num == "" {
			continue
		}
		for s := range sites {
			key := func(code string) [4]string { return [4]string{s[0], s[1], s[2], code} }
			places, parts := map[string]bool{}, false
			for _, code := range []string{ind.Code, ind.Num, ind.Den} {
				for p := range told[key(code)] {
					places[p] = true
					parts = parts || code != ind.Code
				}
			}
			if len(places) < 2 {
				continue
			}
			delete(m.mapped, key(ind.Code))
			switch refused := (overFigure{agency: s[0], unit: s[1], place: s[2]}); {
			case ind.Roll.Place == report.RollNone:
				refused.mark = "not_additive"
				m.mapped[key(ind.Code)] = refused
			case !parts:
				refused.mark = "undefined"
				m.mapped[key(ind.Code)] = refused
			}
		}
	}
}

// weightOf gives what a figure of a paper weighs.
func (m *oracleMap) weightOf(f ofact, ind *report.Indicator) *big.Rat {
	if ind.Weight == "" {
		return big.NewRat(1, 1)
	}
	switch v, known := m.said(f.agency, f.unit, f.place, ind.Weight); {
	case known && v.Kind == report.Nil:
		return new(big.Rat)
	case known && v.Kind == report.Number:
		return ofRat(v)
	}
	return nil
}

// oracleDivides reports whether parts of a place have parts of its figure, or the figure itself.
func oracleDivides(ind *report.Indicator) bool {
	roll := ind.On(report.AxisPlace)
	return ind.Num != "" || slices.Contains([]report.Rolling{report.RollSum, report.RollMean, report.RollMin, report.RollMax, report.RollAll, report.RollAny}, roll) && oracleFits(ind, roll)
}

func (m *oracleMap) comparePlaces(a, b string) int {
	rank := func(code string) int {
		at := slices.IndexFunc(m.reg.Places, func(p report.Place) bool { return p.Code == code })
		if at < 0 {
			return len(m.reg.Places)
		}
		return at
	}
	return cmp.Or(rank(a)-rank(b), strings.Compare(a, b))
}

// unit is a place of the tile as a unit of the country; nil where it is none.
func (m *oracleMap) unit(code string) *country.Unit {
	for _, p := range m.reg.Places {
		if u := m.on.Unit(code); p.Code == code && u != nil && string(u.Level) == p.Level {
			return u
		}
	}
	return nil
}

// locate gives where a place of the tile lies under the map, and makes these places known.
func (m *oracleMap) locate(code string) (out []oraclePart) {
	u := m.unit(code)
	if u == nil {
		m.keep(code)
		return []oraclePart{{code: code}}
	}
	shares := m.shares(u)
	for to, share := range shares {
		m.know(to)
		p := oraclePart{code: to.Code}
		if len(shares) > 1 {
			p.share, p.of = share, len(shares)
		}
		out = append(out, p)
	}
	return out
}

func (m *oracleMap) know(u *country.Unit) {
	m.places[u.Code] = report.Place{Code: u.Code, Level: string(u.Level), Parent: u.Parent}
	if up := m.target.Unit(u.Parent); up != nil {
		m.know(up)
	}
}

// keep leaves a place that no map has under what became, whole, of the place above it.
func (m *oracleMap) keep(code string) {
	p := report.Place{Code: code}
	for up := code; ; {
		at := slices.IndexFunc(m.reg.Places, func(p report.Place) bool { return p.Code == up })
		if at < 0 {
			break
		}
		if up == code {
			p.Level = m.reg.Places[at].Level
		} else if u := m.unit(up); u != nil {
			if shares := m.shares(u); len(shares) == 1 {
				for to := range shares {
					m.know(to)
					p.Parent = to.Code
				}
			}
			break
		}
		up = m.reg.Places[at].Parent
	}
	m.places[code] = p
}

// stays is the code of a divided place for what cannot be divided.
func (m *oracleMap) stays(code string) string {
	u := m.unit(code)
	day := u.Until
	if day.IsZero() {
		day = u.From
	}
	p := report.Place{Code: code + "@" + day.String(), Level: string(u.Level)}
	provinces := map[string]bool{}
	for to := range m.shares(u) {
		provinces[to.Province] = true
		p.Parent = to.Province
	}
	if len(provinces) > 1 {
		p.Parent = ""
	}
	m.places[p.Code] = p
	return p.Code
}

// shares gives the units of the map in which one lies: it goes from one day on which the map
// changed to the next, and divides what is divided there.
func (m *oracleMap) shares(u *country.Unit) map[*country.Unit]*big.Rat {
	if m.target.Unit(u.Code) == u {
		return map[*country.Unit]*big.Rat{u: big.NewRat(1, 1)}
	}
	var among []*country.Unit
	switch later := !u.Until.IsZero() && u.Until.Before(m.view.On); {
	case !later:
		among = u.Predecessors()
	case u.Level == country.District && len(u.Successors()) == 0: // it ended with its level
		for _, c := range country.On(u.Until).Communes(u.Province) {
			if c.Parent == u.Code {
				among = append(among, c)
			}
		}
	default:
		among = u.Successors()
	}
	if len(among) == 0 {
		return map[*country.Unit]*big.Rat{u: big.NewRat(1, 1)} // nothing is known of what became of it
	}
	out := map[*country.Unit]*big.Rat{}
	for i, w := range m.weigh(among) {
		for to, share := range m.shares(among[i]) {
			part := new(big.Rat).Mul(w, share)
			if out[to] != nil {
				part.Add(part, out[to])
			}
			out[to] = part
		}
	}
	return out
}

// weigh gives the shares by the key; equal ones where it does not know them.
func (m *oracleMap) weigh(among []*country.Unit) []*big.Rat {
	weights, all, known := make([]*big.Rat, len(among)), new(big.Rat), 0
	for i, u := range among {
		weights[i] = new(big.Rat)
		switch m.view.Allocate {
		case AllocateByWeights:
			weights[i].SetString(m.view.Weights[u.Code].String())
		case AllocateByPopulation:
			for _, p := range m.reg.Places {
				if p.Code == u.Code && m.target.Unit(p.Code) != nil && string(m.target.Unit(p.Code).Level) == p.Level && oracleLives(p, m.view.On) {
					weights[i].SetString(p.Population.String())
				}
			}
		}
		all.Add(all, weights[i])
		if weights[i].Sign() > 0 {
			known++
		}
	}
	equally := known == 0 || m.view.Allocate == AllocateByPopulation && known < len(among)
	for i := range weights {
		if equally {
			weights[i] = big.NewRat(1, int64(len(among)))
		} else {
			weights[i].Quo(weights[i], all)
		}
	}
	return weights
}

func oracleLives(p report.Place, day calendar.Date) bool {
	return (p.From.IsZero() || !day.Before(p.From)) && (p.Until.IsZero() || !p.Until.Before(day))
}
