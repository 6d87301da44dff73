package xlsx

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/s2"
)

// spoolBlock is how much XML of a sheet is held uncompressed.
const spoolBlock = 256 << 10

// spool keeps the rows of a sheet until the file is put together. The part of
// the sheet before the rows names the area in use, which is known only after
// the last row: so the rows wait, lightly compressed, in about a fifth of
// their size.
type spool struct {
	buf     []byte   // rows not yet compressed
	blocks  [][]byte // compressed blocks, in order
	scratch []byte
}

// settle compresses what has gathered, when it is enough.
func (s *spool) settle() {
	if len(s.buf) < spoolBlock {
		return
	}
	// The encoder asks for room for the worst case; only the result is kept.
	s.scratch = s2.Encode(s.scratch[:cap(s.scratch)], s.buf)
	s.blocks = append(s.blocks, bytes.Clone(s.scratch))
	s.buf = s.buf[:0]
}

// writeTo writes the rows out. They stay: a book can be written twice.
func (s *spool) writeTo(w io.Writer) error {
	for _, block := range s.blocks {
		rows, err := s2.Decode(s.scratch[:cap(s.scratch)], block)
		if err != nil {
			return fmt.Errorf("rows held in memory: %w", err)
		}
		if _, err := w.Write(rows); err != nil {
			return err
		}
		s.scratch = rows
	}
	_, err := w.Write(s.buf)
	return err
}
