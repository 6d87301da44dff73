package aggregate

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tonghop/report"
)

// figured is what a cell says.
type figured struct {
	value string
	has   bool
	mark  report.Mark
}

func figuredOf(value *string, mark report.Mark) figured {
	if value == nil {
		return figured{mark: mark}
	}
	return figured{*value, true, mark}
}

func (f figured) text() *string {
	if !f.has {
		return nil
	}
	return &f.value
}

// Changes explains what became of the figures of a request from one moment to a later
// one, the zero time being now: of those that are approved, or of all that stand. It
// goes through the events between them in order of time, and looks after each moment
// which figures are others. The steps of a figure lead from what it was to what it is.
// What is wrong with the question is a [fault.Fault].
func (s *State) Changes(l *report.Ledger, request string, from, to time.Time, official bool) (*report.Changes, error) {
	book := l.Request(request)
	if book == nil {
		return nil, notCounted(l, request, time.Time{})
	}
	if from.Before(book.Since) {
		from = book.Since // nothing was known before
	}
	f := count(l, book.AsOf(from))
	if f == nil {
		return nil, notCounted(l, request, from)
	}
	if to.IsZero() {
		if to = book.Latest(); to.Before(from) {
			to = from // nothing came since
		}
	}
	if to.Before(from) {
		return nil, wrongParameter("until", clockOf(to), "thời điểm không trước "+clockOf(from), "a moment not before "+clockOf(from))
	}
	w := &walk{ledger: l, book: book, figures: f, official: official, out: &report.Changes{
		Request: request, From: from.UTC(), To: to.UTC(), Official: official, Deeds: []report.Deed{},
	}}
	w.seen, w.was, w.steps = map[string]cells{}, map[figureKey]figured{}, map[figureKey][]report.Step{}
	for key, f := range w.look(nil) {
		w.put(key, f)
		w.was[key] = f
	}
	events := w.between(from, to)
	for len(events) > 0 {
		n := 1
		for n < len(events) && events[n].At.Equal(events[0].At) {
			n++
		}
		if err := w.take(events[:n]); err != nil {
			return nil, err
		}
		events = events[n:]
	}
	w.gather()
	return w.out, nil
}

// Signed gives the moment of which the newest official summary of a request speaks; false
// where there is none. What came while it was written is not in it: its state says of which
// events it is made.
func (s *State) Signed(l *report.Ledger, request string) (time.Time, bool) {
	signed := l.Signed(request)
	book := l.Request(request)
	if signed == nil || book == nil {
		return time.Time{}, false
	}
	events := (&walk{book: book}).between(time.Time{}, signed.At)
	for i := len(events) - 1; i >= max(0, len(events)-mostWhileWriting); i-- {
		at := events[i].At
		if f := s.at(l, request, at); f != nil && f.fingerprint(at) == signed.Body.(*report.Exported).State {
			return at, true
		}
	}
	return signed.At, true
}

// mostWhileWriting is how many events may have come while a summary was written.
const mostWhileWriting = 50

// walk goes from one moment to another.
type walk struct {
	ledger   *report.Ledger
	book     *report.RequestBook
	figures  *figures // as of the moment it has come to
	official bool
	out      *report.Changes
	was      map[figureKey]figured // at the beginning
	seen     map[string]cells      // now, by agency: the totals under ""
	steps    map[figureKey][]report.Step
}

// cells are figures by what they are of.
type cells map[figureKey]figured

func (w *walk) put(key figureKey, f figured) {
	if w.seen[key.agency] == nil {
		w.seen[key.agency] = cells{}
	}
	w.seen[key.agency][key] = f
}

// at gives what a cell says now; where nothing was ever said of it, that.
func (w *walk) at(key figureKey) figured {
	if f, said := w.seen[key.agency][key]; said {
		return f
	}
	return nothingSaid
}

// between gives the events that may change figures, in order of time.
func (w *walk) between(from, to time.Time) []*report.Event {
	var out []*report.Event
	gather := func(events []*report.Event) {
		for _, e := range events {
			if e.At.After(from) && !e.At.After(to) && mayChangeFigures(e.Body) {
				out = append(out, e)
			}
		}
	}
	gather(w.book.Events())
	for _, r := range w.book.Returns() {
		gather(r.Events())
	}
	slices.SortFunc(out, (*report.Event).Compare)
	return out
}

// mayChangeFigures reports whether an event can have a say in what counts. A receipt
// alone has none, and neither has an answer or an export.
func mayChangeFigures(b report.Body) bool {
	switch b.(type) {
	case *report.Received, *report.Answered, *report.Exported:
		return false
	}
	return true
}

// take goes on to the moment of some events, and keeps what they changed.
func (w *walk) take(events []*report.Event) error {
	var agencies []string
	whole := false
	for _, e := range events {
		whole = whole || !e.Key.IsReturn()
		if !slices.Contains(agencies, e.Key.Agency) {
			agencies = append(agencies, e.Key.Agency)
		}
	}
	at := events[0].At
	if whole {
		f := count(w.ledger, w.book.AsOf(at))
		if f == nil {
			return notCounted(w.ledger, w.book.Code, at)
		}
		w.figures, agencies = f, nil
	}
	for _, a := range agencies {
		if r := w.book.ReturnAsOf(a, at); r != nil {
			w.figures.update(r)
		}
	}
	now := w.look(agencies)
	deeds := []int(nil)
	for key := range w.concerned(agencies, now) {
		if now[key] == w.at(key) {
			continue
		}
		if deeds == nil {
			deeds = w.name(events)
		}
		w.steps[key] = append(w.steps[key], report.Step{Deeds: deeds, Value: now[key].text(), Mark: now[key].mark})
		if _, known := w.was[key]; !known {
			w.was[key] = nothingSaid
		}
		w.put(key, now[key])
	}
	return nil
}

