package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"tonghop/report"
	"tonghop/report/fault"
)

// Desk (văn thư) is where everything is handed in: uploads and decisions. Its
// methods answer with a [fault.Fault] or [fault.List] when the paper or the
// asker is at fault, and with another error when the machine is. It is safe for
// concurrent use. All fields but MaxBody are required.
type Desk struct {
	Books   *report.Books // running on Journal
	Journal report.Journal
	Files   report.Files
	Now     func() time.Time
	MaxBody int64 // bytes of an upload; 0: [DefaultMaxBody]

	turns turns
}

// DefaultMaxBody is the largest upload taken in, in bytes.
const DefaultMaxBody = 20 << 20

// maxDecisions bounds how often a decision is made again because other processes
// were faster: past it something is wrong with the journal, not with luck.
const maxDecisions = 64

// verdict judges a command against the ledger as it is and says what happened:
// the bodies of the events to write, none when nothing is to be done. It is
// called under the ledger's lock, perhaps several times, and keeps nothing.
type verdict func(l *report.Ledger, now time.Time) ([]report.Body, error)

// decide writes what judge says under the key's optimistic lock. When another
// process wrote to the key in between it waits until the books hold its events
// and asks judge again. It returns once the books hold the new events, so that
// whoever asks next sees them.
func (d *Desk) decide(ctx context.Context, key report.Key, actor report.Actor, judge verdict) ([]*report.Event, error) {
	give, err := d.turns.take(ctx, key)
	if err != nil {
		return nil, err
	}
	defer give()
	for range maxDecisions {
		events, expect, err := d.judge(key, actor, judge)
		if err != nil || len(events) == 0 {
			return nil, err
		}
		last, err := d.Journal.Append(ctx, key, expect, events...)
		if errors.Is(err, report.ErrStale) {
			if err := d.refresh(ctx, key, expect); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("append to %s/%s/%s: %w", key.Scope, key.Name, key.Agency, err)
		}
		if err := d.Books.Reached(ctx, last); err != nil {
			return nil, fmt.Errorf("wait for event %d: %w", last, err)
		}
		return events, nil
	}
	return nil, fault.New(fault.Stale)
}

func (d *Desk) judge(key report.Key, actor report.Actor, judge verdict) (events []*report.Event, expect uint64, err error) {
	now := d.Now().UTC().Truncate(time.Millisecond)
	d.Books.ReadKey(key, func(l *report.Ledger, last uint64) {
		expect = last
		// Events are read in order of time, so what is decided later must be
		// later, whatever the machine's clock does: a clock that stands still
		// would leave it to chance whether the closing or the reopening holds.
		if t := newest(l, key); !now.After(t) {
			now = t.Add(time.Millisecond)
		}
		var bodies []report.Body
		bodies, err = judge(l, now)
		for _, b := range bodies {
			events = append(events, &report.Event{Key: key, At: now, Actor: actor, Body: b})
		}
	})
	return events, expect, err
}

// refresh waits until the books hold every event that the key has in the
// journal. There must be one after known: a journal that calls a writer stale and
// has nothing newer is broken, and asking again would not mend it.
func (d *Desk) refresh(ctx context.Context, key report.Key, known uint64) error {
	_, last, err := d.Journal.Load(ctx, key)
	if err != nil {
		return fmt.Errorf("load %s/%s/%s: %w", key.Scope, key.Name, key.Agency, err)
	}
	if last <= known {
		return fmt.Errorf("%s/%s/%s ends at event %d and not after %d: %w", key.Scope, key.Name, key.Agency, last, known, report.ErrStale)
	}
	return d.Books.Reached(ctx, last)
}

// newest is the time that a decision about a request or return must come after:
// that of its last event. What is decided about a return comes after the
// closings that are known, and a closing after every submission that is known,
// so that clocks of two machines that differ do not put one before the other. It
// is zero for other keys, which are not read in order of time.
func newest(l *report.Ledger, key report.Key) time.Time {
	book := l.Requests[key.Name]
	if key.Scope != report.ScopeRequest || book == nil {
		return time.Time{}
	}
	if !key.IsReturn() {
		return book.Latest()
	}
	at := lastAt(book.Events())
	if book.Request != nil { // an answer to the same question may stand in the return of another period
		if t := l.LastAnswer(book.Request.Definition, key.Agency); t.After(at) {
			at = t
		}
	}
	if ret := book.Returns()[key.Agency]; ret != nil && lastAt(ret.Events()).After(at) {
		at = lastAt(ret.Events())
	}
	return at
}

func lastAt(events []*report.Event) time.Time {
	if len(events) == 0 {
		return time.Time{}
	}
	return events[len(events)-1].At
}

// allow is nil when the actor may do the action for the agency.
func allow(actor report.Actor, do report.Action, agency string) error {
	if report.May(actor, do, agency) {
		return nil
	}
	role, action := actor.Role.Words(), do.Words()
	return fault.New(fault.MayNot, fault.Both("role", role.VI, role.EN), fault.Both("action", action.VI, action.EN))
}

// openReturn finds the request and its agency's return (nil before its first
// event), or says what is wrong with the asking.
func openReturn(l *report.Ledger, request, agency string) (*report.RequestBook, *report.Return, error) {
	book := l.Request(request)
	if book == nil {
		return nil, nil, fault.New(fault.RequestUnknown, fault.A("request", request))
	}
	if !book.Request.Asks(agency) {
		return nil, nil, fault.New(fault.AgencyNotAsked, fault.A("agency", agency), fault.A("request", request))
	}
	return book, book.Returns()[agency], nil
}

// mustBeOpen is nil unless the request is closed now.
func mustBeOpen(book *report.RequestBook, now time.Time) error {
	if !book.IsClosed(now) {
		return nil
	}
	since := book.Closed[len(book.Closed)-1].From
	return fault.New(fault.RequestClosed, fault.A("request", book.Code), fault.A("closed", since.In(vietnam).Format(time.DateOnly)))
}

// vietnam is the country's time: one zone, without summer time, since 1975.
var vietnam = time.FixedZone("ICT", 7*60*60)

// CheckReason is nil when a reason says enough for a decision: [report.MinReason]
// characters. Otherwise it is a [fault.ReasonTooShort].
func CheckReason(reason string) error { return reasonOf(reason, report.MinReason) }

// reasonOf is nil when a reason says something, in at least so many characters;
// blanks do not count.
func reasonOf(reason string, atLeast int) error {
	if n := utf8.RuneCountInString(strings.Join(strings.Fields(reason), " ")); n < atLeast {
		return fault.New(fault.ReasonTooShort, fault.A("length", fmt.Sprint(n)), fault.A("limit", fmt.Sprint(atLeast)))
	}
	return nil
}
