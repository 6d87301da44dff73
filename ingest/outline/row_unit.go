package outline

import (
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// rowUnits gives the unit of each line as a column of units states it, "" where none
// does.
func rowUnits(s *sheet.Sheet, t *table.Table) []string {
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role == table.ColValue || c.Role == table.ColNumber || len(c.Path) == 0 {
			continue
		}
		head := c.Path[len(c.Path)-1]
		named := viet.IsUnitHead(head)
		if !named && viet.Key(head) != unitOrBody {
			continue
		}
		units := textsIn(s, t, c.Col)
		if named && c.Role == table.ColNote || slices.ContainsFunc(units, isUnit) {
			return repeated(units)
		}
	}
	return make([]string, len(t.Lines))
}

// unitInName takes a unit off the end of the name of a row, "Lúa (1.000 tấn)"; unit is ""
// where it states none. Shares are left: that of which they are is not converted.
func unitInName(name string) (bare, unit string) {
	unit = table.BracketedUnit(name)
	if u := viet.ParseUnit(unit); unit == "" || u.Base == viet.BasePercent || u.Base == viet.BasePoint || !strings.HasSuffix(name, ")") {
		return name, ""
	}
	return table.WithoutUnit(name), unit
}

// unitOrBody stands over a column of units and as well over one of bodies.
var unitOrBody = viet.Key("đơn vị")

// counted are words for what is counted, by key: in a column of bodies none of them
// stands alone.
var counted = map[string]bool{
	viet.Key("người"): true, viet.Key("hộ"): true, viet.Key("lượt"): true, viet.Key("lượt người"): true, viet.Key("cái"): true, viet.Key("chiếc"): true,
	viet.Key("vụ"): true, viet.Key("con"): true, viet.Key("cuộc"): true, viet.Key("lớp"): true, viet.Key("xã"): true, viet.Key("đối tượng"): true,
}

// isUnit reports whether words are a unit and nothing else.
func isUnit(words string) bool {
	u := viet.ParseUnit(words)
	return u.Measure || counted[u.Base]
}

// textsIn gives the text of each line in a column, "" where none stands there.
func textsIn(s *sheet.Sheet, t *table.Table, col int) []string {
	out := make([]string, len(t.Lines))
	for i := range t.Lines {
		if c := s.Shown(t.Lines[i].Row, col); c != nil && c.IsText() {
			out[i], _ = viet.Clean(c.Text)
		}
	}
	return out
}

// dittos are what people write for: as above.
var dittos = []string{`"`, "''", "”", "“", "nt", "như trên"}

// repeated writes out what stands for the unit above.
func repeated(units []string) []string {
	for i := 1; i < len(units); i++ {
		if slices.Contains(dittos, strings.ToLower(units[i])) {
			units[i] = units[i-1]
		}
	}
	return units
}
