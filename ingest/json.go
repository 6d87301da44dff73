package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// node is a JSON value with its place in the document. The standard decoder
// into structs would take the last of two fields of one name and drop fields it
// does not know, both in silence; a figure must not get lost that way (law 4).
type node struct {
	path   string           // "values/4/place", "" at the top
	fields map[string]*node // of an object
	names  []string         // of an object, in their order
	items  []*node          // of an array
	text   string           // of a string, or a number as it was written
	kind   nodeKind
	truth  bool
}

type nodeKind uint8

const (
	nullNode nodeKind = iota
	objectNode
	arrayNode
	stringNode
	numberNode
	boolNode
)

// Bounds of a form. They are far above what any form asks.
const (
	maxFormDepth = 8
	maxFormNodes = 2_000_000
)

var errFormTooBig = errors.New("too deep or too many values")

// parseJSON reads a whole document.
func parseJSON(body []byte) (*node, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	p := &jsonParser{d: d}
	n, err := p.value("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("byte %d: more after the end", d.InputOffset())
	}
	return n, nil
}

type jsonParser struct {
	d     *json.Decoder
	nodes int
}

func (p *jsonParser) value(path string, depth int) (*node, error) {
	if p.nodes++; p.nodes > maxFormNodes || depth > maxFormDepth {
		return nil, errFormTooBig
	}
	token, err := p.d.Token()
	if err != nil {
		return nil, p.at(err)
	}
	n := &node{path: path}
	switch t := token.(type) {
	case string:
		n.kind, n.text = stringNode, t
	case json.Number:
		n.kind, n.text = numberNode, t.String()
	case bool:
		n.kind, n.truth = boolNode, t
	case json.Delim:
		if t == '{' {
			return n, p.object(n, depth)
		}
		return n, p.array(n, depth)
	}
	return n, nil
}

func (p *jsonParser) object(n *node, depth int) error {
	n.kind, n.fields = objectNode, map[string]*node{}
	for p.d.More() {
		token, err := p.d.Token()
		if err != nil {
			return p.at(err)
		}
		name, _ := token.(string)
		if _, twice := n.fields[name]; twice {
			return fmt.Errorf("byte %d: %s: field twice", p.d.InputOffset(), join(n.path, name))
		}
		field, err := p.value(join(n.path, name), depth+1)
		if err != nil {
			return err
		}
		n.fields[name] = field
		n.names = append(n.names, name)
	}
	_, err := p.d.Token()
	return p.at(err)
}

func (p *jsonParser) array(n *node, depth int) error {
	n.kind = arrayNode
	for p.d.More() {
		item, err := p.value(join(n.path, strconv.Itoa(len(n.items))), depth+1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := p.d.Token()
	return p.at(err)
}

func (p *jsonParser) at(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("byte %d: %w", p.d.InputOffset(), err)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

// word says what kind of value a node is, for findings.
func (n *node) word() string {
	switch n.kind {
	case stringNode, numberNode:
		return clipped(n.text)
	case boolNode:
		return strconv.FormatBool(n.truth)
	case objectNode:
		return "{…}"
	case arrayNode:
		return "[…]"
	}
	return "null"
}
