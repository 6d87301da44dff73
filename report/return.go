package report

import (
	"cmp"
	"slices"
	"time"
)

// UploadState is where an upload stands, as its agency sees it.
type UploadState string

// The states of an upload.
const (
	StateChecking   UploadState = "checking"   // received, no outcome yet
	StateRefused    UploadState = "refused"    // has findings that must be mended
	StateReady      UploadState = "ready"      // may be submitted
	StateSubmitted  UploadState = "submitted"  // stands, and counts
	StateApproved   UploadState = "approved"   // stands, counts and is official
	StateSuperseded UploadState = "superseded" // a newer version stands, or what was sent later was submitted in its stead
	StateWithdrawn  UploadState = "withdrawn"  // taken back by its agency
	StateReturned   UploadState = "returned"   // sent back by the coordinator
	StateHeld       UploadState = "held"       // submitted while the request was closed: kept, not counted
)

// Attempt (lần nộp tệp) is one upload of a return with what became of it.
type Attempt struct {
	Received   *Received
	ReceivedAt time.Time
	Actor      Actor
	Submit     bool      // asked to be submitted in one go, when it came or later
	AskedAt    time.Time // when it came last: to be read, to be read again, or to be submitted
	Checked    *Checked  // nil while checking
	CheckedAt  time.Time
	Submission *Submission // the newest made of it; nil when none
	State      UploadState

	asks []time.Time // when it came to be submitted in one go
}

// Submission (bản báo cáo) is version n of a return.
type Submission struct {
	ID           string // of its Submitted event
	Version      int
	Upload       string
	At           time.Time // when it was submitted
	AskedAt      time.Time // when that was asked for: by a person at that moment, or by an upload that came to be submitted in one go
	ReceivedAt   time.Time // when its upload came: the legal time
	Actor        Actor
	Explanations []Explanation
	Draft        *Draft // nil while its outcome is not known here
	State        UploadState
	Approval     *Review // the approval, nil without one
	Sent         *Review // its being sent back, nil without one
	Withdrawal   *Review
	Adjustments  []Adjustment // in order of time
}

// Review is what was said of a submission, by whom and when.
type Review struct {
	At    time.Time
	Actor Actor
	Words string   // reason or note
	Cells []string // cells pointed at
}

// Adjustment is a figure changed by the coordinator's hand.
type Adjustment struct {
	ID    string
	At    time.Time
	Actor Actor
	*Adjusted
}

// Return (báo cáo của một đơn vị) is everything an agency does for a request,
// folded from the set of its events: the same set gives the same return,
// whatever the order they came in (law 2). The zero value is an empty return.
type Return struct {
	Key         Key
	Attempts    []*Attempt    // by time received
	Submissions []*Submission // by version, then time, then identity
	Standing    *Submission   // the newest that stands: it counts
	Official    *Submission   // the newest approved that stands; equals Standing where no approval is asked

	events []*Event // sorted, each once
	byID   map[string]struct{}
}

// Span is a time during which a request was closed: [From, To). A zero To is
// still closed.
type Span struct{ From, To time.Time }

// Add takes an event of the return in and reports whether it was new. The
// caller folds afterwards.
func (r *Return) Add(e *Event) bool {
	if _, known := r.byID[e.ID]; known {
		return false
	}
	if r.byID == nil {
		r.byID = make(map[string]struct{})
		r.Key = e.Key
	}
	r.byID[e.ID] = struct{}{}
	at, _ := slices.BinarySearchFunc(r.events, e, (*Event).Compare)
	r.events = slices.Insert(r.events, at, e)
	return true
}

// Events gives the return's events in order of time. The slice is the return's
// own: read only.
func (r *Return) Events() []*Event { return r.events }

