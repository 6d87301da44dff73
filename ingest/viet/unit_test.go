package viet

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report/decimal"
)

func TestParseUnit(t *testing.T) {
	for _, tt := range []struct {
		words, base string
		power       int
		measure     bool
	}{
		{"đồng", BaseMoney, 0, true}, {"đ", BaseMoney, 0, true}, {"VNĐ", BaseMoney, 0, true}, {"VND", BaseMoney, 0, true}, {"Đồng Việt Nam", BaseMoney, 0, true},
		{"nghìn đồng", BaseMoney, 3, true}, {"Ngàn đồng", BaseMoney, 3, true}, {"1000 đ", BaseMoney, 3, true}, {"1.000đ", BaseMoney, 3, true}, {"1.000 đồng", BaseMoney, 3, true}, {"ngđ", BaseMoney, 3, true},
		{"triệu đồng", BaseMoney, 6, true}, {"Triệu VND", BaseMoney, 6, true}, {"tr.đ", BaseMoney, 6, true}, {"trđ", BaseMoney, 6, true}, {"Trđ", BaseMoney, 6, true}, {"tr. đồng", BaseMoney, 6, true}, {"1.000.000 đ", BaseMoney, 6, true}, {"TRIỆU ĐỒNG", BaseMoney, 6, true},
		{"tỷ đ", BaseMoney, 9, true}, {"Tỉ đồng", BaseMoney, 9, true}, {"tỷ", BaseMoney, 9, true}, {"nghìn tỷ đồng", BaseMoney, 12, true}, {"triệu tỷ", BaseMoney, 15, true}, {"trăm triệu đồng", BaseMoney, 8, true},
		{"%", BasePercent, 0, true}, {"‰", BasePercent, -1, true}, {"phần trăm", BasePercent, 0, true}, {"điểm %", BasePoint, 0, true}, {"điểm phần trăm", BasePoint, 0, true},
		{"tấn", BaseMass, 3, true}, {"nghìn tấn", BaseMass, 6, true}, {"tạ", BaseMass, 2, true}, {"gam", BaseMass, -3, true},
		{"ha", BaseArea, 4, true}, {"1000 ha", BaseArea, 7, true}, {"m²", BaseArea, 0, true}, {"m2", BaseArea, 0, true}, {"km2", BaseArea, 6, true}, {"m", BaseLength, 0, true}, {"km", BaseLength, 3, true}, {"m³", BaseVolume, 0, true}, {"lít", BaseVolume, -3, true}, {"MWh", BaseEnergy, 3, true},
		{"hộ", Key("hộ"), 0, false}, {"nghìn người", Key("người"), 3, false}, {"lượt người", Key("lượt người"), 0, false}, {"1000 con", Key("con"), 3, false}, {"triệu", "", 6, false}, {"1.000.000.000", "", 9, false}, {"(1.200)", "1200", 0, false}, {"2021", "2021", 0, false},
		{"đồng/người", Key("đồng / người"), 0, false}, {"triệu đồng/ha", Key("đồng / ha"), 6, false}, {"tạ/ha", Key("kg / ha"), 2, false},
		{"", "", 0, false},
	} {
		u := ParseUnit(tt.words)
		if u.Base != tt.base || u.Power != tt.power || u.Measure != tt.measure || u.Stated != tt.words {
			t.Errorf("%q is %+v, want base %q power %d", tt.words, u, tt.base, tt.power)
		}
	}
}

func TestParseUnits(t *testing.T) {
	two := ParseUnits("Món/Triệu VND")
	if len(two) != 2 || two[0].Base != Key("món") || two[1].Base != BaseMoney || two[1].Power != 6 {
		t.Errorf("two units are read as %+v", two)
	}
	if one := ParseUnits("triệu đồng/người"); len(one) != 1 || one[0].Measure {
		t.Errorf("a rate is read as %+v", one)
	}
}

func TestConvert(t *testing.T) {
	for _, tt := range []struct{ from, figure, to, want string }{
		{"tỷ đồng", "1.5", "đồng", "1500000000"},
		{"đồng", "1500000000", "tỷ đ", "1.5"},
		{"nghìn đồng", "1234.567", "triệu đồng", "1.234567"},
		{"tấn", "2.5", "kg", "2500"},
		{"ha", "1.25", "m²", "12500"},
		{"‰", "12.5", "%", "1.25"},
		{"nghìn người", "3.2", "người", "3200"},
	} {
		got, err := ParseUnit(tt.from).Convert(decimal.MustParse(tt.figure), ParseUnit(tt.to))
		if err != nil || got.String() != tt.want {
			t.Errorf("%s %s is %s %s (%v), want %s", tt.figure, tt.from, got, tt.to, err, tt.want)
		}
	}
	for _, tt := range [][2]string{{"đồng", "%"}, {"kg", "m"}, {"hộ", "người"}, {"điểm %", "%"}, {"", "đồng"}, {"triệu", "đồng"}} {
		if _, err := ParseUnit(tt[0]).Convert(decimal.FromInt(1), ParseUnit(tt[1])); !errors.Is(err, ErrUnit) {
			t.Errorf("%q as %q: %v, want ErrUnit", tt[0], tt[1], err)
		}
	}
	if _, err := ParseUnit("tỷ đồng").Convert(decimal.MustParse("99999999999999999999999999999999999999"), ParseUnit("đồng")); !errors.Is(err, decimal.ErrOverflow) {
		t.Errorf("too many digits: %v", err)
	}
	if _, err := ParseUnit("đồng").Convert(decimal.New(1, decimal.MaxScale), ParseUnit("tỷ đồng")); !errors.Is(err, decimal.ErrInexact) {
		t.Errorf("too many decimals: %v", err)
	}
}

