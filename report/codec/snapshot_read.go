package codec

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"sync"

	"tonghop/report"
)

// Snapshot is a snapshot whose digest was compared. Its events are read part by part.
type Snapshot struct {
	// Last is the sequence of the newest event, Events how many there are.
	Last   uint64
	Events int
	// Whole is what stands for itself: whatever is not of a return.
	Whole *Part
	// Requests are the parts of requests, by code.
	Requests []*Part

	packed uint64 // bytes of all blocks
}

// Part is the events of the returns of a request.
type Part struct {
	part
	in []byte // the snapshot
}

// OpenSnapshot reads where everything lies in a snapshot, of which it keeps the bytes.
// It fails with [ErrDamaged] when they are not those that were written.
func OpenSnapshot(b []byte) (*Snapshot, error) {
	s, err := openSnapshot(b)
	if err != nil {
		return nil, fmt.Errorf("open snapshot: %w", err)
	}
	return s, nil
}

func openSnapshot(b []byte) (*Snapshot, error) {
	if !IsSnapshot(b) || len(b) < len(snapshotMagic)+trailerSize {
		return nil, fmt.Errorf("not a snapshot: %w", ErrDamaged)
	}
	if v := b[len(snapshotMagic)-1]; v != snapshotMagic[len(snapshotMagic)-1] {
		return nil, fmt.Errorf("snapshot version %d: %w", v, ErrVersion)
	}
	said := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(said); !bytes.Equal(sum[:], b[len(said):]) {
		return nil, fmt.Errorf("digest does not match: %w", ErrDamaged)
	}
	room := uint64(len(said) - 8)
	length := binary.BigEndian.Uint64(said[room:])
	if length > room-uint64(len(snapshotMagic)) {
		return nil, fmt.Errorf("index of %d bytes: %w", length, ErrDamaged)
	}
	s := &Snapshot{Whole: &Part{in: b}}
	end := room - length // of the blocks
	r := &reader{b: said[end:room]}
	for r.next() {
		if r.field != indexPart {
			r.unknown()
			continue
		}
		r.item(func(r *reader) { s.add(&Part{part: readPart(r, end), in: b}, r) })
	}
	if r.err == nil && s.packed != end-uint64(len(snapshotMagic)) {
		return nil, fmt.Errorf("blocks of %d bytes in %d: %w", s.packed, end, ErrDamaged)
	}
	return s, r.err
}

// add takes in a part, which must come after those before it.
func (s *Snapshot) add(p *Part, r *reader) {
	n := len(s.Requests)
	switch {
	case p.request == "" && n == 0 && s.Whole.events == 0:
		s.Whole = p
	case p.request != "" && (n == 0 || s.Requests[n-1].request < p.request):
		s.Requests = append(s.Requests, p)
	default:
		r.fail(fmt.Errorf("part %q is out of order: %w", p.request, ErrInvalid))
	}
	s.Events += int(p.events)
	s.Last = max(s.Last, p.last)
	for _, b := range p.blocks {
		s.packed += b.packed
	}
}

// readPart reads what part.write wrote; the blocks end before a byte.
func readPart(r *reader, before uint64) (p part) {
	var numbers []byte
	for r.next() {
		switch r.field {
		case partRequest:
			p.request = r.text()
		case partEvents:
			p.events = r.number()
		case partLast:
			p.last = uint64(r.number())
		case partFingerprint:
			p.fingerprint = uint64(r.number())
		case partBlocks:
			numbers = r.blob()
		default:
			r.unknown()
		}
	}
	if p.events < 1 || p.events > math.MaxInt32 {
		r.fail(fmt.Errorf("part of %d events: %w", p.events, ErrInvalid))
	}
	end := uint64(0)
	for len(numbers) > 0 && r.err == nil {
		var n [3]uint64
		for i := range n {
			v, size := consumeVarint(numbers)
			if size <= 0 || v > math.MaxInt64/4 {
				r.fail(fmt.Errorf("block of a part: %w", ErrInvalid))
				return p
			}
			n[i], numbers = v, numbers[size:]
		}
		b := block{at: end + n[0], packed: n[1], size: n[2]}
		if end = b.at + b.packed; end > before || b.size > MaxBlock {
			r.fail(fmt.Errorf("block of %d bytes at %d: %w", b.packed, b.at, ErrLimit))
		}
		p.blocks = append(p.blocks, b)
	}
	return p
}

// Request is the code of the request; "" of what stands for itself.
func (p *Part) Request() string { return p.request }

// Last is the sequence of its last event.
func (p *Part) Last() uint64 { return p.last }

// Fingerprint is the sum of [report.FingerprintOf] of its events.
func (p *Part) Fingerprint() uint64 { return p.fingerprint }

// Read gives the events of the part, in order, by all processors. It fails when they are
// not those that the index speaks of.
func (p *Part) Read() ([]report.Recorded, error) {
	events, err := p.read()
	if err != nil {
		return nil, fmt.Errorf("read part %q of a snapshot: %w", p.request, err)
	}
	return events, nil
}

func (p *Part) read() ([]report.Recorded, error) {
	type result struct {
		events []report.Recorded
		err    error
	}
	blocks := make([]result, len(p.blocks))
	var tasks sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, b := range p.blocks {
		free <- struct{}{}
		tasks.Go(func() {
			defer func() { <-free }()
			blocks[i].events, blocks[i].err = decodeBlock(p.in[b.at:b.at+b.packed], int(b.size))
		})
	}
	tasks.Wait()
	out := make([]report.Recorded, 0, min(int(p.events), 1<<20))
	last, fingerprint := uint64(0), uint64(0)
	for _, b := range blocks {
		if b.err != nil {
			return nil, b.err
		}
		base := last
		for _, r := range b.events {
			if r.Seq += base; r.Seq <= last {
				return nil, fmt.Errorf("event %d after %d: %w", r.Seq, last, ErrDamaged)
			}
			if RequestOf(r.Event) != p.request {
				return nil, fmt.Errorf("event %d is of another part: %w", r.Seq, ErrDamaged)
			}
			last = r.Seq
			fingerprint += report.FingerprintOf(r.ID)
			out = append(out, r)
		}
	}
	if last != p.last || int64(len(out)) != p.events || fingerprint != p.fingerprint {
		return nil, fmt.Errorf("%d events up to %d, not %d up to %d: %w", len(out), last, p.events, p.last, ErrDamaged)
	}
	return out, nil
}
