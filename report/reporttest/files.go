package reporttest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"tonghop/report"
)

// TestFiles holds a store of files to the contract of report.Files. Open gives an
// empty one.
func TestFiles(t *testing.T, open func(t *testing.T) report.Files) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, report.Files)
	}{
		{"what was put comes back", testPutGet},
		{"the same bytes are the same file", testPutTwice},
		{"many puts of the same bytes", testPutTogether},
		{"many files at once", testPutMany},
		{"a file that is not there", testNoFile},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// noise gives n bytes that do not compress, the same for the same seed.
func noise(n int, seed uint64) []byte {
	var s [32]byte
	s[0], s[1] = byte(seed), byte(seed>>8)
	b := make([]byte, n)
	_, _ = rand.NewChaCha8(s).Read(b) // never fails
	return b
}

func put(t *testing.T, f report.Files, b []byte) string {
	t.Helper()
	sha, err := f.Put(within(t), b)
	if err != nil {
		t.Fatalf("put %d bytes: %v", len(b), err)
	}
	if sum := sha256.Sum256(b); sha != hex.EncodeToString(sum[:]) {
		t.Fatalf("put %d bytes: got %s, which is not their SHA-256", len(b), sha)
	}
	return sha
}

func fileIs(t *testing.T, f report.Files, sha string, want []byte) {
	t.Helper()
	got, err := f.Get(within(t), sha)
	if err != nil {
		t.Fatalf("get %s: %v", sha, err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("get %s: got %d bytes, not the %d that were put", sha, len(got), len(want))
	}
}

func testPutGet(t *testing.T, f report.Files) {
	for _, size := range []int{0, 1, 1000, 700 << 10, 900 << 10, 1 << 20, 3<<20 + 7, 20 << 20} {
		b := noise(size, uint64(size))
		fileIs(t, f, put(t, f, b), b)
	}
}

func testPutTwice(t *testing.T, f report.Files) {
	for _, size := range []int{10, 2 << 20} {
		b := noise(size, 1)
		sha := put(t, f, b)
		if again := put(t, f, bytes.Clone(b)); again != sha {
			t.Errorf("got %s and then %s", sha, again)
		}
		b[0]++ // the store has bytes of its own
		b[0]--
		fileIs(t, f, sha, b)
	}
}

func testPutTogether(t *testing.T, f report.Files) {
	for _, size := range []int{100, 2 << 20} {
		b := noise(size, 2)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { put(t, f, b) })
		}
		wg.Wait()
		fileIs(t, f, put(t, f, b), b)
	}
}

func testPutMany(t *testing.T, f report.Files) {
	const n = 60
	shas := make([]string, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { shas[i] = put(t, f, noise(20_000+i*100, uint64(i))) })
	}
	wg.Wait()
	for i, sha := range shas {
		fileIs(t, f, sha, noise(20_000+i*100, uint64(i)))
	}
}

func testNoFile(t *testing.T, f report.Files) {
	for _, sha := range []string{strings.Repeat("0", 64), "", "abc", "*", ">", "a b", strings.Repeat("A", 64)} {
		if _, err := f.Get(within(t), sha); !errors.Is(err, report.ErrNotFound) {
			t.Errorf("get %q: got %v, want ErrNotFound", sha, err)
		}
	}
}
