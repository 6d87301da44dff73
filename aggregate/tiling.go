package aggregate

import (
	"cmp"
	"iter"
	"maps"
	"math/big"
	"slices"

	"tonghop/report"
)

// tiling is a window covered by requests, seen as one request: that of the report
// which each agency would have sent for the whole of it. Time is rolled first, for
// every figure an agency gives; what comes of it rolls on as any report does
// (docs/adr/0033). So a table over time adds up like any other.
type tiling struct {
	*frame
	tiles []laid
	last  int // the last tile that anyone was heard for, or the last; of it figures of an end speak

	// mapped says that it is the figures of one tile under another map: then places are
	// brought together, and not times.
	mapped bool
}

// laid is a tile with its positions in those of the tiling.
type laid struct {
	tile
	plan   []int32  // by own indicator: the tiling's, or -1
	own    []int32  // by the tiling's indicator: its own, or -1
	alike  []bool   // by the tiling's indicator: of the same type and unit
	agency []int32  // by the tiling's roster position: its own, or -1
	places [][]move // by own place: where it lies
	stays  []int32  // by own place that is divided: where what cannot be divided is left
	unit   []int32  // by own unit
}

// move is a place of a tiling in which one of a tile lies.
type move struct {
	place int32
	share *big.Rat // of its figures; nil: all
	parts int      // how many places it is divided among; 0: it is not
}

// moves gives where a leaf of a tile lies.
func (t *laid) moves(p *plan, l *leaf) []move {
	moves := t.places[l.place]
	if len(moves) > 1 && !p.isDivisible() {
		return []move{{place: t.stays[l.place]}}
	}
	return moves
}

// lay puts tiles together, of which there is at least one: the newest definition
// and register hold, and the roster is that of all, in the order of the newest.
func lay(tiles []tile, d days) *tiling {
	newest := tiles[len(tiles)-1]
	req := *newest.request
	req.Calendar, req.Period, req.From, req.To = d.period.Calendar.Name(), d.period.Key(), d.from, d.to
	req.Agencies = slices.Clone(req.Agencies)
	f := &frame{
		request: &req, definition: newest.definition,
		agencies: map[string]int32{}, placeAt: map[string]int32{}, unitAt: map[string]int32{},
	}
	var older []*report.Register // the newest first
	for _, t := range slices.Backward(tiles) {
		for _, code := range t.request.Agencies {
			if !slices.Contains(req.Agencies, code) {
				req.Agencies = append(req.Agencies, code)
			}
		}
		if t.register != newest.register && !slices.Contains(older, t.register) {
			older = append(older, t.register)
		}
	}
	f.register = newest.register.With(older...)
	for i, code := range req.Agencies {
		f.agencies[code] = int32(i)
	}
	f.planAll()
	for _, t := range tiles {
		f.divided = f.divided || t.divided
	}
	for i := range f.plans {
		if f.plans[i].time == report.RollMean || f.divided {
			f.plans[i].additive = false // leaves have more digits than their tallies would know of
		}
	}
	f.apart = true
	out := &tiling{frame: f}
	for i, t := range tiles {
		out.tiles = append(out.tiles, f.lay(t))
		if i == 0 || slices.ContainsFunc(t.parts, func(c *contribution) bool { return c != nil }) {
			out.last = i
		}
	}
	if slices.IndexFunc(out.tiles[out.last].parts, func(c *contribution) bool { return c != nil }) < 0 {
		out.last = len(tiles) - 1
	}
	out.hear()
	return out
}

// lay finds the positions of a tile in those of a frame.
func (f *frame) lay(t tile) laid {
	out := laid{
		tile: t, plan: make([]int32, len(t.plans)), places: make([][]move, len(t.places)), unit: make([]int32, len(t.units)),
		own: make([]int32, len(f.plans)), alike: make([]bool, len(f.plans)), agency: make([]int32, len(f.request.Agencies)),
	}
	for i := range t.plans {
		out.plan[i] = f.position(t.plans[i].Code)
	}
	for i := range f.plans {
		out.own[i] = t.position(f.plans[i].Code)
		if at := out.own[i]; at >= 0 {
			out.alike[i] = t.plans[at].Type == f.plans[i].Type && t.plans[at].Unit == f.plans[i].Unit
		}
	}
	for i := range t.places {
		out.places[i] = []move{{place: f.place(t.places[i].code)}}
	}
	for i := range t.units {
		out.unit[i] = f.unit(t.units[i].code)
	}
	for a, code := range f.request.Agencies {
		out.agency[a] = -1
		if at, asked := t.agencies[code]; asked {
			out.agency[a] = at
		}
	}
	return out
}

