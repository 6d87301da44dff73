package ingest

import (
	"cmp"
	"slices"

	"tonghop/report"
	"tonghop/report/fault"
	"tonghop/report/lang"
)

// checkRules judges every rule that is in force for the period, at every unit and
// place it speaks of. Rules are those of the period's end, not of the day of
// reading, so an upload that is read again is judged as it was.
func (r *reading) checkRules() {
	for _, rule := range r.def.RulesOn(r.period.To) {
		program, err := lang.Compile(rule.Check, r.typeOf)
		if err != nil {
			continue // was refused when the definition was applied
		}
		for _, spot := range r.spotsOf(program) {
			r.judge(rule, program, spot)
		}
	}
}

// spotsOf gives the units and places at which a rule is judged: where any
// indicator in it of the finest grain has a fact, and the agency itself when all
// are asked once.
func (r *reading) spotsOf(program *lang.Program) []factKey {
	grain := report.ByAgency
	for _, code := range program.Names() {
		switch ind := r.def.Indicator(code); {
		case ind.By == report.ByUnit:
			grain = report.ByUnit
		case ind.By == report.ByPlace && grain != report.ByUnit:
			grain = report.ByPlace
		}
	}
	if grain == report.ByAgency {
		return []factKey{{unit: r.agency, place: r.home}}
	}
	var out []factKey
	for _, f := range r.facts {
		ind := r.def.Indicator(f.Indicator)
		if ind.By == grain && slices.Contains(program.Names(), f.Indicator) {
			out = append(out, factKey{unit: f.Unit, place: f.Place})
		}
	}
	slices.SortFunc(out, func(a, b factKey) int { return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.place, b.place)) })
	return slices.Compact(out)
}

// judge says that a rule does not hold, in the rule's own words, with the values
// it was judged by.
func (r *reading) judge(rule *report.Rule, program *lang.Program, at factKey) {
	env := r.envAt(at.unit, at.place)
	v, err := program.Eval(env)
	if err != nil {
		f := fault.New(fault.RuleOverflow, fault.A("rule", rule.Code), fault.A("version", rule.Version), fault.A("operation", rule.Check))
		r.find(r.ruleAt(f, program.Names(), program.TotalNames(), at))
		return
	}
	if !v.IsFalse() {
		return // it holds, or there is not enough to judge it by (law 8)
	}
	f := r.broken(rule)
	names, totals := program.Names(), program.TotalNames()
	if why, ok, err := program.Explain(env); ok && err == nil {
		if len(why.Names)+len(why.Totals) > 0 {
			names, totals = why.Names, why.Totals
		}
		if why.Differs && !why.Difference.IsZero() {
			f = f.With(fault.A("left", why.Left.String()), fault.A("right", why.Right.String()), fault.A("diff", why.Difference.String()))
		}
		if why.Change != nil {
			f = f.With(fault.A("before", why.Change.Before.String()), fault.A("now", why.Change.Now.String()))
		}
	}
	r.find(r.ruleAt(f, names, totals, at))
}

// broken makes the finding of a rule: its code, version and the severity in
// effect are stored with it (law 7).
func (r *reading) broken(rule *report.Rule) fault.Fault {
	weight := rule.Weight(r.period.To)
	code := fault.RuleBroken
	if weight == fault.Explain {
		code = fault.RuleToExplain
	}
	f := fault.New(code, fault.A("rule", rule.Code), fault.A("version", rule.Version),
		fault.A("vi", sentence(rule.Text.VI)), fault.A("en", sentence(rule.Text.In("en")))).Weighed(weight)
	if rule.Warns(r.period.To) {
		firm := rule.Weight(rule.Firm())
		f = f.With(fault.A("firm", rule.Firm().String()), fault.Both("becomes", firm.VI(), firm.EN()))
	}
	if rule.Fix.VI != "" {
		f = f.With(fault.Both("fix", sentence(rule.Fix.VI), sentence(rule.Fix.In("en"))))
	}
	return f
}

// sentence ends words with a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	switch s[len(s)-1] {
	case '.', '?', '!':
		return s
	}
	return s + "."
}

// ruleAt puts a finding at the first cell that the rule speaks of, in the order
// of the form, and names the others; those that a total adds up come last.
func (r *reading) ruleAt(f fault.Fault, names, totals []string, at factKey) fault.Fault {
	order := map[string]int{}
	for i := range r.def.Indicators {
		order[r.def.Indicators[i].Code] = i
	}
	inOrder := func(codes []string) []string {
		return slices.SortedFunc(slices.Values(codes), func(a, b string) int { return cmp.Compare(order[a], order[b]) })
	}
	var cells []spot
	row := "" // of the finest figure: that is where the rule was judged
	for _, code := range inOrder(r.written(names, at)) {
		k := r.keyAt(code, at.unit, at.place)
		row = cmp.Or(row, r.rowName(k))
		if where := r.where(k); where != (spot{}) {
			cells = append(cells, where)
		}
	}
	f = f.With(fault.A("row", row))
	var added []string
	for _, code := range inOrder(totals) {
		run := r.cellsOf(code)
		if len(run) > 0 && len(cells) == 0 { // nothing but totals: the first cell of the first
			cells, run = run[:1], run[1:]
		}
		if len(run) > 0 {
			added = append(added, rangesBySheet(run)...)
		}
	}
	if len(cells) == 0 {
		return f
	}
	f = f.At(cells[0].sheet, cells[0].cell)
	for _, c := range cells[1:] {
		f = f.See(inSheet(c.sheet, c.cell))
	}
	return f.See(added...)
}

// written puts in the place of a computed indicator that was left blank what it
// is computed from: nobody can mend a cell that is not there.
func (r *reading) written(names []string, at factKey) []string {
	var out []string
	for _, code := range names {
		ind := r.def.Indicator(code)
		if ind.Compute == "" || r.where(r.keyAt(code, at.unit, at.place)) != (spot{}) {
			out = append(out, code)
			continue
		}
		if program, err := lang.Compile(ind.Compute, r.typeOf); err == nil {
			out = append(out, program.Names()...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// cellsOf gives the cells of an indicator's figures in the order of the paper.
func (r *reading) cellsOf(code string) []spot {
	var out []spot
	for i := range r.facts {
		if f := &r.facts[i]; f.Indicator == code && f.Value.Kind == report.Number {
			out = append(out, spot{f.Source.Sheet, f.Source.Cell})
		}
	}
	return out
}
