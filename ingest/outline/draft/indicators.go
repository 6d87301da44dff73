package draft

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

const (
	mostCode       = 32   // characters of an indicator's code
	mostHalf       = 15   // of the code of a row or column of a matrix
	mostIndicators = 5000 // of a definition
	mostRules      = 400  // that a draft states: more than a person reads
	mostCheck      = 4000 // bytes of a rule
)

// columns makes an indicator of each column of figures, for sheets whose rows are
// places or units.
func (d *maker) columns(g *grid, s *Sheet, at string) {
	by := "place"
	if s.Shape == unitList {
		by = "unit"
	}
	g.columnCodes(mostCode, strconv.Itoa(len(d.Definition.Sheets)+1)+".")
	for _, c := range g.cols {
		c.code = d.codes.once(c.code, mostCode)
	}
	s.Key = g.key(s.Shape)
	wholes, sums := g.columnWholes()
	for i, c := range g.cols {
		path := "definition/indicators/" + strconv.Itoa(len(d.Definition.Indicators))
		words := c.nameOf()
		if g.averaged(c) {
			words = "bình quân: " + words
		}
		n, asks := natureOf(words, g.unitFor(nil, c), c.seen)
		ind := n.indicator(c.code, c.nameOf(), by)
		if f := g.formula(c); f.kind == formulaRatio {
			ind = ind.ratio(g.cols[f.num].code, g.cols[f.den].code, f.factor, c.seen)
			asks = nil
		}
		if w := wholes[i]; w.of >= 0 && !n.rate {
			ind.Parent, ind.Part = g.cols[w.of].code, w.part
			d.ask(path, w.ask)
		}
		d.asks(path, asks)
		d.Definition.Indicators = append(d.Definition.Indicators, ind)
		s.Indicators = append(s.Indicators, c.code)
		s.Columns = append(s.Columns, Column{Indicator: c.code, Header: c.header()})
	}
	d.columnRules(g, sums, at, []string{""})
}

// ratio makes an indicator one that is worked out again from two others, to as many
// decimals as copies have it.
func (i Indicator) ratio(num, den string, factor int64, seen figures) Indicator {
	i.Type, i.Num, i.Den, i.Factor = "dec", num, den, factor
	if seen.count > 0 {
		i.Scale = seen.scale
	} else {
		i.Scale = max(i.Scale, 2)
	}
	i.Roll = &Roll{"ratio", "ratio", "ratio"}
	i.Parent, i.Part = "", ""
	return i
}

// columnRules states what the index row and columns of totals say and parts do
// not: for each row of a matrix, by its code and a dot, or once.
func (d *maker) columnRules(g *grid, sums []sum, at string, rows []string) {
	for n, row := range rows {
		for _, s := range sums {
			var of []string
			for _, p := range s.parts {
				of = append(of, "["+row+g.cols[p].code+"]")
			}
			c := g.cols[s.total]
			d.rule(Rule{
				Check: "[" + row + c.code + "] = sum(" + strings.Join(of, ", ") + ")", Severity: severity(s.sure),
				Text: "Cột “" + c.nameOf() + "” khác tổng các cột thành phần", Fix: "Kiểm tra lại các cột thành phần",
			}, s.sure || n > 0) // one question for all rows
		}
		for _, c := range g.cols {
			f := g.formula(c)
			if f.kind != formulaMixed {
				continue
			}
			check := "[" + row + c.code + "] = "
			for k, p := range f.cols {
				if sign := f.signs[k]; sign != "" {
					check += " " + sign + " "
				}
				check += "[" + row + g.cols[p].code + "]"
			}
			d.rule(Rule{Check: check, Text: "Cột “" + c.nameOf() + "” không đúng công thức " + f.text, Fix: "Tính lại theo công thức ghi ở dòng số cột"}, true)
		}
	}
	for _, c := range g.cols {
		if f := g.formula(c); f.kind == formulaOther {
			d.ask(at, Question{VI: "công thức cột “" + f.text + "” chưa hiểu được; thêm quy tắc?", EN: "the formula " + f.text + " of the index row was not understood; add a rule?"})
		}
	}
}

// severity of a rule: what was only guessed does not stand in anybody's way.
func severity(sure bool) string {
	if sure {
		return ""
	}
	return "note"
}

// rule adds a rule, with a question where it was guessed.
func (d *maker) rule(r Rule, sure bool) {
	if len(r.Check) > mostCheck || len(d.Definition.Rules) >= mostRules {
		d.rules++
		return
	}
	r.Code = "R" + pad(len(d.Definition.Rules)+1)
	if !sure {
		d.ask("definition/rules/"+strconv.Itoa(len(d.Definition.Rules)), Question{
			VI: "quy tắc suy ra từ tên hoặc từ số liệu; đúng thì bỏ severity: note, sai thì xóa?",
			EN: "guessed from words or figures; take severity: note out if right, the rule if not?",
		})
	}
	d.Definition.Rules = append(d.Definition.Rules, r)
}

