package portal

import (
	"net/url"
	"slices"
	"strings"

	"tonghop/aggregate"
	"tonghop/report"
)

// table is a table of figures, ready to be shown.
type table struct {
	Corner  report.Text
	Columns []column
	Rows    []row
	Beside  int  // columns that compare the totals
	List    bool // one figure a row, see [figuresView.IsList]
	More    int  // rows of a list that are not shown
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
	Bound *aggregate.Bounds
	Words bool // narrative: shown as a count
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

// tabler lays figures out as a table.
type tabler struct {
	*call
	view *figuresView
	def  *report.Definition
	reg  *report.Register
}

func (b *tabler) rollup(by ...string) (*aggregate.Rollup, error) {
	q := aggregate.Query{Request: b.view.Request.Code, Window: b.view.Window, Map: b.view.Map, By: by, AsOf: b.view.Known, Official: b.view.Official}
	if whole := len(by) == 0; whole || b.view.IsList() {
		q.Bounds = b.view.Bounds
		if b.view.Against != "" {
			q.Against = []string{b.view.Against}
		}
		if !whole {
			q.Top = b.view.Top
			if b.view.Search != "" {
				q.Search = []string{b.view.Search}
			}
		}
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
	switch {
	case b.view.IsList():
		return b.list()
	case b.view.By == "both":
		return b.byBoth()
	case b.view.By == "place":
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
	if r := rows[at]; r != nil {
		return b.cellOf(r, ind)
	}
	return cell{}
}

// cellOf shows a row.
func (b *tabler) cellOf(r *aggregate.Row, ind *report.Indicator) cell {
	out := cell{Bound: r.Bounds, Value: deref(r.Value), Words: ind.Type == report.TypeText, Mark: r.Mark, Heard: r.Heard, Asked: r.Asked, Given: r.Given}
	if a, compared := r.Against[b.view.Against]; compared {
		out.Base = &besideCell{Against: a, Up: a.Difference != nil && !strings.HasPrefix(*a.Difference, "-") && *a.Difference != "0"}
	}
	if r.Reports != nil {
		out.Heard, out.Asked = r.Reports.Heard, r.Reports.Asked
	}
	if r.Given > 0 || out.Value != "" {
		q := b.common()
		q.Set("indicator", ind.Code)
		if r.Agency != nil {
			q.Set("agency", *r.Agency)
		}
		if r.Place != nil {
			q.Set("place", *r.Place)
		}
		out.Link = "/so-lieu/" + url.PathEscape(b.view.Request.Code) + "/o?" + q.Encode()
	}
	return out
}
