package ingest

import (
	"cmp"
	"slices"
	"strconv"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/lang"
)

// check judges the facts together, when each of them alone is as it should be:
// what is required is there, parts fit their whole, computed figures agree, and
// the definition's rules hold. Everything is said at once.
func (r *reading) check() {
	if r.nothing {
		r.checkNil()
	} else {
		r.checkRequired()
	}
	r.checkParts()
	r.checkRatios()
	r.checkComputed()
	r.checkRules()
}

// checkNil says that a report of nothing has figures all the same.
func (r *reading) checkNil() {
	count := 0
	var first report.Fact
	for _, f := range r.facts {
		if f.Value.IsNone() || f.Value.Kind == report.Number && f.Value.Num.IsZero() || f.Value.Kind != report.Number {
			continue
		}
		if count == 0 {
			first = f
		}
		count++
	}
	if count > 0 {
		r.find(fault.New(fault.NilWithFigures, fault.A("count", strconv.Itoa(count))).At(first.Source.Sheet, first.Source.Cell))
	}
}

// checkRequired says where a required answer is lacking, unless that its whole
// column is lacking has been said.
func (r *reading) checkRequired() {
	for k, of := range r.records {
		if of.expected && !of.given && !of.spoilt && of.wanted.Required && of.wanted.Asks(r.agency) {
			r.find(r.required(of.wanted, k)) // any order: findings are sorted at the end
		}
	}
}

func (r *reading) required(ind *report.Indicator, k factKey) fault.Fault {
	at := r.where(k)
	if ind.Type == report.TypeText {
		return fault.New(fault.TextRequired, fault.A("label", label(ind))).At(at.sheet, at.cell)
	}
	fill := fault.Both("fill", "số liệu, hoặc 0 hay dấu “-” nếu không có gì", "the figure, or 0 or “-” if there was none")
	if ind.Type == report.TypeBool {
		fill = fault.Both("fill", "“có” hoặc “không”", "yes (“có”) or no (“không”)")
	}
	f := fault.New(fault.Required, fault.A("label", label(ind)), fill).At(at.sheet, at.cell)
	if row := r.rowName(k); row != "" {
		f = f.With(fault.A("row", row))
	}
	return f
}

// rowName says in words whose figure it is: nothing for what is asked once.
func (r *reading) rowName(k factKey) string {
	ind := r.def.Indicator(k.indicator)
	switch {
	case k.unit != r.agency:
		return r.reg.AgencyName(k.unit)
	case ind != nil && ind.By == report.ByPlace:
		return r.reg.PlaceName(k.place)
	}
	return ""
}

// checkParts holds parts against their whole, wherever the whole is given.
func (r *reading) checkParts() {
	splits := map[string][]*report.Indicator{} // parts by the code of their whole
	for i := range r.def.Indicators {
		if ind := &r.def.Indicators[i]; ind.Part == report.PartSplit && ind.IsNumber() {
			splits[ind.Parent] = append(splits[ind.Parent], ind)
		}
	}
	within := map[string]*report.Indicator{} // each "trong đó" by its code
	for i := range r.def.Indicators {
		if ind := &r.def.Indicators[i]; ind.Part == report.PartOf {
			within[ind.Code] = ind
		}
	}
	if len(splits)+len(within) == 0 {
		return
	}
	for _, f := range r.facts {
		if ind := within[f.Indicator]; ind != nil {
			r.checkPartOf(ind, f)
		}
		if parts := splits[f.Indicator]; len(parts) > 0 {
			r.checkSplit(f, parts)
		}
	}
}

// checkPartOf holds a "trong đó" to be at most its whole.
func (r *reading) checkPartOf(ind *report.Indicator, f report.Fact) {
	part, ok := figure(f.Value)
	whole, known := r.value(factKey{f.Unit, f.Place, ind.Parent})
	limit, given := figure(whole.Value)
	if !ok || !known || !given || part.Cmp(limit) <= 0 {
		return
	}
	k := factKey{f.Unit, f.Place, f.Indicator}
	found := differs(fault.PartAboveWhole, part, limit, fault.A("label", label(ind)), fault.A("whole", label(r.def.Indicator(ind.Parent))), fault.A("row", r.rowName(k)))
	r.find(found.At(f.Source.Sheet, f.Source.Cell).See(inSheet(whole.Source.Sheet, whole.Source.Cell)))
}

