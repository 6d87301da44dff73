package viet

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"tonghop/report/decimal"
)

// Unit is what figures are counted in, as words state it: "triệu đồng", "nghìn
// tấn", "1000 đ", "%", "hộ". The zero value is: nothing stated.
type Unit struct {
	Stated string // as written
	Base   string // what a power of ten is taken of: a [Key] such as that of "đồng" or "hộ"; see [BaseMoney]
	Power  int    // a figure of 1 is ten to this power of the base

	// Measure says that the base is money, percent or a measure: what has
	// another base is then something else. The words for things that are counted
	// differ too much for that.
	Measure bool
}

// The bases of units that can be converted into one another.
const (
	BaseMoney   = "đồng"
	BasePercent = "%"
	BasePoint   = "điểm %" // the difference of two shares
	BaseMass    = "kg"
	BaseLength  = "m"
	BaseArea    = "m²"
	BaseVolume  = "m³"
	BaseEnergy  = "kWh"
)

// ErrUnit says that figures in one unit cannot be converted into the other.
var ErrUnit = errors.New("units of different things")

// IsZero says that no unit is stated.
func (u Unit) IsZero() bool { return u.Stated == "" }

// Shift gives the powers of ten from figures in u to figures in another unit,
// and false where the two count different things.
func (u Unit) Shift(to Unit) (powers int, ok bool) {
	if u.Base == "" || u.Base != to.Base {
		return 0, false
	}
	return u.Power - to.Power, true
}

// Convert gives a figure in u as a figure in another unit, exactly, or
// [ErrUnit], or an error of package decimal when it has too many digits.
func (u Unit) Convert(d decimal.Decimal, to Unit) (decimal.Decimal, error) {
	powers, ok := u.Shift(to)
	if !ok {
		return decimal.Decimal{}, fmt.Errorf("%s as %s: %w", u.Stated, to.Stated, ErrUnit)
	}
	return d.Shift(powers)
}

// Contradicts reports whether two units cannot both be those of the same
// figures: another scale of the same thing, or two measures. Words for things
// that are counted contradict nobody.
func (u Unit) Contradicts(other Unit) bool {
	switch powers, same := u.Shift(other); {
	case u.IsZero() || other.IsZero():
		return false
	case same:
		return powers != 0
	case u.Base == BasePercent || other.Base == BasePercent: // where percent is meant it is said
		return u.Base == BasePercent || u.Measure
	}
	return u.Measure && other.Measure
}

// scales are the words for powers of ten.
var scales = map[string]int{
	Key("chục"): 1, Key("trăm"): 2, Key("nghìn"): 3, Key("ngàn"): 3, Key("ng"): 3, Key("vạn"): 4,
	Key("triệu"): 6, Key("tr"): 6, Key("tỷ"): 9, Key("tỉ"): 9,
}

// measure is a unit of a base.
type measure struct {
	base  string
	power int
}

// measures are the words for money, shares and measures, by key.
var measures = func() map[string]measure {
	out := map[string]measure{}
	for words, m := range map[string]measure{
		"đồng|đ|vnđ|vnd|đồng việt nam|đồng vn|vn đồng|đồng vnđ|đvn": {BaseMoney, 0},
		"phần trăm|tỷ lệ phần trăm":                                 {BasePercent, 0},
		"phần nghìn|phần ngàn":                                      {BasePercent, -1},
		"điểm phần trăm|điểm pct":                                   {BasePoint, 0},
		"kg|kilôgam|kilogam|ki lô gam|cân":                          {BaseMass, 0},
		"g|gam|gram":                                                {BaseMass, -3},
		"yến":                                                       {BaseMass, 1},
		"tạ":                                                        {BaseMass, 2},
		"tấn|t":                                                     {BaseMass, 3},
		"m|mét":                                                     {BaseLength, 0},
		"km|kilômét|ki lô mét":                                      {BaseLength, 3},
		"cm":                                                        {BaseLength, -2},
		"mm":                                                        {BaseLength, -3},
		"m2|mét vuông|m vuông":                                      {BaseArea, 0},
		"ha|hecta|héc ta":                                           {BaseArea, 4},
		"km2|km vuông|kilômét vuông":                                {BaseArea, 6},
		"m3|mét khối|m khối|khối":                                   {BaseVolume, 0},
		"lít|l":                                                     {BaseVolume, -3},
		"kwh":                                                       {BaseEnergy, 0},
		"mwh":                                                       {BaseEnergy, 3},
		"gwh":                                                       {BaseEnergy, 6},
	} {
		for _, w := range strings.Split(words, "|") {
			out[Key(w)] = m
		}
	}
	return out
}()

