package aggregate

import (
	"strings"

	"tonghop/report/paper"
)

// sameBodies gives tables in which who names its district, "xã Tân Hội, huyện Đức Trọng", is
// who names none, as long as nobody of the same name is in another.
func sameBodies(tables []*paper.Table) []*paper.Table {
	in := map[string]string{} // the district, by the body without it
	several := map[string]bool{}
	for _, t := range tables {
		body, district, ok := strings.Cut(t.ByKey, paper.KeyStep)
		if !ok {
			continue
		}
		if known, again := in[body]; again && known != district {
			several[body] = true
		}
		in[body] = district
	}
	if len(in) == 0 {
		return tables
	}
	out := make([]*paper.Table, len(tables))
	for n, t := range tables {
		out[n] = t
		if body, _, ok := strings.Cut(t.ByKey, paper.KeyStep); ok && !several[body] {
			named := *t
			named.ByKey = body
			out[n] = &named
		}
	}
	return out
}
