package ingest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"tonghop/report"
)

// schema is a JSON schema (2020-12), as much of it as a form needs.
type schema map[string]any

// Schema gives the JSON schema of the form an agency may send in place of a
// workbook: which indicators it is asked, where, and what each may be. It is for
// programs that make forms and for editors; [Read] judges what is sent, and says
// more. The same arguments give the same bytes (law 6). Limits, Previous and
// what is asked for beyond the definition play no part.
func Schema(env Env) ([]byte, error) {
	if env.Definition == nil || env.Request == nil || env.Register == nil {
		return nil, fmt.Errorf("schema for %s: no definition, request or register", env.Agency)
	}
	f := formSchema{plan: newPlan(env.Definition, env.Request, env.Register, env.Agency), defs: schema{}}
	values, texts := f.entries()
	top := object(schema{
		"nil":    schema{"type": "boolean", "title": "Không phát sinh", "description": "Nothing occurred at all."},
		"values": list(values),
		"texts":  list(texts),
	})
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["title"] = env.Definition.Title.VI
	top["description"] = "request " + env.Request.Code + ", agency " + env.Agency
	top["$defs"] = f.defs
	return json.MarshalIndent(top, "", "  ")
}

// formSchema is a schema in the making.
type formSchema struct {
	*plan
	defs schema // lists of places and units that several entries share
}

func object(properties schema, required ...string) schema {
	s := schema{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

func list(entries []schema) schema {
	s := schema{"type": "array"}
	if len(entries) == 0 {
		s["maxItems"] = 0
		return s
	}
	s["items"] = schema{"oneOf": entries}
	return s
}

// entries gives what a value and what a text may be: one way for each indicator
// and sheet it stands on.
func (f *formSchema) entries() (values, texts []schema) {
	for i := range f.sheets {
		s := &f.sheets[i]
		for _, ind := range s.indicators {
			if !ind.Asks(f.agency) {
				continue
			}
			entry, required := f.entry(s, ind)
			if ind.Type == report.TypeText {
				entry["text"] = textSchema(ind)
				texts = append(texts, f.described(ind, object(entry, append(required, "text")...)))
				continue
			}
			entry["value"] = valueSchema(ind)
			entry["mark"] = schema{"enum": []string{report.Nil.String(), report.NotCollected.String(), report.NotApplicable.String()}}
			whole := f.described(ind, object(entry, required...))
			whole["oneOf"] = []schema{{"required": []string{"value"}}, {"required": []string{"mark"}}}
			values = append(values, whole)
		}
	}
	return values, texts
}

func (f *formSchema) described(ind *report.Indicator, s schema) schema {
	s["title"] = label(ind)
	if ind.Help.VI != "" {
		s["description"] = ind.Help.VI
	}
	return s
}

// entry says which indicator an entry is of, and where it may stand.
func (f *formSchema) entry(s *planned, ind *report.Indicator) (properties schema, required []string) {
	properties, required = schema{"indicator": schema{"const": ind.Code}}, []string{"indicator"}
	if s.layout.Shape == report.UnitList {
		var units []string
		for _, u := range s.units {
			units = append(units, u.Code)
		}
		properties["unit"] = f.shared("unit", units)
		return properties, append(required, "unit")
	}
	at := map[string]bool{}
	if s.once() {
		at[f.home] = true
	}
	for _, p := range s.places {
		if place, ok := f.placeAt(ind, p.Code); ok {
			at[place] = true
		}
	}
	properties["place"] = f.shared("place", slices.Sorted(maps.Keys(at)))
	if len(at) > 1 {
		required = append(required, "place")
	}
	return properties, required
}

// shared puts a list of codes among the definitions, each list once.
func (f *formSchema) shared(name string, codes []string) schema {
	for i := 1; ; i++ {
		def := name + strconv.Itoa(i)
		known, taken := f.defs[def].(schema)
		if !taken {
			f.defs[def] = schema{"enum": codes}
		} else if !slices.Equal(known["enum"].([]string), codes) {
			continue
		}
		return schema{"$ref": "#/$defs/" + def}
	}
}

// valueSchema: figures are decimals as strings, so that no program on the way
// makes binary fractions of them.
func valueSchema(ind *report.Indicator) schema {
	if ind.Type == report.TypeBool {
		return schema{"enum": []string{"true", "false"}}
	}
	sign := ""
	if ind.Min != nil && ind.Min.Sign() < 0 {
		sign = "-?"
	}
	fraction := ""
	if ind.Type == report.TypeDec && ind.Scale > 0 {
		fraction = `(\.[0-9]{1,` + strconv.Itoa(ind.Scale) + `})?`
	}
	s := schema{"type": "string", "pattern": "^" + sign + "[0-9]+" + fraction + "$"}
	if ind.Unit != "" {
		s["description"] = ind.Unit
	}
	return s
}

func textSchema(ind *report.Indicator) schema {
	s := schema{"type": "string"}
	if len(ind.Options) > 0 {
		s["enum"] = ind.Options
	}
	if ind.MaxLen > 0 {
		s["maxLength"] = ind.MaxLen
	}
	return s
}
