package aggregate

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tonghop/report"
)

// Canonical gives a summary as text in which equal summaries are equal byte for
// byte (law 6): what the audit of the worker and the tests of the fold compare.
// The definition and the register stand in it by name.
func Canonical(s *report.Summary) ([]byte, error) {
	out := struct {
		Request              *report.Request
		Definition, Register string
		AsOf                 time.Time
		State                string
		Official             bool
		Provisional          bool
		Heard, Asked         int
		Missing              []string
		Agencies             []report.AgencyStatus
		Places, Indicators   []string
		Cells                []string
		Answers              []report.Answer
		Sources              []report.SourceLine
		Notes                []report.Note
	}{
		Request:    s.Request,
		Definition: report.Ref(s.Definition.Code, s.Definition.Version),
		Register:   report.Ref(s.Register.Code, s.Register.Version),
		AsOf:       s.AsOf, State: s.State, Official: s.Official, Provisional: s.Provisional,
		Heard: s.Heard, Asked: s.Asked, Missing: s.Missing, Agencies: s.Agencies,
		Cells: cellLines(s), Answers: s.Answers, Sources: s.Sources, Notes: s.Notes,
	}
	for _, p := range s.Places {
		out.Places = append(out.Places, p.Code)
	}
	for _, i := range s.Indicators {
		out.Indicators = append(out.Indicators, i.Code)
	}
	b, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("summary of %s: %w", s.Request.Code, err)
	}
	return b, nil
}

// cellLines gives the cells of a summary, one a line, sorted.
func cellLines(s *report.Summary) []string {
	var out []string
	for _, code := range slices.Sorted(maps.Keys(s.Total)) {
		out = append(out, cellLine(s.Total[code], "total", code))
	}
	pairs := func(name string, cells map[[2]string]report.Cell) {
		for _, key := range slices.SortedFunc(maps.Keys(cells), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
			out = append(out, cellLine(cells[key], name, key[:]...))
		}
	}
	pairs("agency", s.ByAgency)
	pairs("place", s.ByPlace)
	pairs("level", s.ByLevel)
	for _, key := range slices.SortedFunc(maps.Keys(s.AgencyPlace), func(a, b [3]string) int { return slices.Compare(a[:], b[:]) }) {
		out = append(out, cellLine(s.AgencyPlace[key], "agency and place", key[:]...))
	}
	return out
}

func cellLine(c report.Cell, axis string, key ...string) string {
	return fmt.Sprintf("%s %s: %s %q %s given %d heard %d asked %d",
		axis, strings.Join(key, " "), c.Value.Kind, c.Value.String(), c.Mark, c.Given, c.Heard, c.Asked)
}
