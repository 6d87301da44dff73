package portal

import (
	"context"
	"time"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/decimal"
)

// undone is what a decision took out of force: a version of a return, and what
// it is now. The zero value is nothing.
type undone struct {
	version int
	state   report.AgencyState
}

// decision reads the body of a decision, takes it, and says where the return
// stands then. Who may not take it is told so whatever the body says.
func decision[B any](c *call, do report.Action, take func(request, agency string, b B) (undone, error)) (any, error) {
	request, agency := c.path("request"), c.path("agency")
	if err := c.may(do, agency); err != nil {
		return nil, err
	}
	var b B
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	out, err := take(request, agency, b)
	if err != nil {
		return nil, err
	}
	return c.returnState(request, agency, out)
}

func (c *call) submit() (any, error) {
	return decision(c, report.ActSubmit, func(request, agency string, b api.Submit) (undone, error) {
		return undone{}, c.Desk.Submit(c.ctx(), c.actor, request, agency, b.Upload, b.Explanations)
	})
}

func (c *call) withdraw() (any, error) {
	return decision(c, report.ActWithdraw, func(request, agency string, b api.Withdraw) (undone, error) {
		version, err := c.Desk.Withdraw(c.ctx(), c.actor, request, agency, b.Version, b.Reason)
		return undone{version, report.AgencyWithdrawn}, err
	})
}

func (c *call) approve() (any, error) {
	return decision(c, report.ActReview, func(request, agency string, b api.Approve) (undone, error) {
		return undone{}, c.Desk.Approve(c.ctx(), c.actor, request, agency, b.Version, b.Note)
	})
}

func (c *call) sendBack() (any, error) {
	return decision(c, report.ActReview, func(request, agency string, b api.Return) (undone, error) {
		version, err := c.Desk.Return(c.ctx(), c.actor, request, agency, b.Version, b.Reason, b.Cells)
		return undone{version, report.AgencyReturned}, err
	})
}

func (c *call) adjust() (any, error) {
	return decision(c, report.ActReview, func(request, agency string, b api.Adjust) (undone, error) {
		figures, err := figuresOf(b.Figures)
		if err != nil {
			return undone{}, err
		}
		return undone{}, c.Desk.Adjust(c.ctx(), c.actor, request, agency, b.Version, figures, b.Reason)
	})
}

func figuresOf(in []api.Figure) ([]ingest.Figure, error) {
	if len(in) == 0 {
		return nil, wrong("figures", "", "ít nhất một số liệu", "at least one figure")
	}
	out := make([]ingest.Figure, len(in))
	for i, f := range in {
		d, err := decimal.Parse(f.Value)
		if err != nil {
			return nil, wrong("value", f.Value, "một số thập phân như 12 hay 12.5", "a decimal such as 12 or 12.5")
		}
		out[i] = ingest.Figure{Unit: f.Unit, Place: f.Place, Indicator: f.Indicator, Value: d}
	}
	return out, nil
}

// returnState says where a return stands after a decision. Where nothing stands
// any more it is what was decided that is told, and not what became of an upload
// that came later.
func (c *call) returnState(request, agency string, u undone) (out *api.ReturnState, err error) {
	c.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = bookOf(l, request, agency); err != nil {
			return
		}
		ret := book.Returns()[agency]
		out = &api.ReturnState{Request: request, Agency: agency, State: aggregate.StateOf(ret), Undone: u.version}
		switch {
		case ret != nil && ret.Standing != nil:
			s := ret.Standing
			out.Version, out.Approved, out.Upload = s.Version, s.Approval != nil, s.Upload
		case u.version != 0:
			out.State = u.state
		}
	})
	return out, err
}

func (c *call) closeRequest() (any, error)  { return c.turn(c.Desk.Close) }
func (c *call) reopenRequest() (any, error) { return c.turn(c.Desk.Reopen) }

// turn closes or reopens a request.
func (c *call) turn(do func(ctx context.Context, actor report.Actor, request, reason string) error) (any, error) {
	var b api.Close
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	if err := do(c.ctx(), c.actor, c.path("request"), b.Reason); err != nil {
		return nil, err
	}
	return c.statusReply(c.path("request"), time.Time{})
}
