package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// story writes the events of one return, one a line:
//
//	minute kind args
//
// so that a case reads like what happened. IDs are the kind and its minute.
type story struct {
	t      *testing.T
	events []*Event
}

var storyKey = ReturnKey("r", "a")

func tell(t *testing.T, lines string) *story {
	s := &story{t: t}
	for line := range strings.Lines(lines) {
		if f := strings.Fields(line); len(f) > 0 {
			s.add(f)
		}
	}
	return s
}

func minute(n int) time.Time { return time.Date(2021, 3, 29, 8, n, 0, 0, time.UTC) }

func (s *story) add(f []string) {
	var at, version int
	if _, err := fmt.Sscan(f[0], &at); err != nil {
		s.t.Fatalf("story line %q: %v", f, err)
	}
	var body Body
	switch f[1] {
	case "received":
		body = &Received{Upload: f[2], Submit: len(f) > 3}
	case "ready", "refused":
		body = &Checked{Upload: f[2], Outcome: Outcome(f[1]), Draft: Draft{Facts: FactsOf([]Fact{{Unit: "a", Place: "1", Indicator: f[2]}})}}
	case "submitted":
		fmt.Sscan(f[2], &version)
		body = &Submitted{Version: version, Upload: f[3]}
	case "withdrawn":
		body = &Withdrawn{Submission: f[2]}
	case "approved":
		body = &Approved{Submission: f[2]}
	case "returned":
		body = &Returned{Submission: f[2]}
	default:
		s.t.Fatalf("story line %q: unknown kind", f)
	}
	s.events = append(s.events, &Event{ID: f[1] + "@" + f[0], Key: storyKey, At: minute(at), Body: body})
}

// sketch draws a return in one line for comparison.
func sketch(r *Return) string {
	var b strings.Builder
	for _, a := range r.Attempts {
		fmt.Fprintf(&b, "%s=%s ", a.Received.Upload, a.State)
	}
	for _, s := range r.Submissions {
		fmt.Fprintf(&b, "v%d=%s ", s.Version, s.State)
	}
	name := func(s *Submission) string {
		if s == nil {
			return "none"
		}
		return fmt.Sprintf("v%d", s.Version)
	}
	fmt.Fprintf(&b, "counts=%s official=%s", name(r.Standing), name(r.Official))
	return b.String()
}

func fold(events []*Event, closed []Span, approval bool) *Return {
	var r Return
	for _, e := range events {
		r.Add(e)
	}
	r.Fold(closed, approval, time.Time{})
	return &r
}

var returnCases = []struct {
	name     string
	approval bool
	closed   []Span
	story    string
	want     string
}{
	{
		name:  "an upload is checking until it has an outcome",
		story: `1 received A`,
		want:  "A=checking counts=none official=none",
	},
	{
		name: "a clean upload waits to be submitted",
		story: `1 received A
		        2 ready A`,
		want: "A=ready counts=none official=none",
	},
	{
		name: "a correction supersedes",
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 received B
		        5 ready B
		        6 submitted 2 B`,
		want: "A=superseded B=submitted v1=superseded v2=submitted counts=v2 official=v2",
	},
	{
		name: "a refused correction leaves the old version standing",
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 received B
		        5 refused B`,
		want: "A=submitted B=refused v1=submitted counts=v1 official=v1",
	},
	{
		name: "withdrawing a correction lets the one before stand again",
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 received B
		        5 ready B
		        6 submitted 2 B
		        7 withdrawn submitted@6`,
		want: "A=submitted B=withdrawn v1=submitted v2=withdrawn counts=v1 official=v1",
	},
	{
		name: "what was sent back does not count, nor what it replaced",
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 received B
		        5 ready B
		        6 submitted 2 B
		        7 returned submitted@6`,
		want: "A=superseded B=returned v1=superseded v2=returned counts=none official=none",
	},
	{
		name: "a new version after a return counts",
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 returned submitted@3
		        5 received B
		        6 ready B
		        7 submitted 2 B`,
		want: "A=returned B=submitted v1=returned v2=submitted counts=v2 official=v2",
	},
	{
		name:     "without an approval nothing is official where one is asked",
		approval: true,
		story: `1 received A
		        2 ready A
		        3 submitted 1 A`,
		want: "A=submitted v1=submitted counts=v1 official=none",
	},
	{
		name:     "the approved version stays official while a correction waits",
		approval: true,
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 approved submitted@3
		        5 received B
		        6 ready B
		        7 submitted 2 B`,
		want: "A=superseded B=submitted v1=superseded v2=submitted counts=v2 official=v1",
	},
	{
		name:     "what a return put out of force is not official again when the next version waits",
		approval: true,
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 approved submitted@3
		        5 received B
		        6 ready B
		        7 submitted 2 B
		        8 returned submitted@7
		        9 received C
		        10 ready C
		        11 submitted 3 C`,
		want: "A=superseded B=returned C=submitted v1=superseded v2=returned v3=submitted counts=v3 official=none",
	},
	{
		name:   "what is submitted while the request is closed is held",
		closed: []Span{{From: minute(4)}},
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        3 received B
		        4 ready B
		        5 submitted 2 B`,
		want: "A=submitted B=held v1=submitted v2=held counts=v1 official=v1",
	},
	{
		name:   "after the reopening it would have counted",
		closed: []Span{{From: minute(4), To: minute(5)}},
		story: `3 received B
		        4 ready B
		        5 submitted 1 B`,
		want: "B=submitted v1=submitted counts=v1 official=v1",
	},
	{
		name: "the same upload withdrawn and submitted again is a new version",
		story: `1 received A
		        2 ready A
		        3 submitted 1 A
		        4 withdrawn submitted@3
		        5 submitted 2 A`,
		want: "A=submitted v1=withdrawn v2=submitted counts=v2 official=v2",
	},
	{
		name: "two journals that both made a version 2: the later counts, the other is kept",
		story: `1 received A
		        2 received B
		        3 ready A
		        4 ready B
		        5 submitted 2 A
		        6 submitted 2 B`,
		want: "A=superseded B=submitted v2=superseded v2=submitted counts=v2 official=v2",
	},
	{
		name: "a submission whose outcome is not known here does not count yet",
		story: `1 received A
		        3 submitted 1 A`,
		want: "A=checking v1=checking counts=none official=none",
	},
}

