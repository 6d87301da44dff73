package aggregate

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
)

// The oracle over time answers from plain lists of facts, by loops and in
// fractions, as docs/adr/0033 and 0009 have it: first it tries every choice of
// requests, then it makes of each agency's figures one for the whole time, and then
// it adds up. It shares no code with the fold.
type timeOracle struct {
	from, to calendar.Date
	tiles    []*oracleTile // chosen, in order of time
	gaps     []string
	aside    []string // by "code reason"
	roster   []string
	def      *report.Definition
	regs     []*report.Register // of all tiles, the newest first
	figures  map[string][]overFigure
	end      int // the last tile that anybody was heard for
}

// oracleTile is a request as it was known, with what was said.
type oracleTile struct {
	code                  string
	from, to              calendar.Date
	roster                []string
	def                   *report.Definition
	reg                   *report.Register
	heard, nils           map[string]bool
	facts                 []ofact
	says                  map[[4]string]report.Value // by agency, unit, place, indicator
	mapped                map[[4]string]overFigure   // the same under another map; nil: under its own
	official, provisional bool
}

// overFigure is what an agency says over the whole time of an indicator for a unit
// and a place, and then what is made of several.
type overFigure struct {
	agency, unit, place string
	mark                string // why there is no figure
	shown               string // as it stands where it stands alone
	kind                report.ValueKind
	num                 *big.Rat // nil of a mean over a weight of nought
	text                string
	yes                 bool
	weight              *big.Rat // nil where it is not known
	divided             bool     // is a mean of several, or has one in it
	papers              int      // how many figures of papers are in it

	pieces map[string]oraclePiece // of divided places, by what was divided
}

// timeMoment is of when, and of which figures, a question is.
type timeMoment struct {
	asOf       time.Time
	official   bool
	definition string // by which figures are asked; empty: d
}

// oracleTileOf makes a tile of a request; nil where it was not open then.
func oracleTileOf(j oracleJournal, code string, m timeMoment) *oracleTile {
	book := j.book(code, m.asOf)
	if book == nil {
		return nil
	}
	r := book.request
	t := &oracleTile{
		code: code, roster: r.Agencies, def: book.def, reg: book.reg,
		heard: map[string]bool{}, nils: map[string]bool{}, says: map[[4]string]report.Value{}, from: r.From, to: r.To,
	}
	if r.Period != "" {
		cal, _ := calendar.Lookup(r.Calendar)
		p, err := calendar.ParsePeriod(cal, r.Period)
		if err != nil {
			panic(err)
		}
		t.from, t.to = p.From, p.To
	}
	approved := book.closed
	for _, agency := range t.roster {
		approved = approved && book.standing[agency] == book.official[agency] // also where both are none
	}
	t.official = m.official || approved
	t.provisional = !t.official || !book.closed
	for _, agency := range t.roster {
		s := book.standing[agency]
		if t.official {
			s = book.official[agency]
		}
		if s == nil {
			t.provisional = true
			continue
		}
		t.heard[agency], t.nils[agency] = true, s.nothing
		t.read(agency, s)
	}
	return t
}

// timeParts says from which two figures a computed one is added up.
var timeParts = map[string][2]string{"total": {"flow", "dec"}, "most": {"flow", "stock"}}

// read takes the facts of a submission that are asked for, and computes what is
// computed: anew where the coordinator has changed a part since.
func (t *oracleTile) read(agency string, s *oracleSubmission) {
	says := map[[2]string]map[string]report.Value{}
	for at, v := range s.says {
		ind := t.def.Indicator(at[2])
		if ind == nil || len(ind.Agencies) > 0 && !slices.Contains(ind.Agencies, agency) || v.Kind == report.Missing {
			continue
		}
		key := [2]string{at[0], at[1]}
		if says[key] == nil {
			says[key] = map[string]report.Value{}
		}
		parts := timeParts[at[2]]
		if !s.adjusted[[3]string{at[0], at[1], parts[0]}] && !s.adjusted[[3]string{at[0], at[1], parts[1]}] {
			says[key][at[2]] = v
		}
	}
	for key, values := range says {
		for code, parts := range timeParts {
			if _, stated := values[code]; !stated && t.def.Indicator(code) != nil {
				if v, ok := oracleAdd(values[parts[0]], values[parts[1]]); ok {
					values[code] = v
				}
			}
		}
		for code, v := range values {
			t.facts = append(t.facts, ofact{agency, key[0], key[1], code, v})
			t.says[[4]string{agency, key[0], key[1], code}] = v
		}
	}
}

