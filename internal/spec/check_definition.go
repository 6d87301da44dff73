package spec

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/lang"
)

// The words that a definition may use.
var (
	types    = []report.Type{report.TypeInt, report.TypeDec, report.TypeBool, report.TypeText}
	grains   = []report.By{"", report.ByAgency, report.ByPlace, report.ByUnit}
	parts    = []report.Part{report.PartOf, report.PartSplit}
	rollings = []report.Rolling{
		report.RollSum, report.RollLast, report.RollFirst, report.RollMin, report.RollMax, report.RollMean,
		report.RollRatio, report.RollAll, report.RollAny, report.RollList, report.RollNone,
	}
)

// maxTextLen is the longest answer that an indicator may ask for: what a cell of
// a worksheet holds.
const maxTextLen = 32767

func (c *checker) definition(d *report.Definition) {
	c.code("definition", "definition", d.Code, report.IsCode)
	c.code("version", "version", d.Version, report.IsIndicatorCode)
	c.required("title", d.Title.VI)
	c.calendar(d.Calendar)
	c.specials(d)
	c.planOf(d)
	groups := c.groups(d)
	if len(d.Indicators) == 0 {
		c.add("indicators", fault.New(fault.ListEmpty, say("field", "indicators")))
	}
	codes := indicatorCodes(d)
	c.indicators = make(map[string]*report.Indicator, len(codes))
	for i := range d.Indicators {
		c.indicators[codes[i]] = &d.Indicators[i]
	}
	once := seen{}
	for i := range d.Indicators {
		c.twice(once, join("indicators", i, "code"), d.Indicators[i].Code, i)
		(&indicatorCheck{checker: c, i: &d.Indicators[i], at: join("indicators", i), codes: codes, groups: groups}).run()
	}
	c.parents(d)
	c.computes(d)
	c.rules(d.Rules)
	c.layout(d)
}

// specials checks the months that begin on other days than the calendar has.
func (c *checker) specials(d *report.Definition) {
	for i, s := range d.Special {
		c.required(join("special", i, "basis"), s.Basis)
		if _, err := (&report.Definition{Calendar: d.Calendar, Special: d.Special[:i+1]}).CalendarNamed(""); err != nil && d.Calendar != "" {
			c.add(join("special", i), fault.New(fault.FieldWrongType, say("field", join("special", i)), say("got", s.Month+" "+s.Begins.String()),
				fault.Both("expected", "tháng như 2025-M07 và ngày bắt đầu nằm giữa tháng trước và tháng sau, mỗi tháng một lần", "a month such as 2025-M07 and a first day between the months around it, each month once")))
			return
		}
	}
}

// planOf checks the name of the definition that planned figures are reported by. It may come
// to be known later than this one.
func (c *checker) planOf(d *report.Definition) {
	if d.Plan == "" {
		return
	}
	c.code("plan", "plan", d.Plan, report.IsCode)
	if d.Plan == d.Code {
		c.add("plan", fault.New(fault.FieldWrongType, say("field", "plan"), say("got", d.Plan),
			fault.Both("expected", "mã một biểu mẫu khác, biểu giao kế hoạch", "the code of another definition, that of the plan")))
	}
}

func (c *checker) groups(d *report.Definition) (codes []string) {
	once := seen{}
	for i, g := range d.Groups {
		at := join("groups", i)
		c.code(join(at, "code"), "code", g.Code, report.IsIndicatorCode)
		c.twice(once, join(at, "code"), g.Code, i)
		c.words(join(at, "name"), g.Code, "name", g.Name)
		codes = append(codes, g.Code)
	}
	return codes
}

func indicatorCodes(d *report.Definition) []string {
	var codes []string
	for _, i := range d.Indicators {
		codes = append(codes, i.Code)
	}
	return codes
}

// indicatorCheck checks one indicator.
type indicatorCheck struct {
	*checker
	i      *report.Indicator
	at     string
	codes  []string
	groups []string
}

func (c *indicatorCheck) run() {
	c.code(join(c.at, "code"), "code", c.i.Code, report.IsIndicatorCode)
	c.words(join(c.at, "name"), c.i.Code, "name", c.i.Name)
	typed := choice(c.checker, join(c.at, "type"), "type", c.i.Type, types)
	choice(c.checker, join(c.at, "by"), "by", c.i.By, grains)
	if c.i.Group != "" && !slices.Contains(c.groups, c.i.Group) {
		c.add(join(c.at, "group"), c.unknown(fault.ReferenceUnknown, "group", c.i.Group, c.groups))
	}
	for n, a := range c.i.Agencies {
		c.code(join(c.at, "agencies", n), "agencies", a, report.IsCode)
	}
	c.numbers()
	if typed {
		c.rolls()
	}
	c.part()
}

