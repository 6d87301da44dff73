package draft

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// Make drafts a definition from copies of one form: the first is the pattern, the
// others add figures, rows and agencies. It is nil when the first has no table
// with columns of figures.
func Make(readings []*outline.Reading) *Draft {
	d := &maker{codes: names{}, agencyOf: map[string]string{}, units: names{}, sheets: names{}}
	var pattern []*outline.Form
	for i, r := range readings {
		forms := r.Forms()
		if i == 0 {
			pattern = forms
			d.begin(forms)
			if len(d.grids) == 0 {
				return nil
			}
		} else {
			d.join(r.File.File, forms)
		}
		d.agency(r.File.File, forms, len(readings) > 1)
	}
	d.head(readHeading(pattern), readings[0].File.File)
	for i, g := range d.grids {
		d.sheet(i, g)
	}
	d.finish()
	return &d.Draft
}

// maker puts a draft together.
type maker struct {
	Draft
	grids    []*grid
	codes    names             // of indicators
	sheets   names             // of sheets
	units    names             // of agencies and units
	agencyOf map[string]string // by file
	rules    int               // that were left out
	wholeOn  int               // the sheet, from 1, of which it was last asked whether decimals are allowed
}

// ask adds a question about a place of the documents.
func (d *maker) ask(path string, q Question) {
	if q.VI == "" {
		return
	}
	q.Path = path
	d.Questions = append(d.Questions, q)
}

func (d *maker) asks(path string, qs []Question) {
	for _, q := range qs {
		if q == wholeNumbers {
			if d.wholeOn == len(d.Definition.Sheets)+1 {
				continue
			}
			d.wholeOn = len(d.Definition.Sheets) + 1
		}
		d.ask(path, q)
	}
}

// begin takes the tables of the first copy.
func (d *maker) begin(forms []*outline.Form) {
	for _, f := range forms {
		g := gridOf(f)
		if shape, _ := g.shape(); len(g.cols) == 0 || shape != unitList && !g.hasRows() {
			continue
		}
		if slices.ContainsFunc(d.grids, func(o *grid) bool { return o.isBeside(g) }) {
			d.ask("definition/sheets", Question{
				VI: "bảng " + f.Area + " của trang “" + f.Sheet + "” đứng ngang hàng với bảng khác nên chưa đưa vào; cần thì chuyển sang trang riêng",
				EN: "the table " + f.Area + " stands beside another and was left out; if it is wanted, put it on a sheet of its own",
			})
			continue
		}
		g.sheet = d.sheets.once(sheetName(f.Sheet), 28)
		for _, o := range d.grids {
			if o.form.Sheet == f.Sheet {
				o.shared, g.shared = true, true
			}
		}
		d.grids = append(d.grids, g)
		d.Read = append(d.Read, Source{f.File, f.Sheet, f.Area})
	}
}

// isBeside reports whether two tables share rows of a sheet: filled copies are read by
// their headers, one to a row.
func (g *grid) isBeside(o *grid) bool {
	a, b := g.form, o.form
	return a.File == b.File && a.Sheet == b.Sheet && a.Table.Top <= b.Table.Last && b.Table.Top <= a.Table.Last
}

// sheetName makes a name that a spreadsheet takes.
func sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return '-'
		}
		return r
	}, name), "' ")
	if runes := []rune(name); len(runes) > 28 {
		name = string(runes[:28])
	}
	return cmp.Or(name, "Sheet")
}

