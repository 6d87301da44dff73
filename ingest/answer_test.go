package ingest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/ingest/sheet"
	"tonghop/report"
	"tonghop/report/fault"
)

// newAskingOffice is an office whose worker reads sheets as they are written in the
// archives of testdata/reading, and in which the form was asked twice.
func newAskingOffice(t *testing.T) *office {
	t.Helper()
	o := emptyOffice(t)
	def := officeDefinition()
	def.Sheets[1].Optional = true
	o.must(o.desk.ApplyDefinition(t.Context(), admin, def))
	o.must(o.desk.ApplyRegister(t.Context(), admin, officeRegister()))
	for _, code := range []string{"ky-1", "ky-2"} {
		req := officeRequest()
		req.Code = code
		o.must(o.desk.ApplyRequest(t.Context(), admin, req))
	}
	o.worker.Read = func(up Upload, env Env) report.Checked {
		g, err := parseGrid("Biểu 1", string(up.Body))
		if err != nil {
			t.Error(err)
			return report.Checked{}
		}
		out := readSheets(env, &sheet.Book{Sheets: []*sheet.Sheet{sheet.FromGrid(g)}})
		out.Upload = up.ID
		return out
	}
	return o
}

// own is a table with a column under words of the agency's own, in the place of
// indicator 2, and a district that is misspelt.
const own = `Địa bàn | Số cuộc | Kinh phí đã chi
Thành phố Hải Dương | #12 | #1.5
Thành phố Chí Lính | #3 | #2.5
`

// sendSheet hands a sheet in and lets the worker read it.
func (o *office) sendSheet(request, agency, body string, submit bool) string {
	o.t.Helper()
	o.clock.Move(time.Second)
	r, err := o.desk.Receive(o.t.Context(), clerk(agency), Incoming{Request: request, Agency: agency, Via: report.ViaWorkbook, Body: []byte(body), Submit: submit})
	if err != nil {
		o.t.Fatal(err)
	}
	o.workOff()
	return r.Upload
}

// attempt gives an upload as it stands.
func (o *office) attempt(request, agency, upload string) (a report.Attempt) {
	o.t.Helper()
	o.books.Read(func(l *report.Ledger) {
		if at := l.Request(request).Returns()[agency].Attempt(upload); at != nil {
			a = *at
		}
	})
	return a
}

// open gives the questions of an upload that wait for an answer.
func open(a report.Attempt) (out []report.Question) {
	for _, q := range a.Checked.Draft.Questions {
		if q.Open() {
			out = append(out, q)
		}
	}
	return out
}

