package outlinetest

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
