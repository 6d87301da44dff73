package jet_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"tonghop/internal/jet"
	"tonghop/report"
)

// childDir tells the test binary that it is to write into a folder until it is
// killed.
const childDir = "TONGHOP_TEST_CHILD_DIR"

// TestKill: a process is killed in the middle of writing, again and again. What
// it was told is on the disk is there, an append is there whole or not at all,
// and no append is there twice (law 1).
func TestKill(t *testing.T) {
	dir := t.TempDir()
	acked := make(map[string]bool)
	for round := range 4 {
		killChild(t, dir, time.Duration(150+100*round)*time.Millisecond, acked)
		if len(acked) == 0 {
			t.Fatal("the child wrote nothing")
		}
		checkKilled(t, dir, acked)
	}
	t.Logf("%d appends were acknowledged", len(acked))
}

// killChild lets a child write for a while, notes what it was told, kills it.
func killChild(t *testing.T, dir string, after time.Duration, acked map[string]bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var kill *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if kill == nil { // from the first answer on, not from the start of the program
			kill = time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		acked[lines.Text()] = true
	}
	_ = cmd.Wait() // it was killed, and says so
}

// checkKilled reads what the killed process has left.
func checkKilled(t *testing.T, dir string, acked map[string]bool) {
	t.Helper()
	s, err := jet.Open(t.Context(), jet.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	events, err := read(t.Context(), s.Journal(), 1)
	if err != nil {
		t.Fatal(err)
	}
	stored := make(map[string]int)
	for _, r := range events {
		stored[line(r.Key, r.Event)]++
	}
	for want := range acked {
		if stored[want] == 0 {
			t.Errorf("append %s was acknowledged and is gone", want)
		}
	}
	for got, n := range stored {
		if n != appendSize(got) {
			t.Errorf("append %s has %d events, want %d", got, n, appendSize(got))
		}
	}
}

// line names the append that an event belongs to: the child makes all events of
// one append at the same moment.
func line(key report.Key, e *report.Event) string {
	return fmt.Sprintf("%s %d", key.Agency, e.At.Unix())
}

// appendSize is how many events the child puts into an append.
func appendSize(line string) int { return 1 + int(line[len(line)-1]-'0')%3 }

// childWrites opens a store and appends from many goroutines, and says so after
// each, until it is killed.
func childWrites(dir string) {
	ctx := context.Background()
	s, err := jet.Open(ctx, jet.Config{Dir: dir})
	if err != nil {
		panic(err)
	}
	var mu sync.Mutex // one line at a time
	for w := range 60 {
		go func() {
			key := agency(w)
			events, expect, err := s.Journal().Load(ctx, key)
			if err != nil {
				panic(err)
			}
			for n := len(events); ; n++ {
				batch := childAppend(key, n)
				if expect, err = s.Journal().Append(ctx, key, expect, batch...); err != nil {
					panic(err)
				}
				mu.Lock()
				fmt.Println(line(key, batch[0]))
				mu.Unlock()
			}
		}()
	}
	select {}
}

// childAppend makes the nth append of a key: one to three events, and now and
// then a large one.
func childAppend(key report.Key, n int) []*report.Event {
	var out []*report.Event
	for len(out) == 0 || len(out) < appendSize(line(key, out[0])) {
		e := receipt(key, n)
		if n%40 == 39 {
			e = bulky(key, n, 1_200_000)
		}
		e.Actor.Name = fmt.Sprint(len(out))
		out = append(out, e)
	}
	return out
}
