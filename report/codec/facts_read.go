package codec

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
	"tonghop/report/decimal"
)

// readFacts reads what writeFacts wrote.
func readFacts(r *reader) report.Facts {
	f := factReader{FactColumns: &report.FactColumns{}}
	for r.next() {
		switch {
		case r.field == factCount:
			f.Count = r.count()
		case r.field < factFields:
			f.fields[r.field] = r.blob()
		default:
			r.unknown()
		}
	}
	if r.err == nil {
		r.err = f.read()
	}
	if r.err != nil {
		return report.Facts{}
	}
	return report.FactsIn(f.FactColumns)
}

// factReader turns the columns of the wire into those of facts.
type factReader struct {
	*report.FactColumns
	fields [factFields][]byte
}

func (f *factReader) read() error {
	if err := f.checkCount(); err != nil {
		return err
	}
	numbers, done := takeRow(f.Count) // used for one column after the other
	defer done()
	for _, step := range []func([]uint64) error{f.readKeys, f.readValues, f.readCells, f.readSourceTexts} {
		if err := step(numbers); err != nil {
			return err
		}
	}
	return nil
}

// rows are where the numbers of a column lie before they are packed.
var rows = sync.Pool{New: func() any { return new([]uint64) }}

// takeRow gives a row of some length, with whatever was in it; done gives it back.
func takeRow(n int) (row []uint64, done func()) {
	kept := rows.Get().(*[]uint64)
	*kept = slices.Grow((*kept)[:0], n)[:n]
	return *kept, func() { rows.Put(kept) }
}

// checkCount believes the count only as far as there are bytes for it: two
// facts differ in unit, place or indicator, so one of these columns is there,
// and has at least a byte for each fact.
func (f *factReader) checkCount() error {
	if f.Count < 1 {
		return fmt.Errorf("%d facts: %w", f.Count, ErrInvalid)
	}
	if f.Count > MaxFacts {
		return fmt.Errorf("%d facts: %w", f.Count, ErrLimit)
	}
	longest := max(len(f.fields[factUnit]), len(f.fields[factPlace]), len(f.fields[factIndicator]))
	if f.Count > 1 && longest < f.Count {
		return fmt.Errorf("%d facts in %d bytes: %w", f.Count, longest, ErrInvalid)
	}
	return nil
}

func (f *factReader) wrong(field int, err error) error {
	return fmt.Errorf("%s: %w: %w", fieldName(field), ErrInvalid, err)
}

// readKeys reads what refers to a dictionary, and holds the facts to their
// order.
func (f *factReader) readKeys(numbers []uint64) error {
	for i, to := range []struct {
		texts  *[]string
		places *report.Numbers
		column int
	}{
		{&f.Units, &f.Unit, factUnit},
		{&f.Places, &f.Place, factPlace},
		{&f.Indicators, &f.Indicator, factIndicator},
		{&f.Sheets, &f.Sheet, factSheet},
		{&f.Norms, &f.Norm, factNorm},
	} {
		texts, err := readDictionary(f.fields[factUnits+i], f.Count)
		if err != nil {
			return f.wrong(factUnits+i, err)
		}
		if err := readPlaces(f.fields[to.column], len(texts), numbers); err != nil {
			return f.wrong(to.column, err)
		}
		*to.texts, *to.places = texts, report.NumbersOf(numbers)
	}
	for i := 1; i < f.Count; i++ {
		if f.CompareKeys(i-1, i) >= 0 {
			return fmt.Errorf("fact %d is out of order or twice: %w", i, ErrInvalid)
		}
	}
	return nil
}

func (f *factReader) readValues(contents []uint64) error {
	if f.readPlainNumbers(contents) {
		return nil
	}
	kinds := newColumnReader(f.fields[factKind])
	mantissas, scales := newColumnReader(f.fields[factMantissa]), newColumnReader(f.fields[factScale])
	yes, words := newColumnReader(f.fields[factYes]), newTextReader(f.fields[factWords])
	kindOf, scaleOf := make([]uint64, f.Count), make([]uint64, f.Count)
	for i := range contents {
		kind := report.Number + report.ValueKind(kinds.below(int(report.NotApplicable)))
		kindOf[i], contents[i] = uint64(kind), 0
		switch kind {
		case report.Number:
			hi, lo := mantissas.wide()
			num, err := decimal.FromParts(hi, lo, uint8(scales.below(decimal.MaxScale+1)))
			if err != nil {
				return f.wrong(factMantissa, err)
			}
			contents[i], scaleOf[i] = f.KeepNumber(num)
		case report.Words:
			contents[i] = uint64(len(f.Words))
			f.Words = append(f.Words, words.next())
		case report.YesNo:
			contents[i] = uint64(yes.below(2))
		}
	}
	f.Kind, f.Content, f.Scale = report.NumbersOf(kindOf), report.NumbersOf(contents), report.NumbersOf(scaleOf)
	return f.closeAll(
		used{factKind, &kinds}, used{factMantissa, &mantissas}, used{factScale, &scales},
		used{factYes, &yes}, used{factWords, &words.columnReader})
}

