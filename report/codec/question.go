package codec

import (
	"tonghop/report"
	"tonghop/report/fault"
)

func writeQuestion(w *writer, q *report.Question) {
	writeTexts(w, q.Key, string(q.Kind), string(q.Code), q.Form, q.Words, q.Sheet)
	for _, cell := range q.Cells {
		w.textItem(7, cell)
	}
	for i := range q.Candidates {
		c := &q.Candidates[i]
		w.item(8, func(w *writer) {
			writeTexts(w, c.Code, c.Name)
			w.number(3, int64(c.Confidence))
		})
	}
	w.text(9, q.Choice)
}

func readQuestion(r *reader) (q report.Question) {
	for r.next() {
		switch r.field {
		case 1:
			q.Key = r.text()
		case 2:
			q.Kind = report.QuestionKind(r.text())
		case 3:
			q.Code = fault.Code(r.text())
		case 4:
			q.Form = r.text()
		case 5:
			q.Words = r.text()
		case 6:
			q.Sheet = r.text()
		case 7:
			q.Cells = append(q.Cells, r.textItem())
		case 8:
			r.item(func(r *reader) { q.Candidates = append(q.Candidates, readCandidate(r)) })
		case 9:
			q.Choice = r.text()
		default:
			r.unknown()
		}
	}
	return q
}

func readCandidate(r *reader) (c report.Candidate) {
	for r.next() {
		switch r.field {
		case 1:
			c.Code = r.text()
		case 2:
			c.Name = r.text()
		case 3:
			c.Confidence = r.count()
		default:
			r.unknown()
		}
	}
	return c
}

func readAnswered(r *reader) *report.Answered {
	b, about := &report.Answered{}, ""
	readTexts(r, &b.Definition, &b.Question, &about, &b.Form, &b.Words, &b.Upload, &b.Choice, &b.Name, &b.Reason)
	b.About = report.QuestionKind(about)
	return b
}
