package portal

import (
	"net/http"

	"tonghop/aggregate"
	"tonghop/report"
)

// explainView is the page of one figure.
type explainView struct {
	*aggregate.Explanation
	Request    *report.Request
	Indicator  *report.Indicator
	AgencyName string
	PlaceName  string
	Sources    []sourceLine
	Several    bool // the sources are of more than one indicator
}

type sourceLine struct {
	aggregate.SourceFigure
	AgencyName, UnitName, PlaceName string
}

func (c *call) explainPage() error {
	q, err := c.question()
	if err != nil {
		return err
	}
	e, err := c.View.Explain(q)
	if err != nil {
		return err
	}
	view := explainView{Explanation: e}
	c.Books.Read(func(l *report.Ledger) {
		view.Request = l.Request(q.Request).Request
		def, reg := e.Definition, e.Register
		view.Indicator = def.Indicator(q.Indicator)
		view.AgencyName, view.PlaceName = agencyName(reg, q.Agency, c.language()), reg.PlaceName(q.Place)
		for _, s := range e.Sources {
			line := sourceLine{SourceFigure: s, AgencyName: agencyName(reg, s.Agency, c.language()), PlaceName: reg.PlaceName(s.Place)}
			if s.Unit != s.Agency {
				line.UnitName = agencyName(reg, s.Unit, c.language())
			}
			view.Several = view.Several || s.Indicator != q.Indicator
			view.Sources = append(view.Sources, line)
		}
	})
	c.render(http.StatusOK, "explain.html", frame{Title: view.Indicator.Name.In(c.language()), Page: view, Wide: true})
	return nil
}
