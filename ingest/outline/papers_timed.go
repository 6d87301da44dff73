package outline

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/paper"
)

// timeHeads makes the keys of columns whose words name the time of the table itself the
// same in the tables of other times: "Thực hiện tháng 1" in the report of January is
// "Thực hiện tháng 2" in that of February, and so are "Lũy kế 1 tháng" and "Kế hoạch tháng
// 2". Where some name other times as well, or two columns differ in nothing else, months
// stand side by side, and the keys stay as they are.
func timeHeads(p *paper.Table) {
	own, ok := timesIn(p.Period)
	if !ok {
		return
	}
	stems, heads := map[string]bool{}, make([]timedHead, len(p.Columns))
	for i := range p.Columns {
		h, ok := own.read(p.Columns[i].Key)
		if !ok || stems[h.stem] {
			return
		}
		stems[h.stem], heads[i] = true, h
	}
	for i, h := range heads {
		c := &p.Columns[i]
		if h.timed {
			c.Key, c.Said = h.key, c.Key
		}
		if h.sinceNewYear && own.short && c.Accrual != paper.Opening {
			c.Accrual = paper.YearToDate
		}
	}
}

// ownTimes are the numbers by which words over columns name the time of their table.
type ownTimes struct {
	year    int
	month   int // the last
	last    int // day of that month
	quarter int // 0 where it is none
	short   bool
	single  bool // it is a month
}

// timesIn gives the numbers of a period; false where it is none of months.
func timesIn(p paper.Period) (ownTimes, bool) {
	out := ownTimes{year: p.Of.To.Year(), month: p.Of.To.Month(), last: p.Of.To.Day(), single: p.Of.Kind == calendar.Month}
	switch p.Of.Kind {
	case calendar.Quarter:
		out.quarter, out.short = p.Of.N, true
	case calendar.Month:
		out.short = true
	case calendar.Half, calendar.NineMonths:
	default:
		return out, false
	}
	return out, true
}

// timedHead is the key of a column: with its times as they lie to that of the table, and
// without their numbers.
type timedHead struct {
	key, stem    string
	timed        bool // it names a time
	sinceNewYear bool // "3 tháng" in a report of March
}

// read reads the key of a column; false where it names a time that is none of the table, nor
// the one before or behind.
func (o ownTimes) read(key string) (timedHead, bool) {
	words := strings.Fields(key)
	var h timedHead
	stem := slices.Clone(words)
	put := func(i, offset int) bool {
		words[i], stem[i], h.timed = ownTime+strconv.Itoa(offset), "", true
		return -1 <= offset && offset <= 1
	}
	for i, w := range words {
		n, ok := numberAt(words, i+1)
		switch {
		case w == quarterWord && ok:
			if o.quarter == 0 || !put(i+1, n-o.quarter) {
				return h, false
			}
		case w == monthWord && ok && !isYear(words[i+1]):
			if !o.single || !put(i+1, (n-o.month+18)%12-6) { // December comes before January
				return h, false
			}
			if i+2 < len(words) && isYear(words[i+2]) {
				if stem[i+2] = ""; words[i+2] == o.yearOf(n) {
					words[i+2] = ""
				}
			}
		case w == monthWord && i > 0:
			if n, ok := numberAt(words, i-1); ok {
				if n != o.month {
					return h, false
				}
				put(i-1, 0)
				h.sinceNewYear = true
			}
		case w == untilWord || w == dayWord:
			month, ok := numberAt(words, i+2)
			if day, isDay := numberAt(words, i+1); ok && isDay && month == o.month {
				put(i+2, 0)
				if day == o.last {
					put(i+1, 0)
				}
			}
		}
	}
	h.key, h.stem = strings.Join(strings.Fields(strings.Join(words, " ")), " "), strings.Join(stem, " ")
	return h, true
}

// yearOf gives the year of a month that is not half a year away from the own one.
func (o ownTimes) yearOf(month int) string {
	switch away := month - o.month; {
	case away > 6:
		return strconv.Itoa(o.year - 1)
	case away < -6:
		return strconv.Itoa(o.year + 1)
	}
	return strconv.Itoa(o.year)
}

// ownTime stands in a key before how far from that of the table a time is.
const ownTime = "~"

var monthWord, quarterWord, dayWord = viet.Key("tháng"), viet.Key("quý"), viet.Key("ngày")

// numberAt reads the number of a month, a quarter or a day among words.
func numberAt(words []string, i int) (int, bool) {
	if i >= len(words) {
		return 0, false
	}
	if n := slices.Index(quarterNumerals, words[i]); n >= 0 {
		return n + 1, true
	}
	n, err := strconv.Atoi(words[i])
	return n, err == nil && 1 <= n && n <= 31
}

var quarterNumerals = []string{"i", "ii", "iii", "iv"}
