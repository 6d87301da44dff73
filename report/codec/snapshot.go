package codec

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"maps"
	"runtime"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// A snapshot is the recorded events of a journal sorted by request, so that a start
// reads those of a request when someone asks for it and not before. What stands for
// itself comes first: definitions, registers, the requests' own events and whatever
// else is needed to know what there is. docs/formats/snapshot.md draws it.

// snapshotMagic begins every snapshot; its last byte is the version.
const snapshotMagic = "THPS\x01"

// What a snapshot gathers before a block is closed: of one request, and of all of
// them together, for there may be thousands.
const (
	shelfSize   = blockSize / 4
	shelvesSize = 64 * blockSize
)

// The fields of the index, and of each of its parts.
const (
	indexPart = 1

	partRequest     = 1 // "" is what stands for itself
	partEvents      = 2
	partLast        = 3 // sequence of the last event
	partFingerprint = 4 // see report.FingerprintOf
	partBlocks      = 5 // for each: where it begins, less the end of the one before; its length; its length unpacked
)

// trailerSize is how long the end of a snapshot is: the length of the index, and a
// digest.
const trailerSize = 8 + sha256.Size

// SnapshotWriter writes a snapshot to a stream. Close ends it; without it the snapshot
// is cut short and will not be read.
type SnapshotWriter struct {
	out    io.Writer
	sum    hash.Hash
	parts  map[string]*partWriter
	held   int // bytes of events that are in no block yet
	last   uint64
	at     uint64 // bytes written
	queue  []pressing
	err    error
	closed bool
}

// partWriter is the events of one request.
type partWriter struct {
	part
	block []byte
}

// pressing is a block that is being compressed.
type pressing struct {
	of   *partWriter
	size int
	done chan []byte
}

// NewSnapshotWriter begins a snapshot.
func NewSnapshotWriter(out io.Writer) *SnapshotWriter {
	w := &SnapshotWriter{out: out, sum: sha256.New(), parts: map[string]*partWriter{}}
	w.write([]byte(snapshotMagic))
	return w
}

// Add writes one event. Sequences must grow.
func (w *SnapshotWriter) Add(r report.Recorded) error {
	if w.err != nil {
		return w.err
	}
	payload, id, err := packPayload(r, w.last)
	if err != nil {
		w.err = fmt.Errorf("snapshot: %w", err)
		return w.err
	}
	w.last = r.Seq
	p := w.part(RequestOf(r.Event))
	before := len(p.block)
	p.block = appendPacked(p.block, r.Seq-p.last, payload)
	p.last = r.Seq
	p.events++
	p.fingerprint += report.FingerprintOf(id)
	if w.held += len(p.block) - before; len(p.block) >= shelfSize {
		w.flush(p)
	}
	if w.held >= shelvesSize {
		w.flush(w.largest())
	}
	return w.err
}

func (w *SnapshotWriter) part(request string) *partWriter {
	p := w.parts[request]
	if p == nil {
		p = &partWriter{part: part{request: request}}
		w.parts[request] = p
	}
	return p
}

// largest gives the part that holds most; of two alike the first by code.
func (w *SnapshotWriter) largest() (out *partWriter) {
	for _, request := range slices.Sorted(maps.Keys(w.parts)) {
		if p := w.parts[request]; out == nil || len(p.block) > len(out.block) {
			out = p
		}
	}
	return out
}

// RequestOf gives the request under which an event is kept: that of a return, but
// for what others ask of it. What was answered for one request is remembered for all.
func RequestOf(e *report.Event) string {
	switch e.Body.(type) {
	case *report.Answered, *report.Exported:
		return ""
	}
	if !e.Key.IsReturn() {
		return ""
	}
	return e.Key.Name
}

// Close ends the snapshot. It does not close the stream.
func (w *SnapshotWriter) Close() error {
	if w.closed {
		return fmt.Errorf("snapshot: closed twice: %w", ErrInvalid)
	}
	w.closed = true
	requests := slices.Sorted(maps.Keys(w.parts))
	for _, request := range requests {
		w.flush(w.parts[request])
	}
	w.drain(0)
	index := &writer{}
	for _, request := range requests {
		index.item(indexPart, w.parts[request].write)
	}
	w.write(index.b)
	w.write(binary.BigEndian.AppendUint64(nil, uint64(len(index.b))))
	w.write(w.sum.Sum(nil))
	return w.err
}

// flush hands the block of a part to be compressed and writes those that are ready.
func (w *SnapshotWriter) flush(p *partWriter) {
	if len(p.block) == 0 || w.err != nil {
		return
	}
	block, done := p.block, make(chan []byte, 1)
	w.held -= len(block)
	p.block = nil
	go func() { done <- compress(block) }()
	w.queue = append(w.queue, pressing{p, len(block), done})
	w.drain(runtime.GOMAXPROCS(0))
}

// drain writes blocks in order until at most keep are being compressed.
func (w *SnapshotWriter) drain(keep int) {
	for len(w.queue) > keep {
		next := w.queue[0]
		w.queue = w.queue[1:]
		packed := <-next.done
		next.of.blocks = append(next.of.blocks, block{at: w.at, packed: uint64(len(packed)), size: uint64(next.size)})
		w.write(packed)
	}
}

func (w *SnapshotWriter) write(b []byte) {
	if w.err != nil {
		return
	}
	w.sum.Write(b)
	w.at += uint64(len(b))
	if _, err := w.out.Write(b); err != nil {
		w.err = fmt.Errorf("write snapshot: %w", err)
	}
}

// part is what the index says of the events of a request.
type part struct {
	request     string
	events      int64
	last        uint64
	fingerprint uint64
	blocks      []block
}

// block is where a block lies, and how long it is unpacked.
type block struct{ at, packed, size uint64 }

func (p *part) write(w *writer) {
	w.text(partRequest, p.request)
	w.number(partEvents, p.events)
	w.number(partLast, int64(p.last))
	w.number(partFingerprint, int64(p.fingerprint))
	var numbers []byte
	end := uint64(0)
	for _, b := range p.blocks {
		for _, n := range []uint64{b.at - end, b.packed, b.size} {
			numbers = protowire.AppendVarint(numbers, n)
		}
		end = b.at + b.packed
	}
	w.blob(partBlocks, numbers)
}

// IsSnapshot reports whether bytes begin as a snapshot does; an older program kept a
// pack instead.
func IsSnapshot(b []byte) bool { return bytes.HasPrefix(b, []byte(snapshotMagic[:4])) }
