package examples_test

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"tonghop/aggregate"
	"tonghop/examples"
	"tonghop/examples/internal/paper"
	"tonghop/ingest"
	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/fault"
)

// office is a department with its desk, its worker and its figures, in memory,
// with a clock that is set by hand.
type office struct {
	t      *testing.T
	desk   *ingest.Desk
	books  *report.Books
	view   *aggregate.View
	moment atomic.Pointer[time.Time]
}

func openOffice(t *testing.T) *office {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	o := &office{t: t}
	o.set(time.Date(2021, 3, 1, 1, 0, 0, 0, time.UTC))
	journal := &mem.Journal{}
	o.books = &report.Books{Journal: journal}
	o.view = &aggregate.View{Books: o.books}
	o.view.Attach()
	o.desk = &ingest.Desk{Books: o.books, Journal: journal, Files: &mem.Files{}, Now: func() time.Time { return *o.moment.Load() }}
	worker := &ingest.Worker{Inbox: &mem.Inbox{Journal: journal}, Desk: o.desk, Parallel: 1}
	done := make(chan error, 2)
	go func() { done <- o.books.Run(ctx) }()
	go func() { done <- worker.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		for range 2 {
			if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("office: %v", err)
			}
		}
	})
	return o
}

func (o *office) set(at time.Time) { o.moment.Store(&at) }

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

var coordinator = report.Actor{Role: report.RoleCoordinator, ID: "test"}

func clerk(agency string) report.Actor {
	return report.Actor{Role: report.RoleAgency, Agency: agency, ID: "test"}
}

// apply makes a file of definitions, registers or requests known.
func (o *office) apply(name string) {
	o.t.Helper()
	ctx := o.t.Context()
	docs, faults, err := paper.Documents(examples.FS, name)
	o.must(err)
	if len(faults) > 0 {
		o.t.Fatal(faults)
	}
	for _, d := range docs {
		switch {
		case d.Definition != nil:
			_, err = o.desk.ApplyDefinition(ctx, coordinator, d.Definition)
		case d.Register != nil:
			_, err = o.desk.ApplyRegister(ctx, coordinator, d.Register)
		case d.Request != nil:
			_, err = o.desk.ApplyRequest(ctx, coordinator, d.Request)
		}
		o.must(err)
	}
}

// upload hands a file in and waits for its outcome, and for its submission
// where nothing stands against it.
func (o *office) upload(request, agency, file string, form, submit bool, note string) report.Attempt {
	o.t.Helper()
	body, err := examples.FS.ReadFile(file)
	o.must(err)
	in := ingest.Incoming{Request: request, Agency: agency, Name: path.Base(file), Via: report.ViaWorkbook, Body: body, Submit: submit, Note: note}
	if form {
		in.Via = report.ViaForm
	}
	receipt, err := o.desk.Receive(o.t.Context(), clerk(agency), in)
	o.must(err)
	ctx, cancel := context.WithTimeout(o.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var a report.Attempt
		var seq uint64
		o.books.Read(func(l *report.Ledger) { a = *l.Request(request).Returns()[agency].Attempt(receipt.Upload) })
		seq = o.books.Seq()
		if a.Checked != nil {
			return a
		}
		o.must(o.books.Reached(ctx, seq+1))
	}
}