func (t *oracleTile) days() int { return t.to.Sub(t.from) + 1 }

// tells is how much a tile tells: its days, by the share of agencies heard.
func (t *oracleTile) tells() *big.Rat {
	if len(t.roster) == 0 {
		return new(big.Rat)
	}
	return big.NewRat(int64(t.days()*len(t.heard)), int64(len(t.roster)))
}

// newTimeOracle works out what is known of the days between two, both included;
// nil where no request lies within them.
func newTimeOracle(j oracleJournal, from, to calendar.Date, m timeMoment) *timeOracle {
	o := chosenOracle(j, from, to, m)
	if o != nil {
		o.work()
	}
	return o
}

// chosenOracle chooses the requests.
func chosenOracle(j oracleJournal, from, to calendar.Date, m timeMoment) *timeOracle {
	o := &timeOracle{from: from, to: to, figures: map[string][]overFigure{}}
	var within []*oracleTile
	for _, code := range j.requests(cmp.Or(m.definition, "d")) {
		t := oracleTileOf(j, code, m)
		switch {
		case t == nil || t.to.Before(from) || t.from.After(to):
		case t.from.Before(from) || t.to.After(to):
			o.aside = append(o.aside, code+" across")
		default:
			within = append(within, t)
		}
	}
	o.choose(within)
	if len(o.tiles) == 0 {
		return nil
	}
	next := from
	for _, t := range o.tiles {
		if t.from.After(next) {
			o.gaps = append(o.gaps, next.String()+" "+t.from.AddDays(-1).String())
		}
		next = t.to.AddDays(1)
	}
	if !next.After(to) {
		o.gaps = append(o.gaps, next.String()+" "+to.String())
	}
	return o
}

// work works all figures out.
func (o *timeOracle) work() {
	newest := o.tiles[len(o.tiles)-1]
	o.def = newest.def
	o.end = len(o.tiles) - 1
	for k := len(o.tiles) - 1; k >= 0; k-- {
		t := o.tiles[k]
		for _, a := range t.roster {
			if !slices.Contains(o.roster, a) {
				o.roster = append(o.roster, a)
			}
		}
		if !slices.Contains(o.regs, t.reg) {
			o.regs = append(o.regs, t.reg)
		}
	}
	for k := len(o.tiles) - 1; k >= 0; k-- {
		if len(o.tiles[k].heard) > 0 {
			o.end = k
			break
		}
	}
	for i := range o.def.Indicators {
		o.overTime(&o.def.Indicators[i])
	}
}

// choose tries every set of requests of which no two share a day. Of equal ones that
// with most days counts, then that with the fewest requests; and where even these
// are the same, the one that ends first, then begins first, then has the first code.
func (o *timeOracle) choose(within []*oracleTile) {
	slices.SortFunc(within, func(a, b *oracleTile) int {
		return cmp.Or(a.to.Compare(b.to), a.from.Compare(b.from), strings.Compare(a.code, b.code))
	})
	var best []int
	better := func(a, b []int) bool {
		tells := func(set []int) (sum *big.Rat, days int) {
			sum = new(big.Rat)
			for _, i := range set {
				sum.Add(sum, within[i].tells())
				days += within[i].days()
			}
			return sum, days
		}
		sumA, daysA := tells(a)
		sumB, daysB := tells(b)
		if c := cmp.Or(sumA.Cmp(sumB), daysA-daysB, len(b)-len(a)); c != 0 {
			return c > 0
		}
		for k := len(a) - 1; k >= 0; k-- {
			if a[k] != b[k] {
				return a[k] < b[k]
			}
		}
		return false
	}
	var try func(at int, set []int)
	try = func(at int, set []int) {
		if at == len(within) {
			if better(set, best) {
				best = slices.Clone(set)
			}
			return
		}
		try(at+1, set)
		if !slices.ContainsFunc(set, func(i int) bool {
			return !within[i].to.Before(within[at].from) && !within[at].to.Before(within[i].from)
		}) {
			try(at+1, append(slices.Clone(set), at))
		}
	}
	try(0, nil)
	for i, t := range within {
		if slices.Contains(best, i) {
			o.tiles = append(o.tiles, t)
		} else {
			o.aside = append(o.aside, t.code+" twice")
		}
	}
}

