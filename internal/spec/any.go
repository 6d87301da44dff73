package spec

import (
	"reflect"

	"tonghop/report/fault"
)

// Decode lays the one document of a YAML or JSON file over the struct that into
// points to, by its json tags and as strictly as [Parse]: what the struct does
// not know is a finding with line and column. It is for files that are not of
// the three kinds, such as the story of a demonstration; their meaning is
// checked by whoever owns them.
func Decode(name string, b []byte, into any) fault.List {
	trees, faults := parseYAML(name, b)
	if faults.Blocks() {
		return sorted(faults)
	}
	if len(trees) != 1 {
		return fault.List{syntax("tệp phải có đúng một tài liệu", "the file must hold exactly one document").In(name).AtLine(1, 1)}
	}
	var d decoder
	d.value(trees[0], reflect.ValueOf(into).Elem(), name)
	return sorted(append(faults, d.faults...))
}
