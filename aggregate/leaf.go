package aggregate

import "tonghop/report"

// leaf is one value of one agency about a unit at a place: what all totals are
// made of. There is one for every fact a server knows, so it is small and holds
// no pointer; what it says is looked up in its contribution.
type leaf struct {
	indicator int32
	site            // of its agency
	says      int32 // position among the facts of the contribution, or with ^ among what was computed
}

// site is where a leaf lies within its agency.
type site struct{ unit, place int32 }

// stated reports whether a leaf stands in the paper, and was not computed from
// others of the same unit and place.
func (l *leaf) stated() bool { return l.says >= 0 }

// saying is what a leaf says.
type saying struct {
	value report.Value
	mark  report.Mark // of a computed value that came to nothing: undefined, overflow
}

// voice gives the reason there is no figure for; none when there is one.
func (s saying) voice() report.Mark {
	if s.mark != report.MarkNone {
		return s.mark
	}
	return voiceOf(s.value.Kind)
}

// voiceOf gives the reason a kind of value has no figure for; none when it has.
func voiceOf(k report.ValueKind) report.Mark {
	switch k {
	case report.Nil:
		return report.MarkNil
	case report.NotCollected:
		return report.MarkNotCollected
	case report.NotApplicable:
		return report.MarkNotApplicable
	}
	return report.MarkNone
}

// twig is a leaf with the contribution it grows on.
type twig struct {
	*leaf
	part *contribution
}

func (t twig) agency() int32       { return t.part.agency }
func (t twig) saying() saying      { return t.part.saying(t.leaf) }
func (t twig) voice() report.Mark  { return t.part.voice(t.leaf) }
func (t twig) value() report.Value { return t.saying().value }
func (t twig) adjusted() bool      { return t.part.isAdjusted(t.leaf) }

// rolled gives a leaf over time with all its digits and its weight, where these are
// kept; nil otherwise.
func (t twig) rolled() *item {
	if t.part.threads == nil {
		return nil
	}
	return t.part.threads[^t.says].rolled
}

// papers counts the figures of papers that a figure is made of: one, where it stands in one.
func (t twig) papers() int {
	if t.part.threads == nil {
		return 1
	}
	n := 0
	for _, s := range toldFigures(t) {
		n += s.from.papers()
	}
	return n
}

// isDivided reports whether a leaf has only a share of something that was reported.
func (t twig) isDivided() bool { return t.part.threads != nil && t.part.threads[^t.says].divided }

// fact gives the fact behind a leaf that was stated.
func (t twig) fact() report.Fact { return t.part.facts.At(int(t.says)) }