// checkSplit holds that a "chia ra" adds up to its whole: exactly when all of
// its parts are given, and never to more.
func (r *reading) checkSplit(whole report.Fact, parts []*report.Indicator) {
	total, ok := figure(whole.Value)
	if !ok {
		return
	}
	var sum decimal.Sum
	complete := true
	var codes, cells []string
	for _, part := range parts {
		k := factKey{whole.Unit, whole.Place, part.Code}
		f, known := r.value(k)
		v, given := figure(f.Value)
		if r.isSpoilt(k) {
			return
		}
		complete = complete && (known && given || !part.Asks(r.agency))
		codes = append(codes, part.Code)
		if given && known {
			sum.Add(v)
			cells = append(cells, inSheet(f.Source.Sheet, f.Source.Cell))
		}
	}
	d, err := sum.Value()
	if err != nil || len(cells) == 0 || d.Equal(total) || !complete && d.Cmp(total) < 0 {
		return
	}
	k := factKey{whole.Unit, whole.Place, whole.Indicator}
	r.find(differs(fault.SumDiffers, total, d, fault.A("label", label(r.def.Indicator(whole.Indicator))), fault.A("row", r.rowName(k)),
		fault.A("parts", joinPlus(codes))).At(whole.Source.Sheet, whole.Source.Cell).See(cells...))
}

func joinPlus(codes []string) string {
	out := ""
	for i, c := range codes {
		if i > 0 {
			out += " + "
		}
		out += c
	}
	return out
}

// figure gives a value as a number; what did not occur counts as none of it.
func figure(v report.Value) (decimal.Decimal, bool) {
	switch v.Kind {
	case report.Number:
		return v.Num, true
	case report.Nil:
		return decimal.Decimal{}, true
	}
	return decimal.Decimal{}, false
}

// checkRatios holds a quotient that was written by hand to be that of its parts,
// rounded to the indicator's scale.
func (r *reading) checkRatios() {
	for _, f := range r.facts {
		ind := r.def.Indicator(f.Indicator)
		if !isRatio(ind) || ind.Compute != "" || f.Value.Kind != report.Number {
			continue
		}
		num, known := r.value(factKey{f.Unit, f.Place, ind.Num})
		den, also := r.value(factKey{f.Unit, f.Place, ind.Den})
		if !known || !also || num.Value.Kind != report.Number || den.Value.Kind != report.Number || den.Value.Num.IsZero() {
			continue
		}
		top, err := num.Value.Num.Mul(decimal.FromInt(max(ind.Factor, 1)))
		if err != nil {
			continue
		}
		want, err := top.Quo(den.Value.Num, ind.Scale, decimal.HalfEven)
		// People round as they were taught at school; at the middle both are right.
		school, err2 := top.Quo(den.Value.Num, ind.Scale, decimal.HalfUp)
		given := f.Value.Num.Round(ind.Scale, decimal.HalfEven)
		if err != nil || err2 != nil || given.Equal(want) || given.Equal(school) {
			continue
		}
		r.computedDiffers(ind, f, want)
	}
}

func (r *reading) computedDiffers(ind *report.Indicator, f report.Fact, want decimal.Decimal) {
	k := factKey{f.Unit, f.Place, f.Indicator}
	found := fault.New(fault.ComputedFilled, fault.A("label", label(ind)), fault.A("row", r.rowName(k)),
		fault.A("got", f.Value.Num.String()), fault.A("expected", want.String()))
	if d, err := f.Value.Num.Sub(want); err == nil {
		found = found.With(fault.A("diff", d.String()))
	}
	r.find(found.At(f.Source.Sheet, f.Source.Cell))
}

// checkComputed holds figures that were written by hand to be what the
// definition computes. A figure left blank is computed when it is asked for.
func (r *reading) checkComputed() {
	for _, f := range r.facts {
		ind := r.def.Indicator(f.Indicator)
		if ind.Compute == "" || f.Value.Kind != report.Number {
			continue
		}
		program, err := lang.Compile(ind.Compute, r.typeOf)
		if err != nil {
			continue // was refused when the definition was applied
		}
		v, err := program.Eval(r.envAt(f.Unit, f.Place))
		if err != nil || v.Kind != lang.Number {
			continue
		}
		if !v.Num.Equal(f.Value.Num) {
			r.computedDiffers(ind, f, v.Num)
		}
	}
}

// typeOf tells the language what type an indicator has.
func (r *reading) typeOf(code string) (lang.Type, bool) {
	ind := r.def.Indicator(code)
	if ind == nil {
		return lang.None, false
	}
	return ind.Type.Spoken(), true
}

