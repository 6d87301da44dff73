package ingest

import (
	"cmp"
	"slices"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/fault"
)

// sheetQuestion asks which of several sheets is meant: the one that fits best,
// which is read until there is an answer, and those that fit nearly as well.
func (r *reading) sheetQuestion(plan int, all []choice) report.Question {
	form := r.sheets[plan].layout.Name
	q := report.Question{Kind: report.AskSheet, Form: form, Words: form}
	var names []string
	for _, c := range all {
		names = append(names, c.sheet.Name)
		q.Candidates = append(q.Candidates, report.Candidate{Code: c.sheet.Name, Name: c.sheet.Name, Confidence: 100 * c.score / max(all[0].score, 1)})
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(viet.Key(a), viet.Key(b)) }) // whichever fits best
	q.Key = questionKey(report.AskSheet, form, names...)
	return q
}

// answerSheets reads the sheets that the agency said are meant, and asks about
// those that it was not asked about.
func (r *reading) answerSheets(all, chosen []choice, rivals map[int][]choice) {
	for plan := range chosen { // in the order of the form
		others := rivals[plan]
		if len(others) == 0 {
			continue
		}
		together := append([]choice{chosen[plan]}, others...)
		if len(together) > report.MaxCandidates || slices.ContainsFunc(together, func(c choice) bool { return c.sheet.Name == report.ChoiceNone }) {
			continue // too many to choose among, or one that cannot be named: each is explained
		}
		q := r.sheetQuestion(plan, together)
		a, known := r.answerTo(q, "", func(code string) *fault.Arg {
			if q.Candidate(code) == nil {
				return &noLonger
			}
			return nil
		})
		if !known {
			for _, c := range others {
				r.sheetAsked(c.sheet, q)
			}
			continue
		}
		for _, c := range others {
			delete(r.rivals, c.sheet)
		}
		r.follow(q, "", a)
		chosen[plan] = choice{plan: plan}
		if at := slices.IndexFunc(together, func(c choice) bool { return c.sheet.Name == a.Choice }); at >= 0 {
			chosen[plan] = together[at]
		}
	}
}

// sheetAsked notes that a sheet that is left aside is asked about.
func (r *reading) sheetAsked(s *sheet.Sheet, q report.Question) {
	if r.sheetAsks == nil {
		r.sheetAsks = map[*sheet.Sheet]report.Question{}
	}
	r.sheetAsks[s] = q
}

// askSheet puts the finding about a sheet that is left aside, and the question with
// the first of them: all of them are about one thing.
func (r *reading) askSheet(s *sheet.Sheet, cell string, f fault.Fault) {
	q, asks := r.sheetAsks[s]
	if _, put := r.put[q.Key]; !asks || put {
		r.find(f.At(s.Name, cell))
		return
	}
	q.Sheet = s.Name
	r.ask(q, cell, f)
}
