package report

import (
	"context"
	"errors"
	"time"
)

// The ports: what the verbs need of the world. Package internal/jet stands
// behind them with NATS JetStream and internal/mem in memory; both pass the
// contract suites of package reporttest.

// Errors of the ports. Ask with errors.Is.
var (
	// ErrStale: the key has events that the writer did not know of. Decide again.
	ErrStale = errors.New("key has newer events")
	// ErrNotFound: there are no such bytes.
	ErrNotFound = errors.New("not found")
	// ErrGap: the journal has a hole, or its beginning is gone. Figures read
	// past a hole would be wrong without anyone seeing it, so reading stops.
	ErrGap = errors.New("journal has a gap")
	// ErrUnavailable: the journal cannot be written or read now.
	ErrUnavailable = errors.New("journal is unavailable")
)

// Recorded is an event with its place in a journal. Places differ from journal
// to journal and never enter the figures. They grow, and may jump: an event that
// takes several places has the last of them.
type Recorded struct {
	Seq uint64
	*Event
}

// Journal (nhật ký) is the record: an append-only log of events.
type Journal interface {
	// Append writes events of one key, all or none, when the last event of the
	// key has sequence expect (0: the key has none); otherwise ErrStale. It
	// seals the events (sets ID) and returns the sequence of the last one, once
	// they are on the disk (law 1). Appends that come together may share one
	// fsync; one alone is not delayed. After an error that is neither nil nor
	// ErrStale the events may or may not be there.
	Append(ctx context.Context, key Key, expect uint64, events ...*Event) (uint64, error)

	// Load reads the events of a key, in order, and the sequence of the last
	// (0 and none when the key is new).
	Load(ctx context.Context, key Key) ([]Recorded, uint64, error)

	// Follow calls fn with every event from sequence from on (1: all), in
	// order, each once, and then with those that come, until ctx ends or fn
	// fails. When the events that were there at the start have been given,
	// caughtUp is called once (it may be nil). It fails with ErrGap rather than
	// skip anything, and when from lies beyond the end of the journal: whoever
	// asks for it has seen events that are gone.
	Follow(ctx context.Context, from uint64, fn func(Recorded) error, caughtUp func(last uint64)) error

	// Last is the sequence of the newest event, 0 when there is none.
	Last(ctx context.Context) (uint64, error)
}

// Job is an upload to be checked, taken from the Inbox.
type Job struct {
	Recorded               // a Received event
	Try       int          // 1 for the first delivery
	Heartbeat func()       // says that work goes on; call at least every third of the inbox's patience
	Done      func() error // after the journal holds the outcome
	Retry     func(after time.Duration) error
	Bury      func(reason string) error // to the dead letters: it will not be delivered again
}

// Buried is a job that was given up.
type Buried struct {
	Recorded
	Tries  int
	Reason string
	At     time.Time
}

// Inbox (hộp thư đến) hands out uploads that have no outcome yet, each to one
// worker at a time, again when the worker dies.
type Inbox interface {
	// Next waits for a job. It fails when ctx ends.
	Next(ctx context.Context) (*Job, error)
	// Buried lists the dead letters, oldest first.
	Buried(ctx context.Context) ([]Buried, error)
}

// Files keeps bytes by their SHA-256, each once, without orphans.
type Files interface {
	// Put keeps the bytes and returns their SHA-256 in hex, once they are on
	// the disk (law 1). Putting what is there already changes nothing.
	Put(ctx context.Context, b []byte) (sha string, err error)
	// Get gives the bytes back, their hash verified; ErrNotFound when absent.
	Get(ctx context.Context, sha string) ([]byte, error)
}

// Snapshots keep something derived that makes a start faster. They are never
// trusted: whoever reads one checks it, and without one everything works.
type Snapshots interface {
	// Save keeps a snapshot of the fold of the journal up to seq, and lets go
	// of older ones.
	Save(ctx context.Context, name string, seq uint64, b []byte) error
	// Newest gives the newest snapshot whose bytes are sound; ErrNotFound when
	// there is none. A snapshot of events that the journal does not hold any
	// more means that the journal has lost its tail: ErrGap.
	Newest(ctx context.Context, name string) (seq uint64, b []byte, err error)
}

// Fire is a due schedule: its name and the moment it was due.
type Fire struct {
	Name string
	Due  time.Time
	Body []byte
	Done func() error
}

// Schedules fire at set times, once each, through crashes.
type Schedules interface {
	// Set makes or replaces a schedule: a cron line of six fields (seconds
	// first) in a time zone, or, where cron is empty, once at a moment.
	Set(ctx context.Context, name, cron, zone string, at time.Time, body []byte) error
	// Unset removes a schedule; removing none is no error.
	Unset(ctx context.Context, name string) error
	// Next waits for a schedule to be due.
	Next(ctx context.Context) (*Fire, error)
}
