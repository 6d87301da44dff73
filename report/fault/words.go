package fault

import "strings"

// language picks the column of the catalogue and the way figures are written.
type language int

const (
	vietnamese language = iota
	english
)

// VI says in Vietnamese what is wrong, without the place.
func (f Fault) VI() string {
	info, ok := f.Code.Info()
	if !ok {
		return "Mã " + string(f.Code) + " chưa có trong danh mục lỗi của bản chương trình này."
	}
	return info.say(info.VI, f.Args, vietnamese)
}

// EN says in English what is wrong, without the place.
func (f Fault) EN() string {
	info, ok := f.Code.Info()
	if !ok {
		return "Code " + string(f.Code) + " is not in the catalogue of this version of the program."
	}
	return info.say(info.EN, f.Args, english)
}

// FixVI says in Vietnamese how to mend it; empty for a code the catalogue does not know.
func (f Fault) FixVI() string {
	info, _ := f.Code.Info()
	return info.say(info.FixVI, f.Args, vietnamese)
}

// FixEN says in English how to mend it; empty for a code the catalogue does not know.
func (f Fault) FixEN() string {
	info, _ := f.Code.Info()
	return info.say(info.FixEN, f.Args, english)
}

// Words is everything a fault says.
type Words struct{ VI, EN, FixVI, FixEN string }

// Words returns the finished sentences for the given arguments.
func (in Info) Words(args ...Arg) Words {
	return Words{
		VI: in.say(in.VI, args, vietnamese), EN: in.say(in.EN, args, english),
		FixVI: in.say(in.FixVI, args, vietnamese), FixEN: in.say(in.FixEN, args, english),
	}
}

// say fills a template: its optional parts, then its arguments. Text that comes from
// outside is put in last and never read as a template again.
func (in Info) say(template string, args []Arg, lang language) string {
	var out strings.Builder
	for template != "" {
		before, rest, found := strings.Cut(template, "[[")
		in.fill(&out, before, args, lang)
		if !found {
			break
		}
		optional, after, _ := strings.Cut(rest, "]]")
		if allGiven(args, placeholders(optional)) {
			in.fill(&out, optional, args, lang)
		}
		template = after
	}
	return out.String()
}

// fill writes a template without optional parts, "?" standing for what is not known.
func (in Info) fill(out *strings.Builder, template string, args []Arg, lang language) {
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return
		}
		name, after, _ := strings.Cut(rest, "}")
		out.WriteString(in.shown(name, args, lang))
		template = after
	}
}

// shown returns an argument as a reader of the language writes it.
func (in Info) shown(name string, args []Arg, lang language) string {
	a, ok := find(args, name)
	if !ok || a.Value == "" {
		return "?"
	}
	value := a.Value
	if lang == english && a.EN != "" {
		value = a.EN
	}
	switch in.kind(name) {
	case Number:
		return showNumber(value, lang)
	case Date:
		return showDate(value, lang)
	}
	return value
}

func allGiven(args []Arg, names []string) bool {
	for _, name := range names {
		if a, ok := find(args, name); !ok || a.Value == "" {
			return false
		}
	}
	return true
}

func (in Info) kind(name string) Kind {
	for _, p := range in.Params {
		if p.Name == name {
			return p.Kind
		}
	}
	return Text
}

// placeholders returns the names in braces, in order, each as often as it stands there.
func placeholders(template string) []string {
	var names []string
	for {
		_, rest, found := strings.Cut(template, "{")
		if !found {
			return names
		}
		name, after, _ := strings.Cut(rest, "}")
		names = append(names, name)
		template = after
	}
}

// showNumber groups the digits of a canonical decimal: 1.204,5 in Vietnamese, 1,204.5 in
// English, with a true minus sign. What is no canonical decimal is shown as it is.
func showNumber(s string, lang language) string {
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	if !allDigits(whole) || hasFraction && !allDigits(fraction) {
		return s
	}
	group, point := ".", ","
	if lang == english {
		group, point = ",", "."
	}
	var out strings.Builder
	if negative {
		out.WriteString("−")
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteString(group)
		}
		out.WriteRune(d)
	}
	if hasFraction {
		out.WriteString(point + fraction)
	}
	return out.String()
}

// showDate writes 2021-03-30 as 30/3/2021 and 2021-01-05 as 05/01/2021: by Decree
// 30/2020 days below 10 and the months 1 and 2 take a zero. English keeps the ISO form.
func showDate(s string, lang language) string {
	year, rest, _ := strings.Cut(s, "-")
	month, day, _ := strings.Cut(rest, "-")
	if lang == english || len(year) != 4 || len(month) != 2 || len(day) != 2 ||
		!allDigits(year+month+day) {
		return s
	}
	if month > "02" {
		month = strings.TrimPrefix(month, "0")
	}
	return day + "/" + month + "/" + year
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
