package portal

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// Form is the body of an upload that is a form: it is read by package ingest,
// and stands here for the document of the API.
type Form struct {
	Nil    bool        `json:"nil,omitempty" doc:"Không phát sinh (nothing occurred at all)"`
	Values []FormValue `json:"values,omitempty"`
	Texts  []FormText  `json:"texts,omitempty"`
}

// FormValue is a figure of a form.
type FormValue struct {
	Place     string `json:"place,omitempty" example:"288"`
	Unit      string `json:"unit,omitempty"`
	Indicator string `json:"indicator" example:"1.02"`
	Value     string `json:"value" example:"12" doc:"Số thập phân dạng chuỗi (a decimal as a string)"`
}

// FormText is a narrative answer of a form.
type FormText struct {
	Indicator string `json:"indicator" example:"3.01"`
	Text      string `json:"text"`
}

// Multipart is an upload from an HTML form.
type Multipart struct {
	File   string `json:"file" format:"binary"`
	Submit string `json:"submit,omitempty" doc:"true: nộp luôn khi không có lỗi"`
	Note   string `json:"note,omitempty" doc:"Lời nhắn cho người duyệt, không quá 16 KB (a word to the reviewer, 16 KB at most)"`
}

// maxKey bounds an Idempotency-Key, in bytes.
const maxKey = 255

// upload hands a file or form in: 202 with its receipt, once it is on the disk
// (law 1).
func (c *call) upload() (any, error) {
	in, err := c.incoming()
	if err != nil {
		return nil, err
	}
	receipt, err := c.Desk.Receive(c.ctx(), c.actor, *in)
	if err != nil {
		return nil, err
	}
	c.owners.put(receipt.Upload, report.ReturnKey(in.Request, in.Agency))
	c.w.Header().Set("Location", apiRoot+"/uploads/"+url.PathEscape(receipt.Upload))
	return receipt, nil
}

// incoming reads an upload. Who may not hand it in is told so before the body is
// read.
func (c *call) incoming() (*ingest.Incoming, error) {
	request, agency := c.path("request"), c.path("agency")
	if err := c.may(report.ActUpload, agency); err != nil {
		return nil, err
	}
	submit, err := c.flag("submit")
	if err != nil {
		return nil, err
	}
	key := c.r.Header.Get("Idempotency-Key")
	if len(key) > maxKey {
		return nil, wrong("Idempotency-Key", key, "tối đa 255 ký tự", "at most 255 characters")
	}
	p, err := c.parcel()
	if err != nil {
		return nil, err
	}
	if said := p.fields["submit"]; said != "" {
		if submit, err = parseFlag("submit", said); err != nil {
			return nil, err
		}
	}
	return &ingest.Incoming{
		Request: request, Agency: agency, Name: p.name, Media: p.media, Via: p.via, Body: p.body,
		Submit: submit, Note: p.fields["note"], Idempotency: key,
	}, nil
}

// check reads an upload as the worker would and leaves nothing behind.
func (c *call) check() (any, error) {
	in, checked, err := c.checkOnly()
	if err != nil {
		return nil, err
	}
	return &api.Checked{
		Request: in.Request, Agency: in.Agency, Outcome: checked.Outcome, Nil: checked.Draft.Nil,
		Facts: checked.Draft.Facts.Len(), Cells: checked.Draft.Counts, Findings: some(checked.Draft.Findings),
		Groups:    api.GroupsOf(checked.Draft.Findings, c.before(in.Request, in.Agency).ReasonFor),
		Questions: questionsOf(checked.Draft.Questions),
	}, nil
}

// env finds what an agency's uploads for a request are read by.
func (s *site) env(request, agency string) (env ingest.Env, err error) {
	s.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = bookOf(l, request, agency); err != nil {
			return
		}
		env = ingest.EnvOf(l, book, agency)
		env.Forms = &s.forms
	})
	return env, err
}

// bookOf finds a request, and with an agency given makes sure that it is asked.
func bookOf(l *report.Ledger, request, agency string) (*report.RequestBook, error) {
	book := l.Request(request)
	if book == nil {
		return nil, fault.New(fault.RequestUnknown, fault.A("request", clip(request)))
	}
	if agency != "" && !book.Request.Asks(agency) {
		return nil, fault.New(fault.AgencyNotAsked, fault.A("agency", clip(agency)), fault.A("request", request))
	}
	return book, nil
}

// marks reads the hidden marks of a workbook.
func (c *call) marks() (any, error) {
	p, err := c.parcel()
	if err != nil {
		return nil, err
	}
	m, err := ingest.ReadMarks(p.body)
	if err != nil {
		return nil, err
	}
	return &api.Marks{Definition: m.Definition, Version: m.Version, Request: m.Request, Agency: m.Agency}, nil
}

