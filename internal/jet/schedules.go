package jet

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tonghop/internal/cron"
	"tonghop/report"
)

// schedules is the report.Schedules of a store. The broker's own scheduler fires:
// it needs no leader of ours, and after a stop it makes up for what it missed
// with one fire.
type schedules struct{ *Store }

var _ report.Schedules = schedules{}

// Schedules gives what falls due.
func (s *Store) Schedules() report.Schedules { return schedules{s} }

// fireKept is how long a fire waits to be taken before it is forgotten.
const fireKept = 35 * 24 * time.Hour

// Set implements report.Schedules. The broker has seconds for its unit: a moment
// is kept to the next whole one.
func (s schedules) Set(ctx context.Context, name, line, zone string, at time.Time, body []byte) error {
	m, opts, err := scheduleOf(name, line, zone, at, body)
	if err != nil {
		return fmt.Errorf("schedule %q: %w", name, err)
	}
	return s.retry(ctx, "set schedule "+name, func(ctx context.Context) error {
		_, err := s.js.PublishMsg(ctx, m, opts...) // twice is the same as once
		return err
	})
}

// scheduleOf makes the message that the broker's scheduler reads. The headers of
// ours travel on to what it fires.
func scheduleOf(name, line, zone string, at time.Time, body []byte) (*nats.Msg, []jetstream.PublishOpt, error) {
	if !report.IsCode(name) {
		return nil, nil, errors.New("the name is no code")
	}
	m := &nats.Msg{Subject: "sched." + name, Data: body, Header: nats.Header{}}
	opts := []jetstream.PublishOpt{jetstream.WithScheduleTarget("due." + name), jetstream.WithScheduleTTL(fireKept)}
	if line == "" {
		at = at.Add(time.Second - 1).Truncate(time.Second).UTC()
		m.Header.Set(headerDue, at.Format(time.RFC3339))
		return m, append(opts, jetstream.WithScheduleAt(at)), nil
	}
	if _, err := cron.Parse(line, zone); err != nil {
		return nil, nil, err
	}
	line = strings.Join(strings.Fields(line), " ")
	m.Header.Set(headerCron, line)
	m.Header.Set(headerZone, zone)
	opts = append(opts, jetstream.WithScheduleCron(line))
	if zone != "" {
		opts = append(opts, jetstream.WithScheduleTimeZone(zone))
	}
	return m, opts, nil
}

// Unset implements report.Schedules. What has fired already still comes.
func (s schedules) Unset(ctx context.Context, name string) error {
	if !report.IsCode(name) {
		return fmt.Errorf("schedule %q: the name is no code", name)
	}
	return s.retry(ctx, "remove schedule "+name, func(ctx context.Context) error {
		return s.Store.schedules.Purge(ctx, jetstream.WithPurgeSubject("sched."+name))
	})
}

// Next implements report.Schedules.
func (s schedules) Next(ctx context.Context) (*report.Fire, error) {
	m, err := s.pull(ctx, streamSchedules, consumerDue)
	if err != nil {
		return nil, fmt.Errorf("next schedule: %w", err)
	}
	due, err := dueOf(m)
	if err != nil {
		return nil, fmt.Errorf("next schedule: %s: %w", m.Subject, err)
	}
	return &report.Fire{
		Name: strings.TrimPrefix(m.Subject, "due."),
		Due:  due,
		Body: m.Data,
		Done: func() error { return s.settle(m, "+ACK") },
	}, nil
}

// dueOf is the turn that a fire belongs to. It may have come late; what names
// its result is when it was due (law 6).
func dueOf(m *nats.Msg) (time.Time, error) {
	if at := m.Header.Get(headerDue); at != "" {
		return time.Parse(time.RFC3339, at)
	}
	meta, err := m.Metadata()
	if err != nil {
		return time.Time{}, err
	}
	line, err := cron.Parse(m.Header.Get(headerCron), m.Header.Get(headerZone))
	if err != nil {
		return time.Time{}, err
	}
	return line.Before(meta.Timestamp).UTC(), nil
}
