package report

import (
	"cmp"
	"slices"

	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// Rule (quy tắc) is a check the definition makes of every draft: an expression of
// package lang that must hold, the severity when it does not, and its own words.
//
// A rule may have several versions, entries of one code whose days do not
// overlap. Which of them judges a report is told by the last day of the period
// it is about, never by the day on which it is read: an old upload that is read
// again meets the rules of its time (docs/adr/0028).
type Rule struct {
	Code     string `json:"code"`               // "R01"
	Version  string `json:"version,omitempty"`  // "2"; may be left out where the code has one entry
	Check    string `json:"check"`              // "[1.03a] <= [1.03]"
	Severity string `json:"severity,omitempty"` // error (default), explain, note

	// Warning is how the rule weighs while it is new: explain or note, for periods
	// that end on WarningUntil or before. Afterwards it weighs Severity.
	Warning      string `json:"warning,omitempty"`
	WarningUntil string `json:"warningUntil,omitempty"` // last day, "2026-12-14"

	Text  Text   `json:"text"`            // what is wrong when it fails
	Fix   Text   `json:"fix,omitempty"`   // how to mend it
	From  string `json:"from,omitempty"`  // first day (of the period's end) it applies, "2021-03-01"
	Until string `json:"until,omitempty"` // last day
}

// InForce reports whether the rule judges a period that ends on a day. The zero
// day, of a request without a period, lies within any bounds.
func (r *Rule) InForce(day calendar.Date) bool {
	d := day.String()
	return day.IsZero() || (r.From == "" || r.From <= d) && (r.Until == "" || d <= r.Until)
}

// Weight is the severity in effect for a period that ends on a day.
func (r *Rule) Weight(day calendar.Date) fault.Severity {
	if r.Warns(day) {
		return fault.Severity(r.Warning)
	}
	return fault.Severity(cmp.Or(r.Severity, string(fault.Error)))
}

// Warns reports whether the rule is still a warning for a period that ends on a
// day. For the zero day it is none any more.
func (r *Rule) Warns(day calendar.Date) bool {
	return r.Warning != "" && !day.IsZero() && day.String() <= r.WarningUntil
}

// Firm is the first day from which the rule weighs its Severity after having
// been a warning; the zero day where it never was one.
func (r *Rule) Firm() calendar.Date {
	d, err := calendar.ParseDate(r.WarningUntil)
	if r.Warning == "" || err != nil {
		return calendar.Date{}
	}
	return d.AddDays(1)
}

// Ref names the rule with its version: "R01@2", or "R01" where it has none.
func (r *Rule) Ref() string {
	if r.Version == "" {
		return r.Code
	}
	return Ref(r.Code, r.Version)
}

// RulesOn gives the rules that judge a period that ends on a day, in the order of
// the definition: of each code one version. For the zero day that is the version
// that begins last.
func (d *Definition) RulesOn(day calendar.Date) []*Rule {
	var out []*Rule
	for i := range d.Rules {
		r := &d.Rules[i]
		if !r.InForce(day) {
			continue
		}
		same := slices.IndexFunc(out, func(o *Rule) bool { return o.Code == r.Code })
		switch {
		case same < 0:
			out = append(out, r)
		case out[same].From < r.From:
			out[same] = r
		}
	}
	return out
}
