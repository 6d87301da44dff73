package report

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"tonghop/report/decimal"
)

// Facts (số liệu) are what one paper says: in canonical order, and never
// changed. A server holds the facts of all its requests at once, so they are
// kept by column: some ten bytes each where a paper has thousands, twenty where it
// has some hundred, more where the dictionaries are shared by few. As a list they
// would take two hundred each. The zero value has none.
type Facts struct{ c *FactColumns }

// FactsOf keeps a list, in canonical order. Of a value it keeps what its kind
// tells. It does not look for a fact that is there twice.
func FactsOf(list []Fact) Facts {
	if len(list) == 0 {
		return Facts{}
	}
	if !slices.IsSortedFunc(list, CompareFacts) {
		list = slices.Clone(list)
		SortFacts(list)
	}
	return Facts{columnsOf(list)}
}

// FactsIn gives the facts that stand in columns; they must not change any more.
func FactsIn(c *FactColumns) Facts { return Facts{c} }

// Columns gives the columns that facts stand in, nil where there is none. They
// are read only.
func (f Facts) Columns() *FactColumns { return f.c }

// Len is the number of facts.
func (f Facts) Len() int {
	if f.c == nil {
		return 0
	}
	return f.c.Count
}

// At gives the i-th fact.
func (f Facts) At(i int) Fact {
	unit, place, indicator := f.Key(i)
	return Fact{Unit: unit, Place: place, Indicator: indicator, Value: f.Value(i), Source: f.Source(i)}
}

// All gives each fact with its position.
func (f Facts) All() iter.Seq2[int, Fact] {
	return func(yield func(int, Fact) bool) {
		for i := range f.Len() {
			if !yield(i, f.At(i)) {
				return
			}
		}
	}
}

// List gives the facts as a list of their own.
func (f Facts) List() []Fact {
	list := make([]Fact, f.Len())
	for i := range list {
		list[i] = f.At(i)
	}
	return list
}

// Equal reports whether two papers say the same, from the same cells.
func (f Facts) Equal(g Facts) bool {
	if f.Len() != g.Len() {
		return false
	}
	for i, fact := range f.All() {
		if fact != g.At(i) {
			return false
		}
	}
	return true
}

// Key says what the i-th fact is about.
func (f Facts) Key(i int) (unit, place, indicator string) {
	c := f.c
	return c.Units[c.Unit.At(i)], c.Places[c.Place.At(i)], c.Indicators[c.Indicator.At(i)]
}

// Compare says how the i-th fact stands to the j-th of others in canonical
// order.
func (f Facts) Compare(i int, others Facts, j int) int {
	unit, place, indicator := others.Key(j)
	return f.compare(i, unit, place, indicator)
}

func (f Facts) compare(i int, unit, place, indicator string) int {
	u, p, k := f.Key(i)
	return cmp.Or(cmp.Compare(u, unit), cmp.Compare(p, place), cmp.Compare(k, indicator))
}

// Find gives the position of the fact about something; false when there is none.
func (f Facts) Find(unit, place, indicator string) (int, bool) {
	at, found := sort.Find(f.Len(), func(i int) int { return -f.compare(i, unit, place, indicator) })
	return at, found
}

// Look gives what is said about something: a Missing value when nothing is.
func (f Facts) Look(unit, place, indicator string) Value {
	at, found := f.Find(unit, place, indicator)
	if !found {
		return Value{}
	}
	return f.Value(at)
}

// Kind gives the kind of the i-th value.
func (f Facts) Kind(i int) ValueKind { return ValueKind(f.c.Kind.At(i)) }

// Value gives the i-th value.
func (f Facts) Value(i int) Value {
	c, kind := f.c, f.Kind(i)
	v := Value{Kind: kind}
	switch kind {
	case Number:
		v.Num = f.Number(i)
	case Words:
		v.Text = c.Words[c.Content.At(i)]
	case YesNo:
		v.Yes = c.Content.At(i) == 1
	}
	return v
}

// Number gives the i-th value, which is a number.
func (f Facts) Number(i int) decimal.Decimal {
	c := f.c
	content, scale := c.Content.At(i), c.Scale.At(i)
	if scale == WideNumber {
		return c.Wide[content]
	}
	return decimal.New(int64(content>>1)^-int64(content&1), int(scale))
}

// Source gives the cell of the i-th fact.
func (f Facts) Source(i int) Source {
	c := f.c
	s := Source{Sheet: c.Sheets[c.Sheet.At(i)], Norm: c.Norms[c.Norm.At(i)]}
	switch row, column := c.Row.At(i), c.Column.At(i); {
	case row > 0:
		s.Cell = cellAt(int(row), int(column))
	case column > 0:
		s.Cell = c.Cells[column-1]
	}
	if own := c.Text.At(i); own > 0 {
		s.Text = c.Texts[own-1]
	} else {
		s.Text = f.Value(i).String()
	}
	return s
}

func bit(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}