// hasSay reports whether a tile is asked about an indicator: those that stand at an
// end are of the tile at that end, and a ratio is of the time of its parts.
func (o *timeOracle) hasSay(tile int, ind *report.Indicator) bool {
	if ind.Num != "" {
		return o.hasSay(tile, o.def.Indicator(ind.Num)) || o.hasSay(tile, o.def.Indicator(ind.Den))
	}
	switch ind.Roll.Time {
	case report.RollFirst:
		return tile == 0
	case report.RollLast:
		return tile == o.end
	}
	return true
}

// said gives what an agency says in a tile of an indicator for a unit and a place.
func (t *oracleTile) said(agency, unit, place, indicator string) (report.Value, bool) {
	v, known := t.says[[4]string{agency, unit, place, indicator}]
	return v, known
}

// figureIn gives the same as a figure, with what it weighs: where the tile is seen under
// another map, what was made of the figures of its papers.
func (o *timeOracle) figureIn(tile int, agency, unit, place string, ind *report.Indicator) (overFigure, bool) {
	t := o.tiles[tile]
	if t.mapped != nil {
		f, known := t.mapped[[4]string{agency, unit, place, ind.Code}]
		return f, known
	}
	v, known := t.said(agency, unit, place, ind.Code)
	f := overFigureOf(v)
	f.agency, f.unit, f.place, f.weight = agency, unit, place, o.weightIn(tile, agency, unit, place, ind)
	return f, known
}

// overFigureOf is what a paper says, as a figure.
func overFigureOf(v report.Value) (f overFigure) {
	if v.IsNone() {
		f.mark = v.Kind.String()
		return f
	}
	f.kind, f.text, f.yes, f.shown, f.papers = v.Kind, v.Text, v.Yes, v.String(), 1
	if v.Kind == report.Number {
		f.num = ofRat(v)
	}
	return f
}

// alike reports whether a tile means the same by an indicator.
func (o *timeOracle) alike(tile int, code string) bool {
	a, b := o.tiles[tile].def.Indicator(code), o.def.Indicator(code)
	return a != nil && b != nil && a.Unit == b.Unit && a.Type == b.Type
}

// weightIn gives what a figure of a tile weighs; nil where that is not known.
func (o *timeOracle) weightIn(tile int, agency, unit, place string, ind *report.Indicator) *big.Rat {
	if ind.Weight == "" {
		return big.NewRat(1, 1)
	}
	v, known := o.tiles[tile].said(agency, unit, place, ind.Weight)
	switch {
	case !known, !o.alike(tile, ind.Weight):
		return nil
	case v.Kind == report.Nil:
		return new(big.Rat)
	case v.Kind == report.Number:
		return ofRat(v)
	}
	return nil
}

// sites gives the agencies, units and places for which anything is said of any of
// some indicators in a tile that has a say.
func (o *timeOracle) sites(codes ...string) (out [][3]string) {
	seen := map[[3]string]bool{}
	look := func(tile int, site [3]string, indicator string) {
		if slices.Contains(codes, indicator) && o.hasSay(tile, o.def.Indicator(indicator)) && !seen[site] {
			seen[site] = true
			out = append(out, site)
		}
	}
	for k, t := range o.tiles {
		if t.mapped != nil {
			for at := range t.mapped {
				look(k, [3]string(at[:3]), at[3])
			}
			continue
		}
		for _, f := range t.facts {
			look(k, [3]string{f.agency, f.unit, f.place}, f.indicator)
		}
	}
	return out
}

