package ingest

import (
	"slices"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// Trial tries a draft of a definition on reports that were read by the one in
// force. It says what would become of each and keeps nothing. Any number of
// goroutines may read with one trial.
//
// What the draft changes is tried as if it were in force already and no longer a
// warning: whoever drafts a rule for next year asks what it would have done to
// this one. A rule that the draft ends before the period is not judged.
type Trial struct {
	Rules []TriedRule // what the draft changes, in its order; then what it takes out

	draft *report.Definition
	forms Forms
}

// TriedRule is a rule that is not as it is in force.
type TriedRule struct {
	report.Rule // as drafted; one that is taken out, as it is in force
	Status      RuleStatus
}

// RuleStatus says how a drafted rule stands to the one in force.
type RuleStatus string

// The ways in which a rule is not as it is in force.
const (
	RuleNew     RuleStatus = "new"     // no rule has its code
	RuleChanged RuleStatus = "changed" // another version, or other words
	RuleEnded   RuleStatus = "ended"   // its last day lies before the period
	RuleRemoved RuleStatus = "removed" // the draft has no such rule
)

// NewTrial makes a trial of a draft on the reports of a period that ends on a
// day; the zero day is that of a request without a period. Draft and base are
// only read.
func NewTrial(base, draft *report.Definition, day calendar.Date) *Trial {
	t := &Trial{}
	tried := *draft
	tried.Code, tried.Version = base.Code, base.Version // a workbook made from the form in force is not of another one
	tried.Rules = nil
	for _, code := range ruleCodes(draft) {
		drafted, known := rulesOf(draft, code), rulesOf(base, code)
		if slices.Equal(drafted, known) {
			tried.Rules = append(tried.Rules, drafted...)
			continue
		}
		newest := newestChange(drafted, known)
		switch {
		case newest.Until != "" && !day.IsZero() && newest.Until < day.String():
			t.Rules = append(t.Rules, TriedRule{newest, RuleEnded})
			tried.Rules = append(tried.Rules, drafted...) // its days keep it from being judged
		default:
			status := RuleChanged
			if len(known) == 0 {
				status = RuleNew
			}
			t.Rules = append(t.Rules, TriedRule{newest, status})
			tried.Rules = append(tried.Rules, inFull(newest))
		}
	}
	for _, code := range ruleCodes(base) {
		if known := rulesOf(base, code); len(rulesOf(draft, code)) == 0 {
			t.Rules = append(t.Rules, TriedRule{known[len(known)-1], RuleRemoved})
		}
	}
	t.draft = &tried
	return t
}

// ruleCodes gives the codes of a definition's rules, each once.
func ruleCodes(d *report.Definition) (codes []string) {
	for _, r := range d.Rules {
		if !slices.Contains(codes, r.Code) {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

// rulesOf gives the versions of a rule.
func rulesOf(d *report.Definition, code string) (out []report.Rule) {
	for _, r := range d.Rules {
		if r.Code == code {
			out = append(out, r)
		}
	}
	return out
}

// newestChange gives the drafted version that begins last of those that are not in
// force as they are; of all where only some were taken out.
func newestChange(drafted, known []report.Rule) report.Rule {
	changed := slices.DeleteFunc(slices.Clone(drafted), func(r report.Rule) bool { return slices.Contains(known, r) })
	if len(changed) == 0 {
		changed = drafted
	}
	newest := changed[0]
	for _, r := range changed[1:] {
		if r.From > newest.From {
			newest = r
		}
	}
	return newest
}

// inFull is a rule as it will be once it is in force and no warning any more.
func inFull(r report.Rule) report.Rule {
	r.From, r.Until, r.Warning, r.WarningUntil = "", "", "", ""
	return r
}

// Effect is what the draft would change for one report: findings of one rule, or
// of one code where it is no rule's.
type Effect struct {
	Rule     string // code of the rule; "" for what the form itself holds
	Code     fault.Code
	Kind     EffectKind
	Findings fault.List // those that are new; for what is freed, those that would go
}

// EffectKind says what would become of a report.
type EffectKind string

// The effects, the gravest first.
const (
	EffectFails    EffectKind = "fails"    // it would have to be mended
	EffectExplains EffectKind = "explains" // it would have to be explained
	EffectNotes    EffectKind = "notes"    // something would be noted
	EffectFreed    EffectKind = "freed"    // what had to be mended or explained would not
)

// Read reads a report by the definition in force, which env has, and by the
// draft, and gives what is different, the gravest first. A report that stands and
// has nothing new gives none.
func (t *Trial) Read(up Upload, env Env) []Effect {
	now := Read(up, env)
	env.Definition, env.Forms = t.draft, &t.forms
	return effects(now.Draft.Findings, Read(up, env).Draft.Findings)
}

// subject is what findings are compared by.
type subject struct {
	rule string
	code fault.Code // only where it is no rule's: a rule that weighs more has another code
}

func subjectOf(f fault.Fault) subject {
	if rule, ok := f.Arg("rule"); ok {
		return subject{rule: rule}
	}
	return subject{code: f.Code}
}

// effects compares the findings of one report.
func effects(now, then fault.List) []Effect {
	var out []Effect
	seen := map[subject]bool{}
	for _, f := range slices.Concat(then, now) {
		s := subjectOf(f)
		if seen[s] {
			continue
		}
		seen[s] = true
		if e, ok := s.effect(about(now, s), about(then, s)); ok {
			e.Rule, e.Code = s.rule, s.code
			out = append(out, e)
		}
	}
	return out
}

func about(l fault.List, s subject) (out fault.List) {
	for _, f := range l {
		if subjectOf(f) == s {
			out = append(out, f)
		}
	}
	return out
}

// effect says what becomes of one subject: the gravest of its new findings
// decides. A finding is new where none that weighs as much stood in its cell.
func (s subject) effect(now, then fault.List) (Effect, bool) {
	var fresh fault.List
	for _, f := range then {
		if !slices.ContainsFunc(now, func(o fault.Fault) bool {
			return o.Sheet == f.Sheet && o.Cell == f.Cell && o.Severity.Rank() <= f.Severity.Rank()
		}) {
			fresh = append(fresh, f)
		}
	}
	asked := slices.ContainsFunc(now, func(f fault.Fault) bool { return f.Severity != fault.Note })
	asks := slices.ContainsFunc(then, func(f fault.Fault) bool { return f.Severity != fault.Note })
	switch {
	case fresh.Blocks():
		return Effect{Kind: EffectFails, Findings: fresh}, true
	case len(fresh.NeedExplaining()) > 0:
		return Effect{Kind: EffectExplains, Findings: fresh}, true
	case asked && !asks:
		return Effect{Kind: EffectFreed, Findings: now}, true
	case len(fresh) > 0 && s.rule != "": // how a cell was read is no rule's doing
		return Effect{Kind: EffectNotes, Findings: fresh}, true
	}
	return Effect{}, false
}
