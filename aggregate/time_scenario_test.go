package aggregate

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/report"
	"tonghop/report/calendar"
)

// storyDefinition is what the stories over time ask.
func storyDefinition() *report.Definition {
	rate := report.Roll{Agency: report.RollRatio, Place: report.RollRatio, Time: report.RollRatio}
	return &report.Definition{Code: "d", Version: "s", Calendar: "d09", Plan: "kh", Indicators: []report.Indicator{
		{Code: "lượt", Unit: "lượt người", Type: report.TypeInt},
		{Code: "nghèo", Unit: "hộ", Type: report.TypeInt, Roll: timeRoll("", "", report.RollLast)},
		{Code: "hộ", Unit: "hộ", Type: report.TypeInt, Roll: timeRoll("", "", report.RollLast)},
		{Code: "tỷ-lệ", Unit: "%", Type: report.TypeDec, Scale: 1, Num: "nghèo", Den: "hộ", Factor: 100, Roll: rate},
		{Code: "đạt", Unit: "lượt người", Type: report.TypeInt},
		{Code: "%đạt", Unit: "%", Type: report.TypeDec, Scale: 1, Num: "đạt", Den: "lượt", Factor: 100, Roll: rate},
		{Code: "đông-nhất", Unit: "người", Type: report.TypeInt, Roll: timeRoll("", "", report.RollMax)},
		{Code: "người", Unit: "người", Type: report.TypeInt, Roll: timeRoll("", "", report.RollNone)},
		{Code: "chi", Unit: "triệu đồng", Type: report.TypeDec, Scale: 1, Plan: "được-giao"},
		{Code: "được-giao", Unit: "triệu đồng", Type: report.TypeInt, Roll: timeRoll("", "", report.RollLast)},
	}}
}

// TestTimeScenarios plays the stories over time in testdata/nhieu-ky. Beside what
// the others know, each deed names its request, and requests are opened first:
//
//	t4: 2021-M04 của syt sgd              a request, its period, whom it asks
//	kh: 2021 của syt sgd                  one that begins so assigns plans, by a definition of its own
//	d: 2021-03-20..2021-03-30 của syt     one of some days, under Decree 09/2019;
//	n: 2021-03-25 của syt, dương lịch     of one day, under the civil calendar
//	t6: 2021-M06 của syt, danh mục 2      by the register after 10528 moved to 290
//	2021-M07 bắt đầu 2021-07-01           a decision makes a month begin on another day
//	t4 syt nộp: 288 lượt 30               for t4, syt submits
//	t4 syt nộp: không phát sinh
//	t4 sở duyệt syt, t4 sở khóa
//
// A table is asked for by the name of its file: the request, the period, "lũy-kế",
// "dương-lịch", the axes, "huyện" by district, "kỳ-trước", "cùng-kỳ" and "kế-hoạch"; then the
// indicators. What the period is made of stands above each table. The period "-" is that of
// the request itself, of which "chặn" gives bounds of what is missing.
func TestTimeScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/nhieu-ky/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f := folded(playOverTime(t, string(a.Files[0].Data)))
			for i := 1; i < len(a.Files); i++ {
				got := timeTable(t, f, a.Files[i].Name)
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

// playOverTime turns a story into events.
func playOverTime(t *testing.T, story string) []*report.Event {
	h := newTimeHistory(1)
	def := storyDefinition()
	for line := range strings.Lines(story) {
		if month, day, ok := strings.Cut(strings.TrimSpace(line), " bắt đầu "); ok {
			def.Special = append(def.Special, calendar.Special{Month: month, Begins: calendar.MustDate(day), Basis: "Công văn 12"})
		}
	}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: def})
	plan := storyDefinition()
	plan.Code, plan.Plan = "kh", ""
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "kh"}, &report.DefinitionApplied{Definition: plan})
	asks := map[string]*timeAsk{}
	for line := range strings.Lines(story) {
		if line = strings.TrimSpace(line); line == "" || strings.Contains(line, " bắt đầu ") {
			continue
		}
		if code, what, _ := strings.Cut(line, ": "); !strings.Contains(code, " ") {
			asks[code] = h.askInWords(code, what)
			continue
		}
		code, deed, _ := strings.Cut(line, " ")
		a := asks[code]
		if a == nil {
			t.Fatalf("no such request: %q", line)
		}
		deed, words, _ := strings.Cut(deed, ": ")
		switch who, what, _ := strings.Cut(deed, " "); {
		case what == "nộp" && words == "không phát sinh":
			h.submit(a, who, report.Draft{Nil: true})
		case what == "nộp":
			h.submit(a, who, facts(factsIn(t, who, words)...))
		case deed == "sở khóa":
			h.add(report.RequestKey(code), &report.Closed{Reason: "hết hạn nhận báo cáo"})
		case who == "sở" && strings.HasPrefix(what, "duyệt "):
			agency := strings.TrimPrefix(what, "duyệt ")
			subs := a.subs[agency]
			h.add(report.ReturnKey(code, agency), &report.Approved{Submission: subs[len(subs)-1].ID})
		default:
			t.Fatalf("no such deed: %q", line)
		}
	}
	return h.events
}

