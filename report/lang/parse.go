package lang

import (
	"fmt"

	"tonghop/report/decimal"
)

// parser is a Pratt parser over the tokens of one source.
type parser struct {
	tokens []token // ends with tokenEnd, which is never passed
	depth  int
	nodes  int
}

// parse reads the whole source as one expression.
func parse(source string) (expression, *complaint) {
	tokens, bad := lex(source)
	if bad != nil {
		return nil, bad
	}
	p := &parser{tokens: tokens}
	e, bad := p.expression(0)
	if bad != nil {
		return nil, bad
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, unexpected(t)
	}
	return e, nil
}

func (p *parser) peek() token { return p.tokens[0] }

func (p *parser) next() token {
	t := p.tokens[0]
	if t.kind != tokenEnd {
		p.tokens = p.tokens[1:]
	}
	return t
}

func (p *parser) sees(sign string) bool {
	t := p.peek()
	return t.kind == tokenSign && t.text == sign
}

// expression reads operands and the operators between them that bind tighter than floor.
func (p *parser) expression(floor int) (expression, *complaint) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > MaxDepth {
		return nil, tooDeep(p.peek())
	}
	left, bad := p.operand()
	compared := false // whether left is a comparison made here, not in parentheses
	for bad == nil {
		t := p.peek()
		bind := binding(t.text)
		if t.kind != tokenSign || bind <= floor {
			return left, nil
		}
		if compared && bind == bindCompare {
			return nil, noChain(t)
		}
		compared = bind == bindCompare
		p.next()
		var right expression
		if right, bad = p.expression(bind); bad == nil {
			left, bad = p.made(&binary{start: t, left: left, right: right})
		}
	}
	return nil, bad
}

// made counts a node and refuses one too many.
func (p *parser) made(e expression) (expression, *complaint) {
	p.nodes++
	if p.nodes > MaxNodes {
		return nil, tooMany(e.at())
	}
	return e, nil
}

func (p *parser) operand() (expression, *complaint) {
	t := p.next()
	switch t.kind {
	case tokenNumber:
		return p.number(t)
	case tokenText:
		return p.made(&literal{start: t, value: TextOf(t.text)})
	case tokenCode:
		return p.made(&reference{start: t, code: t.text})
	case tokenWord:
		return p.word(t)
	case tokenSign:
		return p.sign(t)
	}
	return nil, unexpected(t)
}

func (p *parser) number(t token) (expression, *complaint) {
	d, err := decimal.Parse(t.text)
	if err != nil {
		return nil, &complaint{
			offset: t.offset, near: clip(t.source),
			vi: "số có quá nhiều chữ số", en: "the number has too many digits",
		}
	}
	return p.made(&literal{start: t, value: NumberOf(d)})
}

// sign reads what a sign or a parenthesis begins.
func (p *parser) sign(t token) (expression, *complaint) {
	floor := bindNot - 1
	switch t.text {
	case "(":
		e, bad := p.expression(0)
		if bad != nil {
			return nil, bad
		}
		return e, p.expect(")")
	case "-":
		floor = bindSign - 1
	case "not":
	default:
		return nil, unexpected(t)
	}
	operand, bad := p.expression(floor)
	if bad != nil {
		return nil, bad
	}
	return p.made(&unary{start: t, operand: operand})
}

func (p *parser) expect(sign string) *complaint {
	if !p.sees(sign) {
		return missing(sign, p.peek())
	}
	p.next()
	return nil
}

// word reads true, false or the call of a function.
func (p *parser) word(t token) (expression, *complaint) {
	switch t.text {
	case "true", "false":
		return p.made(&literal{start: t, value: BoolOf(t.text == "true")})
	case "prev":
		return p.reference(t)
	case "total":
		return p.total()
	case "newyear":
		if bad := p.expect("("); bad != nil {
			return nil, bad
		}
		if bad := p.expect(")"); bad != nil {
			return nil, bad
		}
		return p.made(&circumstance{start: t})
	}
	f := functionNamed(t.text)
	if f == nil {
		return nil, unknownWord(t)
	}
	args, bad := p.arguments()
	if bad != nil {
		return nil, bad
	}
	if len(args) < f.least || len(args) > f.most {
		return nil, wrongCount(t, f, len(args))
	}
	return p.made(&call{start: t, function: f, args: args})
}

