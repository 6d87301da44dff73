package aggregate

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/report"
	"tonghop/report/decimal"
)

var update = flag.Bool("update", false, "write the tables of testdata/*.txtar anew")

// TestScenarios plays the stories in testdata. Each is a text a clerk can read
// and add to: what happened, line by line, and the tables that follow from it.
//
//	08:00 syt nộp: 288 sum 3, 288 w 20     submits figures: place, indicator, value
//	08:00 syt nộp: không phát sinh          submits a nil report
//	09:00 syt thu hồi                       takes its newest submission back
//	10:00 sở duyệt syt                      the department approves,
//	10:00 sở trả lại syt                    sends back,
//	10:00 sở điều chỉnh syt: 288 sum 4      adjusts,
//	11:00 sở khóa, 12:00 sở mở lại          closes and reopens
//
// A table is asked for by the name of its file: the axes, then the indicators,
// with "@09:30" as of that time, "huyện" by district, "chính thức" official. The name
// "đính-chính @11:30" asks what became of the figures since then, by whom and why.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { playFile(t, file) })
	}
}

func playFile(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f := folded(play(t, string(a.Files[0].Data)))
	for i := 1; i < len(a.Files); i++ {
		name := a.Files[i].Name
		got := tableAsked(t, f, name)
		if want := string(a.Files[i].Data); got != want && !*update {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
		a.Files[i].Data = []byte(got)
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// play turns a story into events.
func play(t *testing.T, story string) []*report.Event {
	h := newHistory(1)
	for line := range strings.Lines(story) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		clock, deed, _ := strings.Cut(line, " ")
		h.now = timeOf(t, clock)
		deed, words, _ := strings.Cut(deed, ": ")
		who, what, _ := strings.Cut(deed, " ")
		if who == "sở" {
			h.department(t, what, words)
			continue
		}
		h.agency(t, who, what, words)
	}
	return h.events
}

func timeOf(t *testing.T, clock string) time.Time {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2021, 3, 25, at.Hour(), at.Minute(), 0, 0, time.UTC)
}

func (h *history) agency(t *testing.T, who, what, words string) {
	switch what {
	case "nộp":
		if words == "không phát sinh" {
			h.submit(who, report.Draft{Nil: true})
			return
		}
		h.submit(who, facts(factsIn(t, who, words)...))
	case "thu hồi":
		h.add(report.ReturnKey(testRequest, who), &report.Withdrawn{Submission: h.newest(who), Reason: "nhầm tệp báo cáo"})
	default:
		t.Fatalf("no such deed: %s %s", who, what)
	}
}

func (h *history) department(t *testing.T, what, words string) {
	deed, agency, _ := strings.Cut(what, " ")
	if deed == "trả" || deed == "điều" {
		_, agency, _ = strings.Cut(agency, " ")
	}
	key := report.ReturnKey(testRequest, agency)
	switch deed {
	case "duyệt":
		h.add(key, &report.Approved{Submission: h.newest(agency)})
	case "trả":
		h.add(key, &report.Returned{Submission: h.newest(agency), Reason: "số liệu chưa khớp"})
	case "điều":
		f := factsIn(t, agency, words)[0]
		h.add(key, &report.Adjusted{Submission: h.newest(agency), Unit: agency, Place: f.Place, Indicator: f.Indicator, New: f.Value.Num, Reason: "theo biên bản"})
	case "khóa":
		h.add(report.RequestKey(testRequest), &report.Closed{Reason: "hết hạn nhận báo cáo"})
	case "mở":
		h.add(report.RequestKey(testRequest), &report.Reopened{Reason: "có đơn vị gửi bổ sung"})
	default:
		t.Fatalf("no such deed: sở %s", what)
	}
}

func (h *history) newest(agency string) string {
	subs := h.subs[agency]
	return subs[len(subs)-1].ID
}

// factsIn reads "288 sum 3, bv1/288 w 20": a unit stands before the place.
func factsIn(t *testing.T, agency, words string) []report.Fact {
	var out []report.Fact
	for item := range strings.SplitSeq(words, ", ") {
		part := strings.SplitN(item, " ", 3)
		if len(part) != 3 {
			t.Fatalf("not place, indicator and value: %q", item)
		}
		f := report.Fact{Unit: agency, Place: part[0], Indicator: part[1]}
		if unit, place, ok := strings.Cut(part[0], "/"); ok {
			f.Unit, f.Place = unit, place
		}
		switch text := part[2]; {
		case text == "không phát sinh":
			f.Value.Kind = report.Nil
		case text == "…":
			f.Value.Kind = report.NotCollected
		case text == "có", text == "không":
			f.Value = report.BoolOf(text == "có")
		case part[1] == "text":
			f.Value = report.TextOf(text)
		default:
			d, err := decimal.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			f.Value = report.NumberOf(d)
		}
		out = append(out, f)
	}
	return out
}

// tableAsked answers the question in the name of a file.
func tableAsked(t *testing.T, f *fold, name string) string {
	if since, is := strings.CutPrefix(name, "đính-chính @"); is {
		return changesAsked(t, f, timeOf(t, since))
	}
	q := Query{Request: testRequest}
	question, indicators, _ := strings.Cut(name, ": ")
	q.Indicators = strings.Fields(indicators)
	for word := range strings.FieldsSeq(question) {
		switch {
		case word == "đơn-vị":
			q.By = append(q.By, ByAgency)
		case word == "địa-bàn":
			q.By = append(q.By, ByPlace)
		case word == "đơn-vị-con":
			q.By = append(q.By, ByUnit)
		case word == "huyện":
			q.Level = report.LevelDistrict
		case word == "chính-thức":
			q.Official = true
		case word == "toàn-tỉnh":
		case strings.HasPrefix(word, "@"):
			q.AsOf = timeOf(t, word[1:])
		default:
			t.Fatalf("no such question: %q", word)
		}
	}
	r, err := f.state.Rollup(&f.ledger, q)
	if err != nil {
		t.Fatal(err)
	}
	head := fmt.Sprintf("%d/%d", r.Heard, r.Asked)
	if len(r.Missing) > 0 {
		head += ", chưa có: " + strings.Join(r.Missing, " ")
	}
	if r.Provisional {
		head += ", TẠM TÍNH"
	}
	return head + "\n" + table(r)
}

// deedsInWords says what was done as the stories do.
var deedsInWords = map[report.EventKind]string{
	report.KindSubmitted: "nộp", report.KindWithdrawn: "thu hồi", report.KindReturned: "sở trả lại", report.KindApproved: "sở duyệt",
	report.KindAdjusted: "sở điều chỉnh", report.KindClosed: "sở khóa", report.KindReopened: "sở mở lại",
}

// changesAsked gives what became of the figures since a moment, as a correction notice has it.
func changesAsked(t *testing.T, f *fold, since time.Time) string {
	c, err := f.state.Changes(&f.ledger, testRequest, since, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, d := range c.Deeds {
		fmt.Fprintf(&b, "(%d) %s %s", i+1, cmp.Or(deedsInWords[d.Kind], string(d.Kind)), d.Agency)
		if d.Version > 0 {
			fmt.Fprintf(&b, ", bản %d", d.Version)
		}
		if d.Reason != "" {
			fmt.Fprintf(&b, ": %s", d.Reason)
		}
		b.WriteString("\n")
	}
	show := func(value *string, mark report.Mark) string {
		if value == nil {
			return "- (" + string(mark) + ")"
		}
		return *value
	}
	for _, part := range [][]report.Changed{c.Totals, c.Cells} {
		for _, x := range part {
			where := "toàn tỉnh"
			if x.Agency != nil {
				where = *x.Agency + " " + *x.Place
			}
			fmt.Fprintf(&b, "%s %s: %s", where, x.Indicator, show(x.Old, x.OldMark))
			for _, step := range x.Steps {
				var by []string
				for _, at := range step.Deeds {
					by = append(by, fmt.Sprint(at+1))
				}
				fmt.Fprintf(&b, " → %s (%s)", show(step.Value, step.Mark), strings.Join(by, ", "))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
