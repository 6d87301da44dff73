package portal

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tonghop/aggregate"
	"tonghop/report"
	"tonghop/report/calendar"
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
	Against  string         // with what figures are compared; "" for nothing
	Periods  []periodOption // to choose from
	Title    report.Text    // of the definition
	Rollup   *aggregate.Rollup
	Names    []string // of the missing
	Table    table
	Files    figureFiles
}

// mapOption is a map of the country to choose from.
type mapOption struct {
	On     string
	Name   report.Text
	Chosen bool
}

// mapOptions are the maps before and after the communes were merged.
func mapOptions(v aggregate.MapView) []mapOption {
	out := []mapOption{
		{On: "2025-06-30", Name: report.Text{VI: "trước 01/7/2025", EN: "before 1 July 2025"}},
		{On: "2025-07-01", Name: report.Text{VI: "từ 01/7/2025", EN: "from 1 July 2025 on"}},
	}
	for i := range out {
		out[i].Chosen = out[i].On == v.On.String()
	}
	return out
}

// periodOption is a period that requests of a definition lie in.
type periodOption struct {
	Key, Calendar string
	Name          report.Text
	Chosen        bool
}

// Value is the option as the form sends it: the calendar goes with the key.
func (o periodOption) Value() string { return o.Calendar + " " + o.Key }

// figureFiles are the addresses of the figures of a page as files: of the same
// axes and indicator, known at the same moment, official or not as the page is.
// They are whole addresses, because a template escapes a query put behind "?" as
// the value of a parameter, and the axes and the moment would be lost.
type figureFiles struct {
	Workbook  string // the Committee's, which is of all indicators; over time the figures as a flat sheet
	CSV, JSON string
	Changes   string // what became of the figures since they were signed; "" where they were not
}

// figureView is one way of seeing the figures.
type figureView struct {
	Value string
	Name  report.Text
}

// againstViews are the times with which figures can be compared.
var againstViews = []figureView{
	{aggregate.AgainstPrevious, aggregate.AgainstWords(aggregate.AgainstPrevious)},
	{aggregate.AgainstLastYear, aggregate.AgainstWords(aggregate.AgainstLastYear)},
}

var figureViews = []figureView{
	{"agency", report.Text{VI: "Đơn vị", EN: "Agency"}},
	{"place", report.Text{VI: "Địa bàn", EN: "Place"}},
	{"both", report.Text{VI: "Đơn vị × địa bàn", EN: "Agency × place"}},
}

// indicatorOption is a section of the indicators to choose from.
type indicatorOption struct {
	Name  report.Text
	Codes []indicatorName
}

type indicatorName struct {
	Code string
	Name report.Text
}

// table is a table of figures, ready to be shown.
type table struct {
	Corner  report.Text
	Columns []column
	Rows    []row
	Beside  int // columns that compare the totals
}

type column struct {
	Name, Title report.Text
}

type row struct {
	Code  string
	Name  report.Text
	Unit  string
	Group report.Text // heading above the row; empty for none
	Sub   bool        // part of the row above
	Total cell
	Cells []cell
}

// cell is a figure with the address of its explanation; none where there is
// nothing to explain.
type cell struct {
	Value string
	Base  *besideCell // of a total that is compared
	Words bool        // narrative: shown as a count
	Mark  report.Mark
	Heard int
	Asked int
	Given int
	Link  string
}

// besideCell is what stands beside a total that is compared.
type besideCell struct {
	aggregate.Against
	Up bool // the change begins with a sign: it is no decline
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
	if view.By == "both" && view.Chosen == "" {
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

// periodsOf gives the periods in which the requests lie that ask the same as one,
// under the calendar of each: of the latest year first, and in it the longest.
func periodsOf(l *report.Ledger, req *report.Request) []periodOption {
	var periods []calendar.Period
	for _, code := range l.RequestCodes() {
		other := l.Requests[code].Request
		def := l.Definition(other.Definition, other.Version)
		if def == nil || !other.Repeats(req) {
			continue
		}
		own, err := other.PeriodUnder(def)
		if err != nil {
			continue
		}
		for _, kind := range []calendar.Kind{calendar.Month, calendar.Quarter, calendar.Half, calendar.NineMonths, calendar.Year} {
			p, err := calendar.Containing(own.Calendar, kind, own.From)
			if err == nil && !own.To.After(p.To) && !slices.Contains(periods, p) {
				periods = append(periods, p)
			}
		}
	}
	slices.SortFunc(periods, func(a, b calendar.Period) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Calendar.Name(), b.Calendar.Name()), b.Days()-a.Days(), a.From.Sub(b.From))
	})
	var out []periodOption
	several := slices.ContainsFunc(periods, func(p calendar.Period) bool { return p.Calendar != periods[0].Calendar })
	for _, p := range periods {
		name := report.Text{VI: p.VI(), EN: p.EN()}
		if several {
			name.VI += " (" + p.Calendar.VI() + ")"
			name.EN += " (" + p.Calendar.EN() + ")"
		}
		out = append(out, periodOption{Key: p.Key(), Calendar: p.Calendar.Name(), Name: name})
	}
	return out
}

