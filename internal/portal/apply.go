package portal

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// applyOrder is the order in which documents are applied: requests after what
// they name.
var applyOrder = []report.EventKind{report.KindDefinition, report.KindRegister, report.KindRequest}

// documentKinds are the kinds of document by the path they are put to. A path
// that is not here takes all of them.
var documentKinds = map[string]report.EventKind{
	apiRoot + "/definitions": report.KindDefinition,
	apiRoot + "/registers":   report.KindRegister,
	apiRoot + "/requests":    report.KindRequest,
}

// documentMedia are the media types documents come in; YAML has several.
var documentMedia = []string{"application/yaml", "application/x-yaml", "text/yaml", "text/plain", client.MediaJSON, client.MediaAny}

// apply makes the documents of a body known. While anything is wrong with one,
// none is: all are checked, with what they name among themselves, before the
// first is recorded. They are recorded one after the other. Where that breaks off,
// because the journal went away or another took a version meanwhile, it is said
// how many were, and the same documents sent again record the rest.
func (c *call) apply() (any, error) {
	if err := c.may(report.ActApply, ""); err != nil {
		return nil, err
	}
	docs, err := c.readDocuments()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(docs, func(a, b spec.Document) int {
		return cmp.Compare(slices.Index(applyOrder, a.Kind), slices.Index(applyOrder, b.Kind))
	})
	notes, err := c.judge(docs)
	if err != nil {
		return nil, err
	}
	out := &api.AppliedList{Applied: []api.Applied{}}
	for i, d := range docs {
		done, err := c.applyOne(d)
		if err != nil && i > 0 {
			c.Log.Warn().Err(err).Int("recorded", i).Int("documents", len(docs)).Msg("documents applied in part")
			return nil, fault.New(fault.ApplyInterrupted, fault.A("done", strconv.Itoa(i)), fault.A("count", strconv.Itoa(len(docs))))
		}
		if err != nil {
			return nil, err
		}
		out.Applied = append(out.Applied, api.Applied{
			Kind: done.Kind, Code: done.Code, Version: done.Version, Changed: done.Changed, Findings: notes[i],
		})
	}
	return out, nil
}

// readDocuments reads the documents of the body, which are each sound by
// themselves and of a kind that the path takes.
func (c *call) readDocuments() ([]spec.Document, error) {
	if media, _ := c.media(); !slices.Contains(documentMedia, media) && !unnamed(media) {
		return nil, unsupported(media, "application/yaml, application/json")
	}
	b, err := c.readAll(c.r.Body)
	if err != nil {
		return nil, err
	}
	name := cmp.Or(c.fileName(), strings.TrimPrefix(c.r.URL.Path, apiRoot+"/")+".yaml")
	docs, faults := spec.Parse(name, b, nil)
	if kind, one := documentKinds[c.r.URL.Path]; one {
		for _, d := range docs {
			if d.Kind != kind {
				faults = append(faults, fault.New(fault.KindUnknown, fault.A("got", string(d.Kind)), fault.A("choices", string(kind))).In(name))
			}
		}
	}
	if faults.Blocks() {
		return nil, faults
	}
	return docs, nil
}

// judge checks documents against what is known and against those before them. It
// gives what is worth saying about each, and as an error what stands against
// any.
func (c *call) judge(docs []spec.Document) (notes []fault.List, err error) {
	var wrong fault.List
	c.Books.Read(func(l *report.Ledger) {
		b := batch{ledger: l, definitions: map[string]*report.Definition{}, registers: map[string]*report.Register{}, requests: map[string]bool{}}
		for _, d := range docs {
			found := b.judge(d)
			if len(docs) > 1 {
				found = in(api.DocumentName(d.Kind, code(d)), found)
			}
			if found.Blocks() {
				wrong = append(wrong, found...)
			}
			notes = append(notes, found)
		}
	})
	if len(wrong) > 0 {
		return nil, wrong
	}
	return notes, nil
}

// in names the document that findings are about, where there are several.
func in(code string, l fault.List) fault.List {
	for i := range l {
		l[i] = l[i].In(code)
	}
	return l
}

func code(d spec.Document) string {
	code, _ := d.Code()
	return code
}

// batch is what will be known once the documents judged so far are applied.
type batch struct {
	ledger      *report.Ledger
	definitions map[string]*report.Definition // by reference
	registers   map[string]*report.Register
	requests    map[string]bool // codes: of two requests of one, neither is the later
}

func (b *batch) definition(code, version string) *report.Definition {
	return cmp.Or(b.ledger.Definition(code, version), b.definitions[report.Ref(code, version)])
}

func (b *batch) register(code, version string) *report.Register {
	return cmp.Or(b.ledger.Register(code, version), b.registers[report.Ref(code, version)])
}

func (b *batch) judge(d spec.Document) fault.List {
	code, version := d.Code()
	switch d.Kind {
	case report.KindDefinition:
		if old := b.definition(code, version); old != nil {
			return listOf(ingest.CheckVersion(old, d.Definition, code, version))
		}
		b.definitions[report.Ref(code, version)] = d.Definition
	case report.KindRegister:
		if old := b.register(code, version); old != nil {
			return listOf(ingest.CheckVersion(old, d.Register, code, version))
		}
		b.registers[report.Ref(code, version)] = d.Register
	case report.KindRequest:
		r := d.Request
		if b.requests[r.Code] {
			return fault.List{fault.New(fault.CodeTwice, fault.A("code", r.Code))}
		}
		b.requests[r.Code] = true
		return spec.ValidateRequest(r, b.definition(r.Definition, r.Version), b.register(r.Register, r.Registered))
	}
	return nil
}

// listOf makes a list of an error that is a fault; none of nil.
func listOf(err error) fault.List {
	var one fault.Fault
	if errors.As(err, &one) {
		return fault.List{one}
	}
	return nil
}

func (c *call) applyOne(d spec.Document) (*ingest.Applied, error) {
	switch d.Kind {
	case report.KindDefinition:
		return c.Desk.ApplyDefinition(c.ctx(), c.actor, d.Definition)
	case report.KindRegister:
		return c.Desk.ApplyRegister(c.ctx(), c.actor, d.Register)
	}
	return c.Desk.ApplyRequest(c.ctx(), c.actor, d.Request)
}
