package report

import (
	"context"
	"errors"
	"fmt"
)

// Taken counts what was taken over from another journal.
type Taken struct {
	Events int `json:"events"` // that were new
	Known  int `json:"known"`  // that were here already
	Files  int `json:"files"`  // that the new receipts speak of
}

// TakeOver writes the events of one journal into another that does not have them yet, each
// after its file: those of a department that worked alone come to the others. Events are
// a set, so the figures are then those of one journal that had them all, whatever was
// taken over first, and taking over again changes nothing (law 2). What a journal says of
// itself ([Chained]) stays where it is true. A call that was cut short is simply made again.
func TakeOver(ctx context.Context, into, from Journal, files, fromFiles Files) (Taken, error) {
	t := takeover{into: into, files: files, fromFiles: fromFiles, known: map[string]bool{}, last: map[Key]uint64{}}
	if err := eachEvent(ctx, into, func(r Recorded) error {
		t.know(r)
		return nil
	}); err != nil {
		return t.Taken, fmt.Errorf("take over: %w", err)
	}
	if err := eachEvent(ctx, from, func(r Recorded) error { return t.take(ctx, r) }); err != nil {
		return t.Taken, fmt.Errorf("take over: %w", err)
	}
	return t.Taken, nil
}

type takeover struct {
	Taken
	into             Journal
	files, fromFiles Files
	known            map[string]bool
	last             map[Key]uint64
}

func (t *takeover) know(r Recorded) {
	t.known[r.ID] = true
	t.last[r.Key] = r.Seq
}

// take takes an event over unless it is known.
func (t *takeover) take(ctx context.Context, r Recorded) error {
	if r.Body.Kind() == KindChained {
		return nil
	}
	if t.known[r.ID] {
		t.Known++
		return nil
	}
	if b, is := r.Body.(*Received); is {
		body, err := t.fromFiles.Get(ctx, b.SHA256)
		if err == nil {
			_, err = t.files.Put(ctx, body)
		}
		if err != nil {
			return fmt.Errorf("file of receipt %s: %w", b.Number, err)
		}
		t.Files++
	}
	for {
		e := *r.Event
		seq, err := t.into.Append(ctx, r.Key, t.last[r.Key], &e)
		if err == nil {
			t.know(Recorded{Seq: seq, Event: &e})
			t.Events++
			return nil
		}
		if !errors.Is(err, ErrStale) {
			return err
		}
		// Somebody writes to the journal at the same time, and may have written this event.
		events, last, err := t.into.Load(ctx, r.Key)
		if err != nil {
			return err
		}
		for _, known := range events {
			t.know(known)
		}
		if t.last[r.Key] = last; t.known[r.ID] {
			t.Known++
			return nil
		}
	}
}

// eachEvent calls fn with every event that a journal holds now.
func eachEvent(ctx context.Context, j Journal, fn func(Recorded) error) error {
	last, err := j.Last(ctx)
	if err != nil || last == 0 {
		return err
	}
	errEnd := errors.New("reached the end")
	err = j.Follow(ctx, 1, func(r Recorded) error {
		if err := fn(r); err != nil {
			return err
		}
		if r.Seq == last {
			return errEnd
		}
		return nil
	}, nil)
	if errors.Is(err, errEnd) {
		return nil
	}
	if err == nil {
		err = ErrGap
	}
	return fmt.Errorf("read up to event %d: %w", last, err)
}
