package aggregate

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tonghop/report"
)

var (
	historiesFlag = flag.Uint64("histories", 150, "how many histories TestHistories plays")
	fromFlag      = flag.Uint64("from", 1, "the seed of the first of them")
)

// everyKind is every kind of event there is: [TestHistories] sees to it that each happens.
var everyKind = []report.EventKind{
	report.KindDefinition, report.KindRegister, report.KindRequest, report.KindReceived, report.KindChecked, report.KindAnswered,
	report.KindSubmitted, report.KindWithdrawn, report.KindApproved, report.KindReturned, report.KindAdjusted, report.KindClosed,
	report.KindReopened, report.KindExported, report.KindChained, report.KindToken, report.KindRevoked,
}

// played is what some histories went through.
type played struct {
	mu     sync.Mutex
	counts map[string]int
	cells  int
}

func (p *played) add(events []*report.Event, world string, cells int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[world]++
	p.cells += cells
	for _, e := range events {
		p.counts["event "+string(e.Body.Kind())]++
	}
}

// TestHistories plays histories of every kind of event, by seed: of one request, of requests
// over time under two calendars, and across the maps of the country, turn by turn. Each is
// asked some questions, and every cell of the answers is what the oracle says. Those in
// testdata/seeds.txt, which once found something, are always played. A failure names its seed;
//
//	go test ./aggregate -run TestHistories -seed 4711
//
// plays it alone, and -histories and -from play more: see "make histories".
func TestHistories(t *testing.T) {
	p := &played{counts: map[string]int{}}
	seeds := make(chan uint64)
	began := time.Now()
	var players sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		players.Go(func() {
			for seed := range seeds {
				if !t.Failed() {
					playSeed(t, p, seed)
				}
			}
		})
	}
	n := 0
	give := func(seed uint64) { seeds <- seed; n++ }
	if *seedFlag != 0 {
		give(*seedFlag)
	} else {
		for _, seed := range keptSeeds(t) {
			give(seed)
		}
		for i := range *historiesFlag {
			give(*fromFlag + i)
		}
	}
	close(seeds)
	players.Wait()
	t.Logf("%d histories from seed %d, %d cells, %.0f histories a second; %v", n, *fromFlag, p.cells, float64(n)/time.Since(began).Seconds(), p.counts)
	if *seedFlag != 0 || *historiesFlag < 100 {
		return
	}
	for _, kind := range everyKind {
		if p.counts["event "+string(kind)] == 0 {
			t.Errorf("no history has an event %s", kind)
		}
	}
}

// keptSeeds are the seeds that once found something.
func keptSeeds(t *testing.T) (out []uint64) {
	t.Helper()
	text, err := os.ReadFile("testdata/seeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word == "#" {
			continue
		}
		seed, err := strconv.ParseUint(word, 10, 64)
		if err != nil {
			t.Fatalf("seeds.txt: %q: %v", line, err)
		}
		out = append(out, seed)
	}
	return out
}

// playSeed plays the history of a seed, of which the remainder says in which world it plays.
// What fails ends it alone.
func playSeed(t *testing.T, p *played, seed uint64) {
	ended := make(chan struct{})
	go func() { // Fatal ends the goroutine that calls it, and others wait for seeds
		defer close(ended)
		switch seed % 3 {
		case 0:
			playRequest(t, p, seed)
		case 1:
			playTime(t, p, seed)
		default:
			playMaps(t, p, seed)
		}
	}()
	<-ended
}

// playRequest compares the summaries of one request: at the end, at some moments of the way,
// and as of some moments looked back at. What was shuffled and repeated gives the same.
func playRequest(t *testing.T, p *played, seed uint64) {
	h := busyHistory(seed, 12)
	f, cells := &fold{}, 0
	look := func(asOf time.Time, where string) {
		for _, official := range []bool{false, true} {
			book := f.journal().book(testRequest, asOf)
			s, err := f.state.Summarize(&f.ledger, testRequest, asOf, official)
			if (err == nil) != (book != nil && book.def != nil && book.reg != nil) {
				t.Fatalf("seed %d, %s: %v", seed, where, err)
			}
			if err == nil {
				newOracle(book, official).check(t, s, fmt.Sprintf("seed %d, %s", seed, where))
				cells += len(s.Total) + len(s.ByAgency) + len(s.ByPlace) + len(s.ByLevel) + len(s.AgencyPlace)
			}
		}
	}
	stop := 3 + h.rng.IntN(len(h.events)-3)
	for n, e := range h.events {
		f.take(e)
		if n == stop {
			look(time.Time{}, fmt.Sprintf("event %d", n))
		}
	}
	look(time.Time{}, "the end")
	at := h.events[h.rng.IntN(len(h.events))].At
	look(at, "as of "+at.String())
	if h.rng.IntN(4) == 0 {
		if got, want := folded(scrambled(h.rng, h.events)).dump(t, time.Time{}), f.dump(t, time.Time{}); got != want {
			t.Fatalf("seed %d: the same events give another summary:\n%s", seed, firstDifference(got, want))
		}
	}
	p.add(h.events, "one request", cells)
}

// playTime asks about some time, beside others.
func playTime(t *testing.T, p *played, seed uint64) {
	h := newTimeHistory(seed)
	h.busy = true
	h.draw(12)
	c := timeCheck{t: t, f: folded(h.events), w: overWindows[h.rng.IntN(len(overWindows))], name: fmt.Sprintf("seed %d", seed)}
	c.tables = []overTable{overTables[h.rng.IntN(len(overTables))], overTables[h.rng.IntN(len(overTables))]}
	c.m = h.moment()
	c.run(h.asks[h.rng.IntN(len(h.asks)-1)].Code)
	p.add(h.events, "over time", c.cells)
}

// playMaps asks about some time under some map.
func playMaps(t *testing.T, p *played, seed uint64) {
	h := randomMapHistory(seed, 12)
	c := mapCheck{timeCheck: timeCheck{t: t, f: folded(h.events), w: h.window(), name: fmt.Sprintf("seed %d, %s", seed, h)}, view: h.view()}
	c.m = h.moment()
	c.run(h.asks[h.rng.IntN(len(h.asks))].Code, mapTables[h.rng.IntN(len(mapTables))], mapTables[h.rng.IntN(len(mapTables))])
	p.add(h.events, "under maps", c.cells)
}

// moment draws a moment to look back at, or now, and whether approved figures are asked for.
func (h *timeHistory) moment() (m timeMoment) {
	m.official = h.chance(1, 3)
	if h.chance(1, 3) {
		m.asOf = h.events[h.rng.IntN(len(h.events))].At
	}
	return m
}
