package portal

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

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
