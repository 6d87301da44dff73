package outlinetest

import (
	_ "embed"
	"strings"
)

//go:embed places.txt
var placesText string

// place is an administrative unit: the codes are those of Decision
// 124/2004/QĐ-TTg, and since 1 July 2025 of Decision 19/2025/QĐ-TTg.
type place struct {
	era, code, kind, name, above string
}

var places = readPlaces(placesText)

func readPlaces(text string) []place {
	var out []place
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "|")
		out = append(out, place{era: f[0], code: f[1], kind: f[2], name: f[3], above: f[4]})
	}
	return out
}

// under gives the units directly below one; "" stands for the country.
func under(era, above string) []place {
	var out []place
	for _, p := range places {
		if p.era == era && p.above == above {
			out = append(out, p)
		}
	}
	return out
}

// placeOf gives the unit of a code.
func placeOf(era, code string) place {
	for _, p := range places {
		if p.era == era && p.code == code {
			return p
		}
	}
	panic("no place " + era + " " + code)
}

// naming is how one table writes the names of its places.
type naming uint8

const (
	bareName  naming = iota // Bát Xát
	fullName                // Huyện Bát Xát
	lowerName               // huyện Bát Xát
	shortName               // H. Bát Xát, TP Lào Cai
	capsName                // BÁT XÁT
)

var shortKinds = map[string]string{
	"thành phố": "TP", "thị xã": "TX", "huyện": "H.", "phường": "P.", "xã": "X.", "thị trấn": "TT.", "tỉnh": "",
}

// written spells the name.
func (p place) written(how naming) string {
	switch how {
	case fullName:
		return upperFirst(p.kind) + " " + p.name
	case lowerName:
		return p.kind + " " + p.name
	case shortName:
		return strings.TrimSpace(shortKinds[p.kind] + " " + p.name)
	case capsName:
		return strings.ToUpper(p.name)
	}
	return p.name
}

// hue is how people write the longest name of a province.
var hue = []string{"TT-Huế", "TT. Huế", "T.T.Huế", "TT Huế", "Thừa Thiên - Huế"}

// newTones puts the tone mark where schoolbooks do: hoà for hòa.
var newTones = strings.NewReplacer(
	"òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ", "úy", "uý", "ùy", "uỳ", "ủy", "uỷ", "ụy", "uỵ",
)

// oldTones is the other way round, for the end of a syllable only.
func oldTones(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		for _, pair := range [][2]string{{"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oạ", "ọa"}, {"uỷ", "ủy"}, {"uý", "úy"}, {"uỳ", "ùy"}} {
			if rest, ok := strings.CutSuffix(w, pair[0]); ok && !strings.HasSuffix(rest, "q") && !strings.HasSuffix(rest, "Q") {
				words[i] = rest + pair[1]
			}
		}
	}
	return strings.Join(words, " ")
}
