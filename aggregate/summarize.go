package aggregate

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"time"

	"tonghop/report"
)

// Summarize gives the finished table of a request: as of a moment (the zero
// time: now), of the approved figures only or of all that stand. They are official
// as those of a [Rollup] are. A request that is not known is a [fault.Fault]. The
// same set of events gives the same summary (laws 2 and 6). What it holds may be
// kept: nothing in it changes any more.
func (s *State) Summarize(l *report.Ledger, request string, asOf time.Time, official bool) (*report.Summary, error) {
	f := s.at(l, request, asOf)
	if f == nil {
		return nil, notCounted(l, request, asOf)
	}
	c := f.outlook(official, f.moment(asOf))
	out := &report.Summary{
		Request: f.request, Definition: f.definition, Register: f.register,
		AsOf: f.moment(asOf), State: f.fingerprint(asOf), Official: c.official, Provisional: c.provisional,
		Asked: len(f.request.Agencies), Missing: c.missing(),
		Agencies: f.statuses(c.official),
		Answers:  c.answers(), Sources: c.sources(),
	}
	out.Heard = out.Asked - len(out.Missing)
	for i := range f.definition.Indicators {
		out.Indicators = append(out.Indicators, &f.definition.Indicators[i])
	}
	c.fill(out)
	out.Places = c.summaryPlaces()
	out.Notes = f.notes(c.cube, out)
	return out, nil
}

// fingerprint names the set of events a summary is made from: the hex SHA-256 of
// their sorted identities, and of the names of the definition and the register.
func (f *figures) fingerprint(asOf time.Time) string {
	var ids []string
	gather := func(events []*report.Event) {
		for _, e := range events {
			if asOf.IsZero() || !e.At.After(asOf) {
				ids = append(ids, e.ID)
			}
		}
	}
	gather(f.book.Events())
	for _, r := range f.book.Returns() {
		gather(r.Events())
	}
	ids = append(ids,
		"definition "+report.Ref(f.request.Definition, f.request.Version),
		"register "+report.Ref(f.request.Register, f.request.Registered))
	slices.Sort(ids)
	h := sha256.New()
	for _, id := range ids {
		io.WriteString(h, id) // a hash never fails
		io.WriteString(h, "\n")
	}
	return hex.EncodeToString(h.Sum(nil))
}

// fill puts the cells into a summary.
func (c *cube) fill(out *report.Summary) {
	out.Total = map[string]report.Cell{}
	out.ByAgency = map[[2]string]report.Cell{}
	out.ByPlace = map[[2]string]report.Cell{}
	out.AgencyPlace = make(map[[3]string]report.Cell, c.size())
	out.ByLevel = map[[2]string]report.Cell{}
	for i := range c.plans {
		code := c.plans[i].Code
		out.Total[code] = c.cell(everything, int32(i))
		for a, agency := range c.request.Agencies {
			out.ByAgency[[2]string{code, agency}] = c.cell(spot{agency: int32(a), unit: all, place: all}, int32(i))
		}
	}
	for at := range c.shelves {
		if at.place == all || at.unit != all || at.below && !c.holdsMore(at) {
			continue
		}
		cells := out.ByPlace
		if at.below {
			cells = out.ByLevel
		}
		for i, cell := range c.cellsAt(at) {
			cells[[2]string{c.plans[i].Code, c.places[at.place].code}] = cell
		}
	}
	for _, at := range c.spots(axes{agency: true, place: true}, "", c.everyIndicator()) {
		for i, cell := range c.cellsAt(at) {
			out.AgencyPlace[[3]string{c.plans[i].Code, c.request.Agencies[at.agency], c.places[at.place].code}] = cell
		}
	}
}

// cellsAt gives the cells of a spot in which there is something, by indicator.
func (c *cube) cellsAt(at spot) func(yield func(int32, report.Cell) bool) {
	return func(yield func(int32, report.Cell) bool) {
		for i := range int32(len(c.plans)) {
			if cell, found := c.cellWithin(at, i); found && !yield(i, cell) {
				return
			}
		}
	}
}

// size counts the leaves of a cube: about as many as it has cells of an agency
// at a place, and most cells of a summary are such.
func (c *cube) size() int {
	n := 0
	for _, part := range c.parts {
		if part != nil {
			n += len(part.leaves)
		}
	}
	return n
}

// holdsMore reports whether figures lie below a place and not only at it.
func (c *cube) holdsMore(below spot) bool {
	own := below
	own.below = false
	return c.shelves[below].size() != c.shelves[own].size()
}

// summaryPlaces gives the places with a figure and those the definition asks
// for, in register order; a place the register does not know comes last, under
// its code.
func (c *cube) summaryPlaces() []*report.Place {
	var out []*report.Place
	for i := range c.definition.Sheets {
		asked, _ := c.register.Select(c.definition.Sheets[i].Places, c.request.To)
		out = append(out, asked...)
	}
	for at := range c.shelves {
		if at.unit != all || at.place == all || at.below {
			continue
		}
		code := c.places[at.place].code
		p := c.register.Place(code)
		if p == nil {
			p = &report.Place{Code: code, Name: report.Text{VI: code}}
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *report.Place) int { return c.compareCodes(a.Code, b.Code) })
	return slices.CompactFunc(out, func(a, b *report.Place) bool { return a.Code == b.Code })
}

// answers gives the narrative answers, by indicator then roster order.
func (c *cube) answers() []report.Answer {
	var out []report.Answer
	for i := range c.plans {
		for _, part := range c.parts {
			if part == nil {
				continue
			}
			for _, l := range part.of(int32(i)) {
				if !l.stated() || part.facts.Kind(int(l.says)) != report.Words {
					continue
				}
				fact := part.facts.At(int(l.says))
				out = append(out, report.Answer{
					Agency: c.request.Agencies[part.agency], Indicator: c.plans[i].Code,
					Text: fact.Value.Text, Source: fact.Source,
				})
			}
		}
	}
	return out
}

// sources gives every fact that counts, with its cell (law 4): by agency,
// indicator, place, unit.
func (c *cube) sources() []report.SourceLine {
	out := make([]report.SourceLine, 0, c.size())
	for _, part := range c.parts {
		if part == nil {
			continue
		}
		for i := range part.leaves {
			if l := (twig{leaf: &part.leaves[i], part: part}); l.stated() {
				out = append(out, c.source(l))
			}
		}
	}
	return out
}

func (c *cube) source(l twig) report.SourceLine {
	return report.SourceLine{
		Agency: c.request.Agencies[l.agency()], Version: l.part.submission.Version,
		Upload: l.part.submission.Upload, File: l.part.file, Fact: l.fact(), Adjusted: l.adjusted(),
	}
}