// signs are written out before the words of a unit are taken apart, for a key has
// no signs.
var signs = strings.NewReplacer("điểm %", "điểm phần trăm", "%", " phần trăm ", "‰", " phần nghìn ", "²", "2", "³", "3", "trđ", "tr đ", "Trđ", "tr đ", "TRĐ", "tr đ", "ngđ", "ng đ", "Ngđ", "ng đ")

// ParseUnit reads the words of a unit.
func ParseUnit(words string) Unit {
	words, _ = Clean(words)
	u := Unit{Stated: words}
	if per := strings.IndexByte(words, '/'); per >= 0 && per < len(words)-1 {
		of := ParseUnit(words[:per])
		u.Base, u.Power = Key(of.Base+" / "+words[per+1:]), of.Power // a rate: đồng/người
		return u
	}
	tokens := unitTokens(words)
	last := "" // word of scale
	for len(tokens) > 0 {
		power, ok := powerOf(tokens[0])
		if !ok {
			break
		}
		last = tokens[0]
		u.Power += power
		tokens = tokens[1:]
	}
	base := strings.Join(tokens, " ")
	m, known := measures[base]
	switch {
	case base == "" && scales[last] == scales[Key("tỷ")]:
		u.Base, u.Measure = BaseMoney, true // nothing else is counted in "tỷ" and no more said
	case known:
		u.Base, u.Measure = m.base, true
		u.Power += m.power
	default:
		u.Base = base
	}
	return u
}

// unitTokens takes the words of a unit apart: digits from letters, and the
// groups of a number together: "1.000đ" is "1000" and "đ".
func unitTokens(words string) []string {
	var apart strings.Builder
	var before rune
	for _, r := range signs.Replace(words) {
		digit := unicode.IsDigit(r)
		if digit && unicode.IsLetter(before) {
			apart.WriteRune(r) // m2
			continue
		}
		if unicode.IsLetter(r) && unicode.IsDigit(before) {
			apart.WriteByte(' ')
		}
		apart.WriteRune(r)
		before = r
	}
	var out []string
	for _, w := range strings.Fields(Key(apart.String())) {
		if n := len(out); n > 0 && allDigits(w) && len(w) == 3 && allDigits(out[n-1]) {
			out[n-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

// powerOf reads a word of scale, or 10, 100, 1000 in digits.
func powerOf(token string) (int, bool) {
	if power, ok := scales[token]; ok {
		return power, true
	}
	if zeros, ok := strings.CutPrefix(token, "1"); ok && strings.Trim(zeros, "0") == "" {
		return len(zeros), true
	}
	return 0, false
}

// ParseUnits reads the units of a table of which a heading states two: "Món/Triệu
// VND" is a number of things and their value. A rate, "đồng/người", is one.
func ParseUnits(words string) []Unit {
	if a, b, ok := strings.Cut(words, "/"); ok {
		first, second := ParseUnit(a), ParseUnit(b)
		if second.Base == BaseMoney && first.Base != BaseMoney && !first.IsZero() {
			return []Unit{first, second}
		}
	}
	return []Unit{ParseUnit(words)}
}