// join takes the tables of another copy, and asks about what differs.
func (d *maker) join(file string, forms []*outline.Form) {
	taken := map[*grid]bool{}
	for _, f := range forms {
		i := slices.IndexFunc(d.grids, func(g *grid) bool { return !taken[g] && g.fits(f) })
		if i < 0 {
			d.ask("definition/sheets", Question{
				VI: "tệp " + file + ", trang “" + f.Sheet + "” có bảng " + f.Area + " khác biểu này nên không dùng; có cần thêm không?",
				EN: "the table " + f.Area + " of " + file + " is of another form and was left out; is it wanted?",
			})
			continue
		}
		g := d.grids[i]
		taken[g] = true
		d.Read = append(d.Read, Source{f.File, f.Sheet, f.Area})
		cols, rows := g.join(f)
		at := "definition/sheets/" + strconv.Itoa(i)
		if len(cols) > 0 {
			d.ask(at, Question{
				VI: "tệp " + file + " có thêm cột chưa đưa vào: “" + strings.Join(few(cols), "”, “") + "”; có cần không?",
				EN: file + " has further columns, left out: " + strings.Join(few(cols), ", ") + "; are they wanted?",
			})
		}
		if shape, _ := g.shape(); len(rows) > 0 && (shape == matrix || shape == indicatorsDown) {
			d.ask(at, Question{
				VI: "tệp " + file + " có thêm dòng, đã đưa vào cuối: “" + strings.Join(few(rows), "”, “") + "”; có phải của biểu không?",
				EN: file + " has further rows, put at the end: " + strings.Join(few(rows), ", ") + "; do they belong to the form?",
			})
		}
	}
}

// few shortens a list for people.
func few(list []string) []string {
	const most = 5
	if len(list) > most {
		return append(slices.Clone(list[:most]), "… ("+strconv.Itoa(len(list))+")")
	}
	return list
}

// head fills in what the words over the tables say.
func (d *maker) head(h heading, file string) {
	def := &d.Definition
	def.Code = cmp.Or(slug(h.number, "", 60), slug(withoutExtension(file), "", 60), "bieu")
	def.Version = "1"
	def.Title = cmp.Or(h.title, h.number, withoutExtension(file))
	def.Legal = h.legal
	def.Calendar = "civil"
	if h.number == "" {
		d.ask("definition/definition", Question{VI: "không thấy số biểu nên lấy mã theo tên tệp; đổi mã?", EN: "the form has no number, so the code is of the file's name; another?"})
	}
	if h.title == "" {
		d.ask("definition/title", Question{VI: "không thấy tên biểu; ghi tên?", EN: "no title was found; what is it?"})
	}
	if len(h.legal) == 0 {
		d.ask("definition/calendar", Question{VI: "không thấy căn cứ (Kèm theo Thông tư, Quyết định số …); thêm legal?", EN: "no legal basis is cited; add legal?"})
	}
	if h.d09 {
		def.Calendar = "d09"
	}
	d.ask("definition/calendar", Question{
		VI: "kỳ báo cáo theo tháng dương lịch (civil) hay từ ngày 15 đến ngày 14 (d09, Nghị định 09/2019/NĐ-CP)?",
		EN: "civil months, or from the 15th to the 14th (d09, Decree 09/2019)?",
	})
	d.Register = Register{Code: def.Code, Version: "1", Title: "Danh mục dùng cho " + def.Title, Places: []Place{}, Agencies: d.Register.Agencies}
	d.Request = Request{
		Code: def.Code + "-1", Title: def.Title, Definition: def.Code, Version: "1", Register: def.Code, Registered: "1",
		Issuer: Issuer{"Cơ quan yêu cầu báo cáo"}, Period: h.period, Due: Due{"by", "2030-12-31"}, Agencies: []string{},
	}
	d.ask("request/issuer", Question{VI: "cơ quan nào yêu cầu báo cáo này?", EN: "which body asks for this report?"})
	if h.period != "" {
		d.ask("request/period", Question{VI: "kỳ lấy theo lời trên biểu; đúng không?", EN: "the period is as the words over the table say; is it right?"})
	} else {
		d.ask("request/due", Question{VI: "báo cáo cho kỳ nào? Thêm period: 2026-M01, 2026-Q1, 2026", EN: "which period is asked? Add period: 2026-M01, 2026-Q1, 2026"})
	}
	d.ask("request/due", Question{VI: "hạn nộp là ngày nào?", EN: "until which day?"})
}

