package aggregate

import (
	"math/big"
	"slices"
	"strings"

	"tonghop/report"
	"tonghop/report/decimal"
)

// item is a value on its way up through the stages of a roll. Numbers are exact
// fractions, so that a mean of means is rounded once, at the end.
type item struct {
	agency, place, unit int32

	kind    report.ValueKind
	num     *big.Rat // of a number; nil for a mean over a weight of nought
	weight  *big.Rat // what a mean weighs it by; nil when it is not known
	divided bool     // went through a mean: may have to be rounded
	text    string
	yes     bool
}

// fits reports whether a roll can be made of values of a type. One that does not
// fit is as none: there is no total.
func fits(t report.Type, r report.Rolling) bool {
	switch r {
	case report.RollFirst, report.RollLast:
		return true
	case report.RollSum, report.RollMin, report.RollMax, report.RollMean:
		return t == report.TypeInt || t == report.TypeDec
	case report.RollAll, report.RollAny:
		return t == report.TypeBool
	case report.RollList:
		return t == report.TypeText
	}
	return false
}

// isWeighed reports whether a mean is taken on any axis.
func (p *plan) isWeighed() bool {
	return p.agency == report.RollMean || p.place == report.RollMean || p.time == report.RollMean
}

// rollUp makes one value of many: over the units of an agency at a place, then
// over the places of an agency, then over agencies. items lie in that order:
// by agency, place, unit. Units roll as agencies do. What is given out is either
// a value or the mark that says why there is none.
func rollUp(p *plan, items []item) (report.Value, report.Mark) {
	if acrossAgencies(items) && !fits(p.Type, p.agency) || acrossPlaces(items) && !fits(p.Type, p.place) {
		return report.Value{}, report.MarkNotAdditive
	}
	items = stage(p.agency, items, func(a, b *item) bool { return a.agency == b.agency && a.place == b.place })
	items = stage(p.place, items, func(a, b *item) bool { return a.agency == b.agency })
	items = stage(p.agency, items, func(a, b *item) bool { return true })
	return items[0].value(p.Scale)
}

// acrossAgencies reports whether items of more than one agency or unit meet.
// None refuses the total as soon as they do, even where they lie at different
// places: the question is whether the figures may be added, not in what order.
func acrossAgencies(items []item) bool {
	return slices.ContainsFunc(items, func(i item) bool { return i.agency != items[0].agency || i.unit != items[0].unit })
}

func acrossPlaces(items []item) bool {
	return slices.ContainsFunc(items, func(i item) bool { return i.place != items[0].place })
}

// stage rolls each run of items that belong together into one.
func stage(r report.Rolling, items []item, together func(a, b *item) bool) []item {
	var out []item
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && together(&items[from], &items[to]) {
			to++
		}
		out = append(out, rollRun(r, items[from:to]))
		from = to
	}
	return out
}

// rollRun makes one item of a run. A run of one is what it is.
func rollRun(r report.Rolling, run []item) item {
	if len(run) == 1 {
		return run[0]
	}
	out := run[0]
	switch r {
	case report.RollSum:
		out.num = sumOf(run)
	case report.RollLast:
		out = run[len(run)-1]
	case report.RollMin:
		out = extreme(run, -1)
	case report.RollMax:
		out = extreme(run, +1)
	case report.RollMean:
		out.num = meanOf(run)
	case report.RollAll:
		out.yes = !slices.ContainsFunc(run, func(i item) bool { return !i.yes })
	case report.RollAny:
		out.yes = slices.ContainsFunc(run, func(i item) bool { return i.yes })
	case report.RollList:
		out.text = listOf(run)
	}
	out.divided = r == report.RollMean || slices.ContainsFunc(run, func(i item) bool { return i.divided })
	out.weight = weightOf(run)
	return out
}

// sumOf is nil when a part of the sum is undefined: then the sum is, too.
func sumOf(run []item) *big.Rat {
	sum := new(big.Rat)
	for _, i := range run {
		if i.num == nil {
			return nil
		}
		sum.Add(sum, i.num)
	}
	return sum
}

