package spec

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is what a node of a file is.
type kind uint8

const (
	nullNode kind = iota
	textNode
	numberNode
	boolNode
	listNode
	mapNode
)

// style is how a text is written, which matters for finding a place inside it.
type style uint8

const (
	plainStyle style = iota
	quotedStyle
	blockStyle
)

// node is a piece of a file: a scalar with its characters, a list or a mapping.
type node struct {
	kind   kind
	style  style
	text   string // of a scalar, as written
	file   string // where it stands
	line   int
	column int // in characters
	items  []*node
	fields []field
	lines  []string // of the whole file, for places inside a text of several lines
}

// field is an entry of a mapping.
type field struct{ key, value *node }

// get finds the value of a key; nil when there is none.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for _, f := range n.fields {
		if f.key.text == key {
			return f.value
		}
	}
	return nil
}

// find follows a path such as "indicators/3/num" as far as it goes.
func (n *node) find(path string) *node {
	at := n
	for _, step := range strings.Split(path, "/") {
		var next *node
		if at.kind == listNode {
			if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(at.items) {
				next = at.items[i]
			}
		} else {
			next = at.get(step)
		}
		if next == nil {
			return at
		}
		at = next
	}
	return at
}

// any reports whether something holds of a value that lies in n.
func (n *node) any(holds func(*node) bool) bool {
	for _, f := range n.fields {
		if holds(f.value) || f.value.any(holds) {
			return true
		}
	}
	return slices.ContainsFunc(n.items, func(item *node) bool { return holds(item) || item.any(holds) })
}

// place gives line and column of the byte at offset of a scalar's text.
func (n *node) place(offset int) (line, column int) {
	before := n.text[:min(offset, len(n.text))]
	runes := utf8.RuneCountInString(before)
	if n.kind != textNode || n.line < 1 || n.line > len(n.lines) {
		return n.line, n.column
	}
	at := cursor{lines: n.lines, line: n.line - 1, column: n.column - 1, margin: -1}
	switch n.style {
	case blockStyle:
		at.column = len(at.runes()) // the text begins on the next line
		at.wrap()
		at.margin = at.column
	case quotedStyle:
		at.column++
	}
	for range runes {
		at.step(n.style)
	}
	at.wrap()
	return at.line + 1, at.column + 1
}

// cursor walks over a text as it stands in the file: a line break and the
// indentation after it count as one character.
type cursor struct {
	lines        []string
	line, column int
	margin       int // column at which the lines of a block begin; -1: where their words do
}

func (c *cursor) runes() []rune { return []rune(c.lines[c.line]) }

// wrap moves from the end of a line to where the text goes on.
func (c *cursor) wrap() {
	if c.column < len(c.runes()) || c.line+1 >= len(c.lines) {
		return
	}
	c.line++
	text := c.lines[c.line]
	c.column = len(text) - len(strings.TrimLeft(text, " "))
	if c.margin >= 0 {
		c.column = min(c.column, c.margin)
	}
}

// step moves one character of the text on.
func (c *cursor) step(s style) {
	runes := c.runes()
	if c.column >= len(runes) {
		c.wrap()
		return
	}
	escaped := runes[c.column] == '\\' || runes[c.column] == '\'' && c.column+1 < len(runes) && runes[c.column+1] == '\''
	if c.column++; s == quotedStyle && escaped {
		c.column++
	}
}
