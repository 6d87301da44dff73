package api

import (
	"time"

	"tonghop/report"
)

// Question is what reading an upload could not settle: words that are nearly those
// of the form. Nothing is taken for anything before it is answered.
type Question struct {
	Key        string              `json:"key"` // by which it is answered
	Kind       report.QuestionKind `json:"kind" enum:"column,row,unit,sheet"`
	Code       string              `json:"code"`  // of the finding about it, which stands at sheet and the first of cells
	Form       string              `json:"form"`  // sheet of the form
	Words      string              `json:"words"` // as read
	Sheet      string              `json:"sheet,omitempty"`
	Cells      []string            `json:"cells"`
	Candidates []Candidate         `json:"candidates"`       // the likeliest first
	Choice     string              `json:"choice,omitempty"` // the answer that this reading followed; absent where it is open
}

// Candidate is something that the words of a question may mean.
type Candidate struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Confidence int    `json:"confidence"` // 0 to 100
}

// Answers answers questions of an upload.
type Answers struct {
	Answers []Answer `json:"answers"`
}

// Answer says what is meant by the words of a question.
type Answer struct {
	Question string `json:"question"` // key
	Choice   string `json:"choice"`   // code of a candidate, or "-" for none of them: what was asked about is left out
}

// Remembered lists the answers to a form that hold.
type Remembered struct {
	Definition string           `json:"definition"`
	Answers    []RememberedLine `json:"answers"`
}

// RememberedLine is one answer that holds for an agency and a form.
type RememberedLine struct {
	Agency   string              `json:"agency"`
	Question string              `json:"question"` // key
	Kind     report.QuestionKind `json:"kind" enum:"column,row,unit,sheet"`
	Form     string              `json:"form"`
	Words    string              `json:"words"`
	Choice   string              `json:"choice"` // "-": left out
	Name     string              `json:"name,omitempty"`
	At       time.Time           `json:"at"`
	By       report.Actor        `json:"by"`
	Request  string              `json:"request"` // in which it was answered
	Upload   string              `json:"upload"`  // on which it was asked
}

// Forget withdraws a remembered answer, so that it is asked again.
type Forget struct {
	Agency   string `json:"agency"`
	Question string `json:"question"`
	Reason   string `json:"reason"`
}