// play does what a step of the story says and holds it to what must come of it.
func (o *office) play(story *examples.Story, s *examples.Step) {
	o.t.Helper()
	o.set(s.At())
	ctx, request := o.t.Context(), story.Request
	switch s.Do {
	case examples.DoApply:
		for _, name := range story.Apply {
			o.apply(name)
		}
	case examples.DoUpload:
		o.became(s, o.upload(request, s.Agency, story.Path(s), s.IsForm(), s.Submit, s.Note))
	case examples.DoSubmit:
		o.must(o.desk.Submit(ctx, clerk(s.Agency), request, s.Agency, "", s.Explain))
	case examples.DoWithdraw:
		_, err := o.desk.Withdraw(ctx, clerk(s.Agency), request, s.Agency, 0, s.Reason)
		o.must(err)
	case examples.DoReturn:
		_, err := o.desk.Return(ctx, coordinator, request, s.Agency, 0, s.Reason, s.Cells)
		o.must(err)
	case examples.DoApprove:
		for _, agency := range s.Agencies {
			o.must(o.desk.Approve(ctx, coordinator, request, agency, 0, s.Note))
		}
	case examples.DoAdjust:
		var figures []ingest.Figure
		for _, f := range s.Figures {
			figures = append(figures, ingest.Figure{Place: f.Place, Indicator: f.Indicator, Value: f.Value})
		}
		o.must(o.desk.Adjust(ctx, coordinator, request, s.Agency, 0, figures, s.Reason))
	}
}

func (o *office) became(s *examples.Step, a report.Attempt) {
	o.t.Helper()
	var codes []string
	for _, f := range a.Checked.Draft.Findings {
		if f.Severity != fault.Note {
			codes = append(codes, string(f.Code))
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if a.State != s.Becomes || !slices.Equal(codes, s.Codes) {
		o.t.Errorf("%s became %s with %v, the story says %s with %v", s.File, a.State, codes, s.Becomes, s.Codes)
	}
}

// told plays the whole story of the demonstration.
func told(t *testing.T) *office {
	t.Helper()
	story, err := examples.Scenario()
	if err != nil {
		t.Fatal(err)
	}
	o := openOffice(t)
	for i := range story.Steps {
		o.play(story, &story.Steps[i])
	}
	return o
}

// TestStoryIsPlayed tells the story through the desk and looks at where the nine
// agencies stand at its end.
func TestStoryIsPlayed(t *testing.T) {
	o := told(t)
	s, err := o.view.Summarize("ngay-ctxh-2021", time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range s.Agencies {
		got = append(got, fmt.Sprintf("%s %s v%d/%d nil=%v late=%v", a.Agency, a.State, a.Version, a.Versions, a.Nil, a.Timeliness.IsLate()))
	}
	want := []string{
		"syt approved v1/1 nil=false late=false",
		"sgddt approved v2/2 nil=false late=false",
		"stttt approved v2/2 nil=false late=false",
		"dptth approved v2/2 nil=false late=false",
		"bhd approved v1/1 nil=true late=false",
		"mttq approved v1/1 nil=false late=false",
		"hlhpn submitted v1/1 nil=false late=true",
		"hctd approved v1/1 nil=false late=false",
		"tdtn missing v0/0 nil=false late=false",
	}
	if !slices.Equal(got, want) {
		for i := range got {
			if i >= len(want) || got[i] != want[i] {
				t.Errorf("got %s", got[i])
			}
		}
	}
	if s.Heard != 8 || s.Asked != 9 || !slices.Equal(s.Missing, []string{"tdtn"}) || !s.Provisional {
		t.Errorf("heard %d of %d, missing %v, provisional %v", s.Heard, s.Asked, s.Missing, s.Provisional)
	}
}

// TestNineOfNine sends the report that the story leaves out.
func TestNineOfNine(t *testing.T) {
	o := told(t)
	o.set(time.Date(2021, 4, 1, 2, 0, 0, 0, time.UTC))
	a := o.upload("ngay-ctxh-2021", "tdtn", "ngay-ctxh-2021/nop/tdtn/tdtn-chua-nop.xlsx", false, true, "")
	if a.State != report.StateSubmitted {
		t.Fatalf("became %s: %v", a.State, a.Checked.Draft.Findings)
	}
	s, err := o.view.Summarize("ngay-ctxh-2021", time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if s.Heard != 9 || len(s.Missing) > 0 {
		t.Errorf("heard %d, missing %v", s.Heard, s.Missing)
	}
}
