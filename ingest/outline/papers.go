package outline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// ReadPapers reads the tables of a workbook to be added up, and says what is wrong
// with it: that it cannot be read, has no table with figures, or what its reading
// found. A workbook with a property of the name own is passed over: it is a sum of
// ours.
func ReadPapers(name string, body []byte, limits xlsx.Limits, own string) ([]*paper.Table, fault.List) {
	r, stop := Read(name, body, limits)
	if stop != nil {
		return nil, fault.List{stop.In(name)}
	}
	if r.props[own] != "" {
		return nil, nil
	}
	tables := r.Papers()
	if len(tables) == 0 {
		return nil, fault.List{fault.New(fault.PaperWithoutTable).In(name)}
	}
	found := slices.Clone(r.File.Findings)
	for i := range found {
		found[i].File = name
		if found[i].Severity == fault.Error { // what does not close is added as it stands
			found[i] = found[i].Weighed(fault.Explain)
		}
	}
	return tables, found
}

// Papers gives the tables of a workbook with their figures, to be added up. Sheets
// that are hidden are left out: nobody handed them in knowingly.
func (r *Reading) Papers() []*paper.Table {
	var out []*paper.Table
	for i := range r.sheets {
		s := &r.sheets[i]
		if s.sheet.Hidden {
			continue
		}
		for k, t := range s.found.Tables {
			if p := s.paper(t, &r.File.Sheets[i].Tables[k]); len(p.Figures) > 0 {
				p.File = r.File.File
				out = append(out, p)
			}
		}
	}
	return out
}

func (r *read) paper(t *table.Table, told *Table) *paper.Table {
	p := &paper.Table{Sheet: r.sheet.Name, Area: told.Range, Unit: t.Unit, Agency: r.agency(t)}
	at := map[int]int{} // position of a column of figures
	keys := map[string]int{}
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role != table.ColValue {
			continue
		}
		key := columnKey(c.Path)
		if key == "" {
			key = "#" + c.Index
		}
		at[c.Col] = len(p.Columns)
		p.Columns = append(p.Columns, paper.Column{Key: once(keys, key), Path: c.Path, Code: c.Code, Unit: unitOf(cmp.Or(c.Unit, t.Unit)), Adds: c.Adds()})
	}
	rows, units := rowKeys(t), rowUnits(r.sheet, t)
	for i := range t.Lines {
		l := &t.Lines[i]
		row := paper.Row{
			Key: rows[i], Number: l.Number, Name: l.Name, Code: l.Code, Level: l.Level, Total: l.Role == table.RowTotal,
			Unit: unitOf(units[i]), Adds: table.Additive([]string{l.Name}, units[i]),
		}
		if told.Rows[i].Place != nil {
			row.Place = *told.Rows[i].Place
		}
		p.Rows = append(p.Rows, row)
		for _, f := range t.Figures(l.Row) {
			if col, ok := at[f.Col]; ok {
				p.Figures = append(p.Figures, paper.Figure{Row: i, Column: col, Cell: f.Cell, Text: f.Text, Value: f.Value})
			}
		}
	}
	return p
}

// columnKey is the same for columns of the same words, whatever unit they state.
func columnKey(path []string) string {
	var words []string
	for _, step := range path {
		if table.BracketedUnit(step) != "" {
			step = table.WithoutUnit(step)
		}
		words = append(words, step)
	}
	return viet.Key(strings.Join(words, " "))
}

// unitOf looks a stated unit up.
func unitOf(words string) paper.Unit {
	u := viet.ParseUnit(words)
	return paper.Unit{Words: words, Base: u.Base, Power: u.Power, Measure: u.Measure}
}

// once makes a key unlike those before it, by counting.
func once(seen map[string]int, key string) string {
	seen[key]++
	if n := seen[key]; n > 1 {
		return key + "#" + strconv.Itoa(n)
	}
	return key
}

