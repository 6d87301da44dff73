package lang

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report/decimal"
)

// randomTree draws an expression of the given type, at most depth operators deep, as the
// parser could have made it.
func randomTree(t *rapid.T, typ Type, depth int) expression {
	if depth == 0 || rapid.IntRange(0, 3).Draw(t, "leaf") == 0 {
		return randomLeaf(t, typ)
	}
	below := func(typ Type) expression { return randomTree(t, typ, depth-1) }
	if rapid.IntRange(0, 5).Draw(t, "if") == 0 {
		return &call{function: functionNamed("if"), args: []expression{below(Bool), below(typ), below(typ)}}
	}
	switch typ {
	case Number:
		op := rapid.SampledFrom([]string{"+", "-", "*", "negate", "sum", "div"}).Draw(t, "number")
		switch op {
		case "negate":
			return &unary{start: token{text: "-"}, operand: below(Number)}
		case "sum":
			return &call{function: functionNamed("sum"), args: []expression{below(Number), below(Number)}}
		case "div":
			scale := &literal{value: NumberOf(decimal.FromInt(2))}
			return &call{function: functionNamed("div"), args: []expression{below(Number), below(Number), scale}}
		}
		return &binary{start: token{text: op}, left: below(Number), right: below(Number)}
	case Bool:
		op := rapid.SampledFrom([]string{"and", "or", "not", "=", "<>", "<", "<=", ">", ">=", "given", "newyear"}).Draw(t, "bool")
		switch op {
		case "and", "or":
			return &binary{start: token{text: op}, left: below(Bool), right: below(Bool)}
		case "not":
			return &unary{start: token{text: "not"}, operand: below(Bool)}
		case "newyear":
			return &circumstance{}
		case "given":
			return &call{function: functionNamed("given"), args: []expression{below(Text)}}
		case "=", "<>":
			typ := rapid.SampledFrom([]Type{Number, Bool, Text}).Draw(t, "compared")
			return &binary{start: token{text: op}, left: below(typ), right: below(typ)}
		}
		return &binary{start: token{text: op}, left: below(Number), right: below(Number)}
	}
	return randomLeaf(t, typ)
}

func randomLeaf(t *rapid.T, typ Type) expression {
	if rapid.Bool().Draw(t, "reference") {
		code := map[Type]string{Number: "1.03a", Bool: "9.01", Text: "3.01"}[typ]
		total := typ == Number && rapid.Bool().Draw(t, "total")
		return &reference{code: code, prev: rapid.Bool().Draw(t, "prev"), total: total}
	}
	switch typ {
	case Number:
		return &literal{value: NumberOf(decimal.New(rapid.Int64Range(0, 1e12).Draw(t, "digits"), rapid.IntRange(0, 6).Draw(t, "scale")))}
	case Bool:
		return &literal{value: BoolOf(rapid.Bool().Draw(t, "bool"))}
	}
	return &literal{value: TextOf(rapid.StringOf(rapid.SampledFrom([]rune(`a"\ ế[`))).Draw(t, "text"))}
}

// same compares two trees without the places in the source.
func same(a, b expression) bool {
	switch a := a.(type) {
	case *literal:
		b, ok := b.(*literal)
		return ok && a.value == b.value
	case *reference:
		b, ok := b.(*reference)
		return ok && a.code == b.code && a.prev == b.prev && a.total == b.total
	case *circumstance:
		_, ok := b.(*circumstance)
		return ok
	case *unary:
		b, ok := b.(*unary)
		return ok && a.start.text == b.start.text && same(a.operand, b.operand)
	case *binary:
		b, ok := b.(*binary)
		return ok && a.start.text == b.start.text && same(a.left, b.left) && same(a.right, b.right)
	case *call:
		b, ok := b.(*call)
		if !ok || a.function != b.function || len(a.args) != len(b.args) {
			return false
		}
		for i := range a.args {
			if !same(a.args[i], b.args[i]) {
				return false
			}
		}
		return true
	}
	return false
}

func testNames(code string) (Type, bool) {
	typ, ok := map[string]Type{"1.03a": Number, "9.01": Bool, "3.01": Text}[code]
	return typ, ok
}

func randomValue(t *rapid.T, typ Type) Value {
	if rapid.Bool().Draw(t, "none") {
		return NoneOf(rapid.SampledFrom([]Reason{Missing, NotCollected, NotApplicable, Nil}).Draw(t, "reason"))
	}
	return randomLeafValue(t, typ)
}

func randomLeafValue(t *rapid.T, typ Type) Value {
	switch typ {
	case Number:
		return NumberOf(decimal.New(rapid.Int64().Draw(t, "value"), rapid.IntRange(0, 3).Draw(t, "value scale")))
	case Bool:
		return BoolOf(rapid.Bool().Draw(t, "value"))
	}
	return TextOf(rapid.String().Draw(t, "value"))
}

// Whatever tree is shown, reading it gives the same tree, and its checked type.
func TestParseReadsWhatShowWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom([]Type{Number, Bool, Text}).Draw(t, "type")
		tree := randomTree(t, typ, 4)
		source := show(tree)
		if len(source) > MaxSource {
			return
		}
		got, gotType, bad := compile(source, testNames)
		if bad != nil {
			t.Fatalf("%s: %v", source, bad.in(source))
		}
		if gotType != typ || !same(tree, got) {
			t.Fatalf("%s came back as %s, %s", source, show(got), gotType)
		}
	})
}

// A program that compiles yields its type or none, fails only with an EvalError, and
// explains exactly when it is false.
func TestEvalKeepsItsPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom([]Type{Number, Bool}).Draw(t, "type")
		p, err := Compile(show(randomTree(t, typ, 3)), testNames)
		if err != nil {
			t.Fatal(err)
		}
		values := make(map[string]Value)
		for _, code := range []string{"1.03a", "9.01", "3.01"} {
			typ, _ := testNames(code)
			values[code] = randomValue(t, typ)
		}
		env := func(ask Ask) Value { return values[ask.Code] }
		v, err := p.Eval(env)
		var failed *EvalError
		if err != nil && !errors.As(err, &failed) {
			t.Fatalf("%s: %v", p, err)
		}
		if err == nil && !v.IsNone() && v.Kind != typ {
			t.Fatalf("%s came to %s", p, v)
		}
		if _, explained, _ := p.Explain(env); explained && !v.IsFalse() {
			t.Fatalf("%s is %s and yet explained", p, v)
		}
	})
}

func FuzzCompile(f *testing.F) {
	for _, source := range []string{
		"[1.03a] <= 5", `if([9.01], len([3.01]), 2) = div(1, 3, 2, "half-even")`, "không (1 ≤ 2) và prev([9.01])",
		"total([1.03a]) = total(prev([1.03a]))", "newyear() or total(1)", "total(", "newyear(1)", "[1.3]", "1 / 2", `"a\"`, "((((", "sum(1,", "1..2", "[\xff]", "−×≠",
	} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := Compile(source, testNames)
		if err != nil {
			var bad *SyntaxError
			if !errors.As(err, &bad) || bad.VI == "" || bad.EN == "" || bad.Line < 1 || bad.Column < 1 || bad.Offset > len(source) {
				t.Fatalf("%q: %#v", source, err)
			}
			return
		}
		again, err := Compile(p.String(), testNames)
		if err != nil || again.String() != p.String() || again.Type() != p.Type() {
			t.Fatalf("%q: %s came back as %v, %v", source, p, again, err)
		}
		_, _ = p.Eval(func(Ask) Value { return Value{} })
	})
}
