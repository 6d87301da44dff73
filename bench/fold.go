package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/aggregate"
	"tonghop/internal/jet"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// Question c: a journal of many submissions, three events each (received,
// checked, submitted) of forty facts. How fast is it written, folded in memory,
// and read at the start of a process, with a snapshot and without.

// shape is that of the submissions of a journal: each has facts of so many places
// and indicators.
type shape struct{ places, indicators int }

// The reports of an office, those of a body with a hundred places below it, and such of a
// form of a hundred figures.
var smallReports, largeReports, hugeReports = shape{4, 10}, shape{100, 10}, shape{100, 100}

func (s shape) facts() int { return s.places * s.indicators }

// shapeOf gives the shape of so many facts.
func shapeOf(facts string) (shape, error) {
	for _, s := range []shape{smallReports, largeReports, hugeReports} {
		if strconv.Itoa(s.facts()) == facts {
			return s, nil
		}
	}
	return shape{}, fmt.Errorf("no reports of %s facts", facts)
}

// So many agencies share a request, and so many events make a submission.
const agenciesOfRequest, eventsOfOne = 1000, 3

func (b *bench) folding() error {
	for _, s := range []shape{smallReports, largeReports, hugeReports} {
		for _, facts := range []int{max(b.facts/10, s.facts()), max(b.facts, s.facts())} {
			if err := b.foldFacts(s, facts); err != nil {
				return err
			}
		}
	}
	return nil
}

