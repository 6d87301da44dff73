package viet

import (
	"errors"
	"strconv"
	"strings"

	"tonghop/report/calendar"
)

// Why a text is no date or no period.
var (
	ErrNotDate    = errors.New("not a date")
	ErrDateBlank  = errors.New("a date whose day was left blank")
	ErrNotPeriod  = errors.New("not a period")
	ErrNoYear     = errors.New("a period without its year")
	ErrSchoolYear = errors.New("a school year")
)

// Date reads a day as offices write it: 25/3/2021, 25-03-2021, 25.3.2021,
// 20210325, 2021-03-25, "ngày 25 tháng 3 năm 2021", with the place before it as
// documents have it, and with a time behind it as programs export it ("01/01/2024
// 12:00:00 SA"). The day comes before the month: 3/25/2021 is none, nor are 12/15
// and 25/3/21. "ngày   tháng 3 năm 2021", to be filled in by hand, is
// [ErrDateBlank]: it is a month, see [Period]. Everything else is [ErrNotDate].
func Date(s string) (calendar.Date, error) {
	text, _ := Clean(foldDigits(s))
	if len(text) > maxNumberText {
		return calendar.Date{}, ErrNotDate
	}
	p := &phrase{words: strings.Fields(Key(text))}
	if at := strings.LastIndex(text, ", "); at >= 0 && strings.Contains(Key(text[at:]), dayWord) {
		p.words = strings.Fields(Key(text[at:])) // "Hải Dương, ngày …"
	}
	if p.isBlankDay() {
		return calendar.Date{}, ErrDateBlank
	}
	if !strings.ContainsAny(text, "/-.") && !p.at(dayWord) && len(p.words) > 1 {
		return calendar.Date{}, ErrNotDate // three numbers side by side
	}
	if d, ok := p.date(); ok && p.time() && p.done() {
		return d, nil
	}
	return calendar.Date{}, ErrNotDate
}

// Period reads a period as titles of reports name it: "Quý I/2021", "tháng 3 năm
// 2021", "6 tháng đầu năm 2021", "sáu tháng cuối năm", "9 tháng năm 2021", "năm
// 2021", "từ 15/12/2020 đến 14/3/2021". Which days it has is the calendar's
// matter. Where the text states no year it is of the year given, and [ErrNoYear]
// when that is 0. "Năm học 2020-2021" is [ErrSchoolYear]: on which days it begins
// and ends is decided each year. Everything else is [ErrNotPeriod].
func Period(s string, cal calendar.Calendar, year int) (calendar.Period, error) {
	text, _ := Clean(foldDigits(s))
	if len(text) > maxNumberText {
		return calendar.Period{}, ErrNotPeriod
	}
	p := &phrase{words: strings.Fields(Key(text)), cal: cal, year: year}
	period, err := p.period()
	if err == nil && !p.done() {
		return calendar.Period{}, ErrNotPeriod
	}
	return period, err
}

// The words of dates and periods, by key.
var (
	dayWord, monthWord, yearWord, quarterWord = Key("ngày"), Key("tháng"), Key("năm"), Key("quý")
	firstWord, lastWord, wholeWord, learnWord = Key("đầu"), Key("cuối"), Key("cả"), Key("học")
	fromWord, untilWord, endWord, termWord    = Key("từ"), Key("đến"), Key("hết"), Key("kỳ")
	morningWords, afternoonWords              = keySet("SA", "AM"), keySet("CH", "PM")
	counts                                    = map[string]int{Key("ba"): 3, Key("sáu"): 6, Key("chín"): 9, Key("mười hai"): 12}
	romans                                    = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}
	quarterShort                              = map[string]int{"q1": 1, "q2": 2, "q3": 3, "q4": 4}
)

// phrase is read word by word.
type phrase struct {
	words []string // as keys
	cal   calendar.Calendar
	year  int // where the text states none
}

func (p *phrase) done() bool { return len(p.words) == 0 }

func (p *phrase) at(word string) bool { return len(p.words) > 0 && p.words[0] == word }

func (p *phrase) take(word string) bool {
	if !p.at(word) {
		return false
	}
	p.words = p.words[1:]
	return true
}

// number takes a number of at most so many digits.
func (p *phrase) number(digits int) (int, bool) {
	if p.done() || len(p.words[0]) > digits || !allDigits(p.words[0]) {
		return 0, false
	}
	n, err := strconv.Atoi(p.words[0])
	p.words = p.words[1:]
	return n, err == nil
}

// yearNumber takes four digits that are a year of our time.
func (p *phrase) yearNumber() (int, bool) {
	if p.done() || len(p.words[0]) != 4 || !strings.HasPrefix(p.words[0], "19") && !strings.HasPrefix(p.words[0], "20") {
		return 0, false
	}
	return p.number(4)
}

// isBlankDay reports whether a date was printed with room for the day.
func (p *phrase) isBlankDay() bool {
	return len(p.words) > 2 && p.at(dayWord) && p.words[1] == monthWord
}

// date takes a day.
func (p *phrase) date() (calendar.Date, bool) {
	start := p.words
	if d, ok := p.compactDate(); ok {
		return d, true
	}
	p.words = start
	p.take(dayWord)
	if y, ok := p.yearNumber(); ok { // 2021-03-25
		return p.dateOf(y)
	}
	day, ok := p.number(2)
	if !ok {
		return calendar.Date{}, false
	}
	p.take(monthWord)
	month, ok := p.number(2)
	if !ok {
		return calendar.Date{}, false
	}
	p.take(yearWord)
	y, ok := p.yearNumber()
	d, err := calendar.NewDate(y, month, day)
	return d, ok && err == nil
}

// dateOf takes month and day behind the year.
func (p *phrase) dateOf(year int) (calendar.Date, bool) {
	month, ok := p.number(2)
	day, also := p.number(2)
	d, err := calendar.NewDate(year, month, day)
	return d, ok && also && err == nil
}

// compactDate takes 20210325.
func (p *phrase) compactDate() (calendar.Date, bool) {
	p.take(dayWord)
	if p.done() || len(p.words[0]) != 8 {
		return calendar.Date{}, false
	}
	n, ok := p.number(8)
	d, err := calendar.NewDate(n/10_000, n/100%100, n%100)
	return d, ok && err == nil && n >= 1900_00_00 && n < 2100_00_00
}

// time takes a time of the day, if there is one; false when what stands there is
// none.
func (p *phrase) time() bool {
	if p.done() {
		return true
	}
	hour, ok := p.number(2)
	minute, also := p.number(2)
	if !ok || !also || hour > 24 || minute > 59 {
		return false
	}
	if second, ok := p.number(2); ok && second > 59 {
		return false
	}
	if !p.done() && (morningWords[p.words[0]] || afternoonWords[p.words[0]]) {
		p.words = p.words[1:]
		return hour <= 12
	}
	return true
}
