package portal

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
	"tonghop/report/lang"
)

// rulesOfDefinition lists the rules of a definition, and with a day given how each
// weighs for a period that ends then.
func (c *call) rulesOfDefinition() (any, error) {
	found, err := c.definition()
	if err != nil {
		return nil, err
	}
	var day calendar.Date
	if text := c.query("day"); text != "" {
		if day, err = calendar.ParseDate(text); err != nil {
			return nil, wrong("day", text, "một ngày như 2026-12-14", "a day such as 2026-12-14")
		}
	}
	return rulesIn(found.(*report.Definition), day), nil
}

// rulesOfRequest lists the rules that a request's reports are judged by.
func (c *call) rulesOfRequest() (any, error) {
	_, def, day, err := c.formOf(c.path("request"))
	if err != nil {
		return nil, err
	}
	return rulesIn(def, day), nil
}

// formOf finds a request with its definition and the last day of its period, zero
// where it has none.
func (c *call) formOf(request string) (req *report.Request, def *report.Definition, day calendar.Date, err error) {
	c.Books.Read(func(l *report.Ledger) {
		var book *report.RequestBook
		if book, err = bookOf(l, request, ""); err != nil {
			return
		}
		req = book.Request // never changes: a revision is another one
		if def = l.Definition(req.Definition, req.Version); def == nil {
			err = fault.New(fault.DefinitionUnknown, fault.A("got", report.Ref(req.Definition, req.Version)))
			return
		}
		if period, bad := req.PeriodUnder(def); bad == nil {
			day = period.To
		}
	})
	return req, def, day, err
}

func rulesIn(def *report.Definition, day calendar.Date) *api.Rules {
	out := &api.Rules{Definition: report.Ref(def.Code, def.Version), Rules: []api.Rule{}}
	if !day.IsZero() {
		out.Day = day.String()
	}
	inForce := def.RulesOn(day)
	for i := range def.Rules {
		r := &def.Rules[i]
		line := api.Rule{
			Rule: r.Code, Version: r.Version, Check: r.Check, Severity: firmly(r),
			Warning: fault.Severity(r.Warning), WarningUntil: r.WarningUntil, From: r.From, Until: r.Until,
			Text: r.Text, Fix: r.Fix, Indicators: spokenOf(def, r),
		}
		if slices.Contains(inForce, r) {
			line.InEffect = r.Weight(day)
		}
		out.Rules = append(out.Rules, line)
	}
	return out
}

// firmly is how a rule weighs once it is no warning any more.
func firmly(r *report.Rule) fault.Severity { return r.Weight(calendar.Date{}) }

// spokenOf names the indicators that a rule speaks of, in the order of the form.
func spokenOf(def *report.Definition, r *report.Rule) []api.IndicatorName {
	out := []api.IndicatorName{}
	program, err := lang.Compile(r.Check, func(code string) (lang.Type, bool) {
		if ind := def.Indicator(code); ind != nil {
			return ind.Type.Spoken(), true
		}
		return lang.None, false
	})
	if err != nil {
		return out // was refused when the definition was applied
	}
	named := slices.Concat(program.Names(), program.TotalNames(), program.PrevNames())
	for i := range def.Indicators {
		if ind := &def.Indicators[i]; slices.Contains(named, ind.Code) {
			out = append(out, api.IndicatorName{Code: ind.Code, Name: ind.Name})
		}
	}
	return out
}

// The bounds of a trial.
const (
	mostTried = 5000 // reports that are read, in the order of the roster
	mostShown = 20   // findings of one rule shown of one report
)

// triedReport is a report that counts, with what it is read by.
type triedReport struct {
	agency, name string
	received     *report.Received
	env          ingest.Env
}

// tryRules reads every report that counts in a request again, by a draft of the
// rules, and tells what would become of each. It writes nothing.
func (c *call) tryRules() (any, error) {
	if err := c.may(report.ActApply, ""); err != nil {
		return nil, err
	}
	req, def, day, err := c.formOf(c.path("request"))
	if err != nil {
		return nil, err
	}
	draft, err := c.readDraft(def)
	if err != nil {
		return nil, err
	}
	trial := ingest.NewTrial(def, draft, day)
	reports, left := bounded(c.standing(req))
	out := &api.Trial{Request: req.Code, Definition: report.Ref(def.Code, def.Version), Asked: len(req.Agencies), Left: left}
	lines := newTrialLines(def, trial)
	for _, r := range reports {
		effects, err := c.tryOne(c.ctx(), trial, r)
		if err != nil {
			return nil, err
		}
		out.Read++
		lines.add(r, effects)
	}
	out.Rules = lines.rules
	return out, nil
}

