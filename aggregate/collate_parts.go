package aggregate

import (
	"slices"

	"tonghop/report/paper"
)

// inUnit is what a cell of the form is in: as a total, or as a part of one.
type inUnit struct {
	unit   paper.Unit
	things bool // things are counted there, though money stands over it
	proven bool // of a part: a table proves that it is one
}

// inAt says in what a cell of the form is.
func (c *collation) inAt(at place, proven bool) inUnit {
	return inUnit{c.unitAt(at), c.things[at], proven}
}

// steps gives the powers of ten that bring the figures of the parts of a total into
// its unit, and that unit; false where they do not count the same: households are no
// part of an amount of money. A total that states no unit is in that of its parts, and
// a part that states none in that of its total where a table proves that it is a part.
func steps(total inUnit, parts []inUnit) (powers []int, to paper.Unit, ok bool) {
	to = total.unit
	if !to.IsStated() && !total.things {
		if i := slices.IndexFunc(parts, func(p inUnit) bool { return p.unit.IsStated() }); i >= 0 {
			to = parts[i].unit
		}
	}
	powers = make([]int, len(parts))
	for i, p := range parts {
		from := p.unit
		switch {
		case from.IsStated() && to.IsStated() && from.Base == to.Base:
			powers[i] = from.Power - to.Power
		case from.IsStated() && to.IsStated():
			if _, same := from.Shift(to); !same || !p.proven {
				return nil, to, false
			}
		case !counts(from) || !counts(to):
			if from.IsStated() || p.things || !p.proven {
				return nil, to, false
			}
		}
	}
	return powers, to, true
}

// counts reports whether figures in a unit, or without one, can be a plain number of
// things.
func counts(u paper.Unit) bool { return !u.Measure && u.Power == 0 }

// shifted gives sources moved by powers of ten; false where one cannot be held.
func shifted(sources []paper.Source, powers int) ([]paper.Source, bool) {
	out := slices.Clone(sources)
	for i := range out {
		value, err := out[i].Value.Shift(powers)
		if err != nil {
			return nil, false
		}
		out[i].Value = value
	}
	return out, true
}
