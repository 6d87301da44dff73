package portal

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"tonghop/aggregate"
	"tonghop/report"
)

// figureFiles are the addresses of the figures of a page as files: of the same
// axes and indicator, known at the same moment, official or not as the page is.
// They are whole addresses, because a template escapes a query put behind "?" as
// the value of a parameter, and the axes and the moment would be lost.
type figureFiles struct {
	Workbook  string // the Committee's, which is of all indicators; over time the figures as a flat sheet
	CSV, JSON string
	Changes   string // what became of the figures since they were signed; "" where they were not
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
	b.view.putRows(q)
	if b.view.Rollup.Over != nil || b.view.Rollup.Mapped != nil || b.view.IsList() {
		files.Workbook = address(root+"/rollup.xlsx", q)
	}
	if b.view.Bounds {
		q.Set("bounds", "true")
	}
	b.Books.Read(func(l *report.Ledger) {
		if l.Signed(b.view.Request.Code) != nil {
			files.Changes = root + "/changes.xlsx"
		}
	})
	files.CSV, files.JSON = address(root+"/rollup.csv", q), address(root+"/rollup", q)
	return files
}

// putRows adds the parameters that say which rows are wanted.
func (v *figuresView) putRows(q url.Values) {
	if v.Search != "" {
		q.Set("search", v.Search)
	}
	if v.Top.N == 0 {
		return
	}
	q.Set("top", strconv.Itoa(v.Top.N))
	if v.Top.Least {
		q.Set("least", "true")
	}
	if v.Top.By != "" {
		q.Set("topBy", v.Top.By)
	}
}

// address puts a path and its parameters together.
func address(path string, q url.Values) string {
	return (&url.URL{Path: path, RawQuery: q.Encode()}).String()
}