// readPlainNumbers reads the values of a paper of which each is a number of 64 bits, as
// nearly all are. It reports false where there is anything else, and anything wrong:
// then nothing was read.
func (f *factReader) readPlainNumbers(contents []uint64) bool {
	if f.fields[factKind] != nil || f.fields[factYes] != nil || f.fields[factWords] != nil {
		return false
	}
	scaleOf, done := takeRow(f.Count)
	defer done()
	if readNumbers(f.fields[factMantissa], contents) != nil || readNumbers(f.fields[factScale], scaleOf) != nil {
		return false
	}
	for i, scale := range scaleOf {
		if scale > decimal.MaxScale || scale > 0 && protowire.DecodeZigZag(contents[i])%10 == 0 { // not in its shortest form
			return false
		}
	}
	f.Kind = report.Numbers("\x01" + strings.Repeat(string(rune(report.Number)), f.Count))
	f.Content, f.Scale = report.NumbersOf(contents), report.NumbersOf(scaleOf)
	return true
}

func (f *factReader) readCells(rowOf []uint64) error {
	if f.fields[factCellForm] == nil && f.fields[factCellText] == nil {
		return f.readA1(rowOf)
	}
	forms := newColumnReader(f.fields[factCellForm])
	rows, columns := newColumnReader(f.fields[factRow]), newColumnReader(f.fields[factColumn])
	others := newTextReader(f.fields[factCellText])
	columnOf := make([]uint64, f.Count)
	var row, column int64
	for i := range rowOf {
		rowOf[i] = 0
		switch forms.below(cellText + 1) {
		case cellA1:
			row, column = row+rows.signed(), column+columns.signed()
			if row < 1 || row > report.MaxRow || column < 1 || column > report.MaxColumn {
				return f.wrong(factRow, errColumnRange)
			}
			rowOf[i], columnOf[i] = uint64(row), uint64(column)
		case cellText:
			cell := others.next()
			if _, _, ok := report.SplitCell(cell); ok || cell == "" && others.err == nil {
				return f.wrong(factCellText, errNotOwn)
			}
			f.Cells = append(f.Cells, cell)
			columnOf[i] = uint64(len(f.Cells))
		}
	}
	f.Row, f.Column = report.NumbersOf(rowOf), report.NumbersOf(columnOf)
	return f.closeAll(
		used{factCellForm, &forms}, used{factRow, &rows},
		used{factColumn, &columns}, used{factCellText, &others.columnReader})
}

// readA1 reads the cells of a workbook: each has a row and a column.
func (f *factReader) readA1(numbers []uint64) error {
	for _, to := range []struct {
		places *report.Numbers
		field  int
		most   int64
	}{{&f.Row, factRow, report.MaxRow}, {&f.Column, factColumn, report.MaxColumn}} {
		if err := readNumbers(f.fields[to.field], numbers); err != nil {
			return f.wrong(to.field, err)
		}
		var at int64
		for i, step := range numbers {
			if at += protowire.DecodeZigZag(step); at < 1 || at > to.most {
				return f.wrong(to.field, errColumnRange)
			}
			numbers[i] = uint64(at)
		}
		*to.places = report.NumbersOf(numbers)
	}
	return nil
}

func (f *factReader) readSourceTexts(textOf []uint64) error {
	if f.fields[factSourceForm] == nil && f.fields[factSourceText] == nil {
		return nil // each stood as it is spelt
	}
	forms := newColumnReader(f.fields[factSourceForm])
	own := newTextReader(f.fields[factSourceText])
	facts := report.FactsIn(f.FactColumns)
	for i := range textOf {
		textOf[i] = 0
		if forms.below(2) == 0 {
			continue
		}
		text := own.next()
		if own.err == nil && text == facts.Value(i).String() {
			return f.wrong(factSourceText, errNotOwn)
		}
		f.Texts = append(f.Texts, text)
		textOf[i] = uint64(len(f.Texts))
	}
	f.Text = report.NumbersOf(textOf)
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
