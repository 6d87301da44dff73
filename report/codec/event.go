package codec

import (
	"fmt"
	"time"

	"tonghop/report"
)

// layoutVersion is the version of the layout of every kind's body. When the
// layout of one kind changes, it gets its own; the old one stays readable.
const layoutVersion = 1

// layoutAsked is the layout of an outcome with questions in it. Outcomes without
// any are written as ever, so that they keep their identity.
const layoutAsked = 2

// layoutOf gives the one layout in which a body is written.
func layoutOf(body report.Body) int64 {
	if c, ok := body.(*report.Checked); ok && c != nil && len(c.Draft.Questions) > 0 {
		return layoutAsked
	}
	return layoutVersion
}

// The time that an event may carry: four digits of a year.
var (
	firstMoment = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
	lastMoment  = time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC).UnixMilli()
)

// appendPayload appends the canonical encoding of an event without its ID.
//
//	1 kind  2 layout version  3 key  4 at  5 actor  6 body
func appendPayload(b []byte, e *report.Event) ([]byte, error) {
	at, err := millis(e.At)
	if err != nil {
		return nil, fmt.Errorf("time: %w", err)
	}
	w := &writer{b: b}
	w.text(1, string(kindOf(e)))
	w.number(2, layoutOf(e.Body))
	w.message(3, func(w *writer) { writeKey(w, e.Key) })
	w.signed(4, at)
	w.message(5, func(w *writer) { writeActor(w, e.Actor) })
	w.message(6, func(w *writer) { err = writeBody(w, e.Body) })
	if err != nil {
		return nil, err
	}
	if n := len(w.b) - len(b); n > MaxPayload {
		return nil, fmt.Errorf("payload of %d bytes: %w", n, ErrLimit)
	}
	return w.b, nil
}

// readPayload reads the canonical encoding of an event; its ID is left empty.
func readPayload(b []byte) (*report.Event, error) {
	e := &report.Event{}
	var kind report.EventKind
	var version int64
	var timed bool
	body := []byte(nil) // an empty body is left out
	r := &reader{b: b}
	for r.next() {
		switch r.field {
		case 1:
			kind = report.EventKind(r.text())
		case 2:
			version = r.number()
		case 3:
			r.message(func(r *reader) { e.Key = readKey(r) })
		case 4:
			e.At, timed = moment(r), true
		case 5:
			r.message(func(r *reader) { e.Actor = readActor(r) })
		case 6:
			body = r.blob()
		default:
			r.unknown()
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	if !timed {
		return nil, fmt.Errorf("event without a time: %w", ErrInvalid)
	}
	return e, readBody(e, kind, version, body)
}

func writeKey(w *writer, k report.Key) {
	w.text(1, string(k.Scope))
	w.text(2, k.Name)
	w.text(3, k.Agency)
}

func readKey(r *reader) (k report.Key) {
	for r.next() {
		switch r.field {
		case 1:
			k.Scope = report.Scope(r.text())
		case 2:
			k.Name = r.text()
		case 3:
			k.Agency = r.text()
		default:
			r.unknown()
		}
	}
	return k
}

func writeActor(w *writer, a report.Actor) {
	w.text(1, string(a.Role))
	w.text(2, a.Agency)
	w.text(3, a.ID)
	w.text(4, a.Name)
}

func readActor(r *reader) (a report.Actor) {
	for r.next() {
		switch r.field {
		case 1:
			a.Role = report.Role(r.text())
		case 2:
			a.Agency = r.text()
		case 3:
			a.ID = r.text()
		case 4:
			a.Name = r.text()
		default:
			r.unknown()
		}
	}
	return a
}

// millis gives a time as milliseconds since 1970 and refuses one that would be
// changed by it.
func millis(t time.Time) (int64, error) {
	ms := t.UnixMilli()
	if ms < firstMoment || ms > lastMoment {
		return 0, fmt.Errorf("year %d: %w", t.Year(), ErrInvalid)
	}
	if !time.UnixMilli(ms).Equal(t) {
		return 0, fmt.Errorf("%s is not a whole millisecond: %w", t.Format(time.RFC3339Nano), ErrInvalid)
	}
	return ms, nil
}

// moment reads a time.
func moment(r *reader) time.Time {
	ms := r.signed()
	if ms < firstMoment || ms > lastMoment {
		r.fail(fmt.Errorf("time %d: %w", ms, ErrInvalid))
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// kindOf is the kind of an event, "" when it has no body.
func kindOf(e *report.Event) report.EventKind {
	if e.Body == nil {
		return ""
	}
	return e.Body.Kind()
}
