package portal

import (
	"net/http"

	"tonghop/aggregate"
	"tonghop/report"
)

// joint answers with what pairs of agencies both report of one place.
func (c *call) joint() (any, error) {
	r, err := c.jointReport()
	return r, err
}

func (c *call) jointReport() (*aggregate.JointReport, error) {
	request := c.path("request")
	if err := c.mayReadFigures(request, nil); err != nil {
		return nil, err
	}
	official, err := c.flag("official")
	if err != nil {
		return nil, err
	}
	asOf, err := c.moment("asOf")
	if err != nil {
		return nil, err
	}
	return c.View.Joint(request, asOf, official)
}

// jointView is the page on which they stand side by side.
type jointView struct {
	*aggregate.JointReport
	Title report.Text
	Pairs []jointPair
}

type jointPair struct {
	PlaceName string
	Names     [2]string
	Lines     []jointLine
}

type jointLine struct {
	aggregate.JointFigure
	Of *report.Indicator
}

func (c *call) jointPage() error {
	r, err := c.jointReport()
	if err != nil {
		return err
	}
	view := jointView{JointReport: r}
	c.Books.Read(func(l *report.Ledger) { view.Title = l.Request(r.Request).Request.Title })
	for _, j := range r.Joint {
		pair := jointPair{PlaceName: r.Register.PlaceName(j.Place)}
		for side, code := range j.Agencies {
			pair.Names[side] = agencyName(r.Register, code, c.language())
		}
		for _, f := range j.Figures {
			pair.Lines = append(pair.Lines, jointLine{f, r.Definition.Indicator(f.Indicator)})
		}
		view.Pairs = append(view.Pairs, pair)
	}
	c.render(http.StatusOK, "joint.html", frame{Title: view.Title.In(c.language()), Page: view, Wide: true})
	return nil
}
