package ingest

import (
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
	r.checkCopy()
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
