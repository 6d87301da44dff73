package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// checkTogether holds the requests among documents against the definitions and
// registers that they will find: those that come with them, and those that are
// known already. What is applied stays for ever, so nothing is while a request
// would be refused.
func checkTogether(ctx context.Context, cl *client.Client, docs []document) error {
	var faults fault.List
	for _, d := range docs {
		if d.doc.Kind != report.KindRequest {
			continue
		}
		r := d.doc.Request
		def, err := named(ctx, cl, docs, report.KindDefinition, r.Definition, r.Version)
		if err != nil {
			return err
		}
		reg, err := named(ctx, cl, docs, report.KindRegister, r.Register, r.Registered)
		if err != nil {
			return err
		}
		for _, f := range spec.ValidateRequest(r, def.Definition, reg.Register) {
			faults = append(faults, f.In(d.file))
		}
	}
	if faults.Blocks() {
		return faults
	}
	return nil
}

// named finds the definition or register of a code and version, among documents
// or on the server. The document is empty when there is none.
func named(ctx context.Context, cl *client.Client, docs []document, kind report.EventKind, code, version string) (spec.Document, error) {
	for _, d := range docs {
		switch {
		case d.doc.Kind != kind:
		case kind == report.KindDefinition && d.doc.Definition.Code == code && d.doc.Definition.Version == version,
			kind == report.KindRegister && d.doc.Register.Code == code && d.doc.Register.Version == version:
			return d.doc, nil
		}
	}
	path := map[report.EventKind]string{report.KindDefinition: "/definitions/", report.KindRegister: "/registers/"}[kind]
	known, err := cl.Download(ctx, path+url.PathEscape(code), url.Values{"version": {version}})
	var problem *api.Problem
	if errors.As(err, &problem) && problem.Status == http.StatusNotFound {
		return spec.Document{}, nil
	}
	if err != nil {
		return spec.Document{}, err
	}
	found, faults := spec.Parse(code, known.Body, nil)
	if faults.Blocks() {
		return spec.Document{}, faults
	}
	if len(found) != 1 {
		return spec.Document{}, nil
	}
	return found[0], nil
}
