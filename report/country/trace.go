package country

import (
	"math/big"
	"slices"

	"tonghop/report/calendar"
)

// Part is what of a unit lies, by a key of allocation, in a unit of another day.
type Part struct {
	Unit  *Unit
	Share *big.Rat // of the unit that was traced; nought where the key gives it nothing
}

// Key says how a unit is divided among those that took its place, or whose place it
// took: a weight for each, in their order, none below nought and not all nought.
type Key func(divided *Unit, among []*Unit) []*big.Rat

// Equally gives every unit the same weight.
func Equally(_ *Unit, among []*Unit) []*big.Rat {
	out := make([]*big.Rat, len(among))
	for i := range out {
		out[i] = big.NewRat(1, 1)
	}
	return out
}

// Trace gives the units of a day in which a unit lies, in the order of their codes: itself
// where it lives then, the one it was merged into, several where it was divided. Their
// shares add up to one, whatever the key. A day before the unit is traced backwards: it
// lies in those whose place it took. A district that ended with its level lies in the
// communes that it had. The zero day is now.
//
// Whether a share is known or estimated is seen by the number of parts, which does not
// depend on the key: of one part the share is one.
func (u *Unit) Trace(day calendar.Date, key Key) []Part {
	shares := map[*Unit]*big.Rat{u: big.NewRat(1, 1)}
	for {
		moved := false
		for _, at := range inOrder(shares) {
			next := at.towards(day)
			if len(next) == 0 {
				continue
			}
			moved = true
			share := shares[at]
			delete(shares, at)
			divide(shares, share, next, key(at, next))
		}
		if !moved {
			break
		}
	}
	out := make([]Part, 0, len(shares))
	for _, at := range inOrder(shares) {
		out = append(out, Part{at, shares[at]})
	}
	return out
}

// divide adds a share to those of units by their weights.
func divide(shares map[*Unit]*big.Rat, share *big.Rat, among []*Unit, weights []*big.Rat) {
	all := new(big.Rat)
	for _, w := range weights {
		all.Add(all, w)
	}
	for i, u := range among {
		part := new(big.Rat).Mul(share, weights[i])
		part.Quo(part, all)
		if old := shares[u]; old != nil {
			part.Add(part, old)
		}
		shares[u] = part
	}
}

// towards gives the next units on the way from u to a day; none where u lives then, or
// nothing is known of what was before or after it.
func (u *Unit) towards(day calendar.Date) []*Unit {
	switch {
	case u.Lives(day):
		return nil
	case !u.Until.IsZero() && (day.IsZero() || u.Until.Before(day)):
		if next := u.Successors(); len(next) > 0 || u.Level != District {
			return next
		}
		return On(u.Until).Children(u.Code)
	}
	return u.Predecessors()
}

// inOrder gives units by code, those of one code the older first.
func inOrder(shares map[*Unit]*big.Rat) []*Unit {
	var out []*Unit
	for u := range shares {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b *Unit) int {
		if c := byCode(a, b); c != 0 {
			return c
		}
		return a.From.Compare(b.From)
	})
	return out
}
