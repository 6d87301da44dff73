package report

import (
	"cmp"
	"slices"
	"strings"

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

// Explanation is an agency's answer to a finding of severity explain, or to a
// group of them.
type Explanation struct {
	Code   string `json:"code"`
	Group  string `json:"group,omitempty"` // [fault.Fault.Group], or the beginning of one: "R402/R05"
	Sheet  string `json:"sheet,omitempty"`
	Cell   string `json:"cell,omitempty"`
	Reason string `json:"reason"` // at least [MinExplanation] characters
}

// Answers reports whether the explanation is one of the finding: of its code,
// and, where it names a group, a sheet or a cell, of that one. One answer may do
// for all findings of a code.
func (e Explanation) Answers(f fault.Fault) bool {
	return e.Code == string(f.Code) && (e.Group == "" || covers(e.Group, f.Group())) &&
		(e.Sheet == "" || e.Sheet == f.Sheet) && (e.Cell == "" || e.Cell == f.Cell)
}

// covers reports whether a key is a group or lies below it: a rule's whole group
// is "R402/R05", its part in column C of a sheet "R402/R05/Biểu 2/C".
func covers(group, key string) bool {
	return key == group || strings.HasPrefix(key, group+"/")
}

// ReasonFor gives the reason the agency gave with the submission for a finding
// like this one: of the same code and rule, the same column where there is one. A
// reason is that of a period; for the next it is a suggestion and no answer.
func (s *Submission) ReasonFor(f fault.Fault) string {
	if s == nil || s.Draft == nil {
		return ""
	}
	like := func(same func(fault.Fault) bool) string {
		for _, old := range s.Draft.Findings {
			if old.Severity != fault.Explain || old.Code != f.Code || !same(old) {
				continue
			}
			for _, e := range s.Explanations {
				if e.Answers(old) {
					return e.Reason
				}
			}
		}
		return ""
	}
	rule, _ := f.Arg("rule")
	return cmp.Or(like(func(old fault.Fault) bool { return old.Group() == f.Group() }), like(func(old fault.Fault) bool {
		was, _ := old.Arg("rule")
		return was == rule
	}))
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
