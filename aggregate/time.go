package aggregate

import (
	"math/big"

	"tonghop/report"
	"tonghop/report/decimal"
)

// PeriodValue is the figure of one period, for [RollTime].
type PeriodValue struct {
	Value  report.Value
	Weight report.Value // of a mean
	Num    report.Value // of a ratio
	Den    report.Value // of a ratio
}

// RollTime makes one figure of those of several periods, given in order: a sum
// for what flows, the last or first for what stands, a ratio from the sums of
// its parts. Periods without a figure take no part; a single figure stands as
// it is. What is given out is either a value or the mark that says why there is
// none. It rounds as the other axes do: once, half to even, to the indicator's
// scale, and only means and ratios.
func RollTime(ind *report.Indicator, periods []PeriodValue) (report.Value, report.Mark) {
	roll := ind.On(report.AxisTime)
	if roll == report.RollRatio {
		return ratioOverTime(ind, periods)
	}
	var items []item
	for i, p := range periods {
		if p.Value.IsNone() {
			continue
		}
		it := item{agency: int32(i), kind: p.Value.Kind, text: p.Value.Text, yes: p.Value.Yes, weight: timeWeight(ind, p)}
		if p.Value.Kind == report.Number {
			it.num = ratOf(p.Value.Num)
		}
		items = append(items, it)
	}
	switch {
	case len(items) == 0:
		return report.Value{}, silenceOverTime(periods)
	case len(items) == 1:
		return periods[items[0].agency].Value, report.MarkNone
	case !fits(ind.Type, roll):
		return report.Value{}, report.MarkNotAdditive
	}
	rolled := rollRun(roll, items)
	return rolled.value(ind.Scale)
}

// timeWeight gives what a period weighs in a mean: one where the definition
// names no weight, nil where it is not known.
func timeWeight(ind *report.Indicator, p PeriodValue) *big.Rat {
	switch {
	case ind.Weight == "":
		return big.NewRat(1, 1)
	case p.Weight.Kind == report.Number:
		return ratOf(p.Weight.Num)
	case p.Weight.Kind == report.Nil:
		return new(big.Rat)
	}
	return nil
}

// ratioOverTime recomputes a ratio from the sums of its parts.
func ratioOverTime(ind *report.Indicator, periods []PeriodValue) (report.Value, report.Mark) {
	var num, den decimal.Sum
	told, parts := []report.Value{}, 0
	for _, p := range periods {
		if !p.Value.IsNone() {
			told = append(told, p.Value)
		}
		if p.Num.Kind == report.Number {
			num.Add(p.Num.Num)
		}
		if p.Den.Kind == report.Number {
			den.Add(p.Den.Num)
			parts++
		}
	}
	switch {
	case parts == 0 && len(told) == 0:
		return report.Value{}, silenceOverTime(periods)
	case parts <= 1 && len(told) == 1:
		return told[0], report.MarkNone
	case parts == 0:
		return report.Value{}, report.MarkUndefined
	}
	upper, errUpper := num.Value()
	lower, errLower := den.Value()
	if errUpper != nil || errLower != nil {
		return report.Value{}, report.MarkOverflow
	}
	return ratio(ind.Factor, upper, lower, ind.Scale)
}

// silenceOverTime says why no period has a figure; what was said weighs more
// than what was not.
func silenceOverTime(periods []PeriodValue) report.Mark {
	for _, voice := range voices {
		for _, p := range periods {
			if (saying{value: p.Value}).voice() == voice {
				return voice
			}
		}
	}
	return report.MarkMissing
}
