package aggregate

import (
	"slices"

	"tonghop/report"
	"tonghop/report/decimal"
)

// roll makes one figure of those of an agency over time, given in order: a sum for
// what flows, the last or first for what stands. Tiles without a figure take no
// part, and a single figure stands as it is. It rounds as the other axes do: once,
// at the end, and only means. A ratio is settled later, when its parts are known.
func (t *tiling) roll(i int32, strands []strand) (saying, *item) {
	p := &t.plans[i]
	var figures []strand
	for _, s := range strands {
		switch voice := s.from.voice(); {
		case voice == report.MarkOverflow, voice == report.MarkNotAdditive: // the latter of places that meet under another map
			return saying{mark: voice}, nil
		case voice != report.MarkNone:
		case !t.tiles[s.tile].alike[i]:
			return saying{mark: report.MarkNotAdditive}, nil
		default:
			figures = append(figures, s)
		}
	}
	switch {
	case len(figures) == 0:
		return weightiest(strands), nil
	case p.ratio && len(figures) > 1:
		return saying{mark: report.MarkUndefined}, nil
	case len(figures) > 1 && !fits(p.Type, p.time):
		return saying{mark: report.MarkNotAdditive}, nil
	case !p.isWeighed() && len(figures) == 1:
		return figures[0].from.saying(), figures[0].from.rolled()
	case !p.isWeighed() && p.time == report.RollSum && !slices.ContainsFunc(figures, func(s strand) bool { return s.from.rolled() != nil }):
		return sumOver(figures), nil
	}
	items := make([]item, len(figures))
	for k, s := range figures {
		items[k] = t.tiles[s.tile].items(t.planIn(s.tile, i), []twig{s.from})[0]
	}
	rolled := rollRun(p.time, items)
	if len(items) == 1 {
		return figures[0].from.saying(), &rolled
	}
	value, mark := rolled.value(p.Scale)
	if mark == report.MarkUndefined && rolled.weight == nil {
		mark = report.MarkNotAdditive // its weight is not known, so none that it goes into is
	}
	return saying{value, mark}, &rolled
}

// planIn gives how an indicator is counted, with its weight where a tile has it. A
// weight that is something else there is not known.
func (t *tiling) planIn(tile int, i int32) *plan {
	p := t.plans[i]
	if p.weight >= 0 {
		in := &t.tiles[tile]
		if own := in.own[p.weight]; own >= 0 && in.alike[p.weight] {
			p.weight = own
		} else {
			p.weight = -1
		}
	}
	return &p
}

// weightiest gives what was said where there is no figure: what weighs most.
func weightiest(strands []strand) saying {
	return slices.MinFunc(strands, func(a, b strand) int {
		return slices.Index(voices[:], a.from.voice()) - slices.Index(voices[:], b.from.voice())
	}).from.saying()
}

// sumOver adds numbers.
func sumOver(figures []strand) saying {
	var sum decimal.Sum
	for _, s := range figures {
		sum.Add(s.from.value().Num)
	}
	value, err := sum.Value()
	if err != nil {
		return saying{mark: report.MarkOverflow}
	}
	return saying{value: report.NumberOf(value)}
}