// extreme gives the first item that no other surpasses in the direction of sign.
func extreme(run []item, sign int) item {
	out := run[0]
	for _, i := range run {
		if i.num == nil {
			return i
		}
		if i.num.Cmp(out.num) == sign {
			out = i
		}
	}
	return out
}

// meanOf weighs each item; nil where a weight is not known or all of them are
// nought. What weighs nothing adds nothing, even where it is undefined itself.
func meanOf(run []item) *big.Rat {
	sum, weight := new(big.Rat), new(big.Rat)
	for _, i := range run {
		switch {
		case i.weight == nil:
			return nil
		case i.weight.Sign() == 0:
			continue
		case i.num == nil:
			return nil
		}
		sum.Add(sum, new(big.Rat).Mul(i.num, i.weight))
		weight.Add(weight, i.weight)
	}
	if weight.Sign() == 0 {
		return nil
	}
	return sum.Quo(sum, weight)
}

// weightOf is what a rolled item weighs in a mean further up: weights add,
// whatever the values do.
func weightOf(run []item) *big.Rat {
	sum := new(big.Rat)
	for _, i := range run {
		if i.weight == nil {
			return nil
		}
		sum.Add(sum, i.weight)
	}
	return sum
}

func listOf(run []item) string {
	texts := make([]string, len(run))
	for i := range run {
		texts[i] = run[i].text
	}
	return strings.Join(texts, "\n")
}

// value ends a roll: the number as a decimal, rounded if it went through a mean.
func (i *item) value(scale int) (report.Value, report.Mark) {
	switch i.kind {
	case report.Words:
		return report.TextOf(i.text), report.MarkNone
	case report.YesNo:
		return report.BoolOf(i.yes), report.MarkNone
	}
	if i.num == nil {
		return report.Value{}, report.MarkUndefined
	}
	if !i.divided {
		scale = decimal.MaxScale // no digit is beyond it: exact
	}
	return number(i.num, scale)
}

// number gives a fraction as a decimal, rounded half to even; one that does not
// fit is refused (law 5).
func number(r *big.Rat, scale int) (report.Value, report.Mark) {
	d, err := roundHalfEven(r, scale)
	if err != nil {
		return report.Value{}, report.MarkOverflow
	}
	return report.NumberOf(d), report.MarkNone
}

// roundHalfEven gives the decimal of at most scale decimals that is nearest.
func roundHalfEven(r *big.Rat, scale int) (decimal.Decimal, error) {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	coef := new(big.Int).Mul(r.Num(), unit)
	rest := new(big.Int)
	coef.DivMod(coef, r.Denom(), rest) // rounds down; rest >= 0
	switch half := rest.Lsh(rest, 1).Cmp(r.Denom()); {
	case half > 0, half == 0 && coef.Bit(0) == 1:
		coef.Add(coef, big.NewInt(1))
	}
	return decimal.Parse(pointed(coef, scale))
}

// pointed writes coef / 10^scale without zeros at the end.
func pointed(coef *big.Int, scale int) string {
	digits := new(big.Int).Abs(coef).String()
	if short := scale + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	whole, fraction := digits[:len(digits)-scale], strings.TrimRight(digits[len(digits)-scale:], "0")
	if fraction != "" {
		whole += "." + fraction
	}
	if coef.Sign() < 0 {
		return "-" + whole
	}
	return whole
}

// ratOf gives a decimal as a fraction.
func ratOf(d decimal.Decimal) *big.Rat {
	hi, lo, scale := d.Parts()
	coef := new(big.Int).Lsh(big.NewInt(hi), 64)
	coef.Add(coef, new(big.Int).SetUint64(lo))
	return new(big.Rat).SetFrac(coef, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
}

// ratio gives factor x num / den, rounded half to even to a scale.
func ratio(factor int64, num, den decimal.Decimal, scale int) (report.Value, report.Mark) {
	if den.IsZero() {
		return report.Value{}, report.MarkUndefined
	}
	if factor == 0 {
		factor = 1
	}
	r := new(big.Rat).Mul(new(big.Rat).SetInt64(factor), ratOf(num))
	return number(r.Quo(r, ratOf(den)), scale)
}
