package mem

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"tonghop/report"
)

// Files is a report.Files in memory.
type Files struct {
	mu   sync.Mutex
	kept map[string][]byte
}

var _ report.Files = (*Files)(nil)

// Put implements report.Files.
func (f *Files) Put(ctx context.Context, b []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	sha := hex.EncodeToString(sum[:])
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil {
		f.kept = make(map[string][]byte)
	}
	if _, there := f.kept[sha]; !there {
		f.kept[sha] = bytes.Clone(b)
	}
	return sha, nil
}

// Get implements report.Files.
func (f *Files) Get(ctx context.Context, sha string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	b, there := f.kept[sha]
	if !there {
		return nil, fmt.Errorf("file %s: %w", sha, report.ErrNotFound)
	}
	return bytes.Clone(b), nil
}

// Len is the number of files kept.
func (f *Files) Len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.kept)
}
