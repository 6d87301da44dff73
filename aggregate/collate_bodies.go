package aggregate

import (
	"strings"

	"tonghop/report/paper"
)

// sameBodies gives tables in which who names its district, "xã Tân Hội, huyện Đức Trọng", is
// who names none, as long as nobody of the same name is in another; and who does not say who
// made a file, "Tân Hội tháng 2", is who made the others that are called so.
func sameBodies(tables []*paper.Table) []*paper.Table {
	return byFiles(byDistricts(tables))
}

// byFiles gives tables in which those of files that name nobody are by who made all others of
// that name, if one body did.
func byFiles(tables []*paper.Table) []*paper.Table {
	maker := map[string]string{} // by the key of the file; "" of several
	for _, t := range tables {
		if known, again := maker[t.FileKey]; t.Agency != "" && (!again || known != t.ByKey) {
			maker[t.FileKey] = t.ByKey
			if again {
				maker[t.FileKey] = ""
			}
		}
	}
	out := make([]*paper.Table, len(tables))
	for n, t := range tables {
		out[n] = t
		if by := maker[t.FileKey]; t.Agency == "" && by != "" && t.FileKey != paper.NoBody {
			named := *t
			named.ByKey = by
			out[n] = &named
		}
	}
	return out
}

func byDistricts(tables []*paper.Table) []*paper.Table {
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
