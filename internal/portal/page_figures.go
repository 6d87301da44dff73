package portal

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"tonghop/aggregate"
	"tonghop/report"
	"tonghop/report/fault"
)

// figuresView is the analyst's table of a request.
type figuresView struct {
	Request  *report.Request
	By       string // agency, place or both
	Groups   []indicatorOption
	Chosen   string // indicator; "" for all
	Official bool
	AsOf     string // as typed
	Known    time.Time
	Window   aggregate.Window
	Map      aggregate.MapView
	Maps     []mapOption
	Against  string // with what figures are compared; "" for nothing
	Bounds   bool   // of totals of which some are missing
	Search   string // as typed
	Top      aggregate.Top
	Periods  []periodOption // to choose from
	Title    report.Text    // of the definition
	Rollup   *aggregate.Rollup
	Names    []string // of the missing
	Table    table
	Files    figureFiles
}

func (c *call) figuresPage() error {
	request := c.path("request")
	if err := c.mayReadFigures(request, nil); err != nil {
		return err
	}
	view, err := c.figures(request)
	var notices []fault.Fault
	status := http.StatusOK
	if err != nil {
		if notices = c.faultsIn(err); notices == nil || view == nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	c.render(status, "figures.html", frame{
		Title: c.say("Số liệu: ", "Figures: ") + view.Request.Title.In(c.language()), Notices: notices, Page: view, Wide: true,
	})
	return nil
}

// figures gathers the view. With an error it gives the view as far as it goes,
// so that the page with its form can be shown again.
func (c *call) figures(request string) (*figuresView, error) {
	view := &figuresView{By: c.query("by"), Chosen: c.query("indicator"), AsOf: c.query("asOf"), Rollup: &aggregate.Rollup{}}
	var def *report.Definition
	var reg *report.Register
	c.Books.Read(func(l *report.Ledger) {
		view.Request = l.Request(request).Request
		def = l.Definition(view.Request.Definition, view.Request.Version)
		reg = l.Register(view.Request.Register, view.Request.Registered)
		view.Periods = periodsOf(l, view.Request)
	})
	if def == nil || reg == nil {
		return nil, fault.New(fault.DefinitionUnknown, fault.A("got", report.Ref(view.Request.Definition, view.Request.Version)))
	}
	if view.By != "place" && view.By != "both" {
		view.By = "agency"
	}
	view.Groups = optionsOf(def)
	if view.By == "both" && view.Chosen == "" && c.query("search") == "" {
		view.Chosen = firstByPlace(def)
	}
	var err error
	if view.Official, err = c.flag("official"); err != nil {
		return view, err
	}
	if view.Known, err = c.moment("asOf"); err != nil {
		return view, err
	}
	if err := view.choosePeriod(c, def.Calendar); err != nil {
		return view, err
	}
	if err := view.chooseRows(c); err != nil {
		return view, err
	}
	b := tabler{call: c, view: view, def: def, reg: reg}
	if err := b.fill(); err != nil {
		return view, err
	}
	for _, code := range view.Rollup.Missing {
		view.Names = append(view.Names, agencyName(reg, code, c.language()))
	}
	view.Files = b.files()
	return view, nil
}

// choosePeriod reads of what time the figures are wanted. calendarOf is the calendar of the
// definition, by which a period is read where nothing else says.
func (v *figuresView) choosePeriod(c *call, calendarOf string) (err error) {
	if v.Window, err = c.window(); err != nil {
		return err
	}
	if cal, key, both := strings.Cut(v.Window.Period, " "); both { // as the form sends it
		v.Window.Calendar, v.Window.Period = cal, key
	}
	v.Against = c.query("against")
	if v.Map, err = c.mapView(); err != nil {
		return err
	}
	v.Maps = mapOptions(v.Map)
	own := cmp.Or(v.Window.Calendar, v.Request.Calendar, calendarOf)
	for i := range v.Periods {
		o := &v.Periods[i]
		o.Chosen = o.Key == v.Window.Period && o.Calendar == own
	}
	return nil
}

// chooseRows reads which rows are wanted, and whether with bounds.
func (v *figuresView) chooseRows(c *call) (err error) {
	if v.Bounds, err = c.flag("bounds"); err != nil {
		return err
	}
	v.Search = strings.TrimSpace(c.query("search"))
	v.Top, err = c.top()
	if v.Top.N == 0 { // the form sends the order in any case
		v.Top = aggregate.Top{}
	}
	if v.Top.By != "" && v.Against != "" && !strings.Contains(v.Top.By, ".") {
		v.Top.By = v.Against + "." + v.Top.By
	}
	return err
}

// IsList reports whether the figures stand one below the other, because they are found or
// ranked, and not across.
func (v *figuresView) IsList() bool { return v.Search != "" || v.Top.N > 0 }

// IsBy reports whether a way of ordering is the one chosen.
func (v *figuresView) IsBy(what string) bool {
	_, by, _ := strings.Cut(v.Top.By, ".")
	return by == what
}
