package lang

import (
	"errors"
	"fmt"
)

// Env answers what a program asks about. Where there is no fact it returns the zero
// Value, which is missing.
type Env func(Ask) Value

// Ask is one thing that a program looks up.
type Ask struct {
	What What
	Code string // of the indicator; "" for YearBegins
	Prev bool   // in the previous period
}

// What is the sort of thing that is looked up.
type What uint8

// The sorts of things.
const (
	Figure     What = iota // an indicator at the unit and place that is judged
	Total                  // an indicator over all units and places of the report
	YearBegins             // whether the period is the first of its year: true or false
)

// Eval computes the program over the values of env. The error is an [*EvalError]; a
// quotient by zero is none, not an error.
func (p *Program) Eval(env Env) (Value, error) {
	return (&evaluation{env: env}).value(p.root)
}

// evaluation is one run over one set of values.
type evaluation struct{ env Env }

// value computes e; an error is given the name of the operation where it arose.
func (run *evaluation) value(e expression) (Value, error) {
	v, err := run.compute(e)
	if err == nil {
		return v, nil
	}
	var known *EvalError
	if !errors.As(err, &known) {
		err = &EvalError{Operation: show(e), Err: err}
	}
	return Value{}, err
}

func (run *evaluation) compute(e expression) (Value, error) {
	switch e := e.(type) {
	case *literal:
		return e.value, nil
	case *reference:
		return run.lookUp(e)
	case *circumstance:
		return run.env(Ask{What: YearBegins}), nil
	case *unary:
		v, err := run.value(e.operand)
		if err != nil || v.IsNone() {
			return v, err
		}
		if e.start.text == "not" {
			return BoolOf(!v.Bool), nil
		}
		return NumberOf(v.Num.Neg()), nil
	case *binary:
		return run.binary(e)
	case *call:
		return run.call(e)
	}
	panic(fmt.Sprintf("lang: no value for %T", e))
}

func (run *evaluation) lookUp(e *reference) (Value, error) {
	ask := Ask{What: Figure, Code: e.code, Prev: e.prev}
	if e.total {
		ask.What = Total
	}
	v := run.env(ask)
	if !v.IsNone() && v.Kind != e.typ {
		return Value{}, fmt.Errorf("%w: %s, not %s", ErrType, v.Kind, e.typ)
	}
	return v, nil
}

func (run *evaluation) call(e *call) (Value, error) {
	if e.function.lazy != nil {
		return e.function.lazy(run, e)
	}
	args := make([]Value, len(e.args))
	for i, arg := range e.args {
		var err error
		if args[i], err = run.value(arg); err != nil {
			return Value{}, err
		}
	}
	if none, found := noneAmong(args...); found {
		return none, nil
	}
	return e.function.strict(e, args)
}

func (run *evaluation) binary(e *binary) (Value, error) {
	left, err := run.value(e.left)
	if err != nil {
		return Value{}, err
	}
	switch e.start.text {
	case "and", "or":
		return run.logic(e, left)
	}
	right, err := run.value(e.right)
	if err != nil {
		return Value{}, err
	}
	if none, found := noneAmong(left, right); found {
		return none, nil
	}
	switch e.start.text {
	case "+":
		return exact(left.Num.Add(right.Num))
	case "-":
		return exact(left.Num.Sub(right.Num))
	case "*":
		return exact(left.Num.Mul(right.Num))
	}
	return BoolOf(compare(e.start.text, left, right)), nil
}

// logic decides when one side suffices and is none when it does not: false and none is
// false, true and none is none.
func (run *evaluation) logic(e *binary, left Value) (Value, error) {
	decides := e.start.text == "or" // the truth value that decides alone
	if left.Kind == Bool && left.Bool == decides {
		return left, nil
	}
	right, err := run.value(e.right)
	if err != nil || right.Kind == Bool && right.Bool == decides {
		return right, err
	}
	if none, found := noneAmong(left, right); found {
		return none, nil
	}
	return BoolOf(!decides), nil
}

// compare decides between two values of one type. Only numbers have an order.
func compare(op string, left, right Value) bool {
	switch op {
	case "=":
		return left == right
	case "<>":
		return left != right
	}
	order := left.Num.Cmp(right.Num)
	switch op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}
