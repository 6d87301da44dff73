package lang

import (
	"maps"
	"slices"
	"strings"
)

// CycleError says that computed indicators depend on one another in a circle.
type CycleError struct {
	Path []string // the circle; its first code stands again at the end
}

// Error names the circle.
func (e *CycleError) Error() string {
	return "computed indicators depend on one another: " + strings.Join(e.Path, " → ")
}

// Order returns the codes of computed indicators so that each comes after those it is
// computed from, and otherwise in the order of codes (law 6). What belongs to the previous
// period is there already and binds nothing. The error is a [*CycleError].
func Order(programs map[string]*Program) ([]string, error) {
	o := ordering{programs: programs, state: make(map[string]visitState, len(programs))}
	for _, code := range slices.Sorted(maps.Keys(programs)) {
		if err := o.place(code); err != nil {
			return nil, err
		}
	}
	return o.done, nil
}

type visitState uint8

const (
	unvisited visitState = iota
	visiting             // on the path
	visited              // in done
)

type ordering struct {
	programs map[string]*Program
	state    map[string]visitState
	path     []string
	done     []string
}

// place puts what code needs before it, depth first in the order of codes.
func (o *ordering) place(code string) error {
	switch o.state[code] {
	case visited:
		return nil
	case visiting:
		start := slices.Index(o.path, code)
		return &CycleError{Path: append(slices.Clone(o.path[start:]), code)}
	}
	o.state[code] = visiting
	o.path = append(o.path, code)
	for _, name := range o.programs[code].names {
		if _, computed := o.programs[name]; !computed {
			continue
		}
		if err := o.place(name); err != nil {
			return err
		}
	}
	o.path = o.path[:len(o.path)-1]
	o.state[code] = visited
	o.done = append(o.done, code)
	return nil
}
