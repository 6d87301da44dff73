package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"tonghop/aggregate"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/decimal"
)

// server is the program, running as a process of its own, and a client of it.
type server struct {
	*process
	client *client.Client
}

// startServer runs the program on a data folder and waits for its address.
func startServer(t *testing.T, dir string) *server {
	t.Helper()
	p, err := launch("", nil, "tonghop: ", "--data", dir, "--listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return &server{p, client.New(p.url, "")}
}

// sent is what a client knows of one of its uploads.
type sent struct {
	upload string // as acknowledged, "" when it was not
	sum    [2]decimal.Decimal
}

// clerk hands in one report after the other for an agency, each with figures of
// its own, until the server is gone, and writes down what was acknowledged.
type clerk struct {
	agency string
	rng    *rand.Rand
	mu     sync.Mutex
	acked  []sent
	known  map[string]sent // by upload, acknowledged or not
}

func (c *clerk) work(ctx context.Context, cl *client.Client) {
	for ctx.Err() == nil {
		s, body := c.form()
		id := report.UploadID("ky", c.agency, sha256hex(body))
		c.mu.Lock()
		c.known[id] = s
		c.mu.Unlock()
		r, err := cl.Upload(ctx, "ky", c.agency, client.File{Body: body, Media: client.MediaJSON}, true, "")
		if err != nil {
			return // killed, or stopped: not acknowledged
		}
		s.upload = r.Upload
		c.mu.Lock()
		c.acked = append(c.acked, s)
		c.mu.Unlock()
	}
}

// form is a form with random figures, and their sums.
func (c *clerk) form() (sent, []byte) {
	var s sent
	var values []string
	for _, place := range []string{"288", "290", "30T"} {
		n := decimal.FromInt(c.rng.Int64N(1000))
		d := decimal.New(c.rng.Int64N(1_000_000_000), 3)
		values = append(values,
			fmt.Sprintf(`{"place":%q,"indicator":"1","value":%q}`, place, n),
			fmt.Sprintf(`{"place":%q,"indicator":"2","value":%q}`, place, d))
		s.sum[0], _ = s.sum[0].Add(n)
		s.sum[1], _ = s.sum[1].Add(d)
	}
	return s, []byte(`{"nil":false,"values":[` + strings.Join(values, ",") + `]}`)
}

// TestNothingAcknowledgedIsLost is law 1: the real program is killed at random
// moments under load, many times. Every acknowledged upload is there, once, and
// the figures are those of an independent count.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	kills := 12
	if testing.Short() {
		kills = 3
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir()
	var clerks []*clerk
	for i := range 4 {
		clerks = append(clerks, &clerk{agency: fmt.Sprintf("a%d", i), rng: rand.New(rand.NewPCG(seed, uint64(i+2))), known: map[string]sent{}})
	}
	s := startServer(t, dir)
	doc, err := os.ReadFile("testdata/crash/all.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"definitions", "registers", "requests"} {
		if _, err := s.client.Apply(t.Context(), kind, "all.yaml", documentOf(string(doc), kind)); err != nil {
			t.Fatalf("apply %s: %v", kind, err)
		}
	}
	for range kills {
		var wg sync.WaitGroup
		for _, c := range clerks {
			wg.Go(func() { c.work(t.Context(), s.client) })
		}
		time.Sleep(time.Duration(50+rng.IntN(400)) * time.Millisecond)
		s.kill()
		wg.Wait()
		s = startServer(t, dir)
	}
	acked := 0
	var want [2]decimal.Decimal
	for _, c := range clerks {
		acked += len(c.acked)
		standing := c.verify(t, s.client)
		for i := range want {
			want[i], _ = want[i].Add(standing.sum[i])
		}
	}
	if acked < kills {
		t.Fatalf("only %d uploads were acknowledged in %d lives: there was no load", acked, kills)
	}
	t.Logf("%d uploads acknowledged over %d kills", acked, kills)
	for i, code := range []string{"1", "2"} {
		if got := total(t, s.client, code); got != want[i].String() {
			t.Errorf("indicator %s: the program says %s, the count says %s", code, got, want[i])
		}
	}
	s.kill()
}

// verify checks that every acknowledged upload is there once and settled, and
// gives the newest one that stands.
func (c *clerk) verify(t *testing.T, cl *client.Client) sent {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, s := range c.acked {
		if _, err := cl.Settled(ctx, s.upload); err != nil {
			t.Fatalf("%s: acknowledged upload %s: %v", c.agency, s.upload, err)
		}
	}
	var list api.Uploads
	if err := cl.Get(ctx, "/requests/ky/returns/"+c.agency+"/uploads", nil, &list); err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	versions := map[int]string{}
	var newest api.Upload
	var latest time.Time // when the submission that was sent last was received
	var overtaken []api.Upload
	for _, u := range list.Uploads {
		u, err := cl.Settled(ctx, u.Upload)
		if err != nil {
			t.Fatalf("%s: upload %s: %v", c.agency, u.Upload, err)
		}
		times[u.Upload]++
		if u.Version == 0 {
			overtaken = append(overtaken, *u)
			continue
		}
		if other, taken := versions[u.Version]; taken {
			t.Errorf("%s: version %d is both %s and %s", c.agency, u.Version, other, u.Upload)
		}
		versions[u.Version] = u.Upload
		if u.Version > newest.Version {
			newest = *u
		}
		if u.ReceivedAt.After(latest) {
			latest = u.ReceivedAt
		}
	}
	// An upload that was read after its own correction had been submitted is
	// superseded; every other is submitted.
	for _, u := range overtaken {
		if u.State != report.StateSuperseded || !u.ReceivedAt.Before(latest) {
			t.Errorf("%s: upload %s is %s, of no version, and nothing sent after it was submitted", c.agency, u.Upload, u.State)
		}
	}
	for _, s := range c.acked {
		if times[s.upload] != 1 {
			t.Errorf("%s: acknowledged upload %s is there %d times", c.agency, s.upload, times[s.upload])
		}
	}
	if newest.State != report.StateSubmitted {
		t.Errorf("%s: the newest version is %s", c.agency, newest.State)
	}
	return c.known[newest.Upload]
}

// total is the province's total of an indicator.
func total(t *testing.T, cl *client.Client, indicator string) string {
	t.Helper()
	var r aggregate.Rollup
	if err := cl.Get(t.Context(), "/requests/ky/rollup", map[string][]string{"by": {""}, "indicator": {indicator}}, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 1 || r.Rows[0].Value == nil {
		t.Fatalf("rollup of %s: %+v", indicator, r.Rows)
	}
	return *r.Rows[0].Value
}

// documentOf cuts the document of a kind out of a file of several.
func documentOf(file, kind string) []byte {
	for _, doc := range strings.Split(file, "---\n") {
		if strings.HasPrefix(doc, strings.TrimSuffix(kind, "s")+":") {
			return []byte(doc)
		}
	}
	return nil
}

// TestSecondProcessIsRefused: two programs on one folder would be two journals.
func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	s := startServer(t, dir)
	defer s.kill()
	out, err := exec.Command("tonghop", "status", "--data", dir).CombinedOutput()
	if exitCode(err) != exitSurroundings {
		t.Fatalf("want exit code %d, got %v\n%s", exitSurroundings, err, out)
	}
	if !strings.Contains(string(out), dir) {
		t.Errorf("the error does not name the folder: %s", out)
	}
}
