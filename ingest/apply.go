package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// Applied says what applying a document did.
type Applied struct {
	Kind    report.EventKind `json:"kind"`
	Code    string           `json:"code"`
	Version string           `json:"version"` // a request's is its revision
	Changed bool             `json:"changed"` // false: it was so already
}

// ApplyDefinition makes a definition known. What is known under its code and
// version cannot change: other content is [fault.VersionTaken].
func (d *Desk) ApplyDefinition(ctx context.Context, actor report.Actor, def *report.Definition) (*Applied, error) {
	key := report.Key{Scope: report.ScopeDefinition, Name: def.Code}
	return d.apply(ctx, actor, key, def.Version, report.KindDefinition, func(l *report.Ledger, _ time.Time) ([]report.Body, error) {
		old := l.Definition(def.Code, def.Version)
		return fresh(old != nil, old, def, def.Code, def.Version, &report.DefinitionApplied{Definition: def})
	})
}

// ApplyRegister makes a register known; see [Desk.ApplyDefinition].
func (d *Desk) ApplyRegister(ctx context.Context, actor report.Actor, reg *report.Register) (*Applied, error) {
	key := report.Key{Scope: report.ScopeRegister, Name: reg.Code}
	return d.apply(ctx, actor, key, reg.Version, report.KindRegister, func(l *report.Ledger, _ time.Time) ([]report.Body, error) {
		old := l.Register(reg.Code, reg.Version)
		return fresh(old != nil, old, reg, reg.Code, reg.Version, &report.RegisterApplied{Register: reg})
	})
}

// ApplyRequest opens a request, or changes it: what changed is a new revision.
// Its definition and register must be known, and its agencies in the register.
func (d *Desk) ApplyRequest(ctx context.Context, actor report.Actor, req *report.Request) (*Applied, error) {
	var revision int
	done, err := d.apply(ctx, actor, report.RequestKey(req.Code), "", report.KindRequest, func(l *report.Ledger, _ time.Time) ([]report.Body, error) {
		if err := referenced(l, req); err != nil {
			return nil, err
		}
		revision = 1
		if book := l.Requests[req.Code]; book != nil {
			revision = book.Revision()
			if book.Request != nil && sameJSON(book.Request, req) {
				revision--
				return nil, nil
			}
		}
		return []report.Body{&report.RequestApplied{Revision: revision, Request: req}}, nil
	})
	if err != nil {
		return nil, err
	}
	done.Version = fmt.Sprint(revision)
	return done, nil
}

func (d *Desk) apply(ctx context.Context, actor report.Actor, key report.Key, version string, kind report.EventKind, judge verdict) (*Applied, error) {
	if err := allow(actor, report.ActApply, ""); err != nil {
		return nil, err
	}
	events, err := d.decide(ctx, key, actor, judge)
	if err != nil {
		return nil, err
	}
	return &Applied{Kind: kind, Code: key.Name, Version: version, Changed: len(events) > 0}, nil
}

// fresh judges a document whose code and version are immutable.
func fresh(known bool, old, doc any, code, version string, body report.Body) ([]report.Body, error) {
	switch {
	case !known:
		return []report.Body{body}, nil
	}
	return nil, CheckVersion(old, doc, code, version)
}

// CheckVersion is [fault.VersionTaken] when a document has other content than the
// one that is known under its code and version.
func CheckVersion(old, doc any, code, version string) error {
	if sameJSON(old, doc) {
		return nil
	}
	return fault.New(fault.VersionTaken, fault.A("code", code), fault.A("version", version))
}

// sameJSON compares two documents by their canonical form, that in which events
// carry them.
func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// referenced is nil when what the request names is known.
func referenced(l *report.Ledger, req *report.Request) error {
	if l.Definition(req.Definition, req.Version) == nil {
		return fault.New(fault.DefinitionUnknown, fault.A("got", report.Ref(req.Definition, req.Version)))
	}
	reg := l.Register(req.Register, req.Registered)
	if reg == nil {
		return fault.New(fault.RegisterUnknown, fault.A("got", report.Ref(req.Register, req.Registered)))
	}
	var unlisted fault.List
	for _, a := range req.Agencies {
		if reg.Agency(a) == nil {
			unlisted = append(unlisted, fault.New(fault.AgencyUnlisted, fault.A("got", a)))
		}
	}
	if len(unlisted) > 0 {
		return unlisted
	}
	return nil
}