// Fold works out where everything stands from the events with At not after asOf
// (the zero time: all of them), given the times at which the request was
// closed and whether figures need an approval to be official.
func (r *Return) Fold(closed []Span, approval bool, asOf time.Time) {
	f := returnFold{
		uploads: make(map[string]*Attempt, len(r.Attempts)+1), known: make([]*Attempt, 0, len(r.Attempts)+1),
		subs: make(map[string]*Submission, len(r.Submissions)+1), made: make([]*Submission, 0, len(r.Submissions)+1),
	}
	for _, e := range r.events {
		if asOf.IsZero() || !e.At.After(asOf) {
			f.gather(e)
		}
	}
	for _, e := range r.events {
		if asOf.IsZero() || !e.At.After(asOf) {
			f.review(e)
		}
	}
	r.Attempts, r.Submissions = f.attempts(), f.submissions()
	r.Standing, r.Official = stand(r.Submissions, closed, approval)
	var latest time.Time // when the newest of what is submitted was asked for
	for _, s := range r.Submissions {
		if s.Withdrawal == nil && s.AskedAt.After(latest) {
			latest = s.AskedAt
		}
	}
	for _, a := range r.Attempts {
		a.State = a.stateWith(latest)
	}
}

// returnFold gathers the events of a return by what they are about, so that an
// event may come before the one it refers to.
type returnFold struct {
	uploads map[string]*Attempt
	subs    map[string]*Submission
	known   []*Attempt    // as they come, which is nearly as they stand in the end
	made    []*Submission // likewise
}

func (f *returnFold) attempt(upload string) *Attempt {
	a := f.uploads[upload]
	if a == nil {
		a = &Attempt{}
		f.uploads[upload] = a
		f.known = append(f.known, a)
	}
	return a
}

// gather takes in uploads, outcomes and submissions.
func (f *returnFold) gather(e *Event) {
	switch b := e.Body.(type) {
	case *Received:
		// The first receipt is the legal one: bytes that came twice came when
		// they first came. What they ask for adds up.
		a := f.attempt(b.Upload)
		if a.Received == nil {
			a.Received, a.ReceivedAt, a.Actor = b, e.At, e.Actor
		}
		a.Submit, a.AskedAt = a.Submit || b.Submit, e.At
		if b.Submit {
			a.asks = append(a.asks, e.At)
		}
	case *Checked:
		// Events come in order of time, so the latest check is kept.
		a := f.attempt(b.Upload)
		a.Checked, a.CheckedAt = b, e.At
	case *Submitted:
		s := &Submission{ID: e.ID, Version: b.Version, Upload: b.Upload, At: e.At, Actor: e.Actor, Explanations: b.Explanations}
		f.subs[e.ID] = s
		f.made = append(f.made, s)
	}
}

// review takes in what was said of submissions.
func (f *returnFold) review(e *Event) {
	of := func(id string) *Submission {
		if s := f.subs[id]; s != nil {
			return s
		}
		return &Submission{} // of a submission not known here: it takes effect when that comes
	}
	switch b := e.Body.(type) {
	case *Withdrawn:
		of(b.Submission).Withdrawal = &Review{At: e.At, Actor: e.Actor, Words: b.Reason}
	case *Approved:
		of(b.Submission).Approval = &Review{At: e.At, Actor: e.Actor, Words: b.Note}
	case *Returned:
		of(b.Submission).Sent = &Review{At: e.At, Actor: e.Actor, Words: b.Reason, Cells: b.Cells}
	case *Adjusted:
		s := of(b.Submission)
		s.Adjustments = append(s.Adjustments, Adjustment{ID: e.ID, At: e.At, Actor: e.Actor, Adjusted: b})
	}
}

func (f *returnFold) attempts() []*Attempt {
	out := slices.DeleteFunc(f.known, func(a *Attempt) bool { return a.Received == nil })
	slices.SortFunc(out, func(a, b *Attempt) int {
		return cmp.Or(a.ReceivedAt.Compare(b.ReceivedAt), cmp.Compare(a.Received.Upload, b.Received.Upload))
	})
	return out
}

