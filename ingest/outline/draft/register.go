package draft

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/outline"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/country"
)

// agency takes who reports out of the heading of a copy. Copies of many are told
// apart by their files where the heading says nothing.
func (d *maker) agency(file string, forms []*outline.Form, many bool) {
	name := ""
	for _, f := range forms {
		if name == "" {
			if name = strings.Trim(f.Agency, " .…:-_"); beginsWith(viet.Key(name), noAgency) {
				name = ""
			}
		}
	}
	if name == "" {
		name = "Đơn vị báo cáo"
		if many {
			name = withoutExtension(file)
		}
		d.ask("register/agencies/"+strconv.Itoa(len(d.Register.Agencies)), Question{
			VI: "tệp " + file + " không ghi đơn vị báo cáo; là đơn vị nào?", EN: file + " does not say who reports; who does?",
		})
	}
	for _, a := range d.Register.Agencies {
		if viet.Key(a.Name) == viet.Key(name) {
			d.agencyOf[file] = a.Code
			return
		}
	}
	code := name
	if !report.IsCode(code) {
		code = cmp.Or(slug(name, "", 40), "don-vi")
	}
	code = d.units.once(code, 60)
	d.agencyOf[file] = code
	d.Register.Agencies = append(d.Register.Agencies, Agency{Code: code, Name: name})
}

// noAgency begin what stands where a body's name does and is none, by key.
var noAgency = keys("báo cáo", "biểu", "mẫu", "phụ lục", "ban hành", "bảng")

// list puts the rows of a list into the register, as units of who reported them.
func (d *maker) list(g *grid, at string) {
	n := 0
	for _, r := range g.rows {
		if !r.body() || r.Role == table.RowTotal || viet.Key(r.label) == viet.Key("không") || table.IsTotal(r.Name, nil) {
			continue
		}
		n++
		code := strings.Trim(r.Code, " '")
		if !g.coded || !report.IsCode(code) {
			code = cmp.Or(indicatorOf(g, code), "dv-"+pad(n))
		}
		unit := Agency{Code: d.units.once(code, 60), Name: cmp.Or(r.label, code), Parent: d.agencyOf[r.file]}
		if unit.Name == "" {
			continue
		}
		d.units[strings.ToLower(unit.Code)] = true
		d.Register.Agencies = append(d.Register.Agencies, unit)
	}
	switch {
	case n == 0:
		d.ask(at, Question{VI: "biểu trống, chưa biết có những đơn vị nào: thêm vào danh mục, mỗi đơn vị có parent là đơn vị báo cáo", EN: "the form is empty: add the units to the register, each under the agency that reports it"})
	case g.open():
		d.ask(at, Question{VI: "các dòng mẫu (…) đã vào danh mục; thay bằng danh sách thật?", EN: "example rows went into the register; put the real ones there?"})
	}
}

func indicatorOf(g *grid, code string) string {
	if !g.coded {
		return ""
	}
	return strings.ReplaceAll(indicatorCode(code, 40), ".", "-")
}

// places puts the places of the rows and what they lie in into the register. One
// in which others of them lie is their total and not asked itself.
func (d *maker) places(g *grid, s *Sheet) {
	for _, r := range g.rows {
		if !r.body() {
			continue
		}
		if r.place.Code == "" || !r.place.Sure() {
			if r.Role != table.RowTotal && !table.IsTotal(r.Name, nil) {
				d.ask("register/places", Question{VI: "không chắc “" + r.label + "” là địa bàn nào; thêm vào danh mục và places?", EN: "which place is " + r.label + "? Add it to the register and to places"})
			}
			continue
		}
		d.place(r.place, r.label)
		if !slices.Contains(s.Places, r.place.Code) {
			s.Places = append(s.Places, r.place.Code)
		}
	}
	holds := map[string]bool{} // places in which others lie
	for _, code := range s.Places {
		for up := d.parentOf(code); up != ""; up = d.parentOf(up) {
			holds[up] = true
		}
	}
	s.Places = slices.DeleteFunc(s.Places, func(code string) bool { return holds[code] })
	for _, r := range g.rows {
		if holds[r.place.Code] && !slices.Contains(s.Totals, r.label) {
			s.Totals = append(s.Totals, r.label)
		}
	}
}

