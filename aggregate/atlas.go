package aggregate

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
	"tonghop/report/decimal"
)

// MapView says under which map of the country places are seen. The zero MapView is the
// map of the figures' own days.
type MapView struct {
	On calendar.Date // the map of this day
	// Allocate says by which key what was reported about a place is divided where it lies
	// in several: [AllocateEqually] (default) or [AllocateByWeights].
	Allocate string
	// Weights are those of places, by code: decimals not below nought. A place without one
	// weighs nothing; where all of those a place is divided among weigh nothing they get equal
	// parts.
	Weights map[string]decimal.Decimal
}

// The keys of allocation.
const (
	AllocateEqually   = "equal"
	AllocateByWeights = "weights"
)

// Mapped is what became of places under another map.
type Mapped struct {
	On       calendar.Date `json:"on"`
	Allocate string        `json:"allocate"`
	// Divided are the places that lie in several: figures about their parts are estimates.
	Divided []Division `json:"divided"`
	// Kept are the places that no map of the country has: they stay what they are.
	Kept []string `json:"kept"`
	// Places are those of the map that rows are about, and those above them.
	Places []report.Place `json:"places"`
}

// with gives what became of the places of two tiles.
func (m *Mapped) with(other *Mapped) *Mapped {
	if m == nil || other == nil {
		return cmp.Or(m, other)
	}
	out := *m
	for _, d := range other.Divided {
		if !slices.ContainsFunc(out.Divided, func(x Division) bool { return x.Place == d.Place }) {
			out.Divided = append(out.Divided, d)
		}
	}
	for _, code := range other.Kept {
		if !slices.Contains(out.Kept, code) {
			out.Kept = append(out.Kept, code)
		}
	}
	for _, p := range other.Places {
		if !slices.ContainsFunc(out.Places, func(x report.Place) bool { return x.Code == p.Code }) {
			out.Places = append(out.Places, p)
		}
	}
	return &out
}

// Division is a place that lies in several under another map.
type Division struct {
	Place string      `json:"place"`
	Name  report.Text `json:"name"`
	Parts []Share     `json:"parts"`
}

// Share is a part of a place.
type Share struct {
	Place string `json:"place"`
	Share string `json:"share"` // "1/3"
}

// atlas finds for the places of a tile where they lie under another map.
type atlas struct {
	tile
	view   MapView
	on     *country.Map         // of the tile's days
	target *country.Map         // of the day asked for
	parts  map[string][]located // by the tile's place
	places map[string]report.Place
	kept   []string
}

// located is a place of the map that one of the tile lies in.
type located struct {
	code  string
	share *big.Rat // nil: all
}

// day is the day on whose map the figures of a tile stand: the last one they are about.
func (t *tile) day() calendar.Date {
	if day := cmp.Or(t.period.To, t.request.To); !day.IsZero() {
		return day
	}
	return calendar.DateOf(t.latest, nil)
}

// atlas draws the map for a tile.
func (t tile) atlas(v MapView) *atlas {
	a := &atlas{
		tile: t, view: v, on: country.On(t.day()), target: country.On(v.On),
		parts: map[string][]located{}, places: map[string]report.Place{}, kept: []string{},
	}
	for i, used := range t.reportedOn() {
		if used {
			a.locate(t.places[i].code)
		}
	}
	return a
}

// reportedOn says which places of a tile something was reported about, and not only about
// what lies below them.
func (t *tile) reportedOn() []bool {
	out := make([]bool, len(t.places))
	for _, part := range t.parts {
		if part != nil {
			for i := range part.leaves {
				out[part.leaves[i].place] = true
			}
		}
	}
	return out
}

// unit finds a place of the tile among the units of the country; nil where it is none.
func (a *atlas) unit(code string) *country.Unit {
	u, p := a.on.Unit(code), a.knownPlace(code)
	if u == nil || p == nil || string(u.Level) != p.Level {
		return nil
	}
	return u
}

// locate finds where a place lies.
func (a *atlas) locate(code string) {
	u := a.unit(code)
	if u == nil {
		a.keep(code)
		return
	}
	parts := u.Trace(a.view.On, a.key)
	for _, p := range parts {
		a.put(p.Unit)
		at := located{code: p.Unit.Code}
		if len(parts) > 1 {
			at.share = p.Share
		}
		a.parts[code] = append(a.parts[code], at)
	}
	if len(parts) > 1 {
		a.stay(code, parts)
	}
}

// key divides a unit.
func (a *atlas) key(divided *country.Unit, among []*country.Unit) []*big.Rat {
	out := country.Equally(divided, among)
	if a.view.Allocate != AllocateByWeights {
		return out
	}
	weighed, some := make([]*big.Rat, len(among)), false
	for i, u := range among {
		weighed[i] = new(big.Rat)
		if w, given := a.view.Weights[u.Code]; given && w.Sign() > 0 {
			weighed[i], some = ratOf(w), true
		}
	}
	if !some {
		return out
	}
	return weighed
}