// overTime works out every figure of an indicator for the whole time, and puts them
// in order: by agency, place, unit.
func (o *timeOracle) overTime(ind *report.Indicator) {
	codes := []string{ind.Code}
	isRate := ind.Num != ""
	if isRate {
		codes = append(codes, ind.Num, ind.Den)
	}
	for _, s := range o.sites(codes...) {
		f, there := o.overSite(ind, s[0], s[1], s[2])
		if isRate {
			f, there = o.overRate(ind, f, there)
		}
		if there {
			o.figures[ind.Code] = append(o.figures[ind.Code], f)
		}
	}
	slices.SortFunc(o.figures[ind.Code], func(a, b overFigure) int {
		return cmp.Or(slices.Index(o.roster, a.agency)-slices.Index(o.roster, b.agency),
			o.comparePlaces(a.place, b.place), o.compareUnits(a.unit, b.unit))
	})
}

// oracleReasons are why there is no figure, what weighs most first.
var oracleReasons = []string{"overflow", "not_additive", "not_collected", "undefined", "nil", "not_applicable"}

func weightiestOf(reasons []string) string {
	for _, r := range oracleReasons {
		if slices.Contains(reasons, r) {
			return r
		}
	}
	return ""
}

// overSite makes one figure of those that an agency gives for a unit and a place.
func (o *timeOracle) overSite(ind *report.Indicator, agency, unit, place string) (out overFigure, there bool) {
	out = overFigure{agency: agency, unit: unit, place: place}
	var run []overFigure
	var reasons []string
	unlike := false
	for k := range o.tiles {
		f, known := o.figureIn(k, agency, unit, place, ind)
		if !known || !o.hasSay(k, ind) {
			continue
		}
		there = true
		if f.mark != "" {
			unlike = unlike || f.mark == "not_additive"
			reasons = append(reasons, f.mark)
			continue
		}
		unlike = unlike || !o.alike(k, ind.Code)
		run = append(run, f)
	}
	roll := ind.On(report.AxisTime)
	switch {
	case unlike:
		out.mark = "not_additive"
	case len(run) == 0:
		out.mark = weightiestOf(reasons)
	case len(run) == 1:
		return run[0], there
	case ind.Num != "":
		out.mark = "undefined" // no roll makes one of several ratios
	case !oracleFits(ind, roll):
		out.mark = "not_additive"
	default:
		f := oracleRun(roll, run)
		f.papers, f.pieces = 0, nil
		for _, one := range run {
			f.papers += one.papers
			f.pieces = piecesOf(f.pieces, one.pieces)
		}
		switch {
		case f.kind == report.Number && f.num == nil && f.weight == nil:
			out.mark = "not_additive"
			return out, there
		case f.kind == report.Number && f.num == nil:
			out.mark = "undefined"
			return out, there
		}
		f.shown, _ = f.written(ind.Scale)
		return f, there
	}
	return out, there
}

// overRate settles a ratio over time: the paper's own stands where one tile alone
// tells of it or of its parts.
func (o *timeOracle) overRate(ind *report.Indicator, f overFigure, there bool) (overFigure, bool) {
	told, parts := map[int]bool{}, false
	for k := range o.tiles {
		for _, code := range []string{ind.Code, ind.Num, ind.Den} {
			of := o.def.Indicator(code)
			if v, known := o.figureIn(k, f.agency, f.unit, f.place, of); known && v.mark == "" && o.hasSay(k, of) {
				told[k] = true
				parts = parts || code != ind.Code
			}
		}
	}
	refused := overFigure{agency: f.agency, unit: f.unit, place: f.place}
	switch {
	case len(told) < 2:
		return f, there
	case ind.Roll.Time == report.RollNone:
		refused.mark = "not_additive"
	case !parts:
		refused.mark = "undefined"
	default:
		return f, false // recomputed when asked for
	}
	return refused, true
}

func oracleFits(ind *report.Indicator, roll report.Rolling) bool {
	switch roll {
	case "sum", "min", "max", "mean":
		return ind.Type == report.TypeInt || ind.Type == report.TypeDec
	case "all", "any":
		return ind.Type == report.TypeBool
	case "list":
		return ind.Type == report.TypeText
	}
	return roll == "last" || roll == "first"
}

