package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"tonghop/report/fault"
)

// Question (câu hỏi) is what reading an upload could not settle by itself: words
// that are nearly those of the form and not quite. It is asked once, however many
// cells it is about, and nothing is taken for anything before it is answered
// (ADR 0027).
type Question struct {
	Key   string       // [QuestionKey]: the same words under the same sheet of a form are the same question
	Kind  QuestionKind //
	Code  fault.Code   // of the finding that asks it; its place is Sheet and the first of Cells
	Form  string       // sheet of the form, as the definition names it
	Words string       // as read
	Sheet string       // of the workbook
	Cells []string     // "C5", in reading order

	Candidates []Candidate // the likeliest first, at most [MaxCandidates]
	Choice     string      // what was answered before and held for this reading; "" where it is open
}

// Candidate is something that the words of a question may mean.
type Candidate struct {
	Code       string // what an answer chooses by
	Name       string
	Confidence int // 0 to 100: how alike the words are; never a ground to choose without asking
}

// QuestionKind is what a question is about.
type QuestionKind string

// The kinds of questions.
const (
	AskColumn QuestionKind = "column" // which indicator, or place, a column is
	AskRow    QuestionKind = "row"    // which place, unit or indicator a row is
	AskUnit   QuestionKind = "unit"   // in which unit the figures of a column are
	AskSheet  QuestionKind = "sheet"  // which of several sheets is meant
)

// Words names the kind for people.
func (k QuestionKind) Words() Text {
	switch k {
	case AskColumn:
		return Text{VI: "cột", EN: "column"}
	case AskRow:
		return Text{VI: "dòng", EN: "row"}
	case AskUnit:
		return Text{VI: "đơn vị tính", EN: "unit"}
	case AskSheet:
		return Text{VI: "trang tính", EN: "sheet"}
	}
	return Text{VI: string(k), EN: string(k)}
}

// Asks puts a question of the kind about words to people.
func (k QuestionKind) Asks(words string) Text {
	switch k {
	case AskColumn:
		return Text{VI: "Cột “" + words + "” là gì?", EN: "What is the column “" + words + "”?"}
	case AskRow:
		return Text{VI: "Dòng “" + words + "” là gì?", EN: "What is the row “" + words + "”?"}
	case AskUnit:
		return Text{VI: "Số liệu ở “" + words + "” tính theo đơn vị nào?", EN: "In which unit are the figures of “" + words + "”?"}
	case AskSheet:
		return Text{VI: "Trang tính nào là “" + words + "”?", EN: "Which sheet is “" + words + "”?"}
	}
	return Text{VI: words, EN: words}
}

// ChoiceNone answers that none of the candidates is meant: what was asked about is
// left out. No code begins with a hyphen ([CodePattern]).
const ChoiceNone = "-"

// The bounds of a question, so that one hostile upload does not make an event of
// questions.
const (
	MaxCandidates = 24
	MaxQuestions  = 100 // of one upload
)

// QuestionKey names a question by what it is about: its kind, the sheet of the form,
// and the words, all in the form in which names are compared. 16 hex digits of
// SHA-256.
func QuestionKey(kind QuestionKind, form string, words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{string(kind), form}, words...), "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Open reports whether the question waits for an answer.
func (q *Question) Open() bool { return q.Choice == "" }

// Offers reports whether a choice is among what the question offers.
func (q *Question) Offers(choice string) bool {
	return choice == ChoiceNone || q.Candidate(choice) != nil
}

// Candidate finds a candidate by its code; nil when there is none.
func (q *Question) Candidate(code string) *Candidate {
	for i := range q.Candidates {
		if q.Candidates[i].Code == code {
			return &q.Candidates[i]
		}
	}
	return nil
}

// Asks reports whether a finding is the one that asks the question.
func (q *Question) Asks(f fault.Fault) bool {
	return q.Open() && q.Code == f.Code && q.Sheet == f.Sheet && len(q.Cells) > 0 && q.Cells[0] == f.Cell
}

