package viet

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/report/calendar"
)

// PeriodsIn gives the periods that a text names as its own, each once: "DOANH THU THÁNG
// 1/2026, LŨY KẾ ĐẾN THÁNG 1". Days of letters are none, nor is what is compared with
// ("so với quý I", "cùng kỳ"), nor a plan ("…, kế hoạch tháng 4"). Where
// the text states no year a period is of the year given; 0 leaves such periods out.
func PeriodsIn(s string, cal calendar.Calendar, year int) []calendar.Period {
	text, _ := Clean(foldDigits(s))
	found, _ := periodsIn(strings.Fields(Key(text)), cal, year, false)
	return found
}

// PeriodsOfName gives the periods that the name of a sheet or a file states, which are
// spelt in more ways: "T3", "thang3_2026", "03-2026". rest is the key of what the name
// says beside them.
func PeriodsOfName(name string, cal calendar.Calendar, year int) (found []calendar.Period, rest string) {
	text, _ := Clean(foldDigits(name))
	var words []string
	for w := range strings.FieldsSeq(Key(text)) {
		if n := len(words); w == "nam" && n > 0 && (allDigits(words[n-1]) || romans[words[n-1]] > 0 || words[n-1] == firstWord || words[n-1] == lastWord) {
			w = yearWord // and not that of "Hà Nam"
		}
		words = append(words, spelledOut(w)...)
	}
	found, left := periodsIn(words, cal, year, true)
	return found, strings.Join(left, " ")
}

// periodsIn looks for periods word by word; rest are the words of none. bare is
// for names: "03 2026" at their head is a month, and "so" is who reports.
func periodsIn(words []string, cal calendar.Calendar, year int, bare bool) (found []calendar.Period, rest []string) {
	if len(words) > longestTitle || len(words) > 0 && words[0] == planWord || namesWeek(words) {
		return nil, words
	}
	for i := 0; i < len(words); {
		if comparing[words[i]] && !bare || len(found) > 0 && plans[words[i]] {
			return found, append(rest, words[i:]...)
		}
		if left, ok := afterDay(words[i:]); ok {
			next := len(words) - len(left)
			rest = append(rest, words[i:next]...)
			i = next
			continue
		}
		p := &phrase{words: words[i:], cal: cal, year: year}
		period, err := p.period()
		if err != nil && bare && i == 0 {
			p = &phrase{words: words[i:], cal: cal} // no year is meant where none is stated
			period, err = p.month()
		}
		if err != nil {
			rest = append(rest, words[i])
			i++
			continue
		}
		if !slices.Contains(found, period) {
			found = append(found, period)
		}
		i = len(words) - len(p.words)
	}
	return found, rest
}

// namesWeek reports whether words name a week: "tuần 12", and not "huyện Tuần Giáo".
func namesWeek(words []string) bool {
	for i, w := range words {
		if weekWords[w] && i+1 < len(words) && allDigits(words[i+1]) {
			return true
		}
	}
	return false
}

// afterDay gives what stands behind the day of a letter, its number to be filled in or not.
func afterDay(words []string) (rest []string, ok bool) {
	p := &phrase{words: words, cal: calendar.Civil(), year: 1}
	if p.isBlankDay() {
		_, err := p.period()
		return p.words, err == nil
	}
	_, ok = p.date()
	return p.words, ok
}

// comparing begin what is compared with the period of a text, and plans what is to come
// behind it. A plan is of no period, and a week that has a number is
// none that is known.
var (
	comparing = keySet("so", "cùng", "trước")
	plans     = keySet("kế", "phương", "nhiệm", "dự")
	planWord  = Key("kế")
	weekWords = keySet("tuần", "tuan")
)

// shortMonths stand before the number of a month in names, and spelled are words of
// periods that names have without their marks.
var (
	shortMonths = []string{"tháng", "thang", "thg", "t"}
	spelled     = map[string]string{"thang": Key("tháng"), "quy": Key("quý"), "dau": Key("đầu"), "cuoi": Key("cuối"), "den": Key("đến"), "tu": Key("từ")}
)

// spelledOut gives the words that a word of a name stands for: "t3" for "tháng 3".
func spelledOut(word string) []string {
	if full, ok := spelled[word]; ok {
		return []string{full}
	}
	digits := strings.TrimLeftFunc(word, func(r rune) bool { return r < '0' || r > '9' })
	head := strings.TrimSuffix(word, digits)
	if n, err := strconv.Atoi(digits); err == nil && len(digits) <= 2 && n >= 1 && n <= 12 {
		for _, short := range shortMonths {
			switch before, ok := strings.CutSuffix(head, Key(short)); {
			case ok && before == "":
				return []string{monthWord, digits}
			case ok && len(short) > len("thg"): // "baocaothang3"
				return []string{before, monthWord, digits}
			}
		}
		if head == "quy" || head == quarterWord {
			return []string{quarterWord, digits}
		}
	}
	if n, ok := romans[strings.TrimPrefix(word, "q")]; ok && len(word) > 1 && word[0] == 'q' {
		return []string{quarterWord, strconv.Itoa(n)}
	}
	return []string{word}
}
