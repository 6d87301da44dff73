package ingest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/fault"
)

// figuresOf draws a report on the form quy-tac: some of its places and flows.
func figuresOf(t *rapid.T, label string, most int) map[string]int {
	out := map[string]int{}
	for _, code := range []string{"1.2", "1.3", "1.6", "1.7", "1.8"} {
		if rapid.Bool().Draw(t, label+code) {
			out[code] = rapid.IntRange(0, most).Draw(t, label+code)
		}
	}
	for _, place := range []string{"288", "080", "291", "299"} {
		for _, code := range []string{"2.1", "2.2", "2.3", "2.5"} {
			if rapid.IntRange(0, 3).Draw(t, label+place+code) > 0 {
				out[place+" "+code] = rapid.IntRange(0, most).Draw(t, label+place+code)
			}
		}
	}
	return out
}

// asForm writes figures as a form.
func asForm(figures map[string]int) []byte {
	type value struct {
		Place     string `json:"place,omitempty"`
		Indicator string `json:"indicator"`
		Value     string `json:"value"`
	}
	form := struct {
		Nil    bool    `json:"nil"`
		Values []value `json:"values"`
	}{Values: []value{}}
	keys := []string{}
	for k := range figures {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		v := value{Indicator: k, Value: strconv.Itoa(figures[k])}
		if len(k) > 3 {
			v.Place, v.Indicator = k[:3], k[4:]
		}
		form.Values = append(form.Values, v)
	}
	b, err := json.Marshal(form)
	if err != nil {
		panic(err) // strings
	}
	return b
}

func copyFound(c report.Checked) bool {
	return slices.ContainsFunc(c.Draft.Findings, func(f fault.Fault) bool { return f.Code == fault.CopyOfLastPeriod })
}

// TestCopyOnlyWhereItIsNoAccident holds the detector against a count of its own:
// it never speaks of a first report, of one that has few figures, or of one in
// which more than one figure in twenty is another; and always of the very same
// one, when it is large enough.
func TestCopyOnlyWhereItIsNoAccident(t *testing.T) {
	base := testEnv(t, "quy-tac")
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int{1, 3, 40, 5000}).Draw(t, "most")
		was := figuresOf(t, "was", most)
		is := map[string]int{}
		for k, v := range was {
			is[k] = v
		}
		for k := range figuresOf(t, "other", 1) { // some of them are others now
			if rapid.IntRange(0, 19).Draw(t, "change "+k) == 0 {
				is[k] = rapid.IntRange(0, most).Draw(t, "now "+k)
			}
		}
		env := base
		form := asForm(is)
		if copyFound(Read(Upload{Via: report.ViaForm, Body: form}, env)) {
			t.Fatal("a first report is no copy")
		}
		env.Previous = Read(Upload{Via: report.ViaForm, Body: asForm(was)}, env).Draft.Facts
		compared, same := 0, 0
		values := map[int]bool{}
		for k := range union(was, is) {
			if was[k] == 0 && is[k] == 0 {
				continue
			}
			compared++
			if was[k] == is[k] {
				same++
				values[is[k]] = true
			}
		}
		want := same >= 10 && len(values) >= 5 && 20*same >= 19*compared
		if got := copyFound(Read(Upload{Via: report.ViaForm, Body: form}, env)); got != want {
			t.Fatalf("found %t, want %t: %d of %d figures the same, %d values", got, want, same, compared, len(values))
		}
	})
}

func union(a, b map[string]int) map[string]bool {
	out := map[string]bool{}
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

// TestCopyOfWhatStays: what there is at the end of a period may be as it was, and
// a report of nothing twice is no copy.
func TestCopyOfWhatStays(t *testing.T) {
	env := testEnv(t, "quy-tac")
	for i := range env.Definition.Indicators {
		env.Definition.Indicators[i].Roll.Time = report.RollLast
	}
	figures := map[string]int{}
	for i, place := range []string{"288", "080", "291", "299"} {
		for k, code := range []string{"2.1", "2.2", "2.3", "2.5"} {
			figures[place+" "+code] = 10*i + k + 1
		}
	}
	up := Upload{Via: report.ViaForm, Body: asForm(figures)}
	env.Previous = Read(up, env).Draft.Facts
	if copyFound(Read(up, env)) {
		t.Error("stocks that stayed the same are taken for a copy")
	}
	env = testEnv(t, "quy-tac")
	env.Previous = Read(up, env).Draft.Facts
	if !copyFound(Read(up, env)) {
		t.Fatal("the same figures as flows are no copy: the test shows nothing")
	}
	if copyFound(Read(Upload{Via: report.ViaForm, Body: []byte(`{"nil": true, "values": []}`)}, env)) {
		t.Error("a report of nothing is taken for a copy")
	}
}

// TestReadingOrder: within a severity, findings come as the paper is read: by the
// order of its sheets, then by row, then by column.
func TestReadingOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sheets := rapid.Permutation([]string{"Biểu 1", "Biểu 10", "Biểu 2", "Phụ lục"}).Draw(t, "sheets")
		type at struct{ sheet, row, col int }
		places := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) at {
			return at{rapid.IntRange(0, 3).Draw(t, "sheet"), rapid.IntRange(1, 120).Draw(t, "row"), rapid.IntRange(1, 60).Draw(t, "col")}
		}), 0, 30).Draw(t, "places")
		var l fault.List
		for _, p := range places {
			l = append(l, fault.New(fault.NotANumber).At(sheets[p.sheet], columnName(p.col)+strconv.Itoa(p.row)))
		}
		l.Sort(sheets...)
		slices.SortStableFunc(places, func(a, b at) int {
			return cmpAll(a.sheet-b.sheet, a.row-b.row, a.col-b.col)
		})
		for i, p := range places {
			if want := fmt.Sprintf("%s!%s%d", sheets[p.sheet], columnName(p.col), p.row); l[i].Place() != want {
				t.Fatalf("%d: %s, want %s", i, l[i].Place(), want)
			}
		}
	})
}

func cmpAll(differences ...int) int {
	for _, d := range differences {
		if d != 0 {
			return d
		}
	}
	return 0
}

// columnName writes a column number in letters, by another way than the program.
func columnName(n int) string {
	if n <= 26 {
		return string(rune('A' + n - 1))
	}
	return string(rune('A'+(n-1)/26-1)) + string(rune('A'+(n-1)%26))
}
