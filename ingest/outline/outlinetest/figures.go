package outlinetest

import "slices"

// scaleAt gives the decimals of a figure.
func scaleAt(r *row, c *column) int {
	if c.isRatio() || r.scale < 0 {
		return c.scale
	}
	return r.scale
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// filler works the figures of a table out, each once.
type filler struct {
	t     *table
	d     dice
	extra int // decimals beyond those shown, of a table that is rounded afterwards
	made  map[*row]map[*column]int64
	none  map[*row]map[*column]bool // a share of nothing
}

// fill draws figures until none of them adds up by accident.
func (t *table) fill(d dice) bool {
	for range 30 {
		f := filler{t: t, d: d, made: map[*row]map[*column]int64{}, none: map[*row]map[*column]bool{}}
		if t.rounded {
			f.extra = 1
		}
		t.figures = f.all()
		if !t.rounded && !t.accident() {
			return true
		}
		if t.rounded && t.closesNearly() && !t.accident() {
			return true
		}
	}
	return false
}

func (f *filler) all() map[*row]map[*column]figure {
	out := map[*row]map[*column]figure{}
	for _, r := range f.t.rows {
		if !r.hasFigures() {
			continue
		}
		out[r] = map[*column]figure{}
		for _, c := range f.t.values() {
			if c.empty {
				out[r][c] = figure{blank: true}
				continue
			}
			n := f.value(r, c)
			if !c.isRatio() && f.extra > 0 {
				n = divide(n, pow10(f.extra))
			}
			out[r][c] = figure{n: n, scale: scaleAt(r, c), blank: false}
			if f.none[r][c] {
				out[r][c] = figure{mark: pick(f.d, "-", "-", "x")}
			}
		}
	}
	return out
}

// value gives a figure in its smallest steps.
func (f *filler) value(r *row, c *column) int64 {
	if n, ok := f.made[r][c]; ok {
		return n
	}
	n := f.work(r, c)
	if f.made[r] == nil {
		f.made[r] = map[*column]int64{}
	}
	f.made[r][c] = n
	return n
}

func (f *filler) work(r *row, c *column) int64 {
	switch {
	case r.zero && !c.isRatio():
		return 0
	case c.isRatio():
		part, whole := f.value(r, c.ratio[0]), f.value(r, c.ratio[1])
		if whole == 0 {
			if f.none[r] == nil {
				f.none[r] = map[*column]bool{}
			}
			f.none[r][c] = true
			return 0
		}
		share := divide(part*100*pow10(c.scale), whole)
		if c.growth {
			share -= 100 * pow10(c.scale)
		}
		return share
	case len(c.parts) > 0:
		n := int64(0)
		for _, p := range c.parts {
			n += f.value(r, p)
		}
		return n
	case len(r.parts) > 0:
		n := int64(0)
		for _, p := range r.parts {
			n += f.value(p, c)
		}
		return n
	case c.stock[0] != nil:
		return f.value(r, c.stock[0]) + f.value(r, c.stock[1]) - f.value(r, c.stock[2])
	}
	return f.leaf(r, c)
}

// leaf draws a figure that hangs on no other, or only on being some of one.
func (f *filler) leaf(r *row, c *column) int64 {
	top := int64(-1)
	if r.within != nil {
		top = f.value(r.within, c)
	}
	if c.within != nil {
		if v := f.value(r, c.within); top < 0 || v < top {
			top = v
		}
	}
	if c.near != nil && r.within == nil {
		if v := f.value(r, c.near); v > 0 {
			return f.about(v)
		}
	}
	if top >= 0 { // some of the whole, seldom all of it
		return top * int64(f.d.between(5, 85)) / 100
	}
	if f.d.chance(6) {
		return 0
	}
	most := c.most
	if r.most > 0 {
		most = r.most
	}
	steps := int64(max(3, most)) * pow10(scaleAt(r, c)+f.extra)
	n := f.d.Int64N(steps) + 1
	if f.d.chance(50) {
		n = n/int64(f.d.between(2, 20)) + 1
	}
	if v, ok := f.there(r, c); ok {
		n = min(n, v)
	}
	return n
}

// about draws a figure near another, as next year's is near this year's.
func (f *filler) about(n int64) int64 {
	return n*int64(f.d.between(610, 1180))/1000 + int64(f.d.between(0, 2))
}

// there gives how much was there to go, where the column is what went.
func (f *filler) there(r *row, c *column) (int64, bool) {
	for _, end := range f.t.values() {
		if end.stock[2] == c {
			return f.value(r, end.stock[0]), true
		}
	}
	return 0, false
}

// divide rounds half away from nought, as spreadsheets do.
func divide(a, b int64) int64 {
	if (a < 0) != (b < 0) {
		return -divide(abs(a), abs(b))
	}
	a, b = abs(a), abs(b)
	return (2*a + b) / (2 * b)
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// relation is a total with its parts, in one column or in one row.
type relation struct {
	row   *row
	col   *column
	parts []figure
}

// stated minus what the parts add up to.
func (t *table) difference(x relation) int64 {
	n := t.figureAt(x.row, x.col).value()
	for _, p := range x.parts {
		n -= p.value()
	}
	return n
}

// relations gives all that should add up: down the rows, then across.
func (t *table) relations() []relation {
	var out []relation
	for _, r := range t.rows {
		if !r.hasFigures() {
			continue
		}
		for _, c := range t.values() {
			if c.empty {
				continue
			}
			if len(r.parts) > 0 && c.adds() {
				x := relation{row: r, col: c}
				for _, p := range r.parts {
					x.parts = append(x.parts, t.figureAt(p, c))
				}
				out = append(out, x)
			}
			if len(c.parts) > 0 {
				x := relation{row: r, col: c}
				for _, p := range c.parts {
					x.parts = append(x.parts, t.figureAt(r, p))
				}
				out = append(out, x)
			}
		}
	}
	return out
}

// closesNearly reports whether rounding kept each sum within half a step of each part.
func (t *table) closesNearly() bool {
	for _, x := range t.relations() {
		if 2*abs(t.difference(x)) > int64(len(x.parts))+1 {
			return false
		}
	}
	return true
}

// accident reports whether figures add up that were not meant to: a person
// could not tell such a table from one where they were.
func (t *table) accident() bool {
	var rows []*row
	for _, r := range t.rows {
		if r.hasFigures() {
			rows = append(rows, r)
		}
	}
	var columns []*column
	for _, c := range t.values() {
		if c.adds() && !c.empty {
			columns = append(columns, c)
		}
	}
	return t.accidentDown(rows, columns) || t.accidentAcross(rows, columns)
}

// accidentDown looks for a row that is the sum of rows right above or below it.
func (t *table) accidentDown(rows []*row, columns []*column) bool {
	at := func(i int) []int64 {
		v := make([]int64, len(columns))
		for k, c := range columns {
			v[k] = t.figureAt(rows[i], c).value()
		}
		return v
	}
	for i, r := range rows {
		want := at(i)
		if !slices.ContainsFunc(want, func(n int64) bool { return n != 0 }) {
			continue
		}
		for _, step := range []int{1, -1} {
			got := make([]int64, len(columns))
			var parts []*row
			for k := i + step; k >= 0 && k < len(rows); k += step {
				for j, n := range at(k) {
					got[j] += n
				}
				parts = append(parts, rows[k])
				if len(parts) > 1 && slices.Equal(want, got) && !sameLeaves(r, parts) {
					return true
				}
			}
		}
	}
	return false
}

// sameLeaves reports whether parts are what the row adds up, at whatever level.
// Rows of nothing but nought make no difference that anyone could see, so a sum
// with them is not held against the figures.
func sameLeaves(r *row, parts []*row) bool {
	if len(r.parts) == 0 {
		return false
	}
	want := map[*row]int{}
	countLeaves(r.parts, want)
	got := map[*row]int{}
	countLeaves(parts, got)
	for k, n := range want {
		if got[k] != n {
			return false
		}
	}
	for k, n := range got {
		if want[k] != n && !k.zero {
			return false
		}
	}
	return true
}

func countLeaves(rows []*row, into map[*row]int) {
	for _, r := range rows {
		if len(r.parts) == 0 {
			into[r]++
			continue
		}
		countLeaves(r.parts, into)
	}
}

// accidentAcross looks for a column that is the sum of a run of others.
func (t *table) accidentAcross(rows []*row, columns []*column) bool {
	for i, c := range columns {
		for from := range columns {
			var parts []*column
			for to := from; to < len(columns) && to != i; to++ {
				parts = append(parts, columns[to])
				if len(parts) > 1 && t.addsUp(rows, c, parts) && !sameColumns(c, parts) {
					return true
				}
			}
		}
	}
	return false
}

func (t *table) addsUp(rows []*row, c *column, parts []*column) bool {
	some := false
	for _, r := range rows {
		n := t.figureAt(r, c).value()
		some = some || n != 0
		for _, p := range parts {
			n -= t.figureAt(r, p).value()
		}
		if n != 0 {
			return false
		}
	}
	return some
}

func sameColumns(c *column, parts []*column) bool {
	return slices.Equal(columnLeaves(c.parts), columnLeaves(parts))
}

func columnLeaves(cs []*column) []*column {
	var out []*column
	for _, c := range cs {
		if len(c.parts) == 0 {
			out = append(out, c)
			continue
		}
		out = append(out, columnLeaves(c.parts)...)
	}
	return out
}

// breakSome makes totals wrong, as happens: a figure typed over, a row left out
// of the sum. Only where a person would still see what was meant: by the words
// of the total, or by the other figures that do add up.
func (t *table) breakSome(d dice) bool {
	var open []relation
	columns := len(t.values())
	for _, x := range t.relations() {
		if f := t.figureAt(x.row, x.col); f.blank || f.mark != "" || len(x.parts) < 2 {
			continue
		}
		if len(x.row.parts) > 0 && (x.row.free && x.row.label != "" || columns > 2) || len(x.row.parts) == 0 && len(t.rows) > 4 {
			open = append(open, x)
		}
	}
	if len(open) == 0 {
		return false
	}
	t.broken = map[*row]map[*column]bool{}
	if d.chance(20) && t.addUndivided(d) {
		return true
	}
	for range d.between(1, 2) {
		x := pick(d, open...)
		if t.broken[x.row] != nil {
			continue
		}
		t.broken[x.row] = map[*column]bool{x.col: true}
		f := t.figureAt(x.row, x.col)
		switch d.IntN(4) {
		case 0: // a row was left out
			// The first or the last, mostly: what was put in at an end.
			if p := pick(d, x.parts[0], x.parts[len(x.parts)-1], pick(d, x.parts...)); p.value() != 0 && p.value() != f.n {
				f.n -= p.value()
			} else {
				f.n += int64(d.between(1, 9)) * pow10(f.scale)
			}
		case 1: // one digit wrong
			f.n += int64(d.between(1, 9)) * pow10(min(len(digitsOf(f.n))-1, d.between(0, 3)))
		default:
			f.n += int64(d.between(1, 50)) * pow10(f.scale)
		}
		f.n = max(0, f.n)
		t.figures[x.row][x.col] = f
	}
	return true
}

// addUndivided puts amounts into the sum of all that belong to none of its rows,
// as budgets do with what is not yet shared out. Most columns still close.
func (t *table) addUndivided(d dice) bool {
	values := t.values()
	for _, r := range t.rows {
		if len(values) < 4 || r.kind != totalRow || !r.free || r.label == "" || len(r.parts) < 3 {
			continue
		}
		t.broken[r] = map[*column]bool{}
		for _, c := range some(d, len(values)/3, values) {
			f := t.figureAt(r, c)
			if c.adds() && !c.empty && f.mark == "" && f.n > 0 {
				f.n += 1 + d.Int64N(f.n)
				t.figures[r][c] = f
				t.broken[r][c] = true
			}
		}
		if len(t.broken[r]) > 0 {
			return true
		}
		delete(t.broken, r)
	}
	return false
}

func digitsOf(n int64) string {
	s := ""
	for n = abs(n); ; n /= 10 {
		s = string(rune('0'+n%10)) + s
		if n < 10 {
			return s
		}
	}
}