// rowKeys gives the key of each row: its code where every row of figures has one of
// its own, else its name under those that it stands under in the tree.
func rowKeys(t *table.Table) []string {
	keys := make([]string, len(t.Lines))
	seen := map[string]int{}
	if hasCodes(t) {
		for i := range t.Lines {
			key := viet.Key(t.Lines[i].Code)
			if key == "" {
				key = "=" + viet.Key(table.Unnumbered(t.Lines[i].Name))
			}
			keys[i] = once(seen, key)
		}
		return keys
	}
	var above []string
	for i := range t.Lines {
		l := &t.Lines[i]
		name := viet.Key(table.Unnumbered(l.Name))
		if name == "" {
			name = "@" + l.Number
		}
		level := max(l.Level, 1)
		above = append(above[:min(level-1, len(above))], name)
		keys[i] = once(seen, strings.Join(above, "/"))
	}
	return keys
}

// hasCodes reports whether nearly every row of figures has a code of its own.
func hasCodes(t *table.Table) bool {
	codes := map[string]bool{}
	rows := 0
	for i := range t.Lines {
		if t.Lines[i].Role == table.RowSection || t.Lines[i].Role == table.RowNote {
			continue
		}
		rows++
		if c := t.Lines[i].Code; c != "" {
			if codes[c] {
				return false
			}
			codes[c] = true
		}
	}
	return rows > 0 && len(codes)*10 >= rows*9
}

// reporterWords stand before who reports, in the words over a table, by key.
var reporterWords = []string{viet.Key("đơn vị báo cáo"), viet.Key("cơ quan báo cáo"), viet.Key("tên đơn vị"), viet.Key("đơn vị gửi báo cáo"), viet.Key("cơ sở gdnn"), viet.Key("mã đơn vị phát sinh dữ liệu"), viet.Key("mã đơn vị gửi báo cáo")}

// bodyWords begin the names of bodies that stand at the head of a report, by key.
var bodyWords = []string{
	viet.Key("sở"), viet.Key("ubnd"), viet.Key("ủy ban"), viet.Key("hội"), viet.Key("đoàn"), viet.Key("đài"), viet.Key("báo"), viet.Key("trung tâm"), viet.Key("chi cục"), viet.Key("phòng"),
	viet.Key("trường"), viet.Key("bệnh viện"), viet.Key("công an"), viet.Key("liên đoàn"), viet.Key("ban"), viet.Key("cục"), viet.Key("chi nhánh"), viet.Key("công ty"), viet.Key("trạm y tế"),
}

// reportWords begin the titles of reports, which look like the names of newspapers
// and boards ("Báo", "Ban"), by key.
var reportWords = []string{viet.Key("báo cáo"), viet.Key("ban hành")}

// agency gives who reports, as the words over a table say: behind "Đơn vị báo cáo:",
// in the cell beside such words, or as the last body named at the top left.
func (r *read) agency(t *table.Table) string {
	body := ""
	for _, row := range r.sheet.RowNumbers(1) {
		if row >= t.Top {
			break
		}
		cells := r.sheet.Row(row)
		for i := range cells {
			c := &cells[i]
			if !c.IsText() {
				continue
			}
			text, _ := viet.Clean(c.Text)
			label, value, labelled := strings.Cut(text, ":")
			key := viet.Key(label)
			for _, w := range reporterWords {
				if key != w {
					continue
				}
				if value = strings.Trim(value, " .…"); labelled && value != "" {
					return value
				}
				if i+1 < len(cells) && strings.Trim(cells[i+1].Text, " .…-") != "" {
					body = cells[i+1].Text
				}
			}
			if i == 0 && !labelled && beginsWithAny(key, bodyWords) && !beginsWithAny(key, reportWords) && len(text) < 120 {
				body = text
			}
		}
	}
	return body
}

func beginsWithAny(key string, words []string) bool {
	for _, w := range words {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return false
}
