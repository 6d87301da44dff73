package ingest

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// hear reads the explanations that the agency wrote into the list of faults we put
// into its workbook. Each answers what it stands beside: the finding of that code at
// that cell, if there still is one. What is taken is itself a finding, so that it is
// kept and seen with the others; what is not taken is said, so that nothing typed is
// lost without a word.
func (r *reading) hear() {
	for _, list := range r.ours {
		r.order = append(r.order, list.Name)
		r.find(fault.New(fault.ListPassedOver, fault.A("count", strconv.Itoa(list.Cells)), fault.A("got", list.Name)).At(list.Name, ""))
		for _, a := range list.Answers {
			r.hearOne(list.Name, a)
		}
	}
}

func (r *reading) hearOne(list string, a xlsx.Answer) {
	text, _ := viet.CleanLines(a.Text)
	if strings.Trim(text, " \n.…-–—_") == "" { // a line to write on, not an answer
		return
	}
	at := slices.IndexFunc(r.findings, func(f fault.Fault) bool {
		return string(f.Code) == a.Code && f.Sheet == a.Sheet && f.Cell == a.Cell
	})
	unused := func(code fault.Code, args ...fault.Arg) {
		args = append(args, fault.A("got", clipped(text)), fault.A("code", clipped(a.Code)))
		r.find(fault.New(code, args...).At(list, a.Ref))
	}
	switch {
	case at < 0:
		unused(fault.ExplanationUnneeded)
	case r.findings[at].Severity != fault.Explain:
		unused(fault.ExplanationInVain)
	case reasonOf(text, report.MinExplanation) != nil:
		unused(fault.ExplanationShort, fault.A("limit", strconv.Itoa(report.MinExplanation)))
	default:
		f := r.findings[at]
		r.find(fault.New(fault.ExplanationRead, fault.A("code", string(f.Code)), fault.A("reason", text)).At(f.Sheet, f.Cell))
	}
}

// explanationsOf are those with which an attempt may be submitted: those given
// now, and for what they leave open those that the file brought itself.
func explanationsOf(a *report.Attempt, given []report.Explanation) []report.Explanation {
	if a.Checked == nil {
		return given
	}
	out := slices.Clone(given)
	for _, e := range a.Checked.Draft.Explanations() {
		said := slices.ContainsFunc(given, func(g report.Explanation) bool {
			return g.Code == e.Code && (g.Sheet == "" || g.Sheet == e.Sheet) && (g.Cell == "" || g.Cell == e.Cell)
		})
		if !said {
			out = append(out, e)
		}
	}
	return out
}
