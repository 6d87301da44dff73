package aggregate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tonghop/report"
	"tonghop/report/decimal"
)

// Joint is what two agencies both report of one place, in the very same figures: likely one
// event of which each counts all, as gifts that two bodies gave together.
type Joint struct {
	Place    string        `json:"place"`    // code
	Agencies [2]string     `json:"agencies"` // in the order of the roster
	Figures  []JointFigure `json:"figures"`  // in the order of the definition; one of them at least may be counted twice by its definition
}

// JointFigure is a figure that both have, with the cells side by side.
type JointFigure struct {
	Indicator string          `json:"indicator"`
	Value     string          `json:"value"` // canonical decimal, or words
	Sides     [2]SourceFigure `json:"sides"` // in the order of the agencies
}

// JointReport is all of them for a request.
type JointReport struct {
	Request     string    `json:"request"`
	AsOf        time.Time `json:"asOf"`
	Official    bool      `json:"official"`
	Provisional bool      `json:"provisional"`
	Joint       []Joint   `json:"joint"` // by place, then agencies

	// Definition and Register are those by which the figures were counted.
	Definition *report.Definition `json:"-"`
	Register   *report.Register   `json:"-"`
}

// Joint looks for what two agencies both report, among indicators that may count something
// twice (see [report.Indicator.Repeats]) and those that two have in common beside them.
// Figures are alike by chance as well, small ones above all, so that a pair must have as
// many digits in common as it takes for less than one in ten such lists to have a pair by
// chance. What is wrong with the question is a [fault.Fault].
func (s *State) Joint(l *report.Ledger, request string, asOf time.Time, official bool) (*JointReport, error) {
	f := s.at(l, request, asOf)
	if f == nil {
		return nil, notCounted(l, request, asOf)
	}
	c := f.outlook(official, f.moment(asOf))
	return &JointReport{
		Request: request, AsOf: f.moment(asOf), Official: c.official, Provisional: c.provisional,
		Definition: f.definition, Register: f.register, Joint: c.joint(),
	}, nil
}

// pairAt is two agencies, in the order of the roster, at a place.
type pairAt struct{ place, a, b int32 }

// bothSay is what two agencies both say at a place.
type bothSay struct {
	indicator int32
	sides     [2]twig
}

// joint gives the pairs of the cube.
func (c *cube) joint() []Joint {
	alike, compared := c.alike()
	const fewest = 3
	enough := max(fewest, 1+len(strconv.Itoa(compared))) // digits in common
	out := []Joint{}
	for _, at := range c.sortedPairs(alike) {
		if digitsIn(alike[at]) < enough {
			continue
		}
		j := Joint{Place: c.places[at.place].code, Agencies: [2]string{c.request.Agencies[at.a], c.request.Agencies[at.b]}}
		for _, both := range alike[at] {
			j.Figures = append(j.Figures, JointFigure{
				Indicator: c.plans[both.indicator].Code, Value: *textOf(both.sides[0].value()),
				Sides: [2]SourceFigure{c.sourceFigure(both.sides[0]), c.sourceFigure(both.sides[1])},
			})
		}
		out = append(out, j)
	}
	return out
}

// digitsIn counts what speaks for one event, a value once: where 28 people have one gift each
// it comes again.
func digitsIn(alike []bothSay) int {
	digits, seen := 0, map[string]bool{}
	for _, both := range alike {
		v := both.sides[0].value()
		if words := wordsAlike(v); !seen[words] {
			seen[words] = true
			digits += evidenceOf(v)
		}
	}
	return digits
}

// alike gives what pairs of agencies both say, at places where it is of an indicator that
// may count twice; and how many figures of these indicators were held against each other.
func (c *cube) alike() (map[pairAt][]bothSay, int) {
	out, compared := map[pairAt][]bothSay{}, 0
	for i := range c.plans {
		if c.plans[i].Repeats {
			compared += c.alikeIn(int32(i), func(at pairAt, both bothSay) { out[at] = append(out[at], both) })
		}
	}
	if len(out) == 0 {
		return out, compared
	}
	for i := range c.plans {
		if p := &c.plans[i]; p.Repeats || p.agency != report.RollSum && p.agency != report.RollList {
			continue
		}
		c.alikeIn(int32(i), func(at pairAt, both bothSay) {
			if out[at] != nil {
				out[at] = append(out[at], both)
			}
		})
	}
	for _, both := range out {
		slices.SortFunc(both, func(a, b bothSay) int { return cmp.Compare(a.indicator, b.indicator) })
	}
	return out, compared
}

