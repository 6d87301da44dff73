package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"tonghop/report"
)

// dialect is the JSON schema dialect of all schemas here.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// object is a piece of a schema. Its keys are written sorted, so that the same
// definition gives the same bytes (law 6).
type object map[string]any

// Schema gives the JSON schema of the form that answers a definition:
//
//	{"nil": false,
//	 "values": [{"unit": "", "place": "288", "indicator": "1.02", "value": "12"}],
//	 "texts": [{"indicator": "3.01", "text": "…"}]}
//
// Codes are listed with their Vietnamese names. Values are decimal strings;
// "true" and "false"; or the word for having none: "nil", "not_collected",
// "not_applicable". Whether a value suits its indicator is for the check of the
// upload to say, which names the mistake better than a schema can.
func Schema(def *report.Definition) []byte {
	var figures, texts []any
	for i := range def.Indicators {
		ind := &def.Indicators[i]
		if derived(ind) {
			continue
		}
		choice := object{"const": ind.Code, "title": indicatorTitle(ind)}
		if ind.Help.VI != "" {
			choice["description"] = ind.Help.VI
		}
		if ind.Type == report.TypeText {
			texts = append(texts, choice)
		} else {
			figures = append(figures, choice)
		}
	}
	return schemaBytes(object{
		"$schema":              dialect,
		"$id":                  fmt.Sprintf("urn:tonghop:form:%s:%s", def.Code, def.Version),
		"title":                def.Title.VI,
		"type":                 "object",
		"additionalProperties": false,
		"properties": object{
			"nil":    object{"type": "boolean", "title": "Không phát sinh"},
			"values": list(rowSchema([]string{"indicator", "value"}, object{"unit": codeSchema("Đơn vị"), "place": codeSchema("Địa bàn"), "indicator": oneOfSchema("Chỉ tiêu", figures), "value": valueSchema()})),
			"texts":  list(rowSchema([]string{"indicator", "text"}, object{"unit": codeSchema("Đơn vị"), "place": codeSchema("Địa bàn"), "indicator": oneOfSchema("Chỉ tiêu", texts), "text": object{"type": "string", "title": "Nội dung", "maxLength": maxTextLen}})),
		},
	})
}

func indicatorTitle(i *report.Indicator) string {
	if i.Unit == "" {
		return i.Name.VI
	}
	return i.Name.VI + " (" + i.Unit + ")"
}

func list(of object) object { return object{"type": "array", "items": of} }

func rowSchema(required []string, properties object) object {
	return object{"type": "object", "additionalProperties": false, "required": required, "properties": properties}
}

func codeSchema(title string) object {
	return object{"type": "string", "title": title, "pattern": report.CodePattern}
}

// oneOfSchema takes one of some codes; of none, nothing.
func oneOfSchema(title string, choices []any) object {
	if len(choices) == 0 {
		return object{"title": title, "not": object{}}
	}
	return object{"title": title, "oneOf": choices}
}

func valueSchema() object {
	return object{"title": "Giá trị", "anyOf": []any{
		object{"type": "string", "pattern": `^-?[0-9]{1,39}(\.[0-9]{1,18})?$`, "title": "Số viết với dấu chấm thập phân"},
		object{"enum": []string{"true", "false"}, "title": "Có, không"},
		object{"enum": []string{report.Nil.String(), report.NotCollected.String(), report.NotApplicable.String()}, "title": "Không phát sinh, không thu thập, không áp dụng"},
	}}
}

// FileSchema gives the JSON schema of the files that state one kind of document
// ([report.KindDefinition], KindRegister or KindRequest), for editors. It is
// made from the Go structs; kept copies are in docs/formats.
func FileSchema(kind report.EventKind) []byte {
	var noun reflect.Type
	switch kind {
	case report.KindDefinition:
		noun = reflect.TypeFor[report.Definition]()
	case report.KindRegister:
		noun = reflect.TypeFor[report.Register]()
	case report.KindRequest:
		noun = reflect.TypeFor[report.Request]()
	default:
		return nil
	}
	s := typeSchema(noun)
	s["$schema"] = dialect
	s["$id"] = "urn:tonghop:file:" + string(kind)
	s["title"] = "tonghop " + string(kind)
	s["required"] = []string{string(kind)}
	if kind == report.KindRegister {
		properties := s["properties"].(object)
		for _, table := range []string{"agencies", "places"} {
			properties[table] = object{"anyOf": []any{properties[table], rowSchema([]string{"file"}, object{"file": object{"type": "string"}})}}
		}
	}
	return schemaBytes(s)
}

// enums are the words that the named text types of the noun may be.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[report.Type]():    texts(types),
	reflect.TypeFor[report.By]():      texts(grains),
	reflect.TypeFor[report.Part]():    texts(parts),
	reflect.TypeFor[report.Rolling](): texts(rollings),
	reflect.TypeFor[report.Shape]():   texts(shapes),
}

func texts[T ~string](words []T) (out []string) {
	for _, w := range words {
		if w != "" {
			out = append(out, string(w))
		}
	}
	return out
}

// typeSchema is the schema of what the decoder takes for a type.
func typeSchema(t reflect.Type) object {
	switch t {
	case textType:
		return object{"anyOf": []any{object{"type": "string"}, structSchema(t)}}
	case dateType:
		return object{"type": "string", "format": "date"}
	case numType:
		return object{"type": []string{"number", "string"}}
	}
	if words := enums[t]; words != nil {
		return object{"enum": words}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeSchema(t.Elem())
	case reflect.Struct:
		return structSchema(t)
	case reflect.Slice:
		return list(typeSchema(t.Elem()))
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	}
	return object{"type": []string{"string", "number", "boolean"}}
}

func structSchema(t reflect.Type) object {
	properties := object{}
	for i := range t.NumField() {
		if name := fileName(t.Field(i)); name != "" {
			properties[name] = typeSchema(t.Field(i).Type)
		}
	}
	return object{"type": "object", "additionalProperties": false, "properties": properties}
}

// schemaBytes writes a schema. Nothing in it can fail to be written.
func schemaBytes(s object) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		panic(fmt.Errorf("schema: %w", err))
	}
	return out.Bytes()
}