// concerned gives the cells that may be others after a look at some agencies, or with
// none at all of them: those that are there now, and those that are there no more.
func (w *walk) concerned(agencies []string, now cells) cells {
	if len(agencies) == 0 {
		agencies = slices.Collect(maps.Keys(w.seen))
	}
	for _, a := range agencies { // the totals are always there
		for key := range w.seen[a] {
			if _, there := now[key]; !there {
				now[key] = nothingSaid
			}
		}
	}
	return maps.Clone(now)
}

// nothingSaid is a cell of which nothing is said. All such are alike: an agency that was not
// heard, and then is heard without a figure, has not changed it.
var nothingSaid = figured{mark: report.MarkMissing}

// sayingOf is what a row says.
func sayingOf(r *Row) figured {
	if r.Value == nil && (r.Mark == report.MarkBlank || r.Mark == report.MarkNone) {
		return nothingSaid
	}
	return figuredOf(r.Value, r.Mark)
}

// look gives the cells of some agencies, or with none those of all, and the totals.
func (w *walk) look(agencies []string) cells {
	out := cells{}
	c := w.figures.layer(w.official)
	every := c.everyIndicator()
	put := func(rows []Row) {
		for i := range rows {
			r := &rows[i]
			if r.Agency == nil || r.Place != nil { // not who is silent
				out[figureKeyOf(r)] = sayingOf(r)
			}
		}
	}
	put(c.rows(axes{}, "", every))
	asked := slices.DeleteFunc(slices.Clone(agencies), func(a string) bool { _, on := c.agencies[a]; return !on })
	if len(asked) == 0 && len(agencies) > 0 {
		return out // none of them is on the roster
	}
	by := axes{agency: true, place: true}
	part, err := (&Query{Agencies: asked}).slice(c, c.shows(by, "", every))
	if err != nil {
		return out // the roster has them
	}
	put(part.rows(by, "", every))
	return out
}

// name puts events among the deeds and gives their positions. That a file was read is no
// deed beside its submission.
func (w *walk) name(events []*report.Event) []int {
	submitted := map[string]bool{}
	for _, e := range events {
		if b, is := e.Body.(*report.Submitted); is {
			submitted[b.Upload] = true
		}
	}
	var out []int
	for _, e := range events {
		if b, is := e.Body.(*report.Checked); is && submitted[b.Upload] {
			continue
		}
		out = append(out, len(w.out.Deeds))
		w.out.Deeds = append(w.out.Deeds, deedOf(w.book.ReturnAsOf(e.Key.Agency, e.At), e))
	}
	return out
}

// deedOf says what an event did; r is the return it is about as it was then, nil where
// it is about none.
func deedOf(r *report.Return, e *report.Event) report.Deed {
	out := report.Deed{Event: e.ID, Kind: e.Body.Kind(), At: e.At, Actor: e.Actor, Agency: e.Key.Agency}
	submission, upload := "", ""
	switch b := e.Body.(type) {
	case *report.Submitted:
		submission, upload, out.Version = e.ID, b.Upload, b.Version
	case *report.Checked:
		upload = b.Upload
	case *report.Withdrawn:
		submission, out.Reason = b.Submission, b.Reason
	case *report.Approved:
		submission, out.Reason = b.Submission, b.Note
	case *report.Returned:
		submission, out.Reason = b.Submission, b.Reason
	case *report.Adjusted:
		submission, out.Reason = b.Submission, b.Reason
	case *report.Closed:
		out.Reason = b.Reason
	case *report.Reopened:
		out.Reason = b.Reason
	}
	if r == nil {
		return out
	}
	for _, s := range r.Submissions {
		if s.ID == submission || submission == "" && s.Upload == upload {
			out.Version, upload = s.Version, s.Upload
		}
	}
	out.Upload = upload
	if a := r.Attempt(upload); a != nil && a.Received != nil {
		out.File = a.Received.Name
	}
	return out
}

// gather keeps the cells that differ in the end, in order.
func (w *walk) gather() {
	w.out.Totals, w.out.Cells = []report.Changed{}, []report.Changed{}
	for key, steps := range w.steps {
		old, now := w.was[key], w.at(key)
		if old == now {
			continue // it is again what it was
		}
		c := report.Changed{Indicator: key.indicator, Old: old.text(), OldMark: old.mark, New: now.text(), NewMark: now.mark, Steps: steps}
		if key.agency == "" {
			w.out.Totals = append(w.out.Totals, c)
			continue
		}
		c.Agency, c.Place = &key.agency, &key.place
		w.out.Cells = append(w.out.Cells, c)
	}
	f := w.figures
	rank := func(code string) int {
		if at, on := f.agencies[code]; on {
			return int(at)
		}
		return len(f.agencies)
	}
	byIndicator := func(a, b *report.Changed) int {
		return cmp.Or(cmp.Compare(f.position(a.Indicator), f.position(b.Indicator)), cmp.Compare(a.Indicator, b.Indicator))
	}
	slices.SortFunc(w.out.Totals, func(a, b report.Changed) int { return byIndicator(&a, &b) })
	slices.SortFunc(w.out.Cells, func(a, b report.Changed) int {
		return cmp.Or(cmp.Compare(rank(*a.Agency), rank(*b.Agency)), cmp.Compare(*a.Agency, *b.Agency), f.compareCodes(*a.Place, *b.Place), byIndicator(&a, &b))
	})
}
