package viet

import (
	"strings"

	"tonghop/report/calendar"
)

// period takes a period.
func (p *phrase) period() (calendar.Period, error) {
	if p.take(termWord) { // "Kỳ báo cáo: …"
		if p.take(Key("báo")) {
			p.take(Key("cáo"))
		}
	}
	switch {
	case p.done():
		return calendar.Period{}, ErrNotPeriod
	case p.at(fromWord):
		p.take(fromWord)
		return p.interval()
	case p.isBlankDay():
		p.take(dayWord)
		return p.period()
	case p.at(quarterWord):
		p.take(quarterWord)
		return p.quarter()
	case quarterShort[p.words[0]] > 0:
		return p.named(calendar.Quarter, quarterShort[p.words[0]], p.words[1:])
	case p.at(monthWord):
		return p.monthOrMonths()
	case p.at(wholeWord), p.at(yearWord):
		return p.wholeYear()
	}
	if several, rest := p.count(); several > 0 {
		return p.months(several, rest)
	}
	return p.interval()
}

// named takes the year behind the n-th period of a kind.
func (p *phrase) named(kind calendar.Kind, n int, rest []string) (calendar.Period, error) {
	p.words = rest
	p.take(yearWord)
	year, ok := p.yearNumber()
	if !ok {
		year = p.year
	}
	if year == 0 {
		return calendar.Period{}, ErrNoYear
	}
	period, err := calendar.NewPeriod(p.cal, kind, year, n)
	if err != nil {
		return calendar.Period{}, ErrNotPeriod
	}
	return period, nil
}

// quarter takes "I/2021", "1 năm 2021".
func (p *phrase) quarter() (calendar.Period, error) {
	if p.done() {
		return calendar.Period{}, ErrNotPeriod
	}
	n, ok := romans[p.words[0]]
	if ok {
		p.words = p.words[1:]
	} else if n, ok = p.number(1); !ok {
		return calendar.Period{}, ErrNotPeriod
	}
	return p.named(calendar.Quarter, n, p.words)
}

// monthOrMonths takes "tháng 3/2021", or "tháng 1 đến tháng 3/2021".
func (p *phrase) monthOrMonths() (calendar.Period, error) {
	start := p.words
	p.take(monthWord)
	period, err := p.month()
	if p.at(untilWord) {
		rest := p.words
		p.words = start
		months, wrong := p.intervalOfMonths()
		if wrong == nil || err != nil {
			return months, wrong
		}
		p.words = rest // "tháng 3/2026 (đến ngày 20/3/2026)"
	}
	return period, err
}

// month takes "3/2021", "03 năm 2021".
func (p *phrase) month() (calendar.Period, error) {
	if n := p.monthName(); n > 0 {
		return p.named(calendar.Month, n, p.words)
	}
	n, ok := p.number(2)
	if !ok {
		return calendar.Period{}, ErrNotPeriod
	}
	return p.named(calendar.Month, n, p.words)
}

// monthNames are the months in words but for the fifth, which is "năm", the word for a year.
var monthNames = map[string]int{
	Key("giêng"): 1, Key("một"): 1, Key("hai"): 2, Key("ba"): 3, Key("tư"): 4, Key("sáu"): 6, Key("bảy"): 7, Key("tám"): 8, Key("chín"): 9, Key("mười"): 10, Key("mười một"): 11, Key("mười hai"): 12,
}

// WithoutMonthNames takes the names of months out of the words of a key: "tháng ba", "tháng
// mười hai".
func WithoutMonthNames(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		out = append(out, words[i])
		if words[i] == monthWord {
			p := &phrase{words: words[i+1:]}
			p.monthName()
			i = len(words) - len(p.words) - 1
		}
	}
	return out
}

// monthName takes the name of a month, the longest one; 0 where there is none.
func (p *phrase) monthName() int {
	for size := min(2, len(p.words)); size > 0; size-- {
		if n := monthNames[strings.Join(p.words[:size], " ")]; n > 0 {
			p.words = p.words[size:]
			return n
		}
	}
	return 0
}

// wholeYear takes "năm 2021", "cả năm 2021".
func (p *phrase) wholeYear() (calendar.Period, error) {
	whole := p.take(wholeWord)
	if !p.take(yearWord) {
		return calendar.Period{}, ErrNotPeriod
	}
	if p.at(learnWord) {
		return calendar.Period{}, ErrSchoolYear
	}
	if year, ok := p.yearNumber(); ok {
		p.year = year
	} else if !whole {
		return calendar.Period{}, ErrNotPeriod // "năm" alone
	}
	return p.named(calendar.Year, 1, p.words)
}

// count gives the number of months at the head of "6 tháng …", "sáu tháng …", and
// what stands behind; 0 where there is none.
func (p *phrase) count() (n int, rest []string) {
	for size := min(2, len(p.words)-1); size > 0; size-- {
		head := strings.Join(p.words[:size], " ")
		n, ok := counts[head]
		if !ok && size == 1 {
			q := &phrase{words: p.words}
			n, ok = q.number(2)
		}
		if ok && p.words[size] == monthWord {
			return n, p.words[size+1:]
		}
	}
	return 0, nil
}

