package aggregate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// Question asks how one figure came about: a row of a [Rollup] pointed at. An
// axis left empty is summed over.
type Question struct {
	Request   string
	Window    // as of the [Query]
	Map       MapView
	Agency    string
	Unit      string
	Place     string // with all that lies below it where nothing was reported at the place itself
	Level     string // the level of the table the place stood in, as in [Query]
	Indicator string
	AsOf      time.Time // zero: now
	Official  bool      // approved figures only
}

// Explanation is how a figure came about. For a sum the values of the sources
// add up to the value; for a ratio, a mean or a computed figure they are those
// of its parts, each with its indicator.
type Explanation struct {
	Request     string      `json:"request"`
	AsOf        time.Time   `json:"asOf"`
	Official    bool        `json:"official"`    // as the [Rollup] it stands in
	Provisional bool        `json:"provisional"` // likewise
	Agency      *string     `json:"agency"`
	Place       *string     `json:"place"`
	Indicator   string      `json:"indicator"`
	Value       *string     `json:"value"`
	Mark        report.Mark `json:"mark,omitempty"`
	Heard       int         `json:"heard"`
	Asked       int         `json:"asked"`
	Given       int         `json:"given"`
	Reports     *Count      `json:"reports,omitempty"` // of a [Window], as of the [Row]
	Over        *Over       `json:"over,omitempty"`    // likewise
	Mapped      *Mapped     `json:"map,omitempty"`     // as of the [Rollup]

	// Definition and Register are those by which the figure was counted.
	Definition *report.Definition `json:"-"`
	Register   *report.Register   `json:"-"`

	How     report.Text    `json:"how"`
	Sources []SourceFigure `json:"sources"` // by indicator, agency, place, unit, period
}

// SourceFigure is a cell of an agency's report that a figure rests on.
type SourceFigure struct {
	Request   string      `json:"request,omitempty"` // of a [Window]: the part it is of
	Period    string      `json:"period,omitempty"`  // likewise
	Agency    string      `json:"agency"`
	Unit      string      `json:"unit"`
	Place     string      `json:"place"`
	Indicator string      `json:"indicator"`
	Version   int         `json:"version"` // of the submission
	Upload    string      `json:"upload"`
	File      string      `json:"file"`  // name of the file, "" for a form
	Sheet     string      `json:"sheet"` // of the cell; "" for a form
	Cell      string      `json:"cell"`
	Text      string      `json:"text"`  // what stood there
	Value     *string     `json:"value"` // what was read, or what it was adjusted to
	Mark      report.Mark `json:"mark,omitempty"`
	Adjusted  bool        `json:"adjusted,omitempty"`
	// Share is how much of the value counts, "1/3", where it is divided among places
	// under another map; null: all.
	Share *string `json:"share,omitempty"`

	Adjustments []Adjustment `json:"adjustments,omitempty"` // in order of time: the last holds
}

// Adjustment is a change of a source's value by the coordinator's hand.
type Adjustment struct {
	At     time.Time    `json:"at"`
	Actor  report.Actor `json:"actor"`
	Old    *string      `json:"old"` // null: there was no figure
	New    string       `json:"new"`
	Reason string       `json:"reason"`
}

// Explain answers a question. What is wrong with it is a [fault.Fault].
func (s *State) Explain(l *report.Ledger, q Question) (*Explanation, error) {
	whole, err := s.scope(l, q.Request, q.Window, q.Map, q.AsOf, q.Official)
	if err != nil {
		return nil, err
	}
	i := whole.position(q.Indicator)
	if i < 0 {
		return nil, wrongParameter("indicator", q.Indicator, "mã chỉ tiêu của biểu mẫu", "the code of an indicator of the definition")
	}
	c := whole.cube
	at, err := q.spot(c)
	if err != nil {
		return nil, err
	}
	row := c.row(at, i, c.cell(at, i))
	out := &Explanation{
		Request: q.Request, AsOf: whole.asOf, Official: whole.official, Provisional: whole.provisional, Over: whole.over, Mapped: whole.mapped,
		Definition: whole.definition, Register: whole.register,
		Agency: row.Agency, Place: row.Place, Indicator: q.Indicator,
		Value: row.Value, Mark: row.Mark, Heard: row.Heard, Asked: row.Asked, Given: row.Given, Reports: row.Reports,
	}
	if whole.over != nil && at.agency != all {
		only := make([]bool, len(c.request.Agencies))
		only[at.agency] = true
		out.Over = whole.overOf(only)
	}
	out.Sources = []SourceFigure{}
	if t := whole.tiling; t != nil {
		origins := t.evidence(c, at, i)
		out.How = t.how(c, at, i, origins)
		for _, o := range origins {
			out.Sources = append(out.Sources, t.sourceFigure(o))
		}
		return out, nil
	}
	leaves := c.evidence(at, i)
	out.How = c.how(at, i, leaves)
	for _, l := range leaves {
		out.Sources = append(out.Sources, c.sourceFigure(l))
	}
	return out, nil
}