// uploadState tells where an upload stands.
func (c *call) uploadState() (any, error) {
	var out *api.Upload
	err := c.onUpload(func(key report.Key, a *report.Attempt) { out = uploadOf(key, a) })
	if err != nil {
		return nil, err
	}
	c.group(out)
	return out, nil
}

// group says the findings of an upload that repeat once, with the reasons that
// were given for the like of them in the period before.
func (c *call) group(u *api.Upload) {
	u.Groups = api.GroupsOf(u.Findings, c.before(u.Request, u.Agency).ReasonFor)
}

// before gives what counts of an agency's return for the period before; nil when
// nothing of it does.
func (c *call) before(request, agency string) (s *report.Submission) {
	c.Books.Read(func(l *report.Ledger) {
		if book := l.Request(request); book != nil {
			s = ingest.Before(l, book, agency) // never changes: a fold makes others
		}
	})
	return s
}

// onUpload calls fn with the upload of the path, under the ledger's lock.
func (c *call) onUpload(fn func(report.Key, *report.Attempt)) error {
	id := c.path("upload")
	key, err := c.owner(id)
	if err != nil {
		return err
	}
	if err := c.may(report.ActRead, key.Agency); err != nil {
		return err
	}
	found := false
	c.Books.Read(func(l *report.Ledger) {
		book := l.Requests[key.Name]
		if book == nil {
			return
		}
		if a := book.Returns()[key.Agency].Attempt(id); a != nil {
			found = true
			fn(key, a)
		}
	})
	if !found {
		return fault.New(fault.UploadUnknown, fault.A("upload", clip(id)))
	}
	return nil
}

// uploadOf puts an upload in the words of the API, which has six states: what is
// more special has a flag beside it.
func uploadOf(key report.Key, a *report.Attempt) *api.Upload {
	r := a.Received
	out := &api.Upload{
		Upload: r.Upload, Request: key.Name, Agency: key.Agency, Number: r.Number, State: a.State,
		Name: r.Name, SHA256: r.SHA256, Size: r.Size, ReceivedAt: a.ReceivedAt, Findings: []fault.Fault{},
	}
	switch a.State {
	case report.StateApproved:
		out.State, out.Approved = report.StateSubmitted, true
	case report.StateReturned:
		out.State, out.Returned = report.StateWithdrawn, true
	case report.StateHeld:
		out.State, out.Held = report.StateReady, true
	}
	if a.Checked != nil {
		at, d := a.CheckedAt, &a.Checked.Draft
		out.CheckedAt, out.Nil, out.Facts, out.Cells, out.Findings = &at, d.Nil, d.Facts.Len(), d.Counts, some(d.Findings)
		out.Questions = questionsOf(d.Questions)
	}
	out.Explanations = given(a)
	if s := a.Submission; s != nil {
		out.Version = s.Version
		out.Reason = reasonOf(s)
	}
	return out
}

// reasonOf is why a submission was sent back or withdrawn.
func reasonOf(s *report.Submission) string {
	switch {
	case s.State == report.StateWithdrawn && s.Withdrawal != nil:
		return s.Withdrawal.Words
	case s.Sent != nil:
		return s.Sent.Words
	}
	return ""
}

// some gives a list that is never null in JSON.
func some(l fault.List) []fault.Fault {
	if l == nil {
		return []fault.Fault{}
	}
	return l
}

// uploadFile gives the bytes of an upload back.
func (c *call) uploadFile() (any, error) {
	var received *report.Received
	if err := c.onUpload(func(_ report.Key, a *report.Attempt) { received = a.Received }); err != nil {
		return nil, err
	}
	b, err := c.Files.Get(c.ctx(), received.SHA256)
	if err != nil {
		return nil, fmt.Errorf("bytes of upload %s: %w", received.Upload, err)
	}
	name := received.Name
	if name == "" {
		name = received.Upload + ".json"
	}
	// The bytes are foreign: they are handed over as a file to keep and never
	// shown, whatever type their sender gave them.
	return &download{name: name, media: "application/octet-stream", etag: received.SHA256, body: b}, nil
}

// uploads lists what an agency handed in for a request, oldest first.
func (c *call) uploads() (any, error) {
	request, agency := c.path("request"), c.path("agency")
	if err := c.may(report.ActRead, agency); err != nil {
		return nil, err
	}
	out := &api.Uploads{Uploads: []api.Upload{}}
	var err error
	c.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = bookOf(l, request, agency); err != nil {
			return
		}
		if ret := book.Returns()[agency]; ret != nil {
			for _, a := range ret.Attempts {
				out.Uploads = append(out.Uploads, *uploadOf(ret.Key, a))
			}
		}
	})
	for i := range out.Uploads {
		c.group(&out.Uploads[i])
	}
	return out, err
}

// isTooLong reports whether a body went over its limit.
func isTooLong(err error) bool {
	var tooLong *http.MaxBytesError
	return errors.As(err, &tooLong)
}
