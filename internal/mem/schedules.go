package mem

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"tonghop/internal/cron"
	"tonghop/report"
)

// Schedules is a report.Schedules in memory.
type Schedules struct {
	Now func() time.Time // the clock; nil: time.Now

	mu    sync.Mutex
	set   map[string]*schedule
	fired []*report.Fire // due and not yet handed out
	moved chan struct{}
}

// schedule is one name's schedule. line is nil for one that fires once.
type schedule struct {
	line *cron.Line
	next time.Time
	body []byte
}

var _ report.Schedules = (*Schedules)(nil)

func (s *Schedules) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// Set implements report.Schedules.
func (s *Schedules) Set(ctx context.Context, name, line, zone string, at time.Time, body []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !report.IsCode(name) {
		return fmt.Errorf("schedule %q: the name is no code", name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sch := &schedule{next: at, body: bytes.Clone(body)}
	if line != "" {
		l, err := cron.Parse(line, zone)
		if err != nil {
			return fmt.Errorf("schedule %s: %w", name, err)
		}
		sch.line, sch.next = l, l.Next(s.now())
	}
	if s.set == nil {
		s.set = make(map[string]*schedule)
	}
	s.set[name] = sch
	s.wake()
	return nil
}

// Unset implements report.Schedules.
func (s *Schedules) Unset(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.set, name)
	s.wake()
	return nil
}

func (s *Schedules) wake() {
	if s.moved != nil {
		close(s.moved)
		s.moved = nil
	}
}

// Next implements report.Schedules. A fire whose Done is not called is not
// handed out again before the process ends: memory has no other crash.
func (s *Schedules) Next(ctx context.Context) (*report.Fire, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		fire, wait, moved := s.take()
		if fire != nil {
			return fire, nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-moved:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func (s *Schedules) take() (*report.Fire, time.Duration, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait := s.collect(s.now())
	if len(s.fired) > 0 {
		fire := s.fired[0]
		s.fired = s.fired[1:]
		return fire, 0, nil
	}
	if s.moved == nil {
		s.moved = make(chan struct{})
	}
	return nil, wait, s.moved
}

// collect moves what is due to the fired, in order of time and name, and says
// how long nothing else will be. What was missed by more than one turn fires
// once, for its last turn.
func (s *Schedules) collect(now time.Time) (wait time.Duration) {
	wait = time.Hour
	var due []*report.Fire
	for _, name := range slices.Sorted(maps.Keys(s.set)) {
		sch := s.set[name]
		if sch.next.After(now) {
			wait = min(wait, sch.next.Sub(now))
			continue
		}
		fire := &report.Fire{Name: name, Due: sch.next.UTC(), Body: bytes.Clone(sch.body), Done: func() error { return nil }}
		if sch.line == nil {
			delete(s.set, name)
		} else {
			fire.Due = sch.line.Before(now).UTC()
			sch.next = sch.line.Next(now)
		}
		due = append(due, fire)
	}
	slices.SortStableFunc(due, func(a, b *report.Fire) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Name, b.Name)) })
	s.fired = append(s.fired, due...)
	return wait
}