// counts reports whether a tile has a say in an indicator: every one, but for what
// stands at the beginning or the end. A ratio is of the time of its parts.
func (t *tiling) counts(tile int, i int32) bool {
	p := &t.plans[i]
	if p.ratio {
		return t.counts(tile, p.num) || t.counts(tile, p.den)
	}
	switch p.time {
	case report.RollFirst:
		return tile == 0
	case report.RollLast:
		return tile == t.last
	}
	return true
}

// hear counts the reports that were asked for and heard, and sets who is asked for
// what: whoever is asked in a tile that has a say.
func (t *tiling) hear() {
	t.told = make([][]Count, len(t.plans)) // of the frame, whose cubes ask for it
	for i := range t.plans {
		p := &t.plans[i]
		p.asked = 0
		t.told[i] = make([]Count, len(t.request.Agencies))
		for a := range t.request.Agencies {
			n := &t.told[i][a]
			for part := range t.reports(int32(i), int32(a)) {
				n.Asked++
				if part != nil {
					n.Heard++
				}
			}
			if p.asks[a] = n.Asked > 0; p.asks[a] {
				p.asked++
			}
		}
	}
}

// reports gives what an agency sent in each tile that asks it for an indicator and has
// a say in it; nil where it was not heard.
func (t *tiling) reports(i, a int32) iter.Seq[*contribution] {
	return func(yield func(*contribution) bool) {
		for k := range t.tiles {
			tile := &t.tiles[k]
			own, at := tile.own[i], tile.agency[a]
			if t.counts(k, i) && own >= 0 && at >= 0 && tile.plans[own].asks[at] && !yield(tile.parts[at]) {
				return
			}
		}
	}
}

// nilReports counts the nil reports among these.
func (t *tiling) nilReports(i, a int32) (n int) {
	for part := range t.reports(i, a) {
		if part != nil && part.nothing {
			n++
		}
	}
	return n
}

// cube counts a tiling from nothing.
func (t *tiling) cube() *cube {
	c := newCube(t.frame)
	for a := range t.request.Agencies {
		if part := t.contribute(int32(a)); part != nil {
			c.put(part)
		}
	}
	return c
}

// over says what the tiling is made of, to those of some agencies (by roster position;
// nil: all): of others nothing is said.
func (t *tiling) over(d days, only []bool) *Over {
	out := &Over{
		Title: d.title(), Period: d.period.Key(), Calendar: d.period.Calendar.Name(), Cumulative: d.cumulative,
		From: d.from, To: d.to, Parts: []Part{}, Unlike: []string{},
	}
	unlike := map[string]bool{}
	for k := range t.tiles {
		tile := &t.tiles[k]
		part := Part{
			Request: tile.request.Code, Title: tile.request.Title, Period: tile.period.Key(), From: tile.period.From, To: tile.period.To,
			Official: tile.official, Missing: []string{},
		}
		for a, code := range tile.request.Agencies {
			if only != nil && !only[t.agencies[code]] {
				continue
			}
			if part.Asked++; tile.parts[a] != nil {
				part.Heard++
			} else {
				part.Missing = append(part.Missing, code)
			}
		}
		out.Parts = append(out.Parts, part)
		out.Reports.Heard += part.Heard
		out.Reports.Asked += part.Asked
		if k == t.last && part.Heard > 0 {
			through := part.To
			out.Through = &through
		}
		for i := range tile.plans {
			if at := tile.plan[i]; at < 0 || !tile.alike[at] {
				unlike[tile.plans[i].Code] = true
			}
		}
	}
	out.Unlike = slices.AppendSeq(out.Unlike, maps.Keys(unlike))
	slices.Sort(out.Unlike)
	return out
}

// strand is a leaf of one tile, by the positions of the tiling.
type strand struct {
	leaf
	tile  int
	from  twig
	share *big.Rat // of it, where it is divided among places; nil: all
	parts int      // how many places these are
}

// thread is what a figure over time was made of.
type thread struct {
	strands []strand
	rolled  *item // where it weighs something in a mean, or may have to be rounded further up
	divided bool  // it has only a share of something
}

func threadOf(strands []strand, rolled *item) thread {
	return thread{strands, rolled, slices.ContainsFunc(strands, func(s strand) bool { return s.share != nil || s.from.isDivided() })}
}

// contribute makes the report of an agency for the whole window; nil where it was
// not heard at all.
func (t *tiling) contribute(a int32) *contribution {
	c := &contribution{agency: a}
	var strands []strand
	heard := false
	for k := range t.tiles {
		tile := &t.tiles[k]
		if tile.agency[a] < 0 || tile.parts[tile.agency[a]] == nil {
			continue
		}
		part := tile.parts[tile.agency[a]]
		heard, c.nothing = true, t.mapped && part.nothing
		for n := range part.leaves {
			l := &part.leaves[n]
			i := tile.plan[l.indicator]
			if i < 0 || !t.counts(k, i) || !t.plans[i].asks[a] {
				continue
			}
			for _, m := range tile.moves(&t.plans[i], l) {
				at := leaf{indicator: i, site: site{tile.unit[l.unit], m.place}}
				strands = append(strands, strand{leaf: at, tile: k, from: twig{leaf: l, part: part}, share: m.share, parts: m.parts})
			}
		}
	}
	if !heard {
		return nil
	}
	t.silences(c)
	strands = t.inOrder(strands)
	if t.mapped {
		c.weave(strands, t.rollPlaces)
	} else {
		c.weave(strands, t.roll)
	}
	t.order(c)
	t.divide(c)
	return c
}

