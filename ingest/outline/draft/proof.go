package draft

import (
	"slices"
	"strings"

	"tonghop/ingest/table"
	"tonghop/report/decimal"
)

// proven gives the rows that a row is the sum of in every copy that was filled in,
// in every column that adds up, and in how many copies it is more than noughts.
// Where a copy leaves rows empty, fewer parts come to the same sum: so all that the
// numbering puts under the row are tried first, and then what any copy showed, the
// longest first.
func (g *grid) proven(r *row, rows []*row) (parts []*row, copies int) {
	if len(r.sums) == 0 {
		return nil, 0
	}
	if under := numberedUnder(r, rows); len(under) > 1 {
		if copies := g.adds(r, under); copies > 0 {
			return under, copies
		}
	}
	for _, s := range r.sums {
		if len(s) <= len(parts) {
			continue
		}
		if n := g.adds(r, s); n > 0 {
			parts, copies = s, n
		}
	}
	return parts, copies
}

// adds counts the copies in which a row is the sum of others and not nought; 0 when
// it is another sum in any.
func (g *grid) adds(r *row, parts []*row) (copies int) {
	for k := range g.copies {
		proof := false
		for _, c := range g.cols {
			total, ok := g.values[cell{k, r, c.at}]
			if !ok || natureless(c) {
				continue
			}
			cells := make([]cell, len(parts))
			for i, p := range parts {
				cells[i] = cell{k, p, c.at}
			}
			if g.sum(cells).Cmp(total) != 0 {
				return 0
			}
			proof = proof || !total.IsZero()
		}
		if proof {
			copies++
		}
	}
	return copies
}

// addsAcross reports whether no copy contradicts that a column is the sum of
// others.
func (g *grid) addsAcross(total int, parts []int) bool {
	for k := range g.copies {
		for _, r := range g.rows {
			want, ok := g.values[cell{k, r, total}]
			if !ok {
				continue
			}
			cells := make([]cell, len(parts))
			for i, p := range parts {
				cells[i] = cell{k, r, p}
			}
			if g.sum(cells).Cmp(want) != 0 {
				return false
			}
		}
	}
	return true
}

// rateOfColumns reports whether a total whose parts its figures prove is a rate, as
// shares add up to a share. The parts of any other are none either, whatever they
// are called: "Bù lãi suất và phí quản lý" is money.
func (g *grid) rateOfColumns(total *col, parts []int) bool {
	if natureless(total) {
		return true
	}
	for _, p := range parts {
		c := g.cols[p]
		if c.seen.summed = total.seen.count > 0; natureless(c) {
			return true
		}
	}
	return false
}

// rateOfRows is rateOfColumns for rows.
func (g *grid) rateOfRows(total *row, rows []*row, parts []int) bool {
	rate := func(r *row) bool {
		n, _ := natureOf(r.label, g.unitFor(r, nil), r.seen)
		return n.rate
	}
	if rate(total) {
		return true
	}
	for _, p := range parts {
		r := rows[p]
		if r.seen.summed = total.seen.count > 0; rate(r) {
			return true
		}
	}
	return false
}

// columnWithin reports whether no copy contradicts that a column is a part of
// another.
func (g *grid) columnWithin(part, whole int) bool {
	for at, v := range g.values {
		if at.col != part {
			continue
		}
		if all, ok := g.values[cell{at.copy, at.row, whole}]; ok && exceeds(v, all) {
			return false
		}
	}
	return true
}

// rowWithin reports whether no copy contradicts that a row is a part of another.
func (g *grid) rowWithin(part, whole *row) bool {
	for at, v := range g.values {
		if at.row != part {
			continue
		}
		if all, ok := g.values[cell{at.copy, whole, at.col}]; ok && exceeds(v, all) {
			return false
		}
	}
	return true
}

// exceeds reports whether a figure is no part of another: it is more than that, or
// below nought where that is not.
func exceeds(part, whole decimal.Decimal) bool {
	return part.Cmp(whole) > 0 && whole.Sign() >= 0 || part.Sign() < 0 && whole.Sign() > 0
}

// averaged reports whether the figures of a column do not come to its total in a
// row of totals in which those of another column do: rates and means.
func (g *grid) averaged(c *col) bool {
	for k := range g.copies {
		for _, total := range g.rows {
			if !table.IsTotal(total.Name, nil) {
				continue
			}
			want, ok := g.values[cell{k, total, c.at}]
			if ok && !g.comesTo(k, total, c.at, want) && slices.ContainsFunc(g.cols, func(o *col) bool {
				want, ok := g.values[cell{k, total, o.at}]
				return ok && !want.IsZero() && g.comesTo(k, total, o.at, want)
			}) {
				return true
			}
		}
	}
	return false
}

// comesTo reports whether all rows but those of totals add up to a figure.
func (g *grid) comesTo(k int, total *row, col int, want decimal.Decimal) bool {
	var cells []cell
	for _, r := range g.rows {
		if r != total && r.Role == table.RowData {
			cells = append(cells, cell{k, r, col})
		}
	}
	return g.sum(cells).Cmp(want) == 0
}

// sum adds up the figures that are there. One that cannot be held exactly is no
// sum of anything: it comes out as nought.
func (g *grid) sum(cells []cell) (sum decimal.Decimal) {
	for _, c := range cells {
		v, ok := g.values[c]
		if !ok {
			continue
		}
		var err error
		if sum, err = sum.Add(v); err != nil {
			return decimal.Decimal{}
		}
	}
	return sum
}

// numberedUnder gives the rows right under a row as their numbers say: 1.1 and 1.2
// under 1, and 1 and 2 under II. Figures have no part in it.
func numberedUnder(r *row, rows []*row) (under []*row) {
	number := strings.Trim(r.Number, " .)(")
	if number == "" || strings.Trim(number, "-+*•") == "" {
		return nil
	}
	found := false
	for _, p := range rows {
		switch n := strings.Trim(p.Number, " .)("); {
		case p == r:
			found = true
		case !found || p.Part || n == "":
		case isRoman(number):
			if isRoman(n) {
				return under
			}
			if isDigits(n) {
				under = append(under, p)
			}
		default:
			if rest, ok := strings.CutPrefix(n, number+"."); ok && isDigits(rest) {
				under = append(under, p)
			}
		}
	}
	return under
}

func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVX") == "" }

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
