package ingest

import (
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/fault"
)

// The choices of a question about a unit.
const (
	unitAsked  = "asked"  // the figures are in the unit of the form, and the heading is wrong
	unitStated = "stated" // they are in the unit of the heading, and are converted
)

// settleUnit settles a heading that states another unit than the form asks for: by
// the agency's answer, or by asking. No figure is converted, or taken as it stands,
// before that is answered: a factor of a thousand looks like any other number. What
// is stated once for the table is asked once.
func (r *reading) settleUnit(m *mapped, hc table.Column, ind *report.Indicator, u unit) {
	form, stated, at := m.plan.layout.Name, u.stated, u.at
	about, words := ind.Code, label(ind)+" ("+stated+")"
	if u.general {
		about, words = "", stated
	}
	q := report.Question{
		Key:  questionKey(report.AskUnit, form, about, stated),
		Kind: report.AskUnit, Form: form, Words: clipped(words), Sheet: m.sheet.Name,
	}
	from := viet.ParseUnit(stated)
	powers, same := from.Shift(r.unit(ind))
	code := fault.UnitDiffers
	if same && r.plan.contradicted(from, u.figures()) {
		code = fault.UnitImpossible
	}
	if same && code == fault.UnitDiffers {
		q.Candidates = append(q.Candidates, report.Candidate{Code: unitStated, Name: stated + " → " + ind.Unit, Confidence: 100})
	}
	q.Candidates = append(q.Candidates, report.Candidate{Code: unitAsked, Name: ind.Unit, Confidence: likeness(viet.Plain(stated), viet.Plain(ind.Unit))})
	a, known := r.answerTo(q, at, func(code string) *fault.Arg {
		if q.Candidate(code) == nil {
			return &noLonger
		}
		return nil
	})
	if !known {
		r.ask(q, at, fault.New(code, fault.A("label", label(ind)), fault.A("got", stated), fault.A("expected", ind.Unit)))
		return
	}
	if c := m.column(hc.Col); c != nil {
		switch a.Choice {
		case report.ChoiceNone:
			c.role = roleIgnore
		case unitStated:
			c.shift = powers
			r.notes = append(r.notes, note{code: fault.ScaleConverted, label: label(ind), got: stated, expected: ind.Unit, spot: spot{m.sheet.Name, at}})
		}
	}
	r.follow(q, at, a)
}