func TestReturnFold(t *testing.T) {
	for _, c := range returnCases {
		t.Run(c.name, func(t *testing.T) {
			got := sketch(fold(tell(t, c.story).events, c.closed, c.approval))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestReturnIsASet holds law 2: order and repetition change nothing.
func TestReturnIsASet(t *testing.T) {
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 1))
	for _, c := range returnCases {
		events := tell(t, c.story).events
		for range 200 {
			shuffled := append(slices.Clone(events), events[rng.IntN(len(events))])
			rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if got := sketch(fold(shuffled, c.closed, c.approval)); got != c.want {
				t.Fatalf("%s, seed %d: got %s, want %s", c.name, seed, got, c.want)
			}
		}
	}
}

func TestReturnAsOf(t *testing.T) {
	r := fold(tell(t, `1 received A
		2 ready A
		3 submitted 1 A
		4 received B
		5 ready B
		6 submitted 2 B`).events, nil, false)
	for at, want := range map[int]string{
		0: "counts=none official=none",
		1: "A=checking counts=none official=none",
		3: "A=submitted v1=submitted counts=v1 official=v1",
		5: "A=submitted B=ready v1=submitted counts=v1 official=v1",
		6: "A=superseded B=submitted v1=superseded v2=submitted counts=v2 official=v2",
	} {
		r.Fold(nil, false, minute(at))
		if got := sketch(r); got != want {
			t.Errorf("as of minute %d: got %s, want %s", at, got, want)
		}
	}
}

func TestSubmitAskedLater(t *testing.T) {
	r := fold(tell(t, `1 received A
		2 received A submit`).events, nil, false)
	a := r.Attempt("A")
	if !a.Submit || !a.ReceivedAt.Equal(minute(1)) {
		t.Errorf("submit %v, received %v; want true and the first receipt's time", a.Submit, a.ReceivedAt)
	}
}

// TestWhereUploadsStand: what came again after it was read is to be read again, and
// what something sent later was submitted in the stead of waits no more, unless
// that was taken back.
func TestWhereUploadsStand(t *testing.T) {
	for _, c := range []struct{ story, want string }{
		{"1 received A submit\n2 refused A", "A=refused"},
		{"1 received A submit\n2 refused A\n3 received A submit", "A=checking"},
		{"1 received A submit\n2 refused A\n3 received A submit\n4 ready A", "A=ready"},
		{"1 received A submit\n2 received B submit\n3 ready B\n4 submitted 1 B\n5 ready A", "A=superseded"},
		{"1 received A\n2 received B submit\n3 ready B\n4 submitted 1 B\n5 ready A", "A=ready"},
		{"1 received A submit\n2 received B submit\n3 ready B\n4 submitted 1 B\n5 ready A\n6 withdrawn submitted@4", "A=ready"},
	} {
		if got, _, _ := strings.Cut(sketch(fold(tell(t, c.story).events, nil, false)), " "); got != c.want {
			t.Errorf("%q: %s, want %s", c.story, got, c.want)
		}
	}
}
