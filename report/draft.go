package report

import (
	"cmp"
	"slices"

	"tonghop/report/fault"
)

// Source is the cell a fact was read from (law 4). The file is the upload's.
type Source struct {
	Sheet string // name of the worksheet, or "" for a form
	Cell  string // "F18", or "" for a form
	Text  string // what stood there, as stored
	Norm  string // codes of the notes that say how it was normalised, joined by ","
}

// Fact is one thing that is said: about whom, where, which indicator, which
// value, from which cell.
type Fact struct {
	Unit      string // agency code it is about: the reporter itself, or a unit below it
	Place     string // place code
	Indicator string
	Value     Value
	Source    Source
}

// CompareFacts orders facts canonically: unit, place, indicator.
func CompareFacts(a, b Fact) int {
	return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Indicator, b.Indicator))
}

// SortFacts puts facts in canonical order, so that the same facts give the same
// bytes (law 6).
func SortFacts(f []Fact) { slices.SortStableFunc(f, CompareFacts) }

// Outcome is what became of an upload: exactly one of the two (law 3).
type Outcome string

// The outcomes of checking an upload.
const (
	Ready   Outcome = "ready"   // may be submitted, perhaps after explanations
	Refused Outcome = "refused" // has findings that must be mended first
)

// Draft (số liệu đọc được) is what was read from an upload.
type Draft struct {
	Nil       bool       // "không phát sinh": the agency says that nothing occurred at all
	Facts     Facts      // no two of the same unit, place and indicator
	Findings  fault.List // in reading order
	Questions []Question // what the agency is asked, and was asked and has answered, in reading order
	Counts    Counts
}

// Counts is the account of the cells of an upload: Cells = Used + Excluded
// (law 4).
type Counts struct {
	Cells    int `json:"cells"`    // non-empty cells in the workbook
	Used     int `json:"used"`     // became facts, headers, keys or marks
	Excluded int `json:"excluded"` // left out, each with a reason
}

// Explanation is an agency's answer to a finding of severity explain.
type Explanation struct {
	Code   string `json:"code"`
	Sheet  string `json:"sheet,omitempty"`
	Cell   string `json:"cell,omitempty"`
	Reason string `json:"reason"` // at least [MinExplanation] characters
}

// Answers reports whether the explanation is one of the finding: of its code,
// and, where it names a sheet or a cell, of that one. One answer may do for all
// findings of a code.
func (e Explanation) Answers(f fault.Fault) bool {
	return e.Code == string(f.Code) && (e.Sheet == "" || e.Sheet == f.Sheet) && (e.Cell == "" || e.Cell == f.Cell)
}

// Explanations are those that stood in the upload itself, each a finding that says
// which other it answers.
func (d *Draft) Explanations() []Explanation {
	var out []Explanation
	for _, f := range d.Findings {
		if f.Code == fault.ExplanationRead {
			code, _ := f.Arg("code")
			reason, _ := f.Arg("reason")
			out = append(out, Explanation{Code: code, Sheet: f.Sheet, Cell: f.Cell, Reason: reason})
		}
	}
	return out
}

// MinExplanation is the least number of characters of an explanation: a reader
// years later must learn something from it. A reason for a decision needs
// [MinReason].
const (
	MinExplanation = 10
	MinReason      = 3
)
