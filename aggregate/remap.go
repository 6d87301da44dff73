package aggregate

import (
	"math/big"
	"slices"

	"tonghop/report"
)

// Figures under the map of another day (docs/adr/0034): what was reported about places
// that were merged since rolls as places do, and what was reported about one that was
// divided is allocated to its parts by a key. Inside, parts are fractions: whatever the
// map, they add up to what was reported.

// isDivisible reports whether a figure about a place can be one about its parts: a sum
// by its shares, and what is no more of a larger place, such as a mean, as it is.
func (p *plan) isDivisible() bool {
	switch p.place {
	case report.RollSum, report.RollMean, report.RollMin, report.RollMax, report.RollAll, report.RollAny:
		return fits(p.Type, p.place)
	}
	return p.ratio
}

// rollPlaces makes one figure of those of an agency about places that lie in one under
// the map of a tiling.
func (t *tiling) rollPlaces(i int32, strands []strand) (saying, *item) {
	p := &t.plans[i]
	var figures []strand
	for _, s := range strands {
		switch voice := s.from.voice(); voice {
		case report.MarkOverflow, report.MarkNotAdditive:
			return saying{mark: voice}, nil
		case report.MarkNone:
			figures = append(figures, s)
		}
	}
	switch {
	case len(figures) == 0:
		return weightiest(strands), nil
	case p.ratio && len(figures) > 1:
		return saying{mark: report.MarkUndefined}, nil // settled by its parts, see divide
	case len(figures) > 1 && !fits(p.Type, p.place):
		return saying{mark: report.MarkNotAdditive}, nil
	case len(figures) == 1 && figures[0].share == nil && !p.isWeighed():
		return figures[0].from.saying(), nil
	case p.place == report.RollSum && !p.isWeighed() && !slices.ContainsFunc(figures, func(s strand) bool { return s.share != nil }):
		return sumOver(figures), nil
	}
	items := make([]item, len(figures))
	for k, s := range figures {
		items[k] = t.tiles[s.tile].items(p, []twig{s.from})[0]
		items[k].take(s.share, p.place == report.RollSum)
	}
	rolled := rollRun(p.place, items)
	if len(items) == 1 && figures[0].share == nil {
		return figures[0].from.saying(), &rolled
	}
	value, mark := rolled.value(p.Scale)
	if mark == report.MarkUndefined && rolled.weight == nil {
		mark = report.MarkNotAdditive // its weight is not known, so none that it goes into is
	}
	return saying{value, mark}, &rolled
}

// take leaves a share of an item: of its weight, and of what adds up also of itself.
func (i *item) take(share *big.Rat, adds bool) {
	if share == nil {
		return
	}
	if i.weight != nil {
		i.weight = new(big.Rat).Mul(i.weight, share)
	}
	if adds && i.num != nil {
		i.num, i.divided = new(big.Rat).Mul(i.num, share), true
	}
}

// isEstimate reports whether a cell has only some of the parts of something that was
// reported: whatever the key gives them, what each has is not known.
func (c *cube) isEstimate(at spot, i int32) bool {
	if !c.divided {
		return false
	}
	parts := map[*leaf]int{} // still lacking
	for _, l := range c.figuresAt(at, i) {
		l.eachPart(func(of *leaf, among int) {
			if _, seen := parts[of]; !seen {
				parts[of] = among
			}
			parts[of]--
		})
	}
	for _, lacking := range parts {
		if lacking > 0 {
			return true
		}
	}
	return false
}

// eachPart calls fn with the leaves of which a leaf is made by parts, and among how many
// each was divided. What is no figure, such as a nil, is known of every part.
func (t twig) eachPart(fn func(of *leaf, among int)) {
	if !t.isDivided() {
		return
	}
	for _, s := range t.part.threads[^t.says].strands {
		switch {
		case s.from.voice() != report.MarkNone:
		case s.parts > 0:
			fn(s.from.leaf, s.parts)
		default:
			s.from.eachPart(fn)
		}
	}
}
