package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"tonghop/report"
)

// origin is a leaf in a paper on which a figure over time rests.
type origin struct {
	tile int
	twig      // with positions of the tile
	at   leaf // where it lies, by positions of the tiling
}

// evidence gives the leaves in the papers of all tiles on which a cell rests: by
// indicator, agency, place, unit, tile. Of a sum they add up to it.
func (t *tiling) evidence(c *cube, at spot, i int32) []origin {
	type key struct {
		tile int
		leaf *leaf
	}
	seen := map[key]bool{}
	var out []origin
	add := func(s strand, from twig) {
		tile := &t.tiles[s.tile]
		for _, stands := range tile.standing(from) {
			if k := (key{s.tile, stands.leaf}); !seen[k] {
				seen[k] = true
				out = append(out, origin{s.tile, stands, leaf{indicator: tile.plan[stands.indicator], site: s.site}})
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

// rosterOf gives the position of the agency of an origin in the tiling's roster.
func (t *tiling) rosterOf(o origin) int32 {
	tile := &t.tiles[o.tile]
	return t.agencies[tile.request.Agencies[o.agency()]]
}

func (t *tiling) sourceFigure(o origin) SourceFigure {
	tile := &t.tiles[o.tile]
	out := tile.sourceFigure(o.twig)
	out.Request, out.Period = tile.request.Code, tile.period.Key()
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
	switch {
	case p.ratio && len(c.withParts(figures, at, p)) > 0 && !(len(figures) == 1 && together(c.withParts(figures, at, p))):
		return ratioWords(p, c.cell(at, p.num), c.cell(at, p.den))
	case len(figures) == 0 && len(told) > 1 && c.cell(at, i).Mark == report.MarkNotAdditive:
		return report.Text{VI: "biểu mẫu không cho cộng số liệu của các kỳ", EN: "the definition refuses to add the figures of several periods"}
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
		tile := &t.tiles[toldFigures(figures[0])[0].tile]
		return report.Text{VI: "số liệu của " + tile.period.VI(), EN: "the figure of " + tile.period.EN()}
	}
	var rolls []report.Rolling
	if over {
		rolls = append(rolls, p.time)
	}
	for _, r := range c.crossed(p, figures) {
		if !slices.Contains(rolls, r) {
			rolls = append(rolls, r)
		}
	}
	words := rollWords(rolls)
	text := report.Text{VI: fmt.Sprintf(words.VI, strconv.Itoa(n)), EN: fmt.Sprintf(words.EN, strconv.Itoa(n))}
	switch {
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
