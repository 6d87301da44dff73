package export

import (
	"fmt"
	"math/big"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

// What spreadsheets take in one formula: arguments of a function, and characters
// in all (8,192, less what stands around a sum).
const (
	maxArguments = 255
	maxFormula   = 8000
)

// written tells whether a value stands in its cell as a number, so that a formula
// may refer to it. A number of more than 15 digits is written as a text, because
// a spreadsheet would show zeros in place of the last ones (law 5).
func written(v report.Value) bool {
	return v.Kind == report.Number && xlsx.CheckNumber(v.Num.String()) == nil
}

// adder gathers cells whose figures are to be added up, and what they come to.
type adder struct {
	refs  []string // cells and ranges
	total decimal.Sum
	least decimal.Decimal
	most  decimal.Decimal
	n     int  // figures among them
	cells int  // cells among them
	unfit bool // one of the figures does not stand as a number
}

// add takes in the figure of one of the cells.
func (a *adder) add(v report.Value) {
	a.cells++
	if v.Kind != report.Number {
		return
	}
	if a.n == 0 || v.Num.Cmp(a.least) < 0 {
		a.least = v.Num
	}
	if a.n == 0 || v.Num.Cmp(a.most) > 0 {
		a.most = v.Num
	}
	a.total.Add(v.Num)
	a.n++
	a.unfit = a.unfit || !written(v)
}

// at takes in a cell that stands by itself.
func (a *adder) at(ref string, v report.Value) {
	a.refs = append(a.refs, ref)
	a.add(v)
}

// proved tells whether the gathered cells may stand in a formula at all.
func (a *adder) proved(want report.Value) bool {
	return a.n > 0 && !a.unfit && written(want) && len(a.refs) <= maxArguments
}

// sum gives the formula that adds the cells up to the value wanted, and "" where
// no formula is proved to give it.
func (a *adder) sum(want report.Value, scale int) string {
	total, err := a.total.Value()
	if err != nil || !a.proved(want) || !total.Equal(want.Num) {
		return ""
	}
	if a.cells == 1 {
		return a.refs[0]
	}
	return bounded(rounded("SUM("+strings.Join(a.refs, ",")+")", scale))
}

// extreme gives MIN or MAX of the cells where that is the value wanted.
func (a *adder) extreme(roll report.Rolling, want report.Value) string {
	if !a.proved(want) {
		return ""
	}
	switch {
	case roll == report.RollMin && a.least.Equal(want.Num):
		return bounded("MIN(" + strings.Join(a.refs, ",") + ")")
	case roll == report.RollMax && a.most.Equal(want.Num):
		return bounded("MAX(" + strings.Join(a.refs, ",") + ")")
	}
	return ""
}

// roll gives the formula for the way an indicator rolls up; "" where there is
// none, or none that is proved.
func (a *adder) roll(r report.Rolling, want report.Value, scale int) string {
	switch {
	case r == report.RollSum || a.cells == 1:
		return a.sum(want, scale)
	case r == report.RollMin || r == report.RollMax:
		return a.extreme(r, want)
	}
	return ""
}

// rounded takes the dust of binary fractions off a sum of decimals. Whole numbers
// of 15 digits have none.
func rounded(expr string, scale int) string {
	if scale == 0 {
		return expr
	}
	return fmt.Sprintf("ROUND(%s,%d)", expr, scale)
}

func bounded(expr string) string {
	if len(expr) > maxFormula {
		return ""
	}
	return expr
}

// term is a figure and the cell it stands in.
type term struct {
	ref   string
	value report.Value
}

// ratioFormula gives factor x num / den rounded to the scale, where that is
// proved to come to the value wanted; "" otherwise.
//
// Ours is rounded half to even, a spreadsheet rounds half away from zero. The two
// differ only in the very middle between two numbers, so only there the formula
// asks which of them is even.
func ratioFormula(factor int64, num, den term, want report.Value, scale int) string {
	if !written(num.value) || !written(den.value) || !written(want) || den.value.Num.IsZero() {
		return ""
	}
	if factor == 0 {
		factor = 1
	}
	upper, err := decimal.FromInt(factor).Mul(num.value.Num)
	if err != nil {
		return ""
	}
	exact, err := upper.Quo(den.value.Num, scale, decimal.HalfEven)
	if err != nil || !exact.Equal(want.Num) {
		return ""
	}
	quotient := num.ref + "/" + den.ref
	if factor != 1 {
		quotient = fmt.Sprintf("%d*%s", factor, quotient)
	}
	switch middle(upper, den.value.Num, scale) {
	case exactly:
		return bounded(fmt.Sprintf("IF(ABS(MOD(ABS(%[1]s)*10^%[2]d,2)-0.5)<1E-9,ROUNDDOWN(%[1]s,%[2]d),ROUND(%[1]s,%[2]d))", quotient, scale))
	case nearly:
		return ""
	}
	return bounded(fmt.Sprintf("ROUND(%s,%d)", quotient, scale))
}

// nearness says how a quotient lies to the middle between two rounded numbers.
type nearness uint8

const (
	apart   nearness = iota
	nearly           // too near for binary fractions to tell the side
	exactly          // in the middle
)

// middle says how num/den lies to the middle between two numbers of the scale.
func middle(num, den decimal.Decimal, scale int) nearness {
	const safe = 1_000_000_000_000 // a quotient is exact to about 1 in 10^15
	x := new(big.Rat).Quo(ratOf(num), ratOf(den))
	x.Abs(x).Mul(x, new(big.Rat).SetInt(pow10(scale)))
	floor := new(big.Int).Quo(x.Num(), x.Denom())
	gap := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	gap.Sub(gap, big.NewRat(1, 2)).Abs(gap)
	if gap.Sign() == 0 {
		return exactly
	}
	if gap.Mul(gap, big.NewRat(safe, 1)).Cmp(x) < 0 {
		return nearly
	}
	return apart
}

func ratOf(d decimal.Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String()) // a canonical decimal always reads
	return r
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
