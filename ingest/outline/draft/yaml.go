package draft

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// DefinitionYAML gives the definition as a file, with its questions beside the
// lines they are about.
func (d *Draft) DefinitionYAML() []byte {
	w := d.writer("definition")
	w.line("# Bản thảo biểu mẫu, lập từ (a draft of a form, made from):")
	for _, s := range d.Read {
		w.line("#   " + plain(s.File) + ", trang “" + plain(s.Sheet) + "”, vùng " + s.Range)
	}
	w.line(fmt.Sprintf("# Có %d câu hỏi, mỗi câu một dòng “# HỎI:” trong các tệp (questions to be answered). Trả lời xong thì xóa dòng đó.", len(d.Questions)))
	w.line("")
	w.fields(reflect.ValueOf(d.Definition), "definition", "")
	return w.bytes()
}

// RegisterYAML gives the register as a file.
func (d *Draft) RegisterYAML() []byte {
	w := d.writer("register")
	w.line("# Danh mục đơn vị và địa bàn của bản thảo (register of the draft)")
	w.fields(reflect.ValueOf(d.Register), "register", "")
	return w.bytes()
}

// RequestYAML gives the request as a file.
func (d *Draft) RequestYAML() []byte {
	w := d.writer("request")
	w.line("# Yêu cầu báo cáo mẫu, để thử bản thảo (a request to try the draft with)")
	w.fields(reflect.ValueOf(d.Request), "request", "")
	return w.bytes()
}

// writer writes YAML: mappings field by field, the elements of lists on one line
// each, and before every line the questions about it.
type writer struct {
	out  strings.Builder
	asks map[string][]string
}

func (d *Draft) writer(document string) *writer {
	w := &writer{asks: map[string][]string{}}
	for _, q := range d.Questions {
		if q.Path == document || strings.HasPrefix(q.Path, document+"/") {
			w.asks[q.Path] = append(w.asks[q.Path], q.VI)
		}
	}
	return w
}

func (w *writer) line(text string) { w.out.WriteString(strings.TrimRight(text, " ") + "\n") }

func (w *writer) bytes() []byte { return []byte(w.out.String()) }

// ask writes the questions about a path.
func (w *writer) ask(path, indent string) {
	for _, q := range w.asks[path] {
		w.line(indent + "# HỎI: " + plain(q))
	}
	delete(w.asks, path)
}

// fields writes the fields of a struct, each on its own lines.
func (w *writer) fields(v reflect.Value, path, indent string) {
	for i := range v.NumField() {
		name, optional := fieldName(v.Type().Field(i))
		value := v.Field(i)
		at := path + "/" + name
		if optional && value.IsZero() {
			continue
		}
		w.ask(at, indent)
		if value.Kind() != reflect.Slice || value.Len() == 0 || value.Type().Elem().Kind() != reflect.Struct {
			w.line(indent + name + ": " + flow(value))
			continue
		}
		w.line(indent + name + ":")
		for k := range value.Len() {
			w.element(value.Index(k), at+"/"+strconv.Itoa(k), indent+"  ")
		}
	}
}

// element writes an element of a list: a sheet over several lines, all else on one.
func (w *writer) element(v reflect.Value, path, indent string) {
	w.ask(path, indent)
	if _, long := v.Interface().(Sheet); !long {
		w.line(indent + "- " + flow(v))
		return
	}
	from := w.out.Len()
	w.fields(v, path, indent+"  ")
	text := w.out.String()
	body, _ := strings.CutPrefix(text[from:], indent+"  ")
	w.out.Reset()
	w.out.WriteString(text[:from] + indent + "- " + body)
}

// flow writes a value on one line.
func flow(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		return flow(v.Elem())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = flow(v.Index(i))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if name, optional := fieldName(v.Type().Field(i)); !optional || !v.Field(i).IsZero() {
				parts = append(parts, name+": "+flow(v.Field(i)))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	}
	return scalar(v.String())
}

func fieldName(f reflect.StructField) (name string, optional bool) {
	name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name, rest == "omitempty"
}

// formatWords stand without quotes: those of the format itself.
var formatWords = map[string]bool{
	"int": true, "dec": true, "text": true, "place": true, "unit": true, "split": true, "of": true, "note": true, "civil": true, "d09": true,
	"sum": true, "last": true, "first": true, "none": true, "ratio": true, placesDown: true, indicatorsDown: true, unitList: true, matrix: true,
	"country": true, "province": true, "district": true, "commune": true, "by": true,
}

// scalar writes a text. All but the words of the format are in double quotes, so
// that no text is taken for a number, a day or a sign.
func scalar(s string) string {
	if formatWords[s] {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unprintable(r):
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// unprintable are the characters that YAML takes for line breaks or refuses.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\uFEFF' || r == '\uFFFE' || r == '\uFFFF'
}

// plain is a text in a comment: in one line, without what breaks it.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unprintable(r) {
			return ' '
		}
		return r
	}, s)), " ")
}
