package codec

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// reader reads the canonical wire form and refuses every other: fields that go
// back, defaults spelt out, numbers longer than need be. The first error stays
// and ends the reading; callers look at it once, at the end.
//
//	for r.next() {
//		switch r.field {
//		case 1:
//			b.Upload = r.text()
//		default:
//			r.unknown()
//		}
//	}
type reader struct {
	b     []byte
	field protowire.Number // of the value that comes next
	typ   protowire.Type
	again bool // the field came before: it must be a repeated one
	err   error
}

// next moves to the next field and says whether there is one.
func (r *reader) next() bool {
	if r.err != nil || len(r.b) == 0 {
		return false
	}
	tag, n := consumeVarint(r.b)
	field, typ := protowire.DecodeTag(tag)
	if n <= 0 || field < protowire.MinValidNumber || field > protowire.MaxValidNumber {
		r.fail(fmt.Errorf("no field tag: %w", ErrInvalid))
		return false
	}
	if field < r.field {
		r.fail(fmt.Errorf("field %d after %d: %w", field, r.field, ErrInvalid))
		return false
	}
	r.again = field == r.field
	r.field, r.typ, r.b = field, typ, r.b[n:]
	return true
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// unknown refuses a field that this program does not know.
func (r *reader) unknown() { r.fail(fmt.Errorf("field %d: %w", r.field, ErrVersion)) }

// once refuses a second value of a field that has only one.
func (r *reader) once() {
	if r.again {
		r.fail(fmt.Errorf("field %d twice: %w", r.field, ErrInvalid))
	}
}

// blobItem reads the bytes of a repeated field; they are part of the input.
func (r *reader) blobItem() []byte {
	if r.err != nil {
		return nil
	}
	if r.typ != protowire.BytesType {
		r.fail(fmt.Errorf("field %d has wire type %d: %w", r.field, r.typ, ErrVersion))
		return nil
	}
	size, n := consumeVarint(r.b)
	if n <= 0 || size > uint64(len(r.b)-n) {
		r.fail(fmt.Errorf("field %d is cut short: %w", r.field, ErrInvalid))
		return nil
	}
	b := r.b[n : n+int(size)]
	r.b = r.b[n+int(size):]
	return b
}

// blob reads the bytes of a field that is left out when it has none.
func (r *reader) blob() []byte {
	r.once()
	b := r.blobItem()
	if r.err == nil && len(b) == 0 {
		r.fail(fmt.Errorf("field %d is there and empty: %w", r.field, ErrInvalid))
	}
	return b
}

// text reads a string that is left out when it is empty.
func (r *reader) text() string { return string(r.blob()) }

// textItem reads one string of a repeated field.
func (r *reader) textItem() string { return string(r.blobItem()) }

// varint reads a number of a field that has only one.
func (r *reader) varint() uint64 {
	r.once()
	if r.err != nil {
		return 0
	}
	if r.typ != protowire.VarintType {
		r.fail(fmt.Errorf("field %d has wire type %d: %w", r.field, r.typ, ErrVersion))
		return 0
	}
	v, n := consumeVarint(r.b)
	if n <= 0 {
		r.fail(fmt.Errorf("field %d holds no number: %w", r.field, ErrInvalid))
		return 0
	}
	r.b = r.b[n:]
	return v
}

// number reads a whole number that is left out when it is 0.
func (r *reader) number() int64 {
	v := r.varint()
	if r.err == nil && v == 0 {
		r.fail(fmt.Errorf("field %d is there and 0: %w", r.field, ErrInvalid))
	}
	return int64(v)
}

// count reads a number that is used as an int.
func (r *reader) count() int {
	v := r.number()
	if v > math.MaxInt || v < math.MinInt {
		r.fail(fmt.Errorf("field %d is %d: %w", r.field, v, ErrLimit))
		return 0
	}
	return int(v)
}

// signed reads what writer.signed wrote.
func (r *reader) signed() int64 { return protowire.DecodeZigZag(r.varint()) }

// flag reads a yes that is left out when it is a no.
func (r *reader) flag() bool {
	v := r.varint()
	if r.err == nil && v != 1 {
		r.fail(fmt.Errorf("field %d is %d, not a yes: %w", r.field, v, ErrInvalid))
	}
	return v == 1
}

// message reads a nested message that is left out when it is empty.
func (r *reader) message(fill func(*reader)) { r.nested(r.blob(), fill) }

// item reads one message of a repeated field.
func (r *reader) item(fill func(*reader)) { r.nested(r.blobItem(), fill) }

func (r *reader) nested(b []byte, fill func(*reader)) {
	if r.err != nil {
		return
	}
	inner := reader{b: b}
	fill(&inner)
	if inner.err != nil {
		r.fail(fmt.Errorf("field %d: %w", r.field, inner.err))
	}
}

// consumeVarint reads a number in its shortest form and gives its length, or 0
// when there is none.
func consumeVarint(b []byte) (v uint64, n int) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	v, n = protowire.ConsumeVarint(b)
	if n <= 0 || n != protowire.SizeVarint(v) {
		return 0, 0
	}
	return v, n
}
