package biff

import (
	"encoding/binary"
	"unicode/utf8"
)

// Numbers of the records that are read.
const (
	idFormula  = 0x0006
	idEOF      = 0x000A
	idProtect  = 0x0012
	idDateMode = 0x0022
	idFilePass = 0x002F
	idFont     = 0x0031
	idContinue = 0x003C
	idCodePage = 0x0042
	idColInfo  = 0x007D
	idSheet    = 0x0085
	idMulRK    = 0x00BD
	idMulBlank = 0x00BE
	idRString  = 0x00D6
	idXF       = 0x00E0
	idMerges   = 0x00E5
	idSST      = 0x00FC
	idLabelSST = 0x00FD
	idBlank    = 0x0201
	idNumber   = 0x0203
	idLabel    = 0x0204
	idBoolErr  = 0x0205
	idFormula3 = 0x0206 // of Excel 3, which some writers kept
	idString   = 0x0207
	idRow      = 0x0208
	idArray    = 0x0221
	idTable    = 0x0236
	idRK       = 0x027E
	idFormula4 = 0x0406
	idFormat   = 0x041E
	idShared   = 0x04BC
	idBOF      = 0x0809
)

// record is one record without those that continue it.
type record struct {
	id   uint16
	data []byte
}

// reader walks over the records of a stream.
type reader struct {
	b   []byte
	pos int
}

// next gives the next record, or says that the stream is cut off.
func (r *reader) next() (record, error) {
	if r.pos < 0 || len(r.b)-r.pos < 4 {
		return record{}, damaged("the stream ends at byte %d, before its end mark", len(r.b))
	}
	id, size := le16(r.b, r.pos), int(le16(r.b, r.pos+2))
	from := r.pos + 4
	if len(r.b)-from < size {
		return record{}, damaged("the stream ends at byte %d, inside record %04X", len(r.b), id)
	}
	r.pos = from + size
	return record{id, r.b[from:r.pos:r.pos]}, nil
}

// pieces gives a record with all that continues it, which is passed over.
func (r *reader) pieces(rec record) (*pieces, error) {
	p := &pieces{cur: rec.data}
	for len(r.b)-r.pos >= 4 && le16(r.b, r.pos) == idContinue {
		more, err := r.next()
		if err != nil {
			return nil, err
		}
		p.rest = append(p.rest, more.data)
	}
	return p, nil
}

// pieces reads the content of a record across the places where it is cut.
// Reading beyond the end gives noughts and sets short.
type pieces struct {
	cur   []byte
	rest  [][]byte
	short bool
}

// more goes to the next piece that has something in it.
func (p *pieces) more() bool {
	for len(p.cur) == 0 {
		if len(p.rest) == 0 {
			return false
		}
		p.cur, p.rest = p.rest[0], p.rest[1:]
	}
	return true
}

// u8 gives the next byte.
func (p *pieces) u8() byte {
	if !p.more() {
		p.short = true
		return 0
	}
	c := p.cur[0]
	p.cur = p.cur[1:]
	return c
}

func (p *pieces) u16() int {
	if len(p.cur) >= 2 {
		n := le16(p.cur, 0)
		p.cur = p.cur[2:]
		return int(n)
	}
	low := int(p.u8())
	return low | int(p.u8())<<8
}

func (p *pieces) u32() uint32 { return uint32(p.u16()) | uint32(p.u16())<<16 }

// skip passes over n bytes.
func (p *pieces) skip(n int64) {
	for n > 0 {
		if !p.more() {
			p.short = true
			return
		}
		step := min(n, int64(len(p.cur)))
		p.cur, n = p.cur[step:], n-step
	}
}

// units appends n characters to dst. Where they go on in another piece, that
// begins with a byte that says anew how wide they are.
func (p *pieces) units(dst []uint16, n int, wide bool) []uint16 {
	for n > 0 {
		if len(p.cur) == 0 {
			if !p.more() {
				p.short = true
				return dst
			}
			wide = p.cur[0]&flagWide != 0
			p.cur = p.cur[1:]
		}
		if !wide {
			step := min(n, len(p.cur))
			for _, c := range p.cur[:step] {
				dst = append(dst, uint16(c))
			}
			p.cur, n = p.cur[step:], n-step
			continue
		}
		if len(p.cur) == 1 { // half a character, which no writer cuts
			p.short = true
			return dst
		}
		step := min(n, len(p.cur)/2)
		for i := range step {
			dst = append(dst, le16(p.cur, 2*i))
		}
		p.cur, n = p.cur[2*step:], n-step
	}
	return dst
}

// bytes gives the next n bytes of this piece.
func (p *pieces) bytes(n int) []byte {
	if len(p.cur) < n {
		p.short = true
		return nil
	}
	b := p.cur[:n]
	p.cur = p.cur[n:]
	return b
}

func le16(b []byte, i int) uint16 { return binary.LittleEndian.Uint16(b[i:]) }
func le32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[i:]) }

// tooLong reports whether a text has more characters than a cell may hold.
func tooLong(s string, most int) bool { return len(s) > most && utf8.RuneCountInString(s) > most }
