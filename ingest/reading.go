package ingest

import (
	"slices"
	"strconv"
	"sync"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/fault"
	"tonghop/report/lang"
)

// reading is one upload on its way to a draft. It gathers facts and findings;
// nothing in it fails.
type reading struct {
	*plan
	env      Env
	nothing  bool // "không phát sinh" was said of the whole report
	findings fault.List

	*scratch
	spare    []record          // records to come
	given    int               // cells with something in them where a figure is asked
	perSheet map[string]*tally // things said once for a sheet
	order    []string          // sheets in their order

	lists  map[*sheet.Sheet]map[string]bool // see [reading.listed]
	rivals map[*sheet.Sheet]*sheet.Sheet    // sheets left aside, and which was read instead

	looked map[*planned]*looked // see [reading.newResolver]

	totals    map[lang.Ask]lang.Value // see [reading.total]
	questions []report.Question       // each once, see [reading.ask]
	askedBy   []int                   // by question: its finding
	put       map[string]int          // by key: its question
	sheetAsks map[*sheet.Sheet]report.Question
	offered   map[offerKey][]offer // see [reading.offers]
	looks     int                  // how often likely names were looked for

	ours []sheet.List // put into the workbook by us; see [reading.hear]
}

// factKey is what a fact is about.
type factKey struct{ unit, place, indicator string }

// record is what became of a figure.
type record struct {
	wanted   *report.Indicator // where it is expected
	at       spot              // the cell in which it would stand, where it is expected
	fact     int               // index of the fact, where it is given
	expected bool              // the table has a cell for it
	given    bool              // there is a fact
	spoilt   bool              // an error keeps the cell from being a fact
}

// spot is where something stands.
type spot struct{ sheet, cell string }

// tally counts what is said once for a sheet.
type tally struct {
	sheet.Changes    // to the texts that were used
	formulas, hidden int
}

func newReading(p *plan, env Env) *reading {
	s := scratches.Get().(*scratch)
	return &reading{plan: p, env: env, scratch: s, spare: s.first, perSheet: map[string]*tally{}}
}

// scratch is what a reading works in and nothing of its outcome keeps. It is used
// again for other uploads.
type scratch struct {
	facts       []report.Fact
	records     map[factKey]*record // what became of each figure that is asked
	first       []record            // the records that were made first
	notes       []note              // to be gathered where they repeat
	answerNotes []note              // room for those of one answer
}

var scratches = sync.Pool{New: func() any { return &scratch{records: map[factKey]*record{}, answerNotes: make([]note, 2)} }}

// mostScratch is how many figures a scratch may have room for that is kept, some
// 4 MB.
const mostScratch = 8 << 10

// release ends the reading.
func (r *reading) release() {
	s := r.scratch
	r.scratch = nil
	if max(cap(s.facts), len(s.records), len(s.first), cap(s.notes)) > mostScratch {
		return
	}
	clear(s.facts) // texts are not to be held
	clear(s.records)
	clear(s.first)
	clear(s.notes)
	clear(s.answerNotes)
	s.facts, s.notes = s.facts[:0], s.notes[:0]
	scratches.Put(s)
}

// find says that something is wrong. Arguments that are not known are left out.
func (r *reading) find(f fault.Fault) {
	f.Args = slices.DeleteFunc(f.Args, func(a fault.Arg) bool { return a.Value == "" })
	r.findings = append(r.findings, f)
}

// sheetTally gives the counts of a sheet.
func (r *reading) sheetTally(name string) *tally {
	if r.perSheet[name] == nil {
		r.perSheet[name] = &tally{}
	}
	return r.perSheet[name]
}

// slot is where a value is read from and what it is of.
type slot struct {
	key factKey
	question
	spot
	*record
}

// take reads a cell of a sheet into a slot.
func (r *reading) take(s *sheet.Sheet, c *sheet.Cell, q slot) {
	if c.Text == "" && !c.NoValue { // blanks only: as good as nothing
		c.Settle(sheet.Ignored)
		return
	}
	a := q.read(c, s.Date1904())
	r.accept(q, a, c.Raw)
	switch {
	case a.wrong != nil:
		c.Settle(sheet.Withdrawn)
		return
	case q.spoilt:
		c.Settle(sheet.Withdrawn)
		return
	}
	r.used(s, c)
	if c.IsFormula {
		r.sheetTally(s.Name).formulas++
	}
	if s.IsHidden(c) {
		r.sheetTally(s.Name).hidden++
	}
}

// used settles a cell that was read and counts what was done to its text.
func (r *reading) used(s *sheet.Sheet, c *sheet.Cell) {
	if c == nil {
		return
	}
	if c.Fate() != sheet.Used && c.Change != (viet.Change{}) {
		r.sheetTally(s.Name).Add(c)
	}
	c.Settle(sheet.Used)
}

