package portal

import (
	"time"

	"tonghop/aggregate"
	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/calendar"
)

// requests lists the requests the actor may know of: an agency, those it is
// asked.
func (c *call) requests() (any, error) {
	lines, err := c.requestLines()
	return &api.Requests{Requests: lines}, err
}

func (c *call) requestLines() ([]api.RequestLine, error) {
	var codes []string
	c.Books.Read(func(l *report.Ledger) {
		for _, code := range l.RequestCodes() {
			if c.mayKnow(l.Requests[code].Request) {
				codes = append(codes, code)
			}
		}
	})
	lines := []api.RequestLine{}
	for _, code := range codes {
		s, err := c.statusReply(code, time.Time{})
		if err != nil {
			return nil, err
		}
		line := api.RequestLine{Request: code, Title: s.Title, Closed: s.Closed, Due: s.Due, Heard: s.Heard, Asked: s.Asked}
		c.Books.Read(func(l *report.Ledger) {
			r := l.Request(code).Request
			line.Definition = report.Ref(r.Definition, r.Version)
		})
		lines = append(lines, line)
	}
	return lines, nil
}

// mayKnow reports whether the actor may know of a request.
func (c *call) mayKnow(r *report.Request) bool {
	if c.actor.Role == report.RoleAgency {
		return r.Asks(c.actor.Agency)
	}
	return c.mayReadAll() == nil
}

// bookToRead finds a request the actor may know of.
func (c *call) bookToRead(l *report.Ledger, request string) (*report.RequestBook, error) {
	book, err := bookOf(l, request, "")
	if err == nil && !c.mayKnow(book.Request) {
		err = c.may(report.ActRead, "")
	}
	return book, err
}

// request gives the document of a request.
func (c *call) request() (any, error) {
	var out *report.Request
	var err error
	c.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = c.bookToRead(l, c.path("request")); err == nil {
			out = book.Request
		}
	})
	return out, err
}

// status tells who has reported.
func (c *call) status() (any, error) {
	asOf, err := c.moment("asOf")
	if err != nil {
		return nil, err
	}
	return c.statusReply(c.path("request"), asOf)
}

// statusReply tells who has reported; an agency, only where it stands itself.
func (c *call) statusReply(request string, asOf time.Time) (out *api.Status, err error) {
	var def *report.Definition
	var reg *report.Register
	var req *report.Request
	c.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = c.bookToRead(l, request); err == nil {
			req = book.Request
			def, reg = l.Definition(req.Definition, req.Version), l.Register(req.Register, req.Registered)
		}
	})
	if err != nil {
		return nil, err
	}
	board, err := c.View.Board(request, asOf)
	if err != nil {
		return nil, err
	}
	out = &api.Status{
		Request: request, Title: req.Title, AsOf: board.AsOf, Closed: board.Closed, Provisional: board.Provisional,
		Heard: board.Heard, Asked: board.Asked, Missing: board.Missing, Due: dueOf(req, def),
		Agencies: make([]api.AgencyState, 0, len(board.Agencies)),
	}
	for _, a := range board.Agencies {
		out.Agencies = append(out.Agencies, agencyLine(a, reg))
	}
	if c.actor.Role == report.RoleAgency {
		narrow(out, c.actor.Agency)
	}
	return out, nil
}

// narrow leaves of a board what concerns one agency.
func narrow(s *api.Status, agency string) {
	var own []api.AgencyState
	for _, a := range s.Agencies {
		if a.Agency == agency {
			own = append(own, a)
		}
	}
	missing := []string{}
	for _, code := range s.Missing {
		if code == agency {
			missing = append(missing, code)
		}
	}
	s.Agencies, s.Missing, s.Asked = own, missing, len(own)
	s.Heard = s.Asked - len(missing)
}

func agencyLine(a report.AgencyStatus, reg *report.Register) api.AgencyState {
	line := api.AgencyState{
		Agency: a.Agency, Name: reg.AgencyName(a.Agency), State: a.State, Timeliness: string(a.Timeliness.Standing),
		DaysLate: a.Timeliness.DaysLate, Nil: a.Nil, Version: a.Version, Versions: a.Versions,
		Upload: a.Upload, File: a.File, Findings: a.Findings, Newest: a.Newest,
	}
	if !a.ReceivedAt.IsZero() {
		at := a.ReceivedAt
		line.ReceivedAt = &at
	}
	return line
}

// dueOf says when reports must be there, both ways of reading it.
func dueOf(req *report.Request, def *report.Definition) api.Due {
	due, ok := computedDue(req, def)
	if !ok {
		return api.Due{Wording: noDueDay(req).VI}
	}
	return api.Due{Wording: due.VI(), Strict: due.Strict.String(), Lenient: due.Lenient.String()}
}

// noDueDay says why a request has no due day: none was set, or one was that
// cannot be computed, as in requests opened before those were refused (D634).
func noDueDay(req *report.Request) report.Text {
	if req.Due.IsZero() {
		return report.Text{VI: "không định hạn", EN: "no due date"}
	}
	return report.Text{VI: "chưa tính được", EN: "not computed"}
}

func computedDue(req *report.Request, def *report.Definition) (calendar.Due, bool) {
	if def == nil {
		return calendar.Due{}, false
	}
	return aggregate.DueOf(req, def)
}
