package aggregate

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/report"
)

// The oracle answers from a plain list of facts, one formula for each indicator
// of the test definition, in fractions. It shares no code with the cube.
type oracle struct {
	book   *oracleBook
	roster []string
	heard  map[string]bool
	nils   map[string]bool
	facts  []ofact
}

type ofact struct {
	agency, unit, place, indicator string
	value                          report.Value
}

// What the versions of the register say, by hand: in which order places and units stand,
// and what lies in what.
var (
	oracleRankPlace = map[string][]string{
		"1": {"30", "30T", "290", "288", "10528", "10525", "99999"},
		"2": {"30", "10525", "10528", "288", "290", "30T", "99999"},
	}
	oracleRankUnit = map[string][]string{
		"1": {"bv2", "syt", "sgd", "hpn", "bao", "bv1", "chi-hoi"},
		"2": {"chi-hoi", "bv1", "bao", "hpn", "sgd", "syt", "bv2"},
	}
	oracleAbove = map[string]map[string][]string{
		"1": {"30T": {"30"}, "290": {"30"}, "288": {"30"}, "10528": {"288", "30"}, "10525": {"288", "30"}},
		"2": {"30T": {"30"}, "290": {"30"}, "288": {"30"}, "10528": {"290", "30"}, "10525": {"288", "30"}},
	}
)

func newOracle(book *oracleBook, official bool) *oracle {
	o := &oracle{roster: book.request.Agencies, heard: map[string]bool{}, nils: map[string]bool{}, book: book}
	for _, agency := range o.roster {
		s := book.standing[agency]
		if official {
			s = book.official[agency]
		}
		if s == nil {
			continue
		}
		o.heard[agency], o.nils[agency] = true, s.nothing
		for key, v := range s.says {
			if v.Kind != report.Missing && o.asks(key[2], agency) && !oracleStale(s, key) {
				o.facts = append(o.facts, ofact{agency, key[0], key[1], key[2], v})
			}
		}
		o.computeFor(agency, "total", func(at func(string) report.Value) (report.Value, bool) {
			return oracleAdd(at("sum"), at("dec"))
		})
		o.computeFor(agency, "double", func(at func(string) report.Value) (report.Value, bool) {
			return oracleAdd(at("total"), at("total"))
		})
	}
	places, units := oracleRankPlace[book.request.Registered], oracleRankUnit[book.request.Registered]
	slices.SortFunc(o.facts, func(a, b ofact) int {
		for _, c := range []int{
			slices.Index(o.roster, a.agency) - slices.Index(o.roster, b.agency),
			slices.Index(places, a.place) - slices.Index(places, b.place),
			slices.Index(units, a.unit) - slices.Index(units, b.unit),
		} {
			if c != 0 {
				return c
			}
		}
		return strings.Compare(a.indicator, b.indicator)
	})
	return o
}

// oracleStale reports whether a computed figure that the agency stated rests on
// one that the coordinator has changed since.
func oracleStale(s *oracleSubmission, key [3]string) bool {
	parts := map[string][]string{"total": {"sum", "dec"}, "double": {"total", "sum", "dec"}}[key[2]]
	return !s.adjusted[key] && slices.ContainsFunc(parts, func(part string) bool { return s.adjusted[[3]string{key[0], key[1], part}] })
}

// asks reports whether an agency is asked for an indicator: one is asked of some.
func (o *oracle) asks(indicator, agency string) bool {
	return indicator != "some" || agency == "hpn" || agency == map[string]string{"1": "syt", "2": "sgd"}[o.book.request.Version]
}

// computeFor adds an indicator where the agency did not state it.
func (o *oracle) computeFor(agency, indicator string, formula func(func(string) report.Value) (report.Value, bool)) {
	at := map[[2]string]map[string]report.Value{}
	for _, f := range o.facts {
		if f.agency == agency {
			key := [2]string{f.unit, f.place}
			if at[key] == nil {
				at[key] = map[string]report.Value{}
			}
			at[key][f.indicator] = f.value
		}
	}
	for key, values := range at {
		if _, stated := values[indicator]; stated {
			continue
		}
		if v, ok := formula(func(i string) report.Value { return values[i] }); ok {
			o.facts = append(o.facts, ofact{agency, key[0], key[1], indicator, v})
		}
	}
}

// oracleAdd adds two values; of two that are none the weightier reason is kept.
func oracleAdd(a, b report.Value) (report.Value, bool) {
	for _, reason := range []report.ValueKind{report.Missing, report.NotCollected, report.NotApplicable, report.Nil} {
		if a.Kind == reason || b.Kind == reason {
			return report.Value{Kind: reason}, reason != report.Missing
		}
	}
	sum, err := a.Num.Add(b.Num)
	if err != nil {
		panic(err)
	}
	return report.NumberOf(sum), true
}