// alikeIn gives what pairs of agencies both say of an indicator, each pair at a place once, and
// counts the pairs that were held against each other.
func (c *cube) alikeIn(indicator int32, give func(pairAt, bothSay)) (compared int) {
	type said struct {
		place int32
		words string
	}
	by := map[said][]twig{}
	var order []said
	agencies := map[int32]int{} // with a figure, by place
	for _, part := range c.parts {
		if part == nil {
			continue
		}
		leaves, last := part.of(indicator), all
		for k := range leaves {
			t := twig{&leaves[k], part}
			words := wordsAlike(t.value())
			if !t.stated() || words == "" {
				continue
			}
			if t.place != last { // leaves of a place stand together
				agencies[t.place]++
				last = t.place
			}
			key := said{t.place, words}
			if by[key] == nil {
				order = append(order, key)
			}
			if n := len(by[key]); n == 0 || by[key][n-1].agency() != t.agency() {
				by[key] = append(by[key], t)
			}
		}
	}
	for _, n := range agencies {
		compared += n * (n - 1) / 2
	}
	const most = 9 // what more agencies say is a common figure, and no event of two
	for _, key := range order {
		if len(by[key]) > most {
			continue
		}
		for i, a := range by[key] {
			for _, b := range by[key][i+1:] {
				give(pairAt{key.place, a.agency(), b.agency()}, bothSay{indicator, [2]twig{a, b}})
			}
		}
	}
	return compared
}

// jointNotes says of each pair what both have.
func (c *cube) jointNotes() []report.Note {
	var out []report.Note
	for _, j := range c.joint() {
		var figures []string
		for _, f := range j.Figures {
			figures = append(figures, f.Indicator+" = "+f.Sides[0].words())
		}
		out = append(out, report.Note{
			Kind: NoteJoint, Agency: j.Agencies[0], Place: j.Place, Indicator: j.Figures[0].Indicator,
			Words: "Giống hệt số của " + c.register.AgencyName(j.Agencies[1]) + " tại cùng địa bàn: " + strings.Join(figures, "; ") + ". Có thể là một việc được hai đơn vị cùng tính.",
		})
	}
	return out
}

// words shows the value of a source to a Vietnamese reader.
func (s *SourceFigure) words() string {
	if d, err := decimal.Parse(*s.Value); err == nil {
		return decimal.FormatVI(d, 0)
	}
	return "“" + *s.Value + "”"
}

// sortedPairs gives pairs by place, then agencies.
func (c *cube) sortedPairs(alike map[pairAt][]bothSay) []pairAt {
	out := make([]pairAt, 0, len(alike))
	for at := range alike {
		out = append(out, at)
	}
	slices.SortFunc(out, func(x, y pairAt) int {
		return cmp.Or(c.comparePlaces(x.place, y.place), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return out
}

// wordsAlike spells a value to be held against others: "" for what nobody counts twice, and
// for a figure of one digit, which many have.
func wordsAlike(v report.Value) string {
	if evidenceOf(v) < 2 {
		return ""
	}
	if v.Kind == report.Words {
		return strings.ToLower(strings.Join(strings.Fields(v.Text), " "))
	}
	return v.Num.String()
}

// evidenceOf gives how many digits a value has that say something: those of a number without
// the noughts at its ends; words, which hardly anybody writes twice by chance, have a digit for
// each four letters.
func evidenceOf(v report.Value) int {
	switch v.Kind {
	case report.Number:
		return len(significant(v.Num))
	case report.Words:
		letters := 0
		for _, r := range v.Text {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		const each = 4
		return letters / each
	}
	return 0
}

// significant gives the digits of a number without the noughts at its ends.
func significant(d decimal.Decimal) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, d.String()), "0")
}
