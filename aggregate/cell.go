package aggregate

import (
	"cmp"
	"math/big"
	"slices"

	"tonghop/report"
)

// cell gives a figure with all that belongs to it.
func (c *cube) cell(at spot, i int32) report.Cell {
	p := &c.plans[i]
	var out report.Cell
	out.Asked, out.Heard = c.hearing(at, i)
	t, _ := c.look(at, i)
	if p.ratio {
		out.Given = c.givenRatio(at, i)
		out.Value, out.Mark = c.ratioAt(at, i)
		return out
	}
	if t == nil || t.figures == 0 || t.said[0] > 0 {
		out.Mark = c.silence(at, t, i)
		if t != nil {
			out.Given = int(t.agencies)
		}
		return out
	}
	out.Given = int(t.agencies)
	out.Value, out.Mark = c.valueAt(at, i, t)
	if out.Mark == report.MarkNone && p.Repeats && t.figures > 1 {
		out.Mark = report.MarkRepeats
	}
	return out
}

// valueAt gives the value of a cell that has figures.
func (c *cube) valueAt(at spot, i int32, t *tally) (report.Value, report.Mark) {
	p := &c.plans[i]
	if !p.additive {
		leaves := c.figuresAt(at, i)
		if len(leaves) == 1 {
			return leaves[0].value, report.MarkNone
		}
		return rollUp(p, c.items(p, leaves))
	}
	sum, err := t.sum.Value()
	if err != nil {
		return report.Value{}, report.MarkOverflow
	}
	return report.NumberOf(sum), report.MarkNone
}

// hearing says how many agencies are asked for a cell, and how many of them were
// heard.
func (c *cube) hearing(at spot, i int32) (asked, heard int) {
	switch {
	case at.agency != all && !c.plans[i].asks[at.agency]:
		return 0, 0
	case at.agency != all && c.parts[at.agency] == nil:
		return 1, 0
	case at.agency != all:
		return 1, 1
	case at.unit != all:
		return c.hearingOf(c.units[at.unit].code, i)
	}
	return int(c.asked[i]), int(c.heard[i])
}

// hearingOf counts the agencies that report about a unit.
func (c *cube) hearingOf(unit string, i int32) (asked, heard int) {
	for a, code := range c.request.Agencies {
		if !c.plans[i].asks[a] || !c.counts(int32(a)) || !c.register.AgencyIsUnder(unit, code) {
			continue
		}
		asked++
		if c.parts[a] != nil {
			heard++
		}
	}
	return asked, heard
}

// silence says why a cell has no figure. What was said weighs more than what was
// left unsaid.
func (c *cube) silence(at spot, t *tally, i int32) report.Mark {
	if t != nil {
		for v, n := range t.said {
			if n > 0 {
				return voices[v]
			}
		}
	}
	asked, heard := c.hearing(at, i)
	switch {
	case asked == 0:
		return report.MarkNotApplicable
	case heard == 0:
		return report.MarkMissing
	case at.agency == all && c.nothing[i] > 0, at.agency != all && c.parts[at.agency].nothing:
		return report.MarkNil
	}
	return report.MarkBlank
}

// holds reports whether a leaf lies at a spot.
func (c *cube) holds(at spot, l *leaf) bool {
	switch {
	case at.agency != all && at.agency != l.agency, at.unit != all && at.unit != l.unit:
		return false
	case at.place == all || at.place == l.place:
		return true
	}
	return at.below && slices.Contains(c.places[l.place].above, at.place)
}

// leavesAt gives the leaves of an indicator at a spot: by agency, place, unit.
func (c *cube) leavesAt(at spot, i int32) []*leaf {
	var out []*leaf
	for a, part := range c.parts {
		if part == nil || at.agency != all && at.agency != int32(a) {
			continue
		}
		leaves := part.of(i)
		if at.place != all && !at.below {
			from, _ := slices.BinarySearchFunc(leaves, at.place, func(l leaf, p int32) int { return c.comparePlaces(l.place, p) })
			to := from
			for to < len(leaves) && leaves[to].place == at.place {
				to++
			}
			leaves = leaves[from:to]
		}
		for k := range leaves {
			if c.holds(at, &leaves[k]) {
				out = append(out, &leaves[k])
			}
		}
	}
	return out
}

// figuresAt gives those of the leaves that have a figure.
func (c *cube) figuresAt(at spot, i int32) []*leaf {
	return slices.DeleteFunc(c.leavesAt(at, i), func(l *leaf) bool { return l.voice() != report.MarkNone })
}

// items prepares leaves for a roll.
func (c *cube) items(p *plan, leaves []*leaf) []item {
	weighed := p.agency == report.RollMean || p.place == report.RollMean
	out := make([]item, len(leaves))
	for k, l := range leaves {
		out[k] = item{agency: l.agency, place: l.place, unit: l.unit, kind: l.value.Kind, text: l.value.Text, yes: l.value.Yes}
		if l.value.Kind == report.Number {
			out[k].num = ratOf(l.value.Num)
		}
		out[k].weight = new(big.Rat)
		if weighed {
			out[k].weight = c.weight(p, l)
		}
	}
	return out
}

// weight gives what a leaf weighs in a mean: the value of the weight at the same
// unit and place, one where the definition names no weight, and nil where there
// is none. Nothing that occurred weighs nothing.
func (c *cube) weight(p *plan, l *leaf) *big.Rat {
	if p.Weight == "" {
		return big.NewRat(1, 1)
	}
	if p.weight < 0 {
		return nil
	}
	w := c.twin(l, p.weight)
	switch {
	case w == nil:
		return nil
	case w.value.Kind == report.Number:
		return ratOf(w.value.Num)
	case w.value.Kind == report.Nil:
		return new(big.Rat)
	}
	return nil
}

// twin gives the leaf of another indicator of the same agency, unit and place;
// nil when there is none.
func (c *cube) twin(l *leaf, i int32) *leaf {
	leaves := c.parts[l.agency].of(i)
	at, found := slices.BinarySearchFunc(leaves, l, func(a leaf, b *leaf) int {
		return cmp.Or(c.comparePlaces(a.place, b.place), c.compareUnits(a.unit, b.unit))
	})
	if !found {
		return nil
	}
	return &leaves[at]
}