// envAt looks indicators up as they stand at a unit and place: what is asked
// once of the agency is the same wherever a rule is judged.
func (r *reading) envAt(unit, place string) lang.Env {
	return func(code string, prev bool) lang.Value {
		k := r.keyAt(code, unit, place)
		if prev {
			if r.env.Previous == nil {
				return lang.Value{}
			}
			return r.env.Previous(k.unit, k.place, k.indicator).Spoken()
		}
		if f, ok := r.value(k); ok {
			return f.Value.Spoken()
		}
		return r.computedAt(code, unit, place)
	}
}

// computedAt gives what a computed indicator that was left blank comes to.
func (r *reading) computedAt(code, unit, place string) lang.Value {
	ind := r.def.Indicator(code)
	if ind == nil || ind.Compute == "" {
		return lang.Value{}
	}
	program, err := lang.Compile(ind.Compute, r.typeOf)
	if err != nil || slices.Contains(program.Names(), code) {
		return lang.Value{}
	}
	v, err := program.Eval(r.envAt(unit, place))
	if err != nil {
		return lang.Value{}
	}
	return v
}

// keyAt gives the fact of an indicator that a rule judged at unit and place
// means.
func (r *reading) keyAt(code, unit, place string) factKey {
	ind := r.def.Indicator(code)
	switch {
	case ind == nil || ind.By == report.ByAgency || ind.By == "":
		return factKey{r.agency, r.home, code}
	case ind.By == report.ByPlace:
		return factKey{r.agency, place, code}
	}
	return factKey{unit, place, code}
}

// checkRules judges every rule of the definition at every unit and place it
// speaks of.
func (r *reading) checkRules() {
	for i := range r.def.Rules {
		rule := &r.def.Rules[i]
		if !r.inForce(rule) {
			continue
		}
		program, err := lang.Compile(rule.Check, r.typeOf)
		if err != nil {
			continue // was refused when the definition was applied
		}
		for _, spot := range r.spotsOf(program) {
			r.judge(rule, program, spot)
		}
	}
}

// inForce reports whether the rule applies to a period that ends when this one
// does. A rule with bounds on a request without a period applies.
func (r *reading) inForce(rule *report.Rule) bool {
	if r.period.To.IsZero() {
		return true
	}
	day := r.period.To.String()
	return (rule.From == "" || rule.From <= day) && (rule.Until == "" || day <= rule.Until)
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
		r.find(r.ruleAt(fault.New(fault.RuleOverflow, fault.A("rule", rule.Code), fault.A("operation", rule.Check)), program.Names(), at))
		return
	}
	if !v.IsFalse() {
		return // it holds, or there is not enough to judge it by (law 8)
	}
	code := fault.RuleBroken
	if rule.Severity == string(fault.Explain) {
		code = fault.RuleToExplain
	}
	f := fault.New(code, fault.A("rule", rule.Code), fault.A("vi", sentence(rule.Text.VI)), fault.A("en", sentence(rule.Text.In("en"))))
	if rule.Severity == string(fault.Note) {
		f.Severity = fault.Note
	}
	if rule.Fix.VI != "" {
		f = f.With(fault.Both("fix", sentence(rule.Fix.VI), sentence(rule.Fix.In("en"))))
	}
	names := program.Names()
	if why, ok, err := program.Explain(env); ok && err == nil {
		if len(why.Names) > 0 {
			names = why.Names
		}
		if why.Differs && !why.Difference.IsZero() {
			f = f.With(fault.A("left", why.Left.String()), fault.A("right", why.Right.String()), fault.A("diff", why.Difference.String()))
		}
	}
	r.find(r.ruleAt(f, names, at))
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
// of the form, and names the others.
func (r *reading) ruleAt(f fault.Fault, names []string, at factKey) fault.Fault {
	order := map[string]int{}
	for i := range r.def.Indicators {
		order[r.def.Indicators[i].Code] = i
	}
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(order[a], order[b]) })
	placed := false
	for _, code := range names {
		k := r.keyAt(code, at.unit, at.place)
		where := r.where(k)
		if where == (spot{}) {
			continue
		}
		if !placed {
			placed = true
			f = f.At(where.sheet, where.cell)
			if row := r.rowName(k); row != "" {
				f = f.With(fault.A("row", row))
			}
			continue
		}
		f = f.See(inSheet(where.sheet, where.cell))
	}
	return f
}