func optionsOf(def *report.Definition) []indicatorOption {
	options := []indicatorOption{{}}
	at := map[string]int{}
	for _, g := range def.Groups {
		at[g.Code] = len(options)
		options = append(options, indicatorOption{Name: g.Name})
	}
	for i := range def.Indicators {
		ind := &def.Indicators[i]
		o := &options[at[ind.Group]]
		o.Codes = append(o.Codes, indicatorName{ind.Code, ind.Name})
	}
	return slices.DeleteFunc(options, func(o indicatorOption) bool { return len(o.Codes) == 0 })
}

// firstByPlace is an indicator that is asked by place, to begin with.
func firstByPlace(def *report.Definition) string {
	for i := range def.Indicators {
		if def.Indicators[i].By == report.ByPlace {
			return def.Indicators[i].Code
		}
	}
	return def.Indicators[0].Code
}

// tabler lays figures out as a table.
type tabler struct {
	*call
	view *figuresView
	def  *report.Definition
	reg  *report.Register
}

// common are the parameters that the table, its cells and its downloads share.
func (b *tabler) common() url.Values {
	q := url.Values{}
	if b.view.Official {
		q.Set("official", "true")
	}
	if !b.view.Known.IsZero() {
		q.Set("asOf", b.view.Known.Format(time.RFC3339Nano))
	}
	for name, value := range map[string]string{"period": b.view.Window.Period, "calendar": b.view.Window.Calendar} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if b.view.Window.Cumulative {
		q.Set("cumulative", "true")
	}
	if !b.view.Map.On.IsZero() {
		q.Set("map", b.view.Map.On.String())
	}
	if b.view.Map.Allocate != "" {
		q.Set("allocate", b.view.Map.Allocate)
	}
	for _, code := range slices.Sorted(maps.Keys(b.view.Map.Weights)) {
		q.Add("weight", code+":"+b.view.Map.Weights[code].String())
	}
	return q
}

func (b *tabler) files() figureFiles {
	root := apiRoot + "/requests/" + b.view.Request.Code
	q := b.common()
	files := figureFiles{Workbook: address(root+"/summary.xlsx", q)}
	q.Set("by", map[string]string{"agency": aggregate.ByAgency, "place": aggregate.ByPlace, "both": "agency,place"}[b.view.By])
	if b.view.Chosen != "" {
		q.Set("indicator", b.view.Chosen)
	}
	if b.view.Against != "" {
		q.Set("against", b.view.Against)
	}
	if b.view.Rollup.Over != nil || b.view.Rollup.Mapped != nil {
		files.Workbook = address(root+"/rollup.xlsx", q)
	}
	b.Books.Read(func(l *report.Ledger) {
		if l.Signed(b.view.Request.Code) != nil {
			files.Changes = root + "/changes.xlsx"
		}
	})
	files.CSV, files.JSON = address(root+"/rollup.csv", q), address(root+"/rollup", q)
	return files
}

// address puts a path and its parameters together.
func address(path string, q url.Values) string {
	return (&url.URL{Path: path, RawQuery: q.Encode()}).String()
}

func (b *tabler) rollup(by ...string) (*aggregate.Rollup, error) {
	q := aggregate.Query{Request: b.view.Request.Code, Window: b.view.Window, Map: b.view.Map, By: by, AsOf: b.view.Known, Official: b.view.Official}
	if len(by) == 0 && b.view.Against != "" {
		q.Against = []string{b.view.Against}
	}
	if b.view.Chosen != "" {
		q.Indicators = []string{b.view.Chosen}
	}
	return b.View.Rollup(q)
}

func (b *tabler) fill() (err error) {
	totals, err := b.rollup()
	if err != nil {
		return err // the page shows itself with an empty table
	}
	b.view.Rollup = totals
	b.def, b.reg = totals.Definition, totals.Register
	b.view.Title = b.def.Title
	defer func() { b.view.Table.Beside = 2 * len(b.view.Rollup.Bases) }()
	switch b.view.By {
	case "both":
		return b.byBoth()
	case "place":
		return b.byIndicator(aggregate.ByPlace)
	}
	return b.byIndicator(aggregate.ByAgency)
}

// spot names a cell of a table.
type spot struct{ agency, place, indicator string }

func (b *tabler) index(rollups ...*aggregate.Rollup) map[spot]*aggregate.Row {
	out := map[spot]*aggregate.Row{}
	for _, r := range rollups {
		for i := range r.Rows {
			row := &r.Rows[i]
			out[spot{deref(row.Agency), deref(row.Place), row.Indicator}] = row
		}
	}
	return out
}

