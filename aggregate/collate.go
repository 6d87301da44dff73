package aggregate

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// Collate adds up tables that no definition describes: those of one form cell by
// cell, each form for itself, in the order in which their first tables come. Two
// tables are of one form when most of the words over their columns are the same,
// and what stands over them or their rows does not say otherwise.
//
// What is no report of its own is left out and said: the same figures handed in
// twice, and a table that is the sum of others. Columns of rates and means are not
// added. Figures in another multiple of a unit are converted exactly; those of
// something else are kept apart. A total that a table lacks is made of its parts.
func Collate(tables []*paper.Table) []paper.Sum {
	var sums []paper.Sum
	for _, form := range forms(sameBodies(knownHeads(tables))) {
		sums = append(sums, collate(form))
	}
	sayFormsApart(sums)
	return sums
}

// collate adds up the tables of one form.
func collate(tables []*paper.Table) paper.Sum {
	c := &collation{}
	c.sayTitles(tables)
	tables = c.sameKeys(tables)
	tables = c.withoutCopies(tables)
	tables = c.withoutSummaries(tables)
	tables = c.withoutContained(tables)
	tables = c.namesakesApart(tables)
	tables = c.unitsApart(tables)
	c.sum.Tables, c.sum.Title = tables, titleOfMost(tables)
	c.arrange(tables)
	c.addUp()
	c.finish()
	return c.sum
}

// titleOfMost gives what stands over more than half of some tables, "" where nothing does:
// the title of January is not that of three months.
func titleOfMost(tables []*paper.Table) string {
	times := map[string]int{}
	for _, t := range tables {
		if times[t.Title.Text]++; 2*times[t.Title.Text] > len(tables) {
			return t.Title.Text
		}
	}
	return ""
}

// place is a cell of the form.
type place struct{ row, column int }

// collation is a sum in the making.
type collation struct {
	sum     paper.Sum
	rows    map[string]int // positions by key
	columns map[string]int
	units   struct {
		columns, rows units
		own           map[string]bool // columns in units of their own, see [paper.Column]
	}
	replaced map[place]int  // tables whose figure in a cell is that of another time
	things   map[place]bool // cells that some table counts things in, though money stands over it
	said     []said         // by table
}

func (c *collation) say(f fault.Fault) { c.sum.Findings = append(c.sum.Findings, f) }

// at gives the cell of the form that a cell of a table is.
func (c *collation) at(t *paper.Table, row, column int) place {
	return place{c.rows[t.Rows[row].Key], c.columns[t.Columns[column].Key]}
}

// adds reports whether the figures of a cell are added up.
func (c *collation) adds(at place) bool {
	return c.sum.Columns[at.column].Adds && c.sum.Rows[at.row].Adds
}

// counted are the figures of one table, by the cells of the form; those of a total
// that was made of its parts are several.
type counted map[place][]paper.Source

// addUp counts the figures of all tables.
func (c *collation) addUp() {
	figures := make([]counted, len(c.sum.Tables))
	c.things, c.replaced, c.said = map[place]bool{}, map[place]int{}, make([]said, len(c.sum.Tables))
	for n, t := range c.sum.Tables {
		c.said[n].t = t
		figures[n] = c.read(n, t)
	}
	totals := c.totals()
	c.fill(figures, totals)
	c.onePeriodEach(figures)
	c.saySameEachTime(figures)
	c.add(figures)
	c.sayOpen(figures, totals)
}

// read gives the figures of a table in the units of the sum.
func (c *collation) read(n int, t *paper.Table) counted {
	out := counted{}
	for i := range t.Figures {
		f := &t.Figures[i]
		at := c.at(t, f.Row, f.Column)
		if !c.adds(at) {
			continue
		}
		if isThings(t, f) && t.Columns[f.Column].Unit.Measure {
			c.things[at] = true
		}
		powers, from, to := c.shift(t, f)
		c.sayAssumed(&c.said[n], at, from, to)
		if powers != 0 {
			c.sayConverted(&c.said[n], from, to)
		}
		value, err := f.Value.Shift(powers)
		if err != nil {
			c.say(tooLarge(c.sum.Columns[at.column].Path, f.Text).In(t.File).At(t.Sheet, f.Cell))
			continue
		}
		out[at] = append(out[at], paper.Source{Table: n, Cell: f.Cell, Value: value})
	}
	return out
}

// add puts the figures of all tables together, by row, then column.
func (c *collation) add(figures []counted) {
	cells := map[place]int{}
	for n, t := range c.sum.Tables {
		for _, at := range sortedPlaces(figures[n]) {
			k, ok := cells[at]
			if !ok {
				k = len(c.sum.Totals)
				cells[at] = k
				c.sum.Totals = append(c.sum.Totals, paper.Total{Row: at.row, Column: at.column, Replaced: c.replaced[at]})
			}
			total := &c.sum.Totals[k]
			for _, src := range figures[n][at] {
				value, err := total.Value.Add(src.Value)
				if err != nil {
					c.say(tooLarge(c.sum.Columns[at.column].Path, src.Value.String()).In(t.File).At(t.Sheet, src.Cell))
					continue
				}
				total.Value = value
				total.Sources = append(total.Sources, src)
			}
		}
	}
	slices.SortFunc(c.sum.Totals, func(a, b paper.Total) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	})
}

// sortedPlaces gives the cells with figures, by row, then column.
func sortedPlaces(figures counted) []place {
	out := make([]place, 0, len(figures))
	for at := range figures {
		out = append(out, at)
	}
	slices.SortFunc(out, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
	})
	return out
}

// tooLarge says that a figure under some words makes a sum that cannot be held.
func tooLarge(path []string, got string) fault.Fault {
	return fault.New(fault.NumberTooLarge, fault.A("label", label(path)), fault.A("got", got))
}

// label spells the words over a column in one line.
func label(path []string) string { return strings.Join(path, " / ") }

// finish says what is apart and what was not added, and gives each file, body and
// place its share.
func (c *collation) finish() {
	c.saySentAgain()
	c.sayTimesDiffer()
	c.sayColumnsApart()
	c.sayRowsApart()
	c.sayNotAdded()
	c.showUnits()
	c.share()
}

// sayNotAdded says which columns and rows with figures hold rates or means.
func (c *collation) sayNotAdded() {
	columns, rows := firstCells(c.sum.Tables)
	for i := range c.sum.Columns {
		if col := &c.sum.Columns[i]; !col.Adds && columns[col.Key] != "" {
			c.say(fault.New(fault.PaperNotAdded, fault.Both("what", "Cột", "The column"), fault.A("label", label(col.Path))))
		}
	}
	for i := range c.sum.Rows {
		if row := &c.sum.Rows[i]; !row.Adds && rows[row.Key] != "" {
			name := cmp.Or(rowName(row), row.Number, rows[row.Key])
			c.say(fault.New(fault.PaperNotAdded, fault.Both("what", "Dòng", "The row"), fault.A("label", name)))
		}
	}
}

// firstCells gives the cell of the first figure of each column and row that has some,
// by its key.
func firstCells(tables []*paper.Table) (columns, rows map[string]string) {
	columns, rows = map[string]string{}, map[string]string{}
	for _, t := range tables {
		for i := range t.Figures {
			f := &t.Figures[i]
			if key := t.Columns[f.Column].Key; columns[key] == "" {
				columns[key] = f.Cell
			}
			if key := t.Rows[f.Row].Key; rows[key] == "" {
				rows[key] = f.Cell
			}
		}
	}
	return columns, rows
}
