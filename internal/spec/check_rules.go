package spec

import (
	"cmp"
	"fmt"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
	"tonghop/report/lang"
)

// The words for how a rule weighs, and for how it may weigh at first.
var (
	severities = []string{"", string(fault.Error), string(fault.Explain), string(fault.Note)}
	warnings   = []string{"", string(fault.Explain), string(fault.Note)}
)

// rules checks each rule, and that those of one code are versions of it of which
// one judges a period.
func (c *checker) rules(rules []report.Rule) {
	entries := map[string][]int{} // by code
	for n := range rules {
		r := &rules[n]
		at := join("rules", n)
		c.code(join(at, "code"), "code", r.Code, report.IsIndicatorCode)
		if r.Version != "" {
			c.code(join(at, "version"), "version", r.Version, report.IsIndicatorCode)
		}
		weighs := choice(c, join(at, "severity"), "severity", r.Severity, severities)
		c.words(join(at, "text"), cmp.Or(r.Code, at), "text", r.Text)
		from, until := c.day(join(at, "from"), "from", r.From), c.day(join(at, "until"), "until", r.Until)
		c.span(join(at, "from"), "from", from, until)
		c.warning(r, at, weighs, from, until)
		c.expression(r, at)
		if r.Code != "" {
			c.versions(rules, n, entries[r.Code])
			entries[r.Code] = append(entries[r.Code], n)
		}
	}
}

// expression checks what must hold.
func (c *checker) expression(r *report.Rule, at string) {
	at = join(at, "check")
	if r.Check == "" {
		c.add(at, fault.New(fault.FieldMissing, say("field", "check")))
		return
	}
	p := c.compile(at, r.Code, r.Check)
	if p == nil {
		return
	}
	if p.Type() != lang.Bool {
		c.add(at, fault.New(fault.RuleNotYesNo, say("code", r.Code), fault.Both("type", p.Type().VI(), p.Type().String())))
	}
	for _, code := range p.TotalNames() {
		if i := c.indicators[code]; i.On(report.AxisPlace) != report.RollSum {
			c.add(at, fault.New(fault.TotalNotAdditive, say("code", r.Code), say("got", code)))
		}
	}
}

// warning checks how a rule begins: more mildly than it goes on, and until a day
// on which it still applies and after which it does.
func (c *checker) warning(r *report.Rule, at string, weighs bool, from, until calendar.Date) {
	last := c.day(join(at, "warningUntil"), "warningUntil", r.WarningUntil)
	switch {
	case r.Warning == "" && r.WarningUntil == "":
		return
	case r.Warning == "":
		c.add(at, fault.New(fault.FieldMissing, say("field", "warning")))
		return
	case r.WarningUntil == "":
		c.add(at, fault.New(fault.FieldMissing, say("field", "warningUntil")))
	}
	known := choice(c, join(at, "warning"), "warning", r.Warning, warnings)
	firm := cmp.Or(r.Severity, string(fault.Error))
	if known && weighs && fault.Severity(r.Warning).Rank() <= fault.Severity(firm).Rank() {
		c.add(join(at, "warning"), fault.New(fault.WarningNotMilder, say("code", r.Code), say("warning", r.Warning), say("severity", firm)))
	}
	if last.IsZero() {
		return
	}
	never := fault.New(fault.WarningNeverEnds, say("code", r.Code), say("until", last.String()))
	if !from.IsZero() && last.Before(from) {
		c.add(join(at, "warningUntil"), never.With(fault.Both("span", "từ "+from.Vietnamese(), "from "+from.English())))
	}
	if !until.IsZero() && !last.Before(until) {
		c.add(join(at, "warningUntil"), never.With(fault.Both("span", "đến "+until.Vietnamese(), "until "+until.English())))
	}
}

// versions holds an entry against those before it of the same code: each has a
// version of its own, and no day belongs to two.
func (c *checker) versions(rules []report.Rule, n int, before []int) {
	r := &rules[n]
	for _, b := range before {
		other := &rules[b]
		switch {
		case r.Version == other.Version:
			c.add(join("rules", n, "code"), fault.New(fault.CodeTwice, say("code", r.Ref()),
				fault.Both("first", fmt.Sprintf("mục thứ %d", b+1), fmt.Sprintf("entry %d", b+1))))
			return
		case r.Version == "":
			c.add(join("rules", n), fault.New(fault.FieldMissing, say("field", "version")))
			return
		case other.Version == "" && len(before) == 1:
			c.add(join("rules", b), fault.New(fault.FieldMissing, say("field", "version")))
		}
		if overlap(r, other) {
			f := fault.New(fault.RuleVersionsOverlap, say("code", r.Code), say("version", r.Version), say("other", cmp.Or(other.Version, "?")))
			if first := max(r.From, other.From); first != "" {
				f = f.With(say("from", first))
			}
			c.add(join("rules", n), f)
		}
	}
}

// overlap reports whether a day belongs to both. Days are written so that they
// sort as texts.
func overlap(a, b *report.Rule) bool {
	ends := func(first, second *report.Rule) bool { return first.Until != "" && first.Until < second.From }
	return !ends(a, b) && !ends(b, a)
}

// day reads a day that the noun keeps as text.
func (c *checker) day(path, field, text string) calendar.Date {
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		c.add(path, fault.New(fault.DateWrong, say("field", field), say("got", text)))
	}
	return d
}
