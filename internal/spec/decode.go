package spec

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// decoder lays a tree over Go structs by their json tags and collects what does
// not fit. A field that is at fault keeps its zero value.
type decoder struct {
	faults fault.List
}

func (d *decoder) add(n *node, f fault.Fault) {
	d.faults = append(d.faults, f.In(n.file).AtLine(n.line, n.column))
}

// wrong says that a value is not of the type that is wanted.
func (d *decoder) wrong(n *node, name, vi, en string) {
	d.add(n, fault.New(fault.FieldWrongType, say("field", name), shown(n), fault.Both("expected", vi, en)))
}

// say is an argument of a finding. A sentence must not have a hole where the
// author wrote nothing.
func say(name, value string) fault.Arg {
	if value == "" {
		return fault.Both(name, "(trống)", "(empty)")
	}
	return fault.A(name, value)
}

// shown says what stands in a place.
func shown(n *node) fault.Arg {
	switch n.kind {
	case nullNode:
		return say("got", "")
	case listNode:
		return fault.Both("got", "một danh sách", "a list")
	case mapNode:
		return fault.Both("got", "một nhóm mục", "a mapping")
	}
	const most = 60
	if r := []rune(n.text); len(r) > most {
		return say("got", string(r[:most])+"…")
	}
	return say("got", n.text)
}

var (
	textType = reflect.TypeFor[report.Text]()
	dateType = reflect.TypeFor[calendar.Date]()
	numType  = reflect.TypeFor[decimal.Decimal]()
)

// value puts a node into v; name is the field's, for the faults.
func (d *decoder) value(n *node, v reflect.Value, name string) {
	switch v.Type() {
	case textType:
		if n.kind != mapNode {
			d.text(n, v.FieldByName("VI"), name)
			return
		}
	case dateType, numType:
		d.spelt(n, v, name)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		to := reflect.New(v.Type().Elem())
		before := len(d.faults)
		if d.value(n, to.Elem(), name); len(d.faults) == before {
			v.Set(to)
		}
	case reflect.Struct:
		d.structure(n, v, name)
	case reflect.Slice:
		d.list(n, v, name)
	case reflect.String:
		d.text(n, v, name)
	case reflect.Bool:
		if n.kind != boolNode {
			d.wrong(n, name, "true hoặc false", "true or false")
			return
		}
		v.SetBool(n.text == "true")
	case reflect.Int, reflect.Int64:
		i, err := strconv.ParseInt(n.text, 10, 64)
		if n.kind != numberNode || err != nil {
			d.wrong(n, name, "một số nguyên", "a whole number")
			return
		}
		v.SetInt(i)
	default:
		panic(fmt.Sprintf("spec: no way to read a %s", v.Type())) // a field type this package was not taught
	}
}

// text takes the characters as they stand, whatever they would be in YAML.
func (d *decoder) text(n *node, v reflect.Value, name string) {
	if n.kind != textNode && n.kind != numberNode && n.kind != boolNode {
		d.wrong(n, name, "chữ", "a text")
		return
	}
	v.SetString(strings.TrimSuffix(n.text, "\n"))
}

// spelt reads a day or a number.
func (d *decoder) spelt(n *node, v reflect.Value, name string) {
	if n.kind != textNode && n.kind != numberNode || n.text == "" {
		if v.Type() == dateType {
			d.wrong(n, name, "một ngày như 2021-03-30", "a day such as 2021-03-30")
		} else {
			d.wrong(n, name, "một số viết với dấu chấm thập phân", "a number with a decimal point")
		}
		return
	}
	err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text))
	switch {
	case errors.Is(err, calendar.ErrDate):
		d.add(n, fault.New(fault.DateWrong, say("field", name), shown(n)))
	case err != nil:
		d.wrong(n, name, "một số viết với dấu chấm thập phân", "a number with a decimal point")
	}
}

func (d *decoder) list(n *node, v reflect.Value, name string) {
	if n.kind != listNode {
		d.wrong(n, name, "một danh sách", "a list")
		return
	}
	if len(n.items) == 0 {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, item := range n.items {
		d.value(item, v.Index(i), name)
	}
}

func (d *decoder) structure(n *node, v reflect.Value, name string) {
	if n.kind != mapNode {
		d.wrong(n, name, "các mục "+strings.Join(fieldNames(v.Type()), ", "), "a mapping of "+strings.Join(fieldNames(v.Type()), ", "))
		return
	}
	first := map[string]int{}
	for _, f := range n.fields {
		key := f.key.text
		if line, twice := first[key]; twice {
			d.add(f.key, fault.New(fault.FieldTwice, say("field", key), atLine(line)))
			continue
		}
		first[key] = f.key.line
		if at := fieldByName(v, key); at.IsValid() {
			d.value(f.value, at, key)
			continue
		}
		unknown := fault.New(fault.FieldUnknown, say("field", key))
		if len(d.faults) < suggestions {
			if near := nearest(key, fieldNames(v.Type())); near != "" {
				unknown = unknown.With(say("near", near))
			}
		}
		d.add(f.key, unknown)
	}
}

func atLine(line int) fault.Arg {
	return fault.Both("first", fmt.Sprintf("dòng %d", line), fmt.Sprintf("line %d", line))
}

// fieldByName finds the field of a struct with a name in files; the zero Value
// when there is none.
func fieldByName(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		if fileName(v.Type().Field(i)) == name {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// fieldNames lists the names that the fields of a struct have in files.
func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name := fileName(t.Field(i)); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// fileName is the name of a field in files, "" when it has none.
func fileName(f reflect.StructField) string {
	if !f.IsExported() {
		return ""
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
