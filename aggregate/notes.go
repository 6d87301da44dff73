package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// The kinds of [report.Note].
const (
	NoteMissing   = "missing"   // an agency was not heard
	NoteLate      = "late"      // an agency reported after it was due
	NoteRepeats   = "repeats"   // a total may count something twice
	NoteJoint     = "joint"     // two agencies have the very same figures of one place
	NoteCorrected = "corrected" // a figure differs from the version before
	NoteAdjusted  = "adjusted"  // a figure was changed by the coordinator
	NoteExplained = "explained" // an agency explained a finding
	NoteOutside   = "outside"   // a figure that is not asked for, and so not counted
)

// notes gives what a reader of the summary must know: who is missing or late,
// what may be counted twice, and then by agency what was corrected, adjusted,
// explained and left out.
func (f *figures) notes(c *cube, s *report.Summary) []report.Note {
	var out []report.Note
	for _, agency := range s.Missing {
		out = append(out, report.Note{Kind: NoteMissing, Agency: agency, Words: "Chưa có báo cáo được tính."})
	}
	out = append(out, f.lateNotes(s)...)
	for i := range c.plans {
		if p := &c.plans[i]; s.Total[p.Code].Mark == report.MarkRepeats {
			out = append(out, report.Note{Kind: NoteRepeats, Indicator: p.Code, Words: "Cộng từ nhiều nguồn, có thể trùng."})
		}
	}
	out = append(out, c.jointNotes()...)
	for _, part := range c.parts {
		if part != nil {
			out = append(out, f.partNotes(part)...)
		}
	}
	return append(out, f.strangers()...)
}

// lateNotes names those who reported after the due date.
func (f *figures) lateNotes(s *report.Summary) []report.Note {
	due, _ := DueOf(f.request, f.definition)
	var out []report.Note
	for _, a := range s.Agencies {
		if !a.Timeliness.IsLate() {
			continue
		}
		late := fault.New(fault.SubmittedLate,
			fault.A("due", due.Lenient.String()), fault.A("days", strconv.Itoa(a.Timeliness.DaysLate)))
		out = append(out, report.Note{Kind: NoteLate, Agency: a.Agency, Fault: &late, At: a.ReceivedAt})
	}
	return out
}

// partNotes gives what is to be said of a submission that counts.
func (f *figures) partNotes(part *contribution) []report.Note {
	agency := f.request.Agencies[part.agency]
	out := f.corrections(agency, part)
	for _, a := range part.submission.Adjustments {
		was := "không có số liệu"
		if a.Old != nil {
			was = inWords(report.NumberOf(*a.Old))
		}
		out = append(out, report.Note{
			Kind: NoteAdjusted, Agency: agency, Place: a.Place, Indicator: a.Indicator, At: a.At,
			Words: fmt.Sprintf("Điều chỉnh: %s → %s. Lý do: %s", was, inWords(report.NumberOf(a.New)), a.Reason),
		})
	}
	for _, e := range part.submission.Explanations {
		out = append(out, explained(agency, part.submission, e))
	}
	for _, i := range part.outside {
		out = append(out, f.outside(agency, part.facts.At(int(i))))
	}
	return out
}

// corrections lists what the agency wrote otherwise than in the version before.
// What the coordinator changed is told apart from it.
func (f *figures) corrections(agency string, part *contribution) []report.Note {
	before := previous(f.book.Returns()[agency], part.submission)
	if before == nil {
		return nil
	}
	var out []report.Note
	old, now := before.Draft.Facts, part.submission.Draft.Facts
	add := func(of report.Facts, i int, was, is report.Value) {
		if !was.Equal(is) {
			_, place, indicator := of.Key(i)
			out = append(out, report.Note{
				Kind: NoteCorrected, Agency: agency, Place: place, Indicator: indicator, At: part.submission.At,
				Words: fmt.Sprintf("Bản %d thay bản %d: %s → %s.", part.submission.Version, before.Version, inWords(was), inWords(is)),
			})
		}
	}
	for i, j := 0, 0; i < old.Len() || j < now.Len(); {
		switch order := compareHeads(old, i, now, j); {
		case order < 0:
			add(old, i, old.Value(i), report.Value{})
			i++
		case order > 0:
			add(now, j, report.Value{}, now.Value(j))
			j++
		default:
			add(now, j, old.Value(i), now.Value(j))
			i, j = i+1, j+1
		}
	}
	return out
}