// silences notes for which indicators an agency was not heard, or sent nil reports.
func (t *tiling) silences(c *contribution) {
	a := c.agency
	for i := range t.plans {
		switch n := t.told[i][a]; {
		case n.Asked > 0 && n.Heard == 0:
			c.unheard = append(c.unheard, int32(i))
		case n.Heard > 0 && n.Heard == t.nilReports(int32(i), a):
			c.nils = append(c.nils, int32(i))
		}
	}
}

// inOrder sorts strands by their leaves, those of one leaf as they came: by tile.
func (t *tiling) inOrder(strands []strand) []strand {
	order := make([]int32, len(strands)) // strands are large, and sorting moves what it sorts
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(t.compareLeaves(strands[x].leaf, strands[y].leaf), cmp.Compare(x, y))
	})
	out := make([]strand, len(strands))
	for i, from := range order {
		out[i] = strands[from]
	}
	return out
}

// weave makes a leaf of each run of strands of one indicator and site, in order.
func (c *contribution) weave(strands []strand, roll func(i int32, run []strand) (saying, *item)) {
	for from := 0; from < len(strands); {
		to := from + 1
		for to < len(strands) && strands[to].indicator == strands[from].indicator && strands[to].site == strands[from].site {
			to++
		}
		says, rolled := roll(strands[from].indicator, strands[from:to])
		c.add(strands[from].leaf, says, threadOf(strands[from:to], rolled))
		from = to
	}
}

// add puts what was woven over time on a contribution.
func (c *contribution) add(at leaf, says saying, of thread) {
	at.says = ^int32(len(c.computed))
	c.computed, c.threads = append(c.computed, says), append(c.threads, of)
	c.leaves = append(c.leaves, at)
}

// divide settles the ratios of a contribution of which more than one tile tells.
// They are recomputed from their parts when asked for, so the papers' own, which
// are of shorter times, are left out; without parts there is none over time.
func (t *tiling) divide(c *contribution) {
	gone := map[leaf]bool{}
	var refused []leaf
	for i := range int32(len(t.plans)) {
		p := &t.plans[i]
		if !p.ratio {
			continue
		}
		for _, r := range t.ratiosOf(c, i) {
			if len(r.of) < 2 {
				continue // the paper's own stands
			}
			if r.stated != nil {
				gone[*r.stated] = true
			}
			if t.across(p) == report.RollNone || !r.parts {
				refused = append(refused, leaf{indicator: i, site: r.site})
			}
		}
	}
	if len(gone)+len(refused) == 0 {
		return
	}
	c.leaves = slices.DeleteFunc(c.leaves, func(l leaf) bool { return gone[l] })
	for _, l := range refused {
		mark := report.MarkUndefined
		if t.across(&t.plans[l.indicator]) == report.RollNone {
			mark = report.MarkNotAdditive
		}
		c.add(l, saying{mark: mark}, thread{})
	}
	t.order(c)
}

// across is how figures roll that a tiling brings together.
func (t *tiling) across(p *plan) report.Rolling {
	if t.mapped {
		return p.place
	}
	return p.time
}

// ratioOver is what an agency tells of a ratio at a site, over all tiles or all places
// that lie there.
type ratioOver struct {
	site
	stated *leaf
	parts  bool         // there is a figure of the numerator or the denominator
	of     map[int]bool // tiles, or own places, that have a figure of any of them
}

// ratiosOf gives what an agency tells of a ratio, in the order of its leaves.
func (t *tiling) ratiosOf(c *contribution, i int32) []*ratioOver {
	var out []*ratioOver
	at := map[site]*ratioOver{}
	for _, k := range []int32{i, t.plans[i].num, t.plans[i].den} {
		for _, l := range c.of(k) {
			r := at[l.site]
			if r == nil {
				r = &ratioOver{site: l.site, of: map[int]bool{}}
				at[l.site], out = r, append(out, r)
			}
			if k == i {
				r.stated = &l
			}
			for _, s := range c.threads[^l.says].strands {
				if s.from.voice() == report.MarkNone { // a tile without a figure takes no part
					of := s.tile
					if t.mapped {
						of = int(s.from.place)
					}
					r.of[of], r.parts = true, r.parts || k != i
				}
			}
		}
	}
	return out
}