// months takes "đầu năm 2021", "cuối năm 2021", "năm 2021", "2021" behind a number
// of months.
func (p *phrase) months(several int, rest []string) (calendar.Period, error) {
	p.words = rest
	last := p.take(lastWord)
	first := !last && p.take(firstWord)
	if !last && !first && !p.done() && p.words[0] != yearWord && len(p.words[0]) != 4 {
		return calendar.Period{}, ErrNotPeriod // "trẻ dưới 6 tháng tuổi"
	}
	type part struct {
		kind        calendar.Kind
		first, last int // number of the period at the beginning and at the end of a year; 0: none
	}
	parts := map[int]part{
		3:  {calendar.Quarter, 1, 4},
		6:  {calendar.Half, 1, 2},
		9:  {calendar.NineMonths, 1, 0},
		12: {calendar.Year, 1, 0},
	}
	of, ok := parts[several]
	n := of.first
	if last {
		n = of.last
	}
	if first && !ok && several < 12 {
		return p.firstMonths(several)
	}
	if !ok || n == 0 {
		return calendar.Period{}, ErrNotPeriod
	}
	return p.named(of.kind, n, p.words)
}

// firstMonths takes the year behind "4 tháng đầu".
func (p *phrase) firstMonths(several int) (calendar.Period, error) {
	last, err := p.named(calendar.Month, several, p.words)
	if err != nil {
		return calendar.Period{}, err
	}
	first, err := calendar.NewPeriod(p.cal, calendar.Month, last.Year, 1)
	if err != nil {
		return calendar.Period{}, ErrNotPeriod
	}
	period, err := calendar.FreePeriod(p.cal, first.From, last.To)
	if err != nil {
		return calendar.Period{}, ErrNotPeriod
	}
	return period, nil
}

// interval takes "15/12/2020 đến 14/3/2021", or of months "tháng 1 đến tháng 3 năm
// 2021".
func (p *phrase) interval() (calendar.Period, error) {
	if p.at(monthWord) {
		return p.intervalOfMonths()
	}
	from, ok := p.date()
	if !ok {
		return calendar.Period{}, ErrNotPeriod
	}
	if p.take(untilWord) {
		p.take(endWord)
	}
	to, ok := p.date()
	if !ok {
		return calendar.Period{}, ErrNotPeriod
	}
	period, err := calendar.FreePeriod(p.cal, from, to)
	if err != nil {
		return calendar.Period{}, ErrNotPeriod
	}
	return period, nil
}

func (p *phrase) intervalOfMonths() (calendar.Period, error) {
	p.take(monthWord)
	n, ok := p.number(2)
	if !ok {
		return calendar.Period{}, ErrNotPeriod
	}
	stated := 0
	if p.take(yearWord); !p.at(untilWord) {
		if stated, ok = p.yearNumber(); !ok {
			return calendar.Period{}, ErrNotPeriod
		}
	}
	if !p.take(untilWord) {
		return calendar.Period{}, ErrNotPeriod
	}
	p.take(endWord)
	if !p.take(monthWord) {
		return calendar.Period{}, ErrNotPeriod
	}
	to, err := p.month()
	if err != nil {
		return calendar.Period{}, err
	}
	if stated == 0 {
		stated = to.Year
	}
	from, err := calendar.NewPeriod(p.cal, calendar.Month, stated, n)
	if err != nil {
		return calendar.Period{}, ErrNotPeriod
	}
	period, err := calendar.FreePeriod(p.cal, from.From, to.To)
	if err != nil {
		return calendar.Period{}, ErrNotPeriod
	}
	return period, nil
}

// TitlePeriod gives the month, quarter, half or nine months in which a title ends:
// "BÁO CÁO KẾT QUẢ QUÝ I NĂM 2021". A year at the end of a title is often one of a
// plan or a programme, and counts only where the text says nothing else. Titles
// that compare, and days of letters, name no period of theirs.
func TitlePeriod(title string, cal calendar.Calendar) (calendar.Period, bool) {
	if period, err := Period(title, cal, 0); err == nil {
		return period, true
	}
	words := strings.Fields(Key(title))
	if len(words) > longestTitle {
		return calendar.Period{}, false
	}
	for i := range words {
		if compares[words[i]] {
			return calendar.Period{}, false
		}
	}
	for i := 1; i < len(words); i++ {
		p := &phrase{words: words[i:], cal: cal}
		period, err := p.period()
		if err != nil || !p.done() {
			continue
		}
		named := period.Kind != calendar.Year && period.Kind != calendar.Free && !allDigits(words[i-1]) && words[i-1] != dayWord
		return period, named
	}
	return calendar.Period{}, false
}

// longestTitle bounds the titles that are looked at, in words.
const longestTitle = 40

// compares are words of titles that name another period than their own.
var compares = keySet("so", "cùng", "kế", "trước")
