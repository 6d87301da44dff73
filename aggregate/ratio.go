package aggregate

import (
	"slices"

	"tonghop/report"
	"tonghop/report/decimal"
)

// ratioAt gives a ratio: recomputed from its rolled parts, never added. Where
// all that is known lies at one unit and place and the paper states the ratio
// itself, it is what the paper states.
func (c *cube) ratioAt(at spot, i int32) (report.Value, report.Mark) {
	p := &c.plans[i]
	t, upper, lower := c.look(at, i), c.look(at, p.num), c.look(at, p.den)
	switch {
	case t.isRefused():
		return report.Value{}, c.silence(at, &t, i)
	case t.figures+upper.figures+lower.figures == 0:
		return report.Value{}, c.ratioSilence(at, i)
	}
	if t.figures == 1 || p.agency == report.RollNone || p.place == report.RollNone { // it depends on where its leaves lie
		stated := c.figuresAt(at, i)
		leaves := c.withParts(stated, at, p)
		switch {
		case len(stated) == 1 && together(leaves):
			return stated[0].value(), report.MarkNone
		case !c.ratioFits(p, leaves):
			return report.Value{}, report.MarkNotAdditive
		}
	}
	num, den := c.cell(at, p.num), c.cell(at, p.den)
	for _, part := range []report.Cell{num, den} {
		if part.Mark == report.MarkNotAdditive || part.Mark == report.MarkOverflow {
			return report.Value{}, part.Mark
		}
	}
	above, ok := numerator(num)
	if !ok || den.Value.Kind != report.Number {
		return report.Value{}, report.MarkUndefined
	}
	return ratio(p.Factor, above, den.Value.Num, p.Scale)
}

// numerator gives the upper part of a ratio: where nothing occurred it is nought.
func numerator(c report.Cell) (decimal.Decimal, bool) {
	if c.Mark == report.MarkNil {
		return decimal.Decimal{}, true
	}
	return c.Value.Num, c.Value.Kind == report.Number
}

// withParts gives the leaves with figures of a ratio, which are known, and of
// its parts.
func (c *cube) withParts(stated []twig, at spot, p *plan) []twig {
	return slices.Concat(stated, c.figuresAt(at, p.num), c.figuresAt(at, p.den))
}

// together reports whether leaves are all of one agency, unit and place.
func together(leaves []twig) bool {
	return !slices.ContainsFunc(leaves, func(l twig) bool {
		return l.agency() != leaves[0].agency() || l.unit != leaves[0].unit || l.place != leaves[0].place
	})
}

// ratioFits reports whether a ratio of several agencies or places is allowed. A
// ratio on one axis is one on the other as well, since nothing else can be done
// with it there, unless the definition refuses.
func (c *cube) ratioFits(p *plan, leaves []twig) bool {
	agencies := slices.ContainsFunc(leaves, func(l twig) bool { return l.agency() != leaves[0].agency() || l.unit != leaves[0].unit })
	places := slices.ContainsFunc(leaves, func(l twig) bool { return l.place != leaves[0].place })
	return !(agencies && p.agency == report.RollNone || places && p.place == report.RollNone)
}

// ratioSilence says why there is neither a ratio nor a part of one.
func (c *cube) ratioSilence(at spot, i int32) report.Mark {
	for _, k := range []int32{i, c.plans[i].num, c.plans[i].den} {
		if t := c.look(at, k); t.size() > 0 {
			return c.silence(at, &t, k)
		}
	}
	return c.silence(at, &tally{}, i)
}

// givenRatio counts the agencies that stated a ratio, or both of its parts.
func (c *cube) givenRatio(at spot, i int32) int {
	p, n := &c.plans[i], 0
	for a := range c.parts {
		own := at
		own.agency = int32(a)
		if at.agency != all && at.agency != own.agency || c.parts[a] == nil || !p.asks[a] {
			continue
		}
		if c.ownHas(own, i, true) || c.ownHas(own, p.num, true) && c.ownHas(own, p.den, true) {
			n++
		}
	}
	return n
}