// oracleRun makes one figure of several that belong together.
func oracleRun(roll report.Rolling, run []overFigure) overFigure {
	if len(run) == 1 {
		return run[0]
	}
	out := run[0]
	out.weight, out.divided = new(big.Rat), roll == report.RollMean
	for _, f := range run {
		if f.weight == nil {
			out.weight = nil
		}
		out.divided = out.divided || f.divided
	}
	if out.weight != nil {
		for _, f := range run {
			out.weight.Add(out.weight, f.weight)
		}
	}
	switch roll {
	case report.RollFirst:
	case report.RollLast:
		last := run[len(run)-1]
		out.num, out.text, out.yes = last.num, last.text, last.yes
	case report.RollSum, report.RollMean:
		out.num = oracleWeighed(roll, run)
	case report.RollMin, report.RollMax:
		for _, f := range run {
			switch {
			case out.num == nil || f.num == nil:
				out.num = nil
			case roll == report.RollMin && f.num.Cmp(out.num) < 0, roll == report.RollMax && f.num.Cmp(out.num) > 0:
				out.num = f.num
			}
		}
	case report.RollAll, report.RollAny:
		yes := 0
		for _, f := range run {
			if f.yes {
				yes++
			}
		}
		out.yes = yes == len(run) || yes > 0 && roll == report.RollAny
	case report.RollList:
		var texts []string
		for _, f := range run {
			texts = append(texts, f.text)
		}
		out.text = strings.Join(texts, "\n")
	default:
		panic(roll)
	}
	return out
}

// oracleWeighed gives a sum, or a mean by weight; nil where there is none. What
// weighs nothing is nothing to a mean, be it known or not.
func oracleWeighed(roll report.Rolling, run []overFigure) *big.Rat {
	sum, weight := new(big.Rat), new(big.Rat)
	for _, f := range run {
		by := big.NewRat(1, 1)
		if roll == report.RollMean {
			if by = f.weight; by == nil {
				return nil
			}
			if by.Sign() == 0 {
				continue
			}
		}
		if f.num == nil {
			return nil
		}
		sum.Add(sum, new(big.Rat).Mul(by, f.num))
		weight.Add(weight, by)
	}
	if roll == report.RollSum {
		return sum
	}
	if weight.Sign() == 0 {
		return nil
	}
	return sum.Quo(sum, weight)
}

// written gives a figure as it is shown, and the reason where there is none.
func (f *overFigure) written(scale int) (value, mark string) {
	switch {
	case f.kind == report.Words:
		return f.text, ""
	case f.kind == report.YesNo:
		return fmt.Sprint(f.yes), ""
	case f.num == nil:
		return "", "undefined"
	case f.divided:
		return oracleRound(f.num, scale), ""
	}
	return oracleExact(f.num), ""
}

// whereOver is which figures a cell is of. Empty fields are summed over.
type whereOver struct {
	agencies           []string // nil: all of the roster
	unit, place, level string   // of a level: the place with all that lies below it
}

// placeOf gives the newest register that has a place.
func (o *timeOracle) placeOf(code string) *report.Place {
	for _, r := range o.regs {
		for i := range r.Places {
			if r.Places[i].Code == code {
				return &r.Places[i]
			}
		}
	}
	return nil
}

// above gives a place and those above it, each where the newest register that has
// it puts it.
func (o *timeOracle) above(code string) []string {
	out := []string{code}
	for {
		p := o.placeOf(out[len(out)-1])
		if p == nil || p.Parent == "" || slices.Contains(out, p.Parent) {
			return out
		}
		out = append(out, p.Parent)
	}
}

// atLevel gives the place at a level that a place lies in, or itself.
func (o *timeOracle) atLevel(code, level string) string {
	for _, up := range o.above(code) {
		if p := o.placeOf(up); level != "" && p != nil && p.Level == level {
			return up
		}
	}
	return code
}

// parent gives the body an agency belongs to.
func (o *timeOracle) parent(code string) string {
	for _, r := range o.regs {
		if a := r.Agency(code); a != nil {
			return a.Parent
		}
	}
	return ""
}

