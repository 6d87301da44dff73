package codec

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// The fields of the facts of a draft. All but the first hold a column, a
// dictionary or texts.
const (
	factCount      = 1  // number of facts
	factUnits      = 2  // dictionary
	factPlaces     = 3  // dictionary
	factIndicators = 4  // dictionary
	factSheets     = 5  // dictionary
	factNorms      = 6  // dictionary
	factUnit       = 7  // differences of places in factUnits
	factPlace      = 8  // differences of places in factPlaces
	factIndicator  = 9  // differences of places in factIndicators
	factKind       = 10 // kind of value, less one
	factMantissa   = 11 // of numbers: zigzag, up to 128 bits
	factScale      = 12 // of numbers
	factYes        = 13 // of yes-or-no values: 1 for yes
	factWords      = 14 // of texts
	factSheet      = 15 // differences of places in factSheets
	factCellForm   = 16 // how the cell is written
	factRow        = 17 // of cells in A1 form: differences
	factColumn     = 18 // of cells in A1 form: differences
	factCellText   = 19 // of other cells
	factSourceForm = 20 // 0: what stood in the cell is the value as spelt; 1: it has a text of its own
	factSourceText = 21 // of those
	factNorm       = 22 // differences of places in factNorms
	factFields     = 23
)

// The ways a cell is written.
const (
	cellA1   = 0 // a canonical reference: row and column
	cellNone = 1 // no cell, as for a form
	cellText = 2 // anything else
)

// writeFacts writes facts in columns. They must be in canonical order, no two of
// the same unit, place and indicator (law 6).
func writeFacts(w *writer, facts []report.Fact) error {
	if len(facts) == 0 {
		return nil
	}
	if len(facts) > MaxFacts {
		return fmt.Errorf("%d facts: %w", len(facts), ErrLimit)
	}
	for i := range facts {
		if err := checkFact(facts, i); err != nil {
			return fmt.Errorf("fact %d: %w: %w", i, ErrInvalid, err)
		}
	}
	w.number(factCount, int64(len(facts)))
	keys := writeDictionaries(w, facts)
	w.column(factUnit, keys[0])
	w.column(factPlace, keys[1])
	w.column(factIndicator, keys[2])
	writeValues(w, facts)
	w.column(factSheet, keys[3])
	writeCells(w, facts)
	writeSourceTexts(w, facts)
	w.column(factNorm, keys[4])
	return nil
}

// checkFact refuses what would be lost: a fact that says nothing, or more than
// the kind of its value tells; facts that are out of order.
func checkFact(facts []report.Fact, i int) error {
	v := facts[i].Value
	stripped := report.Value{Kind: v.Kind}
	switch v.Kind {
	case report.Number:
		stripped.Num = v.Num
	case report.Words:
		stripped.Text = v.Text
	case report.YesNo:
		stripped.Yes = v.Yes
	case report.Nil, report.NotCollected, report.NotApplicable:
	default:
		return fmt.Errorf("value of kind %s", v.Kind)
	}
	if v != stripped {
		return fmt.Errorf("value of kind %s with more than that", v.Kind)
	}
	if i > 0 && report.CompareFacts(facts[i-1], facts[i]) >= 0 {
		return fmt.Errorf("%s, %s, %s is out of order or twice", facts[i].Unit, facts[i].Place, facts[i].Indicator)
	}
	return nil
}

// writeDictionaries writes the five dictionaries and gives their columns.
func writeDictionaries(w *writer, facts []report.Fact) (columns [5][]uint64) {
	texts := [5]func(*report.Fact) string{
		func(f *report.Fact) string { return f.Unit },
		func(f *report.Fact) string { return f.Place },
		func(f *report.Fact) string { return f.Indicator },
		func(f *report.Fact) string { return f.Source.Sheet },
		func(f *report.Fact) string { return f.Source.Norm },
	}
	for i, text := range texts {
		d := newDictionaryBuilder(len(facts))
		for at := range facts {
			d.add(text(&facts[at]))
		}
		w.texts(protowire.Number(factUnits+i), d.finish())
		columns[i] = differences(d.refs)
	}
	return columns
}

func writeValues(w *writer, facts []report.Fact) {
	kinds := make([]uint64, len(facts))
	var scales, yes []uint64
	var words []string
	numbers := false
	for i := range facts {
		v := &facts[i].Value
		kinds[i] = uint64(v.Kind - report.Number)
		switch v.Kind {
		case report.Number:
			scales = append(scales, uint64(v.Num.Scale()))
			numbers = numbers || !v.Num.IsZero()
		case report.Words:
			words = append(words, v.Text)
		case report.YesNo:
			yes = append(yes, bit(v.Yes))
		}
	}
	w.column(factKind, kinds)
	if numbers {
		w.item(factMantissa, func(w *writer) { writeMantissas(w, facts) })
	}
	w.column(factScale, scales)
	w.column(factYes, yes)
	w.texts(factWords, words)
}

func writeMantissas(w *writer, facts []report.Fact) {
	for i := range facts {
		if v := &facts[i].Value; v.Kind == report.Number {
			hi, lo, _ := v.Num.Parts()
			uhi, ulo := encodeZigZag128(hi, lo)
			w.b = appendWide(w.b, uhi, ulo)
		}
	}
}

func writeCells(w *writer, facts []report.Fact) {
	forms := make([]uint64, len(facts))
	rows, columns := make([]uint64, 0, len(facts)), make([]uint64, 0, len(facts))
	var others []string
	for i := range facts {
		cell := facts[i].Source.Cell
		row, column, ok := splitA1(cell)
		switch {
		case ok:
			rows, columns = append(rows, uint64(row)), append(columns, uint64(column))
		case cell == "":
			forms[i] = cellNone
		default:
			forms[i] = cellText
			others = append(others, cell)
		}
	}
	w.column(factCellForm, forms)
	w.column(factRow, differences(rows))
	w.column(factColumn, differences(columns))
	w.texts(factCellText, others)
}

func writeSourceTexts(w *writer, facts []report.Fact) {
	forms := make([]uint64, len(facts))
	var own []string
	var spelt []byte
	for i := range facts {
		f := &facts[i]
		spelt = appendValue(spelt[:0], &f.Value)
		if f.Source.Text != string(spelt) {
			forms[i] = 1
			own = append(own, f.Source.Text)
		}
	}
	w.column(factSourceForm, forms)
	w.texts(factSourceText, own)
}

// appendValue appends what [report.Value.String] gives.
func appendValue(b []byte, v *report.Value) []byte {
	switch v.Kind {
	case report.Number:
		return v.Num.AppendTo(b)
	case report.Words:
		return append(b, v.Text...)
	case report.YesNo:
		if v.Yes {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	}
	return b
}

func bit(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}

// fieldName names a field of the facts in errors.
func fieldName(field int) string {
	names := [factFields]string{
		factCount: "count", factUnits: "units", factPlaces: "places", factIndicators: "indicators",
		factSheets: "sheets", factNorms: "norms", factUnit: "unit", factPlace: "place",
		factIndicator: "indicator", factKind: "kind", factMantissa: "mantissa", factScale: "scale",
		factYes: "yes", factWords: "words", factSheet: "sheet", factCellForm: "cell form",
		factRow: "row", factColumn: "column", factCellText: "cell text",
		factSourceForm: "source form", factSourceText: "source text", factNorm: "norm",
	}
	return names[field]
}
