package aggregate

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// pivot is what the answer to one query shows, so that a cube made for it has no
// more tallies than it has rows. Whatever else is asked of such a cube is added up
// from its leaves.
type pivot struct {
	by         axes
	level      string
	indicators []bool // by position, with what they are made of; nil: all

	reporters map[int32][]int32 // by unit, as far as they were asked for
}

// isShown reports whether the cube has tallies for a spot of all agencies: the live
// ones have them for every spot that is not of a unit.
func (c *cube) isShown(at spot) bool {
	t := c.pivot
	if t == nil {
		return at.unit == all
	}
	return (at.unit != all) == t.by.unit && (at.place != all) == t.by.place && c.atLevelOf(at, t.level)
}

// tallies reports whether the cube has tallies for an indicator.
func (c *cube) tallies(indicator int32) bool {
	if c.pivot == nil || c.pivot.indicators == nil {
		return true
	}
	return int(indicator) < len(c.pivot.indicators) && c.pivot.indicators[indicator]
}

// shows gives the table of some indicators.
func (f *frame) shows(by axes, level string, indicators []int32) *pivot {
	t := &pivot{by: by, level: level, indicators: make([]bool, len(f.plans)), reporters: map[int32][]int32{}}
	for _, i := range indicators {
		for _, k := range f.restsOn(i) {
			t.indicators[k] = true
		}
	}
	return t
}

// partsOfTask is how many contributions are counted together at least.
const partsOfTask = 64

// putAll adds the contributions of agencies that have none in the cube, as far as
// they are about some places (nil: all). Each processor counts some of them by
// itself: sums are exact, so that it does not matter which.
func (c *cube) putAll(parts []*contribution, places []bool) {
	if len(parts) == 0 {
		return
	}
	size := max(partsOfTask, (len(parts)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	chunks := slices.Collect(slices.Chunk(parts, size))
	counted := make([]*cube, len(chunks))
	inParallel(len(chunks), func(k int) {
		own := newCube(c.frame)
		own.only, own.pivot = c.only, c.pivot
		for _, part := range chunks[k] {
			own.put(part.narrow(places))
		}
		counted[k] = own
	})
	for _, own := range counted {
		c.absorb(own)
	}
}

// inParallel does n tasks, by as many goroutines as there are processors, and returns when
// all are done.
func inParallel(n int, do func(k int)) {
	var next atomic.Int64
	var tasks sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		tasks.Go(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				do(k)
			}
		})
	}
	tasks.Wait()
}

// absorb adds what a cube of other agencies has.
func (c *cube) absorb(other *cube) {
	for a, part := range other.parts {
		if part != nil {
			c.parts[a] = part
		}
	}
	for i := range c.plans {
		c.heard[i] += other.heard[i]
		c.nothing[i] += other.nothing[i]
	}
	c.visits = max(c.visits, other.visits) // tallies taken over remember visits of the other
	for at, theirs := range other.shelves {
		ours := c.shelves[at]
		if ours == nil {
			c.shelves[at] = theirs
			continue
		}
		for k := range theirs.entries {
			e := &theirs.entries[k]
			ours.tally(e.indicator).merge(&e.tally)
		}
	}
}
