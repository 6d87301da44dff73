package ingest

import (
	"slices"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// resolver tells what the rows of one sheet are: places, units or indicators.
type resolver struct {
	r       *reading
	plan    *planned
	here    *match.Index    // what may stand on this sheet
	strange map[string]bool // texts that were looked up before and are no names
	nears   int             // suggestions still to be looked for: each costs a walk through the register
	seen    map[string]string
	ordinal map[string]int // place of an indicator, or of a row of a matrix, on the sheet
	last    int            // of the indicator found last
}

// mostNears bounds the suggestions of one sheet.
const mostNears = 40

func (r *reading) newResolver(s *planned) *resolver {
	v := &resolver{r: r, plan: s, nears: mostNears, seen: map[string]string{}, last: -1}
	known := r.looked[s]
	if known == nil { // a sheet is gone through more than once: for its columns, and for its rows
		known = &looked{here: s.words().here, strange: map[string]bool{}}
		if s.layout.Shape == report.UnitList {
			known.here = match.New(agencyEntries(s.units), false)
		}
		if r.looked == nil {
			r.looked = map[*planned]*looked{}
		}
		r.looked[s] = known
	}
	v.here, v.strange = known.here, known.strange
	if s.matrix != nil {
		v.ordinal = s.matrix.rowAt
	}
	if s.layout.Shape == report.IndicatorsDown {
		v.ordinal = make(map[string]int, len(s.indicators))
		for i, ind := range s.indicators {
			v.ordinal[ind.Code] = i
		}
	}
	return v
}

// looked is what a reading looks the rows of a sheet up in.
type looked struct {
	here    *match.Index
	strange map[string]bool
}

// register gives the index of everything of that sort.
func (v *resolver) register() *match.Index {
	switch v.plan.layout.Shape {
	case report.UnitList:
		return v.r.all.agencies()
	case report.IndicatorsDown, report.Matrix:
		return v.plan.words().known
	}
	return v.r.all.places()
}

// heads is what stands at the head of a row.
type heads struct {
	code, name *sheet.Cell // either may be nil
}

// label is how the row is called in findings.
func (h heads) label() string {
	for _, c := range []*sheet.Cell{h.name, h.code} {
		if c != nil && c.Text != "" {
			return clipped(c.Text)
		}
	}
	return ""
}

// cell is where findings about the row are put.
func (h heads) cell() *sheet.Cell {
	if h.name != nil && h.name.Text != "" {
		return h.name
	}
	return h.code
}

// look finds what a row is by its head. The code weighs more than the name,
// but a number in the place of an indicator's code is only a number: 1.10
// becomes 1.1. The codes of a matrix are mostly whole numbers, which stay what
// they are.
func (v *resolver) look(h heads) match.Found {
	byCode, byName := v.lookCode(h.code), match.Found{}
	if h.name != nil {
		byName = v.lookName(h.name)
	}
	if v.plan.rowsAsked() && byName.OK() && h.code != nil && h.code.Type == xlsx.Number &&
		(v.plan.matrix == nil || strings.Contains(h.code.Text, ".")) {
		return byName
	}
	if byCode.OK() {
		return byCode
	}
	return byName
}

func (v *resolver) lookCode(c *sheet.Cell) match.Found {
	if c == nil {
		return match.Found{}
	}
	text, _ := viet.Clean(c.Text)
	text = strings.TrimPrefix(text, "'")
	f := v.here.Code(text)
	if f.OK() {
		return f
	}
	if bare := strings.Trim(text, "().;, "); bare != text {
		return v.here.Code(bare)
	}
	return f
}

// lookName looks the text of a cell up as a name.
func (v *resolver) lookName(c *sheet.Cell) match.Found {
	if v.strange[c.Text] {
		return match.Found{}
	}
	f := v.findName(c)
	if f.How == match.NotFound { // what took the longest is not done again
		v.strange[c.Text] = true
	}
	return f
}

func (v *resolver) findName(c *sheet.Cell) match.Found {
	text, _ := viet.Clean(c.Text)
	f := v.here.NameKey(c.Key())
	if f.How == match.NotFound {
		if bare := table.Unnumbered(text); bare != text {
			f = v.here.Name(bare)
		}
	}
	if f.How == match.NotFound && v.plan.rowsAsked() && strings.HasSuffix(text, ")") {
		if unit, _ := viet.FindUnit(text); viet.ParseUnit(unit).Measure { // "Hỗ trợ bằng tiền (đồng)"
			f = v.here.Name(table.WithoutUnit(table.Unnumbered(text)))
		}
	}
	switch {
	case f.How == match.Ambiguous && v.plan.matrix != nil:
		if own := v.here.Code(table.Numbering(text)); own.OK() && slices.Contains(f.Choices, own.Code+" "+own.Name) {
			return own
		}
		return v.inOrder(f)
	case f.How == match.Ambiguous && v.plan.layout.Shape == report.IndicatorsDown:
		return v.inOrder(f)
	case f.How != match.NotFound:
		return f
	}
	if v.plan.matrix != nil {
		return v.here.Code(text)
	}
	if v.plan.layout.Shape == report.IndicatorsDown {
		if f := v.here.Code(text); f.OK() {
			return f
		}
		return v.here.Code(table.Numbering(text))
	}
	return match.Found{}
}

// inOrder decides between indicators of one name, such as "Trong đó: nữ" under
// several parents, by their order: the next one after the one found last.
func (v *resolver) inOrder(f match.Found) match.Found {
	next := ""
	for _, choice := range f.Choices { // which stand in the order of their codes, not of the form
		code, _, _ := strings.Cut(choice, " ")
		if at := v.ordinal[code]; at > v.last && (next == "" || at < v.ordinal[next]) {
			next = code
		}
	}
	if next == "" {
		return f
	}
	return v.here.Code(next)
}

// claim takes what a row was found to be, and says so when another row was it
// before.
func (v *resolver) claim(found match.Found, s *sheet.Sheet, h heads) bool {
	at := h.cell()
	if first, twice := v.seen[found.Code]; twice {
		code := map[report.Shape]fault.Code{report.UnitList: fault.UnitTwice, report.PlacesDown: fault.PlaceTwice, report.IndicatorsDown: fault.IndicatorTwice, report.Matrix: fault.IndicatorTwice}[v.plan.layout.Shape]
		v.r.find(fault.New(code, fault.A("got", found.Name), fault.A("first", first)).At(s.Name, at.Ref()).See(inSheet(s.Name, first)))
		return false
	}
	v.seen[found.Code] = at.Ref()
	v.last = v.ordinal[found.Code]
	if found.How.Loose() {
		v.r.notes = append(v.r.notes, note{code: fault.NameMatched, got: clipped(at.Text), used: found.Code + " " + found.Name, spot: spot{s.Name, at.Ref()}})
	}
	return true
}

// disagree says that the code and the name of a row are of two things.
func (v *resolver) disagree(found match.Found, s *sheet.Sheet, h heads) bool {
	if h.name == nil || h.name.Text == "" || found.How != match.ByCode && found.How != match.ByZeros {
		return false
	}
	if bears(h.name, found.Name) { // others may bear it too
		return false
	}
	byName := v.lookName(h.name)
	if !byName.OK() || byName.Code == found.Code {
		return false
	}
	v.r.find(fault.New(fault.NameCodeDiffer, fault.A("code", found.Code), fault.A("name", clipped(h.name.Text)), fault.A("expected", found.Name)).At(s.Name, h.name.Ref()))
	return true
}

// bears reports whether a cell says a name, with or without a number before it.
func bears(c *sheet.Cell, name string) bool {
	key := viet.Key(name)
	return c.Key() == key || viet.Key(table.Unnumbered(c.Text)) == key
}

// onlyUnanswered reports whether a row says nothing but formulas without a result.
func onlyUnanswered(cells []sheet.Cell) bool {
	return !slices.ContainsFunc(cells, func(c sheet.Cell) bool { return !c.NoValue })
}

// unknown says what is wrong with a row that has figures and is nothing that
// may stand here.
func (v *resolver) unknown(found match.Found, s *sheet.Sheet, row int, h heads, first *sheet.Cell) {
	at := h.cell()
	if at == nil || at.Text == "" {
		f := fault.New(fault.KeyMissing, fault.A("got", clipped(first.Text))).At(s.Name, first.Ref())
		if onlyUnanswered(s.Row(row)) { // a formula drawn too far down
			f = f.Weighed(fault.Note)
		}
		v.r.find(f)
		return
	}
	got := fault.A("got", h.label())
	put := func(f fault.Fault) { v.r.find(f.At(s.Name, at.Ref())) }
	if found.How == match.Ambiguous {
		put(fault.New(fault.NameAmbiguous, got, fault.A("choices", strings.Join(found.Choices, "; "))))
		return
	}
	elsewhere := v.elsewhere(h)
	switch v.plan.layout.Shape {
	case report.UnitList:
		if a := v.r.reg.Agency(elsewhere); a != nil {
			put(fault.New(fault.UnitNotUnder, got, fault.A("agency", v.r.reg.AgencyName(v.r.agency))))
			return
		}
		put(fault.New(fault.UnitUnknown, got, fault.A("near", v.near(h))))
	case report.IndicatorsDown, report.Matrix:
		if elsewhere != "" {
			put(fault.New(fault.IndicatorNotAsked, fault.A("label", elsewhere+" "+h.label())))
			return
		}
		put(fault.New(fault.IndicatorUnknown, got, fault.A("near", v.near(h))))
	default:
		v.unknownPlace(elsewhere, h, got, put)
	}
}

func (v *resolver) unknownPlace(code string, h heads, got fault.Arg, put func(fault.Fault)) {
	p := v.r.reg.Place(code)
	switch {
	case p == nil:
		put(fault.New(fault.PlaceUnknown, got, fault.A("near", v.near(h))))
	case !p.Lives(v.r.period.To) && !p.Until.IsZero():
		f := fault.New(fault.PlaceEnded, got, fault.A("until", p.Until.String()))
		if p.Successor != "" {
			f = f.With(fault.A("successor", v.r.reg.PlaceName(p.Successor)))
		}
		put(f)
	default:
		put(fault.New(fault.PlaceNotAsked, got))
	}
}

// elsewhere finds the head of a row in the whole register.
func (v *resolver) elsewhere(h heads) string {
	all := v.register()
	if h.code != nil {
		if f := all.Code(h.code.Text); f.OK() {
			return f.Code
		}
	}
	if h.name != nil {
		if f := all.Name(table.Unnumbered(h.name.Text)); f.OK() {
			return f.Code
		}
	}
	return ""
}

func (v *resolver) near(h heads) string {
	if v.nears--; v.nears < 0 {
		return ""
	}
	return v.here.Near(table.Unnumbered(h.label()))
}

// fill makes a line of what a row was found to be.
func (v *resolver) fill(l *line, found match.Found) {
	l.role, l.label = roleValue, found.Name
	switch v.plan.layout.Shape {
	case report.UnitList:
		l.unit = found.Code
	case report.Matrix:
		l.down = v.ordinal[found.Code]
		l.label = v.plan.matrix.rowLabel(l.down)
	case report.IndicatorsDown:
		l.ind = v.r.def.Indicator(found.Code)
		l.label = label(l.ind)
	default:
		l.place = found.Code
	}
}
