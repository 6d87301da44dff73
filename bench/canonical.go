package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// canonicalSummary reads our summary back and writes it in the form in which all
// summaries are compared, that of ../shared/bench/dump.py: agency, district, the
// number of rows, three whole numbers and two decimals of two places, with tabs
// between them, sorted, a line each.
func canonicalSummary(book []byte) ([]byte, error) {
	wb, err := xlsx.Open(bytes.NewReader(book), int64(len(book)), xlsx.Limits{})
	if err != nil {
		return nil, err
	}
	grid, err := wb.Grid(0)
	if err != nil {
		return nil, err
	}
	var head map[string]int
	var lines []string
	for row := range rowsOf(grid) {
		if head == nil {
			head = heading(row)
			continue
		}
		line, err := canonicalLine(head, row)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// rowsOf gives the cells of a grid row by row.
func rowsOf(g *xlsx.Grid) func(yield func([]xlsx.Cell) bool) {
	return func(yield func([]xlsx.Cell) bool) {
		for from := 0; from < len(g.Cells); {
			to := from
			for to < len(g.Cells) && g.Cells[to].Row == g.Cells[from].Row {
				to++
			}
			if !yield(g.Cells[from:to]) {
				return
			}
			from = to
		}
	}
}

// The heads of the columns that every summary has.
const (
	headAgency, headPlace, headGiven = "Đơn vị", "Địa bàn", "Số đơn vị có số liệu"
)

// heading finds the columns by their heads; nil when the row is not the head.
func heading(row []xlsx.Cell) map[string]int {
	at := map[string]int{}
	for i := range row {
		at[row[i].Text] = row[i].Col
	}
	if at[headAgency] == 0 || at[headPlace] == 0 {
		return nil
	}
	return at
}

func canonicalLine(head map[string]int, row []xlsx.Cell) (string, error) {
	text := map[int]string{}
	for i := range row {
		text[row[i].Col] = row[i].Text
	}
	parts := []string{text[head[headAgency]], text[head[headPlace]], text[head[headGiven]]}
	for _, ind := range officeIndicators {
		d, err := decimal.Parse(orZero(text[head[ind.name+" ("+ind.unit+")"]]))
		if err != nil {
			return "", fmt.Errorf("row %d: %w", row[0].Row, err)
		}
		shown, err := d.StringFixed(scaleOf(ind.typ))
		if err != nil {
			return "", fmt.Errorf("row %d: %w", row[0].Row, err)
		}
		parts = append(parts, shown)
	}
	return strings.Join(parts, "\t"), nil
}

// orZero: the peers write 0 where no row of a group had a figure.
func orZero(text string) string {
	if text == "" {
		return "0"
	}
	return text
}