// bounded gives the first reports, as many as one trial reads, and how many are
// left.
func bounded(reports []triedReport) (tried []triedReport, left int) {
	tried = reports[:min(len(reports), mostTried)]
	return tried, len(reports) - len(tried)
}

// readDraft reads the draft in the body.
func (c *call) readDraft(def *report.Definition) (*report.Definition, error) {
	if media, _ := c.media(); !slices.Contains(documentMedia, media) && !unnamed(media) {
		return nil, unsupported(media, "application/yaml, application/json")
	}
	b, err := c.readAll(c.r.Body)
	if err != nil {
		return nil, err
	}
	draft, faults := spec.ParseDraft(cmp.Or(c.fileName(), "rules.yaml"), b, def)
	if faults.Blocks() {
		return nil, faults
	}
	return draft, nil
}

// standing gives the reports that count, in the order of the roster.
func (c *call) standing(req *report.Request) []triedReport {
	var out []triedReport
	c.Books.Read(func(l *report.Ledger) {
		book := l.Request(req.Code)
		for _, agency := range req.Agencies {
			ret := book.Returns()[agency]
			if ret == nil || ret.Standing == nil {
				continue
			}
			a := ret.Attempt(ret.Standing.Upload)
			r := triedReport{agency: agency, name: agency, received: a.Received, env: ingest.EnvOf(l, book, agency)}
			r.env.Forms = &c.forms
			if r.env.Register != nil {
				r.name = r.env.Register.AgencyName(agency)
			}
			out = append(out, r)
		}
	})
	return out
}

// tryOne reads one report twice, when its turn among the checks has come.
func (c *call) tryOne(ctx context.Context, trial *ingest.Trial, r triedReport) ([]ingest.Effect, error) {
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	body, err := c.Files.Get(ctx, r.received.SHA256)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", r.received.SHA256, err)
	}
	up := ingest.Upload{ID: r.received.Upload, Name: r.received.Name, Media: r.received.Media, Via: r.received.Via, Body: body}
	return trial.Read(up, r.env), nil
}

// trialLines gathers the effects on all reports by rule: those that the draft
// changes in its order, then others as they come.
type trialLines struct {
	def   *report.Definition
	rules []api.TriedRule
}

func newTrialLines(def *report.Definition, trial *ingest.Trial) *trialLines {
	t := &trialLines{def: def, rules: []api.TriedRule{}}
	for _, r := range trial.Rules {
		t.rules = append(t.rules, api.TriedRule{
			Rule: r.Code, Version: r.Version, Status: string(r.Status), Severity: firmly(&r.Rule), Text: r.Text, Reports: []api.TriedReport{},
		})
	}
	return t
}

func (t *trialLines) add(r triedReport, effects []ingest.Effect) {
	for _, e := range effects {
		line := t.line(e)
		switch e.Kind {
		case ingest.EffectFails:
			line.Fails++
		case ingest.EffectExplains:
			line.Explains++
		case ingest.EffectNotes:
			line.Notes++
		case ingest.EffectFreed:
			line.Freed++
		}
		shown := e.Findings[:min(len(e.Findings), mostShown)]
		line.Reports = append(line.Reports, api.TriedReport{
			Agency: r.agency, Name: r.name, Upload: r.received.Upload, Effect: string(e.Kind),
			Findings: shown, More: len(e.Findings) - len(shown),
		})
	}
}

// line finds the line of an effect, or begins one for what the draft did not
// change itself: a rule that meets other figures now, or what is no rule's.
func (t *trialLines) line(e ingest.Effect) *api.TriedRule {
	at := slices.IndexFunc(t.rules, func(l api.TriedRule) bool { return l.Rule == e.Rule && l.Code == string(e.Code) })
	if at >= 0 {
		return &t.rules[at]
	}
	line := api.TriedRule{Rule: e.Rule, Code: string(e.Code), Status: "unchanged", Severity: e.Findings[0].Severity, Reports: []api.TriedReport{}}
	for i := range t.def.Rules {
		if r := &t.def.Rules[i]; e.Rule != "" && r.Code == e.Rule {
			line.Version, line.Text = r.Version, r.Text
		}
	}
	if e.Rule == "" {
		line.Text = report.Text{VI: e.Findings[0].VI(), EN: e.Findings[0].EN()}
	}
	t.rules = append(t.rules, line)
	return &t.rules[len(t.rules)-1]
}
