package spec

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"reflect"
	"slices"

	"tonghop/report"
	"tonghop/report/fault"
)

// Document is one definition, register or request of a file. Its kind is told by
// its first key, and the field of that kind is set.
type Document struct {
	Kind       report.EventKind // KindDefinition, KindRegister or KindRequest
	Definition *report.Definition
	Register   *report.Register // indexed
	Request    *report.Request

	root *node
}

// Code is the document's own code, and for all but a request its version.
func (d *Document) Code() (code, version string) {
	switch d.Kind {
	case report.KindDefinition:
		return d.Definition.Code, d.Definition.Version
	case report.KindRegister:
		return d.Register.Code, d.Register.Version
	}
	return d.Request.Code, ""
}

// JSON gives the document by itself, as [Parse] reads it again: the tables that
// a register named stand in it.
func (d *Document) JSON() ([]byte, error) {
	switch d.Kind {
	case report.KindDefinition:
		return json.Marshal(d.Definition)
	case report.KindRegister:
		return json.Marshal(d.Register)
	}
	return json.Marshal(d.Request)
}

// Parse reads a YAML or JSON file of one or more documents. name stands in the
// findings. The lists of a register may be in CSV files beside it (places:
// {file: places.csv}), which are read from files, the folder of the file; with
// nil files, as for what comes over the network, a file that names another is
// at fault. No name leads out of the folder.
//
// Documents are given even where there are findings; they are sound only when
// the findings do not block ([fault.List.Blocks]). Findings are in the order of
// lines.
func Parse(name string, b []byte, files fs.FS) ([]Document, fault.List) {
	trees, faults := parseYAML(name, b)
	if faults.Blocks() {
		return nil, sorted(faults)
	}
	if len(trees) == 0 {
		return nil, fault.List{unknownKind(fault.Both("got", "tệp trống", "an empty file")).In(name).AtLine(1, 1)}
	}
	var docs []Document
	for _, tree := range trees {
		doc, found := document(tree, files)
		faults = append(faults, found...)
		if doc != nil {
			docs = append(docs, *doc)
		}
	}
	return docs, sorted(faults)
}

// document reads one document, or gives nil when its kind is not known.
func document(root *node, files fs.FS) (*Document, fault.List) {
	doc := &Document{root: root}
	if faults := tooMany(root); len(faults) > 0 {
		return nil, faults
	}
	if root.kind == mapNode && len(root.fields) > 0 {
		doc.Kind = report.EventKind(root.fields[0].key.text)
	}
	var d decoder
	switch doc.Kind {
	case report.KindDefinition:
		doc.Definition = &report.Definition{}
		d.value(root, reflect.ValueOf(doc.Definition).Elem(), "definition")
	case report.KindRegister:
		doc.Register = &report.Register{}
		if d.faults = insertTables(root, files); len(tooMany(root)) > 0 {
			return nil, tooMany(root)
		}
		d.value(root, reflect.ValueOf(doc.Register).Elem(), "register")
		doc.Register.Index()
	case report.KindRequest:
		doc.Request = &report.Request{}
		d.value(root, reflect.ValueOf(doc.Request).Elem(), "request")
	default:
		got := say("got", string(doc.Kind))
		if doc.Kind == "" {
			got = shown(root)
		}
		return nil, fault.List{unknownKind(got).In(root.file).AtLine(root.line, root.column)}
	}
	return doc, append(d.faults, doc.meaning(d.faults)...)
}

func unknownKind(got fault.Arg) fault.Fault {
	return fault.New(fault.KindUnknown, got, say("choices", "definition, register, request"))
}

// maxEntries is the most entries that a list of a document may have: all
// communes and facilities of the country fit many times over.
const maxEntries = 100_000

// limits are the lists that are shorter, because their entries refer to one
// another.
var limits = map[string]int{"indicators": 5000, "rules": 5000, "groups": 1000, "sheets": 500}

// tooMany finds lists that are longer than any of ours would be.
func tooMany(root *node) (faults fault.List) {
	for _, f := range root.fields {
		most := cmp.Or(limits[f.key.text], maxEntries)
		if len(f.value.items) > most {
			words := fault.Both("limit", fmt.Sprintf("%d mục trong “%s”", most, f.key.text), fmt.Sprintf("%d entries in “%s”", most, f.key.text))
			faults = append(faults, fault.New(fault.DocumentTooLarge, words).In(f.key.file).AtLine(f.key.line, f.key.column))
		}
	}
	return faults
}

// meaning checks what the document says. A value that could not be read has a
// finding already; what follows from its absence is not said again.
func (d *Document) meaning(known fault.List) fault.List {
	var c checker
	switch d.Kind {
	case report.KindDefinition:
		c.definition(d.Definition)
	case report.KindRegister:
		c.register(d.Register)
	case report.KindRequest:
		c.request(d.Request)
	}
	return d.placed(c.problems, known)
}

// Check holds a request of the file against the definition and the register it
// names; nil is one that is not known. For the other kinds it finds nothing.
func (d *Document) Check(def *report.Definition, reg *report.Register) fault.List {
	if d.Kind != report.KindRequest {
		return nil
	}
	var c checker
	c.references(d.Request, def, reg)
	return sorted(d.placed(c.problems, nil))
}

// placed turns problems into findings with line and column.
func (d *Document) placed(problems []problem, known fault.List) fault.List {
	type place struct {
		file         string
		line, column int
	}
	said := make(map[place]bool, len(known))
	for _, f := range known {
		said[place{f.File, f.Line, f.Column}] = true
	}
	var out fault.List
	for _, p := range problems {
		n := d.root.find(p.path)
		line, column := n.line, n.column
		if p.offset >= 0 {
			line, column = n.place(p.offset)
		}
		// A value of which a part could not be read is not judged as a whole.
		partly := p.fault.Code == fault.FieldWrongType && n.any(func(n *node) bool { return said[place{n.file, n.line, n.column}] })
		if !partly && !said[place{n.file, line, column}] {
			out = append(out, p.fault.In(n.file).AtLine(line, column))
		}
	}
	return out
}

// sorted puts findings in the order in which the author meets them.
func sorted(l fault.List) fault.List {
	slices.SortStableFunc(l, func(a, b fault.Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code))
	})
	return l
}
