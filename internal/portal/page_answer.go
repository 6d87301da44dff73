package portal

import (
	"errors"
	"fmt"
	"net/url"
	"slices"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// questionView is a question as the page of its upload asks it.
type questionView struct {
	api.Question
	ID     string      // of its part of the page
	Field  string      // of the form
	Asks   report.Text // the question in words
	Place  fault.Fault // for the words of where it stands
	Chosen string      // what was answered, or just chosen
}

// None is the choice that none of the candidates is meant.
func (questionView) None() string { return report.ChoiceNone }

// fieldOf names the field of the form by which a question is answered.
func fieldOf(key string) string { return "cau-" + key }

// fillQuestions parts what is asked from what was answered. The findings that ask
// are told with the question and nowhere else, where it can be answered here.
func (c *call) fillQuestions(v *uploadView) {
	for i, q := range v.Questions {
		one := questionView{
			Question: q, ID: fmt.Sprintf("Q%d", i), Field: fieldOf(q.Key), Asks: q.Kind.Asks(q.Words),
			Chosen: c.r.PostFormValue(fieldOf(q.Key)),
		}
		if len(q.Cells) > 0 {
			one.Place = fault.Fault{}.At(q.Sheet, q.Cells[0])
		}
		if q.Choice == "" && v.Version > 0 {
			continue // it was submitted as it stands
		}
		if q.Choice == "" {
			v.Asked = append(v.Asked, one)
			continue
		}
		if one.Chosen == "" {
			one.Chosen = q.Choice
		}
		v.Answered = append(v.Answered, one)
	}
}

// asksOf reports whether a finding is one that asks an open question.
func (v *uploadView) asksOf(f fault.Fault) bool {
	return slices.ContainsFunc(v.Asked, func(q questionView) bool {
		return q.Code == string(f.Code) && q.Place.Sheet == f.Sheet && q.Place.Cell == f.Cell
	})
}

// uploadAnswer takes the answers of the form: of those that were asked the ones that
// were given, and of those that were answered before the ones that are changed.
func (c *call) uploadAnswer() error {
	key, err := c.mayAnswer()
	if err != nil {
		return err
	}
	var view uploadView
	if err := c.onUpload(func(key report.Key, a *report.Attempt) { view.Upload = *uploadOf(key, a) }); err != nil {
		return err
	}
	var answers []ingest.Answer
	for _, q := range view.Questions {
		if choice := c.r.PostFormValue(fieldOf(q.Key)); choice != "" && choice != q.Choice {
			answers = append(answers, ingest.Answer{Question: q.Key, Choice: choice})
		}
	}
	err = c.Desk.Answer(c.ctx(), c.actor, key.Name, key.Agency, view.Upload.Upload, answers)
	if errors.Is(err, fault.ParameterMissing) {
		err = fault.Parameter(c.say("câu trả lời", "answer"), "", "ít nhất một lựa chọn", "at least one choice")
	}
	if err != nil {
		return c.again(err, c.showUpload)
	}
	return c.see("/tep/"+url.PathEscape(view.Upload.Upload), "tra-loi")
}
