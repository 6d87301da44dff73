package main

import (
	"fmt"
	"strings"

	"tonghop/aggregate"
)

// sayFound says in what the words of a search were found.
func (p *program) sayFound(f *aggregate.Found) {
	if f == nil {
		return
	}
	var in []string
	for _, of := range []struct {
		name  string
		codes []string
	}{{"đơn vị", f.Agencies}, {"nhóm đơn vị", f.Groups}, {"đơn vị cấp dưới", f.Units}, {"địa bàn", f.Places}, {"chỉ tiêu", f.Indicators}} {
		if len(of.codes) > 0 {
			in = append(in, of.name+" "+strings.Join(of.codes, ", "))
		}
	}
	where := ""
	if len(in) > 0 {
		where = ": " + strings.Join(in, "; ")
	}
	p.say("Tìm thấy ở %d/%d dòng%s.", f.Rows, f.Of, where)
}

// sayRanked says of how many rows the first are shown, and how many could take no place.
func (p *program) sayRanked(r *aggregate.Ranked) {
	if r == nil {
		return
	}
	for _, i := range r.Indicators {
		aside := ""
		if i.Aside > 0 {
			aside = fmt.Sprintf("; %d dòng không có số liệu để xếp", i.Aside)
		}
		p.say("%s, %s: %d trong %d dòng%s.", i.Indicator, r.Words().VI, i.Kept, i.Of, aside)
	}
	if len(r.Unordered) > 0 {
		p.say("Không xếp thứ tự được: %s.", strings.Join(r.Unordered, ", "))
	}
}
