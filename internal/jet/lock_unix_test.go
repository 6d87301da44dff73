//go:build unix

package jet

import (
	"errors"
	"testing"

	"golang.org/x/sys/unix"
)

// TestLockIsGivenUp: a folder is free once its lock is closed, though a child that is being
// started has the file still.
func TestLockIsGivenUp(t *testing.T) {
	dir := t.TempDir()
	held, err := lockDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockDir(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("locked twice: %v", err)
	}
	child, err := unix.Dup(int(held.(heldLock).f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Close(child) }()
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := lockDir(dir)
	if err != nil {
		t.Fatalf("after it was given up: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
