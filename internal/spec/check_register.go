package spec

import (
	"slices"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// levels are those of the places of a register, from the widest.
var levels = []string{report.LevelCountry, report.LevelRegion, report.LevelProvince, report.LevelProvincial, report.LevelDistrict, report.LevelCommune}

func (c *checker) register(r *report.Register) {
	c.code("register", "register", r.Code, report.IsCode)
	c.code("version", "version", r.Version, report.IsIndicatorCode)
	c.required("title", r.Title.VI)
	if len(r.Agencies) == 0 && len(r.Places) == 0 {
		c.add("places", fault.New(fault.ListEmpty, say("field", "agencies, places")))
	}
	agencies, places := entries{list: "agencies"}, entries{list: "places"}
	for _, a := range r.Agencies {
		agencies.add(a.Code, a.Name, a.Parent, a.Successor, a.From, a.Until)
	}
	for _, p := range r.Places {
		places.add(p.Code, p.Name, p.Parent, p.Successor, p.From, p.Until)
	}
	c.checkEntries(&agencies)
	c.checkEntries(&places)
	for n, a := range r.Agencies {
		if a.Place != "" && r.Place(a.Place) == nil {
			c.add(join("agencies", n, "place"), c.unknown(fault.ReferenceUnknown, "place", a.Place, places.codes))
		}
	}
	for n, p := range r.Places {
		choice(c, join("places", n, "level"), "level", p.Level, levels)
		c.population(join("places", n, "population"), p.Population)
	}
}

// population reports a number of people that is none.
func (c *checker) population(path string, people decimal.Decimal) {
	if people.Sign() < 0 || people.Scale() > 0 {
		c.add(path, fault.New(fault.ValueOutOfRange, say("field", "population"), say("got", people.String()), fault.Both("expected", "số nguyên từ 0", "a whole number from 0")))
	}
}

// entries is what agencies and places have in common.
type entries struct {
	list  string
	codes []string
	rows  []entry
}

type entry struct {
	code, parent, successor string
	name                    report.Text
	from, until             calendar.Date
}

func (e *entries) add(code string, name report.Text, parent, successor string, from, until calendar.Date) {
	e.codes = append(e.codes, code)
	e.rows = append(e.rows, entry{code, parent, successor, name, from, until})
}

// checkEntries checks codes, names, references, dates and circles of a list.
func (c *checker) checkEntries(e *entries) {
	known := make(map[string]bool, len(e.codes))
	for _, code := range e.codes {
		known[code] = true
	}
	once, parent := seen{}, map[string]string{}
	for n, row := range e.rows {
		at := join(e.list, n)
		c.code(join(at, "code"), "code", row.code, report.IsCode)
		if first, again := once[row.code]; again && c.overlap(join(at, "code"), e.rows[first], row) {
			continue
		}
		c.twice(once, join(at, "code"), row.code, n)
		c.words(join(at, "name"), row.code, "name", row.name)
		c.span(join(at, "from"), "from", row.from, row.until)
		if row.parent != "" && !known[row.parent] {
			c.add(join(at, "parent"), c.unknown(fault.ReferenceUnknown, "parent", row.parent, e.codes))
		}
		if row.successor != "" { // it may be of another register, as of the province that took it in
			c.code(join(at, "successor"), "successor", row.successor, report.IsCode)
		}
		if _, twice := parent[row.code]; !twice {
			parent[row.code] = row.parent
		}
	}
	c.circles(e.list, slices.Clone(e.codes), parent)
}

// overlap reports two validities of one code that overlap, where they have
// dates at all. A code is used for one place only, so that two that follow one
// another are refused too, as a code that stands twice.
func (c *checker) overlap(path string, a, b entry) bool {
	if a.from == b.from && a.until == b.until {
		return false
	}
	from, until := a.from, a.until
	if b.from.After(from) {
		from = b.from
	}
	if until.IsZero() || !b.until.IsZero() && b.until.Before(until) {
		until = b.until
	}
	if from.IsZero() || until.IsZero() || until.Before(from) {
		return false
	}
	c.add(path, fault.New(fault.DatesOverlap, say("code", a.code), say("from", from.String()), say("until", until.String())))
	return true
}