func (o *timeOracle) isUnder(unit, agency string) bool {
	for ; unit != ""; unit = o.parent(unit) {
		if unit == agency {
			return true
		}
	}
	return false
}

// rank orders codes as the newest register does, then as earlier ones do; others
// stand last.
func (o *timeOracle) rank(codes func(*report.Register) []string, code string) int {
	n := 0
	for _, r := range o.regs {
		all := codes(r)
		if at := slices.Index(all, code); at >= 0 {
			return n + at
		}
		n += len(all)
	}
	return n
}

func (o *timeOracle) comparePlaces(a, b string) int {
	codes := func(r *report.Register) (out []string) {
		for i := range r.Places {
			out = append(out, r.Places[i].Code)
		}
		return out
	}
	return cmp.Or(o.rank(codes, a)-o.rank(codes, b), strings.Compare(a, b))
}

func (o *timeOracle) compareUnits(a, b string) int {
	codes := func(r *report.Register) (out []string) {
		for i := range r.Agencies {
			out = append(out, r.Agencies[i].Code)
		}
		return out
	}
	return cmp.Or(o.rank(codes, a)-o.rank(codes, b), strings.Compare(a, b))
}

// at gives the figures of an indicator that lie in a cell.
func (o *timeOracle) at(w whereOver, code string) (out []overFigure) {
	for _, f := range o.figures[code] {
		in := (w.agencies == nil || slices.Contains(w.agencies, f.agency)) && (w.unit == "" || f.unit == w.unit)
		if in && (w.place == "" || f.place == w.place && w.level == "" || w.level != "" && o.atLevel(f.place, w.level) == w.place) {
			out = append(out, f)
		}
	}
	return out
}

// oracleCell is a cell as the oracle sees it.
type oracleCell struct {
	value, mark         string
	given, heard, asked int
	reports             Count
	nils                int // agencies of which all that was heard was a nil report
}

func (c oracleCell) String() string {
	return fmt.Sprintf("%s|%s|%d|%d|%d|%d of %d", c.value, c.mark, c.given, c.heard, c.asked, c.reports.Heard, c.reports.Asked)
}

// count counts who is asked for a cell, and who was heard.
func (o *timeOracle) count(w whereOver, ind *report.Indicator) (c oracleCell) {
	for _, agency := range o.roster {
		if w.agencies != nil && !slices.Contains(w.agencies, agency) || w.unit != "" && !o.isUnder(w.unit, agency) {
			continue
		}
		var asked, heard, nils int
		for k, t := range o.tiles {
			own := t.def.Indicator(ind.Code)
			if !o.hasSay(k, ind) || own == nil || !slices.Contains(t.roster, agency) || len(own.Agencies) > 0 && !slices.Contains(own.Agencies, agency) {
				continue
			}
			asked++
			if t.heard[agency] {
				heard++
			}
			if t.nils[agency] {
				nils++
			}
		}
		c.reports.Asked += asked
		c.reports.Heard += heard
		if asked > 0 {
			c.asked++
		}
		if heard > 0 {
			c.heard++
			if nils == heard {
				c.nils++
			}
		}
	}
	return c
}

// cell works a cell out.
func (o *timeOracle) cell(w whereOver, code string) oracleCell {
	ind := o.def.Indicator(code)
	c := o.count(w, ind)
	figures, reasons := oracleFigures(o.at(w, code))
	given := map[string]bool{}
	papers := 0
	for _, f := range figures {
		given[f.agency] = true
		papers += f.papers
	}
	switch {
	case ind.Num != "":
		o.rate(w, ind, figures, reasons, &c, given)
	case len(figures) == 0 || slices.Contains(reasons, "not_additive") || slices.Contains(reasons, "overflow"):
		c.mark = c.silence(reasons)
	case len(figures) == 1:
		c.value = figures[0].shown
	default:
		c.value, c.mark = oracleUp(ind, figures)
	}
	if c.mark == "" && (o.isEstimate(w, code) || ind.Num != "" && (o.isEstimate(w, ind.Num) || o.isEstimate(w, ind.Den))) {
		c.mark = "estimate"
	}
	if c.mark == "" && ind.Repeats && papers > 1 {
		c.mark = "repeats"
	}
	c.given = len(given)
	return c
}