// compareHeads says which comes first of what is left of two rows of facts: the
// i-th of a or the j-th of b.
func compareHeads(a report.Facts, i int, b report.Facts, j int) int {
	switch {
	case i == a.Len():
		return 1
	case j == b.Len():
		return -1
	}
	return a.Compare(i, b, j)
}

// previous finds the submission a correction corrects: the newest before it
// whose figures are known and that was not taken back.
func previous(r *report.Return, s *report.Submission) *report.Submission {
	if r == nil {
		return nil
	}
	var out *report.Submission
	for _, old := range r.Submissions {
		if old.ID == s.ID {
			break
		}
		if old.Draft != nil && old.Withdrawal == nil && old.State != report.StateHeld {
			out = old
		}
	}
	return out
}

// explained joins an explanation with the finding it answers, the first where
// it answers several: how many it does for is said then.
func explained(agency string, s *report.Submission, e report.Explanation) report.Note {
	note := report.Note{Kind: NoteExplained, Agency: agency, Words: e.Reason, At: s.At}
	var answered fault.List
	for _, f := range s.Draft.Findings.NeedExplaining() {
		if e.Answers(f) {
			answered = append(answered, f)
		}
	}
	if n := len(answered); n > 0 {
		note.Fault = &answered[0]
		if n > 1 {
			note.Words = fmt.Sprintf("%s (chung cho %d chỗ)", e.Reason, n)
		}
		return note
	}
	finding := fault.Fault{Code: fault.Code(e.Code), Severity: fault.Code(e.Code).Severity(), Sheet: e.Sheet, Cell: e.Cell}
	note.Fault = &finding
	return note
}

// outside names a figure that is not counted because the definition does not ask
// it of the agency: it does not vanish (law 4).
func (f *figures) outside(agency string, fact report.Fact) report.Note {
	label := fact.Indicator
	if at := f.position(fact.Indicator); at >= 0 {
		label = f.plans[at].Name.VI
	}
	why := fault.New(fault.IndicatorNotAsked, fault.A("label", label)).At(fact.Source.Sheet, fact.Source.Cell)
	return report.Note{Kind: NoteOutside, Agency: agency, Place: fact.Place, Indicator: fact.Indicator, Fault: &why, Words: inWords(fact.Value)}
}

// strangers names the submissions of agencies that are not on the roster, as
// after a revision of the request that took one off.
func (f *figures) strangers() []report.Note {
	var out []report.Note
	for agency, r := range f.book.Returns() {
		if _, asked := f.agencies[agency]; asked || r.Standing == nil {
			continue
		}
		why := fault.New(fault.AgencyNotAsked, fault.A("agency", f.register.AgencyName(agency)), fault.A("request", f.request.Code))
		out = append(out, report.Note{Kind: NoteOutside, Agency: agency, Fault: &why, At: r.Standing.At})
	}
	slices.SortFunc(out, func(a, b report.Note) int { return cmp.Compare(a.Agency, b.Agency) })
	return out
}

// inWords shows a value to a Vietnamese reader.
func inWords(v report.Value) string {
	switch v.Kind {
	case report.Number:
		return decimal.FormatVI(v.Num, 0)
	case report.Words:
		return "“" + v.Text + "”"
	case report.YesNo:
		if v.Yes {
			return "có"
		}
		return "không"
	case report.Nil:
		return "không phát sinh"
	case report.NotCollected:
		return "không thu thập được"
	case report.NotApplicable:
		return "không áp dụng"
	}
	return "không có số liệu"
}