// put adds a unit of the map, and those above it.
func (a *atlas) put(u *country.Unit) {
	for u != nil {
		if _, there := a.places[u.Code]; there {
			return
		}
		a.places[u.Code] = report.Place{Code: u.Code, Name: report.Text{VI: u.FullName()}, Level: string(u.Level), Parent: u.Parent}
		u = a.target.Unit(u.Parent)
	}
}

// keep leaves a place as it is that is no unit of the country, under what became of the
// one above it.
func (a *atlas) keep(code string) {
	a.parts[code] = []located{{code: code}}
	a.kept = append(a.kept, code)
	p := report.Place{Code: code, Name: report.Text{VI: code}}
	if known := a.knownPlace(code); known != nil {
		p = *known
	}
	p.Parent, p.From, p.Until, p.Successor = "", calendar.Date{}, calendar.Date{}, ""
	for _, up := range a.frame.ancestors(code) {
		if u := a.unit(up); u != nil {
			if parts := u.Trace(a.view.On, a.key); len(parts) == 1 {
				a.put(parts[0].Unit)
				p.Parent = parts[0].Unit.Code
			}
			break
		}
	}
	a.places[code] = p
}

// stayed is the code under which a place goes on that is divided, for what cannot be: the
// map may have another of its own code.
func (a *atlas) stayed(code string) string { return code + "@" + a.on.Until.String() }

// stay keeps a place that is divided for figures that cannot be.
func (a *atlas) stay(code string, parts []country.Part) {
	p := report.Place{Code: a.stayed(code), Name: report.Text{VI: code}, Parent: parts[0].Unit.Province}
	if known := a.knownPlace(code); known != nil {
		p.Name, p.Level = report.Text{VI: known.Name.VI + " (chưa chia)", EN: known.Name.In("en") + " (not divided)"}, known.Level
	}
	for _, part := range parts {
		if part.Unit.Province != p.Parent || part.Unit.Code == p.Parent {
			p.Parent = ""
		}
	}
	a.places[p.Code] = p
}

// register gives the places of the map as a register: provinces in order, in each what was
// kept, and then districts with their communes.
func (a *atlas) register() *report.Register {
	r := &report.Register{Code: a.tile.register.Code, Version: a.tile.register.Version, Title: a.tile.register.Title, Agencies: a.tile.register.Agencies}
	for _, p := range a.places {
		r.Places = append(r.Places, p)
	}
	path := map[string]string{}
	for code := range a.places {
		path[code] = a.path(code)
	}
	slices.SortFunc(r.Places, func(x, y report.Place) int {
		return cmp.Or(strings.Compare(path[x.Code], path[y.Code]), strings.Compare(x.Code, y.Code))
	})
	return r.Index()
}

// path spells where a place stands in order.
func (a *atlas) path(code string) string {
	p := a.places[code]
	own := "1" + code
	if u := a.target.Unit(code); u == nil || string(u.Level) != p.Level {
		own = "0" + code // kept: before the units beside it
	}
	if p.Parent == "" {
		return own
	}
	return a.path(p.Parent) + "/" + own
}

// remap gives a tile under the map of another day, and what became of its places.
func (t tile) remap(v MapView) (tile, *Mapped) {
	a := t.atlas(v)
	f := &frame{
		request: t.request, definition: t.definition, register: a.register(), agencies: t.agencies,
		placeAt: map[string]int32{}, unitAt: map[string]int32{},
	}
	said := &Mapped{On: v.On, Allocate: cmp.Or(v.Allocate, AllocateEqually), Divided: []Division{}, Kept: a.kept}
	for i := range t.places {
		if parts := a.parts[t.places[i].code]; len(parts) > 1 {
			f.divided = true
			said.Divided = append(said.Divided, a.division(t.places[i].code, parts))
		}
	}
	slices.SortFunc(said.Divided, func(x, y Division) int { return strings.Compare(x.Place, y.Place) })
	slices.Sort(said.Kept)
	f.planAll()
	for i := range f.plans {
		f.plans[i].additive = f.plans[i].additive && !f.divided
	}
	m := &tiling{frame: f, mapped: true}
	l := f.lay(t)
	l.stays = make([]int32, len(t.places))
	for i := range t.places {
		code := t.places[i].code
		l.places[i] = nil
		for _, p := range a.parts[code] {
			l.places[i] = append(l.places[i], move{f.place(p.code), p.share})
		}
		if len(a.parts[code]) > 1 {
			l.stays[i] = f.place(a.stayed(code))
		}
	}
	m.tiles = []laid{l}
	m.hear()
	out := t
	out.cube, out.under = m.cube(), m
	said.Places = f.register.Places
	return out, said
}

func (a *atlas) division(code string, parts []located) Division {
	d := Division{Place: code, Name: report.Text{VI: code}}
	if p := a.knownPlace(code); p != nil {
		d.Name = p.Name
	}
	for _, p := range parts {
		d.Parts = append(d.Parts, Share{p.code, p.share.RatString()})
	}
	return d
}