// numbers checks what is a number: scale, bounds, lengths.
func (c *indicatorCheck) numbers() {
	c.within(join(c.at, "scale"), "scale", c.i.Scale, 0, decimal.MaxScale)
	c.within(join(c.at, "maxLen"), "maxLen", c.i.MaxLen, 0, maxTextLen)
	if c.i.Factor < 0 {
		c.add(join(c.at, "factor"), fault.New(fault.ValueOutOfRange, say("field", "factor"), say("got", fmt.Sprint(c.i.Factor)), say("expected", "≥ 0")))
	}
	if low, high := c.i.Min, c.i.Max; low != nil && high != nil && low.Cmp(*high) > 0 {
		c.add(join(c.at, "min"), fault.New(fault.ValueOutOfRange, say("field", "min"), say("got", low.String()), say("expected", "≤ "+high.String())))
	}
}

// rolls checks that the indicator can roll up as it says.
func (c *indicatorCheck) rolls() {
	axes := []struct {
		name   string
		roll   report.Rolling
		vi, en string
	}{
		{"agency", c.i.Roll.Agency, "đơn vị", "agencies"},
		{"place", c.i.Roll.Place, "địa bàn", "places"},
		{"time", c.i.Roll.Time, "thời gian", "time"},
	}
	for _, a := range axes {
		at := join(c.at, "roll", a.name)
		switch {
		case a.roll == "":
		case !oneOf(a.roll, rollings...):
			c.add(at, fault.New(fault.RollUnknown, fault.Both("axis", a.vi, a.en), say("got", string(a.roll)), say("choices", listed(rollings))))
		case !fits(c.i.Type, a.roll):
			c.add(at, fault.New(fault.RollUnfit, say("code", c.i.Code), say("roll", string(a.roll)), typeWords(c.i.Type)))
		case a.roll == report.RollRatio:
			c.needs(at, a.roll, "num", c.i.Num)
			c.needs(at, a.roll, "den", c.i.Den)
		case a.roll == report.RollMean:
			c.needs(at, a.roll, "weight", c.i.Weight)
		}
	}
	c.percent()
	c.figure("num", c.i.Num, report.RollRatio)
	c.figure("den", c.i.Den, report.RollRatio)
	c.figure("weight", c.i.Weight, report.RollMean)
	c.plan()
}

// percent checks that what is in percent is not added up; said once, of the first axis.
func (c *indicatorCheck) percent() {
	if c.i.Unit != "%" || !c.i.IsNumber() || c.i.Roll.Agency == report.RollRatio || c.i.Roll.Place == report.RollRatio {
		return // a ratio on one axis is one on all
	}
	for _, a := range []struct {
		axis   report.Axis
		name   string
		vi, en string
	}{{report.AxisAgency, "agency", "đơn vị", "agencies"}, {report.AxisPlace, "place", "địa bàn", "places"}, {report.AxisTime, "time", "thời gian", "time"}} {
		if c.i.On(a.axis) == report.RollSum {
			c.add(join(c.at, "roll"), fault.New(fault.PercentAdded, say("code", c.i.Code), fault.Both("axis", a.vi, a.en)))
			return
		}
	}
}

// fits reports whether values of a type can roll up in a way. Texts and yes or
// no have a latest one; they have no sum.
func fits(t report.Type, r report.Rolling) bool {
	if oneOf(r, report.RollLast, report.RollFirst, report.RollNone) {
		return true
	}
	switch t {
	case report.TypeText:
		return r == report.RollList
	case report.TypeBool:
		return r == report.RollAll || r == report.RollAny
	}
	return !oneOf(r, report.RollList, report.RollAll, report.RollAny)
}

func typeWords(t report.Type) fault.Arg {
	words := map[report.Type]string{report.TypeInt: "số nguyên", report.TypeDec: "số thập phân", report.TypeBool: "có/không", report.TypeText: "chữ"}
	return fault.Both("type", words[t], string(t))
}

