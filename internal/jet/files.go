package jet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"

	"github.com/nats-io/nats.go/jetstream"

	"tonghop/report"
)

// files is the report.Files of a store: a stream with one subject for each file.
// A file is one write, so that nothing of it is there until all of it is, and the
// write expects an empty subject, so that the second of the same bytes changes
// nothing.
type files struct{ *Store }

var _ report.Files = files{}

// Files gives the store of files.
func (s *Store) Files() report.Files { return files{s} }

// ErrDamaged says that the bytes that are kept are not those that were put. The
// disk has changed them; a backup has them still.
var ErrDamaged = errors.New("bytes are damaged")

var sha256RE = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Put implements report.Files.
func (f files) Put(ctx context.Context, b []byte) (string, error) {
	if len(b) > f.cfg.MaxFile {
		return "", fmt.Errorf("file of %d bytes, at most %d: %w", len(b), f.cfg.MaxFile, ErrTooLarge)
	}
	sum := sha256.Sum256(b)
	sha := hex.EncodeToString(sum[:])
	subject := subjectFile(sha)
	parts := split(b, f.singleSize(), f.singleSize())
	if len(parts) > partsMost {
		return "", fmt.Errorf("file of %d bytes: %w", len(b), ErrTooLarge)
	}
	if len(parts) > 1 && f.has(ctx, subject) {
		return sha, nil // spares sending what is there
	}
	w := newWrite(subject, 0)
	w.add(subject, parts)
	if _, err := f.fileWriter.commit(ctx, w); err != nil && !errors.Is(err, report.ErrStale) {
		return "", fmt.Errorf("put file %s: %w", sha, err)
	}
	return sha, nil
}

func subjectFile(sha string) string { return "file." + sha }

func (f files) has(ctx context.Context, subject string) bool {
	_, err := f.Store.files.GetLastMsgForSubject(ctx, subject)
	return err == nil
}

// Get implements report.Files.
func (f files) Get(ctx context.Context, sha string) ([]byte, error) {
	if !sha256RE.MatchString(sha) {
		return nil, fmt.Errorf("file %q: %w", sha, report.ErrNotFound)
	}
	var b []byte
	err := f.retry(ctx, "get file "+sha, func(ctx context.Context) error {
		m, err := f.Store.files.GetLastMsgForSubject(ctx, subjectFile(sha))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return report.ErrNotFound
		}
		if err == nil {
			b, err = f.before(ctx, m)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != sha {
		return nil, fmt.Errorf("file %s: %w", sha, ErrDamaged)
	}
	return b, nil
}

// before puts together the parts that end with message m.
func (f files) before(ctx context.Context, m *jetstream.RawStreamMsg) ([]byte, error) {
	i, n, err := chunkOf(m.Header)
	if err != nil {
		return nil, err
	}
	if i != n {
		return nil, fmt.Errorf("ends with part %d of %d", i, n)
	}
	if n == 1 {
		return m.Data, nil
	}
	parts := make([][]byte, n)
	parts[n-1] = m.Data
	for k := 1; k < n; k++ {
		p, err := f.Store.files.GetMsg(ctx, m.Sequence-uint64(k))
		if err != nil {
			return nil, err
		}
		parts[n-1-k] = p.Data
	}
	return join(parts), nil
}