// Question finds a question of the draft by its key; nil when there is none.
func (d *Draft) Question(key string) *Question {
	for i := range d.Questions {
		if d.Questions[i].Key == key {
			return &d.Questions[i]
		}
	}
	return nil
}

// Answered says what an agency means by words of its own: the answer to a question
// about one of its uploads. It holds for that agency and for every version of the
// form, until another takes its place.
type Answered struct {
	Definition string       // code of the form, whatever the version
	Question   string       // [QuestionKey]
	About      QuestionKind // of the question
	Form       string       // sheet of the form
	Words      string       // as read when it was asked
	Upload     string       // on which it was asked
	Choice     string       // code, [ChoiceNone], or "": withdrawn, so that it is asked again
	Name       string       // of what was chosen, as it was called then
	Reason     string       // of a withdrawal
}

// Remembered is the answer that holds for a question of an agency and a form.
type Remembered struct {
	ID      string // of the event
	Agency  string
	Request string // in which it was answered
	At      time.Time
	Actor   Actor
	Answered
}

// Holds reports whether the answer was not withdrawn.
func (r Remembered) Holds() bool { return r.Choice != "" }

// Answers are what is remembered of one agency and one form, by the key of the
// question. Withdrawn ones are among them: that something is to be asked again has
// to be known as well.
type Answers map[string]Remembered

// Choice gives the answer that holds for a question.
func (a Answers) Choice(key string) (Remembered, bool) {
	r, known := a[key]
	return r, known && r.Holds()
}

// answerer is whose answers, and for which form.
type answerer struct{ agency, definition string }

// remember takes an answer in. Of two to one question the later holds, and of one
// moment that with the greater identity: the same set of events leaves the same
// answers (law 2).
func (l *Ledger) remember(e *Event) {
	b, ok := e.Body.(*Answered)
	if !ok {
		return
	}
	if l.answers == nil {
		l.answers = map[answerer]Answers{}
	}
	of := answerer{e.Key.Agency, b.Definition}
	if l.answers[of] == nil {
		l.answers[of] = Answers{}
	}
	if old, known := l.answers[of][b.Question]; known && cmp.Or(old.At.Compare(e.At), cmp.Compare(old.ID, e.ID)) >= 0 {
		return
	}
	l.answers[of][b.Question] = Remembered{ID: e.ID, Agency: e.Key.Agency, Request: e.Key.Name, At: e.At, Actor: e.Actor, Answered: *b}
}

// Answers gives what is remembered of an agency and a form. The result may be kept
// after the ledger moves on.
func (l *Ledger) Answers(definition, agency string) Answers {
	return maps.Clone(l.answers[answerer{agency, definition}])
}

// AnsweredSince reports whether any of an agency's questions about a form was
// answered, or its answer withdrawn, after a moment.
func (l *Ledger) AnsweredSince(definition, agency string, questions []Question, t time.Time) bool {
	of := l.answers[answerer{agency, definition}]
	return slices.ContainsFunc(questions, func(q Question) bool { return of[q.Key].At.After(t) })
}

// LastAnswer is when an agency last answered about a form; zero when it never did.
func (l *Ledger) LastAnswer(definition, agency string) (t time.Time) {
	for _, r := range l.answers[answerer{agency, definition}] {
		if r.At.After(t) {
			t = r.At
		}
	}
	return t
}

// Remembered gives the answers to a form that hold, of one agency or ("") of all,
// by agency, sheet, kind and words.
func (l *Ledger) Remembered(definition, agency string) []Remembered {
	var out []Remembered
	for of, answers := range l.answers {
		if of.definition != definition || agency != "" && of.agency != agency {
			continue
		}
		for _, r := range answers {
			if r.Holds() {
				out = append(out, r)
			}
		}
	}
	slices.SortFunc(out, func(a, b Remembered) int {
		return cmp.Or(cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Form, b.Form), cmp.Compare(a.About, b.About),
			cmp.Compare(a.Words, b.Words), cmp.Compare(a.Question, b.Question))
	})
	return out
}
