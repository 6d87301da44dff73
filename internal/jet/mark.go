package jet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// markFile is the file in the folder that says how far the journal once reached.
const markFile = "journal.mark"

// markEvery is how often the mark is moved while the journal grows.
const markEvery = 2 * time.Second

// mark remembers, beside an embedded server, how far its journal reached. A
// server whose last block is damaged cuts the journal there after a hard stop and
// says nothing: the journal is whole, and shorter. What it had acknowledged is
// gone, and the numbers would be given out again. The mark notices.
//
// A cluster needs none: a server that has lost its tail gets it from the others.
type mark struct {
	path    string
	created string        // when the journal was created, to tell it from another
	high    atomic.Uint64 // last message known to be on the disk
	stop    chan struct{}
	ended   sync.WaitGroup
}

// openMark compares the mark in a folder with the journal, and keeps it from
// then on.
func openMark(dir string, info *jetstream.StreamInfo) (*mark, error) {
	m := &mark{
		path:    filepath.Join(dir, markFile),
		created: info.Created.UTC().Format(time.RFC3339Nano),
		stop:    make(chan struct{}),
	}
	if err := m.check(info.State.LastSeq); err != nil {
		return nil, err
	}
	m.high.Store(info.State.LastSeq)
	if err := m.save(info.State.LastSeq); err != nil {
		return nil, err
	}
	m.ended.Go(m.run)
	return m, nil
}

// check refuses a journal that ends before the mark, or is another than it was.
func (m *mark) check(last uint64) error {
	b, err := os.ReadFile(m.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil // the first time
	}
	if err != nil {
		return fmt.Errorf("read the mark of the journal: %w", err)
	}
	var created string
	var high uint64
	const mend = "restore a backup, or remove the file to go on with what is left"
	if _, err := fmt.Sscanf(string(b), "%s %d\n", &created, &high); err != nil {
		return fmt.Errorf("%s cannot be read (%w); remove the file if the journal is sound", m.path, err)
	}
	switch {
	case created != m.created:
		return fmt.Errorf("%s is of a journal created %s, this one was created %s; %s: %w", m.path, created, m.created, mend, report.ErrGap)
	case last < high:
		return fmt.Errorf("%s says that the journal reached message %d, it ends with %d and has lost its tail; %s: %w", m.path, high, last, mend, report.ErrGap)
	}
	return nil
}

// reached says that a message is on the disk.
func (m *mark) reached(seq uint64) {
	for {
		high := m.high.Load()
		if seq <= high || m.high.CompareAndSwap(high, seq) {
			return
		}
	}
}

// run moves the mark while the journal grows. A mark that cannot be written stays
// behind, which is no fault of the journal's.
func (m *mark) run() {
	tick := time.NewTicker(markEvery)
	defer tick.Stop()
	saved := m.high.Load()
	for {
		select {
		case <-m.stop:
			return
		case <-tick.C:
			if high := m.high.Load(); high > saved && m.save(high) == nil {
				saved = high
			}
		}
	}
}

// close moves the mark for the last time.
func (m *mark) close() error {
	close(m.stop)
	m.ended.Wait()
	return m.save(m.high.Load())
}

// save writes the mark so that a crash leaves the old or the new one.
func (m *mark) save(high uint64) error {
	f, err := os.Create(m.path + ".new")
	if err != nil {
		return fmt.Errorf("write the mark of the journal: %w", err)
	}
	_, err = fmt.Fprintf(f, "%s %d\n", m.created, high)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), m.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write the mark of the journal: %w", err), os.Remove(f.Name()))
	}
	return nil
}