// byIndicator has a row for each indicator, and a column for each agency or
// place, after the total over them.
func (b *tabler) byIndicator(axis string) error {
	r, err := b.rollup(axis)
	if err != nil {
		return err
	}
	rows := b.index(b.view.Rollup, r)
	codes := b.agencies()
	if axis == aggregate.ByPlace {
		codes = b.places(r)
	}
	b.view.Table = table{Corner: report.Text{VI: "Chỉ tiêu", EN: "Indicator"}, Columns: b.columns(axis, codes)}
	group := ""
	for i := range b.def.Indicators {
		ind := &b.def.Indicators[i]
		if b.view.Chosen != "" && ind.Code != b.view.Chosen {
			continue
		}
		line := row{Code: ind.Code, Name: ind.Name, Unit: ind.Unit, Sub: ind.Parent != "", Total: b.cell(rows, ind, spot{indicator: ind.Code})}
		if ind.Group != group {
			group = ind.Group
			line.Group = b.groupName(group)
		}
		for _, code := range codes {
			at := spot{agency: code, indicator: ind.Code}
			if axis == aggregate.ByPlace {
				at = spot{place: code, indicator: ind.Code}
			}
			line.Cells = append(line.Cells, b.cell(rows, ind, at))
		}
		b.view.Table.Rows = append(b.view.Table.Rows, line)
	}
	return nil
}

// byBoth has a row for each agency and a column for each place, of one
// indicator.
func (b *tabler) byBoth() error {
	byPlace, err := b.rollup(aggregate.ByPlace)
	if err != nil {
		return err
	}
	byAgency, err := b.rollup(aggregate.ByAgency)
	if err != nil {
		return err
	}
	both, err := b.rollup(aggregate.ByAgency, aggregate.ByPlace)
	if err != nil {
		return err
	}
	rows := b.index(b.view.Rollup, byPlace, byAgency, both)
	places := b.places(byPlace)
	ind := b.def.Indicator(b.view.Chosen)
	b.view.Table = table{Corner: report.Text{VI: "Đơn vị", EN: "Agency"}, Columns: b.columns(aggregate.ByPlace, places)}
	for _, agency := range append([]string{""}, b.agencies()...) {
		line := row{Name: report.Text{VI: "Tất cả đơn vị", EN: "All agencies"}, Total: b.cell(rows, ind, spot{agency: agency, indicator: ind.Code})}
		if agency != "" {
			line.Name = b.agencyText(agency)
		}
		for _, place := range places {
			line.Cells = append(line.Cells, b.cell(rows, ind, spot{agency, place, ind.Code}))
		}
		b.view.Table.Rows = append(b.view.Table.Rows, line)
	}
	return nil
}

// agencies gives the roster; over time those of every part, the newest first.
func (b *tabler) agencies() []string {
	out := slices.Clone(b.view.Request.Agencies)
	if over := b.view.Rollup.Over; over != nil {
		out = nil
		b.Books.Read(func(l *report.Ledger) {
			for _, part := range slices.Backward(over.Parts) {
				for _, code := range l.Request(part.Request).Request.Agencies {
					if !slices.Contains(out, code) {
						out = append(out, code)
					}
				}
			}
		})
	}
	return out
}

// places gives the places with a figure, in the order of the rows.
func (b *tabler) places(r *aggregate.Rollup) []string {
	var out []string
	seen := map[string]bool{}
	for i := range r.Rows {
		if place := deref(r.Rows[i].Place); place != "" && !seen[place] {
			seen[place] = true
			out = append(out, place)
		}
	}
	return out
}

func (b *tabler) columns(axis string, codes []string) []column {
	var out []column
	for _, code := range codes {
		name := b.agencyText(code)
		short := name
		if axis == aggregate.ByPlace {
			name = report.Text{VI: b.reg.PlaceName(code)}
			short = name
		} else if a := b.reg.Agency(code); a != nil && a.Short != "" {
			short = report.Text{VI: a.Short}
		}
		out = append(out, column{Name: short, Title: name})
	}
	return out
}

func (b *tabler) agencyText(code string) report.Text {
	if a := b.reg.Agency(code); a != nil {
		return a.Name
	}
	return report.Text{VI: code}
}

func (b *tabler) groupName(code string) report.Text {
	for _, g := range b.def.Groups {
		if g.Code == code {
			return report.Text{VI: g.Code + ". " + g.Name.VI, EN: g.Code + ". " + g.Name.In("en")}
		}
	}
	return report.Text{}
}

func (b *tabler) cell(rows map[spot]*aggregate.Row, ind *report.Indicator, at spot) cell {
	r := rows[at]
	if r == nil {
		return cell{}
	}
	out := cell{Value: deref(r.Value), Words: ind.Type == report.TypeText, Mark: r.Mark, Heard: r.Heard, Asked: r.Asked, Given: r.Given}
	if a, compared := r.Against[b.view.Against]; compared {
		out.Base = &besideCell{Against: a, Up: a.Difference != nil && !strings.HasPrefix(*a.Difference, "-") && *a.Difference != "0"}
	}
	if r.Reports != nil {
		out.Heard, out.Asked = r.Reports.Heard, r.Reports.Asked
	}
	if r.Given > 0 || out.Value != "" {
		q := b.common()
		q.Set("indicator", at.indicator)
		if at.agency != "" {
			q.Set("agency", at.agency)
		}
		if at.place != "" {
			q.Set("place", at.place)
		}
		out.Link = "/so-lieu/" + url.PathEscape(b.view.Request.Code) + "/o?" + q.Encode()
	}
	return out
}

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
