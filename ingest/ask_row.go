package ingest

import (
	"slices"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/fault"
)

// strange settles a row of figures whose head names nothing that may stand here,
// or several such things: by what the agency answered before, by a question where
// something is near, and otherwise by an error.
func (rr *rowReader) strange(row int, h heads, found match.Found, figure *sheet.Cell) {
	q, asks := rr.rowQuestion(h, found)
	if asks && rr.answered(row, h, q) {
		return
	}
	if !onlyUnanswered(rr.m.sheet.Row(row)) { // a formula drawn too far down is no part of a total
		rr.m.partial = true
	}
	rr.m.sheet.SettleRow(row, sheet.UnknownRow)
	rr.m.last = row
	if asks && len(q.Candidates) > 0 {
		got := fault.A("got", q.Words)
		f := fault.New(fault.RowAsked, got, fault.A("choices", choicesOf(q.Candidates)))
		if found.How == match.Ambiguous {
			f = fault.New(fault.NameAmbiguous, got, fault.A("choices", choicesOf(q.Candidates)))
		}
		rr.r.ask(q, h.cell().Ref(), f)
		return
	}
	rr.resolver.unknown(found, rr.m.sheet, row, h, figure)
	if asks {
		rr.r.attach(q, h.cell().Ref())
	}
}

// rowQuestion makes the question what a row is. There is none where nothing stands
// at its head, or where that is the name of something that is not asked here: that
// is no matter of reading.
func (rr *rowReader) rowQuestion(h heads, found match.Found) (q report.Question, asks bool) {
	v := rr.resolver
	at := h.cell()
	if at == nil || at.Text == "" || found.How != match.Ambiguous && v.elsewhere(h) != "" {
		return q, false
	}
	form := rr.m.plan.layout.Name
	words := []string{rr.wordsOf(at)}
	if found.How == match.Ambiguous { // what stands around it may tell two of a name apart
		words = append(words, rr.context(h)...)
	}
	if viet.Key(words[0]) == "" {
		return q, false
	}
	q = report.Question{
		Key:  questionKey(report.AskRow, form, words...),
		Kind: report.AskRow, Form: form, Words: h.label(), Sheet: rr.m.sheet.Name,
	}
	if found.How == match.Ambiguous {
		offers, _ := rr.r.offers(rr.m.plan, ofRows)
		for _, o := range offers {
			if slices.Contains(found.Choices, o.code+" "+o.name) && rr.cannotBe(o.code) == nil && len(q.Candidates) < report.MaxCandidates {
				q.Candidates = append(q.Candidates, report.Candidate{Code: o.code, Name: o.name, Confidence: 100})
			}
		}
		return q, true
	}
	if v.nears--; v.nears >= 0 { // each is a walk through all there is
		q.Candidates = rr.r.candidates(rr.m.plan, ofRows, at.Text, rr.cannotBe)
	}
	return q, true
}

// wordsOf gives the words of a row without the number before them, which says where
// it stands and not what it is. A letter before a place is the word for its level,
// and tells a district from a ward.
func (rr *rowReader) wordsOf(c *sheet.Cell) string {
	text, _ := viet.Clean(c.Text)
	if rr.m.plan.layout.Shape == report.PlacesDown && (text == "" || text[0] < '0' || text[0] > '9') {
		return text
	}
	return table.Unnumbered(text)
}

// context is what tells a row from another of the same name: its own code, and
// where rows are indicators the one found before it.
func (rr *rowReader) context(h heads) []string {
	out := []string{"", ""}
	if h.code != nil {
		out[0] = h.code.Text
	}
	switch v := rr.resolver; {
	case v.last < 0:
	case rr.m.plan.matrix != nil:
		out[1] = rr.m.plan.matrix.rows[v.last].Code
	case rr.m.plan.layout.Shape == report.IndicatorsDown:
		out[1] = rr.m.plan.indicators[v.last].Code
	}
	return out
}

// cannotBe says why a row cannot be what a code stands for; nil where it can.
func (rr *rowReader) cannotBe(code string) *fault.Arg {
	if !rr.resolver.here.Code(code).OK() || rr.m.plan.layout.Shape == report.IndicatorsDown && !rr.asked(code) {
		return &noLonger
	}
	if _, taken := rr.resolver.seen[code]; taken || rr.exact[code] {
		return &hasOwn
	}
	return nil
}

func (rr *rowReader) asked(indicator string) bool {
	ind := rr.r.def.Indicator(indicator)
	return ind != nil && ind.Asks(rr.r.agency)
}

// answered settles a row by an answer that is remembered, and reports whether there
// was one that can be followed.
func (rr *rowReader) answered(row int, h heads, q report.Question) bool {
	at := h.cell().Ref()
	a, known := rr.r.answerTo(q, at, rr.cannotBe)
	if !known {
		return false
	}
	if a.Choice != report.ChoiceNone {
		found := rr.resolver.here.Code(a.Choice)
		found.How = match.ByName // it was said to be so, which is no note of its own
		rr.known(row, h, found)
	} else {
		rr.m.partial = true // its figures may well be in the totals
		rr.m.last = row
		rr.m.sheet.SettleRow(row, sheet.LeftOut)
	}
	rr.r.follow(q, at, a)
	return true
}
