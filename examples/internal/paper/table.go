package paper

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"strings"

	"tonghop/report/decimal"
)

// Table is what an agency wrote, cell by cell, as typed.
type Table struct {
	Places []string // codes of the columns
	Rows   []Row
}

// Row is what stands in the row of an indicator, in the order of the places.
type Row struct {
	Indicator string
	Cells     []string
}

// ReadTable reads a table.
func ReadTable(fsys fs.FS, name string) (*Table, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	defer func() { _ = f.Close() }() // read only: nothing can be lost
	r := csv.NewReader(f)
	r.Comment = '#'
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", name, err)
	}
	if len(records) < 2 || len(records[0]) < 2 {
		return nil, fmt.Errorf("table %s: no rows or no places", name)
	}
	t := &Table{Places: records[0][1:]}
	for _, record := range records[1:] {
		t.Rows = append(t.Rows, Row{Indicator: record[0], Cells: record[1:]})
	}
	return t, nil
}

// At gives what stands at an indicator and place, "" when nothing does.
func (t *Table) At(indicator, place string) string {
	for _, row := range t.Rows {
		if row.Indicator != indicator {
			continue
		}
		for i, p := range t.Places {
			if p == place {
				return row.Cells[i]
			}
		}
	}
	return ""
}

// Home is the place of what is asked once of the agency: the first column.
func (t *Table) Home() string { return t.Places[0] }

// Typed says what typing a cell gives: a number, or words.
func Typed(cell string) (text string, isNumber bool) {
	if forced, ok := strings.CutPrefix(cell, "'"); ok {
		return forced, false
	}
	_, err := decimal.Parse(cell)
	return cell, err == nil
}
