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
	said, converted := map[string][]*paper.Table{}, map[string][]*paper.Table{}
	var kept []*paper.Table
	for _, t := range tables {
		figures, base := figuresOf(t, false), figuresOf(t, true)
		var twins []*paper.Table
		if len(t.Figures) > 1 { // one figure alike is no copy
			twins = slices.DeleteFunc(slices.Clone(said[figures]), func(twin *paper.Table) bool { return !sameUnits(t, twin) })
			for _, twin := range converted[base] {
				if !slices.Contains(twins, twin) && sameBases(t, twin) {
					twins = append(twins, twin)
				}
			}
		}
		if i := slices.IndexFunc(twins, func(twin *paper.Table) bool { return maybeCopy(t, twin) }); i >= 0 {
			c.say(likeness(fault.PaperTwice, t, twins[i]))
			continue
		}
		if i := slices.IndexFunc(twins, func(twin *paper.Table) bool { return t.File != twin.File || t.Period.Differs(twin.Period) }); i >= 0 {
			c.say(likeness(fault.PaperAlike, t, twins[i]))
		}
		said[figures], converted[base] = append(said[figures], t), append(converted[base], t)
		kept = append(kept, t)
	}
	return kept
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
