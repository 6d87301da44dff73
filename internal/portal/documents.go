package portal

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

// documentKinds are the kinds of document by the path they are put to.
var documentKinds = map[string]report.EventKind{
	apiRoot + "/definitions": report.KindDefinition,
	apiRoot + "/registers":   report.KindRegister,
	apiRoot + "/requests":    report.KindRequest,
}

// documentMedia are the media types documents come in; YAML has several.
var documentMedia = []string{"application/yaml", "application/x-yaml", "text/yaml", "text/plain", client.MediaJSON, client.MediaAny, ""}

// apply makes the documents of a body known. While anything is wrong with one,
// none is: every finding is told at once, with its line and column.
func (c *call) apply() (any, error) {
	if err := c.may(report.ActApply, ""); err != nil {
		return nil, err
	}
	if media, _ := c.media(); !slices.Contains(documentMedia, media) {
		return nil, unsupported(media, "application/yaml, application/json")
	}
	b, err := c.readAll(c.r.Body)
	if err != nil {
		return nil, err
	}
	name := cmp.Or(c.fileName(), strings.TrimPrefix(c.r.URL.Path, apiRoot+"/")+".yaml")
	docs, faults := spec.Parse(name, b, nil)
	kind := documentKinds[c.r.URL.Path]
	for _, d := range docs {
		if d.Kind != kind {
			faults = append(faults, fault.New(fault.KindUnknown, fault.A("got", string(d.Kind)), fault.A("choices", string(kind))).In(name))
		}
	}
	if faults.Blocks() {
		return nil, faults
	}
	out := &api.AppliedList{Applied: []api.Applied{}}
	for _, d := range docs {
		done, err := c.applyOne(d)
		if err != nil {
			return nil, err
		}
		out.Applied = append(out.Applied, api.Applied(*done))
	}
	return out, nil
}

func (c *call) applyOne(d spec.Document) (*ingest.Applied, error) {
	switch d.Kind {
	case report.KindDefinition:
		return c.Desk.ApplyDefinition(c.ctx(), c.actor, d.Definition)
	case report.KindRegister:
		return c.Desk.ApplyRegister(c.ctx(), c.actor, d.Register)
	}
	var def *report.Definition
	var reg *report.Register
	c.Books.Read(func(l *report.Ledger) {
		def, reg = l.Definition(d.Request.Definition, d.Request.Version), l.Register(d.Request.Register, d.Request.Registered)
	})
	if faults := spec.ValidateRequest(d.Request, def, reg); faults.Blocks() {
		return nil, faults
	}
	return c.Desk.ApplyRequest(c.ctx(), c.actor, d.Request)
}

// Definitions and registers say what is asked and who and where there is; they
// hold no figures, and whoever has a token may read them.

func (c *call) definitions() (any, error) {
	out := &api.Documents{Documents: []api.DocumentLine{}}
	c.Books.Read(func(l *report.Ledger) {
		for _, d := range l.Definitions {
			out.Documents = append(out.Documents, api.DocumentLine{Code: d.Code, Version: d.Version, Title: d.Title})
		}
	})
	return sortDocuments(out), nil
}

func (c *call) registers() (any, error) {
	out := &api.Documents{Documents: []api.DocumentLine{}}
	c.Books.Read(func(l *report.Ledger) {
		for _, r := range l.Registers {
			out.Documents = append(out.Documents, api.DocumentLine{Code: r.Code, Version: r.Version, Title: r.Title})
		}
	})
	return sortDocuments(out), nil
}

func sortDocuments(d *api.Documents) *api.Documents {
	slices.SortFunc(d.Documents, func(a, b api.DocumentLine) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), compareVersions(a.Version, b.Version))
	})
	return d
}

func (c *call) definition() (any, error) {
	var out *report.Definition
	c.Books.Read(func(l *report.Ledger) {
		for _, d := range l.Definitions {
			if d.Code == c.path("code") && c.isWanted(d.Version, out == nil || compareVersions(d.Version, out.Version) > 0) {
				out = d
			}
		}
	})
	if out == nil {
		return nil, c.noDocument()
	}
	return out, nil
}

func (c *call) register() (any, error) {
	var out *report.Register
	c.Books.Read(func(l *report.Ledger) {
		for _, r := range l.Registers {
			if r.Code == c.path("code") && c.isWanted(r.Version, out == nil || compareVersions(r.Version, out.Version) > 0) {
				out = r
			}
		}
	})
	if out == nil {
		return nil, c.noDocument()
	}
	return out, nil
}

// isWanted reports whether a version is the one asked for, or where none was,
// whether it is newer than the one found so far.
func (c *call) isWanted(version string, newer bool) bool {
	if wanted := c.query("version"); wanted != "" {
		return version == wanted
	}
	return newer
}

func (c *call) noDocument() error {
	what := c.path("code")
	if v := c.query("version"); v != "" {
		what = report.Ref(what, v)
	}
	return fault.New(fault.NotFound, fault.A("what", clip(what)))
}

// compareVersions orders versions as people read them: part by part at the
// dots, numbers as numbers, so that 2021.10 comes after 2021.9.
func compareVersions(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(digits(x)), len(digits(y))), cmp.Compare(x, y))
	})
}

// digits gives a whole number without its leading zeros, and for anything else
// nothing: words come before numbers.
func digits(s string) string {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return strings.TrimLeft(s, "0") + "."
}
