package spec

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"tonghop/report/fault"
)

// The limits of a file, checked before it is parsed.
const (
	MaxBytes = 8 << 20 // bytes of a file
	MaxDepth = 32      // lists and mappings inside one another
	MaxDocs  = 1000    // documents in a file
)

// parseYAML reads a file into one tree for each document that is not empty.
func parseYAML(name string, b []byte) ([]*node, fault.List) {
	if f, ok := checkBytes(b); !ok {
		return nil, fault.List{f.In(name)}
	}
	file, err := parser.ParseBytes(b, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, fault.List{syntaxFault(err).In(name)}
	}
	if len(file.Docs) > MaxDocs {
		return nil, fault.List{fault.New(fault.DocumentTooLarge, fault.Both("limit", fmt.Sprintf("%d tài liệu", MaxDocs), fmt.Sprintf("%d documents", MaxDocs))).In(name)}
	}
	g := grower{file: name, lines: strings.Split(string(b), "\n")}
	var trees []*node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		trees = append(trees, g.node(doc.Body, 0))
	}
	return trees, g.faults
}

// checkBytes refuses what the parser must not be given: too much, text that is
// not UTF-8, and nesting that would take its stack.
func checkBytes(b []byte) (fault.Fault, bool) {
	if len(b) > MaxBytes {
		return tooLarge(), false
	}
	if !utf8.Valid(b) || strings.ContainsRune(string(b), 0) {
		return syntax("tệp không phải chữ UTF-8", "the file is not UTF-8 text"), false
	}
	if line := tooDeep(string(b)); line > 0 {
		return syntax(deepVI, deepEN).AtLine(line, 1), false
	}
	if line := tooWide(string(b)); line > 0 {
		return syntax("một nhóm có quá nhiều mục, hoặc tệp có quá nhiều tài liệu", "too many fields in a mapping, or too many documents").AtLine(line, 1), false
	}
	return fault.Fault{}, true
}

func tooLarge() fault.Fault {
	return fault.New(fault.DocumentTooLarge, say("limit", fmt.Sprintf("%d MB", MaxBytes>>20)))
}

var (
	deepVI = fmt.Sprintf("các mục lồng nhau quá %d lớp", MaxDepth)
	deepEN = fmt.Sprintf("lists and mappings stand in one another more than %d deep", MaxDepth)
)

// tooDeep gives the line at which a text may nest deeper than any file of ours,
// or 0. It need not be exact, only bound what the parser is given: brackets
// that stay open, list marks in a row, and indentation.
func tooDeep(text string) int {
	const openBrackets, indentation = 1000, 1000
	open, line := 0, 0
	for text != "" {
		var s string
		s, text, _ = strings.Cut(text, "\n")
		line++
		marks := 0
		for i := 0; i < len(s); i++ {
			switch s[i] {
			case '[', '{':
				open++
			case ']', '}':
				open--
			case '-', '?', ':':
				marks++
				continue
			case ' ', '\t':
				continue
			}
			marks = 0
			if open > openBrackets {
				return line
			}
		}
		body := strings.TrimLeft(s, " -?:\t")
		if open > openBrackets || strings.Count(s[:len(s)-len(body)], "-")+strings.Count(s[:len(s)-len(body)], "?") > 2*MaxDepth || len(s)-len(body) > indentation {
			return line
		}
	}
	return 0
}

// grower turns the parser's tree into nodes.
type grower struct {
	file   string
	lines  []string
	faults fault.List
}

func (g *grower) refuse(n *node, vi, en string) {
	g.faults = append(g.faults, syntax(vi, en).In(g.file).AtLine(n.line, n.column))
}

func (g *grower) node(from ast.Node, depth int) *node {
	n := &node{file: g.file, lines: g.lines}
	if t := from.GetToken(); t != nil && t.Position != nil {
		n.line, n.column = t.Position.Line, t.Position.Column
	}
	if depth > MaxDepth {
		g.refuse(n, deepVI, deepEN)
		return n
	}
	switch x := from.(type) {
	case *ast.MappingNode:
		n.kind = mapNode
		for _, v := range x.Values {
			g.field(n, v, depth)
		}
	case *ast.MappingValueNode:
		n.kind = mapNode
		g.field(n, x, depth)
	case *ast.SequenceNode:
		n.kind = listNode
		for _, v := range x.Values {
			n.items = append(n.items, g.node(v, depth+1))
		}
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		g.refuse(n, "không dùng neo (&), bí danh (*) và gộp (<<)", "anchors (&), aliases (*) and merges (<<) are not used here")
	case *ast.TagNode, *ast.DirectiveNode:
		g.refuse(n, "không dùng thẻ kiểu (!)", "type tags (!) are not used here")
	default:
		g.scalar(n, from)
	}
	return n
}

// field takes an entry of a mapping in. A mapping begins where its first key
// does, not at the colon.
func (g *grower) field(n *node, v *ast.MappingValueNode, depth int) {
	key := g.node(v.Key, depth+1)
	if key.kind != textNode && key.kind != numberNode && key.kind != boolNode {
		if len(g.faults) == 0 {
			g.refuse(key, "tên mục phải là chữ", "the name of a field is text")
		}
		return
	}
	if len(n.fields) == 0 {
		n.line, n.column = key.line, key.column
	}
	value := &node{file: g.file, line: key.line, column: key.column}
	if v.Value != nil {
		value = g.node(v.Value, depth+1)
	}
	n.fields = append(n.fields, field{key, value})
}

func (g *grower) scalar(n *node, from ast.Node) {
	n.kind = textNode
	switch x := from.(type) {
	case *ast.NullNode:
		n.kind = nullNode
	case *ast.StringNode:
		n.text = x.Value
		if x.Token.Type == token.DoubleQuoteType || x.Token.Type == token.SingleQuoteType {
			n.style = quotedStyle
		}
	case *ast.LiteralNode:
		n.text, n.style = x.Value.Value, blockStyle
	case *ast.IntegerNode:
		n.kind, n.text = numberNode, x.Token.Value
	case *ast.FloatNode:
		n.kind, n.text = numberNode, x.Token.Value
	case *ast.BoolNode:
		n.kind, n.text = boolNode, x.Token.Value
	case *ast.InfinityNode, *ast.NanNode:
		n.text = from.GetToken().Value
	default:
		g.refuse(n, "không hiểu chỗ này", "this is not understood")
	}
}
