package codec

import (
	"fmt"

	"tonghop/report"
	"tonghop/report/decimal"
)

// readFacts reads what writeFacts wrote.
func readFacts(r *reader) []report.Fact {
	var f factReader
	for r.next() {
		switch {
		case r.field == factCount:
			f.count = r.count()
		case r.field < factFields:
			f.fields[r.field] = r.blob()
		default:
			r.unknown()
		}
	}
	if r.err == nil {
		r.err = f.read()
	}
	return f.facts
}

// factReader puts facts together from their columns.
type factReader struct {
	count  int
	fields [factFields][]byte
	facts  []report.Fact
}

func (f *factReader) read() error {
	if err := f.checkCount(); err != nil {
		return err
	}
	f.facts = make([]report.Fact, f.count)
	for _, step := range []func() error{f.readKeys, f.readValues, f.readCells, f.readSourceTexts} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// checkCount believes the count only as far as there are bytes for it: two
// facts differ in unit, place or indicator, so one of these columns is there,
// and has at least a byte for each fact.
func (f *factReader) checkCount() error {
	if f.count < 1 {
		return fmt.Errorf("%d facts: %w", f.count, ErrInvalid)
	}
	if f.count > MaxFacts {
		return fmt.Errorf("%d facts: %w", f.count, ErrLimit)
	}
	longest := max(len(f.fields[factUnit]), len(f.fields[factPlace]), len(f.fields[factIndicator]))
	if f.count > 1 && longest < f.count {
		return fmt.Errorf("%d facts in %d bytes: %w", f.count, longest, ErrInvalid)
	}
	return nil
}

func (f *factReader) wrong(field int, err error) error {
	return fmt.Errorf("%s: %w: %w", fieldName(field), ErrInvalid, err)
}

// readKeys reads what refers to a dictionary, and holds the facts to their
// order.
func (f *factReader) readKeys() error {
	targets := [5]func(*report.Fact) *string{
		func(x *report.Fact) *string { return &x.Unit },
		func(x *report.Fact) *string { return &x.Place },
		func(x *report.Fact) *string { return &x.Indicator },
		func(x *report.Fact) *string { return &x.Source.Sheet },
		func(x *report.Fact) *string { return &x.Source.Norm },
	}
	columns := [5]int{factUnit, factPlace, factIndicator, factSheet, factNorm}
	for i, target := range targets {
		if err := f.readRefs(factUnits+i, columns[i], target); err != nil {
			return err
		}
	}
	for i := 1; i < len(f.facts); i++ {
		if report.CompareFacts(f.facts[i-1], f.facts[i]) >= 0 {
			return fmt.Errorf("fact %d is out of order or twice: %w", i, ErrInvalid)
		}
	}
	return nil
}

func (f *factReader) readRefs(dict, column int, target func(*report.Fact) *string) error {
	d, err := readDictionary(f.fields[dict], f.count)
	if err != nil {
		return f.wrong(dict, err)
	}
	c := newColumnReader(f.fields[column])
	var at int64
	for i := range f.facts {
		at += c.signed()
		if at < 0 || at >= int64(len(d.texts)) {
			return f.wrong(column, errColumnRange)
		}
		*target(&f.facts[i]) = d.get(int(at))
	}
	if err := c.close(); err != nil {
		return f.wrong(column, err)
	}
	if err := d.close(); err != nil {
		return f.wrong(dict, err)
	}
	return nil
}

func (f *factReader) readValues() error {
	kinds := newColumnReader(f.fields[factKind])
	mantissas, scales := newColumnReader(f.fields[factMantissa]), newColumnReader(f.fields[factScale])
	yes, words := newColumnReader(f.fields[factYes]), newTextReader(f.fields[factWords])
	for i := range f.facts {
		v := &f.facts[i].Value
		v.Kind = report.Number + report.ValueKind(kinds.below(int(report.NotApplicable)))
		switch v.Kind {
		case report.Number:
			hi, lo := mantissas.wide()
			num, err := decimal.FromParts(hi, lo, uint8(scales.below(decimal.MaxScale+1)))
			if err != nil {
				return f.wrong(factMantissa, err)
			}
			v.Num = num
		case report.Words:
			v.Text = words.next()
		case report.YesNo:
			v.Yes = yes.below(2) == 1
		}
	}
	return f.closeAll(
		used{factKind, &kinds}, used{factMantissa, &mantissas}, used{factScale, &scales},
		used{factYes, &yes}, used{factWords, &words.columnReader})
}

func (f *factReader) readCells() error {
	forms := newColumnReader(f.fields[factCellForm])
	rows, columns := newColumnReader(f.fields[factRow]), newColumnReader(f.fields[factColumn])
	others := newTextReader(f.fields[factCellText])
	spelt := newTextBuilder(f.count)
	var row, column int64
	for i := range f.facts {
		switch forms.below(cellText + 1) {
		case cellA1:
			row, column = row+rows.signed(), column+columns.signed()
			if row < 1 || row > maxRow || column < 1 || column > maxColumn {
				return f.wrong(factRow, errColumnRange)
			}
			spelt.add(i, appendA1(spelt.b, int(row), int(column)))
		case cellText:
			cell := others.next()
			if _, _, ok := splitA1(cell); ok || cell == "" && others.err == nil {
				return f.wrong(factCellText, errNotOwn)
			}
			f.facts[i].Source.Cell = cell
		}
	}
	spelt.give(func(i int, s string) { f.facts[i].Source.Cell = s })
	return f.closeAll(
		used{factCellForm, &forms}, used{factRow, &rows},
		used{factColumn, &columns}, used{factCellText, &others.columnReader})
}

func (f *factReader) readSourceTexts() error {
	forms := newColumnReader(f.fields[factSourceForm])
	own := newTextReader(f.fields[factSourceText])
	spelt := newTextBuilder(f.count)
	var scratch []byte
	for i := range f.facts {
		fact := &f.facts[i]
		switch {
		case forms.below(2) == 1:
			fact.Source.Text = own.next()
			scratch = appendValue(scratch[:0], &fact.Value)
			if own.err == nil && fact.Source.Text == string(scratch) {
				return f.wrong(factSourceText, errNotOwn)
			}
		case fact.Value.Kind == report.Words:
			fact.Source.Text = fact.Value.Text
		default:
			spelt.add(i, appendValue(spelt.b, &fact.Value))
		}
	}
	spelt.give(func(i int, s string) { f.facts[i].Source.Text = s })
	return f.closeAll(used{factSourceForm, &forms}, used{factSourceText, &own.columnReader})
}

// used is a column that was read, with its field.
type used struct {
	field int
	*columnReader
}

// closeAll tells the first thing that was wrong with columns.
func (f *factReader) closeAll(columns ...used) error {
	for _, c := range columns {
		if err := c.close(); err != nil {
			return f.wrong(c.field, err)
		}
	}
	return nil
}

// textReader hands out texts that share one piece of memory.
type textReader struct {
	columnReader
	all string
}

func newTextReader(b []byte) textReader {
	return textReader{columnReader: newColumnReader(b), all: string(b)}
}

func (t *textReader) next() string {
	s := t.text()
	end := len(t.all) - len(t.b)
	return t.all[end-len(s) : end]
}

// textBuilder makes many short texts in one piece of memory.
type textBuilder struct {
	b    []byte
	at   []int32 // which fact
	ends []int32
}

func newTextBuilder(n int) *textBuilder {
	return &textBuilder{b: make([]byte, 0, 8*n), at: make([]int32, 0, n), ends: make([]int32, 0, n)}
}

// add takes the builder's bytes back with the text of fact i at the end.
func (t *textBuilder) add(i int, b []byte) {
	t.b = b
	t.at, t.ends = append(t.at, int32(i)), append(t.ends, int32(len(b)))
}

// give hands the texts to their facts.
func (t *textBuilder) give(to func(i int, s string)) {
	all := string(t.b)
	var start int32
	for n, i := range t.at {
		to(int(i), all[start:t.ends[n]])
		start = t.ends[n]
	}
}
