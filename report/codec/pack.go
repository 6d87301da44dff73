package codec

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"runtime"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// A pack is a stream of blocks: each holds some recorded events, compressed
// together, and can be read without the others, so that packing and unpacking
// use every processor. docs/formats/pack.md draws it.

// packMagic begins every pack; its last byte is the version.
const packMagic = "THPK\x01"

// The first byte of what follows the magic, and each block.
const (
	packBlock = 'B'
	packEnd   = 'E'
)

// blockSize is how many bytes of events a block gathers before it is closed.
// Larger blocks compress better; smaller ones share out better.
const blockSize = 1 << 20

// MaxBlock is the largest block that is read, compressed or not: one event more
// than blockSize may stand in it.
const MaxBlock = MaxPayload + 2*blockSize

// PackWriter writes recorded events to a stream. Close ends the pack; without
// it the pack is cut short and will not be read.
type PackWriter struct {
	out    io.Writer
	sum    hash.Hash
	block  []byte
	last   uint64 // sequence of the last event
	count  uint64
	queue  []chan []byte // blocks being compressed, in order
	err    error
	closed bool
}

// NewPackWriter begins a pack.
func NewPackWriter(out io.Writer) *PackWriter {
	p := &PackWriter{out: out, sum: sha256.New()}
	p.write([]byte(packMagic))
	return p
}

// Add writes one event. Sequences must grow. An event is packed as its payload:
// its identity is worked out again by whoever reads the pack.
func (p *PackWriter) Add(r report.Recorded) error {
	if p.err != nil {
		return p.err
	}
	payload, _, err := packPayload(r, p.last)
	if err != nil {
		p.err = fmt.Errorf("pack: %w", err)
		return p.err
	}
	p.block = appendPacked(p.block, r.Seq-p.last, payload)
	p.last = r.Seq
	p.count++
	if len(p.block) >= blockSize {
		p.flush()
	}
	return p.err
}

// Close ends the pack and gives its digest, the SHA-256 of all that was written
// before it. It does not close the stream.
func (p *PackWriter) Close() (digest [sha256.Size]byte, err error) {
	if p.closed {
		return digest, errors.New("pack: closed twice")
	}
	p.closed = true
	p.flush()
	p.drain(0)
	p.write(protowire.AppendVarint([]byte{packEnd}, p.count))
	p.sum.Sum(digest[:0])
	p.write(digest[:])
	return digest, p.err
}

// packPayload gives the payload of an event as packs and snapshots hold it, and its
// identity: that is not packed, but worked out again by whoever reads it.
func packPayload(r report.Recorded, after uint64) (payload []byte, id string, err error) {
	if r.Seq <= after {
		return nil, "", fmt.Errorf("event %d after %d: %w", r.Seq, after, ErrInvalid)
	}
	if payload, err = Payload(r.Event); err != nil {
		return nil, "", fmt.Errorf("event %d: %w", r.Seq, err)
	}
	if id = hexID(identity(payload)); r.ID != "" && r.ID != id {
		return nil, "", fmt.Errorf("event %d: %w", r.Seq, ErrIdentity)
	}
	return payload, id, nil
}

// appendPacked appends an event as it stands in a block.
func appendPacked(b []byte, step uint64, payload []byte) []byte {
	return protowire.AppendBytes(protowire.AppendVarint(b, step), payload)
}

// flush hands the block to be compressed and writes those that are ready.
func (p *PackWriter) flush() {
	if len(p.block) == 0 || p.err != nil {
		return
	}
	block, done := p.block, make(chan []byte, 1)
	p.block = make([]byte, 0, blockSize+blockSize/8)
	go func() { done <- packedBlock(block) }()
	p.queue = append(p.queue, done)
	p.drain(runtime.GOMAXPROCS(0))
}

// drain writes blocks in order until at most keep are being compressed.
func (p *PackWriter) drain(keep int) {
	for len(p.queue) > keep {
		p.write(<-p.queue[0])
		p.queue = p.queue[1:]
	}
}

func (p *PackWriter) write(b []byte) {
	if p.err != nil {
		return
	}
	p.sum.Write(b)
	if _, err := p.out.Write(b); err != nil {
		p.err = fmt.Errorf("write pack: %w", err)
	}
}

// packedBlock gives a block as it stands in the stream.
func packedBlock(block []byte) []byte {
	packed := compress(block)
	b := make([]byte, 0, len(packed)+16)
	b = append(b, packBlock)
	b = protowire.AppendVarint(b, uint64(len(block)))
	b = protowire.AppendVarint(b, uint64(len(packed)))
	return append(b, packed...)
}
