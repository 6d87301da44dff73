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

// writeFacts writes facts in columns. There must be no two of the same unit,
// place and indicator (law 6).
func writeFacts(w *writer, facts report.Facts) error {
	c := facts.Columns()
	if c == nil {
		return nil
	}
	if c.Count > MaxFacts {
		return fmt.Errorf("%d facts: %w", c.Count, ErrLimit)
	}
	for i := range c.Count {
		if err := checkFact(facts, i); err != nil {
			return fmt.Errorf("fact %d: %w: %w", i, ErrInvalid, err)
		}
	}
	w.number(factCount, int64(c.Count))
	for i, texts := range [][]string{c.Units, c.Places, c.Indicators, c.Sheets, c.Norms} {
		w.texts(protowire.Number(factUnits+i), texts)
	}
	numbers := make([]uint64, c.Count)
	w.column(factUnit, differences(numbers, c.Unit))
	w.column(factPlace, differences(numbers, c.Place))
	w.column(factIndicator, differences(numbers, c.Indicator))
	writeValues(w, facts, numbers)
	w.column(factSheet, differences(numbers, c.Sheet))
	writeCells(w, c, numbers)
	writeSourceTexts(w, c, numbers)
	w.column(factNorm, differences(numbers, c.Norm))
	return nil
}

// checkFact refuses a fact that says nothing, and one that is there twice.
func checkFact(facts report.Facts, i int) error {
	if kind := facts.Kind(i); kind == report.Missing || kind > report.NotApplicable {
		return fmt.Errorf("value of kind %s", kind)
	}
	if i > 0 && facts.Columns().CompareKeys(i-1, i) == 0 {
		unit, place, indicator := facts.Key(i)
		return fmt.Errorf("%s, %s, %s is there twice", unit, place, indicator)
	}
	return nil
}

func writeValues(w *writer, facts report.Facts, numbers []uint64) {
	c := facts.Columns()
	var scales, yes []uint64
	var mantissas []byte
	some := false // a number is not 0
	for i := range numbers {
		kind := facts.Kind(i)
		numbers[i] = uint64(kind - report.Number)
		switch kind {
		case report.Number:
			num := facts.Value(i).Num
			hi, lo, scale := num.Parts()
			uhi, ulo := encodeZigZag128(hi, lo)
			mantissas, scales = appendWide(mantissas, uhi, ulo), append(scales, uint64(scale))
			some = some || !num.IsZero()
		case report.YesNo:
			yes = append(yes, c.Content.At(i))
		}
	}
	w.column(factKind, numbers)
	if some {
		w.blob(factMantissa, mantissas)
	}
	w.column(factScale, scales)
	w.column(factYes, yes)
	w.texts(factWords, c.Words)
}

func writeCells(w *writer, c *report.FactColumns, numbers []uint64) {
	rows, columns := make([]uint64, 0, c.Count), make([]uint64, 0, c.Count)
	var lastRow, lastColumn uint64
	for i := range numbers {
		switch row, column := c.Row.At(i), c.Column.At(i); {
		case row > 0:
			numbers[i] = cellA1
			rows, columns = append(rows, difference(lastRow, row)), append(columns, difference(lastColumn, column))
			lastRow, lastColumn = row, column
		case column > 0:
			numbers[i] = cellText
		default:
			numbers[i] = cellNone
		}
	}
	w.column(factCellForm, numbers)
	w.column(factRow, rows)
	w.column(factColumn, columns)
	w.texts(factCellText, c.Cells)
}

func writeSourceTexts(w *writer, c *report.FactColumns, numbers []uint64) {
	for i := range numbers {
		numbers[i] = min(c.Text.At(i), 1)
	}
	w.column(factSourceForm, numbers)
	w.texts(factSourceText, c.Texts)
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
