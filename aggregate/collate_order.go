package aggregate

import "tonghop/report/paper"

// arrange finds the order of the rows and columns of the form.
func (c *collation) arrange(tables []*paper.Table) {
	columns, rows := newOrder(columnKey), newOrder(rowKey)
	for _, t := range tables {
		columns.merge(t.Columns)
		rows.merge(t.Rows)
	}
	c.sum.Columns, c.columns = columns.list()
	c.sum.Rows, c.rows = rows.list()
	for _, t := range tables { // a total that the first has no name for has the next one's
		for i := range t.Rows {
			if r := &c.sum.Rows[c.rows[t.Rows[i].Key]]; r.Name == "" && r.Number == "" {
				r.Name = t.Rows[i].Name
			}
		}
	}
	c.nameTimed(tables)
	for i := range c.sum.Columns { // what they are the sum of is said by positions in the form
		c.sum.Columns[i].Of = nil
	}
	for i := range c.sum.Rows {
		c.sum.Rows[i].Of = nil
	}
}

func columnKey(c *paper.Column) string { return c.Key }

func rowKey(r *paper.Row) string { return r.Key }

// order is a list into which others are merged: what is new follows the one that it
// follows there, or stands before the first that is known; where none is known it
// comes last. It is a chain, for each may be put in anywhere.
type order[T any] struct {
	key   func(*T) string
	links []link[T]
	at    map[string]int // links by key
}

// link is a member of the chain; the first of all is none, and closes it to a ring.
type link[T any] struct {
	value        T
	before, next int
}

func newOrder[T any](key func(*T) string) *order[T] {
	return &order[T]{key: key, links: make([]link[T], 1), at: map[string]int{}}
}

// merge takes a list in.
func (o *order[T]) merge(list []T) {
	last := o.start(list)
	for i := range list {
		key := o.key(&list[i])
		at, ok := o.at[key]
		if !ok {
			at = o.insert(list[i], last)
			o.at[key] = at
		}
		last = at
	}
}

// start gives the link that what comes first in a list follows.
func (o *order[T]) start(list []T) int {
	for i := range list {
		if at, ok := o.at[o.key(&list[i])]; ok {
			return o.links[at].before
		}
	}
	return o.links[0].before
}

// insert puts a value behind a link.
func (o *order[T]) insert(value T, behind int) int {
	at, next := len(o.links), o.links[behind].next
	o.links = append(o.links, link[T]{value, behind, next})
	o.links[behind].next = at
	o.links[next].before = at
	return at
}

// list gives the members in their order, and the position of each by its key.
func (o *order[T]) list() ([]T, map[string]int) {
	out, positions := make([]T, 0, len(o.links)-1), make(map[string]int, len(o.links)-1)
	for at := o.links[0].next; at != 0; at = o.links[at].next {
		positions[o.key(&o.links[at].value)] = len(out)
		out = append(out, o.links[at].value)
	}
	return out, positions
}