// sheet drafts one sheet with its indicators.
func (d *maker) sheet(i int, g *grid) {
	shape, why := g.shape()
	at := "definition/sheets/" + strconv.Itoa(i)
	d.ask(at, why)
	s := Sheet{Name: g.sheet, Shape: shape, Ignore: g.ignored(shape)}
	if len(g.left) > 0 {
		d.ask(at, Question{
			VI: "các cột " + strings.Join(few(g.left), ", ") + " trùng tiêu đề với cột khác hoặc quá nhiều nên chưa đưa vào; sửa tiêu đề?",
			EN: "columns " + strings.Join(few(g.left), ", ") + " have the heading of another, or are too many, and were left out; mend the headings?",
		})
	}
	if texts := g.texts(); len(texts) > 0 {
		d.ask(at, Question{
			VI: "các cột chữ không hỏi: “" + strings.Join(few(texts), "”, “") + "”; cần thì thêm chỉ tiêu kiểu text?",
			EN: "columns of words are not asked: " + strings.Join(few(texts), ", ") + "; add indicators of type text?",
		})
	}
	switch shape {
	case placesDown, unitList:
		d.columns(g, &s, at)
		if shape == placesDown {
			d.places(g, &s)
		} else {
			d.list(g, at)
		}
		for _, r := range g.rows {
			if r.Role == table.RowTotal && !table.IsTotal(r.Name, nil) && !slices.Contains(s.Totals, r.label) && (shape == unitList || r.place.Code == "") {
				s.Totals = append(s.Totals, r.label)
			}
		}
	case indicatorsDown:
		d.rowIndicators(g, &s, at)
	case matrix:
		d.matrix(g, &s, at)
	}
	d.Definition.Sheets = append(d.Definition.Sheets, s)
}

// ignored are the headers of columns that hold no figures and no names, or that cannot
// be told apart.
func (g *grid) ignored(shape string) (out []string) {
	key := g.codeColumn(shape)
	for i := range g.all {
		c := &g.all[i]
		if head := leaf(c); head != "" && (c.Role == table.ColNote || c.Role == table.ColCode && (key == nil || c.Col != key.Col)) && !slices.Contains(out, head) {
			out = append(out, head)
		}
	}
	for _, title := range g.passed {
		if !slices.Contains(out, title) {
			out = append(out, title)
		}
	}
	return out
}

// texts are the headers of columns of words, without units.
func (g *grid) texts() (out []string) {
	for i := range g.all {
		if c := &g.all[i]; c.Role == table.ColNote && leaf(c) != "" && !table.IsRemark(viet.Key(leaf(c))) {
			out = append(out, leaf(c))
		}
	}
	return out
}

// key gives the headers by which rows are found, nil where there are none.
func (g *grid) key(shape string) *Key {
	k := &Key{}
	if head := leaf(g.codeColumn(shape)); head != "" {
		k.Code = []string{head}
	}
	if head := g.nameHead(); head != "" {
		k.Name = []string{head}
	}
	if k.Code == nil && k.Name == nil {
		return nil
	}
	return k
}

// codeColumn gives the column in which the codes of the rows stand; where there
// are none yet and rows are units, the one that asks for them.
func (g *grid) codeColumn(shape string) *table.Col {
	var best *table.Col
	most := 0
	for i := range g.all {
		c := &g.all[i]
		if c.Role != table.ColCode {
			continue
		}
		n := 0
		for k := range g.form.Table.Lines {
			if l := &g.form.Table.Lines[k]; l.Code != "" && g.form.Text(l.Row, c.Col) == l.Code {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	if shape == unitList && (best == nil || leaf(best) == "") {
		return g.headed(table.ColCode)
	}
	return best
}

// columnCodes gives each column of figures its code: its technical name, its
// number in the index row, or one made up.
func (g *grid) columnCodes(most int, fallback string) {
	taken := names{}
	for i, c := range g.cols {
		code := cmp.Or(indicatorCode(c.Code, most), indicatorCode(c.Index, most), fallback+pad(i+1))
		c.code = taken.once(code, most)
	}
}

// nameOf is the full name of a column: the words over it from the top.
func (c *col) nameOf() string {
	if len(c.Path) == 0 {
		return "Cột " + xlsx.ColName(c.Col.Col)
	}
	return strings.Join(c.Path, " / ")
}

// header is the path of a column, never empty.
func (c *col) header() []string {
	if len(c.Path) == 0 {
		return []string{c.nameOf()}
	}
	return c.Path
}
