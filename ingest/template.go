package ingest

import (
	"fmt"
	"time"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// Spot names a figure: whom it is about, where, which indicator.
type Spot struct{ Unit, Place, Indicator string }

// TemplateOptions are what a template is made with besides what is asked.
type TemplateOptions struct {
	Due    string                // until when, in words; "" for what the request's rule says
	Values map[Spot]report.Value // figures that are filled in already
	Nil    bool                  // the box "không phát sinh" is ticked already
}

// Template draws the workbook in which an agency answers a request: one sheet
// for each of the definition's, protected but for the cells that are filled in,
// with the marks by which [Read] knows every row and column again. The same
// arguments give the same bytes (law 6). An error is a mistake of the
// definition, such as two sheets of one name, or a value that a spreadsheet
// cannot hold.
func Template(def *report.Definition, req *report.Request, reg *report.Register, agency string, opts TemplateOptions) ([]byte, error) {
	if def == nil || req == nil || reg == nil {
		return nil, fmt.Errorf("template for %s: no definition, request or register", agency)
	}
	t := &template{plan: newPlan(def, req, reg, agency), opts: opts, choices: map[string]string{}}
	t.prefill()
	defer t.filled.release()
	t.book = xlsx.NewBook(t.props())
	t.marks = nil
	for i := range t.sheets {
		t.drawSheet(i)
	}
	t.drawMarks()
	body, err := t.book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("template of %s for %s: %w", report.Ref(def.Code, def.Version), agency, err)
	}
	return body, nil
}

// template is a workbook being drawn.
type template struct {
	*plan
	opts    TemplateOptions
	book    *xlsx.Book
	filled  *reading          // the figures that are filled in already
	marks   []choiceList      // lists for drop-downs, kept on the sheet of marks
	choices map[string]string // where the list of an indicator stands
}

// choiceList is the texts an indicator may be.
type choiceList struct {
	indicator string
	options   []string
}

// prefill makes facts of the figures that are given, so that what is computed
// from them can be shown.
func (t *template) prefill() {
	t.filled = newReading(t.plan, Env{})
	for spot, v := range t.opts.Values {
		k := factKey{spot.Unit, spot.Place, spot.Indicator}
		t.filled.give(t.filled.recordOf(k), report.Fact{Unit: k.unit, Place: k.place, Indicator: k.indicator, Value: v})
	}
}

// props are the properties of the document, the marks among them.
func (t *template) props() xlsx.Props {
	p := xlsx.Props{
		Title: t.def.Title.VI, Subject: t.req.Title.VI, Creator: t.req.Issuer.Name, Company: t.req.Issuer.Name,
		Created: t.created(), Custom: map[string]string{},
	}
	m := t.formMark()
	for _, f := range m.fields() {
		p.Custom[markPrefix+f.name] = *f.value
	}
	return p
}

func (t *template) formMark() formMark {
	return formMark{form: t.def.Code, version: t.def.Version, request: t.req.Code, agency: t.agency}
}

// created is a day that belongs to the request, so that the file does not
// depend on when it was made (law 6): of its letter, or the first of its
// period.
func (t *template) created() time.Time {
	for _, day := range []calendar.Date{t.req.Letter.Date, t.period.From} {
		if !day.IsZero() {
			return day.Start(time.UTC)
		}
	}
	return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
}

// drawMarks adds the sheet that says what form this is, and holds the lists of
// drop-downs that are too long to stand in a cell's rule.
func (t *template) drawMarks() {
	s := t.book.Sheet(sheet.MarkSheet)
	s.View.Visibility = xlsx.VeryHidden
	s.Protect = true
	s.Text(1, 1, "tonghop", xlsx.Style{})
	s.Text(1, 2, markVersion, xlsx.Style{})
	m := t.formMark()
	for i, f := range m.fields() {
		s.Text(i+2, 1, f.name, xlsx.Style{})
		s.Text(i+2, 2, *f.value, xlsx.Style{})
	}
	for i, list := range t.marks {
		col := listColumn(i)
		s.Text(1, col, list.indicator, xlsx.Style{})
		for j, option := range list.options {
			s.Text(j+2, col, option, xlsx.Style{})
		}
	}
}

// listColumn is where the i-th list stands on the sheet of marks.
func listColumn(i int) int { return 4 + i }

// listRef gives the area in which the choices of an indicator will stand.
func (t *template) listRef(ind *report.Indicator) string {
	if ref, known := t.choices[ind.Code]; known {
		return ref
	}
	col := listColumn(len(t.marks))
	t.marks = append(t.marks, choiceList{ind.Code, ind.Options})
	letters := xlsx.ColName(col)
	ref := fmt.Sprintf("%s!$%s$2:$%s$%d", sheet.MarkSheet, letters, letters, len(ind.Options)+1)
	t.choices[ind.Code] = ref
	return ref
}

// due says until when.
func (t *template) due() string {
	if t.opts.Due != "" {
		return t.opts.Due
	}
	holidays := calendar.VietnamHolidays()
	if d, err := t.req.Due.Compute(t.period, holidays); err == nil && !d.IsZero() {
		return d.VI()
	}
	return ""
}

// given gives what is filled in at a place, blank when nothing is.
func (t *template) given(k factKey) report.Value {
	f, _ := t.filled.value(k)
	return f.Value
}

// number gives a filled-in figure, or what a derived one comes to.
func (t *template) figure(k factKey, ind *report.Indicator) (decimal.Decimal, bool) {
	if v := t.given(k); v.Kind == report.Number {
		return v.Num, true
	}
	if ind.Compute != "" {
		v := t.filled.spoken(ind.Code, false, k.unit, k.place)
		return v.Num, !v.IsNone()
	}
	if isRatio(ind) {
		return t.quotient(k, ind)
	}
	return decimal.Decimal{}, false
}

// quotient gives what a ratio comes to, rounded as a spreadsheet does.
func (t *template) quotient(k factKey, ind *report.Indicator) (decimal.Decimal, bool) {
	num, den := t.given(factKey{k.unit, k.place, ind.Num}), t.given(factKey{k.unit, k.place, ind.Den})
	if num.Kind != report.Number || den.Kind != report.Number || den.Num.IsZero() {
		return decimal.Decimal{}, false
	}
	top, err := num.Num.Mul(decimal.FromInt(max(ind.Factor, 1)))
	if err != nil {
		return decimal.Decimal{}, false
	}
	d, err := top.Quo(den.Num, ind.Scale, decimal.HalfUp)
	return d, err == nil
}
