package ingest

import (
	"slices"

	"tonghop/ingest/match"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// readForm reads an answer given as JSON:
//
//	{"nil": false,
//	 "values": [{"unit": "10003", "place": "288", "indicator": "1.02", "value": "12"},
//	            {"place": "290", "indicator": "1.02", "mark": "nil"}],
//	 "texts":  [{"indicator": "3.01", "text": "…"}]}
//
// Unit and place may be left out where the indicator leaves no choice. A value
// is a decimal as a string or a number, and true or false where that is asked; a
// mark is nil, not_collected or not_applicable. It ends in the same facts as a
// workbook that says the same.
func (r *reading) readForm(body []byte) (report.Counts, *fault.Fault) {
	if len(body) == 0 {
		f := fault.New(fault.FileEmpty)
		return report.Counts{}, &f
	}
	top, err := parseJSON(body)
	if err != nil {
		f := fault.New(fault.BadJSON, fault.A("detail", clipped(err.Error())))
		return report.Counts{}, &f
	}
	if !r.isKind(top, objectNode) {
		return report.Counts{}, nil
	}
	form := &formReader{reading: r, asked: r.askedAt()}
	form.known(top, "nil", "values", "texts")
	if n := top.fields["nil"]; n != nil && r.isKind(n, boolNode) {
		r.nothing = n.truth
	}
	form.each(top.fields["values"], form.value)
	form.each(top.fields["texts"], form.text)
	r.expectAll()
	form.counts.Excluded = form.counts.Cells - form.counts.Used
	return form.counts, nil
}

// formReader reads the entries of a form.
type formReader struct {
	*reading
	asked  map[string]map[string]bool // places by indicator
	counts report.Counts
}

// askedAt gives the places at which each indicator is asked, by the sheets it
// stands on.
func (r *reading) askedAt() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for i := range r.sheets {
		s := &r.sheets[i]
		for _, ind := range s.indicators {
			if out[ind.Code] == nil {
				out[ind.Code] = map[string]bool{}
			}
			if s.once() {
				out[ind.Code][r.home] = true
			}
			for _, p := range s.places {
				if at, ok := r.placeAt(ind, p.Code); ok {
					out[ind.Code][at] = true
				}
			}
		}
	}
	return out
}

// expectAll says where required answers would stand: in a form they have no
// cell.
func (r *reading) expectAll() {
	for code, places := range r.askedAt() {
		ind := r.def.Indicator(code)
		for place := range places {
			k := factKey{r.agency, place, code}
			if ind.Required {
				r.recordOf(k).expect(ind, spot{})
			}
		}
	}
}

// kindWords say what kind of JSON value is expected.
var kindWords = map[nodeKind]fault.Arg{
	objectNode: fault.Both("expected", "một nhóm mục {…}", "an object {…}"),
	arrayNode:  fault.Both("expected", "một danh sách […]", "a list […]"),
	stringNode: fault.Both("expected", "một chuỗi chữ “…”", "a string “…”"),
	boolNode:   fault.Both("expected", "true hoặc false", "true or false"),
}

// isKind reports whether a node is of a kind, and says so when it is not.
func (r *reading) isKind(n *node, kind nodeKind) bool {
	if n.kind == kind {
		return true
	}
	r.find(fault.New(fault.FieldWrongType, fault.A("field", n.path), fault.A("got", n.word()), kindWords[kind]).At("", n.path))
	return false
}

// known says which fields of an object are none of a form.
func (f *formReader) known(n *node, fields ...string) {
	for _, name := range n.names {
		if !slices.Contains(fields, name) {
			f.find(fault.New(fault.FieldUnknown, fault.A("field", name), fault.A("near", match.Nearest(name, fields))).At("", n.fields[name].path))
		}
	}
}

func (f *formReader) each(list *node, read func(*node)) {
	if list == nil || list.kind == nullNode || !f.isKind(list, arrayNode) {
		return
	}
	for _, item := range list.items {
		f.counts.Cells++
		if f.isKind(item, objectNode) {
			read(item)
		}
	}
}

// textOf gives the text of an optional field; ok is false when it is no text.
func (f *formReader) textOf(n *node, name string) (text string, ok bool) {
	field := n.fields[name]
	if field == nil || field.kind == nullNode {
		return "", true
	}
	if !f.isKind(field, stringNode) {
		return "", false
	}
	text, _ = viet.Clean(field.text)
	return text, true
}

// value reads an entry of values.
func (f *formReader) value(n *node) {
	f.known(n, "unit", "place", "indicator", "value", "mark")
	q, ok := f.slot(n)
	if !ok {
		return
	}
	given, mark := n.fields["value"], n.fields["mark"]
	switch {
	case mark != nil && mark.kind != nullNode && given != nil && given.kind != nullNode:
		f.find(fault.New(fault.FieldUnknown, fault.A("field", "mark")).At("", mark.path))
	case mark != nil && mark.kind != nullNode:
		f.mark(q, mark)
	case given != nil && given.kind != nullNode:
		f.give(q, given)
	default:
		f.find(fault.New(fault.FieldMissing, fault.A("field", "value")).At("", n.path))
	}
}

// mark takes a reason for having no figure.
func (f *formReader) mark(q slot, n *node) {
	kinds := map[string]report.ValueKind{}
	for _, k := range []report.ValueKind{report.Nil, report.NotCollected, report.NotApplicable} {
		kinds[k.String()] = k
	}
	kind, ok := kinds[n.text]
	if n.kind != stringNode || !ok {
		f.find(fault.New(fault.FieldWrongType, fault.A("field", n.path), fault.A("got", n.word()), fault.A("expected", "nil, not_collected, not_applicable")).At("", n.path))
		return
	}
	f.settle(q, q.mark(answer{value: report.Value{Kind: kind}}, n.text), n.text)
}