// says gives the codes of an upload's findings.
func says(a report.Attempt) string {
	var out []string
	for _, f := range a.Checked.Draft.Findings {
		out = append(out, string(f.Code))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

// settleAll answers every open question of an upload with its likeliest candidate.
func (o *office) settleAll(request, agency, upload string) error {
	o.t.Helper()
	var answers []Answer
	for _, q := range open(o.attempt(request, agency, upload)) {
		answers = append(answers, Answer{q.Key, q.Candidates[0].Code})
	}
	o.clock.Move(time.Second)
	err := o.desk.Answer(o.t.Context(), clerk(agency), request, agency, upload, answers)
	o.workOff()
	return err
}

func look(a report.Attempt, place, indicator string) string {
	return a.Checked.Draft.Facts.Look(a.Actor.Agency, place, indicator).String()
}

// TestAnswerSettlesTheUpload: what is nearly a known name is nothing before it is
// answered; then the same upload is read again, and goes where it was sent.
func TestAnswerSettlesTheUpload(t *testing.T) {
	o := newAskingOffice(t)
	up := o.sendSheet("ky-1", "syt", own, true)
	before := o.attempt("ky-1", "syt", up)
	if got := says(before); before.State != report.StateRefused || !strings.Contains(got, "S260") || !strings.Contains(got, "S261") {
		t.Fatalf("%s with %s, want it refused with a question about a column and one about a row", before.State, got)
	}
	if qs := open(before); len(qs) != 2 || before.Checked.Draft.Facts.Len() != 1 {
		t.Fatalf("%d questions, %d facts; nothing may be taken for anything before it is answered", len(qs), before.Checked.Draft.Facts.Len())
	}
	if err := o.settleAll("ky-1", "syt", up); err != nil {
		t.Fatal(err)
	}
	after := o.attempt("ky-1", "syt", up)
	if after.State != report.StateSubmitted || len(open(after)) != 0 {
		t.Errorf("%s with %s, want it submitted as it was sent to be", after.State, says(after))
	}
	for _, want := range []struct{ place, indicator, value string }{
		{"288", "1", "12"}, {"288", "2", "1.5"}, {"290", "1", "3"}, {"290", "2", "2.5"},
	} {
		if got := look(after, want.place, want.indicator); got != want.value {
			t.Errorf("%s at %s is %q, want %s", want.indicator, want.place, got, want.value)
		}
	}
	if got := says(after); !strings.Contains(got, "N540") {
		t.Errorf("nothing says by which answers it was read: %s", got)
	}
	before2 := len(o.all())
	if err := o.desk.Answer(t.Context(), clerk("syt"), "ky-1", "syt", up, []Answer{{open(before)[0].Key, open(before)[0].Candidates[0].Code}}); err != nil || len(o.all()) != before2 {
		t.Errorf("the same answer again wrote something: %v", err)
	}
}

// TestAnswersAreRemembered: for the agency that gave them and the form, in the next
// request and on another file; and for nobody else.
func TestAnswersAreRemembered(t *testing.T) {
	o := newAskingOffice(t)
	up := o.sendSheet("ky-1", "syt", own, false)
	if err := o.settleAll("ky-1", "syt", up); err != nil {
		t.Fatal(err)
	}
	next := o.attempt("ky-2", "syt", o.sendSheet("ky-2", "syt", strings.ReplaceAll(own, "#12", "#20"), true))
	if next.State != report.StateSubmitted || look(next, "288", "1") != "20" || look(next, "290", "2") != "2.5" {
		t.Errorf("in the next request it is %s with %s", next.State, says(next))
	}
	other := o.attempt("ky-1", "sgd", o.sendSheet("ky-1", "sgd", own, true))
	if other.State != report.StateRefused || len(open(other)) != 2 {
		t.Errorf("another agency's upload is %s with %d questions", other.State, len(open(other)))
	}
}

// TestAnswerNone leaves out what was asked about; a new answer takes its place.
func TestAnswerNone(t *testing.T) {
	o := newAskingOffice(t)
	up := o.sendSheet("ky-1", "syt", own, false)
	var answers []Answer
	for _, q := range open(o.attempt("ky-1", "syt", up)) {
		answers = append(answers, Answer{q.Key, report.ChoiceNone})
	}
	o.must(nil, o.desk.Answer(t.Context(), clerk("syt"), "ky-1", "syt", up, answers))
	o.workOff()
	a := o.attempt("ky-1", "syt", up)
	if a.State != report.StateReady || a.Checked.Draft.Facts.Len() != 1 || !strings.Contains(says(a), "N541") {
		t.Errorf("%s with %d facts, %s", a.State, a.Checked.Draft.Facts.Len(), says(a))
	}
	for i := range answers {
		answers[i].Choice = a.Checked.Draft.Question(answers[i].Question).Candidates[0].Code
	}
	o.clock.Move(time.Second)
	o.must(nil, o.desk.Answer(t.Context(), clerk("syt"), "ky-1", "syt", up, answers))
	o.workOff()
	if a = o.attempt("ky-1", "syt", up); a.Checked.Draft.Facts.Len() != 4 {
		t.Errorf("after the new answers it has %d facts, %s", a.Checked.Draft.Facts.Len(), says(a))
	}
}

// TestForget: an answer that is withdrawn is asked again, and what waits to be
// submitted by it is read anew first.
func TestForget(t *testing.T) {
	o := newAskingOffice(t)
	up := o.sendSheet("ky-1", "syt", own, false)
	o.must(nil, o.settleAll("ky-1", "syt", up))
	next := o.sendSheet("ky-2", "syt", own, false)
	if a := o.attempt("ky-2", "syt", next); a.State != report.StateReady {
		t.Fatalf("in the next request it is %s", a.State)
	}
	var held []report.Remembered
	o.books.Read(func(l *report.Ledger) { held = l.Remembered("bieu", "syt") })
	if len(held) != 2 {
		t.Fatalf("%d answers are remembered", len(held))
	}
	row := held[slices.IndexFunc(held, func(r report.Remembered) bool { return r.About == report.AskRow })]
	forget := func(who report.Actor, question, reason string) error {
		o.clock.Move(time.Second)
		return o.desk.Forget(t.Context(), who, "bieu", "syt", question, reason)
	}
	if err := forget(clerk("syt"), row.Question, longReason); codes(err) != "W716" {
		t.Errorf("an agency withdrew an answer: %v", err)
	}
	if err := forget(coordinator, row.Question, ""); codes(err) != "W709" {
		t.Errorf("without a reason: %v", err)
	}
	o.must(nil, forget(coordinator, row.Question, longReason))
	o.workOff()
	for request, upload := range map[string]string{"ky-1": up, "ky-2": next} {
		if a := o.attempt(request, "syt", upload); a.State != report.StateRefused || len(open(a)) != 1 {
			t.Errorf("%s: the upload is %s with %s", request, a.State, says(a))
		}
	}
	if err := forget(coordinator, row.Question, longReason); codes(err) != "A808" {
		t.Errorf("what is not remembered was withdrawn: %v", err)
	}
}

// TestSubmitAfterAnAnswer: an upload that was read before an answer, or with one
// that does not hold any more, is not submitted as it was read.
func TestSubmitAfterAnAnswer(t *testing.T) {
	o := newAskingOffice(t)
	o.must(nil, o.settleAll("ky-1", "syt", o.sendSheet("ky-1", "syt", own, false)))
	older := o.sendSheet("ky-2", "syt", own, false)
	o.sendSheet("ky-2", "syt", strings.ReplaceAll(own, "#12", "#20"), false)
	var held []report.Remembered
	o.books.Read(func(l *report.Ledger) { held = l.Remembered("bieu", "syt") })
	o.clock.Move(time.Second)
	o.must(nil, o.desk.Forget(t.Context(), coordinator, "bieu", "syt", held[0].Question, longReason))
	o.workOff() // only the newest of each request is read again by itself
	if a := o.attempt("ky-2", "syt", older); a.State != report.StateReady {
		t.Fatalf("the older upload is %s", a.State)
	}
	o.clock.Move(time.Second)
	if err := o.desk.Submit(t.Context(), clerk("syt"), "ky-2", "syt", older, nil); codes(err) != "W706" {
		t.Errorf("submitting it gave %v, want it checked again first", err)
	}
	o.workOff()
	if a := o.attempt("ky-2", "syt", older); a.Submission != nil || len(open(a)) == 0 {
		t.Errorf("the older upload is %s with %s", a.State, says(a))
	}
}

// TestAnswerDoesNotReplaceWhatCameLater: answering about an upload that was
// overtaken by its own correction is remembered, and submits nothing.
func TestAnswerDoesNotReplaceWhatCameLater(t *testing.T) {
	o := newAskingOffice(t)
	old := o.sendSheet("ky-1", "syt", own, true)
	newer := o.sendSheet("ky-1", "syt", "Địa bàn | Số cuộc\nThành phố Hải Dương | #9\n", true)
	if a := o.attempt("ky-1", "syt", newer); a.State != report.StateSubmitted {
		t.Fatalf("the correction is %s, %s", a.State, says(a))
	}
	o.must(nil, o.settleAll("ky-1", "syt", old))
	if a := o.attempt("ky-1", "syt", newer); a.State != report.StateSubmitted {
		t.Errorf("the correction is %s", a.State)
	}
	next := o.attempt("ky-2", "syt", o.sendSheet("ky-2", "syt", own, true))
	if next.State != report.StateSubmitted {
		t.Errorf("the answer was not remembered: %s", says(next))
	}
}

// TestAnswerWhileReading: an answer that comes while another upload with the same
// question is read is in its outcome.
func TestAnswerWhileReading(t *testing.T) {
	o := newAskingOffice(t)
	first := o.sendSheet("ky-1", "syt", own, false)
	read, answeredMeanwhile := o.worker.Read, false
	o.worker.Read = func(up Upload, env Env) report.Checked {
		out := read(up, env)
		if !answeredMeanwhile {
			answeredMeanwhile = true
			var answers []Answer
			for _, q := range open(o.attempt("ky-1", "syt", first)) {
				answers = append(answers, Answer{q.Key, q.Candidates[0].Code})
			}
			o.clock.Move(time.Second)
			o.must(nil, o.desk.Answer(t.Context(), clerk("syt"), "ky-1", "syt", first, answers))
		}
		return out
	}
	a := o.attempt("ky-2", "syt", o.sendSheet("ky-2", "syt", own, true))
	if a.State != report.StateSubmitted || look(a, "290", "2") != "2.5" {
		t.Errorf("%s with %s", a.State, says(a))
	}
}

func TestAnswerRefused(t *testing.T) {
	o := newAskingOffice(t)
	up := o.sendSheet("ky-1", "syt", own, false)
	qs := open(o.attempt("ky-1", "syt", up))
	q, choice := qs[0].Key, qs[0].Candidates[0].Code
	for _, test := range []struct {
		name    string
		who     report.Actor
		upload  string
		answers []Answer
		want    fault.Code
	}{
		{"another agency's", clerk("sgd"), up, []Answer{{q, choice}}, fault.MayNot},
		{"an analyst's", report.Actor{Role: report.RoleAnalyst}, up, []Answer{{q, choice}}, fault.MayNot},
		{"no such upload", clerk("syt"), "00", []Answer{{q, choice}}, fault.UploadUnknown},
		{"none at all", clerk("syt"), up, nil, fault.ParameterMissing},
		{"to what was not asked", clerk("syt"), up, []Answer{{"00", choice}}, fault.ParameterWrong},
		{"with what was not offered", clerk("syt"), up, []Answer{{q, "999"}}, fault.ParameterWrong},
		{"with nothing", clerk("syt"), up, []Answer{{q, ""}}, fault.ParameterMissing},
		{"twice", clerk("syt"), up, []Answer{{q, choice}, {q, report.ChoiceNone}}, fault.ParameterWrong},
	} {
		before := len(o.all())
		err := o.desk.Answer(t.Context(), test.who, "ky-1", "syt", test.upload, test.answers)
		var f fault.Fault
		if !errors.As(err, &f) || f.Code != test.want || len(o.all()) != before {
			t.Errorf("%s: got %v and %d new events, want %s and none", test.name, err, len(o.all())-before, test.want)
		}
	}
	o.must(nil, o.desk.Close(t.Context(), coordinator, "ky-1", longReason))
	if err := o.desk.Answer(t.Context(), clerk("syt"), "ky-1", "syt", up, []Answer{{q, choice}}); codes(err) != "W703" {
		t.Errorf("in a closed request: %v", err)
	}
}

// TestAnswersOutliveAVersion: an answer holds for the next version of the form, and
// is dropped, and said to be, by one that does not ask for what it names any more.
func TestAnswersOutliveAVersion(t *testing.T) {
	o := newAskingOffice(t)
	o.must(nil, o.settleAll("ky-1", "syt", o.sendSheet("ky-1", "syt", own, false)))
	reopen := func(version string, change func(*report.Definition)) {
		def := officeDefinition()
		def.Sheets[1].Optional, def.Version = true, version
		change(def)
		o.must(o.desk.ApplyDefinition(t.Context(), admin, def))
		req := officeRequest()
		req.Code, req.Version = "ky-2", version
		o.must(o.desk.ApplyRequest(t.Context(), admin, req))
	}
	reopen("2", func(*report.Definition) {})
	up := o.sendSheet("ky-2", "syt", own, false)
	if a := o.attempt("ky-2", "syt", up); a.State != report.StateReady || a.Checked.Definition != "bieu@2" || a.Checked.Draft.Facts.Len() != 4 {
		t.Errorf("by version 2 it is %s with %d facts: %s", a.State, a.Checked.Draft.Facts.Len(), says(a))
	}
	reopen("3", func(def *report.Definition) {
		def.Indicators[1] = report.Indicator{Code: "2b", Name: report.Text{VI: "Kinh phí"}, Type: report.TypeDec, Scale: 2, By: report.ByPlace}
		def.Indicators[2].Num = "2b"
		def.Rules = def.Rules[:1]
		def.Sheets[0].Indicators = []string{"1", "2b", "3"}
	})
	up = o.sendSheet("ky-2", "syt", own+"\n", false)
	a := o.attempt("ky-2", "syt", up)
	if qs := open(a); !strings.Contains(says(a), "N542") || len(qs) != 1 || qs[0].Kind != report.AskColumn || qs[0].Candidates[0].Code != "2b" {
		t.Errorf("by version 3: %s, open questions %+v", says(a), qs)
	}
	if a.Checked.Draft.Facts.Len() != 2 {
		t.Errorf("%d facts, want those of the column that needs no answer", a.Checked.Draft.Facts.Len())
	}
}
