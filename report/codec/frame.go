package codec

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// frameVersion is the version of the frame written here. Every older one must
// stay readable for ever.
const frameVersion = 1

// The ways a payload can stand in a frame.
const (
	packingRaw  = 0
	packingZstd = 1
)

// frameMagic begins every frame.
const frameMagic = "TH"

// worthPacking is the size in bytes below which compression is not tried: a
// small event gains nothing and would pay microseconds.
const worthPacking = 512

// appendFrame appends the frame of a payload, compressed where that makes it
// smaller.
func appendFrame(b, payload []byte, id [idLen]byte) []byte {
	if len(payload) >= worthPacking {
		b = slices.Grow(b, headRoom+len(payload)/2)
		head := appendHead(b, packingZstd, payload, id)
		if packed := appendCompressed(head, payload); len(packed)-len(head) < len(payload) {
			return packed
		}
	}
	return append(appendHead(b, packingRaw, payload, id), payload...)
}

// headRoom is how long the head of a frame gets.
const headRoom = len(frameMagic) + 2 + 10 + idLen

// appendHead appends what stands before the payload in a frame.
func appendHead(b []byte, packing byte, payload []byte, id [idLen]byte) []byte {
	b = append(b, frameMagic...)
	b = append(b, frameVersion, packing)
	b = protowire.AppendVarint(b, uint64(len(payload)))
	return append(b, id[:]...)
}

// openFrame gives the payload of a frame after its hash was compared. The
// payload may be part of b.
func openFrame(b []byte) ([]byte, error) {
	const head = len(frameMagic) + 2
	if len(b) < head || string(b[:len(frameMagic)]) != frameMagic {
		return nil, fmt.Errorf("no frame: %w", ErrDamaged)
	}
	if v := b[2]; v != frameVersion {
		return nil, fmt.Errorf("frame version %d: %w", v, ErrVersion)
	}
	packing := b[3]
	size, n := consumeVarint(b[head:])
	if n <= 0 || len(b)-head-n < idLen {
		return nil, fmt.Errorf("frame is cut short: %w", ErrDamaged)
	}
	if size > MaxPayload {
		return nil, fmt.Errorf("payload of %d bytes: %w", size, ErrLimit)
	}
	id, body := b[head+n:head+n+idLen], b[head+n+idLen:]
	payload, err := unpackPayload(packing, body, int(size))
	if err != nil {
		return nil, err
	}
	if got := identity(payload); string(got[:]) != string(id) {
		return nil, fmt.Errorf("payload hash does not match: %w", ErrDamaged)
	}
	return payload, nil
}

func unpackPayload(packing byte, body []byte, size int) ([]byte, error) {
	switch packing {
	case packingRaw:
		if len(body) != size {
			return nil, fmt.Errorf("payload of %d bytes, not %d: %w", len(body), size, ErrDamaged)
		}
		return body, nil
	case packingZstd:
		return decompress(body, size)
	}
	return nil, fmt.Errorf("compression %d: %w", packing, ErrVersion)
}
