package portal

import (
	"fmt"
	"net/url"

	"tonghop/export"
	"tonghop/ingest"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// uploadMarked gives an upload back with what was found marked in it.
func (c *call) uploadMarked() (any, error) {
	var (
		received *report.Received
		m        export.Marking
		heading  [2]string
	)
	err := c.onUpload(func(key report.Key, a *report.Attempt) {
		received = a.Received
		heading = [2]string{key.Name, key.Agency}
		if a.Checked == nil {
			return
		}
		m = export.Marking{Name: a.Received.Name, Findings: a.Checked.Draft.Findings, Given: given(a), At: a.CheckedAt}
	})
	if err != nil {
		return nil, err
	}
	if m.At.IsZero() {
		return nil, fault.New(fault.StillChecking, fault.A("upload", received.Number))
	}
	if m.Body, err = c.Files.Get(c.ctx(), received.SHA256); err != nil {
		return nil, fmt.Errorf("bytes of upload %s: %w", received.Upload, err)
	}
	if received.Via == report.ViaForm {
		m.Name = ""
	}
	m.Heading = c.headingOf(heading[0], heading[1])
	return c.mark(m)
}

// checkMarked checks a file as it would be checked when it is handed in, keeps
// nothing, and gives it back marked.
func (c *call) checkMarked() (any, error) {
	in, checked, err := c.checkOnly()
	if err != nil {
		return nil, err
	}
	m := export.Marking{
		Name: in.Name, Body: in.Body, Findings: checked.Draft.Findings, At: c.now(),
		Heading: c.headingOf(in.Request, in.Agency),
	}
	if in.Via == report.ViaForm {
		m.Name = ""
	} else if m.Name == "" {
		m.Name = in.Agency + ".xlsx"
	}
	return c.mark(m)
}

// mark marks a file when its turn has come: it is read once more for that.
func (c *call) mark(m export.Marking) (any, error) {
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-c.ctx().Done():
		return nil, c.ctx().Err()
	}
	marked, err := export.Mark(m)
	if err != nil {
		return nil, err
	}
	if marked.Apart != (report.Text{}) {
		c.w.Header().Set(client.ApartHeader, url.PathEscape(marked.Apart.VI))
	}
	return &download{name: marked.Name, media: client.MediaXLSX, body: marked.Body}, nil
}

// headingOf says in one line what is reported and by whom.
func (s *site) headingOf(request, agency string) string {
	title, name := request, agency
	s.Books.Read(func(l *report.Ledger) {
		book := l.Request(request)
		if book == nil {
			return
		}
		title = book.Request.Title.VI
		if reg := l.Register(book.Request.Register, book.Request.Registered); reg != nil {
			name = reg.AgencyName(agency)
		}
	})
	return name + ": " + title
}

// given are the explanations of an upload: of its submission, or, while there is
// none, those that it brought itself.
func given(a *report.Attempt) []report.Explanation {
	switch {
	case a.Submission != nil:
		return a.Submission.Explanations
	case a.Checked != nil:
		return a.Checked.Draft.Explanations()
	}
	return nil
}

// checkOnly reads an upload as the worker would and leaves nothing behind.
func (c *call) checkOnly() (*ingest.Incoming, *report.Checked, error) {
	in, err := c.incoming()
	if err != nil {
		return nil, nil, err
	}
	env, err := c.env(in.Request, in.Agency)
	if err != nil {
		return nil, nil, err
	}
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-c.ctx().Done():
		return nil, nil, c.ctx().Err()
	}
	checked := ingest.Read(ingest.Upload{Name: in.Name, Media: in.Media, Via: in.Via, Body: in.Body}, env)
	return in, &checked, nil
}
