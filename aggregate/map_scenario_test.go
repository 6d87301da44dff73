package aggregate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
	"tonghop/report/decimal"
)

// TestMapScenarios plays the stories under other maps in testdata/ban-do. Registers come first,
// then requests, and what a and b submit:
//
//	danh mục 30/6/2025: 10 15                 the units of these provinces on that day;
//	danh mục 30/6/2025: 01, dân số 00008 6000 with how many people live in a unit to come
//	q1: 2025-Q1 theo 30/6/2025                a request, its period, its register
//	q1 a nộp: 00007 sum 10, 00006 sum 5       for q1, a submits
//
// A table is asked for by the name of its file: the request, "ngày=" whose map, "kỳ=" which
// period, "chia=" the key: "đều", "dân-số", or weights such as "00008:3,00025:1"; "tỉnh" by
// province, "đơn-vị" and "địa-bàn" apart, "cùng-kỳ" beside last year; then the indicators.
func TestMapScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/ban-do/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			w := playOnMaps(t, string(a.Files[0].Data))
			for i := 1; i < len(a.Files); i++ {
				got := mapTable(t, w, a.Files[i].Name)
				if want := string(a.Files[i].Data); got != want && !*update {
					t.Errorf("%s: got\n%swant\n%s", a.Files[i].Name, got, want)
				}
				a.Files[i].Data = []byte(got)
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// dayIn reads a day as people write it: 30/6/2025.
func dayIn(t *testing.T, text string) calendar.Date {
	var d, m, y int
	if n, err := fmt.Sscanf(text, "%d/%d/%d", &d, &m, &y); n != 3 || err != nil {
		t.Fatalf("no day: %q", text)
	}
	return calendar.MustDate(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
}

func playOnMaps(t *testing.T, story string) *mapWorld {
	w := newMapWorld()
	for line := range strings.Lines(story) {
		line = strings.TrimSpace(line)
		head, rest, _ := strings.Cut(line, ": ")
		words := strings.Fields(head)
		switch {
		case line == "":
		case strings.HasPrefix(line, "danh mục "):
			day := dayIn(t, words[2]).String()
			parts := strings.Split(rest, ", ")
			r := mapRegister(day, strings.Fields(parts[0])...)
			for _, p := range parts[1:] {
				var code string
				var people int64
				if n, err := fmt.Sscanf(p, "dân số %s %d", &code, &people); n != 2 || err != nil {
					t.Fatalf("no population: %q", p)
				}
				addPopulation(t, r, code, people)
			}
			w.add(report.Key{Scope: report.ScopeRegister, Name: "vn"}, &report.RegisterApplied{Register: r.Index()})
		case len(words) == 1:
			period, by, _ := strings.Cut(rest, " theo ")
			w.request(words[0], period, dayIn(t, by).String())
		case len(words) == 3 && words[2] == "nộp":
			w.submit(words[0], words[1], factsIn(t, words[1], rest)...)
		default:
			t.Fatalf("no such line: %q", line)
		}
	}
	return w
}

// addPopulation makes known how many people live in a unit of today.
func addPopulation(t *testing.T, r *report.Register, code string, people int64) {
	u := country.On(calendar.Date{}).Unit(code)
	if u == nil {
		t.Fatalf("no unit %s", code)
	}
	for i := range r.Places {
		if r.Places[i].Code == code { // another unit of that code, until then
			r.Places[i].Until = u.From.AddDays(-1)
		}
	}
	r.Places = append(r.Places, report.Place{Code: code, Name: report.Text{VI: u.FullName()}, Level: string(u.Level), Parent: u.Parent, From: u.From, Population: decimal.FromInt(people)})
}

// mapTable answers the question in the name of a file.
func mapTable(t *testing.T, w *mapWorld, name string) string {
	question, indicators, _ := strings.Cut(name, ": ")
	words := strings.Fields(question)
	q := Query{Request: words[0], Indicators: strings.Fields(indicators)}
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "ngày":
			q.Map.On = dayIn(t, value)
		case "kỳ":
			q.Window = Window{Period: value, Calendar: "civil"}
		case "chia":
			q.Map.Allocate, q.Map.Weights = keyIn(t, value)
		case "địa-bàn":
			q.By = append(q.By, ByPlace)
		case "đơn-vị":
			q.By = append(q.By, ByAgency)
		case "tỉnh":
			q.By, q.Level = append(q.By, ByPlace), report.LevelProvince
		case "cùng-kỳ":
			q.Against = []string{AgainstLastYear}
		default:
			t.Fatalf("no such question: %q", word)
		}
	}
	r, err := w.state.Rollup(&w.ledger, q)
	if err != nil {
		return err.Error() + "\n"
	}
	var b strings.Builder
	mappedInWords(&b, r, r.Mapped, "")
	for i := range r.Bases {
		mappedInWords(&b, r, r.Bases[i].Mapped, baseInWords[r.Bases[i].With]+": ")
	}
	for i := range r.Rows {
		row := r.Rows[i]
		if row.Place != nil {
			named := fmt.Sprintf("%s (%s)", r.Register.PlaceName(*row.Place), *row.Place)
			row.Place = &named
		}
		rowInWords(&b, &row)
	}
	return b.String()
}

func keyIn(t *testing.T, text string) (string, map[string]decimal.Decimal) {
	switch text {
	case "đều":
		return AllocateEqually, nil
	case "dân-số":
		return AllocateByPopulation, nil
	}
	weights := map[string]decimal.Decimal{}
	for one := range strings.SplitSeq(text, ",") {
		code, weight, _ := strings.Cut(one, ":")
		d, err := decimal.Parse(weight)
		if err != nil {
			t.Fatal(err)
		}
		weights[code] = d
	}
	return AllocateByWeights, weights
}

var keysInWords = map[string]string{AllocateEqually: "đều", AllocateByPopulation: "theo dân số", AllocateByWeights: "theo trọng số đã cho"}

// mappedInWords says what became of places.
func mappedInWords(b *strings.Builder, r *Rollup, m *Mapped, of string) {
	if m == nil {
		return
	}
	fmt.Fprintf(b, "%sxem theo bản đồ ngày %s\n", of, m.On.Vietnamese())
	for _, d := range m.Divided {
		var parts []string
		for _, p := range d.Parts {
			parts = append(parts, fmt.Sprintf("%s %s (%s)", p.Share, r.Register.PlaceName(p.Place), p.Place))
		}
		fmt.Fprintf(b, "%schia %s %s: %s\n", of, d.Name.VI, keysInWords[d.By], strings.Join(parts, ", "))
	}
	if len(m.Kept) > 0 {
		fmt.Fprintf(b, "%sgiữ nguyên: %s\n", of, strings.Join(slices.Sorted(slices.Values(m.Kept)), ", "))
	}
}
