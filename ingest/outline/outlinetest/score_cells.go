package outlinetest

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// cells scores the account of all cells: as many as there are, each once.
func (s *scorer) cells(got outline.File) {
	s.name = ""
	want := s.sample.Gold.File.Counts.Cells
	g := got.Counts
	said := fmt.Sprintf("%d used + %d excluded of %d", g.Used, g.Excluded, g.Cells)
	s.answerIf(Cells, "", fmt.Sprint(want), said, g.Cells == want && g.Used+g.Excluded == want)
}

// excluded scores which cells were left out. Cells that may go either way, and
// those of rows in which the header stands again, are not asked.
func (s *scorer) excluded(want outline.Sheet, extra GoldSheet, got outline.Sheet) {
	var ranges []xlsx.Range
	for _, e := range got.Excluded {
		if r, err := xlsx.ParseRange(e.Range); err == nil {
			ranges = append(ranges, r)
		}
	}
	out := func(row, col int) bool {
		return slices.ContainsFunc(ranges, func(r xlsx.Range) bool { return r.Contains(row, col) })
	}
	for _, cell := range extra.Outside {
		row, col, err := xlsx.ParseRef(cell)
		if err != nil {
			continue
		}
		said := ""
		if out(row, col) {
			said = "excluded"
		}
		s.answer(Excluded, cell, "excluded", said)
	}
	for i, t := range want.Tables {
		for _, r := range t.Rows {
			for _, c := range t.Columns {
				row, col, err := xlsx.ParseRef(c.Column + number(&r.Row))
				if err == nil && !slices.Contains(extra.Tables[i].Repeated, row) && out(row, col) {
					s.answer(Excluded, xlsx.Ref(row, col), "", "excluded")
				}
			}
		}
	}
}

// broken scores the totals said not to add up: a finding that has a difference
// among its arguments says so of its cell.
func (s *scorer) broken(got outline.File) {
	found := map[string]bool{}
	for _, b := range s.sample.Gold.Broken {
		s.name = b.Sheet
		said, right := "", false
		for _, f := range got.Findings {
			if d, ok := f.Arg("diff"); ok && f.Sheet == b.Sheet && f.Cell == b.Cell {
				found[f.Sheet+"!"+f.Cell] = true
				said = d
				if right = slices.ContainsFunc(b.Differences, func(w string) bool { return sameNumber(w, d) }); right {
					break
				}
			}
		}
		if b.Required || said != "" && !right {
			s.answerIf(BrokenSums, b.Cell, strings.Join(b.Differences, " or "), said, right)
		}
	}
	for _, f := range got.Findings {
		if d, ok := f.Arg("diff"); ok && !found[f.Sheet+"!"+f.Cell] && s.isShown(f.Sheet) {
			s.name = f.Sheet
			s.answer(BrokenSums, f.Cell, "", d)
		}
	}
}

func (s *scorer) isShown(sheet string) bool {
	return slices.ContainsFunc(s.sample.Gold.File.Sheets, func(g outline.Sheet) bool { return g.Name == sheet && g.State == "visible" })
}

func sameNumber(a, b string) bool {
	x, err := decimal.Parse(a)
	y, err2 := decimal.Parse(b)
	return err == nil && err2 == nil && x == y
}
