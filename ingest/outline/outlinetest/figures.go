package outlinetest

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
			if c.isRatio() && len(r.parts) > 0 && f.t.look.blankShares {
				out[r][c] = figure{blank: true}
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
	case c.less[0] != nil:
		return f.value(r, c.less[0]) - f.value(r, c.less[1])
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
		return f.atMost(r, c, top*int64(f.d.between(5, 85))/100)
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
	return f.atMost(r, c, n)
}

// about draws a figure near another, as next year's is near this year's.
func (f *filler) about(n int64) int64 {
	return n*int64(f.d.between(610, 1180))/1000 + int64(f.d.between(0, 2))
}

// atMost keeps what went from being more than there was.
func (f *filler) atMost(r *row, c *column, n int64) int64 {
	for _, end := range f.t.values() {
		if end.stock[2] == c {
			return min(n, f.value(r, end.stock[0]))
		}
	}
	return n
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
