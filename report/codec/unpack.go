package codec

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"runtime"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// ReadPack reads a pack and gives its events to fn, in order. It fails with
// [ErrDamaged] when the pack is cut short or its digest does not match; fn has
// then seen events already, and whoever keeps them must let them go. An error
// of fn ends the reading and is returned.
func ReadPack(in io.Reader, fn func(report.Recorded) error) error {
	u := &unpacker{in: newHashReader(in), fn: fn}
	if err := u.run(); err != nil {
		return fmt.Errorf("read pack: %w", err)
	}
	return nil
}

// unpacker reads blocks one after the other and decodes some of them at once.
type unpacker struct {
	in    *hashReader
	fn    func(report.Recorded) error
	queue []chan decodedBlock
	last  uint64
	count uint64
}

// decodedBlock is the events of a block; their sequences count from the end of
// the block before.
type decodedBlock struct {
	events []report.Recorded
	err    error
}

func (u *unpacker) run() error {
	magic := make([]byte, len(packMagic))
	if err := u.in.fill(magic); err != nil {
		return err
	}
	if string(magic[:4]) != packMagic[:4] {
		return fmt.Errorf("not a pack: %w", ErrDamaged)
	}
	if magic[4] != packMagic[4] {
		return fmt.Errorf("pack version %d: %w", magic[4], ErrVersion)
	}
	for {
		mark, err := u.in.ReadByte()
		if err != nil {
			return err
		}
		switch mark {
		case packBlock:
			err = u.begin()
		case packEnd:
			return u.finish()
		default:
			err = fmt.Errorf("mark %q: %w", mark, ErrDamaged)
		}
		if err != nil {
			return err
		}
	}
}

// begin reads a block and starts to decode it.
func (u *unpacker) begin() error {
	size, err := u.in.varint(MaxBlock)
	if err != nil {
		return err
	}
	packed, err := u.in.varint(MaxBlock)
	if err != nil {
		return err
	}
	b, err := u.in.take(int(packed))
	if err != nil {
		return err
	}
	done := make(chan decodedBlock, 1)
	go func() {
		var d decodedBlock
		d.events, d.err = decodeBlock(b, int(size))
		done <- d
	}()
	u.queue = append(u.queue, done)
	return u.drain(runtime.GOMAXPROCS(0))
}

// drain hands out events until at most keep blocks are being decoded.
func (u *unpacker) drain(keep int) error {
	for len(u.queue) > keep {
		d := <-u.queue[0]
		u.queue = u.queue[1:]
		if d.err != nil {
			return d.err
		}
		base := u.last
		for _, r := range d.events {
			if r.Seq += base; r.Seq <= u.last {
				return fmt.Errorf("event %d after %d: %w", r.Seq, u.last, ErrDamaged)
			}
			u.last = r.Seq
			u.count++
			if err := u.fn(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (u *unpacker) finish() error {
	count, err := u.in.varint(1<<63 - 1)
	if err != nil {
		return err
	}
	if err := u.drain(0); err != nil {
		return err
	}
	want := u.in.sum.Sum(nil)
	got := make([]byte, sha256.Size)
	if err := u.in.fill(got); err != nil {
		return err
	}
	if count != u.count || !bytes.Equal(got, want) {
		return fmt.Errorf("digest does not match: %w", ErrDamaged)
	}
	return nil
}

func decodeBlock(packed []byte, size int) ([]report.Recorded, error) {
	b, err := decompress(packed, size)
	if err != nil {
		return nil, err
	}
	var out []report.Recorded
	var seq uint64
	for len(b) > 0 {
		step, n := consumeVarint(b)
		if n <= 0 {
			return nil, fmt.Errorf("no sequence: %w", ErrDamaged)
		}
		payload, m := protowire.ConsumeBytes(b[n:])
		if m < 0 {
			return nil, fmt.Errorf("event is cut short: %w", ErrDamaged)
		}
		e, err := DecodePayload(payload)
		if err != nil {
			return nil, err
		}
		seq += step
		out = append(out, report.Recorded{Seq: seq, Event: e})
		b = b[n+m:]
	}
	return out, nil
}

// hashReader reads a pack and keeps the hash of what was read. The end of the
// stream is damage: a pack says itself where it ends.
type hashReader struct {
	in  *bufio.Reader
	sum hash.Hash
}

func newHashReader(in io.Reader) *hashReader {
	return &hashReader{in: bufio.NewReaderSize(in, 64<<10), sum: sha256.New()}
}

func cutShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("pack is cut short: %w", ErrDamaged)
	}
	return err
}

func (h *hashReader) fill(b []byte) error {
	if _, err := io.ReadFull(h.in, b); err != nil {
		return cutShort(err)
	}
	h.sum.Write(b)
	return nil
}

// take reads n bytes. Memory grows with what is really there, not with n.
func (h *hashReader) take(n int) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(min(n, 2*blockSize))
	if _, err := io.CopyN(&b, h.in, int64(n)); err != nil {
		return nil, cutShort(err)
	}
	h.sum.Write(b.Bytes())
	return b.Bytes(), nil
}

// ReadByte reads one byte.
func (h *hashReader) ReadByte() (byte, error) {
	var b [1]byte
	err := h.fill(b[:])
	return b[0], err
}

// varint reads a number of at most limit, in its shortest form.
func (h *hashReader) varint(limit uint64) (uint64, error) {
	var b []byte
	for {
		c, err := h.ReadByte()
		if err != nil {
			return 0, err
		}
		if b = append(b, c); c < 0x80 {
			break
		}
		if len(b) == 10 {
			return 0, fmt.Errorf("number is too long: %w", ErrDamaged)
		}
	}
	v, n := consumeVarint(b)
	if n <= 0 {
		return 0, fmt.Errorf("number is not in its shortest form: %w", ErrDamaged)
	}
	if v > limit {
		return 0, fmt.Errorf("%d bytes: %w", v, ErrLimit)
	}
	return v, nil
}
