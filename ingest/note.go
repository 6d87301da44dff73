package ingest

import (
	"cmp"
	"slices"
	"strconv"

	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// note says how a value was come by. There may be one for each of many figures,
// most of which end as one finding, so it is no finding yet.
type note struct {
	code      fault.Code
	label     string // of the indicator, "" where it is about none
	got, used string // what was read, and what it was taken for ("": nothing to say)
	expected  string // what would have been expected, "" where nothing else was
	spot             // set once it is known
}

// finding puts a note into the words of the catalogue.
func (n *note) finding() fault.Fault {
	f := fault.New(n.code)
	for _, a := range [...]fault.Arg{fault.A("expected", n.expected), fault.A("got", n.got), fault.A("label", n.label), fault.A("used", n.used)} {
		if a.Value != "" {
			f.Args = append(f.Args, a) // in their order
		}
	}
	return f.At(n.sheet, n.cell)
}

// note says how the value of an answer was come by.
func (a *answer) note(q question, n note) {
	if a.notes == nil {
		a.notes = q.notes[:0]
	}
	a.notes = append(a.notes, n)
}

// apart is how many notes of one kind in one column stand singly; more are said
// in one with a count, so that a note is read at all.
const apart = 3

// gather makes findings of the notes and of what is said once for a sheet.
func (r *reading) gather() {
	type kind struct {
		code         fault.Code
		sheet, label string
	}
	at := map[kind]int{}
	var groups [][]int // of notes of one kind, in the order in which they were made
	for i := range r.notes {
		n := &r.notes[i]
		k := kind{n.code, n.sheet, n.label}
		g, known := at[k]
		if !known {
			g = len(groups)
			at[k], groups = g, append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	for _, group := range groups {
		if len(group) <= apart {
			for _, i := range group {
				r.findings = append(r.findings, r.notes[i].finding())
			}
			continue
		}
		first, more := &r.notes[group[0]], group[1:]
		others := make([]spot, len(more))
		for k, i := range more {
			others[k] = r.notes[i].spot
		}
		r.find(first.finding().With(fault.A("more", strconv.Itoa(len(more)))).See(ranges(others)...))
	}
	for _, name := range r.order {
		r.gatherSheet(name, r.sheetTally(name))
	}
}

// rangesBySheet names cells, those of one sheet together, in the order in which
// the sheets come.
func rangesBySheet(spots []spot) (out []string) {
	var sheets []string
	of := map[string][]spot{}
	for _, s := range spots {
		if of[s.sheet] == nil {
			sheets = append(sheets, s.sheet)
		}
		of[s.sheet] = append(of[s.sheet], s)
	}
	for _, name := range sheets {
		out = append(out, ranges(of[name])...)
	}
	return out
}

// ranges names cells of one sheet, runs in one column as one: "Biểu 1!F8:F12".
func ranges(spots []spot) []string {
	type cell struct{ row, col int }
	cells := make([]cell, 0, len(spots))
	var out []string
	for _, s := range spots {
		row, col, err := xlsx.ParseRef(s.cell)
		if err != nil { // a path in a form
			out = append(out, s.cell)
			continue
		}
		cells = append(cells, cell{row, col})
	}
	slices.SortFunc(cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.col, b.col), cmp.Compare(a.row, b.row)) })
	for i := 0; i < len(cells); {
		j := i
		for j+1 < len(cells) && cells[j+1].col == cells[i].col && cells[j+1].row == cells[j].row+1 {
			j++
		}
		run := xlsx.Range{FirstRow: cells[i].row, FirstCol: cells[i].col, LastRow: cells[j].row, LastCol: cells[j].col}
		out = append(out, inSheet(spots[0].sheet, run.String()))
		i = j + 1
	}
	return out
}
