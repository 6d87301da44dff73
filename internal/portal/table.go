package portal

import (
	"fmt"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/decimal"
)

// rollupXLSX answers with figures as a flat sheet: a line for each agency, place
// or whatever they are kept apart by, a column for each indicator.
func (c *call) rollupXLSX() (any, error) {
	q, err := c.figureQuery()
	if err != nil {
		return nil, err
	}
	tag := c.tag(q.Request)
	out, err := c.roll(q)
	if err != nil {
		return nil, err
	}
	if c.unchanged(tag) {
		return answered{}, nil
	}
	t, err := c.flatTable(out)
	if err != nil {
		return nil, err
	}
	b, err := t.Bytes()
	if err != nil {
		return nil, err
	}
	return &download{name: rollupName(out, ".xlsx"), media: client.MediaXLSX, etag: tag, body: b}, nil
}

// flatTable turns rows of one figure each into lines. Rows of one line follow
// one another, in the order of the definition.
func (c *call) flatTable(r *aggregate.Rollup) (*export.Table, error) {
	t := &export.Table{AsOf: r.AsOf, Provisional: r.Provisional, Heard: r.Heard, Asked: r.Asked}
	var f flattening
	f.definition, f.register = r.Definition, r.Register
	c.Books.Read(func(l *report.Ledger) { t.Title = l.Request(r.Request).Request.Title.VI })
	if r.Over != nil {
		t.Title = f.definition.Title.VI + ", " + r.Over.Title.VI
	}
	if r.Mapped != nil {
		t.Title += ", theo bản đồ hành chính ngày " + r.Mapped.On.Vietnamese()
	}
	f.bases = r.Bases
	if r.Ranked != nil {
		t.Title += ", " + r.Ranked.Words().VI
	}
	f.columns(t, r.Rows)
	for i := range r.Rows {
		if err := f.add(t, &r.Rows[i]); err != nil {
			return nil, fmt.Errorf("table of %s: %w", r.Request, err)
		}
	}
	return t, nil
}

// flattening is a table in the making.
type flattening struct {
	definition *report.Definition
	register   *report.Register
	bases      []aggregate.Base
	planned    map[string]bool // indicators that are held against a plan
	column     map[string]int  // of an indicator, among the figures
	last       spotKey
}

// spotKey is what a line is of.
type spotKey struct{ agency, group, unit, place string }

func keyOf(r *aggregate.Row) spotKey {
	return spotKey{deref(r.Agency), deref(r.Group), deref(r.Unit), deref(r.Place)}
}

// columns names the columns: those of the axes that stay apart, and an indicator
// for each that has a row.
func (f *flattening) columns(t *export.Table, rows []aggregate.Row) {
	if len(rows) > 0 {
		for _, k := range f.keys(&rows[0]) {
			t.Keys = append(t.Keys, k.head)
		}
	}
	has := map[string]bool{}
	f.planned = map[string]bool{}
	for i := range rows {
		has[rows[i].Indicator] = true
		if _, compared := rows[i].Against[aggregate.AgainstPlan]; compared {
			f.planned[rows[i].Indicator] = true
		}
	}
	f.column = map[string]int{}
	for i := range f.definition.Indicators {
		if ind := &f.definition.Indicators[i]; has[ind.Code] {
			f.column[ind.Code] = len(t.Indicators)
			t.Indicators = append(t.Indicators, ind)
			for i := range f.bases {
				t.Indicators = append(t.Indicators, f.besides(ind, &f.bases[i])...)
			}
		}
	}
}

