package outline

import (
	"slices"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// unitOver gives the unit of a column: its own, or that of the table where it is
// one that its figures can be in. lent says that it is the table's, and that the
// words over the column leave open whether it fits.
func unitOver(t *table.Table, c *table.Col) (unit string, lent bool) {
	if c.Unit != "" {
		return c.Unit, false
	}
	if viet.ParseUnit(t.Unit).Measure && counts(t, c) {
		return "", false
	}
	return t.Unit, t.Unit != "" && !isAmount(c)
}

// isOwn reports whether a column is in a measure that its head states while other columns
// state none: a unit of the row, "nhà", is then that of the others, and not that of "Giá
// trị thiệt hại (triệu đồng)".
func isOwn(t *table.Table, c *table.Col) bool {
	return viet.ParseUnit(c.Unit).Measure && slices.ContainsFunc(t.Cols, func(other table.Col) bool { return other.Role == table.ColValue && other.Unit == "" })
}

// counts reports whether the figures of a column are a number of things. The words
// nearest to them go first: "Số hộ › Kinh phí" is money. Where they only name things,
// "Hộ nghèo" or "Nữ", it is their number if another column says that it is money, and
// else money for them.
func counts(t *table.Table, c *table.Col) bool {
	things := false
	for _, step := range slices.Backward(c.Path) {
		switch {
		case viet.IsNumberOf(step):
			return true
		case viet.IsAmount(step):
			return false
		case viet.NamesThings(step):
			things = true
		}
	}
	return things && slices.ContainsFunc(t.Cols, func(other table.Col) bool { return other.Role == table.ColValue && isAmount(&other) })
}

// isAmount reports whether the words over a column say money or a measure.
func isAmount(c *table.Col) bool { return slices.ContainsFunc(c.Path, viet.IsAmount) }
