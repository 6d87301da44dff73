package portal

import (
	"math"
	"strings"

	"tonghop/aggregate"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// figureQuery reads the parameters of a roll-up.
func (c *call) figureQuery() (aggregate.Query, error) {
	q := aggregate.Query{
		Request: c.path("request"), By: []string{aggregate.ByAgency, aggregate.ByPlace}, Level: c.query("level"),
		Indicators: c.list("indicator"), Agencies: c.list("agency"), Places: c.list("place"),
	}
	if c.r.URL.Query().Has("by") {
		q.By = c.list("by")
	}
	var err error
	if q.AsOf, err = c.moment("asOf"); err != nil {
		return q, err
	}
	if q.Official, err = c.flag("official"); err != nil {
		return q, err
	}
	if q.Window, err = c.window(); err != nil {
		return q, err
	}
	if q.Map, err = c.mapView(); err != nil {
		return q, err
	}
	if q.Bounds, err = c.flag("bounds"); err != nil {
		return q, err
	}
	q.Against = c.list("against")
	q.Search = c.search()
	if q.Top, err = c.top(); err != nil {
		return q, err
	}
	return q, c.mayReadFigures(q.Request, q.Agencies)
}

// search reads what rows are searched for: each parameter one text, commas and all.
func (c *call) search() (out []string) {
	for _, text := range c.r.URL.Query()["search"] {
		if strings.TrimSpace(text) != "" { // an empty field of a form
			out = append(out, text)
		}
	}
	return out
}

// top reads which rows are the only ones wanted, and by what.
func (c *call) top() (t aggregate.Top, err error) {
	t.By = c.query("topBy")
	if t.Least, err = c.flag("least"); err != nil {
		return t, err
	}
	n, err := c.number("top")
	if text := c.query("top"); err != nil || n > math.MaxInt32 || text != "" && n == 0 {
		return t, wrong("top", text, "số dòng cần lấy, từ 1", "how many rows, from 1")
	}
	t.N = int(n)
	return t, nil
}

// window reads the parameters of figures over time.
func (c *call) window() (w aggregate.Window, err error) {
	w.Period, w.Calendar = c.query("period"), c.query("calendar")
	w.Cumulative, err = c.flag("cumulative")
	return w, err
}

// mapView reads the parameters of places under another map.
func (c *call) mapView() (v aggregate.MapView, err error) {
	v.Allocate = c.query("allocate")
	if text := c.query("map"); text != "" {
		if v.On, err = calendar.ParseDate(text); err != nil {
			return v, wrong("map", text, "ngày như 2025-07-01", "a day such as 2025-07-01")
		}
	}
	for _, text := range c.list("weight") {
		code, weight, _ := strings.Cut(text, ":")
		w, err := decimal.Parse(weight)
		if err != nil || w.Sign() < 0 || code == "" {
			return v, wrong("weight", text, "mã địa bàn và trọng số không âm, như 10525:3", "the code of a place and a weight not below nought, such as 10525:3")
		}
		if v.Weights == nil {
			v.Weights = map[string]decimal.Decimal{}
		}
		v.Weights[code] = w
	}
	return v, nil
}
