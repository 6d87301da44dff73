// Package lang is the language in which a definition states its rules and its computed
// indicators: short expressions over exact decimals, written by the people who know the
// form.
//
//	[1.03a] <= [1.03]
//	[2.06] = [2.04] + [2.05]
//	if([1.02] = 0, [1.03] = 0, true)
//	between(change([L1.4], prev([L1.4]), 1), -20, 20)
//
// An indicator stands in brackets, because codes such as 1.03a are no identifiers.
// prev([1.03]) is the same indicator in the previous period, and total([1.03]) its sum over
// all places, or units, of the report: where one sheet has a figure for each place and
// another says what they come to, [2.10] = total([1.03]). total(prev([1.03])) is that of the
// previous period.
//
// # Operators
//
// From the loosest to the tightest: or (hoặc), and (và), not (không), the comparisons
// = <> < <= > >=, then + and -, then *, then the sign. A comparison does not chain; say
// between(x, a, b). Texts stand in double quotes, \" and \\ inside; decimals have a point.
//
// There is no division sign: by law 5 a quotient states its scale. div(a, b, 2) gives two
// decimals and rounds half up, as is taught at school; div(a, b, 2, "half-even") rounds
// otherwise.
//
// # Functions
//
//	sum(a, ...)              the sum of those that are there
//	min(a, ...) max(a, ...)  the smallest, the largest
//	abs(a)                   without its sign
//	round(a, scale[, mode])  rounded
//	div(a, b, scale[, mode]) the quotient, rounded
//	change(a, b, scale)      100 × (a − b) / b: by how many per cent a differs from b
//	between(x, a, b)         a <= x and x <= b
//	if(condition, a, b)      a or b
//	given(a)                 whether there is a value
//	nil(a)                   whether it is nil ("không phát sinh")
//	len(text)                the number of characters
//	newyear()                whether the period is the first of its year
//
// # Nothing is not zero
//
// A value may be none, for a [Reason]: missing, nil, not collected, not applicable, or
// undefined (a quotient by zero). By law 8 none is not zero: comparing or computing with
// none gives none, and a rule that comes out as none is not judged. Four look further:
// given and nil ask about it; sum passes over it, and is none only when all are none; if
// takes only the branch it needs; and "and" and "or" decide when one side suffices, so
// that false and none is false.
//
// # Errors
//
// [Compile] checks names and types and returns a [*SyntaxError] that says, in Vietnamese
// and English, where and what. [Program.Eval] fails only when a result cannot be held
// exactly, with an [*EvalError] that names the operation; it never rounds in silence.
//
// Source is bounded ([MaxSource], [MaxDepth], [MaxNodes]), there are no loops, and so
// both take a bounded time. Why there is such a language at all: docs/adr/0004.
package lang
