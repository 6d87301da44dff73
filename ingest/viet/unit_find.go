package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/report/decimal"
)

// FindUnit gives the unit that the words of a cell state: in brackets at the end
// ("Tổng chi (tỷ đ)"), or after "ĐVT:" or "Đơn vị tính:", also where that is
// misspelt "Đơn vị tỉnh". It is "" when they state none. general says that nothing
// else stands in the cell, as where the unit of a whole table is stated.
func FindUnit(words string) (unit string, general bool) {
	words = strings.TrimSpace(words)
	if u := StatedUnit(unbracketed(words)); u != "" {
		return u, true
	}
	open := strings.LastIndexByte(words, '(')
	if open < 0 || !strings.HasSuffix(words, ")") {
		return "", false
	}
	inner := strings.TrimSpace(words[open+1 : len(words)-1])
	if u := StatedUnit(inner); u != "" {
		return u, open == 0
	}
	return inner, open == 0
}

// unbracketed takes brackets off words that stand in them as a whole.
func unbracketed(words string) string {
	if inner, ok := strings.CutPrefix(words, "("); ok {
		return strings.Trim(inner, "() ")
	}
	return words
}

// unitWords introduce a unit; the last of them a body as well, "Đơn vị: UBND huyện Nam Sách".
var unitWords = []string{"đơn vị tính", "đơn vị tỉnh", "đvt", "đơn vị"}

// StatedUnit gives the unit behind a word that introduces one, "ĐVT:" or "Đơn vị
// tính:", wherever it stands in a text, or behind "tính bằng"; "" where there is none.
func StatedUnit(s string) (unit string) {
	lower := strings.ToLower(s)
	if at := strings.Index(lower, countedIn); at >= 0 && len(lower) == len(s) {
		if rest := strings.Trim(s[at+len(countedIn):], " :.;()"); ParseUnit(rest).Measure {
			return rest
		}
	}
	for i, w := range unitWords {
		at := strings.Index(lower, w)
		if at < 0 || len(lower) != len(s) {
			continue
		}
		rest := strings.TrimLeft(s[at+len(w):], " ")
		if rest == "" || !strings.ContainsRune(":;", rune(rest[0])) {
			continue
		}
		unit = strings.Trim(rest, ":; .")
		if !strings.Contains(unit, "(") { // "Đồng Việt Nam (VND)" keeps its own
			unit = strings.TrimRight(unit, "). ")
		}
		if i == len(unitWords)-1 && NamesBody(unit) {
			return ""
		}
		return unit
	}
	return ""
}

// countedIn stands before a unit in a sentence: "Số liệu tính bằng nghìn đồng".
const countedIn = "tính bằng "

// UnitBeside gives the unit that stands in the cell beside one that introduces it and says no
// more, "ĐVT:" or "Đơn vị tính"; "" where it does not, or none stands there.
func UnitBeside(label, beside string) string {
	bare := strings.Trim(unbracketed(strings.TrimSpace(label)), ":; ")
	beside = strings.Trim(beside, "() ")
	const longest = 30 // runes
	if !IsUnitHead(bare) || bare == strings.TrimSpace(label) && !ParseUnit(beside).Measure || beside == "" || utf8.RuneCountInString(beside) > longest || strings.ContainsAny(beside, ":;") {
		return ""
	}
	return beside
}

// NamesBody reports whether words behind "Đơn vị:" name somebody and are no unit.
func NamesBody(words string) bool {
	if ParseUnit(words).Measure {
		return false
	}
	if beginsWithWords(Key(words), bodies) {
		return true
	}
	capitals := 0
	for i, w := range strings.Fields(words) {
		if first, _ := utf8.DecodeRuneInString(w); i > 0 && unicode.IsUpper(first) {
			capitals++
		}
	}
	return capitals > 0
}

// bodies begin the names of those who report, by key.
var bodies = keyList(
	"ubnd", "ủy ban", "sở", "hội", "ban", "phòng", "chi cục", "cục", "trung tâm", "công ty", "tổng công ty", "bệnh viện", "công an", "báo", "đài", "đoàn", "tỉnh đoàn", "huyện đoàn", "liên đoàn", "mặt trận", "viện", "văn phòng",
	"thành phố", "thị xã", "thị trấn", "phường", "huyện", "quận", "tỉnh", "chi nhánh", "ngân hàng", "thuế", "kho bạc", "bảo hiểm", "tòa án", "thanh tra",
)

// The bounds of what money can be, in đồng. The yearly budget of the whole state
// is some two times ten to the fifteenth, and no line of a province's report
// comes near; what the country makes in a year, and what all its banks hold, is
// some ten to the sixteenth; below a hundred đồng nothing is sold.
var (
	mostMoney        = decimal.FromInt(1_000_000_000_000_000)
	mostMoneyCountry = decimal.FromInt(100_000_000_000_000_000)
	leastMoney       = decimal.FromInt(100)
)

// fewest is how many figures a column must have for small ones to say anything.
const fewest = 3

// Contradicted reports whether figures cannot be in the unit that is stated over
// them. It knows of money only, and says so only where no report could: one
// figure of a thousand million million đồng or more, as where "tỷ đ" stands over
// figures in đồng, or three figures and more of which none comes to a hundred
// đồng, as where "đồng" stands over figures in triệu đồng.
func Contradicted(unit Unit, figures []decimal.Decimal) bool {
	return contradicted(unit, figures, mostMoney)
}

// ContradictedAnywhere is Contradicted for a table of which nobody has said whose
// it is: it may be the budget of the whole state, and only a figure of a hundred
// times a thousand million million đồng is too large.
func ContradictedAnywhere(unit Unit, figures []decimal.Decimal) bool {
	return contradicted(unit, figures, mostMoneyCountry)
}

func contradicted(unit Unit, figures []decimal.Decimal, most decimal.Decimal) bool {
	if unit.Base != BaseMoney {
		return false
	}
	small, counted := 0, 0
	for _, f := range figures {
		if f.IsZero() {
			continue
		}
		counted++
		d, err := f.Abs().Shift(unit.Power)
		switch {
		case err != nil || d.Cmp(most) >= 0: // too long to be held is too large as well
			return true
		case d.Cmp(leastMoney) < 0:
			small++
		}
	}
	return counted >= fewest && small == counted
}

// IsUnitHead reports whether the words over a column say that units stand in it.
func IsUnitHead(words string) bool {
	if utf8.RuneCountInString(words) > 20 { // a sentence about units
		return false
	}
	return unitHeads[Key(words)]
}

var unitHeads = keySet("ĐVT", "Đ.V.T", "Đơn vị tính", "Đơn vị tỉnh")
