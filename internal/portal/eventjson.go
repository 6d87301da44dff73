package portal

import (
	"encoding/json"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// eventOf puts an event in the words of the API. Its facts, and the documents it
// applies, are told by number and name: both have addresses of their own.
func eventOf(r report.Recorded) api.Event {
	b, err := json.Marshal(bodyOf(r.Body))
	if err != nil {
		panic(err) // the bodies below are plain values
	}
	return api.Event{Seq: r.Seq, ID: r.ID, At: r.At, Kind: r.Body.Kind(), Key: r.Key, Actor: r.Actor, Body: b}
}

// fields is the body of an event as a JSON object; encoding/json sorts its keys.
type fields map[string]any

func bodyOf(b report.Body) fields {
	switch b := b.(type) {
	case *report.DefinitionApplied:
		return fields{"code": b.Definition.Code, "version": b.Definition.Version, "title": b.Definition.Title}
	case *report.RegisterApplied:
		return fields{"code": b.Register.Code, "version": b.Register.Version, "title": b.Register.Title}
	case *report.RequestApplied:
		return fields{"revision": b.Revision, "request": b.Request}
	case *report.Received:
		return fields{"upload": b.Upload, "number": b.Number, "sha256": b.SHA256, "size": b.Size, "name": b.Name,
			"media": b.Media, "via": b.Via, "submit": b.Submit, "note": b.Note}
	case *report.Checked:
		return fields{"upload": b.Upload, "outcome": b.Outcome, "definition": b.Definition, "register": b.Register,
			"nil": b.Draft.Nil, "facts": b.Draft.Facts.Len(), "cells": b.Draft.Counts, "findings": severities(b.Draft.Findings)}
	case *report.Answered:
		return fields{"definition": b.Definition, "question": b.Question, "kind": b.About, "form": b.Form, "words": b.Words,
			"upload": b.Upload, "choice": b.Choice, "name": b.Name, "reason": b.Reason}
	case *report.Submitted:
		return fields{"version": b.Version, "upload": b.Upload, "explanations": b.Explanations}
	case *report.Withdrawn:
		return fields{"submission": b.Submission, "reason": b.Reason}
	case *report.Approved:
		return fields{"submission": b.Submission, "note": b.Note}
	case *report.Returned:
		return fields{"submission": b.Submission, "reason": b.Reason, "cells": b.Cells}
	case *report.Adjusted:
		return fields{"submission": b.Submission, "unit": b.Unit, "place": b.Place, "indicator": b.Indicator,
			"old": b.Old, "new": b.New, "reason": b.Reason}
	case *report.Closed:
		return fields{"reason": b.Reason}
	case *report.Reopened:
		return fields{"reason": b.Reason}
	case *report.Exported:
		return fields{"sha256": b.SHA256, "name": b.Name, "state": b.State, "provisional": b.Provisional, "trigger": b.Trigger}
	case *report.Chained:
		return fields{"journal": b.Journal, "seq": b.Seq, "events": b.Events, "chain": b.Chain}
	case *report.TokenIssued: // the hash stays here
		return fields{"id": b.ID, "role": b.Role, "agency": b.Agency, "name": b.Name, "expires": expiryOf(b.Expires)}
	case *report.TokenRevoked:
		return fields{"id": b.ID, "reason": b.Reason}
	}
	return fields{}
}

// severities counts findings by severity; they are read at the upload's own
// address.
func severities(l fault.List) map[string]int {
	out := map[string]int{}
	for _, f := range l {
		out[string(f.Severity)]++
	}
	return out
}

// maySee reports whether the actor may see an event: an agency, what is its own
// and what happens to the requests it is asked; tokens are the administrator's.
func (c *call) maySee(r report.Recorded) bool {
	switch {
	case r.Key.Scope == report.ScopeSystem:
		return c.may(report.ActTokens, "") == nil
	case c.actor.Role != report.RoleAgency:
		return c.mayReadAll() == nil
	case r.Key.IsReturn():
		return r.Key.Agency == c.actor.Agency
	case r.Key.Scope == report.ScopeRequest:
		known := false
		c.Books.Read(func(l *report.Ledger) {
			book := l.Request(r.Key.Name)
			known = book != nil && book.Request.Asks(c.actor.Agency)
		})
		return known && r.Body.Kind() != report.KindExported
	}
	return false
}
