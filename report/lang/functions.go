package lang

import (
	"math"
	"unicode/utf8"

	"tonghop/report/decimal"
)

// function is one function of the language. Those with lazy set see their arguments as
// expressions; the others get values, none of them none.
type function struct {
	name        string
	usage       string // how it is written, for messages
	least, most int    // how many arguments
	check       func(c *checker, e *call) (Type, *complaint)
	strict      func(e *call, args []Value) (Value, error)
	lazy        func(run *evaluation, e *call) (Value, error)
}

// functions in the order of the package comment.
var functions = [...]function{
	{name: "sum", usage: "sum(a, ...)", least: 1, most: math.MaxInt, check: checkNumbers, lazy: runSum},
	{name: "min", usage: "min(a, ...)", least: 1, most: math.MaxInt, check: checkNumbers, strict: smallest},
	{name: "max", usage: "max(a, ...)", least: 1, most: math.MaxInt, check: checkNumbers, strict: largest},
	{name: "abs", usage: "abs(a)", least: 1, most: 1, check: checkNumbers, strict: absolute},
	{name: "round", usage: `round(a, 2[, "half-up"])`, least: 2, most: 3, check: checkRound, strict: rounded},
	{name: "div", usage: `div(a, b, 2[, "half-up"])`, least: 3, most: 4, check: checkDiv, strict: quotient},
	{name: "change", usage: "change(a, b, 1)", least: 3, most: 3, check: checkDiv, strict: change},
	{name: "between", usage: "between(x, a, b)", least: 3, most: 3, check: checkBetween, strict: between},
	{name: "if", usage: "if(condition, a, b)", least: 3, most: 3, check: checkIf, lazy: runIf},
	{name: "given", usage: "given(a)", least: 1, most: 1, check: checkAny, lazy: runGiven},
	{name: "nil", usage: "nil(a)", least: 1, most: 1, check: checkAny, lazy: runNil},
	{name: "len", usage: "len(text)", least: 1, most: 1, check: checkLen, strict: length},
}

// functionNamed returns the function of that name, or nil.
func functionNamed(name string) *function {
	for i := range functions {
		if functions[i].name == name {
			return &functions[i]
		}
	}
	return nil
}

func checkNumbers(c *checker, e *call) (Type, *complaint) {
	return Number, c.want(Number, e.args...)
}

func checkRound(c *checker, e *call) (Type, *complaint) {
	if bad := c.want(Number, e.args[0]); bad != nil {
		return None, bad
	}
	if bad := c.scale(e, 1); bad != nil {
		return None, bad
	}
	return Number, c.mode(e, 2)
}

func checkDiv(c *checker, e *call) (Type, *complaint) {
	if bad := c.want(Number, e.args[:2]...); bad != nil {
		return None, bad
	}
	if bad := c.scale(e, 2); bad != nil {
		return None, bad
	}
	return Number, c.mode(e, 3)
}

func checkBetween(c *checker, e *call) (Type, *complaint) {
	return Bool, c.want(Number, e.args...)
}

func checkIf(c *checker, e *call) (Type, *complaint) {
	if bad := c.want(Bool, e.args[0]); bad != nil {
		return None, bad
	}
	typ, bad := c.check(e.args[1])
	if bad != nil {
		return None, bad
	}
	return typ, c.want(typ, e.args[2])
}

func checkAny(c *checker, e *call) (Type, *complaint) {
	_, bad := c.check(e.args[0])
	return Bool, bad
}

func checkLen(c *checker, e *call) (Type, *complaint) {
	return Number, c.want(Text, e.args...)
}

// runSum adds what is there. It is none only when nothing is (law 8).
func runSum(run *evaluation, e *call) (Value, error) {
	var total decimal.Sum
	values := make([]Value, 0, len(e.args))
	heard := false
	for _, arg := range e.args {
		v, err := run.value(arg)
		if err != nil {
			return Value{}, err
		}
		if v.IsNone() {
			values = append(values, v)
			continue
		}
		heard = true
		total.Add(v.Num)
	}
	if !heard {
		none, _ := noneAmong(values...)
		return none, nil
	}
	return exact(total.Value())
}

// runIf evaluates only the branch it takes, so the other may be none or undefined.
func runIf(run *evaluation, e *call) (Value, error) {
	condition, err := run.value(e.args[0])
	switch {
	case err != nil || condition.IsNone():
		return condition, err
	case condition.Bool:
		return run.value(e.args[1])
	}
	return run.value(e.args[2])
}

func runGiven(run *evaluation, e *call) (Value, error) {
	v, err := run.value(e.args[0])
	return BoolOf(!v.IsNone()), err
}

func runNil(run *evaluation, e *call) (Value, error) {
	v, err := run.value(e.args[0])
	return BoolOf(v.IsNone() && v.Reason == Nil), err
}

func smallest(_ *call, args []Value) (Value, error) {
	least := args[0].Num
	for _, v := range args[1:] {
		if v.Num.Cmp(least) < 0 {
			least = v.Num
		}
	}
	return NumberOf(least), nil
}

func largest(_ *call, args []Value) (Value, error) {
	most := args[0].Num
	for _, v := range args[1:] {
		if v.Num.Cmp(most) > 0 {
			most = v.Num
		}
	}
	return NumberOf(most), nil
}

func absolute(_ *call, args []Value) (Value, error) {
	return NumberOf(args[0].Num.Abs()), nil
}

func rounded(e *call, args []Value) (Value, error) {
	return NumberOf(args[0].Num.Round(e.scale, e.mode)), nil
}

func quotient(e *call, args []Value) (Value, error) {
	if args[1].Num.IsZero() {
		return NoneOf(Undefined), nil
	}
	return exact(args[0].Num.Quo(args[1].Num, e.scale, e.mode))
}

// change multiplies before it divides, so that it rounds once.
func change(e *call, args []Value) (Value, error) {
	now, before := args[0].Num, args[1].Num
	if before.IsZero() {
		return NoneOf(Undefined), nil
	}
	difference, err := now.Sub(before)
	if err != nil {
		return Value{}, err
	}
	hundredfold, err := difference.Mul(decimal.FromInt(100))
	if err != nil {
		return Value{}, err
	}
	return exact(hundredfold.Quo(before, e.scale, e.mode))
}

func between(_ *call, args []Value) (Value, error) {
	x, low, high := args[0].Num, args[1].Num, args[2].Num
	return BoolOf(low.Cmp(x) <= 0 && x.Cmp(high) <= 0), nil
}

func length(_ *call, args []Value) (Value, error) {
	return NumberOf(decimal.FromInt(int64(utf8.RuneCountInString(args[0].Text)))), nil
}

// exact makes a value of a result that may not fit.
func exact(d decimal.Decimal, err error) (Value, error) { return NumberOf(d), err }
