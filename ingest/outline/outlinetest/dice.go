package outlinetest

import "math/rand/v2"

// dice are what a seed decides by. The same seed throws the same dice on every
// machine, for as long as the order of the throws stays.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice {
	const stream = 0x74e1_6e67_2068_e1bb // any constant
	return dice{rand.New(rand.NewPCG(seed, stream))}
}

// chance is true in so many of a hundred throws.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between gives a number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// pick gives one of the things.
func pick[T any](d dice, of ...T) T { return of[d.IntN(len(of))] }

// some gives n of the things in the order they had, all where there are fewer.
func some[T any](d dice, n int, of []T) []T {
	if n >= len(of) {
		return of
	}
	chosen := make([]bool, len(of))
	for _, i := range d.Perm(len(of))[:n] {
		chosen[i] = true
	}
	out := make([]T, 0, n)
	for i, yes := range chosen {
		if yes {
			out = append(out, of[i])
		}
	}
	return out
}
