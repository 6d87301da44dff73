package lang

import (
	"fmt"

	"tonghop/report/decimal"
)

// checker gives every reference its type and every rounding function its constants, and
// finds what does not fit.
type checker struct {
	names func(code string) (Type, bool)
}

func (c *checker) check(e expression) (Type, *complaint) {
	switch e := e.(type) {
	case *literal:
		return e.value.Kind, nil
	case *reference:
		return c.reference(e)
	case *circumstance:
		return Bool, nil
	case *unary:
		want := Number
		if e.start.text == "not" {
			want = Bool
		}
		return want, c.want(want, e.operand)
	case *binary:
		return c.binary(e)
	case *call:
		return e.function.check(c, e)
	}
	panic(fmt.Sprintf("lang: no check for %T", e))
}

func (c *checker) reference(e *reference) (Type, *complaint) {
	typ, known := c.names(e.code)
	if !known {
		bad := &complaint{
			offset: e.start.offset, near: clip(e.start.source),
			vi: fmt.Sprintf("không có chỉ tiêu [%s]", e.code),
			en: fmt.Sprintf("there is no indicator [%s]", e.code),
		}
		if near, ok := nearestCode(e.code, c.names); ok {
			bad.suggestion = "[" + near + "]"
		}
		return None, bad
	}
	e.typ = typ
	if e.total && typ != Number {
		return None, &complaint{
			offset: e.start.offset, near: clip(e.start.source),
			vi: fmt.Sprintf("[%s] là %s, không cộng được", e.code, typ.VI()),
			en: fmt.Sprintf("[%s] is %s and does not add up", e.code, typ),
		}
	}
	return typ, nil
}

func (c *checker) binary(e *binary) (Type, *complaint) {
	switch op := e.start.text; op {
	case "and", "or":
		return Bool, c.want(Bool, e.left, e.right)
	case "+", "-", "*":
		return Number, c.want(Number, e.left, e.right)
	case "=", "<>":
		left, bad := c.check(e.left)
		if bad != nil {
			return None, bad
		}
		return Bool, c.want(left, e.right)
	default:
		return Bool, c.want(Number, e.left, e.right)
	}
}

// want checks that each of the expressions is of the wanted type.
func (c *checker) want(typ Type, all ...expression) *complaint {
	for _, e := range all {
		got, bad := c.check(e)
		if bad != nil {
			return bad
		}
		if got != typ {
			return &complaint{
				offset: e.at().offset, near: clip(e.at().source),
				vi: fmt.Sprintf("%s là %s, ở đây cần %s", clip(show(e)), got.VI(), typ.VI()),
				en: fmt.Sprintf("%s is %s; here it must be %s", clip(show(e)), got, typ),
			}
		}
	}
	return nil
}

// scale takes the constant number of decimals at an argument.
func (c *checker) scale(e *call, at int) *complaint {
	if l, ok := e.args[at].(*literal); ok && l.value.Kind == Number {
		if n, whole := l.value.Num.Int64(); whole && 0 <= n && n <= decimal.MaxScale {
			e.scale = int(n)
			return nil
		}
	}
	return &complaint{
		offset: e.args[at].at().offset, near: clip(e.args[at].at().source),
		vi: fmt.Sprintf("số chữ số lẻ của %s phải là một số viết sẵn từ 0 đến %d", e.function.name, decimal.MaxScale),
		en: fmt.Sprintf("the scale of %s must be a number written here, from 0 to %d", e.function.name, decimal.MaxScale),
	}
}

// mode takes the constant word for the rounding at an argument, half-up if there is none.
func (c *checker) mode(e *call, at int) *complaint {
	e.mode = decimal.HalfUp
	if at >= len(e.args) {
		return nil
	}
	if l, ok := e.args[at].(*literal); ok && l.value.Kind == Text {
		if e.mode.UnmarshalText([]byte(l.value.Text)) == nil {
			return nil
		}
	}
	return &complaint{
		offset: e.args[at].at().offset, near: clip(e.args[at].at().source),
		vi: `cách làm tròn phải là "half-up", "half-even", "down", "up", "floor" hoặc "ceiling"`,
		en: `the rounding must be "half-up", "half-even", "down", "up", "floor" or "ceiling"`,
	}
}
