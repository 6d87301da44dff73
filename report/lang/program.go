package lang

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// The bounds of a source. They are far above what a rule needs and keep compiling and
// evaluating short whatever comes in.
const (
	MaxSource = 4096 // bytes
	MaxDepth  = 64   // parentheses and calls inside one another
	MaxNodes  = 1000 // operands, operators and calls together
)

// Program is a compiled expression. It is immutable and may be shared.
type Program struct {
	root          expression
	typ           Type
	text          string
	names         []string
	prevs         []string
	totals        []string
	circumstances bool
}

// Compile reads an expression and checks it: names says of each indicator whether the
// definition has it and what type it is. The error is a [*SyntaxError].
func Compile(source string, names func(code string) (Type, bool)) (*Program, error) {
	root, typ, bad := compile(source, names)
	if bad != nil {
		return nil, bad.in(source)
	}
	p := &Program{root: root, typ: typ, text: show(root)}
	p.names = codes(root, isHere)
	p.prevs = codes(root, isBefore)
	p.totals = codes(root, isTotal)
	visit(root, func(e expression) {
		_, is := e.(*circumstance)
		p.circumstances = p.circumstances || is
	})
	return p, nil
}

func compile(source string, names func(string) (Type, bool)) (expression, Type, *complaint) {
	if len(source) > MaxSource {
		return nil, None, &complaint{
			vi: fmt.Sprintf("biểu thức dài quá %d byte", MaxSource),
			en: fmt.Sprintf("the expression is longer than %d bytes", MaxSource),
		}
	}
	if !utf8.ValidString(source) {
		return nil, None, &complaint{vi: "biểu thức không phải chữ UTF-8", en: "the expression is not UTF-8 text"}
	}
	root, bad := parse(source)
	if bad != nil {
		return nil, None, bad
	}
	typ, bad := (&checker{names: names}).check(root)
	return root, typ, bad
}

// The three ways in which a program looks at an indicator.
func isHere(r *reference) bool   { return !r.prev && !r.total }
func isBefore(r *reference) bool { return r.prev }
func isTotal(r *reference) bool  { return r.total }

// codes returns the indicators that are looked at in a way, sorted, each once.
func codes(root expression, in func(*reference) bool) []string {
	set := make(map[string]bool)
	visit(root, func(e expression) {
		if r, ok := e.(*reference); ok && in(r) {
			set[r.code] = true
		}
	})
	return slices.Sorted(maps.Keys(set))
}

// Type returns what the program yields: Number, Bool or Text.
func (p *Program) Type() Type { return p.typ }

// Names returns the indicators of this period that the program looks at where it is
// judged, sorted; those of which it takes the total are not among them.
func (p *Program) Names() []string { return slices.Clone(p.names) }

// PrevNames returns the indicators of the previous period it looks at, sorted.
func (p *Program) PrevNames() []string { return slices.Clone(p.prevs) }

// TotalNames returns the indicators of either period of which it takes the total, sorted.
func (p *Program) TotalNames() []string { return slices.Clone(p.totals) }

// IsLocal reports whether the program looks only at figures of this period where it is
// judged. Only such a program can compute an indicator, which is then the same whatever
// else the report says.
func (p *Program) IsLocal() bool { return len(p.prevs) == 0 && len(p.totals) == 0 && !p.circumstances }

// String returns the canonical source: compiling it gives an equal program.
func (p *Program) String() string { return p.text }
