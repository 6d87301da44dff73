package api

import "tonghop/report/fault"

// Group is findings that are said once: those of one rule, or of one code, in one
// column of a sheet. All of them stand in findings besides. One explanation
// answers a group: {"code": "R402", "group": "R402/R05/Biểu 2/C", "reason": "…"}.
type Group struct {
	Group    string         `json:"group" example:"R402/R05/Biểu 2/C"`
	Code     fault.Code     `json:"code"`
	Rule     string         `json:"rule,omitempty"`
	Version  string         `json:"version,omitempty"` // of the rule
	Severity fault.Severity `json:"severity" enum:"stop,error,explain,note"`
	Sheet    string         `json:"sheet"`
	Count    int            `json:"count"`
	Cells    []string       `json:"cells"` // the first of them
	VI       string         `json:"vi"`    // what is said of the first
	EN       string         `json:"en"`
	Fix      string         `json:"fix"`
	FixEN    string         `json:"fixEn"`

	// Suggestion is the reason that was given for the like in the period before. It
	// answers nothing until it is sent as an explanation.
	Suggestion string `json:"suggestion,omitempty"`
}

// shownCells is how many cells of a group are named.
const shownCells = 5

// GroupsOf gathers findings that repeat, in the order in which the first of each
// comes. suggest gives the reason that was given before for the like of one that
// is to be explained; nil gives none.
func GroupsOf(l fault.List, suggest func(fault.Fault) string) []Group {
	out := []Group{}
	for _, g := range l.Group(fault.Repeats) {
		first := g.Faults[0]
		line := Group{
			Group: g.Key, Code: first.Code, Severity: first.Severity, Sheet: first.Sheet, Count: len(g.Faults), Cells: []string{},
			VI: first.VI(), EN: first.EN(), Fix: first.FixVI(), FixEN: first.FixEN(),
		}
		line.Rule, _ = first.Arg("rule")
		line.Version, _ = first.Arg("version")
		for _, f := range g.Faults[:min(len(g.Faults), shownCells)] {
			if f.Cell != "" {
				line.Cells = append(line.Cells, f.Cell)
			}
		}
		if suggest != nil && first.Severity == fault.Explain {
			line.Suggestion = suggest(first)
		}
		out = append(out, line)
	}
	return out
}
