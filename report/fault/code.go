package fault

import (
	"slices"
	"strings"
)

// Code names one kind of fault for ever (law 7), such as "V302". It is an error, so that
// errors.Is(err, fault.NotWhole) finds a Fault of that code anywhere in a chain or List.
type Code string

// Info returns what the catalogue says about c; ok is false for a code it does not know,
// as one written by a newer program may be.
func (c Code) Info() (info Info, ok bool) {
	i, ok := slices.BinarySearchFunc(catalogue[:], c, func(in Info, c Code) int {
		return strings.Compare(string(in.Code), string(c))
	})
	if !ok {
		return Info{Code: c, Severity: Error}, false
	}
	return catalogue[i], true
}

// Severity returns how grave c is unless a Fault says otherwise. An unknown code is an
// Error: it must not pass in silence.
func (c Code) Severity() Severity {
	info, _ := c.Info()
	return info.Severity
}

// Error makes a code usable as the target of errors.Is. It is the code alone, as %s
// prints it too.
func (c Code) Error() string { return string(c) }

// Severity says what a fault asks of the one who sent the paper.
type Severity string

// The four severities, gravest first.
const (
	Stop    Severity = "stop"    // the file cannot be read; nothing else was checked
	Error   Severity = "error"   // must be mended before submitting
	Explain Severity = "explain" // must be explained before submitting
	Note    Severity = "note"    // was normalised or left out; blocks nothing
)

// Severities lists all of them, gravest first.
func Severities() []Severity { return []Severity{Stop, Error, Explain, Note} }

// Rank orders severities: 0 for Stop up to 3 for Note. Anything else ranks as Error.
func (s Severity) Rank() int {
	if i := slices.Index(Severities(), s); i >= 0 {
		return i
	}
	return Error.Rank()
}

// Blocks reports whether a paper with such a fault cannot be submitted as it is.
func (s Severity) Blocks() bool { return s.Rank() <= Error.Rank() }

// VI is the heading a Vietnamese reader sees over faults of this severity.
func (s Severity) VI() string {
	return [...]string{"Không đọc được tệp", "Lỗi phải sửa", "Cần giải trình", "Đã chuẩn hoá"}[s.Rank()]
}

// EN is the same heading in English.
func (s Severity) EN() string {
	return [...]string{"File cannot be read", "Must be mended", "Needs explaining", "Normalised"}[s.Rank()]
}

// Kind says how the words show an argument.
type Kind string

// The kinds of argument.
const (
	Text   Kind = "text"   // as it is
	Number Kind = "number" // a canonical decimal: 1204.5 is shown as 1.204,5 or 1,204.5
	Date   Kind = "date"   // a day: 2021-03-30 is shown as 30/3/2021 in Vietnamese
)

// Param is an argument the words of a fault may use.
type Param struct {
	Name string
	Kind Kind
}

// Info is one entry of the catalogue. The four texts are templates: {name} is an
// argument, [[...]] is dropped unless every argument inside it is given.
type Info struct {
	Code         Code
	Name         string // the Go constant
	Severity     Severity
	VI, EN       string  // what is wrong
	FixVI, FixEN string  // how to mend it
	Params       []Param // every argument, in the order of the data file
	Example      []Arg   // one value for each, as docs/faults.md shows it
	Retired      bool    // no longer raised; kept because journals hold it
	ReplacedBy   Code    // for a retired code, the one raised instead, if any
}

// Sample returns a fault of this kind with the catalogue's example arguments.
func (in Info) Sample() Fault { return New(in.Code, in.Example...) }

// All returns the whole catalogue in the order of codes.
func All() []Info { return slices.Clone(catalogue[:]) }
