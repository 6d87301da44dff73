package table

import (
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/decimal"
)

// levelWord begins the words over what each of many is given, "Mức hỗ trợ": a rate, or amounts
// that a list of people adds up.
var levelWord = viet.Key("mức")

// findAdded finds the columns of what each is given that the last row adds up: "Cộng" under
// "Mức hỗ trợ (đồng)". A mean would lie among its rows; a total is near what they are together,
// with a slip in it or not.
func (t *Table) findAdded() {
	last := len(t.Lines) - 1
	const fewest = 3 // rows, or a mean may be taken for their sum
	if last < fewest-1 || !t.Lines[last].saysPlainTotal() {
		return
	}
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role != ColValue || c.Adds() || !t.isLevel(c) {
			continue
		}
		total, sum, rows := t.look.at(t.Lines[last].Row, c.Col), decimal.Decimal{}, 0
		for k := range last {
			if at := t.look.at(t.Lines[k].Row, c.Col); at != nil && at.kind == kindFigure && !at.value.IsZero() && !t.Lines[k].saysTotal() {
				var err error
				if sum, err = sum.Add(at.value); err != nil {
					return
				}
				rows++
			}
		}
		if rows >= fewest && total != nil && total.kind == kindFigure {
			c.Added = isNear(total.value, sum)
		}
	}
}

// isLevel reports whether the lowest words over a column say a level of money, and its unit
// is no rate and no share.
func (t *Table) isLevel(c *Col) bool {
	if len(c.Path) == 0 || strings.Contains(c.Unit, "%") || saysPercent(strings.Join(c.Path, " ")) || isForEach(c.Unit) {
		return false
	}
	key := viet.Key(c.Path[len(c.Path)-1])
	return key == levelWord || strings.HasPrefix(key, levelWord+" ")
}

// isNear reports whether a figure is within a twentieth of a sum.
func isNear(figure, sum decimal.Decimal) bool {
	diff, err := figure.Sub(sum)
	if err != nil {
		return false
	}
	const part = 20
	times, err := diff.Abs().Mul(decimal.FromInt(part))
	return err == nil && times.Cmp(sum.Abs()) <= 0
}