// foldFacts measures every way of folding one journal.
func (b *bench) foldFacts(s shape, facts int) error {
	dir, err := os.MkdirTemp(b.dir, "journal-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	n := max(facts/s.facts(), 1)
	name := fmt.Sprintf("%s facts in reports of %s", grouped(n*s.facts()), grouped(s.facts()))
	for _, step := range []struct {
		who, child string
		args       []any
	}{
		{"written, durable", "journal", []any{dir, n, s.facts()}},
		{"folded in memory", "fold", []any{n, s.facts()}},
		{"start, no snapshot", "start", []any{dir, n}},
		{"snapshot kept", "snapshot", []any{dir, n}},
		{"start from a snapshot", "start", []any{dir, n}},
	} {
		r, err := b.child(step.child, step.args...)
		if err != nil {
			return err
		}
		b.addFold(s, name, step.who, r)
	}
	return nil
}

// addFold keeps what a way of folding took; of a start each of its steps.
func (b *bench) addFold(s shape, name, who string, r reading) {
	steps := r.Steps
	r.Steps = nil
	add := func(who string) {
		b.add(result{Question: "c", Case: name, Who: us + ", " + who, Unit: "event", Series: fmt.Sprintf("%s, reports of %d", who, s.facts()), reading: r})
	}
	for _, at := range steps {
		r.Wall, r.CPU = at.Wall, at.CPU
		add(who + ": " + at.Name)
	}
	if len(steps) == 0 {
		add(who)
	}
}

// foldWorld is the definition and register that the submissions are of.
func foldWorld(s shape) (*report.Definition, *report.Register) {
	d := &report.Definition{Code: "d", Version: "1", Title: report.Text{VI: "Biểu"}}
	for i := range s.indicators {
		d.Indicators = append(d.Indicators, report.Indicator{Code: indicatorCode(i), Name: report.Text{VI: "Chỉ tiêu " + strconv.Itoa(i)}, Type: report.TypeInt, By: report.ByPlace})
	}
	r := &report.Register{Code: "r", Version: "1", Places: []report.Place{{Code: provinceCode, Level: report.LevelProvince, Name: report.Text{VI: "Tỉnh"}}}}
	for p := range officePlaces {
		r.Places = append(r.Places, report.Place{Code: districtCode(p), Name: report.Text{VI: districtName(p)}, Level: report.LevelDistrict, Parent: provinceCode})
	}
	for a := range agenciesOfRequest {
		r.Agencies = append(r.Agencies, report.Agency{Code: unitCode(a), Name: report.Text{VI: "Đơn vị " + strconv.Itoa(a)}})
	}
	return d, r.Index()
}

func indicatorCode(i int) string { return fmt.Sprintf("%d.%02d", 1+i/10, i%10) }

func requestCode(i int) string { return fmt.Sprintf("ky-%04d", i/agenciesOfRequest) }

// foldStart is when the events begin; each is a second after the one before.
var foldStart = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

func event(key report.Key, second int, body report.Body) *report.Event {
	return &report.Event{Key: key, At: foldStart.Add(time.Duration(second) * time.Second), Actor: report.Actor{Role: report.RoleSystem, ID: "bench"}, Body: body}
}

// documents are the events before the first submission.
func documents(s shape, n int) []*report.Event {
	d, r := foldWorld(s)
	out := []*report.Event{
		event(report.Key{Scope: report.ScopeRegister, Name: r.Code}, 0, &report.RegisterApplied{Register: r}),
		event(report.Key{Scope: report.ScopeDefinition, Name: d.Code}, 0, &report.DefinitionApplied{Definition: d}),
	}
	var roster []string
	for a := range agenciesOfRequest {
		roster = append(roster, unitCode(a))
	}
	for i := 0; i < n; i += agenciesOfRequest {
		out = append(out, event(report.RequestKey(requestCode(i)), 0, &report.RequestApplied{Revision: 1, Request: &report.Request{
			Code: requestCode(i), Title: report.Text{VI: "Kỳ"}, Definition: d.Code, Version: "1", Register: r.Code, Registered: "1",
			Place: provinceCode, Agencies: roster,
		}}))
	}
	return out
}

// submission is the three events of the i-th return.
func submission(s shape, i int) (received, checked, submitted *report.Event) {
	agency := unitCode(i % agenciesOfRequest)
	key := report.ReturnKey(requestCode(i), agency)
	sha := fmt.Sprintf("%064x", i)
	upload := report.UploadID(key.Name, agency, sha)
	columns := make([]string, s.indicators)
	for k := range columns {
		columns[k], _ = excelize.ColumnNumberToName(5 + k) // no sheet is so wide that it fails
	}
	facts := make([]report.Fact, 0, s.facts())
	for p := range s.places {
		for k := range s.indicators {
			v := int64((i*7+p*31+k*13)%100_000 + 1)
			facts = append(facts, report.Fact{
				Unit: agency, Place: districtCode((i*7 + p) % officePlaces), Indicator: indicatorCode(k), Value: report.NumberOf(decimal.FromInt(v)),
				Source: report.Source{Sheet: "Báo cáo", Cell: columns[k] + strconv.Itoa(6+p), Text: strconv.FormatInt(v, 10)},
			})
		}
	}
	draft := report.Draft{Facts: report.FactsOf(facts), Counts: report.Counts{Cells: 120, Used: 100, Excluded: 20}}
	at := eventsOfOne * i
	return event(key, at, &report.Received{Upload: upload, Number: fmt.Sprintf("%s/%s/1", key.Name, agency), SHA256: sha, Size: 8000, Name: "bao-cao.xlsx", Via: report.ViaWorkbook, Submit: true}),
		event(key, at+1, &report.Checked{Upload: upload, Outcome: report.Ready, Definition: "d@1", Register: "r@1", Draft: draft}),
		event(key, at+2, &report.Submitted{Version: 1, Upload: upload})
}

// writers is how many submissions are under way at a time.
const writers = 128

// journalCase is the case "journal DIR N FACTS": receipts and outcomes are appended as
// the portal and the reader of uploads append them.
func journalCase(args []string) (reading, error) {
	n, s, err := foldSize(args[1:])
	if err != nil {
		return reading{}, err
	}
	ctx := context.Background()
	store, err := jet.Open(ctx, jet.Config{Dir: filepath.Join(args[0], "store")})
	if err != nil {
		return reading{}, err
	}
	j := store.Journal()
	for _, e := range documents(s, n) {
		if _, err := j.Append(ctx, e.Key, 0, e); err != nil {
			return reading{}, errors.Join(err, store.Close(ctx))
		}
	}
	r, err := timed(n*eventsOfOne, func() error { return appendAll(ctx, j, s, n) })
	r.Note = fmt.Sprintf("%d at a time", writers)
	return r, errors.Join(err, store.Close(ctx))
}

func appendAll(ctx context.Context, j report.Journal, s shape, n int) error {
	var next atomic.Int64
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for errs[w] == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				received, checked, submitted := submission(s, i)
				seq, err := j.Append(ctx, received.Key, 0, received)
				if err == nil {
					_, err = j.Append(ctx, received.Key, seq, checked, submitted)
				}
				errs[w] = err
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// foldSize reads how many reports there are, and of how many facts each.
func foldSize(args []string) (n int, s shape, err error) {
	n, err = strconv.Atoi(args[0])
	s, wrong := shapeOf(args[1])
	return n, s, errors.Join(err, wrong)
}

// foldCase is the case "fold N FACTS": events that are in memory already go through
// ledger and figures.
func foldCase(args []string) (reading, error) {
	n, s, err := foldSize(args)
	if err != nil {
		return reading{}, err
	}
	var events []report.Recorded
	add := func(e *report.Event) error {
		if err := codec.Seal(e); err != nil {
			return err
		}
		events = append(events, report.Recorded{Seq: uint64(len(events) + 1), Event: e})
		return nil
	}
	for _, e := range documents(s, n) {
		if err := add(e); err != nil {
			return reading{}, err
		}
	}
	for i := range n {
		received, checked, submitted := submission(s, i)
		if err := errors.Join(add(received), add(checked), add(submitted)); err != nil {
			return reading{}, err
		}
	}
	books, view := live(nil)
	r, err := timed(n*eventsOfOne, func() error { return books.Restore(events) })
	if err != nil {
		return r, err
	}
	return r, allHeard(view, n)
}

// live is a ledger with its figures.
func live(j report.Journal) (*report.Books, *aggregate.View) {
	books := &report.Books{Journal: j}
	view := &aggregate.View{Books: books}
	view.Attach()
	return books, view
}

// allHeard makes sure that what was folded is all of it.
func allHeard(v *aggregate.View, n int) error {
	heard := 0
	for i := 0; i < n; i += agenciesOfRequest {
		r, err := v.Rollup(aggregate.Query{Request: requestCode(i), Indicators: []string{indicatorCode(0)}})
		if err != nil {
			return err
		}
		heard += r.Heard
	}
	if heard != n {
		return fmt.Errorf("%d of %d heard", heard, n)
	}
	return nil
}

// The steps of a start, each measured from its beginning.
const (
	startAnswers = "answers"     // the request used last
	startCounted = "all counted" // whatever is asked for is at hand
)

// startCase is the case "start DIR N": from nothing to figures that answer, as a server
// starts.
func startCase(args []string) (reading, error) {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return reading{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var store *jet.Store
	var snapshot uint64
	var steps []step
	begun, cpu := time.Now(), ownCPU()
	reached := func(name string) {
		steps = append(steps, step{Name: name, Wall: time.Since(begun).Seconds(), CPU: ownCPU() - cpu})
	}
	r, err := timed(n*eventsOfOne, func() error {
		if store, err = jet.Open(ctx, jet.Config{Dir: filepath.Join(args[0], "store")}); err != nil {
			return err
		}
		books := &report.Books{Journal: store.Journal()}
		if snapshot, err = aggregate.Restore(ctx, store.Snapshots(), books); err != nil {
			return err
		}
		view := &aggregate.View{Books: books}
		view.Attach() // after the snapshot, as a server does
		failed := make(chan error, 1)
		go func() { failed <- books.Run(ctx) }()
		caught, stop := context.WithCancel(ctx)
		defer stop()
		go func() { _ = books.CaughtUp(caught); stop() }()
		select {
		case err := <-failed:
			return err
		case <-caught.Done():
		}
		if _, err := view.Rollup(aggregate.Query{Request: requestCode(n - 1), By: []string{aggregate.ByPlace}}); err != nil {
			return err
		}
		reached(startAnswers)
		view.Warm(ctx)
		reached(startCounted)
		return allHeard(view, n)
	})
	r.Steps = steps
	r.Note = "read from the journal"
	if snapshot > 0 {
		r.Note = fmt.Sprintf("snapshot of event %s", grouped(int(snapshot)))
	}
	if store == nil {
		return r, err
	}
	cancel()
	return r, errors.Join(err, store.Close(context.Background()))
}

// snapshotCase is the case "snapshot DIR N": the journal is read once more and
// kept as a snapshot.
func snapshotCase(args []string) (reading, error) {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return reading{}, err
	}
	ctx := context.Background()
	store, err := jet.Open(ctx, jet.Config{Dir: filepath.Join(args[0], "store")})
	if err != nil {
		return reading{}, err
	}
	size := 0
	r, err := timed(n*eventsOfOne, func() error {
		size, err = keepSnapshot(ctx, store)
		return err
	})
	r.Note = fmt.Sprintf("%.1f MB", float64(size)/1e6)
	return r, errors.Join(err, store.Close(ctx))
}

func keepSnapshot(ctx context.Context, store *jet.Store) (size int, err error) {
	w := aggregate.Worker{Journal: store.Journal(), Snapshots: store.Snapshots()}
	if err := w.Keep(ctx); err != nil {
		return 0, err
	}
	_, b, err := store.Snapshots().Newest(ctx, aggregate.SnapshotName)
	return len(b), err
}
