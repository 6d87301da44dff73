package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tonghop/report/fault"
)

func answerEvent(id, agency, request, choice string, at time.Time) *Event {
	return &Event{ID: id, Key: ReturnKey(request, agency), At: at, Body: &Answered{Definition: "bieu", Question: "q", Choice: choice}}
}

// TestRememberedAnswer: of the answers of an agency to one question the latest holds,
// whatever return it stands in, whatever order they come in and however often.
func TestRememberedAnswer(t *testing.T) {
	for _, test := range []struct {
		name   string
		events []*Event
		want   string // choice that holds, "asked" for none
	}{
		{"the later holds", []*Event{answerEvent("b", "a", "r1", "1", minute(1)), answerEvent("a", "a", "r2", "2", minute(2))}, "2"},
		{"of one moment the greater identity", []*Event{answerEvent("a", "a", "r1", "1", minute(1)), answerEvent("b", "a", "r1", "2", minute(1))}, "2"},
		{"none of them is an answer", []*Event{answerEvent("a", "a", "r1", "1", minute(1)), answerEvent("b", "a", "r1", ChoiceNone, minute(2))}, ChoiceNone},
		{"a withdrawn one is asked again", []*Event{answerEvent("a", "a", "r1", "1", minute(1)), answerEvent("b", "a", "r2", "", minute(2))}, "asked"},
		{"and may be answered anew", []*Event{answerEvent("a", "a", "r1", "", minute(2)), answerEvent("b", "a", "r2", "3", minute(3))}, "3"},
		{"of another agency", []*Event{answerEvent("a", "b", "r1", "1", minute(1))}, "asked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				events := slices.Concat(test.events, test.events)
				rng.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
				var l, loaded Ledger
				var recorded []Recorded
				for i, e := range events {
					l.Add(e)
					recorded = append(recorded, Recorded{Seq: uint64(i + 1), Event: e})
				}
				loaded.load(recorded)
				for way, l := range map[string]*Ledger{"added": &l, "loaded": &loaded} {
					got := "asked"
					if r, holds := l.Answers("bieu", "a").Choice("q"); holds {
						got = r.Choice
					}
					if got != test.want {
						t.Fatalf("%s %v: %s holds, want %s", way, ids(events), got, test.want)
					}
					if n := len(l.Remembered("bieu", "a")); (n == 1) != (test.want != "asked") {
						t.Fatalf("%s: %d answers are listed", way, n)
					}
				}
			}
		})
	}
	var l Ledger
	l.Add(answerEvent("a", "a", "r", "1", minute(1)))
	if len(l.Answers("khac", "a")) != 0 || len(l.Remembered("khac", "")) != 0 {
		t.Error("an answer about one form holds for another")
	}
}

func ids(events []*Event) (out []string) {
	for _, e := range events {
		out = append(out, e.ID)
	}
	return out
}

// TestAnswersAreKept: what was taken from the ledger does not change with it.
func TestAnswersAreKept(t *testing.T) {
	var l Ledger
	l.Add(answerEvent("a", "a", "r", "1", minute(1)))
	kept := l.Answers("bieu", "a")
	l.Add(answerEvent("b", "a", "r", "2", minute(2)))
	if kept["q"].Choice != "1" {
		t.Errorf("the answers that were kept say %q now", kept["q"].Choice)
	}
	asked := []Question{{Key: "q"}}
	for m, want := range map[int]bool{1: true, 2: false} {
		if got := l.AnsweredSince("bieu", "a", asked, minute(m)); got != want {
			t.Errorf("answered after minute %d: %t", m, got)
		}
	}
	if !l.LastAnswer("bieu", "a").Equal(minute(2)) || !l.LastAnswer("bieu", "b").IsZero() {
		t.Error("the time of the last answer is wrong")
	}
}

func TestQuestionKey(t *testing.T) {
	seen := map[string]string{}
	for _, words := range [][]string{
		{"column", "bieu 1", "so cuoc"}, {"row", "bieu 1", "so cuoc"}, {"column", "bieu 2", "so cuoc"},
		{"column", "bieu 1", "so", "cuoc"}, {"column", "bieu 1", "so cuoc", ""},
	} {
		key := QuestionKey(QuestionKind(words[0]), words[1], words[2:]...)
		if key != QuestionKey(QuestionKind(words[0]), words[1], words[2:]...) || len(key) != 16 {
			t.Errorf("key of %q is %q", words, key)
		}
		if other := seen[key]; other != "" {
			t.Errorf("%q and %s are one question", words, other)
		}
		seen[key] = fmt.Sprint(words)
	}
}

func TestQuestion(t *testing.T) {
	q := Question{Key: "q", Code: "S261", Sheet: "Biểu", Cells: []string{"B2", "B9"}, Candidates: []Candidate{{Code: "1"}, {Code: "2"}}}
	for choice, want := range map[string]bool{"1": true, "2": true, ChoiceNone: true, "": false, "3": false} {
		if q.Offers(choice) != want {
			t.Errorf("offers %q: %t", choice, !want)
		}
	}
	at := func(cell string) fault.Fault { return fault.Fault{Code: "S261", Sheet: "Biểu", Cell: cell} }
	if !q.Asks(at("B2")) || q.Asks(at("B9")) {
		t.Error("a question is asked by the finding at the first of its cells, and by no other")
	}
	if q.Choice = "1"; q.Asks(at("B2")) {
		t.Error("what was answered is not asked")
	}
}
