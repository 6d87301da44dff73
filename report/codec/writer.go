package codec

import (
	"google.golang.org/protobuf/encoding/protowire"
)

// writer writes the canonical wire form: the caller gives fields in ascending
// order, and what has its default value is left out.
type writer struct {
	b []byte
}

// text writes a string, or nothing when it is empty.
func (w *writer) text(num protowire.Number, s string) {
	if s != "" {
		w.textItem(num, s)
	}
}

// textItem writes one string of a repeated field, or of a field whose presence
// says something, even when it is empty.
func (w *writer) textItem(num protowire.Number, s string) {
	w.b = protowire.AppendTag(w.b, num, protowire.BytesType)
	w.b = protowire.AppendString(w.b, s)
}

// blob writes bytes, or nothing when there are none.
func (w *writer) blob(num protowire.Number, b []byte) {
	if len(b) > 0 {
		w.b = protowire.AppendTag(w.b, num, protowire.BytesType)
		w.b = protowire.AppendBytes(w.b, b)
	}
}

// number writes a whole number, or nothing when it is 0. A negative one takes
// ten bytes, and does not occur.
func (w *writer) number(num protowire.Number, v int64) {
	if v != 0 {
		w.varint(num, uint64(v))
	}
}

// signed writes a number that may well be negative, always.
func (w *writer) signed(num protowire.Number, v int64) { w.varint(num, protowire.EncodeZigZag(v)) }

func (w *writer) varint(num protowire.Number, v uint64) {
	w.b = protowire.AppendTag(w.b, num, protowire.VarintType)
	w.b = protowire.AppendVarint(w.b, v)
}

// flag writes true, or nothing.
func (w *writer) flag(num protowire.Number, yes bool) {
	if yes {
		w.varint(num, 1)
	}
}

// message writes a nested message, or nothing when it turns out empty.
func (w *writer) message(num protowire.Number, fill func(*writer)) {
	before := len(w.b)
	w.item(num, fill)
	if len(w.b) == before+protowire.SizeTag(num)+1 { // the tag and a length of 0
		w.b = w.b[:before]
	}
}

// item writes one message of a repeated field, even when it is empty.
func (w *writer) item(num protowire.Number, fill func(*writer)) {
	w.b = protowire.AppendTag(w.b, num, protowire.BytesType)
	w.sized(func() { fill(w) })
}

// sized writes what fill appends with its length in front. The length is known
// only afterwards, so the content is moved up to make room; one move of memory
// is cheaper than a buffer of its own.
func (w *writer) sized(fill func()) {
	start := len(w.b)
	fill()
	size := len(w.b) - start
	var length [10]byte
	n := len(protowire.AppendVarint(length[:0], uint64(size)))
	w.b = append(w.b, length[:n]...)
	copy(w.b[start+n:], w.b[start:start+size])
	protowire.AppendVarint(w.b[:start], uint64(size))
}
