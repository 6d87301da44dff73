package ingest

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// ask puts a question with the finding that asks it, which stands at the first of
// its cells. A question that was put already has the cell added to it, however
// many there are: one clear question for each distinct thing.
func (r *reading) ask(q report.Question, cell string, f fault.Fault) {
	if at, put := r.put[q.Key]; put {
		r.again(at, cell)
		return
	}
	q.Code = f.Code
	r.record(q, cell, f.At(q.Sheet, cell))
}

// again adds a cell to a question that was put.
func (r *reading) again(at int, cell string) {
	q := &r.questions[at]
	const most = 50 // cells that are named; the question is the same without the others
	if len(q.Cells) >= most || slices.Contains(q.Cells, cell) {
		return
	}
	q.Cells = append(q.Cells, cell)
	by := &r.findings[r.askedBy[at]]
	*by = by.See(inSheet(q.Sheet, cell))
}

// attach puts a question that offers nothing with a finding that was found last:
// what has no likeness to anything can still be left out, once and for all.
func (r *reading) attach(q report.Question, cell string) {
	last := len(r.findings) - 1
	f := r.findings[last]
	r.findings = r.findings[:last]
	if at, put := r.put[q.Key]; put {
		r.again(at, cell)
		r.find(f)
		return
	}
	q.Code = f.Code
	r.record(q, cell, f)
}

// record keeps a question and its finding. Past [report.MaxQuestions] there is the
// finding alone: the others are asked when those are answered.
func (r *reading) record(q report.Question, cell string, f fault.Fault) {
	if len(r.questions) < report.MaxQuestions {
		if r.put == nil {
			r.put = map[string]int{}
		}
		r.put[q.Key] = len(r.questions)
		if cell != "" {
			q.Cells = []string{cell}
		}
		r.questions = append(r.questions, q)
		r.askedBy = append(r.askedBy, len(r.findings))
	}
	r.find(f)
}

// answerTo gives the remembered answer to a question, unless it cannot be followed:
// can says why not, nil where it can. An answer that cannot be followed is dropped
// with a note, and what it was about is judged as if it had not been given.
func (r *reading) answerTo(q report.Question, cell string, can func(code string) *fault.Arg) (report.Remembered, bool) {
	a, known := r.env.Answers.Choice(q.Key)
	if !known {
		return a, false
	}
	if a.Choice != report.ChoiceNone {
		if why := can(a.Choice); why != nil {
			r.find(fault.New(fault.AnswerDropped, aboutArg(q.Kind), fault.A("got", q.Words), fault.A("used", named(a)), *why).At(q.Sheet, cell))
			return a, false
		}
	}
	return a, true
}

// follow notes that a question was settled by an answer, and by which.
func (r *reading) follow(q report.Question, cell string, a report.Remembered) {
	if at, put := r.put[q.Key]; put {
		r.again(at, cell)
		return
	}
	q.Choice = a.Choice
	by := a.Actor.Role.Words()
	if a.Actor.Name != "" {
		by = report.Text{VI: a.Actor.Name, EN: a.Actor.Name}
	}
	said := []fault.Arg{aboutArg(q.Kind), fault.A("got", q.Words), fault.A("on", calendar.DateOf(a.At, vietnam).String()), fault.Both("by", by.VI, by.EN)}
	f := fault.New(fault.ReadAsAnswered, append(said, fault.A("used", named(a)))...)
	if a.Choice == report.ChoiceNone {
		f = fault.New(fault.LeftOutAsAnswered, said...)
	}
	q.Code = f.Code
	if len(q.Candidates) == 0 && a.Choice != report.ChoiceNone { // what was chosen can be chosen again
		q.Candidates = []report.Candidate{{Code: a.Choice, Name: a.Name, Confidence: 100}}
	}
	r.record(q, cell, f.At(q.Sheet, cell))
}

// questionKey names a question: by its kind, the sheet of the form, and words, compared
// as names are. What has no letters ("%") is compared as it stands.
func questionKey(kind report.QuestionKind, form string, words ...string) string {
	keys := make([]string, len(words))
	for i, w := range words {
		keys[i] = cmp.Or(viet.Key(w), strings.TrimSpace(w))
	}
	return report.QuestionKey(kind, viet.Key(form), keys...)
}

// aboutArg names what a question is about, for the sentence of a finding.
func aboutArg(kind report.QuestionKind) fault.Arg {
	w := kind.Words()
	first := func(s string) string {
		for i := range s {
			if i > 0 {
				return strings.ToUpper(s[:i]) + s[i:]
			}
		}
		return s
	}
	return fault.Both("what", first(w.VI), first(w.EN))
}

// named is how an answer is said: by code and name.
func named(a report.Remembered) string {
	if a.Name == "" || a.Name == a.Choice {
		return a.Choice
	}
	if a.About == report.AskUnit {
		return a.Name
	}
	return a.Choice + " " + a.Name
}

// choicesOf says the candidates in one line, for the sentence of a finding.
func choicesOf(all []report.Candidate) string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.Code + " " + c.Name
	}
	return strings.Join(out, "; ")
}