// kind says whether a row is an indicator: all but headings, empty examples and
// notes are. Headings are those without a code where the others have one, or
// without figures.
func (g *grid) kind(r *row) (asked, heading bool) {
	switch {
	case strings.Trim(r.label, " .…-") == "":
		return false, false
	case r.Role == table.RowSection && (!g.coded || r.Code == ""),
		g.coded && r.Code == "" && r.Role != table.RowTotal && r.seen.count == 0:
		return false, true
	}
	return true, false
}

func (g *grid) hasRows() bool {
	return slices.ContainsFunc(g.rows, func(r *row) bool { asked, _ := g.kind(r); return asked })
}

// asked gives the rows that are indicators, and asks about those left out.
func (d *maker) asked(g *grid, at string) (rows []*row) {
	var left []string
	for _, r := range g.rows {
		switch asked, heading := g.kind(r); {
		case asked:
			rows = append(rows, r)
		case heading:
			left = append(left, r.label)
		}
	}
	if len(left) > 0 {
		d.ask(at, Question{
			VI: "các dòng sau là đề mục, không có số liệu nên không hỏi: “" + strings.Join(few(left), "”, “") + "”; đúng không?",
			EN: "these rows head others and are not asked: " + strings.Join(few(left), ", ") + "; is that right?",
		})
	}
	if g.open() {
		d.ask(at, Question{
			VI: "biểu có dòng “…” để điền thêm: danh sách dòng là mở. Ghi đủ các dòng, hay đổi thành list với danh mục?",
			EN: "the form has rows to be added (…): list them all, or make it a list with a register?",
		})
	}
	return rows
}

// rowCodes gives each row its code: its own, its numbers down the tree, or one
// made up.
func rowCodes(g *grid, rows []*row, most, table int) {
	taken := names{}
	below := map[*row]int{}
	for i, r := range rows {
		code := ""
		if g.coded {
			code = indicatorCode(r.Code, most)
		}
		number := indicatorCode(strings.Trim(r.Number, " .)(-+*"), most)
		up := r.above
		for up != nil && up.code == "" {
			up = up.above
		}
		below[up]++
		switch {
		case code != "":
		case number != "" && (strings.Contains(number, ".") || up == nil):
			code = number
		case up != nil:
			code = up.code + "." + cmp.Or(number, strconv.Itoa(below[up]))
			if len(code) > most {
				code = "d" + strconv.Itoa(i+1)
			}
		default:
			code = strconv.Itoa(table) + "." + pad(i+1)
		}
		r.code = taken.once(code, most)
	}
}

// rowIndicators makes an indicator of each row, for sheets with one column of
// figures.
func (d *maker) rowIndicators(g *grid, s *Sheet, at string) {
	rows := d.asked(g, at)
	rowCodes(g, rows, mostCode, len(d.Definition.Sheets)+1)
	for _, r := range rows {
		r.code = d.codes.once(r.code, mostCode)
	}
	wholes, sums := g.rowWholes(rows)
	c := g.cols[0]
	for i, r := range rows {
		path := "definition/indicators/" + strconv.Itoa(len(d.Definition.Indicators))
		n, asks := natureOf(r.label, g.unitFor(r, c), r.seen)
		ind := n.indicator(r.code, r.label, "")
		if w := wholes[i]; w.of >= 0 && !n.rate {
			ind.Parent, ind.Part = rows[w.of].code, w.part
			d.ask(path, w.ask)
		}
		d.asks(path, asks)
		d.Definition.Indicators = append(d.Definition.Indicators, ind)
		s.Indicators = append(s.Indicators, r.code)
	}
	d.rowRules(rows, sums, nil)
	s.Ignore = nil // such a sheet reads past all other columns
}

// rowRules states which rows add up others where parts do not: once, or for each
// column.
func (d *maker) rowRules(rows []*row, sums []sum, cols []*col) {
	for _, s := range sums {
		for k := range max(len(cols), 1) {
			tail, over := "", ""
			if cols != nil {
				if natureless(cols[k]) {
					continue
				}
				tail, over = "."+cols[k].code, ", cột “"+cols[k].nameOf()+"”,"
			}
			var of []string
			for _, p := range s.parts {
				of = append(of, "["+rows[p].code+tail+"]")
			}
			d.rule(Rule{
				Check: "[" + rows[s.total].code + tail + "] = sum(" + strings.Join(of, ", ") + ")", Severity: severity(s.sure),
				Text: "Dòng “" + rows[s.total].label + "”" + over + " khác tổng các dòng thành phần", Fix: "Kiểm tra lại các dòng thành phần",
			}, s.sure || k > 0) // one question for all columns
		}
	}
}

// natureless reports whether the figures of a column do not add up.
func natureless(c *col) bool {
	n, _ := natureOf(c.nameOf(), c.Unit, c.seen)
	return n.rate
}

