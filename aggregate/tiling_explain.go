package aggregate

import (
	"cmp"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strconv"

	"tonghop/report"
)

// origin is a leaf in a paper on which a figure over time rests.
type origin struct {
	tile  int
	twig           // with positions of the tile
	at    leaf     // where it lies, by positions of the tiling
	share *big.Rat // of it; nil: all
}

// evidence gives the leaves in the papers of all tiles on which a cell rests: by
// indicator, agency, place, unit, tile. Of a sum they add up to it.
func (t *tiling) evidence(c *cube, at spot, i int32) []origin {
	type key struct {
		tile int
		leaf *leaf
		at   site
	}
	seen := map[key]bool{}
	var out []origin
	add := func(s strand, from twig) {
		tile := &t.tiles[s.tile]
		for o := range tile.papers(from, s.share) {
			if k := (key{s.tile, o.leaf, s.site}); !seen[k] {
				seen[k] = true
				o.tile, o.at = s.tile, leaf{indicator: tile.plan[o.indicator], site: s.site}
				out = append(out, o)
			}
		}
	}
	for _, k := range t.restsOn(i) {
		if t.plans[i].isWeighed() && k != i {
			break // a weight goes with its figure, and not by a roll of its own
		}
		for _, l := range c.leavesAt(at, k) {
			for _, s := range l.part.threads[^l.says].strands {
				add(s, s.from)
				tile := &t.tiles[s.tile]
				if w := t.planIn(s.tile, i).weight; t.plans[i].isWeighed() && w >= 0 {
					if twin, known := tile.twin(s.from, w); known {
						add(s, twin)
					}
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b origin) int {
		return cmp.Or(cmp.Compare(a.at.indicator, b.at.indicator), cmp.Compare(t.rosterOf(a), t.rosterOf(b)),
			t.compareSites(a.at.site, b.at.site), cmp.Compare(a.tile, b.tile))
	})
	return out
}

// papers gives the leaves in papers on which a leaf of a tile rests, with the share of
// each; under another map those of the tile as it was reported.
func (t *tile) papers(from twig, share *big.Rat) iter.Seq[origin] {
	return func(yield func(origin) bool) {
		if t.under == nil {
			for _, stands := range t.standing(from) {
				if !yield(origin{twig: stands, share: share}) {
					return
				}
			}
			return
		}
		reported := &t.under.tiles[0].tile
		for _, s := range from.part.threads[^from.says].strands {
			of := cmp.Or(s.share, share)
			if s.share != nil && share != nil {
				of = new(big.Rat).Mul(s.share, share)
			}
			for o := range reported.papers(s.from, of) {
				if !yield(o) {
					return
				}
			}
		}
	}
}

// reported gives the tile as it was reported, whatever the map it is seen under.
func (t *tile) reported() *tile {
	if t.under == nil {
		return t
	}
	return t.under.tiles[0].reported()
}

// rosterOf gives the position of the agency of an origin in the tiling's roster.
func (t *tiling) rosterOf(o origin) int32 {
	tile := t.tiles[o.tile].reported()
	return t.agencies[tile.request.Agencies[o.agency()]]
}

func (t *tiling) sourceFigure(o origin) SourceFigure {
	tile := t.tiles[o.tile].reported()
	out := tile.sourceFigure(o.twig)
	if t.apart {
		out.Request, out.Period = tile.request.Code, tile.period.Key()
	}
	if o.share != nil {
		share := o.share.RatString()
		out.Share = &share
	}
	return out
}

// how says in words how a cell over time came about.
func (t *tiling) how(c *cube, at spot, i int32, origins []origin) report.Text {
	p := &t.plans[i]
	figures := c.figuresAt(at, i)
	told := map[int]bool{}
	for _, o := range origins {
		told[o.tile] = true
	}
	switch refused := c.look(at, i); {
	case refused.isRefused() && c.cell(at, i).Mark == report.MarkOverflow:
		return report.Text{VI: "có số liệu quá lớn, không cộng được", EN: "a figure is too large to be added"}
	case refused.isRefused() && t.mapped:
		return report.Text{VI: "biểu mẫu không cho cộng số liệu của các địa bàn", EN: "the definition refuses to add the figures of several places"}
	case refused.isRefused():
		return report.Text{VI: "biểu mẫu không cho cộng số liệu của các kỳ", EN: "the definition refuses to add the figures of several periods"}
	case p.ratio && len(c.withParts(figures, at, p)) > 0 && !(len(figures) == 1 && together(c.withParts(figures, at, p))):
		return ratioWords(p, c.cell(at, p.num), c.cell(at, p.den))
	case len(figures) == 0:
		return report.Text{VI: "không có số liệu", EN: "there is no figure"}
	}
	n := 0
	over := false // some figure is of more than one tile
	for _, f := range figures {
		strands := toldFigures(f)
		n += len(strands)
		over = over || len(strands) > 1
	}
	if n == 1 {
		one := toldFigures(figures[0])[0]
		tile := &t.tiles[one.tile]
		switch {
		case one.share != nil:
			return report.Text{VI: "một phần số liệu của địa bàn cũ", EN: "a share of the figure of a former place"}
		case tile.period.IsZero():
			return report.Text{VI: "đúng như số liệu trong báo cáo", EN: "the figure as reported"}
		}
		return report.Text{VI: "số liệu của " + tile.period.VI(), EN: "the figure of " + tile.period.EN()}
	}
	var rolls []report.Rolling
	if over {
		rolls = append(rolls, t.across(p))
	}
	for _, r := range c.crossed(p, figures) {
		if !slices.Contains(rolls, r) {
			rolls = append(rolls, r)
		}
	}
	words := rollWords(rolls)
	text := report.Text{VI: fmt.Sprintf(words.VI, strconv.Itoa(n)), EN: fmt.Sprintf(words.EN, strconv.Itoa(n))}
	switch {
	case t.mapped:
	case !over && (p.time == report.RollLast || p.time == report.RollFirst):
		tile := &t.tiles[toldFigures(figures[0])[0].tile]
		text.VI += ", của " + tile.period.VI()
		text.EN += ", of " + tile.period.EN()
	case len(told) > 1:
		text.VI += fmt.Sprintf(", của %d kỳ", len(told))
		text.EN += fmt.Sprintf(", of %d periods", len(told))
	}
	return text
}

// toldFigures gives the strands of a figure that have a figure themselves.
func toldFigures(l twig) []strand {
	return slices.DeleteFunc(slices.Clone(l.part.threads[^l.says].strands), func(s strand) bool { return s.from.voice() != report.MarkNone })
}
