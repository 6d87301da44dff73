package spec

import (
	"fmt"
	"strconv"
	"strings"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// ValidateDefinition checks what a definition means: that its codes are codes
// and stand once, that what it refers to is there, that its rolls suit its
// types, that its expressions compile, and that every indicator can be filled in
// on exactly one sheet. The place of a finding is a path in Cell, such as
// "indicators/3/num".
func ValidateDefinition(d *report.Definition) fault.List {
	var c checker
	c.definition(d)
	return c.byPath()
}

// ValidateRegister checks what a register means: codes, references, dates,
// circles. The register must be indexed. Places are as in [ValidateDefinition].
func ValidateRegister(r *report.Register) fault.List {
	var c checker
	c.register(r)
	return c.byPath()
}

// ValidateRequest checks a request by itself and against the definition and the
// register it names; nil is one that is not known. Places are as in
// [ValidateDefinition].
func ValidateRequest(r *report.Request, def *report.Definition, reg *report.Register) fault.List {
	var c checker
	c.request(r)
	c.references(r, def, reg)
	return c.byPath()
}

// problem is a finding whose place is a path in the document.
type problem struct {
	path   string
	offset int // in bytes, inside the text at path; -1: the text as a whole
	fault  fault.Fault
}

// checker gathers problems.
type checker struct {
	problems   []problem
	indicators map[string]*report.Indicator // of the definition, by code
}

func (c *checker) add(path string, f fault.Fault) {
	c.problems = append(c.problems, problem{path, -1, f})
}

func (c *checker) byPath() fault.List {
	var out fault.List
	for _, p := range c.problems {
		out = append(out, p.fault.At("", p.path))
	}
	return out
}

// join makes a path of names and indexes.
func join(steps ...any) string {
	parts := make([]string, len(steps))
	for i, s := range steps {
		parts[i] = fmt.Sprint(s)
	}
	return strings.Join(parts, "/")
}

// required reports a text that is not there.
func (c *checker) required(path, value string) {
	if strings.TrimSpace(value) == "" {
		c.add(path, fault.New(fault.FieldMissing, say("field", strings.ReplaceAll(path, "/", "."))))
	}
}

// code reports a text that cannot be a code by one of the two patterns.
func (c *checker) code(path, field, value string, is func(string) bool) {
	switch {
	case value == "":
		c.add(path, fault.New(fault.FieldMissing, say("field", field)))
	case !is(value):
		c.add(path, fault.New(fault.CodeUnfit, say("field", field), say("got", value)))
	}
}

// words reports a text for people that has no Vietnamese words.
func (c *checker) words(path, code, field string, t report.Text) {
	if strings.TrimSpace(t.VI) == "" {
		c.add(path, fault.New(fault.WordsMissing, say("code", code), say("field", field)))
	}
}

// choice reports a word that is none of those known; none is left to the
// default where optional.
func choice[T ~string](c *checker, path, field string, got T, known []T) bool {
	if oneOf(got, known...) {
		return true
	}
	if got == "" {
		c.add(path, fault.New(fault.FieldMissing, say("field", field)))
		return false
	}
	c.add(path, fault.New(fault.ValueUnknown, say("field", field), say("got", string(got)), say("choices", listed(known))))
	return false
}

func listed[T ~string](known []T) string {
	var words []string
	for _, k := range known {
		if k != "" {
			words = append(words, string(k))
		}
	}
	return strings.Join(words, ", ")
}

// unknown is the fault of a reference to what is not declared.
func (c *checker) unknown(code fault.Code, field, got string, known []string) fault.Fault {
	f := fault.New(code, say("got", got))
	if field != "" {
		f = f.With(say("field", field))
	}
	if len(c.problems) > suggestions {
		return f
	}
	if near := nearest(got, known); near != "" {
		f = f.With(say("near", near))
	}
	return f
}

// seen tells codes that stand twice: each with the number of its first entry.
type seen map[string]int

func (c *checker) twice(s seen, path, code string, entry int) {
	if code == "" {
		return
	}
	if first, again := s[code]; again {
		c.add(path, fault.New(fault.CodeTwice, say("code", code), fault.Both("first", fmt.Sprintf("mục thứ %d", first+1), fmt.Sprintf("entry %d", first+1))))
		return
	}
	s[code] = entry
}

// span reports days in the wrong order.
func (c *checker) span(path, field string, from, until calendar.Date) {
	if !from.IsZero() && !until.IsZero() && until.Before(from) {
		c.add(path, fault.New(fault.DatesReversed, say("field", field), say("from", from.String()), say("until", until.String())))
	}
}

// calendar reports a calendar that is not known; none is none.
func (c *checker) calendar(name string) {
	if _, err := calendar.Lookup(name); name != "" && err != nil {
		c.add("calendar", fault.New(fault.ValueUnknown, say("field", "calendar"), say("got", name), say("choices", strings.Join(calendar.Names(), ", "))))
	}
}

// within reports a whole number out of range.
func (c *checker) within(path, field string, got, least, most int) {
	if got < least || got > most {
		c.add(path, fault.New(fault.ValueOutOfRange, say("field", field), say("got", strconv.Itoa(got)), say("expected", fmt.Sprintf("%d–%d", least, most))))
	}
}

// circles reports circles of parents, each once: at the member that is declared
// first.
func (c *checker) circles(list string, codes []string, parent map[string]string) {
	done := map[string]bool{}
	for i, start := range codes {
		path := []string{}
		at := start
		for at != "" && !done[at] {
			done[at] = true
			path = append(path, at)
			at = parent[at]
		}
		for n, code := range path {
			if code == at {
				circle := append(path[n:len(path):len(path)], at)
				c.add(join(list, i, "parent"), fault.New(fault.ParentCycle, say("path", strings.Join(circle, " → "))))
			}
		}
	}
}
