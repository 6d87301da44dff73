package codec

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"tonghop/report"
)

// Errors of the codec. They come wrapped; ask with errors.Is.
var (
	// ErrDamaged: the bytes are not what was written. Something between here
	// and the writer changed or cut them.
	ErrDamaged = errors.New("event is damaged")
	// ErrVersion: a newer program wrote this. Reading only the part that is
	// understood would lose the rest in silence.
	ErrVersion = errors.New("event is of a newer version")
	// ErrLimit: more than the limits of this package allow.
	ErrLimit = errors.New("event is too large")
	// ErrInvalid: the event cannot be written, or the bytes are not the one
	// encoding of an event: facts out of order, a default spelt out.
	ErrInvalid = errors.New("event has no canonical form")
	// ErrIdentity: the event's ID is not that of its content; it was changed
	// after it was sealed.
	ErrIdentity = errors.New("event does not match its identity")
)

// The limits on what is read and written.
const (
	MaxPayload = 64 << 20 // bytes of a payload, uncompressed
	MaxFacts   = 1 << 20  // facts of one draft
)

// idLen is the number of bytes of a payload's SHA-256 that make its identity:
// as many as leave no hope of finding two events with the same one.
const idLen = 20

// Seal gives the event its identity: ID becomes the hex of the first 20 bytes
// of the SHA-256 of its payload. Times are first cut to UTC milliseconds, which
// is all the journal keeps. It fails when the event cannot be encoded.
func Seal(e *report.Event) error {
	room := takeRoom()
	defer room.giveBack()
	_, err := room.seal(e)
	return err
}

// Encode gives the frame of an event, sealing it when it has no ID yet. An
// event whose ID is not that of its content is refused with [ErrIdentity].
func Encode(e *report.Event) ([]byte, error) {
	sealed := e.ID
	room := takeRoom()
	defer room.giveBack()
	id, err := room.seal(e)
	if err != nil {
		return nil, err
	}
	if sealed != "" && sealed != e.ID {
		e.ID = sealed
		return nil, fmt.Errorf("encode event %s: %w", sealed, ErrIdentity)
	}
	return appendFrame(nil, room.payload, id), nil
}

// Decode reads a frame. The event's ID is the hash of what was read, which is
// also how damage is found. The event keeps nothing of b.
func Decode(b []byte) (*report.Event, error) {
	payload, err := openFrame(b)
	if err != nil {
		return nil, fmt.Errorf("decode event: %w", err)
	}
	return decodeIdentified(payload)
}

// Payload gives the payload of a sealed or unsealed event: its canonical
// encoding, uncompressed and without a frame. The event is left as it is.
func Payload(e *report.Event) ([]byte, error) {
	return writePayload(nil, e)
}

// writePayload appends the payload of an event.
func writePayload(b []byte, e *report.Event) ([]byte, error) {
	b, err := appendPayload(b, e)
	if err != nil {
		return nil, fmt.Errorf("encode event of kind %s: %w", kindOf(e), err)
	}
	return b, nil
}

// DecodePayload reads what [Payload] wrote and seals the event.
func DecodePayload(b []byte) (*report.Event, error) {
	if len(b) > MaxPayload {
		return nil, fmt.Errorf("decode event: payload of %d bytes: %w", len(b), ErrLimit)
	}
	return decodeIdentified(b)
}

func decodeIdentified(payload []byte) (*report.Event, error) {
	e, err := readPayload(payload)
	if err != nil {
		return nil, fmt.Errorf("decode event: %w", err)
	}
	id := identity(payload)
	e.ID = hexID(id)
	return e, nil
}

// room is where a payload is written that is not kept: it goes into a frame, or
// is hashed and forgotten.
type room struct{ payload []byte }

var rooms = sync.Pool{New: func() any { return &room{} }}

// mostRoom is how many bytes a room may have that is kept.
const mostRoom = 64 << 10

func takeRoom() *room { return rooms.Get().(*room) }

// giveBack ends the use of a room, whose payload may be written over from then on.
func (r *room) giveBack() {
	if cap(r.payload) <= mostRoom {
		rooms.Put(r)
	}
}

// seal brings the event into the form the journal keeps, writes its payload and
// names it.
func (r *room) seal(e *report.Event) (id [idLen]byte, err error) {
	e.At = wholeMillis(e.At)
	if t, ok := e.Body.(*report.TokenIssued); ok && t != nil {
		t.Expires = wholeMillis(t.Expires)
	}
	payload, err := writePayload(r.payload[:0], e)
	if err != nil {
		return id, err
	}
	r.payload = payload
	id = identity(payload)
	e.ID = hexID(id)
	return id, nil
}

func wholeMillis(t time.Time) time.Time { return t.Truncate(time.Millisecond).UTC() }

func identity(payload []byte) (id [idLen]byte) {
	sum := sha256.Sum256(payload)
	copy(id[:], sum[:])
	return id
}

func hexID(id [idLen]byte) string { return hex.EncodeToString(id[:]) }