// give takes a figure, a yes or no, or words.
func (f *formReader) give(q slot, n *node) {
	switch {
	case n.kind == boolNode && q.ind.Type == report.TypeBool:
		f.settle(q, answer{value: report.BoolOf(n.truth)}, n.word())
		return
	case n.kind != stringNode && n.kind != numberNode:
		f.isKind(n, stringNode)
		return
	}
	f.settle(q, q.readWritten(n.text), n.text)
}

// readWritten interprets text that came without a cell: a canonical decimal is
// one, everything else is read as if it stood in a cell.
func (q question) readWritten(text string) answer {
	switch q.ind.Type {
	case report.TypeText:
		clean, _ := viet.CleanLines(text)
		return q.words(clean)
	case report.TypeBool:
		return q.readBoolText(text)
	}
	if d, err := decimal.Parse(text); err == nil {
		return q.number(answer{}, d, text)
	}
	clean, _ := viet.Clean(text)
	return q.readFigureText(clean)
}

// text reads an entry of texts.
func (f *formReader) text(n *node) {
	f.known(n, "unit", "place", "indicator", "text")
	q, ok := f.slot(n)
	if !ok {
		return
	}
	words := n.fields["text"]
	if words == nil {
		f.find(fault.New(fault.FieldMissing, fault.A("field", "text")).At("", n.path))
		return
	}
	if f.isKind(words, stringNode) {
		f.settle(q, q.readWritten(words.text), words.text)
	}
}

// settle takes an answer in and counts it.
func (f *formReader) settle(q slot, a answer, raw string) {
	if a.wrong == nil && a.value.Kind == report.Missing { // words that are blank say nothing
		return
	}
	f.accept(q, a, raw)
	if !q.spoilt {
		f.counts.Used++
	}
}

// slot finds what an entry is about, and says what is not known of it.
func (f *formReader) slot(n *node) (slot, bool) {
	unit, ok1 := f.textOf(n, "unit")
	place, ok2 := f.textOf(n, "place")
	code, ok3 := f.textOf(n, "indicator")
	if !ok1 || !ok2 || !ok3 {
		return slot{}, false
	}
	q := slot{question: question{notes: f.answerNotes}, spot: spot{"", n.path}}
	ind := f.def.Indicator(code)
	if ind == nil || f.asked[code] == nil {
		f.find(fault.New(fault.IndicatorUnknown, fault.A("got", code), fault.A("near", f.nearCode(code))).At("", n.path))
		return q, false
	}
	q.ind = ind
	if unit == "" {
		unit = f.agency
	}
	if ind.By == report.ByUnit {
		if !f.unitOK(n, unit) {
			return q, false
		}
		if place == "" {
			place = f.unitPlace(unit)
		}
		if place != f.unitPlace(unit) {
			f.find(fault.New(fault.PlaceNotAsked, fault.A("got", place)).At("", n.path))
			return q, false
		}
	} else if unit != f.agency {
		f.find(fault.New(fault.UnitNotUnder, fault.A("got", unit), fault.A("agency", f.reg.AgencyName(f.agency))).At("", n.path))
		return q, false
	} else if place, ok1 = f.placeOK(n, ind, place); !ok1 {
		return q, false
	}
	q.key = factKey{unit, place, code}
	q.row, q.record = f.rowName(q.key), f.recordOf(q.key)
	return q, true
}

// nearCode gives the indicator that was most likely meant.
func (f *formReader) nearCode(code string) string {
	var codes []string
	for i := range f.def.Indicators {
		codes = append(codes, f.def.Indicators[i].Code)
	}
	return match.Nearest(code, codes)
}

// unitOK reports whether a unit is the agency's own.
func (f *formReader) unitOK(n *node, unit string) bool {
	a := f.reg.Agency(unit)
	switch {
	case a == nil:
		f.find(fault.New(fault.UnitUnknown, fault.A("got", unit)).At("", n.path))
	case !f.reg.AgencyIsUnder(unit, f.agency):
		f.find(fault.New(fault.UnitNotUnder, fault.A("got", unit), fault.A("agency", f.reg.AgencyName(f.agency))).At("", n.path))
	default:
		return true
	}
	return false
}

// placeOK finds the place of an entry: the one that is named, or the only one
// there can be.
func (f *formReader) placeOK(n *node, ind *report.Indicator, place string) (string, bool) {
	asked := f.asked[ind.Code]
	if place == "" && (asked[f.home] || len(asked) == 0) {
		return f.home, true
	}
	if asked[place] {
		return place, true
	}
	var found fault.Fault
	switch p := f.reg.Place(place); {
	case place == "":
		found = fault.New(fault.FieldMissing, fault.A("field", "place"))
	case p == nil:
		found = fault.New(fault.PlaceUnknown, fault.A("got", place))
	case ind.By == report.ByAgency || ind.By == "":
		found = fault.New(fault.IndicatorNotAsked, fault.A("label", label(ind)))
	case !p.Lives(f.period.To) && !p.Until.IsZero():
		found = fault.New(fault.PlaceEnded, fault.A("got", p.Name.VI), fault.A("until", p.Until.String()), fault.A("successor", f.successor(p)))
	default:
		found = fault.New(fault.PlaceNotAsked, fault.A("got", p.Name.VI))
	}
	f.find(found.At("", n.path))
	return "", false
}

// successor names the place that took over from one, "" when none did.
func (f *formReader) successor(p *report.Place) string {
	if p.Successor == "" {
		return ""
	}
	return f.reg.PlaceName(p.Successor)
}
