package examples

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// Story (kịch bản) is what happens in a demonstration, step by step, at fixed
// moments of the past, so that every run gives the same journal and the same
// summary (law 6). Whoever plays it acts each step through the desk at its
// moment; [Step.At] is the clock.
type Story struct {
	Title   report.Text `json:"story"`
	Folder  string      `json:"folder"`  // of the example, from the root of [FS]
	Request string      `json:"request"` // code of the request that it is about
	Apply   []string    `json:"apply"`   // files of definition, register and request, in order, from the root of [FS]
	Steps   []Step      `json:"steps"`
	Leave   []string    `json:"leave,omitempty"` // files from the folder that nobody sent, left for the onlooker to try
	Ending  report.Text `json:"ending"`          // what to look at afterwards
}

// Step is one thing that someone does.
type Step struct {
	Time   string `json:"at"` // Vietnam time, "2021-03-19 10:20"; see [Step.At]
	Do     Deed   `json:"do"`
	Agency string `json:"agency,omitempty"` // whose return; for upload, submit and withdraw also who acts

	File    string               `json:"file,omitempty"`    // upload: from the story's folder; .json is a form, all else a workbook
	Submit  bool                 `json:"submit,omitempty"`  // upload: submit in one go when nothing stands against it
	Note    string               `json:"note,omitempty"`    // upload: a word to the reviewer; approve: a note
	Explain []report.Explanation `json:"explain,omitempty"` // submit: answers to what must be explained

	Agencies []string `json:"agencies,omitempty"` // approve: several at once
	Reason   string   `json:"reason,omitempty"`   // withdraw, return, adjust, close, reopen
	Cells    []string `json:"cells,omitempty"`    // return: cells pointed at
	Figures  []Figure `json:"figures,omitempty"`  // adjust

	Becomes report.UploadState `json:"becomes,omitempty"` // upload: what must have become of it
	Codes   []string           `json:"codes,omitempty"`   // upload: codes of its findings but notes, sorted, each once
	Tell    report.Text        `json:"tell"`              // the step in a sentence
}

// Deed is what is done in a step.
type Deed string

// The deeds. Apply and the reviewing ones are the coordinator's, the others the
// agency's.
const (
	DoApply    Deed = "apply" // the files of [Story.Apply]
	DoUpload   Deed = "upload"
	DoSubmit   Deed = "submit" // the newest upload
	DoWithdraw Deed = "withdraw"
	DoApprove  Deed = "approve"
	DoReturn   Deed = "return"
	DoAdjust   Deed = "adjust"
	DoClose    Deed = "close"
	DoReopen   Deed = "reopen"
	DoLook     Deed = "look" // nothing happens; the story pauses to say where things stand
)

var deeds = []Deed{DoApply, DoUpload, DoSubmit, DoWithdraw, DoApprove, DoReturn, DoAdjust, DoClose, DoReopen, DoLook}

// Figure is a figure that the coordinator sets.
type Figure struct {
	Place     string          `json:"place,omitempty"` // "" for the provincial level
	Indicator string          `json:"indicator"`
	Value     decimal.Decimal `json:"value"`
}

// Tell reads a story. It is strict: an unknown field, a step out of order, a
// file that is not there, a deed without what it needs is an error.
func Tell(fsys fs.FS, name string) (*Story, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read story: %w", err)
	}
	s := &Story{}
	if faults := spec.Decode(name, b, s); len(faults) > 0 {
		return nil, broken(name, faults)
	}
	if err := s.check(fsys); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

const stepTime = "2006-01-02 15:04"

// At is the moment of the step.
func (s *Step) At() time.Time {
	t, _ := time.ParseInLocation(stepTime, s.Time, calendar.Vietnam()) // checked by Tell
	return t
}

// Path is where the step's file lies in [FS]; "" when it has none.
func (s *Story) Path(step *Step) string {
	if step.File == "" {
		return ""
	}
	return path.Join(s.Folder, step.File)
}

// IsForm reports whether the step's file is a form rather than a workbook.
func (s *Step) IsForm() bool { return path.Ext(s.File) == ".json" }

func (s *Story) check(fsys fs.FS) error {
	for _, name := range s.Apply {
		if _, err := fs.Stat(fsys, name); err != nil {
			return fmt.Errorf("apply: %w", err)
		}
	}
	for _, name := range s.Leave {
		if _, err := fs.Stat(fsys, path.Join(s.Folder, name)); err != nil {
			return fmt.Errorf("leave: %w", err)
		}
	}
	var last time.Time
	for i := range s.Steps {
		step := &s.Steps[i]
		if err := step.check(); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		if at := step.At(); !at.After(last) {
			return fmt.Errorf("step %d: %s is not after the step before it", i+1, step.Time)
		}
		last = step.At()
		if step.Do == DoUpload {
			if _, err := fs.Stat(fsys, s.Path(step)); err != nil {
				return fmt.Errorf("step %d: %w", i+1, err)
			}
		}
	}
	return nil
}

func (s *Step) check() error {
	if _, err := time.ParseInLocation(stepTime, s.Time, calendar.Vietnam()); err != nil {
		return fmt.Errorf("at: %w", err)
	}
	if !slices.Contains(deeds, s.Do) {
		return fmt.Errorf("do: %q is none of %v", s.Do, deeds)
	}
	if s.Tell.VI == "" {
		return fmt.Errorf("%s: the telling is missing", s.Do)
	}
	for _, need := range []struct {
		field string
		ok    bool
		deeds []Deed
	}{
		{"agency", s.Agency != "", []Deed{DoUpload, DoSubmit, DoWithdraw, DoReturn, DoAdjust}},
		{"agencies", len(s.Agencies) > 0, []Deed{DoApprove}},
		{"file", s.File != "", []Deed{DoUpload}},
		{"reason", len([]rune(s.Reason)) >= report.MinReason, []Deed{DoWithdraw, DoReturn, DoAdjust, DoReopen}},
		{"figures", len(s.Figures) > 0, []Deed{DoAdjust}},
	} {
		if slices.Contains(need.deeds, s.Do) && !need.ok {
			return fmt.Errorf("%s: %s is missing or too short", s.Do, need.field)
		}
	}
	return nil
}