// at is which facts a cell is about.
type at struct{ agency, unit, place, below string }

func (o *oracle) choose(w at, indicator string) (figures []ofact, said []report.ValueKind) {
	for _, f := range o.facts {
		if f.indicator != indicator || w.agency != "" && f.agency != w.agency || w.unit != "" && f.unit != w.unit || w.place != "" && f.place != w.place {
			continue
		}
		if w.below != "" && f.place != w.below && !slices.Contains(oracleAbove[o.book.request.Registered][f.place], w.below) {
			continue
		}
		if f.value.IsNone() {
			said = append(said, f.value.Kind)
		} else {
			figures = append(figures, f)
		}
	}
	return figures, said
}

func ofRat(v report.Value) *big.Rat {
	r, ok := new(big.Rat).SetString(v.Num.String())
	if !ok {
		panic(v.Num.String())
	}
	return r
}

// cell gives "value|mark|given|heard|asked".
func (o *oracle) cell(w at, indicator string) string {
	figures, said := o.choose(w, indicator)
	asked, heard, nils := 0, 0, 0
	for _, a := range o.roster {
		if !o.asks(indicator, a) || w.agency != "" && a != w.agency {
			continue
		}
		asked++
		if o.heard[a] {
			heard++
		}
		if o.nils[a] {
			nils++
		}
	}
	given := map[string]bool{}
	for _, f := range figures {
		given[f.agency] = true
	}
	silence := func() string {
		for _, k := range []report.ValueKind{report.NotCollected, report.Nil, report.NotApplicable} {
			if slices.Contains(said, k) {
				return k.String()
			}
		}
		switch {
		case asked == 0:
			return "not_applicable"
		case heard == 0:
			return "missing"
		case nils > 0:
			return "nil"
		}
		return "blank"
	}
	value, mark := "", ""
	switch {
	case indicator == "ratio":
		value, mark, given = o.ratio(w)
		if mark == "silence" {
			mark = o.ratioSilence(w, silence)
		}
	case len(figures) == 0:
		mark = silence()
	case len(figures) == 1:
		value = figures[0].value.String()
	default:
		value, mark = o.roll(indicator, figures)
	}
	if indicator == "dec" && len(figures) > 1 {
		mark = "repeats"
	}
	return fmt.Sprintf("%s|%s|%d|%d|%d", value, mark, len(given), heard, asked)
}

func (o *oracle) ratioSilence(w at, otherwise func() string) string {
	for _, i := range []string{"ratio", "sum", "w"} {
		_, said := o.choose(w, i)
		for _, k := range []report.ValueKind{report.NotCollected, report.Nil, report.NotApplicable} {
			if slices.Contains(said, k) {
				return k.String()
			}
		}
	}
	return otherwise()
}

func (o *oracle) ratio(w at) (value, mark string, given map[string]bool) {
	given = map[string]bool{}
	stated, _ := o.choose(w, "ratio")
	num, saidNum := o.choose(w, "sum")
	den, _ := o.choose(w, "w")
	agencies := func(facts []ofact) map[string]bool {
		out := map[string]bool{}
		for _, f := range facts {
			out[f.agency] = true
		}
		return out
	}
	nums, dens := agencies(num), agencies(den)
	for a := range agencies(stated) {
		given[a] = true
	}
	for a := range nums {
		if dens[a] {
			given[a] = true
		}
	}
	spots := map[[3]string]bool{}
	for _, f := range slices.Concat(stated, num, den) {
		spots[[3]string{f.agency, f.unit, f.place}] = true
	}
	switch {
	case len(spots) == 0:
		return "", "silence", given
	case len(spots) == 1 && len(stated) == 1:
		return stated[0].value.String(), "", given
	}
	total := func(facts []ofact) *big.Rat {
		sum := new(big.Rat)
		for _, f := range facts {
			sum.Add(sum, ofRat(f.value))
		}
		return sum
	}
	nilNum := len(num) == 0 && slices.Contains(saidNum, report.Nil) && !slices.Contains(saidNum, report.NotCollected)
	if len(num) == 0 && len(saidNum) == 0 {
		for _, a := range o.roster {
			nilNum = nilNum || o.nils[a] && (w.agency == "" || w.agency == a)
		}
	}
	if len(den) == 0 || total(den).Sign() == 0 || len(num) == 0 && !nilNum {
		return "", "undefined", given
	}
	r := new(big.Rat).Quo(new(big.Rat).Mul(big.NewRat(100, 1), total(num)), total(den))
	return oracleRound(r, 1), "", given
}

