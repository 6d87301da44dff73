package jet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
)

// ErrTooLarge says that the bytes are more than the store takes at once.
var ErrTooLarge = errors.New("too large")

// The limits of one write.
const (
	chunkMost = 512 << 10 // bytes of one message of many
	partsMost = 900       // messages of one write: the broker takes batches of 1000
	headRoom  = 8 << 10   // bytes of subject and headers, generously
)

// chunkSize is how much of something large goes into one message.
func (s *Store) chunkSize() int { return min(chunkMost, s.singleSize()) }

// singleSize is how much goes into a message that is alone.
func (s *Store) singleSize() int { return int(s.nc.MaxPayload()) - headRoom }

// split cuts bytes into parts: one when they are at most single long.
func split(b []byte, single, size int) [][]byte {
	if len(b) <= single {
		return [][]byte{b}
	}
	var out [][]byte
	for len(b) > size {
		out = append(out, b[:size])
		b = b[size:]
	}
	return append(out, b)
}

// chunkOf reads which part of how many a message is: 1 of 1 when it does not say.
func chunkOf(h nats.Header) (i, n int, err error) {
	v := h.Get(headerChunk)
	if v == "" {
		return 1, 1, nil
	}
	a, b, _ := strings.Cut(v, "/")
	i, err1 := strconv.Atoi(a)
	n, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil || i < 1 || n < i || n > partsMost {
		return 0, 0, fmt.Errorf("part %q makes no sense", v)
	}
	return i, n, nil
}

// assembler puts parts together again. They come in order, with nothing between.
type assembler struct {
	write string // headerWrite of the parts
	n     int
	parts [][]byte
}

// busy reports whether a part is missing.
func (a *assembler) busy() bool { return len(a.parts) > 0 }

// add takes a part. With the last one it gives the whole.
func (a *assembler) add(h nats.Header, b []byte) (whole []byte, ok bool, err error) {
	i, n, err := chunkOf(h)
	if err != nil {
		return nil, false, err
	}
	if i != len(a.parts)+1 || a.busy() && (n != a.n || h.Get(headerWrite) != a.write) {
		return nil, false, fmt.Errorf("part %d of %d does not follow the %d before it", i, n, len(a.parts))
	}
	if n == 1 {
		return b, true, nil
	}
	a.write, a.n = h.Get(headerWrite), n
	a.parts = append(a.parts, b)
	if i < n {
		return nil, false, nil
	}
	whole = join(a.parts)
	*a = assembler{}
	return whole, true, nil
}

func join(parts [][]byte) []byte {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	out := make([]byte, 0, size)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
