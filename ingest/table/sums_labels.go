package table

import (
	"strconv"
	"strings"

	"tonghop/ingest/viet"
)

// isLabelled reports whether the name of a row says that it is a total.
func (s *rowSums) isLabelled(i int) bool {
	if s.labels[i] == 0 {
		s.labels[i] = -1
		if s.Lines[i].saysTotal() || s.unnumbered[i] || s.holdsPlaces(i) || s.hasShortCode(i) || s.isDivided(i) {
			s.labels[i] = 1
		}
	}
	return s.labels[i] > 0
}

// holdsPlaces reports whether a row is about a place that those right after it, or
// right before it, lie in: a district over its communes.
func (s *rowSums) holdsPlaces(i int) bool {
	rank := s.Lines[i].placeRank()
	if rank == 0 {
		return false
	}
	const few = 2
	first := i + 1
	if first < len(s.Lines) && isPartHeading(s.Lines[first].Name) {
		first++
	}
	n := 0
	for k := first; k < len(s.Lines) && n < few && s.Lines[k].placeRank() > rank; k++ {
		n++
	}
	return n == few && (rank > 1 || s.holdsDistricts(first))
}

// placesIn gives the rows right after that of a place which are about places that lie in it.
func (s *rowSums) placesIn(i int) []int {
	rank := s.Lines[i].placeRank()
	if rank == 0 || !s.holdsPlaces(i) {
		return nil
	}
	var out []int
	for k := i + 1; k < len(s.Lines) && s.Lines[k].placeRank() > rank; k++ {
		if !s.skip[k] && !s.part[k] && s.Lines[k].Sum == nil {
			out = append(out, k)
		}
	}
	return out
}

// holdsDistricts reports whether a province stands over its districts: provinces and
// cities stand side by side, but no districts are among them.
func (s *rowSums) holdsDistricts(first int) bool {
	for k := first; k < len(s.Lines) && s.Lines[k].placeRank() > 1; k++ {
		if !isCity(s.Lines[k].Name) {
			return true
		}
	}
	return false
}

// hasShortCode reports whether the code of a row has fewer digits than those of all rows
// up to the next such: that of a province has two, of a district three, of a commune five.
// Rows that are counted, 9 and then 10, are no such.
func (s *rowSums) hasShortCode(i int) bool {
	digits := len(s.Lines[i].Code)
	if digits == 0 || strings.Trim(s.Lines[i].Code, "0123456789") != "" {
		return false
	}
	n := 0
	if i+1 < len(s.Lines) && isCountedOn(s.Lines[i].Code, s.Lines[i+1].Code) {
		return false
	}
	for k := i + 1; k < len(s.Lines) && len(s.Lines[k].Code) > digits; k++ {
		n++
	}
	return n > 1
}

// isCountedOn reports whether a code is one of the ten numbers after another.
func isCountedOn(code, next string) bool {
	if strings.HasPrefix(next, "0") {
		return false
	}
	a, errA := strconv.Atoi(code)
	b, errB := strconv.Atoi(next)
	return errA == nil && errB == nil && b > a && b-a <= 10
}

// isDivided reports whether the next row says that what follows is a row's parts, all
// of them: "Chia ra". Rows that are numbered as the row itself are no parts of it: of two
// lists of parts one below the other both are of what stands above.
func (s *rowSums) isDivided(i int) bool {
	if i+1 == len(s.Lines) {
		return false
	}
	next, number := s.Lines[i+1].Name, s.Lines[i].Number
	if !isPartHeading(next) || !closesParts(next) {
		return false
	}
	return i+2 == len(s.Lines) || styleOf(number) == noStyle || !sameNumbering(number, s.Lines[i+2].Number)
}

// placeWords are the words for levels of administration, from the highest, by key.
var placeWords = [][]string{
	keys("tỉnh"),
	keys("thành phố", "tp", "t p", "huyện", "h", "thị xã", "tx", "t x", "quận", "q"),
	keys("xã", "x", "phường", "p", "thị trấn", "tt", "đặc khu"),
}

// isCity reports whether a name says that it is a city.
func isCity(name string) bool {
	_, rest := splitNumber(name)
	return beginsWith(viet.Key(rest), cityWords)
}

var cityWords = keys("thành phố", "tp", "t p")

// placeRank gives how far down the level is that the name of a row begins with, 0 for
// a name that does not say.
func (l *Line) placeRank() int {
	name := l.Name
	if !l.isShortPlace() {
		_, name = splitNumber(name)
	}
	key := viet.Key(name)
	for i, words := range placeWords {
		for _, w := range words {
			if strings.HasPrefix(key, w+" ") {
				return i + 1
			}
		}
	}
	return 0
}

// placeLetters stand for phường, xã, huyện, quận before names. Each but H and Q is a
// number too.
const placeLetters = "PXHQ"

// isShortPlace reports whether a letter before the name of a row is short for a level
// of administration, and does not number the row: "X. Tổng Cọt" is a commune.
func (l *Line) isShortPlace() bool {
	letter, _ := splitNumber(l.Name)
	return len(letter) == 1 && strings.Contains(placeLetters, letter) && l.Number != letter
}

// saysTotal reports whether the name of a row says that it is a total.
func (l *Line) saysTotal() bool { return !l.isShortPlace() && isTotalLabel(l.Name) }

// saysPlainTotal reports whether it says nothing else.
func (l *Line) saysPlainTotal() bool { return !l.isShortPlace() && isPlainTotal(l.Name) }

// isTotalLabel is [IsTotal] for labels of any table: the name of a period, and what
// people shorten totals to, are such labels too.
func isTotalLabel(name string) bool {
	_, rest := splitNumber(name)
	key := viet.Key(rest)
	if beginsWith(key, periodTotals) {
		return true
	}
	if key == "t c" || key == "tc" {
		return true
	}
	return IsTotal(rest, nil)
}

// periodTotals begin names of periods that are often the sums of shorter ones above.
var periodTotals = keys("quý", "cả năm", "cả kỳ", "6 tháng", "9 tháng", "sáu tháng", "chín tháng", "lũy kế")

// isPlainTotal reports whether a label says nothing else than that its row is a
// total: "Tổng cộng", "Cộng (I+II)", not "Tổng số ngày nuôi dưỡng".
func isPlainTotal(name string) bool {
	if !isTotalLabel(name) {
		return false
	}
	_, rest := splitNumber(name)
	if i := strings.IndexAny(rest, "(:="); i > 0 {
		rest = rest[:i]
	}
	key := viet.Key(rest)
	for _, w := range totalWords {
		if key == w {
			return true
		}
	}
	return key == "t c" || key == "tc" || beginsWith(key, plainTotals)
}

// isCount reports whether a label begins like that of a total and goes on: "Tổng số
// ngày nuôi dưỡng" is the sum of others only where it closes.
func isCount(name string) bool {
	_, rest := splitNumber(name)
	return isTotalLabel(name) && !isPlainTotal(name) && !beginsWith(viet.Key(rest), periodTotals)
}

// plainTotals begin labels that are totals whatever follows.
var plainTotals = keys("tổng cộng", "cộng", "toàn tỉnh", "toàn quốc", "toàn huyện", "toàn thành phố", "toàn ngành", "cả nước", "cả tỉnh")
