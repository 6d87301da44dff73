package codec

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A zstd block takes at least four bytes and holds at most 128 KiB, so a stream
// cannot expand by more than this. It bounds what a short message may claim.
const maxExpansion = (128 << 10) / 4

// window is how far back the encoder looks for what it has seen. Each encoder
// keeps as much memory for as long as the process lives, and hardly a payload is
// larger; what was written with another window is read all the same.
const window = blockSize

// encoder and decoder are shared: their EncodeAll and DecodeAll may be called
// by many goroutines, and making one costs more than a thousand small events.
// They are made at the first use. The settings are constants, so that making
// them cannot fail.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		// Without a checksum: every frame and block carries a stronger one. The
		// fastest level, because its tables stay in a processor's cache while other
		// work goes on: under load it takes half the time of the next one, for a
		// tenth more bytes.
		e, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(false), zstd.WithEncoderLevel(zstd.SpeedFastest),
			zstd.WithWindowSize(window), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(fmt.Errorf("zstd encoder: %w", err))
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(MaxBlock), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			panic(fmt.Errorf("zstd decoder: %w", err))
		}
		return d
	})
)

func compress(b []byte) []byte { return appendCompressed(make([]byte, 0, len(b)/2), b) }

// appendCompressed appends b, compressed.
func appendCompressed(out, b []byte) []byte { return encoder().EncodeAll(b, out) }

// decompress gives exactly size bytes, or an error; it never takes more memory
// than that.
func decompress(b []byte, size int) ([]byte, error) {
	if size/maxExpansion > len(b) {
		return nil, fmt.Errorf("%d bytes cannot hold %d: %w", len(b), size, ErrDamaged)
	}
	out, err := decoder().DecodeAll(b, make([]byte, 0, size))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w: %w", ErrDamaged, err)
	}
	if len(out) != size {
		return nil, fmt.Errorf("payload of %d bytes, not %d: %w", len(out), size, ErrDamaged)
	}
	return out, nil
}
