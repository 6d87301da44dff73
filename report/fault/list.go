package fault

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// List is the faults of one paper. It is an error, and errors.Is and errors.As look into
// each of its faults.
type List []Fault

// Err returns the list as an error, or nil when it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error is the English text of every fault, one a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.Is and errors.As the faults one by one.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, f := range l {
		errs[i] = f
	}
	return errs
}

// Blocks reports whether any fault keeps the paper from being submitted.
func (l List) Blocks() bool {
	return slices.ContainsFunc(l, func(f Fault) bool { return f.Severity.Blocks() })
}

// Of returns the faults of one severity, in the order of the list.
func (l List) Of(s Severity) List {
	var out List
	for _, f := range l {
		if f.Severity == s {
			out = append(out, f)
		}
	}
	return out
}

// NeedExplaining returns the faults that want an explanation before submitting.
func (l List) NeedExplaining() List { return l.Of(Explain) }

// Sort puts the list in the order it is read: gravest first, then by file, by sheet in
// the order given (others after them by name, the paper as a whole before all), by row
// and column, by line and column, by code. Equal lists sort equal (law 6).
func (l List) Sort(sheets ...string) {
	slices.SortStableFunc(l, func(a, b Fault) int {
		return cmp.Or(
			cmp.Compare(a.Severity.Rank(), b.Severity.Rank()),
			strings.Compare(a.File, b.File),
			cmp.Compare(sheetRank(a.Sheet, sheets), sheetRank(b.Sheet, sheets)),
			strings.Compare(a.Sheet, b.Sheet),
			compareCells(a.Cell, b.Cell),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			strings.Compare(string(a.Code), string(b.Code)),
			slices.CompareFunc(a.Args, b.Args, compareArgs),
			slices.Compare(a.Related, b.Related),
		)
	})
}

func sheetRank(sheet string, order []string) int {
	if sheet == "" {
		return -1
	}
	if i := slices.Index(order, sheet); i >= 0 {
		return i
	}
	return len(order)
}

func compareArgs(a, b Arg) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value), strings.Compare(a.EN, b.EN))
}

// compareCells orders A1 references by row, then column: B9 before B10, Z9 before AA9.
// What is no reference comes after, with its digits compared as numbers: values/4 before
// values/12.
func compareCells(a, b string) int {
	columnA, rowA, okA := splitCell(a)
	columnB, rowB, okB := splitCell(b)
	switch {
	case okA && okB:
		return cmp.Or(cmp.Compare(rowA, rowB), compareColumns(columnA, columnB), strings.Compare(a, b))
	case okA != okB:
		// The paper as a whole (no cell) comes first, then cells, then other paths.
		if a == "" || okA && b != "" {
			return -1
		}
		return 1
	}
	return comparePaths(a, b)
}

// compareColumns orders column letters: a shorter name is further left.
func compareColumns(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// splitCell takes the first corner of an A1 reference apart; "$" is passed over.
func splitCell(ref string) (column string, row int, ok bool) {
	first, _, _ := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	digits := strings.TrimLeft(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	column = first[:len(first)-len(digits)]
	if column == "" || len(column) > 3 || !allDigits(digits) {
		return "", 0, false
	}
	row, err := strconv.Atoi(digits)
	return column, row, err == nil
}

// comparePaths compares two slash paths piece by piece, numbers as numbers.
func comparePaths(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "/"), strings.Split(b, "/"), func(x, y string) int {
		if allDigits(x) && allDigits(y) {
			x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y))
		}
		return strings.Compare(x, y)
	})
}

// Group is one line of the summary a clerk sees first: one fault, or many of the same
// code, rule, sheet and column that are better said once with a count.
type Group struct {
	Key    string // the same for faults that belong together; see [Fault.Group]
	Faults List   // one, or at least the threshold, in the order of the list
}

// Group names what f has in common with its repetitions: code, rule where there is one,
// sheet and column, and the label of what is asked there: where there is a single column
// of values, each of its rows asks something else. One explanation answers one group.
func (f Fault) Group() string {
	parts := []string{string(f.Code)}
	if rule, ok := f.Arg("rule"); ok {
		parts = append(parts, rule)
	}
	column, _, _ := splitCell(f.Cell)
	parts = append(parts, f.Sheet, column)
	if label, ok := f.Arg("label"); ok {
		parts = append(parts, label)
	}
	return strings.Join(parts, "/")
}

// Repeats is from how many on findings that belong together are said once with a count,
// in words, on the page and in JSON alike.
const Repeats = 2

// Group gathers faults that repeat at least threshold times, each group at the place of
// its first fault; the others stand alone. A threshold below 2 gathers all that repeat.
func (l List) Group(threshold int) []Group {
	count := make(map[string]int, len(l))
	for _, f := range l {
		count[f.Group()]++
	}
	threshold = max(threshold, 2)
	var out []Group
	at := make(map[string]int)
	for _, f := range l {
		key := f.Group()
		if i, seen := at[key]; seen {
			out[i].Faults = append(out[i].Faults, f)
			continue
		}
		if count[key] >= threshold {
			at[key] = len(out)
		}
		out = append(out, Group{Key: key, Faults: List{f}})
	}
	return out
}
