package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// What is done to a history that must change nothing, or all figures in one known way.

// story is a history with a question about it.
type story struct {
	name   string
	rng    *rand.Rand
	events []*report.Event
	q      Query
	tables []overTable
}

// stories gives a history of each world, by seed.
func stories(seed uint64) []story {
	one := randomHistory(seed, 12)
	time := randomTimeHistory(seed, 10)
	maps := randomMapHistory(seed, 8)
	maps.busy = false
	w := overWindows[time.rng.IntN(len(overWindows))]
	return []story{
		{"one request", one.rng, one.events, Query{Request: testRequest, Official: one.rng.IntN(3) == 0}, []overTable{
			{nil, ""}, {[]string{ByAgency}, ""}, {[]string{ByPlace}, "district"}, {[]string{ByAgency, ByPlace}, ""}, {[]string{ByUnit, ByPlace}, ""}, {[]string{ByGroup}, ""}}},
		{"over time", time.rng, time.events, Query{Request: time.asks[0].Code, Window: w}, overTables},
		{"under maps", maps.rng, maps.events, Query{Request: maps.asks[0].Code, Window: maps.window(), Map: maps.view()}, mapTables},
	}
}

// eachStory plays the stories of some seeds before and after a change, and compares what is
// answered line by line; said puts a row after the change as it must have been before.
func eachStory(t *testing.T, n uint64, change func(*story) []*report.Event, said func(*story, *Row)) {
	t.Helper()
	rows := 0
	for seed := range seeds(t, n) {
		for _, s := range stories(seed) {
			s.events = untied(s.events)
			before, after := folded(s.events), folded(change(&s))
			for _, table := range s.tables {
				s.q.By, s.q.Level = table.by, table.level
				r, err := before.state.Rollup(&before.ledger, s.q)
				got, wrong := after.state.Rollup(&after.ledger, s.q)
				if (err == nil) != (wrong == nil) {
					t.Fatalf("seed %d, %s, %v: %v, and after the change %v", seed, s.name, table, err, wrong)
				}
				if err != nil {
					continue // a level that this map does not have, or a time of no request
				}
				if len(got.Rows) != len(r.Rows) {
					t.Fatalf("seed %d, %s, %v: %d rows, and after the change %d", seed, s.name, table, len(r.Rows), len(got.Rows))
				}
				for i := range r.Rows {
					said(&s, &got.Rows[i])
					if x, y := &r.Rows[i], &got.Rows[i]; figureKeyOf(x) != figureKeyOf(y) || rowText(x) != rowText(y) {
						t.Fatalf("seed %d, %s, %v: %+v %s, and after the change %+v %s", seed, s.name, table, figureKeyOf(x), rowText(x), figureKeyOf(y), rowText(y))
					}
					rows++
				}
			}
		}
	}
	if rows < 2000 && *seedFlag == 0 {
		t.Errorf("only %d rows were compared", rows)
	}
}

