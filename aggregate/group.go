package aggregate

import "slices"

// groupRows gives the rows of a query by group: for each body that agencies of
// the roster belong to, the figures of these agencies, added up by the same
// rules as those of all. Each agency's contribution is read once, whatever the
// number of groups.
func (q *Query) groupRows(c *cube, by axes, indicators []int32) ([]Row, error) {
	within := axes{place: by.place, unit: by.unit}
	rows := []Row{}
	for _, g := range c.groups(q.Agencies) {
		part := *q
		part.Agencies = g.agencies
		members, err := part.slice(c, c.shows(within, q.Level, indicators))
		if err != nil {
			return nil, err
		}
		for _, r := range members.rows(within, q.Level, indicators) {
			r.Group = &g.code
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// group is a body and the agencies of the roster that belong to it.
type group struct {
	code     string
	agencies []string
}

// groups gives the groups of the roster, or of those agencies of it that are
// asked for, in the order in which the roster first names one of their agencies.
func (f *frame) groups(only []string) []*group {
	var out []*group
	at := map[string]*group{}
	for _, code := range f.request.Agencies {
		if len(only) > 0 && !slices.Contains(only, code) {
			continue
		}
		body := f.groupOf(code)
		g := at[body]
		if g == nil {
			g = &group{code: body}
			at[body] = g
			out = append(out, g)
		}
		g.agencies = append(g.agencies, code)
	}
	return out
}

// groupOf gives the body an agency belongs to: its parent, or the agency itself
// where it has none.
func (f *frame) groupOf(code string) string {
	if a := f.register.Agency(code); a != nil && a.Parent != "" {
		return a.Parent
	}
	return code
}
