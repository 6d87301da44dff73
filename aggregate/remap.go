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

// isEstimate reports whether a cell has only a share of something that was reported.
func (c *cube) isEstimate(at spot, i int32) bool {
	if !c.divided {
		return false
	}
	shares := map[*leaf]*big.Rat{}
	for _, l := range c.figuresAt(at, i) {
		if !l.isDivided() {
			continue
		}
		l.eachShare(nil, func(of *leaf, share *big.Rat) {
			if shares[of] == nil {
				shares[of] = new(big.Rat)
			}
			shares[of].Add(shares[of], share)
		})
	}
	one := big.NewRat(1, 1)
	for _, share := range shares {
		if share.Cmp(one) != 0 {
			return true
		}
	}
	return false
}

// eachShare calls fn with the leaves of which a leaf has a share and not all.
func (t twig) eachShare(of *big.Rat, fn func(*leaf, *big.Rat)) {
	if t.part.threads == nil {
		if of != nil {
			fn(t.leaf, of)
		}
		return
	}
	for _, s := range t.part.threads[^t.says].strands {
		share := of
		switch {
		case s.share != nil && of != nil:
			share = new(big.Rat).Mul(of, s.share)
		case s.share != nil:
			share = s.share
		}
		s.from.eachShare(share, fn)
	}
}
