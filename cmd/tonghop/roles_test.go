package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"

	"tonghop/internal/portal/client"
	"tonghop/report"
)

// startBroker runs a NATS server of its own, as an installation with several
// machines has it: every message is synced before it is acknowledged.
func startBroker(t *testing.T) (url string) {
	t.Helper()
	s, err := natsserver.NewServer(&natsserver.Options{
		Host: "127.0.0.1", Port: natsserver.RANDOM_PORT, NoLog: true, NoSigs: true,
		JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, JetStreamMaxStore: 1 << 30,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	if !s.ReadyForConnections(20 * time.Second) {
		t.Fatal("the broker is not ready")
	}
	return s.ClientURL()
}

// startRole runs one role as a process of its own.
func startRole(t *testing.T, broker, role, ready string) *process {
	t.Helper()
	p, err := launch(t.TempDir(), nil, ready, "--role", role, "--nats", broker, "--listen", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("%s: %v", role, err)
	}
	t.Cleanup(p.kill)
	return p
}

// tonghop runs a command on a server and gives what it wrote.
func tonghop(t *testing.T, url string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("tonghop", append(args, "--server", url)...)
	cmd.Dir = "testdata/ba-chi-tieu"
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("tonghop %s: %v\n%s%s", strings.Join(args, " "), err, out, said.String())
	}
	return out
}

// TestRolesApart runs portal, ingest, aggregate and export as four processes
// that meet only in the broker.
func TestRolesApart(t *testing.T) {
	t.Parallel()
	broker := startBroker(t)
	portal := startRole(t, broker, rolePortal, "tonghop: ")
	tonghop(t, portal.url, "apply", "bieu-mau.yaml", "danh-muc.yaml", "yeu-cau.yaml")

	// A receipt needs no reader: the upload waits.
	cl := client.New(portal.url, "")
	body, err := os.ReadFile("testdata/ba-chi-tieu/syt.json")
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := cl.Upload(t.Context(), "tre-em-2026", "syt", client.File{Name: "syt.json", Body: body}, true, "")
	if err != nil {
		t.Fatal(err)
	}
	if u, err := cl.State(t.Context(), receipt.Upload); err != nil || u.State != report.StateChecking {
		t.Fatalf("before there is a reader: %+v, %v", u, err)
	}

	ingest := startRole(t, broker, roleIngest, "journal read")
	if u, err := cl.Settled(t.Context(), receipt.Upload); err != nil || u.State != report.StateSubmitted {
		t.Fatalf("after a reader came: %+v, %v", u, err)
	}
	aggregate := startRole(t, broker, roleAggregate, "journal read")
	export := startRole(t, broker, roleExport, "journal read")
	tonghop(t, portal.url, "submit", "bhd.json", "-r", "tre-em-2026", "-a", "bhd")

	var status struct{ Heard, Asked int }
	decode(t, tonghop(t, portal.url, "status", "tre-em-2026", "--json"), &status)
	if status.Heard != 2 || status.Asked != 3 {
		t.Errorf("heard %d of %d, want 2 of 3", status.Heard, status.Asked)
	}
	var rollup struct {
		Rows []struct{ Indicator, Value string }
	}
	decode(t, tonghop(t, portal.url, "rollup", "tre-em-2026", "--by", "", "-i", "1.02", "--json"), &rollup)
	if len(rollup.Rows) != 1 || rollup.Rows[0].Value != "20" {
		t.Errorf("total of 1.02: %+v, want 20", rollup.Rows)
	}
	book := filepath.Join(t.TempDir(), "tong-hop.xlsx")
	tonghop(t, portal.url, "export", "tre-em-2026", "-o", book)
	if b, err := os.ReadFile(book); err != nil || !strings.HasPrefix(string(b), "PK") {
		t.Errorf("summary: %d bytes, %v", len(b), err)
	}

	// The export role writes the summary of a request that was closed.
	tonghop(t, portal.url, "decide", "close", "tre-em-2026")
	waitFor(t, "the closing summary", func() bool {
		return strings.Contains(string(tonghop(t, portal.url, "log", "--json")), `"kind":"exported"`)
	})

	// The aggregate role leaves a snapshot, from which the next process begins.
	for _, p := range []*process{ingest, aggregate, export, portal} {
		if err := p.stop(5 * time.Second); err != nil {
			t.Error(err)
		}
	}
	again := startRole(t, broker, rolePortal, "tonghop: ")
	if !strings.Contains(again.said.String(), "begun from a snapshot") {
		t.Errorf("the next portal did not begin from the snapshot:\n%s", again.said)
	}
	decode(t, tonghop(t, again.url, "rollup", "tre-em-2026", "--by", "", "-i", "1.01", "--json"), &rollup)
	if len(rollup.Rows) != 1 || rollup.Rows[0].Value != "205" {
		t.Errorf("total of 1.01 after a new start: %+v, want 205", rollup.Rows)
	}
}

func decode(t *testing.T, b []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
}

// waitFor waits until something is so, ten seconds at most.
func waitFor(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 100 {
		if so() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s did not come within ten seconds", what)
}
