package spec

import (
	"reflect"
	"slices"

	"tonghop/report"
	"tonghop/report/fault"
)

// rulesKind is the first key of a file that drafts rules alone.
const rulesKind = "rules"

// draftRules is such a file: rules as they would stand in a definition.
type draftRules struct {
	Rules []report.Rule `json:"rules"`
}

// ParseDraft reads a draft that is to be tried on a definition in force: a whole
// definition of the same code, or the rules alone, which take the place of those
// of the same code. It gives the definition as it would be. Findings are as those
// of [Parse]; the definition is sound only when they do not block.
func ParseDraft(name string, b []byte, base *report.Definition) (*report.Definition, fault.List) {
	trees, faults := parseYAML(name, b)
	if faults.Blocks() {
		return nil, sorted(faults)
	}
	if len(trees) != 1 {
		return nil, append(faults, draftKind(fault.Both("got", "không phải một tài liệu", "not one document")).In(name).AtLine(1, 1))
	}
	root := trees[0]
	kind := ""
	if root.kind == mapNode && len(root.fields) > 0 {
		kind = root.fields[0].key.text
	}
	switch kind {
	case rulesKind:
		def, found := mergedRules(root, base)
		return def, sorted(append(faults, found...))
	case string(report.KindDefinition):
		doc, found := document(root, nil)
		faults = append(faults, found...)
		if doc == nil {
			return nil, sorted(faults)
		}
		if got := doc.Definition.Code; got != base.Code {
			faults = append(faults, fault.New(fault.DraftOfOtherForm, say("got", got), say("expected", base.Code)).In(root.file).AtLine(root.line, root.column))
		}
		return doc.Definition, sorted(faults)
	}
	return nil, append(faults, draftKind(say("got", kind)).In(root.file).AtLine(root.line, root.column))
}

func draftKind(got fault.Arg) fault.Fault {
	return fault.New(fault.KindUnknown, got, fault.A("choices", "definition, rules"))
}

// mergedRules puts drafted rules in the place of those of the same code and
// checks them as part of the definition.
func mergedRules(root *node, base *report.Definition) (*report.Definition, fault.List) {
	if faults := tooMany(root); len(faults) > 0 {
		return nil, faults
	}
	var d decoder
	var draft draftRules
	d.value(root, reflect.ValueOf(&draft).Elem(), rulesKind)
	merged := *base
	merged.Rules = slices.DeleteFunc(slices.Clone(base.Rules), func(r report.Rule) bool {
		return slices.ContainsFunc(draft.Rules, func(n report.Rule) bool { return n.Code == r.Code })
	})
	merged.Rules = append(merged.Rules, draft.Rules...)

	c := checker{indicators: map[string]*report.Indicator{}}
	for i := range merged.Indicators {
		c.indicators[merged.Indicators[i].Code] = &merged.Indicators[i]
	}
	if len(draft.Rules) == 0 {
		c.add(rulesKind, fault.New(fault.ListEmpty, say("field", rulesKind)))
	}
	c.rules(draft.Rules) // no code of theirs is left among the others
	doc := Document{root: root}
	return &merged, append(d.faults, doc.placed(c.problems, d.faults)...)
}
