package match

import (
	"cmp"
	"slices"

	"tonghop/report/country"
)

// mostChoices bounds what is offered in a question.
const mostChoices = 5

// rival is a unit that a label may mean as well.
type rival struct {
	unit int32
	sure int
}

// finish adds what else a label may be: the runner-up, and to an answer that is
// not sure the choices that are offered.
func (r *ruling) finish(i int, p *Place) {
	rivals := r.rivals(i)
	if p.Code != "" {
		rivals = slices.DeleteFunc(rivals, func(o rival) bool { return r.atlas.units[o.unit].Code == p.Code })
	}
	choices := p.Choices // of a slip of the pen
	p.Choices = nil
	for _, o := range rivals[:min(len(rivals), mostChoices)] {
		choices = append(choices, r.choice(r.atlas.units[o.unit], o.sure))
		if p.Sure() {
			break // nothing is asked
		}
	}
	slices.SortStableFunc(choices, func(a, b Choice) int { return cmp.Compare(b.Confidence, a.Confidence) })
	if len(choices) > 0 {
		p.RunnerUp = choices[0]
	}
	if p.Sure() || p.How == Group {
		return
	}
	if p.Code != "" {
		choices = append([]Choice{r.choice(r.atlas.units[p.unit], p.Confidence)}, choices...)
	}
	p.Choices = choices[:min(len(choices), mostChoices)]
}

// rivals gives the units that the readings of the table have for a label, the
// likeliest first and each code once.
func (r *ruling) rivals(i int) []rival {
	var all []rival
	put := func(c candidate, sure int) { all = append(all, rival{c.unit, min(sure, r.worth(c))}) }
	for _, c := range r.main.of[i].several {
		put(c, 500)
	}
	for _, v := range r.views {
		for _, c := range v.of[i].several {
			put(c, max(100, 450-4*(v.cost-r.main.cost)/bit))
		}
	}
	if r.otherDay != nil {
		for _, c := range r.otherDay.of[i].several {
			put(c, 600)
		}
	}
	for _, c := range r.found[i] {
		put(c, 100)
	}
	code := func(o rival) string { return r.atlas.units[o.unit].Code }
	slices.SortStableFunc(all, func(a, b rival) int { return cmp.Or(cmp.Compare(b.sure, a.sure), cmp.Compare(code(a), code(b))) })
	var out []rival
	for _, o := range all {
		if !slices.ContainsFunc(out, func(had rival) bool { return code(had) == code(o) }) {
			if out = append(out, o); len(out) > mostChoices {
				break
			}
		}
	}
	return out
}

// choice makes a choice of a unit.
func (r *ruling) choice(u mapped, sure int) Choice {
	c := Choice{Code: u.Code, Name: u.FullName(), Level: string(u.Level), Until: u.Until, Confidence: sure}
	for e := len(r.atlas.maps) - 1; e >= 0 && u.Level != country.Province; e-- {
		if u.on&(1<<e) != 0 {
			c.Within = r.atlas.maps[e].Unit(u.Parent).FullName()
			break
		}
	}
	return c
}
