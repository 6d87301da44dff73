package lang

import (
	"strings"

	"tonghop/report/decimal"
)

// An expression is a tree of these six. The parser makes it, check gives types and
// constants to it, and after that nothing changes.
type (
	expression interface{ at() token }

	literal struct {
		start token
		value Value
	}
	reference struct {
		start token
		code  string
		prev  bool // of the previous period
		total bool // over all units and places of the report
		typ   Type // set by check
	}
	circumstance struct{ start token } // newyear()
	unary        struct {
		start   token // its text is "-" or "not"
		operand expression
	}
	binary struct {
		start       token // the operator
		left, right expression
	}
	call struct {
		start    token
		function *function
		args     []expression
		scale    int              // set by check for functions that round
		mode     decimal.Rounding // likewise
	}
)

func (e *literal) at() token      { return e.start }
func (e *reference) at() token    { return e.start }
func (e *circumstance) at() token { return e.start }
func (e *unary) at() token        { return e.start }
func (e *binary) at() token       { return e.start }
func (e *call) at() token         { return e.start }

// How tightly an operator binds. A comparison does not chain.
const (
	bindOr = 1 + iota
	bindAnd
	bindNot
	bindCompare
	bindAdd
	bindMultiply
	bindSign
	bindAtom
)

// binding returns how tightly a binary operator binds, or 0 if text is none.
func binding(text string) int {
	switch text {
	case "or":
		return bindOr
	case "and":
		return bindAnd
	case "=", "<>", "<", "<=", ">", ">=":
		return bindCompare
	case "+", "-":
		return bindAdd
	case "*":
		return bindMultiply
	}
	return 0
}

// bindingOf returns how tightly the outermost operator of e binds.
func bindingOf(e expression) int {
	switch e := e.(type) {
	case *binary:
		return binding(e.start.text)
	case *unary:
		if e.start.text == "not" {
			return bindNot
		}
		return bindSign
	}
	return bindAtom
}

// show writes e in canonical form: one space around operators, no parentheses that are
// not needed. Compiling it gives the same tree.
func show(e expression) string {
	var out strings.Builder
	write(&out, e, 0)
	return out.String()
}

// write appends e, in parentheses if it binds less tightly than its surroundings ask.
func write(out *strings.Builder, e expression, least int) {
	if bindingOf(e) < least {
		out.WriteByte('(')
		defer out.WriteByte(')')
	}
	switch e := e.(type) {
	case *literal:
		out.WriteString(e.value.String())
	case *reference:
		out.WriteString(e.spelt())
	case *circumstance:
		out.WriteString("newyear()")
	case *unary:
		out.WriteString(e.start.text)
		if e.start.text == "not" {
			out.WriteByte(' ')
		}
		write(out, e.operand, bindingOf(e))
	case *binary:
		bind := bindingOf(e)
		left := bind
		if bind == bindCompare {
			left++
		}
		write(out, e.left, left)
		out.WriteString(" " + e.start.text + " ")
		write(out, e.right, bind+1)
	case *call:
		out.WriteString(e.function.name + "(")
		for i, arg := range e.args {
			if i > 0 {
				out.WriteString(", ")
			}
			write(out, arg, 0)
		}
		out.WriteByte(')')
	}
}

// spelt writes a reference as it stands in a source.
func (e *reference) spelt() string {
	s := "[" + e.code + "]"
	if e.prev {
		s = "prev(" + s + ")"
	}
	if e.total {
		s = "total(" + s + ")"
	}
	return s
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// visit calls see for e and everything below it, from left to right.
func visit(e expression, see func(expression)) {
	see(e)
	switch e := e.(type) {
	case *unary:
		visit(e.operand, see)
	case *binary:
		visit(e.left, see)
		visit(e.right, see)
	case *call:
		for _, arg := range e.args {
			visit(arg, see)
		}
	}
}