// untied leaves out of the revisions of a request with one number all but the first: which of
// them holds is told by their hashes, and these change with their content.
func untied(events []*report.Event) (out []*report.Event) {
	seen := map[string]bool{}
	for _, e := range events {
		if a, is := e.Body.(*report.RequestApplied); is {
			key := fmt.Sprint(e.Key.Name, " ", a.Revision)
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		out = append(out, e)
	}
	return out
}

// rewritten gives events with other keys and bodies, those that refer to others with their new
// identities.
func rewritten(events []*report.Event, key func(report.Key) report.Key, body func(report.Body) report.Body) (out []*report.Event) {
	ids := map[string]string{}
	for _, e := range events {
		b := body(e.Body)
		switch a := b.(type) {
		case *report.Withdrawn:
			again := *a
			again.Submission, b = ids[a.Submission], &again
		case *report.Approved:
			again := *a
			again.Submission, b = ids[a.Submission], &again
		case *report.Returned:
			again := *a
			again.Submission, b = ids[a.Submission], &again
		case *report.Adjusted:
			again := *a
			again.Submission, b = ids[a.Submission], &again
		}
		other := &report.Event{Key: key(e.Key), At: e.At, Actor: e.Actor, Body: b}
		if err := codec.Seal(other); err != nil {
			panic(err)
		}
		ids[e.ID] = other.ID
		out = append(out, other)
	}
	return out
}

func sameKey(k report.Key) report.Key { return k }

// drafted gives an outcome with other facts.
func drafted(b *report.Checked, fact func(report.Fact) report.Fact) *report.Checked {
	out := *b
	all := b.Draft.Facts.List()
	for i := range all {
		all[i] = fact(all[i])
	}
	out.Draft.Facts = report.FactsOf(all)
	return &out
}

// TestRenamingAnAgencyChangesNothing: codes are names of agencies, and say nothing else.
func TestRenamingAnAgencyChangesNothing(t *testing.T) {
	const mark = "x-"
	named := func(code string) string {
		if code == "" {
			return ""
		}
		return mark + code
	}
	all := func(codes []string) (out []string) {
		for _, c := range codes {
			out = append(out, named(c))
		}
		return out
	}
	back := func(code **string) {
		if *code != nil {
			own := strings.TrimPrefix(**code, mark)
			*code = &own
		}
	}
	eachStory(t, 12, func(s *story) []*report.Event {
		return rewritten(s.events, func(k report.Key) report.Key { k.Agency = named(k.Agency); return k }, func(b report.Body) report.Body {
			switch a := b.(type) {
			case *report.DefinitionApplied:
				def := *a.Definition
				def.Indicators = slices.Clone(def.Indicators)
				for i := range def.Indicators {
					def.Indicators[i].Agencies = all(def.Indicators[i].Agencies)
				}
				return &report.DefinitionApplied{Definition: &def}
			case *report.RegisterApplied:
				reg := *a.Register
				reg.Agencies = slices.Clone(reg.Agencies)
				for i := range reg.Agencies {
					reg.Agencies[i].Code, reg.Agencies[i].Parent = named(reg.Agencies[i].Code), named(reg.Agencies[i].Parent)
				}
				return &report.RegisterApplied{Register: reg.Index()}
			case *report.RequestApplied:
				req := *a.Request
				req.Agencies = all(req.Agencies)
				return &report.RequestApplied{Revision: a.Revision, Request: &req}
			case *report.Checked:
				return drafted(a, func(f report.Fact) report.Fact { f.Unit = named(f.Unit); return f })
			case *report.Adjusted:
				other := *a
				other.Unit = named(a.Unit)
				return &other
			}
			return b
		})
	}, func(_ *story, r *Row) {
		back(&r.Agency)
		back(&r.Group)
		back(&r.Unit)
	})
}

// TestScalingAUnitScalesFigures: in a unit ten times as large every figure is a tenth, to the same
// digit; what is made of two, and what is no number, is what it was.
func TestScalingAUnitScalesFigures(t *testing.T) {
	var scaled map[string]bool // indicators
	tenth := func(d decimal.Decimal) decimal.Decimal {
		out, err := d.Shift(-1)
		if err != nil {
			panic(err)
		}
		return out
	}
	eachStory(t, 12, func(s *story) []*report.Event {
		scaled = map[string]bool{}
		return rewritten(s.events, sameKey, func(b report.Body) report.Body {
			switch a := b.(type) {
			case *report.DefinitionApplied:
				def := *a.Definition
				def.Indicators = slices.Clone(def.Indicators)
				for i := range def.Indicators {
					if ind := &def.Indicators[i]; ind.IsNumber() && ind.Num == "" {
						scaled[ind.Code] = true
						ind.Type, ind.Scale = report.TypeDec, ind.Scale+1
					}
				}
				return &report.DefinitionApplied{Definition: &def}
			case *report.Checked:
				return drafted(a, func(f report.Fact) report.Fact {
					if scaled[f.Indicator] && f.Value.Kind == report.Number {
						f.Value = report.NumberOf(tenth(f.Value.Num))
					}
					return f
				})
			case *report.Adjusted:
				other := *a
				other.New, other.Old = tenth(a.New), nil
				return &other
			}
			return b
		})
	}, func(_ *story, r *Row) {
		if !scaled[r.Indicator] || r.Value == nil {
			return
		}
		d, err := decimal.Parse(*r.Value)
		if err != nil {
			return // what was a yes or no in an earlier version
		}
		ten, err := d.Shift(1)
		if err != nil {
			t.Fatal(err)
		}
		own := ten.String()
		r.Value = &own
	})
}

// TestOtherOrdersChangeNothing: permuted, repeated, split over two journals and merged, a history
// gives the same answers in every world.
func TestOtherOrdersChangeNothing(t *testing.T) {
	eachStory(t, 12, func(s *story) []*report.Event { return scrambled(s.rng, s.events) }, func(*story, *Row) {})
}

// TestANilReportAddsNothing: an agency more that says that nothing occurred is asked and heard, and
// every figure stays, in one request as over time.
func TestANilReportAddsNothing(t *testing.T) {
	compared := 0
	for seed := range seeds(t, 60) {
		h := newHistory(seed)
		for range 8 {
			h.step()
		}
		h.request(9, false, "syt", "sgd", "hpn")
		figures := func() map[string]string {
			f, out := folded(h.events), map[string]string{}
			for _, by := range [][]string{nil, {ByAgency}, {ByPlace}, {ByAgency, ByPlace}, {ByUnit}} {
				r, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: by})
				if err != nil {
					t.Fatal(err)
				}
				for i := range r.Rows {
					if row := &r.Rows[i]; row.Value != nil {
						out[fmt.Sprint(by, figureKeyOf(row))] = fmt.Sprint(*row.Value, row.Mark, row.Given)
					}
				}
				out[fmt.Sprint("heard", by)] = fmt.Sprint(r.Heard, r.Asked)
			}
			return out
		}
		h.add(report.RequestKey(testRequest), &report.Reopened{Reason: "có đơn vị gửi bổ sung"})
		before := figures()
		h.request(10, false, "syt", "sgd", "hpn", "mt") // who comes last is first nowhere
		h.submit("mt", report.Draft{Nil: true})
		after := figures()
		var heard, asked, heardNow, askedNow int
		fmt.Sscan(before["heard[]"], &heard, &asked)
		fmt.Sscan(after["heard[]"], &heardNow, &askedNow)
		if heardNow != heard+1 || askedNow != asked+1 {
			t.Fatalf("seed %d: heard %s, then %s", seed, before["heard[]"], after["heard[]"])
		}
		for key, was := range before {
			if is := after[key]; !strings.HasPrefix(key, "heard") && is != was {
				t.Fatalf("seed %d: %s is %s, was %s", seed, key, is, was)
			}
			compared++
		}
	}
	if compared < 1000 && *seedFlag == 0 {
		t.Errorf("only %d figures were compared", compared)
	}
}