// oracleRound rounds half to even by looking at the digits one further.
func oracleRound(r *big.Rat, scale int) string {
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	x := new(big.Rat).Mul(r, ten)
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean: down, for a positive denominator
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	c := rest.Cmp(big.NewRat(1, 2))
	if c > 0 || c == 0 && floor.Bit(0) == 1 {
		floor.Add(floor, big.NewInt(1))
	}
	return oracleExact(new(big.Rat).Quo(new(big.Rat).SetInt(floor), ten))
}

// oracleExact writes a fraction that is a decimal.
func oracleExact(r *big.Rat) string {
	s := r.FloatString(18)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// roll applies the formula of an indicator to two figures or more.
func (o *oracle) roll(indicator string, figures []ofact) (value, mark string) {
	distinct := func(key func(ofact) string) []string {
		var out []string
		for _, f := range figures {
			if k := key(f); !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
		return out
	}
	byAgency := distinct(func(f ofact) string { return f.agency })
	of := func(agency string) (out []ofact) {
		for _, f := range figures {
			if f.agency == agency {
				out = append(out, f)
			}
		}
		return out
	}
	lastPlace := func(f []ofact) (out []ofact) {
		for _, g := range f {
			if g.place == f[len(f)-1].place {
				out = append(out, g)
			}
		}
		return out
	}
	firstPlace := func(f []ofact) (out []ofact) {
		for _, g := range f {
			if g.place == f[0].place {
				out = append(out, g)
			}
		}
		return out
	}
	sum := new(big.Rat)
	switch indicator {
	case "sum", "dec", "w", "total", "double", "some":
		for _, f := range figures {
			sum.Add(sum, ofRat(f.value))
		}
		return oracleExact(sum), ""
	case "min", "max":
		best := ofRat(figures[0].value)
		for _, f := range figures {
			if c := ofRat(f.value).Cmp(best); c < 0 && indicator == "min" || c > 0 && indicator == "max" {
				best = ofRat(f.value)
			}
		}
		return oracleExact(best), ""
	case "lastfirst": // the last agency, its first place, the last unit there
		f := firstPlace(of(byAgency[len(byAgency)-1]))
		return f[len(f)-1].value.String(), ""
	case "sumlast": // over agencies, the units at each one's last place
		for _, a := range byAgency {
			for _, f := range lastPlace(of(a)) {
				sum.Add(sum, ofRat(f.value))
			}
		}
		return oracleExact(sum), ""
	case "none":
		if len(byAgency) > 1 || len(distinct(func(f ofact) string { return f.unit })) > 1 {
			return "", "not_additive"
		}
		for _, f := range figures {
			sum.Add(sum, ofRat(f.value))
		}
		return oracleExact(sum), ""
	case "noplace":
		if len(distinct(func(f ofact) string { return f.place })) > 1 {
			return "", "not_additive"
		}
		for _, f := range figures {
			sum.Add(sum, ofRat(f.value))
		}
		return oracleExact(sum), ""
	case "all", "any":
		yes := 0
		for _, f := range figures {
			if f.value.Yes {
				yes++
			}
		}
		return fmt.Sprint(indicator == "all" && yes == len(figures) || indicator == "any" && yes > 0), ""
	case "text":
		var texts []string
		for _, f := range figures {
			texts = append(texts, f.value.Text)
		}
		return strings.Join(texts, "\n"), ""
	case "plain":
		for _, f := range figures {
			sum.Add(sum, ofRat(f.value))
		}
		return oracleRound(sum.Quo(sum, big.NewRat(int64(len(figures)), 1)), 1), ""
	case "mean":
		return o.mean(figures)
	case "meansum":
		return o.meanSum(figures, byAgency)
	}
	panic(indicator)
}

// weight gives the weight of a figure: the fact w of the same agency, unit and place.
func (o *oracle) weight(f ofact) *big.Rat {
	for _, w := range o.facts {
		if w.indicator == "w" && w.agency == f.agency && w.unit == f.unit && w.place == f.place {
			switch w.value.Kind {
			case report.Number:
				return ofRat(w.value)
			case report.Nil:
				return new(big.Rat)
			}
		}
	}
	return nil
}

func (o *oracle) mean(figures []ofact) (string, string) {
	sum, weight := new(big.Rat), new(big.Rat)
	for _, f := range figures {
		w := o.weight(f)
		if w == nil {
			return "", "undefined"
		}
		sum.Add(sum, new(big.Rat).Mul(w, ofRat(f.value)))
		weight.Add(weight, w)
	}
	if weight.Sign() == 0 {
		return "", "undefined"
	}
	return oracleRound(sum.Quo(sum, weight), 2), ""
}

// meanSum: units at a place by weighted mean, places of an agency by sum,
// agencies by weighted mean; exact until the end.
func (o *oracle) meanSum(figures []ofact, agencies []string) (string, string) {
	type weighed struct{ value, weight *big.Rat }
	mean := func(in []weighed) (weighed, bool) {
		if len(in) == 1 {
			return in[0], true
		}
		sum, weight := new(big.Rat), new(big.Rat)
		for _, x := range in {
			if x.weight == nil {
				return weighed{}, false
			}
			weight.Add(weight, x.weight)
			if x.weight.Sign() != 0 {
				if x.value == nil {
					return weighed{}, false
				}
				sum.Add(sum, new(big.Rat).Mul(x.weight, x.value))
			}
		}
		if weight.Sign() == 0 {
			return weighed{nil, weight}, true
		}
		return weighed{sum.Quo(sum, weight), weight}, true
	}
	averaged := len(agencies) > 1
	var perAgency []weighed
	for _, a := range agencies {
		var places []string
		byPlace := map[string][]weighed{}
		for _, f := range figures {
			if f.agency != a {
				continue
			}
			if byPlace[f.place] == nil {
				places = append(places, f.place)
			}
			byPlace[f.place] = append(byPlace[f.place], weighed{ofRat(f.value), o.weight(f)})
		}
		total := weighed{new(big.Rat), new(big.Rat)}
		for _, p := range places {
			averaged = averaged || len(byPlace[p]) > 1
			m, ok := mean(byPlace[p])
			if !ok {
				m = weighed{nil, nil}
				for _, x := range byPlace[p] {
					if x.weight == nil {
						m.weight = nil
						break
					}
					if m.weight == nil {
						m.weight = new(big.Rat)
					}
					m.weight.Add(m.weight, x.weight)
				}
			}
			if m.value == nil || total.value == nil {
				total.value = nil
			} else {
				total.value = new(big.Rat).Add(total.value, m.value)
			}
			if m.weight == nil || total.weight == nil {
				total.weight = nil
			} else {
				total.weight = new(big.Rat).Add(total.weight, m.weight)
			}
		}
		perAgency = append(perAgency, total)
	}
	m, ok := mean(perAgency)
	if !ok || m.value == nil {
		return "", "undefined"
	}
	if averaged {
		return oracleRound(m.value, 2), ""
	}
	return oracleExact(m.value), ""
}

func cellText(c report.Cell) string {
	return fmt.Sprintf("%s|%s|%d|%d|%d", c.Value.String(), c.Mark, c.Given, c.Heard, c.Asked)
}

// check compares every cell of a summary with the oracle.
func (o *oracle) check(t testing.TB, s *report.Summary, where string) {
	t.Helper()
	same := func(axis string, w at, indicator string, c report.Cell) {
		t.Helper()
		if got, want := cellText(c), o.cell(w, indicator); got != want {
			t.Fatalf("%s: %s %+v %s: got %s, want %s", where, axis, w, indicator, got, want)
		}
	}
	for i, c := range s.Total {
		same("total", at{}, i, c)
	}
	for k, c := range s.ByAgency {
		same("agency", at{agency: k[1]}, k[0], c)
	}
	for k, c := range s.ByPlace {
		same("place", at{place: k[1]}, k[0], c)
	}
	for k, c := range s.ByLevel {
		same("level", at{below: k[1]}, k[0], c)
	}
	for k, c := range s.AgencyPlace {
		same("agency and place", at{agency: k[1], place: k[2]}, k[0], c)
	}
	for _, f := range o.facts {
		if _, there := s.AgencyPlace[[3]string{f.indicator, f.agency, f.place}]; !there {
			t.Fatalf("no cell for %+v", f)
		}
		if _, there := s.ByPlace[[2]string{f.indicator, f.place}]; !there {
			t.Fatalf("no cell by place for %+v", f)
		}
		for _, up := range oracleAbove[o.book.request.Registered][f.place] {
			if _, there := s.ByLevel[[2]string{f.indicator, up}]; !there {
				t.Fatalf("no cell by level %s for %+v", up, f)
			}
		}
	}
}

// TestCubeAgainstOracle compares every cell after every event.
func TestCubeAgainstOracle(t *testing.T) {
	for seed := range seeds(t, 60) {
		h := randomHistory(seed, 14)
		f := &fold{}
		for n, e := range h.events {
			f.take(e)
			for _, official := range []bool{false, true} {
				s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, official)
				if n < 2 {
					continue // not asked for yet
				}
				if err != nil {
					t.Fatalf("seed %d, event %d: %v", seed, n, err)
				}
				newOracle(f.journal().book(testRequest, time.Time{}), official).check(t, s, fmt.Sprintf("seed %d, event %d", seed, n))
			}
		}
	}
}
