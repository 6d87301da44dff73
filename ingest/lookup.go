package ingest

import (
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/lang"
)

// typeOf tells the language what type an indicator has.
func (r *reading) typeOf(code string) (lang.Type, bool) {
	ind := r.def.Indicator(code)
	if ind == nil {
		return lang.None, false
	}
	return ind.Type.Spoken(), true
}

// envAt answers what a rule asks about as it stands at a unit and place: what is
// asked once of the agency is the same wherever a rule is judged.
func (r *reading) envAt(unit, place string) lang.Env {
	return func(ask lang.Ask) lang.Value {
		switch ask.What {
		case lang.YearBegins:
			return r.yearBegins()
		case lang.Total:
			return r.total(ask)
		}
		return r.spoken(ask.Code, ask.Prev, unit, place)
	}
}

// yearBegins says whether the period is the first of its kind in its year. Of a
// free window nobody can tell.
func (r *reading) yearBegins() lang.Value {
	if r.period.IsZero() || r.period.Kind == calendar.Free {
		return lang.Value{}
	}
	return lang.BoolOf(r.period.N == 1)
}

// spoken gives a figure at a unit and place, of this period or the one before;
// what a computed indicator that was left blank comes to.
func (r *reading) spoken(code string, prev bool, unit, place string) lang.Value {
	k := r.keyAt(code, unit, place)
	v := r.valueIn(k, prev)
	ind := r.def.Indicator(code)
	if v.Kind != report.Missing || ind == nil || ind.Compute == "" {
		return v.Spoken()
	}
	program, err := lang.Compile(ind.Compute, r.typeOf)
	if err != nil {
		return lang.Value{}
	}
	// Circles were refused when the definition was applied.
	computed, err := program.Eval(func(ask lang.Ask) lang.Value {
		if ask.What != lang.Figure || ask.Prev || ask.Code == code {
			return lang.Value{}
		}
		return r.spoken(ask.Code, prev, unit, place)
	})
	if err != nil {
		return lang.Value{}
	}
	return computed
}

// valueIn gives what was read of this period or said of the one before.
func (r *reading) valueIn(k factKey, prev bool) report.Value {
	if !prev {
		f, _ := r.value(k)
		return f.Value
	}
	if r.env.Previous == nil {
		return report.Value{}
	}
	return r.env.Previous.Look(k.unit, k.place, k.indicator)
}

// total adds an indicator up over the whole report, once for all the places at
// which a rule asks.
func (r *reading) total(ask lang.Ask) lang.Value {
	v, known := r.totals[ask]
	if !known {
		if r.totals == nil {
			r.totals = map[lang.Ask]lang.Value{}
		}
		v = r.addUp(ask.Code, ask.Prev)
		r.totals[ask] = v
	}
	return v
}

// addUp is missing where nothing is there, and where a cell could not be read,
// which is said already. One figure that was not collected leaves the total
// unknown: what is not heard is not zero (law 8).
func (r *reading) addUp(code string, prev bool) lang.Value {
	if !prev && r.anySpoilt(code) {
		return lang.Value{}
	}
	var sum decimal.Sum
	heard := false
	for _, at := range r.sitesOf(code, prev) {
		switch v := r.spoken(code, prev, at.unit, at.place); {
		case v.Kind == lang.Number:
			heard = true
			sum.Add(v.Num)
		case v.Reason == lang.NotCollected:
			return v
		case v.Reason == lang.Nil:
			heard = true
		}
	}
	d, err := sum.Value()
	if !heard || err != nil {
		return lang.Value{}
	}
	return lang.NumberOf(d)
}

func (r *reading) anySpoilt(code string) bool {
	for k, of := range r.records { // any order: one is enough
		if of.spoilt && k.indicator == code {
			return true
		}
	}
	return false
}

// sitesOf gives the units and places at which an indicator has a figure; a
// computed one has one wherever another of its grain has.
func (r *reading) sitesOf(code string, prev bool) []factKey {
	ind := r.def.Indicator(code)
	seen := map[factKey]bool{}
	var out []factKey
	take := func(f report.Fact) {
		other := r.def.Indicator(f.Indicator)
		if f.Indicator != code && (ind.Compute == "" || other == nil || other.By != ind.By) {
			return
		}
		if at := (factKey{unit: f.Unit, place: f.Place}); !seen[at] {
			seen[at] = true
			out = append(out, at)
		}
	}
	switch {
	case !prev:
		for _, f := range r.facts {
			take(f)
		}
	case r.env.Previous != nil:
		for _, f := range r.env.Previous.All() {
			take(f)
		}
	}
	return out
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
