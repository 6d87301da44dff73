package portal

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// boardView is the coordinator's page: who has reported, live.
type boardView struct {
	*api.Status
	Deadline deadline
	Letter   report.Letter
	Count    map[string]int // agencies by state
	Late     int
	MayWrite bool
	MayClose bool
	Names    []string // of the missing
	Reason   string   // typed before
	For      string   // agency it was typed for; "" for the request
}

// Percent is the share of agencies heard.
func (v boardView) Percent() int {
	if v.Asked == 0 {
		return 0
	}
	return v.Heard * 100 / v.Asked
}

func (c *call) boardPage() error { return c.showBoard(http.StatusOK, nil) }

func (c *call) showBoard(status int, notices []fault.Fault) error {
	request := c.path("request")
	if err := c.mayReadFigures(request, nil); err != nil {
		return err
	}
	s, err := c.statusReply(request, time.Time{})
	if err != nil {
		return err
	}
	view := boardView{Status: s, Count: map[string]int{}, For: c.path("agency"), Reason: c.r.PostFormValue("reason")}
	view.MayWrite, view.MayClose = c.may(report.ActReview, "") == nil, c.may(report.ActClose, "") == nil
	for _, a := range s.Agencies {
		view.Count[string(a.State)]++
		if a.Timeliness == "late" {
			view.Late++
		}
	}
	c.Books.Read(func(l *report.Ledger) {
		r := l.Request(request).Request
		view.Letter = r.Letter
		view.Deadline = deadlineOf(r, l.Definition(r.Definition, r.Version), c.now())
		reg := l.Register(r.Register, r.Registered)
		for _, code := range s.Missing {
			view.Names = append(view.Names, agencyName(reg, code, c.language()))
		}
		for i := range s.Agencies {
			s.Agencies[i].Name = agencyName(reg, s.Agencies[i].Agency, c.language())
		}
	})
	c.render(status, "board.html", frame{
		Title: s.Title.In(c.language()), Notices: notices, Done: c.done(), Page: view, Wide: true,
		Live: "/api/v1/events?request=" + url.QueryEscape(request),
	})
	return nil
}

func agencyName(reg *report.Register, code, lang string) string {
	if reg != nil {
		if a := reg.Agency(code); a != nil {
			return a.Name.In(lang)
		}
	}
	return code
}

func (c *call) boardClose() error  { return c.boardTurn(c.Desk.Close, "khoa") }
func (c *call) boardReopen() error { return c.boardTurn(c.Desk.Reopen, "mo-lai") }

func (c *call) boardTurn(do func(ctx context.Context, actor report.Actor, request, reason string) error, done string) error {
	if err := do(c.ctx(), c.actor, c.path("request"), c.r.PostFormValue("reason")); err != nil {
		return c.again(err, c.showBoard)
	}
	return c.see("/yeu-cau/"+url.PathEscape(c.path("request")), done)
}

// seenVersion is the version a person had before their eyes: what has been
// replaced since is not approved unseen, and a form sent twice takes back one
// version.
func (c *call) seenVersion() int {
	n, err := strconv.Atoi(c.r.PostFormValue("version"))
	if err != nil {
		return 0
	}
	return n
}

func (c *call) boardApprove() error {
	err := c.Desk.Approve(c.ctx(), c.actor, c.path("request"), c.path("agency"), c.seenVersion(), c.r.PostFormValue("note"))
	return c.reviewed(err, "duyet")
}

func (c *call) boardReturn() error {
	_, err := c.Desk.Return(c.ctx(), c.actor, c.path("request"), c.path("agency"), c.seenVersion(), c.r.PostFormValue("reason"), nil)
	return c.reviewed(err, "tra-lai")
}

func (c *call) reviewed(err error, done string) error {
	if err != nil {
		return c.again(err, c.showBoard)
	}
	return c.see("/yeu-cau/"+url.PathEscape(c.path("request")), done)
}