// total reads the rest of total([code]) or total(prev([code])).
func (p *parser) total() (expression, *complaint) {
	if bad := p.expect("("); bad != nil {
		return nil, bad
	}
	e, bad := p.reference(p.next())
	if bad != nil {
		return nil, bad
	}
	e.(*reference).total = true
	return e, p.expect(")")
}

// reference reads what t begins: [code], or prev([code]).
func (p *parser) reference(t token) (expression, *complaint) {
	if t.kind == tokenWord && t.text == "prev" {
		if bad := p.expect("("); bad != nil {
			return nil, bad
		}
		code := p.next()
		if code.kind != tokenCode {
			return nil, noCode(code, "prev", "prev([1.03])")
		}
		if bad := p.expect(")"); bad != nil {
			return nil, bad
		}
		return p.made(&reference{start: code, code: code.text, prev: true})
	}
	if t.kind != tokenCode {
		return nil, noCode(t, "total", "total([1.03])")
	}
	return p.made(&reference{start: t, code: t.text})
}

func noCode(t token, function, usage string) *complaint {
	return &complaint{
		offset: t.offset, near: clip(t.source),
		vi: fmt.Sprintf("trong %s( ) phải là một chỉ tiêu, ví dụ %s", function, usage),
		en: fmt.Sprintf("%s( ) takes an indicator, such as %s", function, usage),
	}
}

// arguments reads ( expression, ... ); none at all is possible.
func (p *parser) arguments() ([]expression, *complaint) {
	if bad := p.expect("("); bad != nil {
		return nil, bad
	}
	if p.sees(")") {
		p.next()
		return nil, nil
	}
	var args []expression
	for {
		arg, bad := p.expression(0)
		if bad != nil {
			return nil, bad
		}
		args = append(args, arg)
		if !p.sees(",") {
			return args, p.expect(")")
		}
		p.next()
	}
}

func noChain(t token) *complaint {
	return &complaint{
		offset: t.offset, near: t.source,
		vi: "không so sánh nối tiếp được; viết between(x, a, b) hoặc nối bằng “và”",
		en: "comparisons do not chain; write between(x, a, b) or join them with “and”",
	}
}

func unexpected(t token) *complaint {
	if t.kind == tokenEnd {
		return &complaint{offset: t.offset, vi: "biểu thức dừng giữa chừng", en: "the expression breaks off"}
	}
	c := &complaint{
		offset: t.offset, near: clip(t.source),
		vi: fmt.Sprintf("“%s” không đứng được ở đây", clip(t.source)),
		en: fmt.Sprintf("“%s” cannot stand here", clip(t.source)),
	}
	if t.text == "," {
		c.vi += "; dấu thập phân trong biểu thức là dấu chấm"
		c.en += "; the decimal mark of an expression is the point"
	}
	return c
}

func missing(sign string, t token) *complaint {
	return &complaint{
		offset: t.offset, near: clip(t.source),
		vi: fmt.Sprintf("thiếu dấu “%s”", sign), en: fmt.Sprintf("“%s” is missing", sign),
	}
}

func unknownWord(t token) *complaint {
	return &complaint{
		offset: t.offset, near: clip(t.source), suggestion: nearestFunction(t.text),
		vi: fmt.Sprintf("không có hàm “%s”; mã chỉ tiêu viết trong ngoặc vuông", clip(t.source)),
		en: fmt.Sprintf("there is no function “%s”; an indicator's code stands in brackets", clip(t.source)),
	}
}

func wrongCount(t token, f *function, got int) *complaint {
	return &complaint{
		offset: t.offset, near: t.source, suggestion: f.usage,
		vi: fmt.Sprintf("hàm %s không nhận %d giá trị; viết %s", f.name, got, f.usage),
		en: fmt.Sprintf("%s does not take %d values; write %s", f.name, got, f.usage),
	}
}

func tooDeep(t token) *complaint {
	return &complaint{
		offset: t.offset, near: clip(t.source),
		vi: fmt.Sprintf("biểu thức lồng nhau quá %d tầng", MaxDepth),
		en: fmt.Sprintf("the expression is nested more than %d levels deep", MaxDepth),
	}
}

func tooMany(t token) *complaint {
	return &complaint{
		offset: t.offset, near: clip(t.source),
		vi: fmt.Sprintf("biểu thức có hơn %d thành phần", MaxNodes),
		en: fmt.Sprintf("the expression has more than %d parts", MaxNodes),
	}
}
