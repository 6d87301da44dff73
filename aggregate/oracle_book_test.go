package aggregate

import (
	"cmp"
	"slices"
	"time"

	"tonghop/report"
)

// The oracle reads the events themselves: which request holds, whose submission stands and
// what it says, by looking through all of them for every question. It shares no code with
// the ledger.

// oracleJournal is a set of events, each once, in order of time.
type oracleJournal []*report.Event

// journal is what a fold has heard of.
func (f *fold) journal() oracleJournal { return oracleJournalOf(f.heard) }

func oracleJournalOf(events []*report.Event) (out oracleJournal) {
	seen := map[string]bool{}
	for _, e := range events {
		if !seen[e.ID] {
			seen[e.ID] = true
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *report.Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return out
}

// oracleBook is a request as it was known at a moment.
type oracleBook struct {
	request            *report.Request
	def                *report.Definition
	reg                *report.Register
	closed             bool
	standing, official map[string]*oracleSubmission // by agency
}

// oracleSubmission is what was handed in, with what the coordinator made of it.
type oracleSubmission struct {
	id       string
	version  int
	at       time.Time
	nothing  bool
	says     map[[3]string]report.Value // by unit, place, indicator
	adjusted map[[3]string]bool
}

// book works out a request as of a moment, the zero time being now; nil where it was not
// open then.
func (j oracleJournal) book(code string, asOf time.Time) *oracleBook {
	var known oracleJournal // of the request and its returns
	for _, e := range j {
		if e.Key.Scope == report.ScopeRequest && e.Key.Name == code && (asOf.IsZero() || !e.At.After(asOf)) {
			known = append(known, e)
		}
	}
	b := &oracleBook{standing: map[string]*oracleSubmission{}, official: map[string]*oracleSubmission{}}
	revision, by := -1, ""
	for _, e := range known {
		if a, is := e.Body.(*report.RequestApplied); is && (a.Revision > revision || a.Revision == revision && e.ID > by) {
			b.request, revision, by = a.Request, a.Revision, e.ID
		}
	}
	if b.request == nil {
		return nil
	}
	for _, e := range j { // what a form or a register says is so at any time
		switch a := e.Body.(type) {
		case *report.DefinitionApplied:
			if a.Definition.Code == b.request.Definition && a.Definition.Version == b.request.Version {
				b.def = a.Definition
			}
		case *report.RegisterApplied:
			if a.Register.Code == b.request.Register && a.Register.Version == b.request.Registered {
				b.reg = a.Register
			}
		}
	}
	b.closed = known.closedAt(time.Time{})
	agencies := map[string]bool{}
	for _, e := range known {
		if e.Key.Agency != "" {
			agencies[e.Key.Agency] = true
		}
	}
	for agency := range agencies {
		b.standing[agency], b.official[agency] = known.stand(report.ReturnKey(code, agency), b.request.Approval)
	}
	return b
}

// closedAt says whether the last word on a request, up to a moment, is that it is closed.
func (j oracleJournal) closedAt(at time.Time) (closed bool) {
	for _, e := range j {
		if at.IsZero() || !e.At.After(at) {
			switch e.Body.(type) {
			case *report.Closed:
				closed = true
			case *report.Reopened:
				closed = false
			}
		}
	}
	return closed
}

// stand finds what counts of an agency's submissions, and what is official: nil where
// nothing is.
func (j oracleJournal) stand(key report.Key, approval bool) (standing, official *oracleSubmission) {
	var all []*oracleSubmission
	for _, e := range j {
		if s, is := e.Body.(*report.Submitted); is && e.Key == key && j.received(key, s.Upload) {
			all = append(all, j.submission(key, e))
		}
	}
	slices.SortFunc(all, func(a, b *oracleSubmission) int {
		return cmp.Or(b.version-a.version, b.at.Compare(a.at), cmp.Compare(b.id, a.id)) // the newest first
	})
	for _, s := range all {
		withdrawn, sent, approved := false, false, false
		for _, e := range j {
			if e.Key == key {
				switch a := e.Body.(type) {
				case *report.Withdrawn:
					withdrawn = withdrawn || a.Submission == s.id
				case *report.Returned:
					sent = sent || a.Submission == s.id
				case *report.Approved:
					approved = approved || a.Submission == s.id
				}
			}
		}
		switch {
		case withdrawn:
			continue
		case sent:
			return standing, official // those before it count no more
		case j.closedAt(s.at), s.says == nil:
			continue
		}
		if standing == nil {
			standing = s
		}
		if official == nil && (approved || !approval) {
			official = s
		}
	}
	return standing, official
}

func (j oracleJournal) received(key report.Key, upload string) bool {
	return slices.ContainsFunc(j, func(e *report.Event) bool {
		r, is := e.Body.(*report.Received)
		return is && e.Key == key && r.Upload == upload
	})
}

// submission reads what was submitted: as the upload was read last, with the figures that
// the coordinator put in.
func (j oracleJournal) submission(key report.Key, submitted *report.Event) *oracleSubmission {
	b := submitted.Body.(*report.Submitted)
	s := &oracleSubmission{id: submitted.ID, version: b.Version, at: submitted.At, adjusted: map[[3]string]bool{}}
	for _, e := range j {
		if c, is := e.Body.(*report.Checked); is && e.Key == key && c.Upload == b.Upload {
			s.nothing, s.says = c.Draft.Nil, map[[3]string]report.Value{}
			for _, f := range c.Draft.Facts.All() {
				s.says[[3]string{f.Unit, f.Place, f.Indicator}] = f.Value
			}
		}
	}
	if s.says == nil {
		return s // it was not read yet
	}
	for _, e := range j {
		if a, is := e.Body.(*report.Adjusted); is && e.Key == key && a.Submission == s.id {
			at := [3]string{a.Unit, a.Place, a.Indicator}
			s.says[at], s.adjusted[at] = report.NumberOf(a.New), true
		}
	}
	return s
}

// requests gives the codes of the requests of a definition, of the one area that the tests ask
// about.
func (j oracleJournal) requests(definition string) (out []string) {
	for _, e := range j {
		if a, is := e.Body.(*report.RequestApplied); is && a.Request.Definition == definition && a.Request.Place != elsewhere && !slices.Contains(out, a.Request.Code) {
			out = append(out, a.Request.Code)
		}
	}
	slices.Sort(out)
	return out
}

// elsewhere is the area of the request that never counts for the others.
const elsewhere = "31"