// askInWords opens a request as a story does.
func (h *timeHistory) askInWords(code, words string) *timeAsk {
	words, moved := strings.CutSuffix(words, ", danh mục 2")
	words, civil := strings.CutSuffix(words, ", dương lịch")
	period, roster, _ := strings.Cut(words, " của ")
	if len(period) == len("2021-03-25") {
		period += ".." + period
	}
	cal := "d09"
	if civil {
		cal = "civil"
	}
	a := h.ask(code, cal, period, strings.Fields(roster)...)
	if a.Version = "s"; moved {
		a.Registered = "2"
	}
	if strings.HasPrefix(code, "kh") {
		a.Definition = "kh"
	}
	h.open(a, 1)
	return a
}

// timeTable answers the question in the name of a file.
func timeTable(t *testing.T, f *fold, name string) string {
	question, indicators, _ := strings.Cut(name, ": ")
	words := strings.Fields(question)
	q := Query{Request: words[0], Window: Window{Period: words[1], Calendar: "d09"}, Indicators: strings.Fields(indicators)}
	if words[1] == "-" {
		q.Window = Window{}
	}
	for _, word := range words[2:] {
		switch word {
		case "lũy-kế":
			q.Cumulative = true
		case "dương-lịch":
			q.Window.Calendar = "civil"
		case "đơn-vị":
			q.By = append(q.By, ByAgency)
		case "địa-bàn":
			q.By = append(q.By, ByPlace)
		case "huyện":
			q.Level = report.LevelDistrict
		case "nhóm":
			q.By = append(q.By, ByGroup)
		case "đơn-vị-con":
			q.By = append(q.By, ByUnit)
		case "chặn":
			q.Bounds = true
		case "kỳ-trước":
			q.Against = append(q.Against, AgainstPrevious)
		case "cùng-kỳ":
			q.Against = append(q.Against, AgainstLastYear)
		case "kế-hoạch":
			q.Against = append(q.Against, AgainstPlan)
		case "chính-thức":
			q.Official = true
		default:
			t.Fatalf("no such question: %q", word)
		}
	}
	r, err := f.state.Rollup(&f.ledger, q)
	if err != nil {
		return err.Error() + "\n"
	}
	var b strings.Builder
	if r.Over != nil {
		overInWords(&b, r.Over)
	}
	if r.Provisional {
		b.WriteString("TẠM TÍNH\n")
	}
	for i := range r.Bases {
		base := &r.Bases[i]
		switch {
		case base.IsNothing():
			fmt.Fprintf(&b, "%s (%s – %s): không có báo cáo\n", baseInWords[base.With], base.From.Vietnamese(), base.To.Vietnamese())
		case base.Over != nil:
			fmt.Fprintf(&b, "%s: %s, %d/%d báo cáo\n", baseInWords[base.With], base.Over.Title.VI, base.Over.Reports.Heard, base.Over.Reports.Asked)
		}
		for _, code := range slices.Sorted(maps.Keys(base.Plans)) {
			fmt.Fprintf(&b, "kế hoạch của %s: %s\n", code, base.Plans[code])
		}
		if len(base.Unlike) > 0 && base.With == AgainstPlan {
			fmt.Fprintf(&b, "không có kế hoạch: %s\n", strings.Join(base.Unlike, " "))
		}
	}
	for i := range r.Rows {
		rowInWords(&b, &r.Rows[i])
	}
	return b.String()
}

