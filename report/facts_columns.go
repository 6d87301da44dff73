package report

import (
	"cmp"
	"maps"
	"slices"

	"tonghop/report/decimal"
)

// FactColumns are facts laid out by column, so that package codec can write and
// read them as they stand. Everybody else sees them as [Facts]. The same facts
// give the same columns.
type FactColumns struct {
	Count int

	// Dictionaries: ascending, each text once, each used.
	Units, Places, Indicators, Sheets, Norms []string
	// For each fact its place in a dictionary.
	Unit, Place, Indicator, Sheet, Norm Numbers

	Kind    Numbers           // a ValueKind
	Content Numbers           // of a number the coefficient, in zigzag; of words their place in Words; of a yes 1
	Scale   Numbers           // of a number its scale, or WideNumber: then the content is a place in Wide
	Wide    []decimal.Decimal // numbers whose coefficient does not fit in 64 bits
	Words   []string

	Row, Column Numbers // of the cell; row 0 with a column n is the n-th of Cells, and no cell has neither
	Cells       []string
	Text        Numbers // 0: what stood in the cell is the value as spelt; n: it is the n-th of Texts
	Texts       []string
}

// WideNumber stands for the scale of a number that is kept apart.
const WideNumber = decimal.MaxScale + 1

// columnsOf lays out a sorted list that is not empty.
func columnsOf(list []Fact) *FactColumns {
	c := &FactColumns{Count: len(list)}
	numbers := make([]uint64, len(list)) // used for one column after the other
	refer := func(text func(*Fact) string) ([]string, Numbers) {
		return dictionaryOf(list, numbers, text)
	}
	c.Units, c.Unit = refer(func(f *Fact) string { return f.Unit })
	c.Places, c.Place = refer(func(f *Fact) string { return f.Place })
	c.Indicators, c.Indicator = refer(func(f *Fact) string { return f.Indicator })
	c.Sheets, c.Sheet = refer(func(f *Fact) string { return f.Source.Sheet })
	c.Norms, c.Norm = refer(func(f *Fact) string { return f.Source.Norm })

	column := func(number func(*Fact) uint64) Numbers {
		for i := range list {
			numbers[i] = number(&list[i])
		}
		return NumbersOf(numbers)
	}
	c.Kind = column(func(f *Fact) uint64 { return uint64(f.Value.Kind) })
	c.Content = column(func(f *Fact) uint64 { return c.contentOf(&f.Value) })
	c.Scale = column(scaleOf)
	c.Row = column(func(f *Fact) uint64 {
		row, _, _ := SplitCell(f.Source.Cell)
		return uint64(row)
	})
	c.Column = column(c.columnOf)
	c.Text = column(c.textOf)
	return c
}

// dictionaryOf gives the texts of facts, sorted, and for each fact its place
// among them.
func dictionaryOf(list []Fact, numbers []uint64, text func(*Fact) string) ([]string, Numbers) {
	at := map[string]uint64{}
	for i := range list {
		if s := text(&list[i]); i == 0 || s != text(&list[i-1]) { // neighbours mostly say the same
			at[s] = 0
		}
	}
	texts := slices.Sorted(maps.Keys(at))
	for i, s := range texts {
		at[s] = uint64(i)
	}
	for i := range list {
		if s := text(&list[i]); i == 0 || s != text(&list[i-1]) {
			numbers[i] = at[s]
		} else {
			numbers[i] = numbers[i-1]
		}
	}
	return texts, NumbersOf(numbers)
}

func (c *FactColumns) contentOf(v *Value) uint64 {
	switch v.Kind {
	case Number:
		content, _ := c.KeepNumber(v.Num)
		return content
	case Words:
		c.Words = append(c.Words, v.Text)
		return uint64(len(c.Words) - 1)
	case YesNo:
		return bit(v.Yes)
	}
	return 0
}

func scaleOf(f *Fact) uint64 {
	if f.Value.Kind != Number {
		return 0
	}
	if _, ok := zigzag(f.Value.Num); !ok {
		return WideNumber
	}
	return uint64(f.Value.Num.Scale())
}

// KeepNumber gives content and scale of a number, after it has put one that is
// too wide for them apart.
func (c *FactColumns) KeepNumber(d decimal.Decimal) (content, scale uint64) {
	if content, ok := zigzag(d); ok {
		return content, uint64(d.Scale())
	}
	c.Wide = append(c.Wide, d)
	return uint64(len(c.Wide) - 1), WideNumber
}

// CompareKeys says how the i-th fact stands to the j-th in canonical order.
func (c *FactColumns) CompareKeys(i, j int) int {
	for _, column := range [...]Numbers{c.Unit, c.Place, c.Indicator} {
		if order := cmp.Compare(column.At(i), column.At(j)); order != 0 { // dictionaries are ascending
			return order
		}
	}
	return 0
}

// zigzag gives the coefficient of a number with its sign in the lowest bit;
// false when that does not fit in 64 bits.
func zigzag(d decimal.Decimal) (uint64, bool) {
	hi, lo, _ := d.Parts()
	n := int64(lo)
	return uint64(n)<<1 ^ uint64(n>>63), hi == n>>63
}

func (c *FactColumns) columnOf(f *Fact) uint64 {
	if _, column, ok := SplitCell(f.Source.Cell); ok {
		return uint64(column)
	}
	if f.Source.Cell == "" {
		return 0
	}
	c.Cells = append(c.Cells, f.Source.Cell)
	return uint64(len(c.Cells))
}

func (c *FactColumns) textOf(f *Fact) uint64 {
	if f.Value.isSpelt(f.Source.Text) {
		return 0
	}
	c.Texts = append(c.Texts, f.Source.Text)
	return uint64(len(c.Texts))
}
