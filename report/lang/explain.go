package lang

import "tonghop/report/decimal"

// Failure is the comparison that made a condition false, with what stood on its sides.
type Failure struct {
	Source      string          // its canonical source, such as "[2.06] = [2.04] + [2.05]"
	Names       []string        // the indicators of this period in it, sorted
	Totals      []string        // those of which it takes the total, sorted
	Operator    string          // = <> < <= > >=
	Left, Right Value           // what they came to
	Difference  decimal.Decimal // left minus right, where Differs
	Differs     bool            // whether both sides are numbers and the difference can be held
	Change      *Change         // where the left side is a change in per cent: of what; nil otherwise
}

// Change is what a change in per cent was computed from.
type Change struct{ Now, Before decimal.Decimal }

// Explain finds the first comparison, from left to right, that makes the program false
// over the values of env. ok is false when the program is not false, or when no
// comparison alone is the cause, as in not([1.19]).
func (p *Program) Explain(env Env) (f Failure, ok bool, err error) {
	run := &evaluation{env: env}
	v, err := run.value(p.root)
	if err != nil || !v.IsFalse() {
		return Failure{}, false, err
	}
	return run.explain(p.root)
}

// explain looks for the cause in an expression that is known to be false.
func (run *evaluation) explain(e expression) (Failure, bool, error) {
	switch e := e.(type) {
	case *binary:
		if binding(e.start.text) == bindCompare {
			return run.failure(e, e.start.text, e.left, e.right)
		}
		return run.explainFirst(e.left, e.right)
	case *call:
		switch e.function.name {
		case "between":
			return run.explainBetween(e)
		case "if":
			return run.explainIf(e)
		}
	}
	return Failure{}, false, nil
}

// explainFirst explains the first of the expressions that is false by a comparison.
func (run *evaluation) explainFirst(all ...expression) (Failure, bool, error) {
	for _, e := range all {
		v, err := run.value(e)
		if err != nil {
			return Failure{}, false, err
		}
		if !v.IsFalse() {
			continue
		}
		if f, ok, err := run.explain(e); ok || err != nil {
			return f, ok, err
		}
	}
	return Failure{}, false, nil
}

func (run *evaluation) explainBetween(e *call) (Failure, bool, error) {
	x, err := run.value(e.args[0])
	if err != nil {
		return Failure{}, false, err
	}
	low, err := run.value(e.args[1])
	if err != nil {
		return Failure{}, false, err
	}
	if x.Num.Cmp(low.Num) < 0 {
		return run.failure(e, ">=", e.args[0], e.args[1])
	}
	return run.failure(e, "<=", e.args[0], e.args[2])
}

func (run *evaluation) explainIf(e *call) (Failure, bool, error) {
	condition, err := run.value(e.args[0])
	if err != nil {
		return Failure{}, false, err
	}
	if condition.IsTrue() {
		return run.explainFirst(e.args[1])
	}
	return run.explainFirst(e.args[2])
}

// failure describes a false comparison inside e of two expressions that are there.
func (run *evaluation) failure(e expression, op string, left, right expression) (Failure, bool, error) {
	f := Failure{Source: show(e), Names: codes(e, isHere), Totals: codes(e, isTotal), Operator: op}
	var err error
	if f.Left, err = run.value(left); err != nil {
		return Failure{}, false, err
	}
	if f.Right, err = run.value(right); err != nil {
		return Failure{}, false, err
	}
	if f.Left.Kind == Number && f.Right.Kind == Number {
		// A difference too wide to hold is left out; both sides are still told.
		difference, err := f.Left.Num.Sub(f.Right.Num)
		f.Difference, f.Differs = difference, err == nil
	}
	f.Change, err = run.changeOf(left)
	return f, true, err
}

// changeOf gives what a change in per cent is of; nil for any other expression.
func (run *evaluation) changeOf(e expression) (*Change, error) {
	c, ok := e.(*call)
	if ok && c.function.name == "abs" { // a change either way
		c, ok = c.args[0].(*call)
	}
	if !ok || c.function.name != "change" {
		return nil, nil
	}
	now, err := run.value(c.args[0])
	if err != nil {
		return nil, err
	}
	before, err := run.value(c.args[1])
	if err != nil || now.Kind != Number || before.Kind != Number {
		return nil, err
	}
	return &Change{now.Num, before.Num}, nil
}
