package outlinetest

import (
	"cmp"
	"fmt"
	"slices"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

// Task is one thing a reader has to find out.
type Task string

// The tasks, in the order in which they are reported.
const (
	Tables      Task = "tables"         // body rows and columns of each table, exactly
	HeaderRows  Task = "header rows"    // of each table, all of them and no other
	IndexRows   Task = "index rows"     // the row of column numbers of each table
	ColumnRoles Task = "column roles"   // of each column
	ColumnPaths Task = "column paths"   // the words over each column
	ColumnUnits Task = "column units"   // stated in the header of the column
	ColumnNames Task = "column marks"   // what the index row calls each column, and its technical name
	ColumnSums  Task = "column totals"  // columns that are sums, with exactly their parts
	RowRoles    Task = "row roles"      // of each row
	RowNames    Task = "row names"      // of each row
	RowNumbers  Task = "row numbers"    // typed in a column of their own
	RowCodes    Task = "row codes"      // of each row
	RowLevels   Task = "row levels"     // of each row
	RowSums     Task = "row totals"     // rows that are sums, with exactly their parts
	Places      Task = "places"         // the code of the place a row is about
	Units       Task = "units"          // of each table, and the cell that states it
	Cells       Task = "cells"          // each cell of a sheet counted once: sheets
	Excluded    Task = "excluded cells" // cells that are no part of a table
	BrokenSums  Task = "broken totals"  // cell and difference
	Figures     Task = "figures"        // row (role, name, place), column (role, path) and unit of each
)

// AllTasks lists the tasks.
var AllTasks = []Task{
	Tables, HeaderRows, IndexRows, ColumnRoles, ColumnPaths, ColumnUnits, ColumnNames, ColumnSums, RowRoles, RowNames, RowNumbers, RowCodes,
	RowLevels, RowSums, Places, Units, Cells, Excluded, BrokenSums, Figures,
}

// Tally counts the answers to one task.
type Tally struct {
	Right    int // answers that the gold has too
	Gold     int // what there was to find: Right/Gold is the recall
	Got      int // what was answered: Right/Got is the precision
	Failures []Failure
}

// maxFailures is how many failures a tally keeps.
const maxFailures = 200

// Failure is an answer that was wrong or missing.
type Failure struct {
	Seed      uint64
	Sheet, At string // cell, row, column or range
	Want, Got string // "" for none
}

func (f Failure) String() string {
	return fmt.Sprintf("seed %d, %s %s: got %q, want %q", f.Seed, f.Sheet, f.At, f.Got, f.Want)
}

// Scores are the tallies by task.
type Scores map[Task]*Tally

// Add puts other scores to these.
func (s Scores) Add(other Scores) {
	for _, task := range AllTasks {
		o := other[task]
		if o == nil {
			continue
		}
		t := s.of(task)
		t.Right, t.Gold, t.Got = t.Right+o.Right, t.Gold+o.Gold, t.Got+o.Got
		room := max(0, maxFailures-len(t.Failures))
		t.Failures = append(t.Failures, o.Failures[:min(room, len(o.Failures))]...)
	}
}

func (s Scores) of(task Task) *Tally {
	if s[task] == nil {
		s[task] = &Tally{}
	}
	return s[task]
}

// Perfect reports whether nothing was missed and nothing made up.
func (t *Tally) Perfect() bool { return t == nil || t.Right == t.Gold && t.Right == t.Got }

// Score holds a reading against the gold of a sample.
func Score(sample Sample, got outline.File) Scores {
	s := scorer{scores: Scores{}, sample: sample}
	for _, task := range AllTasks {
		s.scores.of(task)
	}
	for i, want := range sample.Gold.File.Sheets {
		at := slices.IndexFunc(got.Sheets, func(g outline.Sheet) bool { return g.Name == want.Name })
		var sheet outline.Sheet
		if at >= 0 {
			sheet = got.Sheets[at]
		}
		s.sheet(want, sample.Gold.Sheets[i], sheet)
	}
	s.cells(got)
	s.broken(got)
	return s.scores
}

type scorer struct {
	scores Scores
	sample Sample
	name   string // of the sheet
}

// answer counts one answer. What is "" was not asked, or not answered.
func (s *scorer) answer(task Task, at, want, got string) {
	s.answerIf(task, at, want, got, want == got)
}

func (s *scorer) answerIf(task Task, at, want, got string, right bool) {
	t := s.scores.of(task)
	if want == "" && got == "" {
		return
	}
	if want != "" {
		t.Gold++
	}
	if got != "" {
		t.Got++
	}
	if right && want != "" && got != "" {
		t.Right++
		return
	}
	s.fail(task, at, want, got)
}

// fail keeps an answer that was wrong or missing, to be looked at.
func (s *scorer) fail(task Task, at, want, got string) {
	t := s.scores.of(task)
	if len(t.Failures) < maxFailures {
		t.Failures = append(t.Failures, Failure{Seed: s.sample.Seed, Sheet: s.name, At: at, Want: want, Got: got})
	}
}

// sheet scores one tab. Hidden ones are read for their cells only.
func (s *scorer) sheet(want outline.Sheet, extra GoldSheet, got outline.Sheet) {
	s.name = want.Name
	if want.State != "visible" {
		return
	}
	pairs := pair(want.Tables, got.Tables)
	used := map[int]bool{}
	for i, w := range want.Tables {
		var g *outline.Table
		if k, ok := pairs[i]; ok {
			g, used[k] = &got.Tables[k], true
		}
		s.table(w, extra.Tables[i], g)
	}
	for k := range got.Tables {
		if !used[k] {
			s.extraTable(got.Tables[k])
		}
	}
	s.excluded(want, extra, got)
}

// pair finds for each table the reading that covers it best, by the share of
// cells that are in both of those that are in either, half at least.
func pair(want, got []outline.Table) map[int]int {
	type match struct{ w, g, both, either int }
	var all []match
	for i, w := range want {
		for k, g := range got {
			a, err := xlsx.ParseRange(w.Range)
			b, err2 := xlsx.ParseRange(g.Range)
			if err != nil || err2 != nil {
				continue
			}
			rows := min(a.LastRow, b.LastRow) - max(a.FirstRow, b.FirstRow) + 1
			cols := min(a.LastCol, b.LastCol) - max(a.FirstCol, b.FirstCol) + 1
			if rows <= 0 || cols <= 0 {
				continue
			}
			both := rows * cols
			either := area(a) + area(b) - both
			if 2*both >= either {
				all = append(all, match{i, k, both, either})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int { return cmp.Compare(b.both*a.either, a.both*b.either) })
	out, taken := map[int]int{}, map[int]bool{}
	for _, m := range all {
		if _, ok := out[m.w]; !ok && !taken[m.g] {
			out[m.w], taken[m.g] = m.g, true
		}
	}
	return out
}

func area(r xlsx.Range) int { return (r.LastRow - r.FirstRow + 1) * (r.LastCol - r.FirstCol + 1) }

// body writes where the body of a table is: rows and columns.
func body(t outline.Table) string {
	r, err := xlsx.ParseRange(t.Range)
	if err != nil {
		return t.Range
	}
	return xlsx.Rect(max(t.FirstRow, 1), r.FirstCol, max(t.LastRow, t.FirstRow, 1), r.LastCol).String()
}

// extraTable counts what was read where no table is.
func (s *scorer) extraTable(g outline.Table) {
	s.answer(Tables, g.Range, "", body(g))
	s.answer(HeaderRows, g.Range, "", list(g.HeaderRows))
	s.answer(IndexRows, g.Range, "", number(g.IndexRow))
	s.answer(Units, g.Range, "", textOf(g.Unit))
	for _, c := range g.Columns {
		s.answer(ColumnRoles, c.Column, "", c.Role)
		s.answer(ColumnPaths, c.Column, "", pathOf(c.Path))
		s.answer(ColumnSums, c.Column, "", list(c.SumOf))
	}
	for _, r := range g.Rows {
		s.answer(RowRoles, number(&r.Row), "", r.Role)
		s.answer(RowSums, number(&r.Row), "", list(r.SumOf))
		s.answer(Places, number(&r.Row), "", textOf(r.Place))
	}
}
