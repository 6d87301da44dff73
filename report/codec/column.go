package codec

import (
	"errors"
	"math/bits"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// A column is a row of numbers, one for each fact concerned, packed one after
// the other. A column in which every number is 0 is left out; so is, by that
// rule, the column of a dictionary with one entry.

// column writes a column.
func (w *writer) column(num protowire.Number, values []uint64) {
	if !slices.ContainsFunc(values, func(v uint64) bool { return v != 0 }) {
		return
	}
	w.item(num, func(w *writer) {
		for _, v := range values {
			w.b = protowire.AppendVarint(w.b, v)
		}
	})
}

// texts writes texts one after the other, each with its length in front; none
// is left out, but a field without any is.
func (w *writer) texts(num protowire.Number, texts []string) {
	w.message(num, func(w *writer) {
		for _, s := range texts {
			w.b = protowire.AppendString(w.b, s)
		}
	})
}

// Errors of a column; the caller says of which.
var (
	errColumnShort = errors.New("column is cut short")
	errColumnLong  = errors.New("column is too long")
	errColumnZero  = errors.New("column is there and holds nothing")
	errColumnRange = errors.New("number is out of range")
	errNotOwn      = errors.New("text is spelt out though it follows from the rest")
)

// readNumbers fills a row with the numbers of a whole column, of which there must be
// just so many: what [columnReader] does one by one, in a third of the time. A number
// of more than 64 bits is as none.
func readNumbers(b []byte, row []uint64) error {
	if len(b) == 0 { // the column was left out
		clear(row)
		return nil
	}
	at, some := 0, uint64(0)
	for i := range row {
		var v uint64
		switch {
		case at < len(b) && b[at] < 0x80:
			v = uint64(b[at])
			at++
		case at+1 < len(b) && b[at+1]-1 < 0x7f: // a second byte that is the last, and not 0
			v = uint64(b[at]&0x7f) | uint64(b[at+1])<<7
			at += 2
		default:
			var n int
			if v, n = consumeVarint(b[at:]); n <= 0 {
				return errColumnShort
			}
			at += n
		}
		row[i] = v
		some |= v
	}
	switch {
	case at < len(b):
		return errColumnLong
	case some == 0:
		return errColumnZero
	}
	return nil
}

// columnReader hands out the numbers of a column one by one. The first error
// stays; close tells it.
type columnReader struct {
	b     []byte
	given bool // false: the column was left out, every number is 0
	some  bool // a number was not 0
	err   error
}

func newColumnReader(b []byte) columnReader { return columnReader{b: b, given: len(b) > 0} }

// next gives the next number, 0 once there is an error.
func (c *columnReader) next() uint64 {
	if !c.given || c.err != nil {
		return 0
	}
	v, n := consumeVarint(c.b)
	if n <= 0 {
		c.err = errColumnShort
		return 0
	}
	c.b = c.b[n:]
	c.some = c.some || v != 0
	return v
}

// below gives the next number, which must be less than n.
func (c *columnReader) below(n int) int {
	v := c.next()
	if v >= uint64(n) {
		if c.err == nil {
			c.err = errColumnRange
		}
		return 0
	}
	return int(v)
}

// signed gives the next number of a column of differences.
func (c *columnReader) signed() int64 { return protowire.DecodeZigZag(c.next()) }

// wide gives the next number of up to 128 bits, zigzag.
func (c *columnReader) wide() (hi int64, lo uint64) {
	if !c.given || c.err != nil {
		return 0, 0
	}
	uhi, ulo, n := consumeWide(c.b)
	if n == 0 {
		c.err = errColumnShort
		return 0, 0
	}
	c.b = c.b[n:]
	c.some = c.some || uhi|ulo != 0
	return decodeZigZag128(uhi, ulo)
}

// text gives the next text of a field of texts; it is part of the input.
func (c *columnReader) text() []byte {
	size := c.next()
	c.some = true // an empty text is a text
	if size > uint64(len(c.b)) || !c.given {
		if c.err == nil {
			c.err = errColumnShort
		}
		return nil
	}
	s := c.b[:size]
	c.b = c.b[size:]
	return s
}

// close tells what was wrong with the column, if anything.
func (c *columnReader) close() error {
	switch {
	case c.err != nil:
		return c.err
	case len(c.b) > 0:
		return errColumnLong
	case c.given && !c.some:
		return errColumnZero
	}
	return nil
}

// encodeZigZag128 moves the sign of a number of 128 bits to its lowest bit, so
// that small numbers are short whatever their sign.
func encodeZigZag128(hi int64, lo uint64) (uint64, uint64) {
	sign := uint64(hi >> 63)
	return (uint64(hi)<<1 | lo>>63) ^ sign, lo<<1 ^ sign
}

func decodeZigZag128(hi, lo uint64) (int64, uint64) {
	sign := -(lo & 1)
	return int64(hi>>1 ^ sign), (lo>>1 | hi<<63) ^ sign
}

// appendWide appends a number of 128 bits seven bits at a time, lowest first.
// One that fits in 64 bits looks like any other number of a column.
func appendWide(b []byte, hi, lo uint64) []byte {
	for hi != 0 || lo >= 0x80 {
		b = append(b, byte(lo)|0x80)
		lo, hi = lo>>7|hi<<57, hi>>7
	}
	return append(b, byte(lo))
}

// consumeWide reads what appendWide wrote and gives its length, or 0 when there
// is no number, it is too large, or it is longer than need be.
func consumeWide(b []byte) (hi, lo uint64, n int) {
	for shift := 0; n < len(b) && shift <= 126; shift += 7 {
		c := b[n]
		n++
		part := uint64(c & 0x7f)
		switch {
		case shift < 64:
			lo |= part << shift
			hi |= part >> (64 - shift)
		case bits.Len64(part)+shift > 128:
			return 0, 0, 0
		default:
			hi |= part << (shift - 64)
		}
		if c < 0x80 {
			if c == 0 && n > 1 {
				return 0, 0, 0
			}
			return hi, lo, n
		}
	}
	return 0, 0, 0
}
