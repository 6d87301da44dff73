package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// head says what the table is and how it is read.
const head = `# Đơn vị hành chính Việt Nam / the administrative units of Viet Nam. Written by go generate; do not edit.
#
#   days FROM..UNTIL                             the days of the units below; either end may be open
#   CODE TYPE NAME [@FROM..UNTIL] [>CODE,CODE]   a unit; its own days, where they are fewer; what took its place
#
# A code of two digits is a province, three a district, five a commune; a unit lies in the last one of
# fewer digits above it. T tỉnh, TP thành phố, Q quận, H huyện, TX thị xã, P phường, X xã, TT thị trấn,
# ĐK đặc khu.
#
# Quyết định 124/2004/QĐ-TTg (codes), Nghị quyết 15/2008/QH12 (Hà Tây), 175/2024/QH15 (Huế), 202/2025/QH15
# (provinces), 1654 to 1687/NQ-UBTVQH15 of 16/06/2025 (communes), Quyết định 19/2025/QĐ-TTg (codes),
# Nghị quyết 30/2026/QH16 (Đồng Nai).
`

// short is how the table writes a type.
var short = map[string]string{
	"tỉnh": "T", "thành phố": "TP", "quận": "Q", "huyện": "H", "thị xã": "TX",
	"phường": "P", "xã": "X", "thị trấn": "TT", "đặc khu": "ĐK",
}

// writer collects the table, and the first thing that is wrong with a list.
type writer struct {
	out     bytes.Buffer
	days    string // of the block
	changed map[string]amendment
	err     error
}

// Table writes the lists as the table of report/country.
func Table(l *Lists) ([]byte, error) {
	w := &writer{}
	w.out.WriteString(head)
	w.old(l)
	w.today(l)
	return w.out.Bytes(), w.err
}

// old writes the block of the units until 30/06/2025.
func (w *writer) old(l *Lists) {
	w.block("..2025-06-30", oldAmendments)
	next := map[string][]string{} // by old code
	for _, r := range l.ProvinceMap {
		next[r["old_code"]] = []string{r["new_code"]}
	}
	islands := map[string][]string{} // districts without communes, by name, became special zones
	for _, r := range l.CommuneMap {
		code := r["new_commune_code"]
		if moved, ok := movedCodes[code]; ok {
			code = moved
		}
		if old := r["old_commune_code"]; old != "" {
			next[old] = append(next[old], code)
		} else {
			islands[r["old_district"]] = []string{code}
		}
	}
	districts, communes := group(l.OldDistricts, "province_code"), group(l.OldCommunes, "district_code")
	for _, p := range l.OldProvinces {
		w.unit(p, p["type"], next[p["code"]])
		for _, d := range districts[p["code"]] {
			w.unit(d, d["type"], islands[d["full_name"]])
			for _, c := range communes[d["code"]] {
				if len(next[c["code"]]) == 0 {
					w.fail("commune %s has no successor", c["code"])
				}
				w.unit(c, c["type"], next[c["code"]])
			}
		}
	}
	w.rest()
}

// today writes the block of the units since 01/07/2025.
func (w *writer) today(l *Lists) {
	w.block("2025-07-01..", newAmendments)
	communes := group(l.NewCommunes, "province_code")
	for _, p := range l.NewProvinces {
		typ := strings.TrimSuffix(p["full_name"], " "+p["name"])
		w.unit(p, typ, nil)
		for _, c := range communes[p["code"]] {
			w.unit(c, c["type"], nil)
		}
	}
	w.rest()
}

// block begins a block with its amendments.
func (w *writer) block(days string, changed []amendment) {
	w.changed = map[string]amendment{}
	for _, a := range changed {
		w.changed[a.code] = a
	}
	w.days = days
	fmt.Fprintf(&w.out, "\ndays %s\n", days)
}

// unit writes one unit, after what it was before.
func (w *writer) unit(r row, typ string, next []string) {
	code, name := r["code"], capitals(r["name"])
	abbreviation := short[strings.ToLower(typ)]
	if abbreviation == "" || name == "" || strings.ContainsAny(name, ">@") {
		w.fail("%s: type %q, name %q", code, typ, name)
	}
	var days string
	if a, ok := w.changed[code]; ok {
		delete(w.changed, code)
		first, last, _ := strings.Cut(w.days, "..")
		fmt.Fprintf(&w.out, "%s %s @%s..%s >%s\n", code, a.line, first, a.last, a.next)
		days = fmt.Sprintf(" @%s..%s", a.from, last)
	}
	fmt.Fprintf(&w.out, "%s %s %s%s", code, abbreviation, name, days)
	if len(next) > 0 {
		slices.Sort(next)
		fmt.Fprintf(&w.out, " >%s", strings.Join(slices.Compact(next), ","))
	}
	w.out.WriteByte('\n')
}

// capitals gives a name with single blanks and a capital where a word begins with
// a marked letter: lists that were made by machine have "Pa ủ".
func capitals(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if r, size := utf8.DecodeRuneInString(w); r >= utf8.RuneSelf {
			words[i] = string(unicode.ToUpper(r)) + w[size:]
		}
	}
	return strings.Join(words, " ")
}

// rest writes the amendments whose units the list does not have, and fails when
// one should have been there.
func (w *writer) rest() {
	for _, a := range oldAmendments {
		if _, left := w.changed[a.code]; !left || a.from != "" {
			continue
		}
		delete(w.changed, a.code)
		fmt.Fprintf(&w.out, "%s %s @..%s >%s\n", a.code, a.line, a.last, a.next)
	}
	for code := range w.changed {
		w.fail("an amendment of %s, which no list has", code)
	}
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// group collects rows by what stands in one column, in their order.
func group(rows []row, column string) map[string][]row {
	out := map[string][]row{}
	for _, r := range rows {
		out[r[column]] = append(out[r[column]], r)
	}
	return out
}
