package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"tonghop/examples"
	"tonghop/ingest"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// act does what a step says, as the one who does it.
func (d *demonstration) act(ctx context.Context, s *examples.Step) error {
	desk, request := d.app.desk, d.story.Request
	clerk := report.Actor{Role: report.RoleAgency, Agency: s.Agency, ID: "demo", Name: s.Agency}
	switch s.Do {
	case examples.DoApply:
		return d.actApply(ctx)
	case examples.DoUpload:
		return d.actUpload(ctx, clerk, s)
	case examples.DoSubmit:
		return desk.Submit(ctx, clerk, request, s.Agency, "", s.Explain)
	case examples.DoWithdraw:
		_, err := desk.Withdraw(ctx, clerk, request, s.Agency, 0, s.Reason)
		return err
	case examples.DoReturn:
		_, err := desk.Return(ctx, coordinator, request, s.Agency, 0, s.Reason, s.Cells)
		return err
	case examples.DoAdjust:
		return desk.Adjust(ctx, coordinator, request, s.Agency, 0, figures(s.Figures), s.Reason)
	case examples.DoClose:
		return desk.Close(ctx, coordinator, request, s.Reason)
	case examples.DoReopen:
		return desk.Reopen(ctx, coordinator, request, s.Reason)
	case examples.DoApprove:
		for _, agency := range s.Agencies {
			if err := desk.Approve(ctx, coordinator, request, agency, 0, s.Note); err != nil {
				return fmt.Errorf("%s: %w", agency, err)
			}
		}
	}
	return nil
}

func figures(set []examples.Figure) []ingest.Figure {
	out := make([]ingest.Figure, len(set))
	for i, f := range set {
		out[i] = ingest.Figure{Place: f.Place, Indicator: f.Indicator, Value: f.Value}
	}
	return out
}

func (d *demonstration) actApply(ctx context.Context) error {
	for _, name := range d.story.Apply {
		docs, err := exampleDocuments(name)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			if err := d.actDocument(ctx, doc); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// exampleDocuments reads a file of the examples.
func exampleDocuments(name string) ([]spec.Document, error) {
	b, err := fs.ReadFile(examples.FS, name)
	if err != nil {
		return nil, err
	}
	folder, err := fs.Sub(examples.FS, path.Dir(name))
	if err != nil {
		return nil, err
	}
	docs, faults := spec.Parse(name, b, folder)
	if faults.Blocks() {
		return nil, faults
	}
	return docs, nil
}

func (d *demonstration) actDocument(ctx context.Context, doc spec.Document) (err error) {
	switch doc.Kind {
	case report.KindDefinition:
		_, err = d.app.desk.ApplyDefinition(ctx, coordinator, doc.Definition)
	case report.KindRegister:
		_, err = d.app.desk.ApplyRegister(ctx, coordinator, doc.Register)
	case report.KindRequest:
		_, err = d.app.desk.ApplyRequest(ctx, coordinator, doc.Request)
	}
	return err
}

// actUpload hands a file in, waits for its outcome, and holds it against what
// the story says of it.
func (d *demonstration) actUpload(ctx context.Context, clerk report.Actor, s *examples.Step) error {
	body, err := fs.ReadFile(examples.FS, d.story.Path(s))
	if err != nil {
		return err
	}
	in := ingest.Incoming{
		Request: d.story.Request, Agency: s.Agency, Name: path.Base(s.File), Body: body,
		Media: client.MediaXLSX, Via: report.ViaWorkbook, Submit: s.Submit, Note: s.Note,
	}
	if s.IsForm() {
		in.Media, in.Via = client.MediaJSON, report.ViaForm
	}
	if err := os.WriteFile(filepath.Join(d.dir, demoSent, in.Name), body, 0o644); err != nil {
		return err
	}
	receipt, err := d.app.desk.Receive(ctx, clerk, in)
	if err != nil {
		return err
	}
	attempt, err := d.settled(ctx, s.Agency, receipt.Upload)
	if err != nil {
		return err
	}
	return asTold(s, attempt)
}

// settled waits until an upload has its outcome, and its submission where that
// comes with it.
func (d *demonstration) settled(ctx context.Context, agency, upload string) (report.Attempt, error) {
	for {
		var a report.Attempt
		var seq uint64
		d.app.books.ReadKey(report.ReturnKey(d.story.Request, agency), func(l *report.Ledger, last uint64) {
			seq = last
			if found := l.Request(d.story.Request).Returns()[agency].Attempt(upload); found != nil {
				a = *found
			}
		})
		if a.Checked != nil {
			return a, nil
		}
		if err := d.app.books.Reached(ctx, seq+1); err != nil {
			return a, err
		}
	}
}

// asTold is nil when an upload became what the story says.
func asTold(s *examples.Step, a report.Attempt) error {
	if s.Becomes != "" && a.State != s.Becomes {
		return fmt.Errorf("%s of %s became %s, the story says %s: %w", s.File, s.Agency, a.State, s.Becomes, a.Checked.Draft.Findings.Err())
	}
	if len(s.Codes) == 0 {
		return nil
	}
	var codes []string
	for _, f := range a.Checked.Draft.Findings {
		if f.Severity != fault.Note {
			codes = append(codes, string(f.Code))
		}
	}
	slices.Sort(codes)
	if codes = slices.Compact(codes); !slices.Equal(codes, s.Codes) {
		return fmt.Errorf("%s of %s has the findings %v, the story says %v", s.File, s.Agency, codes, s.Codes)
	}
	return nil
}
