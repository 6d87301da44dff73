package xlsx

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// inflater is a decompressor with its input buffer. Each weighs some 60 KB,
// more than most parts, hence the pool.
type inflater struct {
	in  *bufio.Reader
	out io.ReadCloser
}

var inflaters = sync.Pool{New: func() any {
	in := bufio.NewReaderSize(nil, 16<<10)
	return &inflater{in, flate.NewReader(in)}
}}

// partReader reads one part inflated. It counts against the limits as it goes
// and, at the end, holds length and checksum against the directory: whatever
// was read before io.EOF is unproved.
type partReader struct {
	p    *pkg
	part *part
	inf  *inflater
	from io.Reader // where inflated bytes come from
	n    int64
	crc  uint32
	err  error
}

// open begins to read a part.
func (p *pkg) open(part *part) (*partReader, error) {
	f := part.file
	switch {
	case part.twice:
		return nil, &Error{Kind: KindDamaged, Part: part.name, Detail: "two parts of this name"}
	case f.Flags&1 != 0:
		return nil, &Error{Kind: KindEncrypted, Part: part.name}
	case f.UncompressedSize64 > uint64(p.lim.PartBytes):
		return nil, part.overflow("PartBytes", p.lim.PartBytes)
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, &Error{Kind: KindDamaged, Part: part.name, Err: err}
	}
	r := &partReader{p: p, part: part, inf: inflaters.Get().(*inflater)}
	r.inf.in.Reset(raw)
	switch f.Method {
	case zip.Store:
		r.from = r.inf.in
	case zip.Deflate:
		if err := r.inf.out.(flate.Resetter).Reset(r.inf.in, nil); err != nil {
			r.close()
			return nil, &Error{Kind: KindDamaged, Part: part.name, Err: err}
		}
		r.from = r.inf.out
	default:
		r.close()
		return nil, &Error{Kind: KindDamaged, Part: part.name, Detail: fmt.Sprintf("compression method %d", f.Method)}
	}
	return r, nil
}

// Read gives inflated bytes, an *Error, or io.EOF once the part is proved.
func (r *partReader) Read(b []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.from.Read(b)
	r.n += int64(n)
	r.crc = crc32.Update(r.crc, crc32.IEEETable, b[:n])
	switch {
	case r.count() != nil:
		r.err = r.count()
	case err == io.EOF:
		r.err = r.prove()
	case err != nil:
		r.err = r.damaged("compressed data", err)
	}
	return n, r.err
}

// count holds the bytes so far against the limits. A part that is read again
// counts once.
func (r *partReader) count() error {
	if more := r.n - r.part.inflated; more > 0 {
		r.part.inflated = r.n
		r.p.inflated += more
	}
	switch {
	case r.n > r.p.lim.PartBytes:
		return r.part.overflow("PartBytes", r.p.lim.PartBytes)
	case r.p.inflated > r.p.lim.InflatedBytes:
		return r.part.overflow("InflatedBytes", r.p.lim.InflatedBytes)
	case uint64(r.n) > r.part.file.UncompressedSize64:
		return r.damaged("longer than the directory says", nil)
	}
	return nil
}

// prove compares what was read with what the directory promised.
func (r *partReader) prove() error {
	f := r.part.file
	if uint64(r.n) != f.UncompressedSize64 {
		return r.damaged(fmt.Sprintf("%d bytes of %d", r.n, f.UncompressedSize64), nil)
	}
	if r.crc != f.CRC32 {
		return r.damaged("checksum does not agree", zip.ErrChecksum)
	}
	if _, err := r.inf.in.ReadByte(); err != io.EOF {
		return r.damaged("bytes after the end of the data", nil)
	}
	return io.EOF
}

// close gives the inflater back. The reader is of no use afterwards.
func (r *partReader) close() {
	if r.inf == nil {
		return
	}
	r.inf.in.Reset(nil)
	inflaters.Put(r.inf)
	r.inf, r.err = nil, errors.New("closed")
}

func (r *partReader) damaged(detail string, err error) error {
	return &Error{Kind: KindDamaged, Part: r.part.name, Detail: detail, Err: err}
}

func (part *part) overflow(limit string, value int64) error {
	return &Error{Kind: KindTooLarge, Part: part.name, Limit: limit, Detail: fmt.Sprintf("more than %d bytes inflated", value)}
}
