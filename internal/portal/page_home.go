package portal

import (
	"net/http"

	"tonghop/internal/portal/api"
	"tonghop/report"
)

// homeView lists the requests.
type homeView struct {
	Requests []homeLine
	Agency   string // whose list it is; "" for the coordinator's
}

// homeLine is one request of the list.
type homeLine struct {
	api.RequestLine
	Deadline deadline
	State    report.AgencyState // of the agency, on its own list
}

func (c *call) homePage() error {
	lines, err := c.requestLines()
	if err != nil {
		return err
	}
	view := homeView{Agency: c.actor.Agency}
	for _, line := range lines {
		l := homeLine{RequestLine: line}
		c.Books.Read(func(ledger *report.Ledger) {
			book := ledger.Request(line.Request)
			l.Deadline = deadlineOf(book.Request, ledger.Definition(book.Request.Definition, book.Request.Version), c.now())
			l.State = stateIn(book, view.Agency)
		})
		view.Requests = append(view.Requests, l)
	}
	c.render(http.StatusOK, "home.html", frame{Title: c.say("Yêu cầu báo cáo", "Requests"), Page: view, Live: "/api/v1/events"})
	return nil
}
