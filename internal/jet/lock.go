package jet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrInUse says that another process works on the folder. Two servers on one
// folder would destroy it.
var ErrInUse = errors.New("folder is in use")

// errHeld is what tryLock gives when another process holds the lock.
var errHeld = errors.New("held by another process")

// lockDir takes the folder for this process until what it returns is closed
// or the process ends, however it ends.
func lockDir(dir string) (io.Closer, error) {
	f, err := os.OpenFile(filepath.Join(dir, "tonghop.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock folder %s: %w", dir, err)
	}
	if err := tryLock(f); err != nil {
		defer func() { _ = f.Close() }() // nothing was written to it
		if !errors.Is(err, errHeld) {
			return nil, fmt.Errorf("lock folder %s: %w", dir, err)
		}
		who, _ := io.ReadAll(io.LimitReader(f, 20)) // unknown when it cannot be read
		return nil, fmt.Errorf("folder %s, by process %s: %w", dir, strings.TrimSpace(string(who)), ErrInUse)
	}
	if err := errors.Join(f.Truncate(0), writeAt(f, strconv.Itoa(os.Getpid())+"\n")); err != nil {
		_ = f.Close() // the first error is told
		return nil, fmt.Errorf("lock folder %s: %w", dir, err)
	}
	return heldLock{f}, nil
}

// heldLock is the lock of a folder. It is given up before its file is closed: a child that
// another goroutine is about to start has the file for a moment as well, and would hold it on.
type heldLock struct{ f *os.File }

func (l heldLock) Close() error { return errors.Join(unlock(l.f), l.f.Close()) }

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}
