package ingest

import (
	"slices"
	"strconv"

	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// columnQuestion asks what a column of the agency's own is.
func columnQuestion(m *mapped, title string) report.Question {
	return report.Question{
		Key:  questionKey(report.AskColumn, m.plan.layout.Name, title),
		Kind: report.AskColumn, Form: m.plan.layout.Name, Words: clipped(title), Sheet: m.sheet.Name,
	}
}

// answerColumns gives the columns that were not understood to what the agency said
// they are. What the form's own words were found over stays what it is.
func (r *reading) answerColumns(m *mapped, h table.Header) {
	if len(r.env.Answers) == 0 {
		return
	}
	for i := range h.Columns {
		hc := &h.Columns[i]
		c := m.column(hc.Col)
		if c == nil || c.role != roleExtra || c.title == "" {
			continue
		}
		q, at := columnQuestion(m, c.title), xlsx.Ref(h.Bottom, hc.Col)
		a, known := r.answerTo(q, at, func(code string) *fault.Arg { return r.cannotBe(m, code) })
		switch {
		case !known:
		case a.Choice == report.ChoiceNone:
			q.Candidates = r.columnCandidates(m, c.title)
			c.role = roleIgnore
			r.follow(q, at, a)
		default:
			q.Candidates = r.columnCandidates(m, c.title)
			hc.Want = r.become(m, c, a.Choice)
			r.follow(q, at, a)
		}
	}
}

// become makes a column one of what is asked, and says which: its unit is looked at
// like that of a column whose words were known.
func (r *reading) become(m *mapped, c *column, code string) (want int) {
	c.role = roleValue
	if x := m.plan.matrix; x != nil {
		c.across, c.placed = x.columnAt(code), true
		c.shift = x.columns[c.across].Shift
		return c.across
	}
	if m.plan.layout.Shape == report.IndicatorsDown {
		c.place = code
		return slices.IndexFunc(m.plan.places, func(p *report.Place) bool { return p.Code == code })
	}
	c.ind, c.shift = r.def.Indicator(code), m.plan.columnOf(code).Shift
	return slices.Index(m.plan.indicators, c.ind)
}

// The reasons for which an answer is not followed.
var (
	noLonger = fault.Both("reason", "biểu mẫu hoặc danh mục hiện nay không còn mục này", "the form or register of today has no such entry")
	hasOwn   = fault.Both("reason", "mục này đã có cột hoặc dòng mang đúng tên của nó", "there is a column or row under its very name")
)

// cannotBe says why a column cannot be what a code stands for; nil where it can.
func (r *reading) cannotBe(m *mapped, code string) *fault.Arg {
	stands := false
	if x := m.plan.matrix; x != nil {
		at := x.columnAt(code)
		stands = at >= 0 && r.asksOf(x.column(at), func(*report.Indicator) bool { return true })
	} else if m.plan.layout.Shape == report.IndicatorsDown {
		stands = slices.ContainsFunc(m.plan.places, func(p *report.Place) bool { return p.Code == code })
	} else {
		stands = slices.ContainsFunc(m.plan.indicators, func(i *report.Indicator) bool { return i.Code == code && i.Asks(r.agency) })
	}
	switch {
	case !stands:
		return &noLonger
	case m.has(code):
		return &hasOwn
	}
	return nil
}

// has reports whether a column of the table is what a code stands for.
func (m *mapped) has(code string) bool {
	return slices.ContainsFunc(m.cols, func(c column) bool {
		return c.role == roleValue && m.isCodeOf(&c, code)
	})
}

// isCodeOf reports whether a code is that of what a column of figures is.
func (m *mapped) isCodeOf(c *column, code string) bool {
	if m.plan.matrix != nil {
		return m.plan.matrix.columns[c.across].Code == code
	}
	return c.ind != nil && c.ind.Code == code || c.place != "" && c.place == code
}

// columnCandidates are what a column of the table may be: what is asked of the
// agency there, and has no column yet.
func (r *reading) columnCandidates(m *mapped, title string) []report.Candidate {
	return r.candidates(m.plan, ofColumns, title, func(code string) *fault.Arg { return r.cannotBe(m, code) })
}

// askColumn asks what a column with figures is, and reports whether there was
// anything to ask.
func (r *reading) askColumn(m *mapped, c *column, count int, first string) bool {
	q := columnQuestion(m, c.title)
	if q.Candidates = r.columnCandidates(m, c.title); len(q.Candidates) == 0 {
		return false
	}
	f := fault.New(fault.ColumnAsked, fault.A("got", q.Words), fault.A("choices", choicesOf(q.Candidates)), fault.A("count", strconv.Itoa(count)))
	if !slices.ContainsFunc(m.cols, func(c column) bool { return c.role == roleValue }) {
		f = f.Weighed(fault.Error) // nothing of the table can be read without an answer
	}
	r.ask(q, first, f)
	return true
}
