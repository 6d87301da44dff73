package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// countedDays are events of a request with one figure, 3.
func countedDays() []*report.Event {
	event := func(key report.Key, minute int, body report.Body) *report.Event {
		return &report.Event{Key: key, At: time.Date(2025, 1, 1, 0, minute, 0, 0, time.UTC), Actor: report.Actor{Role: report.RoleSystem, ID: "t"}, Body: body}
	}
	d := &report.Definition{Code: "d", Version: "1", Indicators: []report.Indicator{{Code: "1", Name: report.Text{VI: "Số ngày"}, Type: report.TypeInt, By: report.ByPlace}}}
	r := &report.Register{Code: "r", Version: "1", Agencies: []report.Agency{{Code: "syt"}, {Code: "sgd"}}, Places: []report.Place{{Code: "30", Level: report.LevelProvince}}}
	facts := report.FactsOf([]report.Fact{{Unit: "syt", Place: "30", Indicator: "1", Value: report.NumberOf(decimal.FromInt(3))}})
	key := report.ReturnKey("ky", "syt")
	return []*report.Event{
		event(report.Key{Scope: report.ScopeRegister, Name: "r"}, 0, &report.RegisterApplied{Register: r}),
		event(report.Key{Scope: report.ScopeDefinition, Name: "d"}, 1, &report.DefinitionApplied{Definition: d}),
		event(report.RequestKey("ky"), 2, &report.RequestApplied{Revision: 1, Request: &report.Request{
			Code: "ky", Definition: "d", Version: "1", Register: "r", Registered: "1", Place: "30", Agencies: []string{"syt", "sgd"}}}),
		event(key, 3, &report.Received{Upload: "u", SHA256: "u", Name: "a.xlsx", Via: report.ViaWorkbook}),
		event(key, 4, &report.Checked{Upload: "u", Outcome: report.Ready, Draft: report.Draft{Facts: facts}}),
		event(key, 5, &report.Submitted{Version: 1, Upload: "u"}),
	}
}

// TestAWrongSnapshotStopsExports: a server that began from a snapshot with another figure
// than the journal's finds that at its first audit, and says of which request; it writes
// no summary any more and says that it is not ready, and takes an upload in. From the true
// snapshot it raises no alarm.
func TestAWrongSnapshotStopsExports(t *testing.T) {
	t.Parallel()
	for _, wrong := range []bool{true, false} {
		c := config{Data: t.TempDir(), MaxStore: 1 << 10, MaxUpload: 20}
		before, err := openApp(t.Context(), c, zerolog.Nop(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		var events []report.Recorded
		last := map[report.Key]uint64{}
		for _, e := range countedDays() {
			seq, err := before.store.Journal().Append(t.Context(), e.Key, last[e.Key], e)
			if err != nil {
				t.Fatal(err)
			}
			last[e.Key] = seq
			events = append(events, report.Recorded{Seq: seq, Event: e})
		}
		if checked := events[4].Body.(*report.Checked); wrong {
			e, body := *events[4].Event, *checked
			e.ID, body.Draft.Facts = "", report.FactsOf([]report.Fact{{Unit: "syt", Place: "30", Indicator: "1", Value: report.NumberOf(decimal.FromInt(4))}})
			e.Body = &body
			if err := codec.Seal(&e); err != nil {
				t.Fatal(err)
			}
			events[4].Event = &e
		}
		var kept bytes.Buffer
		w := codec.NewSnapshotWriter(&kept)
		for _, r := range events {
			if err := w.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := before.store.Snapshots().Save(t.Context(), aggregate.SnapshotName, events[5].Seq, kept.Bytes()); err != nil {
			t.Fatal(err)
		}
		if err := before.close(nil); err != nil {
			t.Fatal(err)
		}
		a, err := openApp(t.Context(), c, zerolog.Nop(), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		p := &program{streams: streams{out: io.Discard, err: io.Discard}}
		if err := p.serveRoles(t.Context(), a, serveFlags{roles: []string{roleAggregate}, snapshotInterval: 50 * time.Millisecond}); err != nil {
			t.Fatal(err)
		}
		found := func() bool { return a.wrong.Load() != nil }
		for deadline := time.Now().Add(20 * time.Second); wrong && !found() && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		if !wrong {
			time.Sleep(500 * time.Millisecond) // some audits
		}
		_, summary := a.exporter().Summarize(t.Context(), "ky", false)
		ready := a.ready(t.Context())
		if wrong && (!errors.Is(ready, aggregate.ErrDiverged) || !strings.Contains(ready.Error(), "audit of ky") || !errors.Is(summary, aggregate.ErrDiverged)) {
			t.Errorf("a wrong figure: ready %v, summary %v", ready, summary)
		}
		if !wrong && (ready != nil || summary != nil) {
			t.Errorf("a true figure: ready %v, summary %v", ready, summary)
		}
		receipt, err := a.desk.Receive(t.Context(), report.Actor{Role: report.RoleAgency, Agency: "sgd", ID: "t"},
			ingest.Incoming{Request: "ky", Agency: "sgd", Name: "b.xlsx", Via: report.ViaWorkbook, Body: []byte("PK")})
		if err != nil || receipt.Number == "" {
			t.Errorf("wrong %v: an upload: %v", wrong, err)
		}
		if err := a.close(nil); err != nil {
			t.Error(err)
		}
	}
}
