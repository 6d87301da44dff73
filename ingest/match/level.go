package match

import (
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/country"
)

// types is a set of types of units: what the word for the level in a text may
// mean.
type types uint16

// allTypes gives each type its bit.
var allTypes = [...]country.Type{
	country.Tinh, country.ThanhPho, country.Quan, country.Huyen, country.ThiXa, country.Phuong, country.Xa, country.ThiTran, country.DacKhu,
}

// typeSet is the set of these types.
func typeSet(of ...country.Type) types {
	var set types
	for _, t := range of {
		for i, known := range allTypes {
			if t == known {
				set |= 1 << i
			}
		}
	}
	return set
}

// typesAt are the types of a level. A city is a district where it is no province.
var typesAt = map[country.Level]types{
	country.Province: typeSet(country.Tinh, country.ThanhPho),
	country.District: typeSet(country.ThanhPho, country.Quan, country.Huyen, country.ThiXa),
	country.Commune:  typeSet(country.Phuong, country.Xa, country.ThiTran, country.DacKhu),
}

// levelPrefixes are the words for levels that stand before a name, by key,
// longer ones first. Those of one letter are taken for numbering as well.
var levelPrefixes = func() []levelPrefix {
	var out []levelPrefix
	put := func(set types, texts ...string) {
		for _, text := range texts {
			key := viet.Key(text)
			out = append(out, levelPrefix{key, set, len(key) > 2})
			if plain := unmarked(key); plain != key {
				out = append(out, levelPrefix{plain, set, len(plain) > 2})
			}
		}
	}
	put(typeSet(country.ThanhPho), "thành phố", "thủ đô", "T.Phố", "T.P", "TP")
	put(typeSet(country.ThiTran), "thị trấn", "T.Trấn", "T.T", "TT")
	put(typeSet(country.ThiXa), "thị xã", "T.Xã", "T.X", "TX")
	put(typeSet(country.DacKhu), "đặc khu", "Đ.K", "ĐK")
	put(typeSet(country.Huyen), "huyện đảo", "huyện", "H")
	put(typeSet(country.Phuong), "phường", "P")
	put(typeSet(country.Quan), "quận", "Q")
	put(typeSet(country.Tinh), "tỉnh", "T")
	put(typeSet(country.Xa), "xã", "X")
	return out
}()

// levelPrefix is one of the words for levels.
type levelPrefix struct {
	key   string
	types types
	word  bool // written out, not an abbreviation
}

// levelSuffixes are the words for levels that stand behind a name in English.
var levelSuffixes = map[string]types{
	"province": typeSet(country.Tinh, country.ThanhPho), "city": typeSet(country.ThanhPho), "district": typesAt[country.District],
	"town": typeSet(country.ThiXa, country.ThiTran), "township": typeSet(country.ThiTran), "ward": typeSet(country.Phuong), "commune": typeSet(country.Xa),
}

// cutType takes the word for the level off a key; ok is false when there is none.
// Of a word written out some marks may be left out. The number of a ward may
// stand right behind its letter: "P12".
func cutType(key string) (set types, stem string, word, ok bool) {
	for _, w := range levelPrefixes {
		rest, has := strings.CutPrefix(key, w.key)
		switch {
		case !has || rest == "":
		case rest[0] == ' ':
			return w.types, rest[1:], w.word, true
		case isDigits(rest) && len(w.key) == 1:
			return w.types, rest, false, true
		}
	}
	if set, stem, ok = cutHalfMarked(key); ok {
		return set, stem, true, true
	}
	if at := strings.LastIndexByte(key, ' '); at > 0 {
		if set, has := levelSuffixes[key[at+1:]]; has {
			return set, key[:at], true, true
		}
	}
	return 0, key, false, false
}

// cutHalfMarked takes off a word for a level that lacks some of its marks:
// "Phuờng", "Thi trấn".
func cutHalfMarked(key string) (set types, stem string, ok bool) {
	if isASCII(key) {
		return 0, "", false
	}
	first, rest, _ := strings.Cut(key, " ")
	second, more, _ := strings.Cut(rest, " ")
	for _, try := range [...]struct{ word, stem string }{{first + " " + second, more}, {first, rest}} {
		full, known := markedLevels[unmarked(try.word)]
		if known && try.stem != "" && apart(try.word).within(apart(full.key)) {
			return full.types, try.stem, true
		}
	}
	return 0, "", false
}

// markedLevels are the words for levels written out, by the word without marks.
var markedLevels = func() map[string]levelPrefix {
	out := map[string]levelPrefix{}
	for _, w := range levelPrefixes {
		if plain := unmarked(w.key); w.word && plain != w.key && len(plain) > 3 {
			out[plain] = w
		}
	}
	return out
}()
