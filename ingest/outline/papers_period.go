package outline

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/paper"
)

// period gives the time that a table is of: what the words over it say, the name of its
// sheet, the words at the head of the sheet or the name of its file, the first of these
// that says something. Where it is contradicted in one of them, or the sheet by the words
// over the table, nothing is known. A year alone is the time where they say no more.
func (r *read) period(t *table.Table, file string, title paper.Title) paper.Period {
	year, yearless := r.yearOf(title, file), false
	if year == 0 {
		year, yearless = anyYear, true
	}
	sheet, _ := viet.PeriodsOfName(r.sheet.Name, calendar.Civil(), year)
	name, _ := viet.PeriodsOfName(baseName(file), calendar.Civil(), year)
	over := r.periodsOver(r.above(t), t.Top, year)
	said := [][]calendar.Period{over, sheet, r.periodsOver(1, r.first(t), year), name}
	var years []calendar.Period
	for i, periods := range said {
		parts := named(slices.DeleteFunc(slices.Clone(periods), isWholeYear))
		switch {
		case len(parts) == 0:
			years = append(years, periods...)
			continue
		case !agree(parts), i == 0 && !agree(append(parts, slices.DeleteFunc(slices.Clone(sheet), isWholeYear)...)):
			return paper.Period{}
		}
		return paper.Period{Of: narrowest(parts), Yearless: yearless && narrowest(parts).From.Year() == anyYear}
	}
	if len(years) > 0 && agree(years) && !(yearless && years[0].Year == anyYear) {
		return paper.Period{Of: years[0]}
	}
	return paper.Period{}
}

// named leaves out days beside a period that has a name: "THÁNG 1 NĂM 2026 (từ ngày
// 15/12/2025 đến ngày 14/01/2026)" is January by another calendar.
func named(periods []calendar.Period) []calendar.Period {
	isFree := func(p calendar.Period) bool { return p.Kind == calendar.Free }
	if slices.ContainsFunc(periods, func(p calendar.Period) bool { return !isFree(p) }) {
		return slices.DeleteFunc(periods, isFree)
	}
	return periods
}

func isWholeYear(p calendar.Period) bool { return p.Kind == calendar.Year }

// agree reports whether of any two periods one lies in the other: "Quý I (tháng 3)".
func agree(periods []calendar.Period) bool {
	n := narrowest(periods)
	return !slices.ContainsFunc(periods, func(p calendar.Period) bool { return !p.Contains(n.From) || !p.Contains(n.To) })
}

// narrowest gives the shortest of some periods.
func narrowest(periods []calendar.Period) calendar.Period {
	return slices.MinFunc(periods, func(a, b calendar.Period) int { return a.Days() - b.Days() })
}

// yearOf gives the one year that a title, else the name of the sheet, else that of the file
// names; 0 where they name none, or several.
func (r *read) yearOf(title paper.Title, file string) int {
	for _, words := range [][]string{title.Years, strings.Fields(viet.Key(r.sheet.Name)), strings.Fields(viet.Key(baseName(file)))} {
		years := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !isYear(w) })
		slices.Sort(years)
		switch years = slices.Compact(years); len(years) {
		case 0:
		case 1:
			year, _ := strconv.Atoi(years[0])
			return year
		default:
			return 0
		}
	}
	return 0
}

// notOwn begin lines that name the time of something else, by key: a letter, a decision.
var notOwn = keysOf("kèm theo", "ban hành", "căn cứ", "theo", "thực hiện nghị quyết", "thực hiện quyết định")

// periodsOver gives the periods that the words in some rows name, up to the last excluded.
func (r *read) periodsOver(from, to, year int) []calendar.Period {
	var out []calendar.Period
	for _, row := range r.sheet.RowNumbers(from) {
		if row >= to {
			break
		}
		cells := r.sheet.Row(row)
		for i := range cells {
			if !cells[i].IsText() || beginsWithAny(viet.Key(cells[i].Text), notOwn) {
				continue
			}
			for _, p := range viet.PeriodsIn(cells[i].Text, calendar.Civil(), year) {
				if !slices.Contains(out, p) {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// first gives the row at which the first table of the sheet begins.
func (r *read) first(t *table.Table) int {
	top := t.Top
	for _, other := range r.found.Tables {
		top = min(top, other.Top)
	}
	return top
}

func baseName(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// series gives what a table is about by its title and its sheet, without its time.
func (r *read) series(title paper.Title) string {
	words := slices.Clone(title.Words)
	slices.Sort(words)
	_, rest := viet.PeriodsOfName(r.sheet.Name, calendar.Civil(), anyYear)
	name := slices.DeleteFunc(strings.Fields(rest), func(w string) bool { return isNumeral(w) || strings.HasPrefix(w, sheetWord) })
	return strings.Join(words, " ") + "\x00" + strings.Join(name, " ")
}

// sheetWord begins the names that programs give to sheets.
const sheetWord = "sheet"