// besides gives the columns of a base beside an indicator: its figure, and of a number the
// change, and the index where it has one. Their heads say how much of the base was heard. An
// indicator without a plan has none beside others that have one.
func (f *flattening) besides(ind *report.Indicator, b *aggregate.Base) []*report.Indicator {
	if b.With == aggregate.AgainstPlan && !b.IsNothing() && !f.planned[ind.Code] {
		return nil
	}
	than := aggregate.AgainstWords(b.With).VI
	base := *ind
	base.Name.VI = ind.Name.VI + ", " + than + heardOfBase(ind, b)
	if !ind.IsNumber() {
		return []*report.Indicator{&base}
	}
	change, index := *ind, *ind
	change.Name.VI = ind.Name.VI + ", tăng giảm so với " + than
	if aggregate.IsPercent(ind) {
		change.Unit = "điểm phần trăm"
		return []*report.Indicator{&base, &change}
	}
	index.Name.VI, index.Unit, index.Type, index.Scale = ind.Name.VI+", bằng bao nhiêu % "+than, "%", report.TypeDec, 2
	return []*report.Indicator{&base, &change, &index}
}

// heardOfBase says how many reports of a base were heard, and which period it is; of a plan
// that stands in the same reports, where.
func heardOfBase(ind *report.Indicator, b *aggregate.Base) string {
	switch {
	case b.Plans[ind.Code] != "":
		return " (chỉ tiêu " + b.Plans[ind.Code] + ")"
	case b.Over == nil:
		return ": không có yêu cầu nào"
	}
	text := fmt.Sprintf(": %s, %d/%d báo cáo", b.Over.Title.VI, b.Over.Reports.Heard, b.Over.Reports.Asked)
	if b.Provisional {
		text += ", " + export.Provisional
	}
	return text
}

// key is a cell that says what a line is of, and what stands over it.
type key struct{ head, text string }

// keys gives code and name of every axis that stays apart.
func (f *flattening) keys(r *aggregate.Row) []key {
	var out []key
	add := func(code *string, codeHead, nameHead string, name func(string) string) {
		if code != nil {
			out = append(out, key{codeHead, *code}, key{nameHead, name(*code)})
		}
	}
	add(r.Agency, "Mã đơn vị", "Đơn vị", f.register.AgencyName)
	add(r.Group, "Mã đơn vị", "Đơn vị", f.register.AgencyName)
	add(r.Unit, "Mã đơn vị cấp dưới", "Đơn vị cấp dưới", f.register.AgencyName)
	add(r.Place, "Mã địa bàn", "Địa bàn", f.register.PlaceName)
	return out
}

// add puts a row into its line.
func (f *flattening) add(t *export.Table, r *aggregate.Row) error {
	if at := keyOf(r); len(t.Lines) == 0 || at != f.last {
		line := export.TableLine{Cells: make([]report.Cell, len(t.Indicators))}
		for _, k := range f.keys(r) {
			line.Keys = append(line.Keys, k.text)
		}
		t.Lines = append(t.Lines, line)
		f.last = at
	}
	i := f.column[r.Indicator]
	ind, cells := t.Indicators[i], t.Lines[len(t.Lines)-1].Cells
	v, err := valueOf(ind, r)
	if err != nil {
		return err
	}
	cells[i] = report.Cell{Value: v, Mark: r.Mark, Heard: r.Heard, Asked: r.Asked, Given: r.Given}
	for _, b := range f.bases {
		a := r.Against[b.With]
		for _, text := range []*string{a.Value, a.Difference, a.Index}[:len(f.besides(ind, &b))] {
			i++
			if cells[i].Value, err = valueOf(t.Indicators[i], &aggregate.Row{Value: text}); err != nil {
				return err
			}
			if text == a.Value {
				cells[i].Mark, cells[i].Heard, cells[i].Asked = a.Mark, a.Reports.Heard, a.Reports.Asked
			}
		}
	}
	return nil
}

// valueOf reads the value of a row back by the type of its indicator.
func valueOf(ind *report.Indicator, r *aggregate.Row) (report.Value, error) {
	switch {
	case r.Value == nil:
		return report.Value{}, nil
	case ind.Type == report.TypeText:
		return report.TextOf(*r.Value), nil
	case ind.Type == report.TypeBool && (*r.Value == "true" || *r.Value == "false"):
		return report.BoolOf(*r.Value == "true"), nil
	}
	d, err := decimal.Parse(*r.Value)
	return report.NumberOf(d), err
}
