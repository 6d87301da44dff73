package aggregate

import (
	"math/big"
	"slices"

	"tonghop/report"
)

// cell gives a figure with all that belongs to it.
func (c *cube) cell(at spot, i int32) report.Cell {
	if c.plans[i].ratio {
		return c.ratioCell(at, i)
	}
	t := c.look(at, i)
	return c.tallyCell(at, i, &t)
}

// cellWithin is cell where there is something in it: a leaf of the indicator, or
// for a ratio of a part of it. Otherwise it gives false.
func (c *cube) cellWithin(at spot, i int32) (report.Cell, bool) {
	if p := &c.plans[i]; p.ratio {
		if c.isEmpty(at, i) && c.isEmpty(at, p.num) && c.isEmpty(at, p.den) {
			return report.Cell{}, false
		}
		return c.ratioCell(at, i), true
	}
	t := c.look(at, i)
	if t.size() == 0 {
		return report.Cell{}, false
	}
	return c.tallyCell(at, i, &t), true
}

func (c *cube) ratioCell(at spot, i int32) (out report.Cell) {
	out.Asked, out.Heard = c.hearing(at, i)
	out.Given = c.givenRatio(at, i)
	out.Value, out.Mark = c.ratioAt(at, i)
	p := &c.plans[i]
	if out.Mark == report.MarkNone && (c.isEstimate(at, i) || c.isEstimate(at, p.num) || c.isEstimate(at, p.den)) {
		out.Mark = report.MarkEstimate
	}
	return out
}

func (c *cube) tallyCell(at spot, i int32, t *tally) (out report.Cell) {
	out.Asked, out.Heard = c.hearing(at, i)
	out.Given = int(t.agencies)
	if t.figures == 0 || t.isRefused() {
		out.Mark = c.silence(at, t, i)
		return out
	}
	out.Value, out.Mark = c.valueAt(at, i, t)
	if out.Mark == report.MarkNone && c.isEstimate(at, i) {
		out.Mark = report.MarkEstimate
	}
	if out.Mark == report.MarkNone && c.plans[i].Repeats && (t.figures > 1 || c.isOfSeveral(at, i)) {
		out.Mark = report.MarkRepeats
	}
	return out
}

// isOfSeveral reports whether a figure of a cell over time, or under another map, is made of
// several.
func (c *cube) isOfSeveral(at spot, i int32) bool {
	return c.told != nil && slices.ContainsFunc(c.figuresAt(at, i), func(l twig) bool { return l.papers() > 1 })
}

// valueAt gives the value of a cell that has figures.
func (c *cube) valueAt(at spot, i int32, t *tally) (report.Value, report.Mark) {
	p := &c.plans[i]
	if !p.additive {
		leaves := c.figuresAt(at, i)
		if len(leaves) == 1 {
			return leaves[0].value(), report.MarkNone
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
	case at.agency != all && !c.hears(at.agency, i):
		return 1, 0
	case at.agency != all:
		return 1, 1
	case at.unit != all:
		return c.hearingOf(at.unit, i)
	}
	return int(c.asked[i]), int(c.heard[i])
}

// hears reports whether an agency was heard for an indicator.
func (c *cube) hears(agency, i int32) bool {
	return c.parts[agency] != nil && c.parts[agency].isHeard(i)
}

// hearingOf counts the agencies that report about a unit.
func (c *cube) hearingOf(unit, i int32) (asked, heard int) {
	for _, a := range c.reporters(unit) {
		if !c.plans[i].asks[a] {
			continue
		}
		asked++
		if c.hears(a, i) {
			heard++
		}
	}
	return asked, heard
}

// reporters gives the agencies the cube is about that report about a unit, by
// roster position.
func (c *cube) reporters(unit int32) []int32 {
	if c.pivot != nil {
		if known, found := c.pivot.reporters[unit]; found {
			return known
		}
	}
	out := []int32{}
	for a, code := range c.request.Agencies {
		if c.counts(int32(a)) && c.register.AgencyIsUnder(c.units[unit].code, code) {
			out = append(out, int32(a))
		}
	}
	if c.pivot != nil { // it is of one query alone, the live cubes are not
		c.pivot.reporters[unit] = out
	}
	return out
}

// silence says why a cell has no figure. What was said weighs more than what was
// left unsaid.
func (c *cube) silence(at spot, t *tally, i int32) report.Mark {
	for v, n := range t.said {
		if n > 0 {
			return voices[v]
		}
	}
	asked, heard := c.hearing(at, i)
	return unsaid(asked, heard, heard > 0 && c.isNothing(at, i))
}

// isNothing reports whether any of the agencies heard for a cell sent a nil report.
func (c *cube) isNothing(at spot, i int32) bool {
	switch {
	case at.agency != all:
		return c.parts[at.agency].isNothing(i)
	case at.unit == all:
		return c.nothing[i] > 0
	}
	for _, a := range c.reporters(at.unit) {
		if c.plans[i].asks[a] && c.hears(a, i) && c.parts[a].isNothing(i) {
			return true
		}
	}
	return false
}

// unsaid is the mark where of those asked nobody said anything of a figure.
func unsaid(asked, heard int, nothing bool) report.Mark {
	switch {
	case asked == 0:
		return report.MarkNotApplicable
	case heard == 0:
		return report.MarkMissing
	case nothing:
		return report.MarkNil
	}
	return report.MarkBlank
}

// items prepares leaves for a roll.
func (c *cube) items(p *plan, leaves []twig) []item {
	weighed := p.isWeighed()
	out := make([]item, len(leaves))
	for k, l := range leaves {
		if rolled := l.rolled(); rolled != nil {
			out[k] = *rolled
			out[k].agency, out[k].place, out[k].unit = l.agency(), l.place, l.unit
			continue
		}
		value := l.value()
		out[k] = item{agency: l.agency(), place: l.place, unit: l.unit, kind: value.Kind, text: value.Text, yes: value.Yes}
		if value.Kind == report.Number {
			out[k].num = ratOf(value.Num)
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
func (c *cube) weight(p *plan, l twig) *big.Rat {
	if p.Weight == "" {
		return big.NewRat(1, 1)
	}
	if p.weight < 0 {
		return nil
	}
	w, known := c.twin(l, p.weight)
	if !known {
		return nil
	}
	switch value := w.value(); value.Kind {
	case report.Number:
		return ratOf(value.Num)
	case report.Nil:
		return new(big.Rat)
	}
	return nil
}

// twin gives the leaf of another indicator of the same agency, unit and place;
// false when there is none.
func (c *cube) twin(l twig, i int32) (twig, bool) {
	leaves := l.part.of(i)
	at, found := slices.BinarySearchFunc(leaves, l.site, func(a leaf, s site) int { return c.compareSites(a.site, s) })
	if !found {
		return twig{}, false
	}
	return twig{leaf: &leaves[at], part: l.part}, true
}