// matrix makes an indicator of each row in each column of figures.
func (d *maker) matrix(g *grid, s *Sheet, at string) {
	rows := d.asked(g, at)
	if most := mostIndicators / len(g.cols); len(rows) > most {
		d.ask(at, Question{VI: "biểu có quá nhiều dòng, chỉ lấy " + strconv.Itoa(most) + " dòng đầu; chia thành nhiều biểu?", EN: "too many rows, only the first " + strconv.Itoa(most) + " were taken; part the form?"})
		rows = rows[:most]
	}
	rowCodes(g, rows, mostHalf, len(d.Definition.Sheets)+1)
	g.columnCodes(mostHalf, "c")
	d.apart(rows, g)
	s.Key = g.key(s.Shape)
	for i, c := range g.cols {
		_, asks := natureOf(c.nameOf(), g.unitFor(nil, c), c.seen)
		d.asks(at+"/columns/"+strconv.Itoa(i), asks)
		s.Columns = append(s.Columns, Column{Code: c.code, Header: c.header()})
	}
	across, columnSums := g.columnWholes()
	down, rowSums := g.rowWholes(rows)
	for i := range across {
		d.ask(at+"/columns/"+strconv.Itoa(i), across[i].ask)
	}
	var prefixes []string
	for i, r := range rows {
		if n, asks := natureOf(r.label, r.unit, figures{}); n.roll != nil {
			d.asks(at+"/rows/"+strconv.Itoa(i), asks)
		}
		d.ask(at+"/rows/"+strconv.Itoa(i), down[i].ask)
		s.Rows = append(s.Rows, Row{r.code, r.label})
		prefixes = append(prefixes, r.code+".")
		for k := range g.cols {
			d.Definition.Indicators = append(d.Definition.Indicators, g.cell(rows, i, k, across, down))
		}
	}
	// Of each cell one whole can be named; the sums of the other direction are rules.
	rowSums = append(rowSums, d.crossing(down, across)...)
	d.columnRules(g, columnSums, at, prefixes)
	d.rowRules(rows, rowSums, g.cols)
	s.Indicators = nil
}

// apart makes sure that the codes of cells are no one else's.
func (d *maker) apart(rows []*row, g *grid) {
	for tries := 2; ; tries++ {
		clash := slices.ContainsFunc(rows, func(r *row) bool {
			return slices.ContainsFunc(g.cols, func(c *col) bool { return d.codes[strings.ToLower(r.code+"."+c.code)] })
		})
		if !clash {
			break
		}
		for _, c := range g.cols {
			c.code = clip(c.code, mostHalf-2) + "-" + strconv.Itoa(tries)
		}
	}
	for _, r := range rows {
		for _, c := range g.cols {
			d.codes[strings.ToLower(r.code+"."+c.code)] = true
		}
	}
}

// cell is the indicator of a row in a column.
func (g *grid) cell(rows []*row, i, k int, across, down []whole) Indicator {
	r, c := rows[i], g.cols[k]
	seen := c.seen
	seen.summed = seen.summed || r.seen.summed
	n, _ := natureOf(r.label+" "+c.nameOf(), g.unitFor(r, c), seen)
	ind := n.indicator(r.code+"."+c.code, g.rowName(r)+" / "+c.nameOf(), "")
	if f := g.formula(c); f.kind == formulaRatio {
		return ind.ratio(r.code+"."+g.cols[f.num].code, r.code+"."+g.cols[f.den].code, f.factor, c.seen)
	}
	switch {
	case n.rate:
	case across[k].of >= 0:
		ind.Parent, ind.Part = r.code+"."+g.cols[across[k].of].code, across[k].part
	case down[i].of >= 0:
		ind.Parent, ind.Part = rows[down[i].of].code+"."+c.code, down[i].part
	}
	return ind
}

// rowName is the name of a row, with that of the row it stands under where it is
// a bullet or where others have the same name.
func (g *grid) rowName(r *row) string {
	label := strings.TrimRight(r.label, " :")
	if r.above != nil && (strings.Trim(r.Number, "-+*• ") == "" || r.Part || g.labels[viet.Key(r.label)] > 1) && r.above.label != "" && viet.Key(r.above.label) != viet.Key(r.label) {
		return strings.TrimRight(r.above.label, " :") + " / " + label
	}
	return label
}

// crossing gives the sums of rows whose parts are parts of another column in some
// cells: there the sum has to be a rule.
func (d *maker) crossing(down, across []whole) (sums []sum) {
	if !slices.ContainsFunc(across, func(w whole) bool { return w.of >= 0 }) {
		return nil
	}
	parts := map[int][]int{}
	var totals []int
	for i, w := range down {
		if w.of >= 0 && w.part == split {
			if parts[w.of] == nil {
				totals = append(totals, w.of)
			}
			parts[w.of] = append(parts[w.of], i)
		}
	}
	for _, t := range totals {
		sums = append(sums, sum{t, parts[t], true})
	}
	return sums
}
