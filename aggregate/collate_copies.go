package aggregate

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// withoutCopies leaves out tables that say in every cell what another says, perhaps in
// another multiple of its unit. Where both name who made them, and not the same, neither is
// left out: it may be so.
func (c *collation) withoutCopies(tables []*paper.Table) []*paper.Table {
	said, converted := twins{}, twins{}
	var kept []*paper.Table
	for _, t := range tables {
		figures, base := figuresOf(t, false), figuresOf(t, true)
		if len(t.Figures) > 1 { // one figure alike is no copy
			twin := firstTwin(said.maybeCopies(figures, t), t, sameUnits, maybeCopy)
			if twin == nil {
				twin = firstTwin(converted.maybeCopies(base, t), t, sameBases, maybeCopy)
			}
			if twin != nil {
				c.say(likeness(fault.PaperTwice, t, twin))
				continue
			}
			twin = firstTwin(said[figures].all(), t, sameUnits, isElsewhere)
			if twin == nil {
				twin = firstTwin(converted[base].all(), t, sameBases, isElsewhere)
			}
			if twin != nil {
				c.say(likeness(fault.PaperAlike, t, twin).With(whose(t, twin)))
			}
		}
		said.keep(figures, t)
		converted.keep(base, t)
		kept = append(kept, t)
	}
	return kept
}

// twins are tables by how their figures are spelt.
type twins map[string]*alikes

// alikes are tables with the same figures, by who made them.
type alikes struct {
	list []*paper.Table
	by   map[string][]*paper.Table // who says so; "" of those that do not
}

func (a *alikes) all() []*paper.Table {
	if a == nil {
		return nil
	}
	return a.list
}

func (w twins) keep(figures string, t *paper.Table) {
	a := w[figures]
	if a == nil {
		a = &alikes{by: map[string][]*paper.Table{}}
		w[figures] = a
	}
	body := t.ByKey
	if t.Agency == "" {
		body = ""
	}
	a.list, a.by[body] = append(a.list, t), append(a.by[body], t)
}

// maybeCopies gives the tables with the figures of a table that its body may have made: of
// thousands with nothing to report nearly all are by others.
func (w twins) maybeCopies(figures string, t *paper.Table) []*paper.Table {
	a := w[figures]
	switch {
	case a == nil:
		return nil
	case t.Agency == "":
		return a.list
	}
	return slices.Concat(a.by[t.ByKey], a.by[""])
}

// firstTwin gives the first table of a list with the units of a table to which something else
// applies as well, nil without.
func firstTwin(list []*paper.Table, t *paper.Table, units, applies func(a, b *paper.Table) bool) *paper.Table {
	for _, twin := range list {
		if applies(t, twin) && units(t, twin) {
			return twin
		}
	}
	return nil
}

// isElsewhere reports whether a table is of another file, or another time, than one.
func isElsewhere(t, twin *paper.Table) bool {
	return t.File != twin.File || t.Period.Differs(twin.Period)
}

// whose says what tells a table from one with the same figures.
func whose(t, twin *paper.Table) fault.Arg {
	if t.ByKey == twin.ByKey && t.Period.Differs(twin.Period) {
		return fault.Both("whose", "của kỳ khác", "of another time")
	}
	return fault.Both("whose", "của đơn vị khác", "by another body")
}

// sameBases reports whether the figures of two tables that are the same when they are
// converted are in units of one base, or state none.
func sameBases(a, b *paper.Table) bool {
	for i := range a.Figures {
		x, y := statedUnit(a, &a.Figures[i]), statedUnit(b, &b.Figures[i])
		if x.Base != y.Base {
			return false
		}
	}
	return true
}

// sameUnits reports whether the figures of two tables with the same digits in the same
// cells are the same: "5 triệu đồng" is not "5 nghìn đồng". One that states no unit is
// taken to be in that of the other.
func sameUnits(a, b *paper.Table) bool {
	for i := range a.Figures {
		powers, same := statedUnit(a, &a.Figures[i]).Shift(statedUnit(b, &b.Figures[i]))
		if powers != 0 || !same {
			return false
		}
	}
	return true
}

// maybeCopy reports whether a table with the figures of another may be that one once
// more: it is from another sheet, and not said to be by somebody else or of another time.
func maybeCopy(t, twin *paper.Table) bool {
	return (t.File != twin.File || t.Sheet != twin.Sheet) && !t.Period.Differs(twin.Period) && (t.ByKey == twin.ByKey || t.Agency == "" || twin.Agency == "")
}

// saySentAgain says which bodies have two files with mostly the same rows, of one time,
// among those that were added: a report and its correction, most likely; or one of a time and
// one of a part of it.
func (c *collation) saySentAgain() {
	before := map[string][]*paper.Table{} // by who says that they made it
	for _, t := range c.sum.Tables {
		if t.Agency == "" {
			continue
		}
		again := func(b *paper.Table) bool {
			return (b.File != t.File && !b.Period.Differs(t.Period) || holdsTime(b, t) || holdsTime(t, b)) && 2*sharedRows(b, t) >= min(len(b.Rows), len(t.Rows))
		}
		if i := slices.IndexFunc(before[t.ByKey], again); i >= 0 {
			c.say(fault.New(fault.PaperSentAgain, fault.A("agency", t.By()), fault.A("other", before[t.ByKey][i].File)).In(t.File).At(t.Sheet, t.Area))
			continue
		}
		before[t.ByKey] = append(before[t.ByKey], t)
	}
}

// holdsTime reports whether the time of a table holds that of another with its title.
func holdsTime(t, of *paper.Table) bool {
	p, q := t.Period, of.Period
	return t.Series == of.Series && p.Differs(q) && p.Of.Contains(q.Of.From) && p.Of.Contains(q.Of.To)
}

func likeness(code fault.Code, t, twin *paper.Table) fault.Fault {
	return fault.New(code, fault.A("other", twin.File), fault.A("count", strconv.Itoa(len(t.Figures)))).In(t.File).At(t.Sheet, t.Area)
}

// figuresOf spells the figures of a table with their rows and columns; inBase in the base of
// their units.
func figuresOf(t *paper.Table, inBase bool) string {
	var b strings.Builder
	for i := range t.Figures {
		f := &t.Figures[i]
		b.WriteString(t.Rows[f.Row].Key)
		b.WriteByte(0)
		b.WriteString(t.Columns[f.Column].Key)
		b.WriteByte(0)
		value := f.Value
		if inBase {
			if v, err := value.Shift(statedUnit(t, f).Power); err == nil {
				value = v
			}
		}
		b.WriteString(value.String())
		b.WriteByte(0)
	}
	return b.String()
}