// There and back again is the same figure.
func TestConvertBack(t *testing.T) {
	units := []string{"đồng", "nghìn đồng", "trđ", "tỷ đồng"}
	rapid.Check(t, func(t *rapid.T) {
		a, b := ParseUnit(rapid.SampledFrom(units).Draw(t, "a")), ParseUnit(rapid.SampledFrom(units).Draw(t, "b"))
		d := decimal.New(rapid.Int64().Draw(t, "figure"), rapid.IntRange(0, 6).Draw(t, "scale"))
		there, err := a.Convert(d, b)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := b.Convert(there, a); err != nil || back != d {
			t.Fatalf("%s %s is %s %s and back %s (%v)", d, a.Stated, there, b.Stated, back, err)
		}
	})
}

func TestUnitContradicts(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"tỷ đ", "đồng", true}, {"trđ", "triệu đồng", false}, {"%", "người", true}, {"người", "%", false}, {"đồng", "%", true}, {"kg", "m", true},
		{"nghìn người", "người", true}, {"lượt", "người", false}, {"", "đồng", false}, {"đồng", "", false}, {"điểm %", "%", true}, {"quy đổi", "triệu đồng", false},
		{"triệu đồng", "Triệu đồng", false}, {"nghìn đồng", "triệu đồng", true}, {"lượt", "lượt người", false}, {"1.000 đồng", "nghìn đồng", false},
	} {
		if got := ParseUnit(tt.a).Contradicts(ParseUnit(tt.b)); got != tt.want {
			t.Errorf("%q contradicts %q: %t", tt.a, tt.b, got)
		}
	}
}

func TestFindUnit(t *testing.T) {
	for words, want := range map[string]string{
		"Tổng chi (tỷ đ)": "tỷ đ", "Đơn vị tính: Tỷ đồng": "Tỷ đồng", "ĐVT: Triệu đồng": "Triệu đồng", "Đơn vị: Triệu đồng.": "Triệu đồng",
		"Đơn vị tính : Món/Triệu VND": "Món/Triệu VND", "( ĐVT; Triệu đồng)": "Triệu đồng", "Đơn vị tỉnh: Triệu đồng": "Triệu đồng",
		"Chi thường xuyên (ĐVT: nghìn đồng)": "nghìn đồng", "Đơn vị báo cáo: Sở Y tế": "",
		"Đơn vị tính: Đồng Việt Nam (VND)": "Đồng Việt Nam (VND)", "Số hộ": "", "": "",
	} {
		if got, _ := FindUnit(words); got != want {
			t.Errorf("%q states %q, want %q", words, got, want)
		}
	}
	for words, want := range map[string]bool{"ĐVT: Triệu đồng": true, "(triệu đồng)": true, "( ĐVT; Triệu đồng)": true, "Tổng chi (tỷ đ)": false, "": false} {
		if _, general := FindUnit(words); general != want {
			t.Errorf("%q states a unit alone: %t", words, general)
		}
	}
	for words, want := range map[string]bool{"ĐVT": true, "Đơn vị tính": true, "Đơn vị": false, "Số hộ": false} {
		if got := IsUnitHead(words); got != want {
			t.Errorf("units stand under %q: %t", words, got)
		}
	}
}

func TestContradicted(t *testing.T) {
	for _, tt := range []struct {
		name, unit     string
		figures        []string
		want, anywhere bool
	}{
		{"billions over figures in đồng", "tỷ đ", []string{"5351909648.7", "163980235.5"}, true, true},
		{"the budget of the state in billions", "tỷ đồng", []string{"1212180", "990280"}, true, false},
		{"the same in millions", "triệu đồng", []string{"1313580000", "990280000"}, true, false},
		{"đồng over the same", "đồng", []string{"5351909648.7", "163980235.5"}, false, false},
		{"the budget of a province in billions", "tỷ đồng", []string{"15230.5", "980", "0"}, false, false},
		{"the budget of a province in thousands", "nghìn đồng", []string{"15230500000", "980000000"}, false, false},
		{"đồng over figures in millions", "đồng", []string{"5.5", "12", "0", "0.25"}, true, true},
		{"two small figures say nothing", "đồng", []string{"5.5", "12"}, false, false},
		{"one price among small ones", "đồng", []string{"5.5", "12", "2000"}, false, false},
		{"nothing at all", "đồng", []string{"0", "0", "0"}, false, false},
		{"people", "người", []string{"1000000000000000000"}, false, false},
		{"too long to be held", "nghìn tỷ đồng", []string{"99999999999999999999999999999999999999"}, true, true},
		{"negative", "tỷ đ", []string{"-5351909648.7"}, true, true},
	} {
		var figures []decimal.Decimal
		for _, f := range tt.figures {
			figures = append(figures, decimal.MustParse(f))
		}
		if got := Contradicted(ParseUnit(tt.unit), figures); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
		if got := ContradictedAnywhere(ParseUnit(tt.unit), figures); got != tt.anywhere {
			t.Errorf("%s, in a table of anybody's: %t", tt.name, got)
		}
	}
}

func FuzzParseUnit(f *testing.F) {
	for _, s := range []string{"1.000đ", "tr.đ", "Món/Triệu VND", "m²", "/", "nghìn", "ĐVT: %"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u := ParseUnit(s)
		if u.Measure && u.Base == "" || u.Contradicts(u) {
			t.Fatalf("%q is %+v", s, u)
		}
		FindUnit(s)
		ParseUnits(s)
	})
}
