package portal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// clerkView is an agency's page for a request: the form to take, the file to
// hand in, and what became of those before.
type clerkView struct {
	Request  *report.Request
	Agency   *report.Agency
	Deadline deadline
	State    report.AgencyState
	Closed   bool
	Sent     *report.Review // the reviewer's word, where the newest was sent back
	Standing *api.Upload    // what counts; nil for nothing
	History  []api.Upload   // newest first
	MayWrite bool
	Limit    int64 // bytes of a file
	Reason   string
}

// Number is the short number of an upload.
func (v clerkView) Number(u api.Upload) string { return numberOf(u.Number) }

func (c *call) clerkPage() error { return c.showClerk(http.StatusOK, nil) }

func (c *call) showClerk(status int, notices []fault.Fault) error {
	request, agency := c.path("request"), c.path("agency")
	if err := c.may(report.ActRead, agency); err != nil {
		return err
	}
	view := clerkView{MayWrite: c.may(report.ActUpload, agency) == nil, Limit: c.bodyLimit(), Reason: c.r.PostFormValue("reason")}
	var err error
	c.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = bookOf(l, request, agency); err == nil {
			view.fill(c, l, book, agency)
		}
	})
	if err != nil {
		return err
	}
	c.render(status, "clerk.html", frame{
		Title: view.Agency.Name.In(c.language()) + ": " + view.Request.Title.In(c.language()), Notices: notices, Done: c.done(), Page: view,
		Live: "/api/v1/events?request=" + url.QueryEscape(request),
	})
	return nil
}

func (v *clerkView) fill(c *call, l *report.Ledger, book *report.RequestBook, agency string) {
	v.Request = book.Request
	v.Agency = &report.Agency{Code: agency, Name: report.Text{VI: agency}}
	if reg := l.Register(book.Request.Register, book.Request.Registered); reg != nil && reg.Agency(agency) != nil {
		v.Agency = reg.Agency(agency)
	}
	now := c.now()
	v.Deadline = deadlineOf(book.Request, l.Definition(book.Request.Definition, book.Request.Version), now)
	v.Closed, v.State = book.IsClosed(now), stateIn(book, agency)
	ret := book.Returns()[agency]
	if ret == nil {
		return
	}
	for _, a := range slices.Backward(ret.Attempts) {
		v.History = append(v.History, *uploadOf(ret.Key, a))
	}
	if ret.Standing != nil {
		v.Standing = uploadOf(ret.Key, ret.Attempt(ret.Standing.Upload))
	}
	if n := len(ret.Submissions); n > 0 && ret.Submissions[n-1].State == report.StateReturned {
		v.Sent = ret.Submissions[n-1].Sent
	}
}

// stateIn is where an agency stands in a request; "" for no agency.
func stateIn(book *report.RequestBook, agency string) report.AgencyState {
	if agency == "" {
		return ""
	}
	return aggregate.StateOf(book.Returns()[agency])
}

// clerkUpload takes the file of the form, by the same desk as the API.
func (c *call) clerkUpload() error {
	in, err := c.incoming()
	if err == nil && len(in.Body) == 0 && in.Name == "" {
		err = multipartWrong("chưa chọn tệp", "no file was chosen")
	}
	if err != nil {
		return c.again(err, c.showClerk)
	}
	receipt, err := c.Desk.Receive(c.ctx(), c.actor, *in)
	if err != nil {
		return c.again(err, c.showClerk)
	}
	return c.see("/tep/"+receipt.Upload, "")
}

// clerkNothing takes the report that nothing occurred: a form like any other,
// looked at before it is submitted.
func (c *call) clerkNothing() error {
	request, agency := c.path("request"), c.path("agency")
	if err := c.may(report.ActUpload, agency); err != nil {
		return err
	}
	receipt, err := c.Desk.Receive(c.ctx(), c.actor, ingest.Incoming{
		Request: request, Agency: agency, Media: client.MediaJSON, Via: report.ViaForm, Body: []byte(`{"nil":true}`),
	})
	if err != nil {
		return c.again(err, c.showClerk)
	}
	return c.see("/tep/"+receipt.Upload, "")
}

// again shows a page anew with what was wrong, where a person can mend it there.
func (c *call) again(err error, show func(int, []fault.Fault) error) error {
	var one fault.Fault
	var list fault.List
	if !errors.As(err, &one) && !errors.As(err, &list) && !isTooLong(err) {
		return err
	}
	if notices := c.faultsIn(err); notices != nil {
		return show(http.StatusUnprocessableEntity, notices)
	}
	return err
}

func (c *call) clerkWithdraw() error {
	request, agency := c.path("request"), c.path("agency")
	reason := c.r.PostFormValue("reason")
	err := ingest.CheckReason(reason)
	if err == nil {
		_, err = c.Desk.Withdraw(c.ctx(), c.actor, request, agency, c.seenVersion(), reason)
	}
	if err != nil {
		return c.again(err, c.showClerk)
	}
	return c.see("/nop/"+url.PathEscape(request)+"/"+url.PathEscape(agency), "thu-hoi")
}
