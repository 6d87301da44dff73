package portal

import (
	"time"

	"tonghop/export"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// changes answers with what became of the figures between two moments.
func (c *call) changes() (any, error) {
	n, err := c.notice()
	if err != nil {
		return nil, err
	}
	return n.Changes, nil
}

// changesXLSX answers with the same as a correction notice.
func (c *call) changesXLSX() (any, error) {
	n, err := c.notice()
	if err != nil {
		return nil, err
	}
	b, err := n.Bytes()
	if err != nil {
		return nil, err
	}
	return &download{name: n.Name(), media: client.MediaXLSX, body: b}, nil
}

// notice gathers what became of the figures since they were signed, or between the
// moments that are asked about.
func (c *call) notice() (*export.Notice, error) {
	request := c.path("request")
	if err := c.mayReadFigures(request, nil); err != nil {
		return nil, err
	}
	official, err := c.flag("official")
	if err != nil {
		return nil, err
	}
	since, err := c.moment("since")
	if err != nil {
		return nil, err
	}
	until, err := c.moment("until")
	if err != nil {
		return nil, err
	}
	if since.IsZero() {
		if since, err = c.signed(request); err != nil {
			return nil, err
		}
	}
	out := &export.Notice{}
	if out.Changes, err = c.View.Changes(request, since, until, official); err != nil {
		return nil, err
	}
	c.Books.Read(func(l *report.Ledger) {
		out.Request = l.Request(request).Request
		out.Definition = l.Definition(out.Request.Definition, out.Request.Version)
		out.Register = l.Register(out.Request.Register, out.Request.Registered)
	})
	return out, nil
}

// signed gives the moment of which the newest official summary speaks.
func (c *call) signed(request string) (time.Time, error) {
	since, signed := c.View.Signed(request)
	if !signed {
		return since, wrong("since", "", "một thời điểm: kỳ này chưa có bảng tổng hợp chính thức nào được xuất", "a moment: no official summary of this request was written yet")
	}
	return since, nil
}