func oracleFigures(all []overFigure) (figures []overFigure, reasons []string) {
	for _, f := range all {
		if f.mark == "" {
			figures = append(figures, f)
		} else {
			reasons = append(reasons, f.mark)
		}
	}
	return figures, reasons
}

func (c *oracleCell) silence(reasons []string) string {
	switch r := weightiestOf(reasons); {
	case r != "":
		return r
	case c.asked == 0:
		return "not_applicable"
	case c.heard == 0:
		return "missing"
	case c.nils > 0:
		return "nil"
	}
	return "blank"
}

// oracleUp adds up several figures, which are in order: the units of an agency at a
// place, its places, and the agencies.
func oracleUp(ind *report.Indicator, figures []overFigure) (value, mark string) {
	byAgency, byPlace := ind.On(report.AxisAgency), ind.On(report.AxisPlace)
	for _, f := range figures {
		if (f.agency != figures[0].agency || f.unit != figures[0].unit) && !oracleFits(ind, byAgency) || f.place != figures[0].place && !oracleFits(ind, byPlace) {
			return "", "not_additive"
		}
	}
	var agencies []overFigure
	for len(figures) > 0 {
		var places []overFigure
		agency := figures[0].agency
		for len(figures) > 0 && figures[0].agency == agency {
			var units []overFigure
			place := figures[0].place
			for len(figures) > 0 && figures[0].agency == agency && figures[0].place == place {
				units, figures = append(units, figures[0]), figures[1:]
			}
			places = append(places, oracleRun(byAgency, units))
		}
		agencies = append(agencies, oracleRun(byPlace, places))
	}
	whole := oracleRun(byAgency, agencies)
	return whole.written(ind.Scale)
}

// rate works a ratio out from its parts in the same cell.
func (o *timeOracle) rate(w whereOver, ind *report.Indicator, stated []overFigure, reasons []string, c *oracleCell, given map[string]bool) {
	num, saidNum := oracleFigures(o.at(w, ind.Num))
	den, saidDen := oracleFigures(o.at(w, ind.Den))
	for _, f := range num {
		given[f.agency] = given[f.agency] || slices.ContainsFunc(den, func(d overFigure) bool { return d.agency == f.agency })
		if !given[f.agency] {
			delete(given, f.agency)
		}
	}
	known := slices.Concat(stated, num, den)
	together := !slices.ContainsFunc(known, func(f overFigure) bool {
		return f.agency != known[0].agency || f.unit != known[0].unit || f.place != known[0].place
	})
	if slices.Contains(reasons, "not_additive") {
		c.mark = "not_additive"
		return
	}
	if len(known) == 0 {
		for _, r := range [][]string{reasons, saidNum, saidDen} {
			if len(r) > 0 {
				c.mark = weightiestOf(r)
				return
			}
		}
		c.mark = c.silence(nil)
		return
	}
	if len(stated) == 1 && together {
		c.value = stated[0].shown
		return
	}
	for _, f := range known {
		if f.place != known[0].place && ind.Roll.Place == report.RollNone || (f.agency != known[0].agency || f.unit != known[0].unit) && ind.Roll.Agency == report.RollNone {
			c.mark = "not_additive"
			return
		}
	}
	upper, lower := o.cell(w, ind.Num), o.cell(w, ind.Den)
	if upper.mark == "nil" {
		upper.value = "0"
	}
	switch {
	case upper.mark == "not_additive" || lower.mark == "not_additive":
		c.mark = "not_additive"
	case upper.value == "" || lower.value == "" || lower.value == "0":
		c.mark = "undefined"
	default:
		x, _ := new(big.Rat).SetString(upper.value)
		y, _ := new(big.Rat).SetString(lower.value)
		x.Mul(x, big.NewRat(max(ind.Factor, 1), 1))
		c.value = oracleRound(x.Quo(x, y), ind.Scale)
	}
}