func (f *returnFold) submissions() []*Submission {
	out := slices.DeleteFunc(f.made, func(s *Submission) bool { // nothing is known of its upload yet
		a := f.uploads[s.Upload]
		return a == nil || a.Received == nil
	})
	for _, s := range out {
		a := f.uploads[s.Upload]
		s.ReceivedAt, s.AskedAt = a.ReceivedAt, askedFor(s, a)
		if a.Checked != nil {
			s.Draft = &a.Checked.Draft
		}
	}
	slices.SortFunc(out, func(a, b *Submission) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	for _, s := range out {
		a := f.uploads[s.Upload]
		a.Submission = s // the last in order: the newest made of the upload
	}
	return out
}

// askedFor is when a submission made of an upload was asked for.
func askedFor(s *Submission, a *Attempt) (at time.Time) {
	if s.Actor.Role != RoleSystem {
		return s.At
	}
	for _, t := range a.asks { // in order of time
		if !t.After(s.At) {
			at = t
		}
	}
	return at
}

// stand gives each submission its state, and finds the one that counts and the
// one that is official.
func stand(subs []*Submission, closed []Span, approval bool) (standing, official *Submission) {
	blocked := false // a newer one was sent back: those before it count no more, whatever came after it
	for _, s := range slices.Backward(subs) {
		switch {
		case s.Withdrawal != nil:
			s.State = StateWithdrawn
		case s.Sent != nil:
			s.State = StateReturned
			blocked = true
		case within(closed, s.At):
			s.State = StateHeld
		case s.Draft == nil: // its outcome is not known here yet
			s.State = StateChecking
		case standing != nil || blocked:
			s.State = StateSuperseded
		default:
			s.State, standing = StateSubmitted, s
		}
		stands := s.State == StateSubmitted || s.State == StateSuperseded && !blocked
		if official == nil && stands && (s.Approval != nil || !approval) {
			official = s
		}
		if s.Approval != nil && s.State == StateSubmitted {
			s.State = StateApproved
		}
	}
	return standing, official
}

func within(spans []Span, t time.Time) bool {
	return slices.ContainsFunc(spans, func(s Span) bool {
		return !t.Before(s.From) && (s.To.IsZero() || t.Before(s.To))
	})
}

// stateWith says where an upload stands, given when the newest of what is submitted
// was asked for. Uploads are read side by side, and one that takes long must not
// replace its own correction: it is superseded, though a person may still submit it.
func (a *Attempt) stateWith(latest time.Time) UploadState {
	switch {
	case a.Submission != nil:
		return a.Submission.State
	case a.Checked == nil, a.AskedAt.After(a.CheckedAt): // it came again, to be read again
		return StateChecking
	case a.Checked.Outcome == Refused:
		return StateRefused
	case a.Submit && latest.After(a.AskedAt):
		return StateSuperseded
	}
	return StateReady
}

// Attempt finds an upload of the return; nil when there is none. A nil return
// has none.
func (r *Return) Attempt(upload string) *Attempt {
	if r == nil {
		return nil
	}
	for _, a := range r.Attempts {
		if a.Received.Upload == upload {
			return a
		}
	}
	return nil
}

// NextVersion is the version a submission made now would have.
func (r *Return) NextVersion() int {
	if n := len(r.Submissions); n > 0 {
		return r.Submissions[n-1].Version + 1
	}
	return 1
}

// Figures gives the facts of a submission as they count: what its upload says,
// with the coordinator's adjustments in place. The draft is left as it is.
func (s *Submission) Figures() Facts {
	if s == nil || s.Draft == nil {
		return Facts{}
	}
	if len(s.Adjustments) == 0 {
		return s.Draft.Facts
	}
	facts := s.Draft.Facts.List()
	for _, a := range s.Adjustments {
		adjusted := Fact{Unit: a.Unit, Place: a.Place, Indicator: a.Indicator, Value: NumberOf(a.New)}
		at, found := slices.BinarySearchFunc(facts, adjusted, CompareFacts)
		if found {
			adjusted.Source = facts[at].Source
			facts[at] = adjusted
			continue
		}
		facts = slices.Insert(facts, at, adjusted)
	}
	return FactsOf(facts)
}
