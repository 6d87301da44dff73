package table

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/viet"
)

// byPeriods takes quarters for the sums of their months, and years and their halves
// for those of their quarters, as their names state, where that holds for more
// figures of all of them than not, slips left aside.
func (s *rowSums) byPeriods() {
	var found []candidate
	var all verdict
	for i := range s.Lines {
		if s.skip[i] || s.Lines[i].Sum != nil {
			continue
		}
		of := s.monthsOf(i)
		if of == nil {
			of = s.quartersOf(i)
		}
		if of == nil {
			continue
		}
		c := candidate{s.of(of).against(i), i, of}
		all.hits += c.hits
		if !s.isSlip(i, of) {
			all.misses += c.misses
		}
		found = append(found, c)
	}
	if all.hits == 0 || all.hits < all.misses {
		return
	}
	for _, c := range found {
		s.take(c.line, c.of)
	}
}

// monthsOf gives the lines of the three months of a quarter, right below it or right
// above, nil where they do not stand there.
func (s *rowSums) monthsOf(i int) []int {
	const months = 3
	quarter := numberBehind(s.Lines[i].Name, quarterWord)
	if quarter == 0 {
		return nil
	}
	for _, from := range []int{i + 1, i - months} {
		if from < 0 || from+months > len(s.Lines) {
			continue
		}
		var of []int
		for k := range months {
			if !s.skip[from+k] && numberBehind(s.Lines[from+k].Name, monthWord) == months*(quarter-1)+k+1 {
				of = append(of, from+k)
			}
		}
		if len(of) == months {
			return of
		}
	}
	return nil
}

// spans are the quarters of longer periods, by the key of what they are called.
var spans = map[string][]int{
	viet.Key("cả năm"): {1, 2, 3, 4}, viet.Key("6 tháng đầu năm"): {1, 2}, viet.Key("6 tháng cuối năm"): {3, 4}, viet.Key("9 tháng đầu năm"): {1, 2, 3},
}

// quartersOf gives the lines of the quarters of a longer period, nil where one of them
// is not there or there twice.
func (s *rowSums) quartersOf(i int) []int {
	var of []int
	for _, quarter := range spans[viet.Key(s.Lines[i].Name)] {
		at := -1
		for k := range s.Lines {
			if numberBehind(s.Lines[k].Name, quarterWord) != quarter {
				continue
			}
			if at >= 0 || s.skip[k] {
				return nil
			}
			at = k
		}
		if at < 0 {
			return nil
		}
		of = append(of, at)
	}
	return of
}

// numberBehind gives the number of a period, that of "Quý II" or "Tháng 5/2025", 0
// where a name is none.
func numberBehind(name, word string) int {
	rest, ok := strings.CutPrefix(viet.Key(name), word+" ")
	if !ok {
		return 0
	}
	number, _, _ := strings.Cut(rest, " ")
	if q := slices.Index(romanQuarters, number); q >= 0 {
		return q + 1
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}

var romanQuarters = []string{"i", "ii", "iii", "iv"}
