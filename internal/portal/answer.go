package portal

import (
	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/report"
)

// questionsOf puts questions in the words of the API; none is nil.
func questionsOf(all []report.Question) []api.Question {
	var out []api.Question
	for _, q := range all {
		one := api.Question{
			Key: q.Key, Kind: q.Kind, Code: string(q.Code), Form: q.Form, Words: q.Words, Sheet: q.Sheet,
			Cells: append([]string{}, q.Cells...), Candidates: []api.Candidate{}, Choice: q.Choice,
		}
		for _, c := range q.Candidates {
			one.Candidates = append(one.Candidates, api.Candidate(c))
		}
		out = append(out, one)
	}
	return out
}

// answerQuestions takes answers to the questions of an upload: 202, as it is read again.
func (c *call) answerQuestions() (any, error) {
	key, err := c.mayAnswer()
	if err != nil {
		return nil, err
	}
	var b api.Answers
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	answers := make([]ingest.Answer, len(b.Answers))
	for i, a := range b.Answers {
		answers[i] = ingest.Answer(a)
	}
	if err := c.Desk.Answer(c.ctx(), c.actor, key.Name, key.Agency, c.path("upload"), answers); err != nil {
		return nil, err
	}
	return c.uploadState()
}

// mayAnswer finds whose upload the path names, and whether the actor may answer for
// it: who may not is told so whatever the body says.
func (c *call) mayAnswer() (report.Key, error) {
	key, err := c.owner(c.path("upload"))
	if err == nil {
		err = c.may(report.ActAnswer, key.Agency)
	}
	return key, err
}

// remembered lists the answers to a form that hold.
func (c *call) remembered() (any, error) {
	agency := c.query("agency")
	if agency == "" && c.actor.Role == report.RoleAgency {
		agency = c.actor.Agency
	}
	if err := c.may(report.ActRead, agency); err != nil {
		return nil, err
	}
	out := &api.Remembered{Definition: c.path("code"), Answers: []api.RememberedLine{}}
	known := false
	c.Books.Read(func(l *report.Ledger) {
		for _, d := range l.Definitions {
			known = known || d.Code == out.Definition
		}
		for _, r := range l.Remembered(out.Definition, agency) {
			out.Answers = append(out.Answers, api.RememberedLine{
				Agency: r.Agency, Question: r.Question, Kind: r.About, Form: r.Form, Words: r.Words, Choice: r.Choice, Name: r.Name,
				At: r.At, By: r.Actor, Request: r.Request, Upload: r.Upload,
			})
		}
	})
	if !known {
		return nil, c.noDocument()
	}
	return out, nil
}

// forget withdraws a remembered answer, and lists those that are left of its agency.
func (c *call) forget() (any, error) {
	if err := c.may(report.ActForget, ""); err != nil {
		return nil, err
	}
	var b api.Forget
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	if err := c.Desk.Forget(c.ctx(), c.actor, c.path("code"), b.Agency, b.Question, b.Reason); err != nil {
		return nil, err
	}
	return c.remembered()
}
