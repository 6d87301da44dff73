package draft

import (
	"reflect"
	"testing"

	"tonghop/ingest/table"
	"tonghop/report/decimal"
)

func TestPeriodIn(t *testing.T) {
	for line, want := range map[string]string{
		"THÁNG 8 NĂM 2017":               "2017-M08",
		"Tháng 12/2020":                  "2020-M12",
		"tháng 13 năm 2020":              "2020",
		"Quý II năm 2024":                "2024-Q2",
		"Quý 4/2024":                     "2024-Q4",
		"6 tháng đầu năm 2021":           "2021-H1",
		"9 tháng năm 2021":               "2021-9M",
		"BÁO CÁO NĂM 2013":               "2013",
		"201708":                         "2017-M08",
		"201713":                         "",
		"Kỳ báo cáo: Quý....., năm 20..": "",
	} {
		if got := periodIn(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

func TestHeadingNumber(t *testing.T) {
	for line, want := range map[string]string{
		"Phụ lục 02: Biểu 01-CBQL":    "bieu-01-cbql",
		"Biểu số 03/LĐ":               "bieu-so-03-ld",
		"Mẫu số 05.2-ĐTN":             "mau-so-05-2-dtn",
		"Phụ lục số IV":               "phu-luc-so-iv",
		"G02005":                      "g02005",
		"Biểu dương các tập thể":      "",
		"(Kèm theo Thông tư số 1/TT)": "",
	} {
		var h heading
		h.read(line)
		if got := slug(h.number, "", 60); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

func TestFormula(t *testing.T) {
	g := &grid{rules: map[int]string{}}
	for i, index := range []string{"1", "2", "3", "4"} {
		g.cols = append(g.cols, &col{Col: table.Col{Col: i + 1, Index: index}, at: i})
	}
	for text, want := range map[string]formula{
		"4=1+2":             {kind: formulaSum, cols: []int{0, 1}},
		"4=(1)+(2)+(3)":     {kind: formulaSum, cols: []int{0, 1, 2}},
		"4=1-2":             {kind: formulaMixed, cols: []int{0, 1}},
		"4=2/1*100":         {kind: formulaRatio, num: 1, den: 0, factor: 100},
		"4=2/1":             {kind: formulaRatio, num: 1, den: 0, factor: 1},
		"4=2x100/1":         {kind: formulaRatio, num: 1, den: 0, factor: 100},
		"4=1-(2+3)":         {kind: formulaOther}, // brackets change what is meant
		"4=1+7":             {kind: formulaOther}, // no such column
		"4=4+1":             {kind: formulaOther}, // itself
		"4=1/1":             {kind: formulaOther},
		"4=bình quân của 1": {kind: formulaOther},
		"":                  {},
	} {
		g.rules[4] = text
		got := g.formula(g.cols[3])
		if got.kind != want.kind || got.kind == formulaRatio && (got.num != want.num || got.den != want.den || got.factor != want.factor) ||
			(got.kind == formulaSum || got.kind == formulaMixed) && !reflect.DeepEqual(got.cols, want.cols) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}

func TestNatureOf(t *testing.T) {
	figuresOf := func(texts ...string) (f figures) {
		for _, s := range texts {
			f.add(decimal.MustParse(s), false)
		}
		return f
	}
	for _, c := range []struct {
		words, unit string
		seen        figures
		typ         string
		scale       int
		roll        *Roll
		asks        int
	}{
		{"Số hộ nghèo", "hộ", figures{}, "int", 0, nil, 0},
		{"Kinh phí", "triệu đồng", figures{}, "dec", 3, nil, 0},
		{"Kinh phí", "triệu đồng", figuresOf("1.2345"), "dec", 4, nil, 0},
		{"Kinh phí", "triệu đồng", figuresOf("12"), "dec", 3, nil, 1},
		{"Kinh phí", "đồng", figuresOf("1200"), "int", 0, nil, 0},
		{"Lãi lỗ", "đồng", figuresOf("-5"), "int", 0, nil, 1},
		{"Tỷ lệ hộ nghèo", "%", figures{}, "dec", 2, &Roll{"none", "none", "none"}, 1},
		{"So với GDP", "", figures{count: 1, scale: 4, percent: true}, "dec", 4, &Roll{"none", "none", "none"}, 1},
		{"Số dư cuối kỳ", "đồng", figures{}, "int", 0, &Roll{Time: "last"}, 1},
		{"Số dư đầu kỳ", "đồng", figures{}, "int", 0, &Roll{Time: "first"}, 1},
		{"Tổng số cán bộ", "Triệu VND", figures{}, "int", 0, nil, 1},
	} {
		n, asks := natureOf(c.words, c.unit, c.seen)
		if n.typ != c.typ || n.scale != c.scale || !reflect.DeepEqual(n.roll, c.roll) || len(asks) != c.asks {
			t.Errorf("%s (%s): %s %d %v with %d questions, want %s %d %v with %d", c.words, c.unit, n.typ, n.scale, n.roll, len(asks), c.typ, c.scale, c.roll, c.asks)
		}
		if c.seen.minus != (n.min != "") {
			t.Errorf("%s: least %q", c.words, n.min)
		}
	}
}

func TestNamesOnce(t *testing.T) {
	n := names{}
	var got []string
	for _, code := range []string{"a", "A", "a", "abcd"} {
		got = append(got, n.once(code, 4))
	}
	if want := []string{"a", "A-2", "a-3", "abcd"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if again := n.once("abcd", 4); again != "ab-2" {
		t.Errorf("%q, want ab-2: as long as may be", again)
	}
}

func TestClip(t *testing.T) {
	if got := clip("Biểu", 4); got != "Bi" {
		t.Errorf("%q: a character was cut in two", got)
	}
}

// TestScalar holds that no text is taken for anything else or breaks its line.
func TestScalar(t *testing.T) {
	for text, want := range map[string]string{
		"int":              "int",
		"no":               `"no"`,
		"2021":             `"2021"`,
		`a "b" \c`:         `"a \"b\" \\c"`,
		"a: b #c":          `"a: b #c"`,
		"a\nb\t\u2028\x01": `"a\nb\t\U00002028\U00000001"`,
	} {
		if got := scalar(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
