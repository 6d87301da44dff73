package table

import (
	"strings"

	"tonghop/ingest/viet"
)

// Unit gives the unit that words state: in brackets at the end ("Tổng chi (tỷ
// đ)"), or after "ĐVT:" or "Đơn vị tính:". "" when they state none.
func Unit(words string) string {
	words = strings.TrimSpace(words)
	if u := afterUnitWord(strings.Trim(words, "() ")); u != "" {
		return u
	}
	open := strings.LastIndexByte(words, '(')
	if open < 0 || !strings.HasSuffix(words, ")") {
		return ""
	}
	inner := strings.TrimSpace(words[open+1 : len(words)-1])
	if u := afterUnitWord(inner); u != "" {
		return u
	}
	return inner
}

// unitWords introduce a unit.
var unitWords = []string{"đơn vị tính", "đơn vị tỉnh", "đvt", "đơn vị"}

func afterUnitWord(s string) string {
	lower := strings.ToLower(s)
	for _, w := range unitWords {
		at := strings.Index(lower, w)
		if at < 0 || len(lower) != len(s) {
			continue
		}
		rest := strings.TrimLeft(s[at+len(w):], " ")
		if rest == "" || !strings.ContainsRune(":;", rune(rest[0])) {
			continue
		}
		return strings.Trim(rest, ":; .)")
	}
	return ""
}

// WithoutUnit takes brackets off the end of words: a unit, or a remark such as
// "(quy đổi)" that people leave out.
func WithoutUnit(words string) string {
	if !strings.HasSuffix(words, ")") {
		return words
	}
	open := strings.LastIndexByte(words, '(')
	if open <= 0 {
		return words
	}
	return strings.TrimSpace(words[:open])
}

// Money gives the scale of a unit of money as a power of ten of a đồng, and
// false for any other unit.
func Money(unit string) (power int, ok bool) {
	key := viet.Key(unit)
	for _, m := range moneyWords {
		if key == m.key {
			return m.power, true
		}
	}
	return 0, false
}

var moneyWords = func() []moneyWord {
	var out []moneyWord
	for _, m := range []struct {
		power int
		words []string
	}{
		{0, []string{"đồng", "đ", "vnđ", "vnd", "đồng việt nam"}},
		{3, []string{"nghìn đồng", "ngàn đồng", "1000 đồng", "1.000 đồng", "1.000đ", "nghìn đ", "ngđ", "1000đ"}},
		{6, []string{"triệu đồng", "trđ", "tr.đ", "tr đồng", "tr. đồng", "triệu đ", "triệu vnd", "triệu vnđ"}},
		{9, []string{"tỷ đồng", "tỉ đồng", "tỷ đ", "tỉ đ", "tỷ", "tỉ"}},
	} {
		for _, w := range m.words {
			out = append(out, moneyWord{viet.Key(w), m.power})
		}
	}
	return out
}()

type moneyWord struct {
	key   string
	power int
}

// Contradicts reports whether a stated unit is another than the one that is
// asked: another scale of money, or percent against a number of things. Words
// for the same unit differ too much for more to be said.
func Contradicts(stated, asked string) bool {
	if stated == "" || asked == "" {
		return false
	}
	a, isMoney := Money(stated)
	b, askedMoney := Money(asked)
	if isMoney && askedMoney {
		return a != b
	}
	percent := func(u string) bool { return strings.TrimSpace(u) == "%" }
	return percent(stated) != percent(asked) && (percent(stated) || percent(asked) && isMoney)
}
