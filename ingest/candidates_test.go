package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/report"
	"tonghop/report/fault"
)

func TestLikeness(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		alike bool
		why   string
	}{
		{"nam sahc", "nam sach", true, "two letters exchanged"},
		{"so luot nguoi duoc tro giup", "so nguoi duoc tro giup", true, "a word more"},
		{"ho duoc tro giup so ho", "so ho duoc tro giup", true, "the same words in another order"},
		{"nam sach", "thanh ha", false, "another district"},
		{"kinh phi", "kinh mon", false, "one word in common"},
		{"kinh phi", "kinh", false, "one word in common, and it is all of one name"},
		{"", "nam sach", false, "nothing"},
		{strings.Repeat("a", 200), strings.Repeat("a", 200), false, "too long to be a name"},
	} {
		ab, ba := likeness(test.a, test.b), likeness(test.b, test.a)
		if ab != ba || ab < 0 || ab > 100 {
			t.Errorf("%q and %q are alike by %d one way and %d the other", test.a, test.b, ab, ba)
		}
		if (ab >= leastAlike) != test.alike {
			t.Errorf("%q and %q are alike by %d: %s", test.a, test.b, ab, test.why)
		}
	}
}

// TestNothingIsMappedByLikeness writes every heading and every place of a form with
// each sort of slip, and wants a question or a finding, and never a figure.
func TestNothingIsMappedByLikeness(t *testing.T) {
	env := testEnv(t, "places")
	slips := map[string]func(string) string{
		"a letter lacks":           func(s string) string { return drop(s, len([]rune(s))/2) },
		"a letter is doubled":      func(s string) string { r := []rune(s); return string(r[:2]) + string(r[1:]) },
		"two letters change place": func(s string) string { r := []rune(s); n := len(r) - 1; r[n], r[n-1] = r[n-1], r[n]; return string(r) },
		"a word more":              func(s string) string { return s + " khác" },
		"a word before":            func(s string) string { return "Tổng " + s },
	}
	exact := map[string]bool{}
	for _, ind := range env.Definition.Indicators {
		exact[strings.ToLower(ind.Name.VI)] = true
	}
	questions := 0
	for _, code := range env.Definition.Sheets[1].Indicators {
		name := env.Definition.Indicator(code).Name.VI
		for slip, write := range slips {
			heading := write(name)
			if exact[strings.ToLower(heading)] {
				continue
			}
			other := "Số người được trợ giúp"
			if code == "2.01" {
				other = "Số hộ được trợ giúp"
			}
			got := readSheets(env, bookOf("Chỉ tiêu | Kết quả\nSố văn bản đã ban hành | #3\n",
				fmt.Sprintf("Địa bàn | %s | %s\nHuyện Nam Sách | #5 | #77\n", other, strings.ReplaceAll(heading, ":", ""))))
			for _, f := range got.Draft.Facts.All() {
				if f.Source.Text == "77" && !strings.Contains(heading, ":") {
					t.Errorf("%s: %q was read as %s", slip, heading, f.Indicator)
				}
			}
			questions += len(got.Draft.Questions)
		}
	}
	for _, p := range env.Register.Places {
		if p.Level != report.LevelDistrict || !p.Until.IsZero() || p.Parent != "30" {
			continue
		}
		for slip, write := range slips {
			label := write(p.Name.VI)
			got := readSheets(env, bookOf("Chỉ tiêu | Kết quả\nSố văn bản đã ban hành | #3\n",
				fmt.Sprintf("Địa bàn | Số người được trợ giúp\n%s | #77\n", label)))
			for _, f := range got.Draft.Facts.All() {
				if f.Source.Text == "77" {
					t.Errorf("%s: %q was read as %s", slip, label, f.Place)
				}
			}
			questions += len(got.Draft.Questions)
		}
	}
	if questions < 50 {
		t.Errorf("only %d questions were asked: the slips are not like anything", questions)
	}
}

func drop(s string, at int) string {
	r := []rune(s)
	return string(slices.Delete(r, at, at+1))
}

// TestQuestionsAreBounded: a table of a thousand columns of its own, each nearly one
// of the form's, asks a hundred questions, and of each column says something.
func TestQuestionsAreBounded(t *testing.T) {
	env := testEnv(t, "places")
	var heads, figures strings.Builder
	for i := range 900 {
		fmt.Fprintf(&heads, " | Số hộ được trợ giúp lần %d", i)
		figures.WriteString(" | #7")
	}
	book := &sheet.Book{}
	for i, text := range []string{"Chỉ tiêu | Kết quả\nSố văn bản đã ban hành | #3\n",
		"Địa bàn | Số người được trợ giúp" + heads.String() + "\nHuyện Nam Sách | #5" + figures.String() + "\n"} {
		g, err := parseGrid(fmt.Sprintf("Biểu %d", i+1), text)
		if err != nil {
			t.Fatal(err)
		}
		book.Sheets = append(book.Sheets, sheet.FromGrid(g))
	}
	got := readSheets(env, book)
	holds(t, got)
	if n := len(got.Draft.Questions); n != report.MaxQuestions {
		t.Errorf("%d questions, want %d", n, report.MaxQuestions)
	}
	told := 0
	for _, f := range got.Draft.Findings {
		if f.Code == fault.ColumnAsked || f.Code == fault.ColumnLeftOut {
			told++
		}
	}
	if told != 900 {
		t.Errorf("%d columns are told of, want every one (law 4)", told)
	}
}
