package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"tonghop/report"
)

// ErrSchedule says that a schedule cannot be kept as it is written. It comes
// wrapped with what is wrong.
var ErrSchedule = errors.New("not a schedule")

// cronFields is how many fields a cron line has: second, minute, hour, day,
// month, weekday.
const cronFields = 6

// Schedule (lịch xuất) says when a workbook is written without anyone asking:
// again and again by a cron line, or once at a moment.
type Schedule struct {
	Name string    // [report.CodePattern]
	Cron string    // six fields, seconds first: "0 0 7 * * 1" is Mondays at seven
	Zone string    // of the cron line, "Asia/Ho_Chi_Minh"; "" is UTC
	Once time.Time // where Cron is empty
	Order
}

// Order is what to write: the body of a schedule's fire.
type Order struct {
	Request  string `json:"request"`
	Official bool   `json:"official,omitempty"`
}

// Set makes the schedule fire from now on, in place of any other of its name. It
// fails with [ErrSchedule] before anything is stored; what the numbers of a cron
// line may be is for whoever keeps the schedules to judge.
func (s Schedule) Set(ctx context.Context, in report.Schedules) error {
	if err := s.check(); err != nil {
		return err
	}
	body, err := json.Marshal(s.Order)
	if err != nil {
		return fmt.Errorf("schedule %s: %w", s.Name, err)
	}
	if err := in.Set(ctx, s.Name, s.Cron, s.Zone, s.Once, body); err != nil {
		return fmt.Errorf("schedule %s: %w", s.Name, err)
	}
	return nil
}

func (s Schedule) check() error {
	switch {
	case !report.IsCode(s.Name):
		return fmt.Errorf("%w: name %q is no code", ErrSchedule, s.Name)
	case !report.IsCode(s.Request):
		return fmt.Errorf("%w %s: request %q is no code", ErrSchedule, s.Name, s.Request)
	case s.Cron == "" && s.Once.IsZero():
		return fmt.Errorf("%w %s: neither a cron line nor a moment", ErrSchedule, s.Name)
	case s.Cron != "" && !s.Once.IsZero():
		return fmt.Errorf("%w %s: both a cron line and a moment", ErrSchedule, s.Name)
	case s.Cron != "" && len(strings.Fields(s.Cron)) != cronFields:
		return fmt.Errorf("%w %s: cron line %q has not six fields (second minute hour day month weekday)", ErrSchedule, s.Name, s.Cron)
	}
	return nil
}

// orderOf reads the body of a fire, strictly: a word that is not understood might
// be the one that matters.
func orderOf(body []byte) (Order, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	var o Order
	if err := d.Decode(&o); err != nil {
		return Order{}, fmt.Errorf("%w: %w", ErrSchedule, err)
	}
	if !report.IsCode(o.Request) {
		return Order{}, fmt.Errorf("%w: request %q is no code", ErrSchedule, o.Request)
	}
	return o, nil
}