// needs reports a part of a ratio or mean that is not stated; said once, at the
// first axis.
func (c *indicatorCheck) needs(at string, r report.Rolling, field, value string) {
	f := fault.New(fault.RollNeedsParts, say("code", c.i.Code), say("roll", string(r)), say("field", field))
	said := slices.ContainsFunc(c.problems, func(p problem) bool {
		return strings.HasPrefix(p.path, c.at+"/roll/") && p.fault.EN() == f.EN()
	})
	if value == "" && !said {
		c.add(at, f)
	}
}

// figure checks a reference to another indicator, which must be a number to roll
// up in such a way.
func (c *indicatorCheck) figure(field, code string, roll report.Rolling) {
	if code == "" {
		return
	}
	other := c.indicators[code]
	switch {
	case other == nil || code == c.i.Code:
		c.add(join(c.at, field), c.unknown(fault.ReferenceUnknown, field, code, c.codes))
	case !other.IsNumber() && oneOf(other.Type, types...): // another type has a finding of its own
		c.add(join(c.at, field), fault.New(fault.RollUnfit, say("code", code), say("roll", string(roll)), typeWords(other.Type)))
	}
}

// plan checks the indicator that states the plan of this one.
func (c *indicatorCheck) plan() {
	if c.i.Plan == "" {
		return
	}
	switch other := c.indicators[c.i.Plan]; {
	case other == nil || other.Code == c.i.Code:
		c.add(join(c.at, "plan"), c.unknown(fault.ReferenceUnknown, "plan", c.i.Plan, c.codes))
	case !oneOf(other.Type, types...): // has a finding of its own
	case !c.i.IsNumber() || !other.IsNumber() || c.i.Unit != other.Unit:
		c.add(join(c.at, "plan"), fault.New(fault.PlanUnlike, say("code", c.i.Code), say("plan", c.i.Plan)))
	}
}

// part checks what the indicator is a part of.
func (c *indicatorCheck) part() {
	if c.i.Parent == "" {
		if c.i.Part != "" {
			c.add(join(c.at, "parent"), fault.New(fault.FieldMissing, say("field", "parent")))
		}
		return
	}
	choice(c.checker, join(c.at, "part"), "part", c.i.Part, parts)
	c.figure("parent", c.i.Parent, report.RollSum)
}

func (c *checker) parents(d *report.Definition) {
	parent := map[string]string{}
	for _, i := range d.Indicators {
		if i.Parent != i.Code { // that one is unknown already
			parent[i.Code] = i.Parent
		}
	}
	c.circles("indicators", indicatorCodes(d), parent)
}

// typeOf says to the language which indicators there are and of which type.
func (c *checker) typeOf(code string) (lang.Type, bool) {
	i := c.indicators[code]
	if i == nil {
		return lang.None, false
	}
	return i.Type.Spoken(), true
}

// compile reads an expression; what is wrong with it is placed inside the text.
func (c *checker) compile(path, code, source string) *lang.Program {
	p, err := lang.Compile(source, c.typeOf)
	if err == nil {
		return p
	}
	var bad *lang.SyntaxError
	if !errors.As(err, &bad) {
		bad = &lang.SyntaxError{VI: err.Error(), EN: err.Error()}
	}
	f := fault.New(fault.ExpressionWrong, say("code", code), fault.Both("detail", bad.VI, bad.EN))
	if bad.Suggestion != "" {
		f = f.With(say("near", bad.Suggestion))
	}
	c.problems = append(c.problems, problem{path, bad.Offset, f})
	return nil
}

// computes checks the computed indicators, and that they do not depend on one
// another in a circle.
func (c *checker) computes(d *report.Definition) {
	programs := map[string]*lang.Program{}
	where := map[string]string{}
	for n, i := range d.Indicators {
		if i.Compute == "" {
			continue
		}
		path := join("indicators", n, "compute")
		p := c.compile(path, i.Code, i.Compute)
		if p == nil {
			continue
		}
		if want := i.Type.Spoken(); p.Type() != want {
			c.add(path, fault.New(fault.FieldWrongType, say("field", "compute"), fault.Both("got", p.Type().VI(), p.Type().String()), fault.Both("expected", want.VI(), want.String())))
		}
		if !p.IsLocal() {
			c.add(path, fault.New(fault.ComputeLooksAway, say("code", i.Code)))
		}
		programs[i.Code], where[i.Code] = p, path
	}
	var circle *lang.CycleError
	if _, err := lang.Order(programs); errors.As(err, &circle) {
		c.add(where[circle.Path[0]], fault.New(fault.ExpressionCycle, say("path", strings.Join(circle.Path, " → "))))
	}
}
