package aggregate

import (
	"cmp"
	"maps"
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
	// in several: [AllocateEqually] (default), [AllocateByPopulation] or [AllocateByWeights].
	Allocate string
	// Weights are those of places, by code: decimals not below nought. A place without one
	// weighs nothing; where all of those a place is divided among weigh nothing they get equal
	// parts, as they do where the register does not state the population of each.
	Weights map[string]decimal.Decimal
}

// The keys of allocation. That by population divides a place by the population that the
// register of the request states for its parts.
const (
	AllocateEqually      = "equal"
	AllocateByPopulation = "population"
	AllocateByWeights    = "weights"
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
	out := Mapped{On: m.On, Allocate: m.Allocate, Divided: slices.Clone(m.Divided), Kept: slices.Clone(m.Kept)}
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
	return &out
}

// Division is a place that lies in several under another map. By is the key by which it was
// divided: equally too where the weights of its parts are not known.
type Division struct {
	Place string      `json:"place"`
	Name  report.Text `json:"name"`
	By    string      `json:"by"`
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
	stays  map[string]string // by a place that is divided: where what cannot be is left
	kept   []string

	equally    map[string]bool            // places divided equally
	population map[string]decimal.Decimal // see [atlas.people]
}

// located is a place of the map that one of the tile lies in.
type located struct {
	code  string
	share *big.Rat // nil: all
	parts int      // of how many; 0: it is the only one
}

// day is the day on whose map the figures of a tile stand: the last one they are about.
func (t *tile) day() calendar.Date {
	if day := cmp.Or(t.period.To, t.request.To); !day.IsZero() {
		return day
	}
	return calendar.DateOf(t.latest, nil)
}

// atlas finds where the places of a tile lie.
func (t *tile) atlas(v MapView) *atlas {
	a := &atlas{
		tile: *t, view: v, on: country.On(t.day()), target: country.On(v.On),
		parts: map[string][]located{}, places: map[string]report.Place{}, stays: map[string]string{}, kept: []string{},
		equally: map[string]bool{},
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
	u, p := a.on.Unit(code), a.tile.register.Place(code)
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
			at.share, at.parts = p.Share, len(parts)
		}
		a.parts[code] = append(a.parts[code], at)
	}
	if len(parts) > 1 {
		a.stay(code, u, parts)
	}
}

// key divides a unit.
func (a *atlas) key(divided *country.Unit, among []*country.Unit) []*big.Rat {
	weighed, known := make([]*big.Rat, len(among)), 0
	for i, u := range among {
		weighed[i] = new(big.Rat)
		if w := a.weight(u); w.Sign() > 0 {
			weighed[i] = ratOf(w)
			known++
		}
	}
	if known == 0 || a.view.Allocate == AllocateByPopulation && known < len(among) {
		a.equally[divided.Code] = true
		return country.Equally(divided, among)
	}
	return weighed
}

// weight gives what a unit weighs among the parts of one that is divided; nought where its
// weight is not known, or none is asked for.
func (a *atlas) weight(u *country.Unit) decimal.Decimal {
	switch a.view.Allocate {
	case AllocateByWeights:
		return a.view.Weights[u.Code]
	case AllocateByPopulation:
		return a.people()[u.Code]
	}
	return decimal.Decimal{}
}

