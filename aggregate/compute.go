package aggregate

import (
	"cmp"
	"slices"

	"tonghop/report"
	"tonghop/report/lang"
)

// compile prepares the expressions of computed indicators, in an order in which
// each comes after those it is computed from. An expression that does not
// compile, or a circle of them, was refused when the definition was applied;
// should a journal hold one all the same, the indicator is not computed, which
// shows as blank.
func (f *frame) compile() {
	types := func(code string) (lang.Type, bool) {
		at := f.position(code)
		if at < 0 {
			return lang.None, false
		}
		return f.plans[at].Type.Spoken(), true
	}
	programs := map[string]*lang.Program{}
	for i := range f.plans {
		p := &f.plans[i]
		if p.Compute == "" {
			continue
		}
		program, err := lang.Compile(p.Compute, types)
		if err == nil && program.Type() == p.Type.Spoken() {
			programs[p.Code] = program
		}
	}
	order, err := lang.Order(programs)
	if err != nil {
		return
	}
	for _, code := range order {
		at := f.position(code)
		f.plans[at].compute = programs[code]
		f.computed = append(f.computed, at)
	}
}

// free takes out the computed figures that the agency wrote itself where the
// coordinator has since changed a part of them. They agreed with their parts
// when the paper came in; now they are computed anew, as if left blank.
func (f *frame) free(c *contribution) {
	touched := make(map[site]map[int32]bool)
	for _, l := range c.leaves {
		if c.isAdjusted(&l) {
			if touched[l.site] == nil {
				touched[l.site] = make(map[int32]bool)
			}
			touched[l.site][l.indicator] = true
		}
	}
	c.leaves = slices.DeleteFunc(c.leaves, func(l leaf) bool {
		changed := touched[l.site]
		return f.plans[l.indicator].compute != nil && !c.isAdjusted(&l) && len(changed) > 0 &&
			slices.ContainsFunc(f.inputs(l.indicator), func(i int32) bool { return changed[i] })
	})
}

// computeLeaves works out what the agency did not write itself, for every unit
// and place it wrote about. What it did write stands: that the two agree is
// checked when the paper comes in.
func (f *frame) computeLeaves(c *contribution) {
	if len(f.computed) == 0 {
		return
	}
	at := make(map[site]map[int32]lang.Value)
	for _, l := range c.leaves {
		if at[l.site] == nil {
			at[l.site] = make(map[int32]lang.Value)
		}
		at[l.site][l.indicator] = c.saying(&l).value.Spoken()
	}
	for s, values := range at { // any order: leaves are sorted afterwards
		for _, i := range f.computed {
			if _, known := values[i]; known || !f.plans[i].asks[c.agency] {
				continue
			}
			value, mark := f.compute(i, values)
			if value.Kind == report.Missing && mark == report.MarkNone {
				continue
			}
			values[i] = value.Spoken()
			c.leaves = append(c.leaves, leaf{i, s, ^int32(len(c.computed))})
			c.computed = append(c.computed, saying{value, mark})
		}
	}
}

// compute evaluates one indicator over the values of a unit and place. A result
// that cannot be held is marked, never cut (law 5).
func (f *frame) compute(i int32, values map[int32]lang.Value) (report.Value, report.Mark) {
	v, err := f.plans[i].compute.Eval(func(ask lang.Ask) lang.Value {
		if ask.What != lang.Figure || ask.Prev {
			return lang.Value{}
		}
		return values[f.position(ask.Code)]
	})
	if err != nil {
		return report.Value{}, report.MarkOverflow
	}
	return fromLang(v)
}

// inputs gives the indicators that one is computed from, in the order of the
// definition, down to those that are not computed themselves.
func (f *frame) inputs(i int32) []int32 {
	seen := map[int32]bool{i: true}
	var out []int32
	var visit func(i int32)
	visit = func(i int32) {
		for _, code := range f.plans[i].compute.Names() {
			at := f.position(code)
			if at < 0 || seen[at] {
				continue
			}
			seen[at] = true
			out = append(out, at)
			if f.plans[at].compute != nil {
				visit(at)
			}
		}
	}
	visit(i)
	slices.SortFunc(out, func(a, b int32) int { return cmp.Compare(a, b) })
	return out
}

// fromLang gives the value, and a mark where there is none for a reason that no
// fact can have.
func fromLang(v lang.Value) (report.Value, report.Mark) {
	switch v.Kind {
	case lang.Number:
		return report.NumberOf(v.Num), report.MarkNone
	case lang.Bool:
		return report.BoolOf(v.Bool), report.MarkNone
	case lang.Text:
		return report.TextOf(v.Text), report.MarkNone
	}
	switch v.Reason {
	case lang.Nil:
		return report.Value{Kind: report.Nil}, report.MarkNone
	case lang.NotCollected:
		return report.Value{Kind: report.NotCollected}, report.MarkNone
	case lang.NotApplicable:
		return report.Value{Kind: report.NotApplicable}, report.MarkNone
	case lang.Undefined:
		return report.Value{}, report.MarkUndefined
	}
	return report.Value{}, report.MarkNone
}
