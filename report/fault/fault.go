package fault

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with, or worth saying about, a paper: a code, a place and
// arguments. It is a value; the methods that add to it return a copy. The words are made
// from the catalogue when asked for.
type Fault struct {
	Code     Code
	Severity Severity // the catalogue's, unless the one who raised it weighs it otherwise
	File     string   // the file, where more than one is in question
	Sheet    string   // the sheet as the workbook names it
	Cell     string   // A1 reference or range; for a form, a path such as values/4
	Line     int      // for documents: the line from 1; 0 when there is none
	Column   int      // for documents: the column from 1
	Related  []string // other cells concerned, such as "Biểu 01!G18"
	Args     []Arg    // sorted by name, each name once
}

// Arg is one named argument of the words. EN is set only where English says it otherwise.
type Arg struct {
	Name  string
	Value string
	EN    string
}

// A returns an argument that is the same in both languages.
func A(name, value string) Arg { return Arg{Name: name, Value: value} }

// Both returns an argument that differs by language, such as the reason of a rule.
func Both(name, vi, en string) Arg { return Arg{Name: name, Value: vi, EN: en} }

// New returns a fault of the given kind with the catalogue's severity. Of arguments with
// the same name the last one holds.
func New(code Code, args ...Arg) Fault {
	f := Fault{Code: code, Severity: code.Severity()}
	return f.With(args...)
}

// With returns f with more arguments; one of the same name replaces the old one.
func (f Fault) With(args ...Arg) Fault {
	kept := slices.Clone(f.Args)
	for _, a := range args {
		kept = slices.DeleteFunc(kept, func(k Arg) bool { return k.Name == a.Name })
		kept = append(kept, a)
	}
	slices.SortFunc(kept, func(a, b Arg) int { return strings.Compare(a.Name, b.Name) })
	f.Args = kept
	return f
}

// At returns f at a cell of a sheet.
func (f Fault) At(sheet, cell string) Fault {
	f.Sheet, f.Cell = sheet, cell
	return f
}

// AtLine returns f at a line and column of a document, both counted from 1.
func (f Fault) AtLine(line, column int) Fault {
	f.Line, f.Column = line, column
	return f
}

// In returns f in a file.
func (f Fault) In(file string) Fault {
	f.File = file
	return f
}

// See returns f with other cells named that it concerns.
func (f Fault) See(cells ...string) Fault {
	f.Related = append(slices.Clone(f.Related), cells...)
	return f
}

// Weighed returns f weighed otherwise than the catalogue does, as a rule that a definition
// declares a warning is.
func (f Fault) Weighed(s Severity) Fault {
	f.Severity = s
	return f
}

// Arg returns the value of a named argument; ok tells whether it was given.
func (f Fault) Arg(name string) (value string, ok bool) {
	a, ok := find(f.Args, name)
	return a.Value, ok
}

func find(args []Arg, name string) (Arg, bool) {
	i := slices.IndexFunc(args, func(a Arg) bool { return a.Name == name })
	if i < 0 {
		return Arg{}, false
	}
	return args[i], true
}

// Place says where in the machine's way: "file:line:column" or "file: sheet!cell", as
// much of it as is known.
func (f Fault) Place() string {
	switch {
	case f.Line > 0 && f.File == "":
		return fmt.Sprintf("%d:%d", f.Line, f.Column)
	case f.Line > 0:
		return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
	}
	cell := f.Cell
	if f.Sheet != "" && f.Cell != "" {
		cell = f.Sheet + "!" + f.Cell
	} else if f.Sheet != "" {
		cell = f.Sheet
	}
	if f.File != "" && cell != "" {
		return f.File + ": " + cell
	}
	return f.File + cell
}

// PlaceVI says where in words: "trang “Biểu 01”, ô F18" or "dòng 3, cột 5".
func (f Fault) PlaceVI() string {
	return f.placeWords("tệp “%s”", "trang “%s”", "ô %s", "dòng %d", "cột %d")
}

// PlaceEN says where in words: "sheet “Biểu 01”, cell F18" or "line 3, column 5".
func (f Fault) PlaceEN() string {
	return f.placeWords("file “%s”", "sheet “%s”", "cell %s", "line %d", "column %d")
}

func (f Fault) placeWords(file, sheet, cell, line, column string) string {
	var parts []string
	for _, p := range []struct{ format, value string }{{file, f.File}, {sheet, f.Sheet}, {cell, f.Cell}} {
		if p.value != "" {
			parts = append(parts, fmt.Sprintf(p.format, p.value))
		}
	}
	for _, p := range []struct {
		format string
		value  int
	}{{line, f.Line}, {column, f.Column}} {
		if p.value > 0 {
			parts = append(parts, fmt.Sprintf(p.format, p.value))
		}
	}
	return strings.Join(parts, ", ")
}

// Error is the English sentence with its place and code, for logs and terminals.
func (f Fault) Error() string {
	text := string(f.Code) + ": " + f.EN()
	if place := f.Place(); place != "" {
		return place + ": " + text
	}
	return text
}

// Is lets errors.Is(err, fault.NotWhole) match a fault by its code.
func (f Fault) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == f.Code
}