// people gives the population of the places that the register has on the day of the map, by
// code: codes of one map are not those of another.
func (a *atlas) people() map[string]decimal.Decimal {
	if a.population == nil {
		a.population = map[string]decimal.Decimal{}
		for i := range a.tile.register.Places {
			p := &a.tile.register.Places[i]
			if u := a.target.Unit(p.Code); u != nil && string(u.Level) == p.Level && !a.view.On.Before(p.From) && (p.Until.IsZero() || !p.Until.Before(a.view.On)) {
				a.population[p.Code] = p.Population
			}
		}
	}
	return a.population
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
	if known := a.tile.register.Place(code); known != nil {
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
// map may have another of its own code. It is that of the unit with the last day on which it
// was, or with the first where the map is of before.
func stayed(u *country.Unit) string {
	if u.Until.IsZero() {
		return u.Code + "@" + u.From.String()
	}
	return u.Code + "@" + u.Until.String()
}

// stay keeps a place that is divided for figures that cannot be.
func (a *atlas) stay(code string, u *country.Unit, parts []country.Part) {
	a.stays[code] = stayed(u)
	known := a.tile.register.Place(code)
	p := report.Place{
		Code: stayed(u), Level: known.Level, Parent: parts[0].Unit.Province,
		Name: report.Text{VI: known.Name.VI + " (chưa chia)", EN: known.Name.In("en") + " (not divided)"},
	}
	for _, part := range parts {
		if part.Unit.Province != p.Parent || part.Unit.Code == p.Parent {
			p.Parent = ""
		}
	}
	a.places[p.Code] = p
}

// underMap gives tiles under a map: those whose days have it as they are, and the others by
// one register of all places in question. What became of places is nil where none of the
// tiles stands on another map.
func underMap(tiles []tile, v MapView) ([]tile, *Mapped) {
	atlases := make([]*atlas, len(tiles))
	var said *Mapped
	all := &atlas{target: country.On(v.On), places: map[string]report.Place{}}
	for k := range tiles {
		if country.On(tiles[k].day()) != all.target {
			atlases[k] = tiles[k].atlas(v)
			maps.Copy(all.places, atlases[k].places)
			said = said.with(atlases[k].mapped())
		}
	}
	if said == nil {
		return tiles, nil
	}
	said.Places = all.inOrder()
	all.widen()
	register := &report.Register{Places: all.inOrder()}
	out := slices.Clone(tiles)
	for k, a := range atlases {
		if a != nil {
			own := out[k].register
			out[k] = a.remap((&report.Register{Code: own.Code, Version: own.Version, Title: own.Title, Agencies: own.Agencies, Places: register.Places}).Index())
		}
	}
	return out, said
}

// widen adds all units of the provinces in question: they can be asked for though nothing
// was reported about them.
func (a *atlas) widen() {
	for _, p := range a.target.Provinces() {
		if _, there := a.places[p.Code]; !there {
			continue
		}
		for _, u := range a.target.Children(p.Code) {
			a.put(u)
			for _, below := range a.target.Children(u.Code) {
				a.put(below)
			}
		}
	}
}

// inOrder gives the places: provinces in order, in each what was kept, and then districts
// with their communes.
func (a *atlas) inOrder() []report.Place {
	out, path := make([]report.Place, 0, len(a.places)), map[string]string{}
	for code, p := range a.places {
		out = append(out, p)
		path[code] = a.path(code)
	}
	slices.SortFunc(out, func(x, y report.Place) int {
		return cmp.Or(strings.Compare(path[x.Code], path[y.Code]), strings.Compare(x.Code, y.Code))
	})
	return out
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

// mapped says what became of the places.
func (a *atlas) mapped() *Mapped {
	out := &Mapped{On: a.view.On, Allocate: cmp.Or(a.view.Allocate, AllocateEqually), Divided: []Division{}, Kept: slices.Sorted(slices.Values(a.kept))}
	for _, code := range slices.Sorted(maps.Keys(a.stays)) {
		d := Division{Place: code, Name: a.tile.register.Place(code).Name, By: out.Allocate}
		if a.equally[code] {
			d.By = AllocateEqually
		}
		for _, p := range a.parts[code] {
			d.Parts = append(d.Parts, Share{p.code, p.share.RatString()})
		}
		out.Divided = append(out.Divided, d)
	}
	return out
}

// remap gives the tile by a register of the map.
func (a *atlas) remap(register *report.Register) tile {
	t := a.tile
	f := &frame{
		request: t.request, definition: t.definition, register: register, agencies: t.agencies,
		placeAt: map[string]int32{}, unitAt: map[string]int32{}, divided: len(a.stays) > 0,
	}
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
			l.places[i] = append(l.places[i], move{f.place(p.code), p.share, p.parts})
		}
		if stays, divided := a.stays[code]; divided {
			l.stays[i] = f.place(stays)
		}
	}
	m.tiles = []laid{l}
	m.hear()
	t.cube, t.under = m.cube(), m
	return t
}
