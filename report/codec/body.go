package codec

import (
	"fmt"

	"tonghop/report"
)

// writeBody writes the body of an event by its type.
func writeBody(w *writer, body report.Body) error {
	switch b := body.(type) {
	case *report.DefinitionApplied:
		return writeNoun(w, 1, b.Definition)
	case *report.RegisterApplied:
		return writeNoun(w, 1, b.Register)
	case *report.RequestApplied:
		w.number(1, int64(b.Revision))
		return writeNoun(w, 2, b.Request)
	case *report.Received:
		writeReceived(w, b)
	case *report.Checked:
		return writeChecked(w, b)
	case *report.Answered:
		writeTexts(w, b.Definition, b.Question, string(b.About), b.Form, b.Words, b.Upload, b.Choice, b.Name, b.Reason)
	case *report.Submitted:
		writeSubmitted(w, b)
	case *report.Withdrawn:
		writeTexts(w, b.Submission, b.Reason)
	case *report.Approved:
		writeTexts(w, b.Submission, b.Note)
	case *report.Returned:
		writeReturned(w, b)
	case *report.Adjusted:
		writeAdjusted(w, b)
	case *report.Closed:
		writeTexts(w, b.Reason)
	case *report.Reopened:
		writeTexts(w, b.Reason)
	case *report.Exported:
		writeExported(w, b)
	case *report.Chained:
		writeChained(w, b)
	case *report.TokenIssued:
		return writeToken(w, b)
	case *report.TokenRevoked:
		writeTexts(w, b.ID, b.Reason)
	default:
		return fmt.Errorf("body of type %T: %w", body, ErrInvalid)
	}
	return nil
}

// readBody reads the body of a kind and puts it into the event.
func readBody(e *report.Event, kind report.EventKind, version int64, b []byte) error {
	if version != layoutVersion && (version != layoutAsked || kind != report.KindChecked) {
		return fmt.Errorf("kind %q, layout %d: %w", kind, version, ErrVersion)
	}
	r := &reader{b: b}
	e.Body = readKind(r, kind)
	if r.err != nil {
		return fmt.Errorf("body of kind %s: %w", kind, r.err)
	}
	if layoutOf(e.Body) != version {
		return fmt.Errorf("kind %q, layout %d without what it is for, or with more: %w", kind, version, ErrInvalid)
	}
	return nil
}

func readKind(r *reader, kind report.EventKind) report.Body {
	switch kind {
	case report.KindDefinition:
		return readDefinition(r)
	case report.KindRegister:
		return readRegister(r)
	case report.KindRequest:
		return readRequest(r)
	case report.KindReceived:
		return readReceived(r)
	case report.KindChecked:
		return readChecked(r)
	case report.KindAnswered:
		return readAnswered(r)
	case report.KindSubmitted:
		return readSubmitted(r)
	case report.KindReturned:
		return readReturned(r)
	case report.KindAdjusted:
		return readAdjusted(r)
	case report.KindExported:
		return readExported(r)
	case report.KindChained:
		return readChained(r)
	case report.KindToken:
		return readToken(r)
	}
	return readPlain(r, kind)
}

// readPlain reads the kinds that are one or two texts.
func readPlain(r *reader, kind report.EventKind) report.Body {
	switch kind {
	case report.KindWithdrawn:
		b := &report.Withdrawn{}
		readTexts(r, &b.Submission, &b.Reason)
		return b
	case report.KindApproved:
		b := &report.Approved{}
		readTexts(r, &b.Submission, &b.Note)
		return b
	case report.KindClosed:
		b := &report.Closed{}
		readTexts(r, &b.Reason)
		return b
	case report.KindReopened:
		b := &report.Reopened{}
		readTexts(r, &b.Reason)
		return b
	case report.KindRevoked:
		b := &report.TokenRevoked{}
		readTexts(r, &b.ID, &b.Reason)
		return b
	}
	r.fail(fmt.Errorf("kind %q: %w", kind, ErrVersion))
	return nil
}