func (d *maker) parentOf(code string) string {
	for i := range d.Register.Places {
		if p := &d.Register.Places[i]; p.Code == code {
			return p.Parent
		}
	}
	return ""
}

// place puts a place and those it lies in into the register, the outer first. How
// the form spells it becomes an alias where that is not its name.
func (d *maker) place(p match.Place, label string) {
	for _, u := range country.Units() {
		if u.Code != p.Code || u.From != p.From || u.Until != p.Until {
			continue
		}
		d.unit(u)
		if key := viet.Key(label); key == viet.Key(u.Name) || key == viet.Key(u.FullName()) {
			return
		}
		at := slices.IndexFunc(d.Register.Places, func(p Place) bool { return p.Code == u.Code })
		if known := &d.Register.Places[at]; !slices.Contains(known.Aliases, label) {
			known.Aliases = append(known.Aliases, label)
		}
		return
	}
}

func (d *maker) unit(u *country.Unit) {
	if slices.ContainsFunc(d.Register.Places, func(p Place) bool { return p.Code == u.Code }) {
		return
	}
	if u.Parent != "" {
		for _, up := range country.Units() {
			if up.Code == u.Parent && up.From == u.From && up.Until == u.Until || up.Code == u.Parent && up.Lives(u.Until) {
				d.unit(up)
				break
			}
		}
	}
	place := Place{Code: u.Code, Name: u.FullName(), Level: string(u.Level)}
	if slices.ContainsFunc(d.Register.Places, func(p Place) bool { return p.Code == u.Parent }) {
		place.Parent = u.Parent
	}
	d.Register.Places = append(d.Register.Places, place)
}

// nation is the place of a report that says nothing of places, or of several
// provinces.
const nation = "VN"

// finish puts the roster and the area of the request together.
func (d *maker) finish() {
	var provinces []string
	for i := range d.Register.Places {
		if p := &d.Register.Places[i]; p.Level == string(country.Province) {
			provinces = append(provinces, p.Code)
		}
	}
	d.Request.Place = nation
	if len(provinces) == 1 && !slices.ContainsFunc(d.Definition.Sheets, func(s Sheet) bool { return slices.Contains(s.Places, provinces[0]) }) {
		d.Request.Place = provinces[0]
	} else {
		for i := range d.Register.Places {
			if p := &d.Register.Places[i]; p.Parent == "" {
				p.Parent = nation
			}
		}
		d.Register.Places = slices.Insert(d.Register.Places, 0, Place{Code: nation, Name: "Việt Nam", Level: report.LevelCountry})
		if len(provinces) == 0 {
			d.ask("request/place", Question{VI: "báo cáo về địa bàn nào? Ghi mã tỉnh và thêm tỉnh vào danh mục", EN: "which area is it about? Put the province here and into the register"})
		}
	}
	for _, a := range d.Register.Agencies {
		if a.Parent == "" {
			d.Request.Agencies = append(d.Request.Agencies, a.Code)
		}
	}
	d.ask("request/agencies", Question{VI: "còn đơn vị nào phải báo cáo? Thêm vào danh mục và vào đây", EN: "who else reports? Add them to the register and here"})
	if d.rules > 0 {
		d.ask("definition/rules", Question{VI: "còn " + strconv.Itoa(d.rules) + " quy tắc cộng dòng, cột không ghi vì quá nhiều; cần thì thêm", EN: strconv.Itoa(d.rules) + " further rules on sums were left out as too many; add those that matter"})
	}
	d.Questions = slices.Concat([]Question{}, d.about("definition"), d.about("register"), d.about("request"))
}

// about gives the questions of one document, in the order in which they came up.
func (d *maker) about(document string) (out []Question) {
	for _, q := range d.Questions {
		if strings.HasPrefix(q.Path, document+"/") {
			out = append(out, q)
		}
	}
	return out
}