var baseInWords = map[string]string{AgainstPrevious: "so với kỳ trước", AgainstLastYear: "so với cùng kỳ", AgainstPlan: "so với kế hoạch"}

func daysInWords(from, to calendar.Date) string {
	if from == to {
		return from.Vietnamese()
	}
	return from.Vietnamese() + " – " + to.Vietnamese()
}

func overInWords(b *strings.Builder, o *Over) {
	fmt.Fprintf(b, "%s (%s), %d/%d báo cáo\n", o.Title.VI, daysInWords(o.From, o.To), o.Reports.Heard, o.Reports.Asked)
	for _, p := range o.Parts {
		fmt.Fprintf(b, "gồm %s (%s) %d/%d", p.Request, daysInWords(p.From, p.To), p.Heard, p.Asked)
		if len(p.Missing) > 0 {
			b.WriteString(", chưa có: " + strings.Join(p.Missing, " "))
		}
		b.WriteString("\n")
	}
	for _, g := range o.Gaps {
		fmt.Fprintf(b, "không có báo cáo cho %s\n", daysInWords(g.From, g.To))
	}
	for _, a := range o.Aside {
		why := map[AsideReason]string{AsideAcross: "nằm vắt qua ranh giới kỳ", AsideTwice: "đã tính ở báo cáo khác"}[a.Reason]
		fmt.Fprintf(b, "không tính %s (%s): %s\n", a.Request, daysInWords(a.From, a.To), why)
	}
}

func rowInWords(b *strings.Builder, r *Row) {
	of := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	body := r.Agency
	if body == nil {
		body = r.Group
	}
	fmt.Fprintf(b, "%s %s", of(body), of(r.Place))
	if r.Unit != nil {
		fmt.Fprintf(b, " [%s]", *r.Unit)
	}
	fmt.Fprintf(b, " %s %s", r.Indicator, of(r.Value))
	if r.Mark != "" {
		fmt.Fprintf(b, " (%s)", r.Mark)
	}
	fmt.Fprintf(b, " %d/%d", r.Heard, r.Asked)
	if r.Reports != nil {
		fmt.Fprintf(b, ", %d/%d báo cáo", r.Reports.Heard, r.Reports.Asked)
	}
	if r.Bounds != nil {
		fmt.Fprintf(b, "; nếu đủ thì từ %s đến %s, thêm %d đơn vị, %d đơn vị chưa từng báo cáo", r.Bounds.Low, r.Bounds.High, r.Bounds.Agencies, r.Bounds.Unknown)
	}
	for _, with := range AgainstAll {
		a, compared := r.Against[with]
		if !compared {
			continue
		}
		fmt.Fprintf(b, "; %s %s", baseInWords[with], of(a.Value))
		if a.Mark != "" {
			fmt.Fprintf(b, " (%s)", a.Mark)
		}
		for _, one := range []struct {
			name  string
			value *string
		}{{"hơn kém", a.Difference}, {"chỉ số %", a.Index}, {"tăng giảm %", a.Growth}} {
			if one.value != nil {
				fmt.Fprintf(b, ", %s %s", one.name, *one.value)
			}
		}
	}
	b.WriteString("\n")
}