// accept makes a fact of an answer, or a finding.
func (r *reading) accept(q slot, a answer, raw string) {
	r.given++
	if a.wrong != nil {
		q.spoilt = true
		r.find(a.wrong.At(q.sheet, q.cell))
		return
	}
	if a.value.Kind == report.Missing {
		return
	}
	if !q.ind.Asks(r.agency) {
		r.notAsked(q, a)
		return
	}
	if q.given {
		r.twice(q, a, r.facts[q.fact])
		return
	}
	fact := report.Fact{Unit: q.key.unit, Place: q.key.place, Indicator: q.key.indicator, Value: a.value,
		Source: report.Source{Sheet: q.sheet, Cell: q.cell, Text: raw}}
	norm := func(code fault.Code) {
		if fact.Source.Norm != "" {
			fact.Source.Norm += ","
		}
		fact.Source.Norm += string(code)
	}
	for _, n := range a.notes {
		n.spot = q.spot
		r.notes = append(r.notes, n)
		norm(n.code)
	}
	if a.also != "" {
		norm(a.also)
	}
	r.give(q.record, fact)
}

// give takes a fact in.
func (r *reading) give(of *record, fact report.Fact) {
	of.fact, of.given = len(r.facts), true
	r.facts = append(r.facts, fact)
}

// notAsked refuses a figure nobody asked for; saying that there is none is no
// harm.
func (r *reading) notAsked(q slot, a answer) {
	q.spoilt = true
	if a.value.IsNone() || a.value.Kind == report.Number && a.value.Num.IsZero() {
		return
	}
	r.find(fault.New(fault.IndicatorNotAsked, fault.A("label", label(q.ind))).At(q.sheet, q.cell))
}

// twice says that two cells answer one question differently. The same answer
// given twice is one answer.
func (r *reading) twice(q slot, a answer, first report.Fact) {
	if first.Value.Equal(a.value) {
		return
	}
	q.spoilt = true
	at := first.Source.Cell
	if first.Source.Sheet != "" {
		at = first.Source.Sheet + "!" + at
	}
	r.find(fault.New(fault.IndicatorTwice, fault.A("got", label(q.ind)), fault.A("first", at)).At(q.sheet, q.cell).See(at))
}

// value gives what was read for a unit, place and indicator.
func (r *reading) value(k factKey) (report.Fact, bool) {
	of := r.records[k]
	if of == nil || !of.given {
		return report.Fact{}, false
	}
	return r.facts[of.fact], true
}

// recordOf gives the record of a figure, a new one when there is none.
func (r *reading) recordOf(k factKey) *record {
	of := r.records[k]
	if of == nil {
		if len(r.spare) == 0 {
			r.spare = make([]record, 32)
		}
		of, r.spare = &r.spare[0], r.spare[1:]
		r.records[k] = of
	}
	return of
}

// expect says in which cell a figure would stand. The first such cell holds.
func (of *record) expect(ind *report.Indicator, at spot) {
	if !of.expected {
		of.wanted, of.at, of.expected = ind, at, true
	}
}

// expectMany makes room for the figures of a table.
func (r *reading) expectMany(m *mapped) {
	most := max(1<<16, len(m.sheet.Cells)) // a hostile table gets no more than it brought
	lines, cols := 0, 0
	for i := range m.lines {
		if m.lines[i].role == roleValue {
			lines++
		}
	}
	for i := range m.cols {
		if m.cols[i].role == roleValue {
			cols++
		}
	}
	figures := min(lines*cols, most)
	r.facts = slices.Grow(r.facts, figures)
	if len(r.spare) >= figures {
		return
	}
	r.spare = make([]record, figures)
	if len(r.records) == 0 {
		r.first = r.spare
		r.records = make(map[factKey]*record, figures)
	}
}

// isSpoilt reports whether an error keeps a figure from being a fact.
func (r *reading) isSpoilt(k factKey) bool {
	of := r.records[k]
	return of != nil && of.spoilt
}

// where gives the cell of a fact, or the cell in which it would stand.
func (r *reading) where(k factKey) spot {
	if f, ok := r.value(k); ok {
		return spot{f.Source.Sheet, f.Source.Cell}
	}
	if of := r.records[k]; of != nil {
		return of.at
	}
	return spot{}
}

func (r *reading) gatherSheet(name string, t *tally) {
	for _, n := range []struct {
		code  fault.Code
		count int
	}{
		{fault.TextComposed, t.Composed}, {fault.SpacesTrimmed, t.Spaced},
		{fault.FormulaValueTaken, t.formulas}, {fault.HiddenFigures, t.hidden},
	} {
		if n.count > 0 {
			r.find(fault.New(n.code, fault.A("count", strconv.Itoa(n.count))).At(name, ""))
		}
	}
	for _, f := range t.Codes(name) {
		r.find(f)
	}
}

// inSheet names a cell with its sheet.
func inSheet(sheet, cell string) string {
	if sheet == "" {
		return cell
	}
	return sheet + "!" + cell
}
