package country

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"tonghop/report/calendar"
)

// ErrTable says that a table of units cannot be read. It comes wrapped, with
// the line.
var ErrTable = errors.New("table of administrative units")

//go:generate go run ./internal/gen ../../../shared/data/registers

//go:embed units.txt
var table string

// builtin reads the embedded table once. A test reads it too, so it cannot fail.
var builtin = sync.OnceValue(func() *register {
	r, err := parse(table)
	if err != nil {
		panic(err)
	}
	return r
})

// Units gives every unit of every day, in the order of the table: the older map
// first, each province with what lies in it. The units are shared and not to be
// changed.
func Units() []*Unit { return builtin().units }

// register is the units, and the maps between the days on which one changes.
type register struct {
	units []*Unit
	maps  []*Map // oldest first
}

// newRegister finds the days on which the map changes.
func newRegister(units []*Unit) *register {
	r := &register{units: units}
	var starts []calendar.Date // first days of maps; the first map has none
	for _, u := range units {
		if !u.From.IsZero() {
			starts = append(starts, u.From)
		}
		if !u.Until.IsZero() {
			starts = append(starts, u.Until.AddDays(1))
		}
	}
	slices.SortFunc(starts, calendar.Date.Compare)
	starts = append([]calendar.Date{{}}, slices.Compact(starts)...)
	for i, from := range starts {
		m := &Map{From: from}
		if i+1 < len(starts) {
			m.Until = starts[i+1].AddDays(-1)
		}
		m.index = sync.OnceValue(func() *index { return newIndex(units, m.Until) })
		r.maps = append(r.maps, m)
	}
	return r
}

// parse reads a table of units. Its form stands at its own top.
func parse(text string) (*register, error) {
	p := parser{units: make([]*Unit, 0, strings.Count(text, "\n"))}
	for n := 1; text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("%w, line %d: %q: %w", ErrTable, n, line, err)
		}
	}
	return newRegister(p.units), nil
}

// parser is where in a table a reader is.
type parser struct {
	units              []*Unit
	from, until        calendar.Date // of the block
	province, district string        // codes of those read last
}

// line reads one line: a block's days or a unit.
func (p *parser) line(line string) (err error) {
	head, rest, ok := strings.Cut(line, " ")
	if !ok {
		return errors.New("nothing after the first word")
	}
	if head == "days" {
		p.from, p.until, err = span(rest)
		p.province, p.district = "", ""
		return err
	}
	u := &Unit{Code: head, From: p.from, Until: p.until}
	if u.next, rest, err = successors(rest); err != nil {
		return err
	}
	if at := strings.IndexByte(rest, '@'); at >= 0 {
		if u.From, u.Until, err = span(rest[at+1:]); err != nil {
			return err
		}
		rest = strings.TrimSuffix(rest[:at], " ")
	}
	typ, name, ok := strings.Cut(rest, " ")
	u.Type, u.Name = Type(typ), name
	if !ok || name == "" || u.Type.String() == "" {
		return errors.New("a unit needs a type and a name")
	}
	return p.put(u)
}

// put gives the unit its place among the others.
func (p *parser) put(u *Unit) error {
	if strings.Trim(u.Code, "0123456789") != "" {
		return errors.New("a code has digits only")
	}
	switch len(u.Code) {
	case 2:
		u.Level, p.province, p.district = Province, u.Code, ""
	case 3:
		u.Level, u.Parent, p.district = District, p.province, u.Code
	case 5:
		u.Level, u.Parent = Commune, p.district
		if p.district == "" {
			u.Parent = p.province
		}
	default:
		return errors.New("a code has two digits, three or five")
	}
	if p.province == "" {
		return errors.New("no province above it")
	}
	u.Province = p.province
	p.units = append(p.units, u)
	return nil
}

// successors takes " >00097,00106" off the end of a line.
func successors(line string) (codes []string, rest string, err error) {
	rest, list, ok := strings.Cut(line, " >")
	if !ok {
		return nil, line, nil
	}
	for code := range strings.SplitSeq(list, ",") {
		if code == "" || strings.Trim(code, "0123456789") != "" {
			return nil, "", errors.New("what stands after > is no list of codes")
		}
		codes = append(codes, code)
	}
	return codes, rest, nil
}

// span reads "2025-01-01..2025-06-30", either end of which may be left open.
func span(text string) (from, until calendar.Date, err error) {
	first, last, ok := strings.Cut(text, "..")
	if !ok {
		return from, until, errors.New("days are written FROM..UNTIL")
	}
	if first != "" {
		if from, err = calendar.ParseDate(first); err != nil {
			return from, until, err
		}
	}
	if last != "" {
		if until, err = calendar.ParseDate(last); err != nil {
			return from, until, err
		}
	}
	if !from.IsZero() && !until.IsZero() && until.Before(from) {
		return from, until, errors.New("the last day is before the first")
	}
	return from, until, nil
}