// spot finds the cell the question points at.
func (q *Question) spot(c *cube) (spot, error) {
	at := everything
	if q.Agency != "" {
		a, asked := c.agencies[q.Agency]
		if !asked {
			return at, fault.New(fault.AgencyNotAsked, fault.A("agency", c.register.AgencyName(q.Agency)), fault.A("request", q.Request))
		}
		at.agency = a
	}
	if q.Unit != "" {
		u, reported := c.unitAt[q.Unit]
		if !reported {
			return at, wrongParameter("unit", q.Unit, "mã đơn vị có số liệu", "the code of a unit with figures")
		}
		at.unit = u
	}
	if q.Place != "" {
		p, reported := c.placeAt[q.Place]
		if !reported {
			return at, wrongParameter("place", q.Place, "mã địa bàn có số liệu", "the code of a place with figures")
		}
		at.place = p
		at.below = c.isBare(at) || q.Level != "" && c.places[p].level == q.Level
	}
	return at, nil
}

// evidence gives the leaves a cell rests on that stand in a paper: for what is
// computed or recomputed, those of its parts.
func (c *cube) evidence(at spot, i int32) []twig {
	seen := map[*leaf]bool{}
	var out []twig
	for _, k := range c.restsOn(i) {
		for _, l := range c.leavesAt(at, k) {
			for _, stands := range c.standing(l) {
				if !seen[stands.leaf] {
					seen[stands.leaf] = true
					out = append(out, stands)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b twig) int { return int(a.indicator) - int(b.indicator) })
	return out
}

// restsOn gives the indicators whose figures go into a cell of one.
func (f *frame) restsOn(i int32) []int32 {
	p := &f.plans[i]
	out := []int32{i}
	switch {
	case p.ratio:
		out = append(out, p.num, p.den)
	case p.isWeighed() && p.weight >= 0:
		out = append(out, p.weight)
	}
	return out
}

// standing gives the leaves in the paper behind a leaf: itself, or the inputs it
// was computed from.
func (c *cube) standing(l twig) []twig {
	if l.stated() {
		return []twig{l}
	}
	var out []twig
	for _, k := range c.inputs(l.indicator) {
		if twin, known := c.twin(l, k); known && twin.stated() {
			out = append(out, twin)
		}
	}
	return out
}

func (c *cube) sourceFigure(l twig) SourceFigure {
	line, says := c.source(l), l.saying()
	return SourceFigure{
		Agency: line.Agency, Unit: line.Unit, Place: line.Place, Indicator: line.Indicator,
		Version: line.Version, Upload: line.Upload, File: line.File,
		Sheet: line.Source.Sheet, Cell: line.Source.Cell, Text: line.Source.Text,
		Value: textOf(says.value), Mark: says.voice(), Adjusted: line.Adjusted,
		Adjustments: adjustmentsOf(l.part.submission, &line.Fact),
	}
}

// adjustmentsOf gives what was changed of a figure, by whom and why.
func adjustmentsOf(s *report.Submission, f *report.Fact) []Adjustment {
	var out []Adjustment
	for _, a := range s.Adjustments {
		if a.Unit != f.Unit || a.Place != f.Place || a.Indicator != f.Indicator {
			continue
		}
		one := Adjustment{At: a.At, Actor: a.Actor, New: a.New.String(), Reason: a.Reason}
		if a.Old != nil {
			old := a.Old.String()
			one.Old = &old
		}
		out = append(out, one)
	}
	return out
}

// how says in words how a cell came about.
func (c *cube) how(at spot, i int32, evidence []twig) report.Text {
	p := &c.plans[i]
	figures := c.figuresAt(at, i)
	n := strconv.Itoa(len(figures))
	switch {
	case p.ratio && !(len(figures) == 1 && together(c.withParts(figures, at, p))):
		return ratioWords(p, c.cell(at, p.num), c.cell(at, p.den))
	case len(figures) == 0:
		return report.Text{VI: "không có số liệu", EN: "there is no figure"}
	case len(figures) == 1 && !figures[0].stated():
		return report.Text{VI: "tính theo công thức " + p.compute.String(), EN: "computed as " + p.compute.String()}
	case len(figures) == 1 && figures[0].adjusted():
		return report.Text{VI: "số đã được điều chỉnh", EN: "the figure as it was adjusted"}
	case len(figures) == 1:
		return report.Text{VI: "đúng như số liệu trong báo cáo", EN: "the figure as reported"}
	}
	words := rollWords(c.crossed(p, figures))
	text := report.Text{VI: fmt.Sprintf(words.VI, n), EN: fmt.Sprintf(words.EN, n)}
	if slices.ContainsFunc(figures, func(l twig) bool { return !l.stated() }) {
		text.VI += "; có số tính theo công thức " + p.compute.String()
		text.EN += "; some of them computed as " + p.compute.String()
	}
	return text
}

// crossed gives the rolls that leaves meet on their way up.
func (c *cube) crossed(p *plan, leaves []twig) []report.Rolling {
	items := c.items(&plan{Indicator: p.Indicator}, leaves)
	var out []report.Rolling
	if acrossPlaces(items) {
		out = append(out, p.place)
	}
	if acrossAgencies(items) && !slices.Contains(out, p.agency) {
		out = append(out, p.agency)
	}
	return out
}

// rollWords puts rolls in words; %s stands for the number of figures.
func rollWords(rolls []report.Rolling) report.Text {
	var vi, en []string
	for _, r := range rolls {
		words, known := wordsOfRoll(r)
		if !known {
			return report.Text{VI: "%s số liệu không cộng được với nhau theo biểu mẫu", EN: "the definition refuses to add these %s figures"}
		}
		vi, en = append(vi, words.VI), append(en, words.EN)
	}
	return report.Text{VI: strings.Join(vi, ", rồi ") + " (%s số liệu)", EN: strings.Join(en, ", then ") + " (%s figures)"}
}

func wordsOfRoll(r report.Rolling) (report.Text, bool) {
	switch r {
	case report.RollSum:
		return report.Text{VI: "tổng", EN: "sum"}, true
	case report.RollLast:
		return report.Text{VI: "giá trị cuối", EN: "last value"}, true
	case report.RollFirst:
		return report.Text{VI: "giá trị đầu", EN: "first value"}, true
	case report.RollMin:
		return report.Text{VI: "giá trị nhỏ nhất", EN: "smallest value"}, true
	case report.RollMax:
		return report.Text{VI: "giá trị lớn nhất", EN: "largest value"}, true
	case report.RollMean:
		return report.Text{VI: "trung bình có trọng số", EN: "weighted mean"}, true
	case report.RollAll:
		return report.Text{VI: "“có” khi tất cả đều có", EN: "yes when all say yes"}, true
	case report.RollAny:
		return report.Text{VI: "“có” khi có nơi có", EN: "yes when any says yes"}, true
	case report.RollList:
		return report.Text{VI: "ghép các ý kiến", EN: "the words side by side"}, true
	}
	return report.Text{}, false
}

// ratioWords says from which two figures a ratio was made.
func ratioWords(p *plan, num, den report.Cell) report.Text {
	factor := ""
	if p.Factor > 1 {
		factor = strconv.FormatInt(p.Factor, 10) + " × "
	}
	return report.Text{
		VI: fmt.Sprintf("tỷ lệ tính lại: %s[%s] %s / [%s] %s", factor, p.Num, inWords(num.Value), p.Den, inWords(den.Value)),
		EN: fmt.Sprintf("ratio recomputed: %s[%s] %s / [%s] %s", factor, p.Num, inFigures(num.Value), p.Den, inFigures(den.Value)),
	}
}

func inFigures(v report.Value) string {
	if text := textOf(v); text != nil {
		return *text
	}
	return "–"
}
