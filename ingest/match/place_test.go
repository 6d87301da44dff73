package match

import (
	"os"
	"strings"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// page is a table of testdata/places.txt.
type page struct {
	name           string
	day            calendar.Date
	labels, around []string
	want           []string
}

func pages(t *testing.T) []page {
	t.Helper()
	text, err := os.ReadFile("testdata/places.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []page
	for line := range strings.SplitSeq(string(text), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || word == "#" || len(out) == 0 && word != "table":
		case word == "table":
			out = append(out, page{name: rest})
		case word == "day":
			out[len(out)-1].day = calendar.MustDate(rest)
		case word == "around":
			out[len(out)-1].around = append(out[len(out)-1].around, rest)
		default:
			at := max(strings.LastIndex(line, " = "), strings.LastIndex(line, " ?"), strings.LastIndex(line, " ~ "), strings.LastIndex(line, " -"))
			if at < 0 {
				t.Fatalf("line %q says not what the label is", line)
			}
			p := &out[len(out)-1]
			p.labels, p.want = append(p.labels, line[:at]), append(p.want, strings.TrimSpace(line[at:]))
		}
	}
	return out
}

func TestPlaces(t *testing.T) {
	for _, p := range pages(t) {
		t.Run(p.name, func(t *testing.T) {
			for i, got := range Places(p.labels, p.around, p.day) {
				if said := says(got); said != p.want[i] && (p.want[i] != "?" || got.Sure()) {
					t.Errorf("%q is %q, want %q: %+v", p.labels[i], said, p.want[i], got)
				}
			}
		})
	}
}

// says puts an answer as the tables do.
func says(p Place) string {
	switch {
	case p.How == Group:
		return "~ " + p.Name
	case p.Sure():
		return "= " + p.Code
	case p.Code != "":
		return "? " + p.Code
	case p.How == Ambiguous:
		return "?"
	}
	return "-"
}

// TestEveryBareNameOfToday: in the list of its province every commune of today is
// known by its bare name.
func TestEveryBareNameOfToday(t *testing.T) {
	day := calendar.MustDate("2026-07-01")
	n := 0
	for _, p := range country.On(day).Provinces() {
		var labels []string
		communes := country.On(day).Communes(p.Code)
		for _, c := range communes {
			labels = append(labels, c.Name)
		}
		for i, got := range Places(labels, nil, day) {
			if n++; !got.Sure() || got.Code != communes[i].Code {
				t.Errorf("%s of %s is %+v", labels[i], p.Name, got)
			}
		}
	}
	if n != 3321 {
		t.Errorf("%d communes were looked for, want 3321", n)
	}
}

// TestNamesakesAreAsked: the 245 full names that several communes have are not
// guessed, and each of those communes is offered or there are too many.
func TestNamesakesAreAsked(t *testing.T) {
	day := calendar.MustDate("2026-07-01")
	codes := map[string][]string{}
	for _, p := range country.On(day).Provinces() {
		for _, c := range country.On(day).Communes(p.Code) {
			codes[c.FullName()] = append(codes[c.FullName()], c.Code)
		}
	}
	n := 0
	for name, of := range codes {
		if len(of) < 2 {
			continue
		}
		n++
		got := Places([]string{name}, nil, day)[0]
		if got.Sure() {
			t.Errorf("%s is one of %v and was taken for %s", name, of, got.Code)
		}
		if len(got.Choices) < min(len(of), mostChoices) {
			t.Errorf("%s is one of %v and the question offers %v", name, of, got.Choices)
		}
	}
	if n != 245 {
		t.Errorf("%d names of several, want 245", n)
	}
}

// TestChoices: a question offers the likeliest first, told apart by where they
// lie; an answer that is sure asks nothing but has its runner-up.
func TestChoices(t *testing.T) {
	day := calendar.MustDate("2021-03-30")
	got := Places([]string{"Hải Dương"}, nil, day)[0]
	if got.Code != "30" || got.Sure() || got.RunnerUp.Code != "288" || len(got.Choices) < 2 || got.Choices[0].Code != "30" || got.Choices[1].Code != "288" || got.Choices[1].Within != "Tỉnh Hải Dương" {
		t.Errorf("Hải Dương alone is %+v", got)
	}
	got = Places([]string{"Nam Sách", "Thanh Hà", "Tứ Kỳ", "Gia Lộc"}, []string{"tỉnh Hải Dương"}, day)[0]
	if !got.Sure() || got.Code != "291" || got.RunnerUp.Name != "Thị trấn Nam Sách" || len(got.Choices) != 0 {
		t.Errorf("Nam Sách among districts is %+v", got)
	}
	if want := calendar.MustDate("2025-06-30"); got.Until != want || got.Level != report.LevelDistrict || got.Province != "30" {
		t.Errorf("Nam Sách is until %s, a %s of %s", got.Until, got.Level, got.Province)
	}
}

// TestHow: an answer says by what it was found.
func TestHow(t *testing.T) {
	labels := []string{"Thành phố Lào Cai", "H. Bát Xát", "MườngKhương", "Si Ma Cai", "Huyen Bac Ha", "Bảo Thắngg", "Bảo Yên", "Sa Pa", "Văn Bàn", "Tỉnh Lào Cai", "UBND huyện Văn Bàn", "Tây Bắc", "Tỉnh Hà Tây"}
	want := []How{ByName, ByLevel, BySpelling, ByLevel, ByUnmarked, ByNear, ByLevel, ByLevel, ByLevel, ByName, About, Group, Former}
	for i, got := range Places(labels, nil, calendar.MustDate("2021-03-30")) {
		if got.How != want[i] {
			t.Errorf("%q was found by %d, want %d: %+v", labels[i], got.How, want[i], got)
		}
	}
}

// TestLevels: the register and the noun call the levels the same.
func TestLevels(t *testing.T) {
	if string(country.Province) != report.LevelProvince || string(country.District) != report.LevelDistrict || string(country.Commune) != report.LevelCommune {
		t.Error("levels of report/country and of report differ")
	}
}

// TestPlacesLong: a table in long form has each place again for each year.
func TestPlacesLong(t *testing.T) {
	var labels []string
	for range 3 {
		labels = append(labels, "Hà Nội", "Hải Dương", "Bắc Ninh", "Hưng Yên")
	}
	for i, got := range Places(labels, nil, calendar.MustDate("2021-03-30")) {
		if want := []string{"01", "30", "27", "33"}[i%4]; !got.Sure() || got.Code != want {
			t.Errorf("row %d, %s, is %+v", i, labels[i], got)
		}
	}
	// In a list that has each place once, two rows of one name are asked.
	for i, got := range Places([]string{"Hà Nội", "Hải Dương", "Bắc Ninh", "Hưng Yên", "Hải Dương"}, nil, calendar.MustDate("2021-03-30")) {
		if got.Sure() == (i == 1 || i == 4) {
			t.Errorf("row %d of five is %+v", i, got)
		}
	}
}

func FuzzPlaces(f *testing.F) {
	f.Add("Hải Dương\nTP. Chí Linh\nX. Tân Tiến (Yên Dũng)", "tỉnh Lào Cai")
	f.Add("TT.Huế\n(*)\n1)\n,\n(x\nP12", "")
	f.Fuzz(func(t *testing.T, rows, around string) {
		if len(rows) > 2000 {
			t.Skip()
		}
		labels := strings.Split(rows, "\n")
		got := Places(labels, []string{around}, calendar.Date{})
		if len(got) != len(labels) {
			t.Fatalf("%d answers to %d labels", len(got), len(labels))
		}
		for i, p := range got {
			if p.Sure() && (p.Code == "" || p.How == NotFound || p.How == About || p.How == Former || p.How == Ambiguous) || p.Confidence < 0 || p.Confidence > 1000 {
				t.Errorf("%q is %+v", labels[i], p)
			}
		}
	})
}
