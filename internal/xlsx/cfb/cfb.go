// Package cfb reads compound files, the container of Excel 97-2003 workbooks:
// a small file system of sectors, chained by a table, with a directory of
// streams. The layout is that of [MS-CFB].
//
// Such files come damaged more often than any other: of those that agencies
// send, a third are cut short, mostly in a last sector that nothing needs. So what is missing is
// not an error by itself. A stream is given as far as it is there, and whoever
// knows what should be in it finds out whether that was enough.
//
// What is not there by damage is there by malice: chains that run in circles,
// sizes beyond any file. Reading takes no more memory than the file has bytes,
// and a few bits for each sector.
//
// [MS-CFB]: https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb
package cfb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Signature is how every compound file begins.
const Signature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// ErrDamaged is in the chain of every error of this package.
var ErrDamaged = errors.New("compound file is damaged")

// Kinds of directory entries.
const (
	KindStorage = 1 // a folder
	KindStream  = 2
	KindRoot    = 5
)

// Entry is one entry of the directory.
type Entry struct {
	Name string
	Kind byte
	Root bool // stands in the root folder, not in a folder of something embedded

	start uint32
	size  int64
}

// File is an open compound file. It keeps and never changes the bytes it was
// opened with.
type File struct {
	Entries []Entry // in the order of the directory; unused ones are left out

	bytes   []byte
	shift   uint     // a sector has 1<<shift bytes
	sectors uint32   // in the file, the last perhaps not whole
	fat     []uint32 // the sector after each sector
	cutoff  int64    // smaller streams are in the mini stream
	miniFat []uint32
	mini    []byte
}

// Numbers that stand where the next sector should.
const (
	maxSector  = 0xFFFFFFFA // and whatever is greater names no sector
	endOfChain = 0xFFFFFFFE
	noEntry    = 0xFFFFFFFF
)

const (
	headerSize = 512
	entrySize  = 128
	miniShift  = 6
)

// Open reads the tables and the directory. It keeps b.
func Open(b []byte) (*File, error) {
	if len(b) < headerSize || string(b[:len(Signature)]) != Signature {
		return nil, damaged("no header")
	}
	f := &File{bytes: b, shift: uint(le16(b, 30)), cutoff: int64(le32(b, 56))}
	if f.shift != 9 && f.shift != 12 {
		return nil, damaged("sectors of 2^%d bytes", f.shift)
	}
	if le16(b, 32) != miniShift {
		return nil, damaged("small sectors of 2^%d bytes", le16(b, 32))
	}
	size := 1 << f.shift
	f.sectors = uint32(max(0, len(b)-size+size-1) / size)
	if err := f.readTable(); err != nil {
		return nil, err
	}
	directory, err := f.chain(le32(b, 48), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("directory: %w", err)
	}
	return f, f.readDirectory(directory, le32(b, 60))
}

// readTable collects the table of chains from the sectors that hold it: the
// first 109 are named in the header, the others in a chain of lists.
func (f *File) readTable() error {
	const inHeader, listAt = 109, 76
	f.fat = make([]uint32, 0, f.sectors)
	take := func(list []byte) {
		for ; len(list) >= 4 && len(f.fat) < int(f.sectors); list = list[4:] {
			if s := le32(list, 0); s < maxSector {
				f.fat = append(f.fat, words(f.sector(s), 1<<f.shift)...)
			}
		}
	}
	take(f.bytes[listAt : listAt+4*inHeader])
	next, seen := le32(f.bytes, 68), uint32(0)
	for next < maxSector && len(f.fat) < int(f.sectors) {
		list := f.sector(next)
		if seen++; seen > f.sectors || len(list) < 1<<f.shift {
			return damaged("list of the table of sectors")
		}
		take(list[:len(list)-4])
		next = le32(list, len(list)-4)
	}
	f.fat = f.fat[:min(len(f.fat), int(f.sectors))]
	return nil
}

// words gives the numbers of a sector; where it is cut short, none follow.
func words(b []byte, size int) []uint32 {
	out := make([]uint32, 0, size/4)
	for ; len(b) >= 4; b = b[4:] {
		out = append(out, le32(b, 0))
	}
	for len(out) < size/4 {
		out = append(out, endOfChain)
	}
	return out
}

// sector gives the bytes of a sector that are there.
func (f *File) sector(n uint32) []byte {
	from := (int64(n) + 1) << f.shift
	if n >= f.sectors || from >= int64(len(f.bytes)) {
		return nil
	}
	return f.bytes[from:min(from+1<<f.shift, int64(len(f.bytes)))]
}

// chain collects the bytes of a chain, at most want, as far as they are there.
// Only a circle is an error. Sectors that lie side by side, as nearly all do, are
// not copied.
func (f *File) chain(start uint32, want int64) ([]byte, error) {
	seen := make([]uint64, f.sectors/64+1)
	var out []byte
	from, to := int64(0), int64(0) // the run of sectors that is not in out yet
	flush := func() {
		run := f.bytes[from:to:to]
		if out == nil {
			out = run
		} else {
			out = append(out[:len(out):cap(out)], run...)
		}
		from, to = 0, 0
	}
	for n := start; n < f.sectors && int64(len(out))+to-from < want; {
		if seen[n/64]&(1<<(n%64)) != 0 {
			return nil, damaged("sector %d comes twice in a chain", n)
		}
		seen[n/64] |= 1 << (n % 64)
		at := (int64(n) + 1) << f.shift
		end := min(at+1<<f.shift, int64(len(f.bytes)))
		if at != to {
			if to > from {
				flush()
			}
			from = at
		}
		to = end
		if end-at < 1<<f.shift || int(n) >= len(f.fat) {
			break // cut short
		}
		n = f.fat[n]
	}
	flush()
	return out[:min(int64(len(out)), max(want, 0))], nil
}

// readDirectory reads the entries, and the stream that holds the small ones.
func (f *File) readDirectory(b []byte, miniFat uint32) error {
	links := make([][3]uint32, 0, len(b)/entrySize) // left, right, child
	entries := make([]Entry, 0, len(b)/entrySize)
	for ; len(b) >= entrySize; b = b[entrySize:] {
		entries = append(entries, f.entry(b))
		links = append(links, [3]uint32{le32(b, 68), le32(b, 72), le32(b, 76)})
	}
	if len(entries) == 0 || entries[0].Kind != KindRoot {
		return damaged("no root in the directory")
	}
	markRoot(entries, links)
	root := entries[0]
	table, err := f.chain(miniFat, root.size/(1<<miniShift)*4+4)
	if err != nil {
		return fmt.Errorf("small sectors: %w", err)
	}
	f.miniFat = words(table, len(table)/4*4)
	if f.mini, err = f.chain(root.start, root.size); err != nil {
		return fmt.Errorf("small streams: %w", err)
	}
	for _, e := range entries {
		if e.Kind == KindStorage || e.Kind == KindStream {
			f.Entries = append(f.Entries, e)
		}
	}
	return nil
}

// entry reads an entry of the directory.
func (f *File) entry(b []byte) Entry {
	e := Entry{Kind: b[66], start: le32(b, 116), size: int64(le32(b, 120))}
	if f.shift > 9 {
		e.size |= int64(le32(b, 124)) << 32
	}
	if e.size < 0 || e.size > int64(len(f.bytes)) {
		e.size = int64(len(f.bytes)) // no stream is longer than its file
	}
	units := make([]uint16, 0, 32)
	for i := 0; i+2 < min(int(le16(b, 64)), 64); i += 2 {
		units = append(units, le16(b, i))
	}
	e.Name = string(utf16.Decode(units))
	return e
}

// markRoot marks the entries of the root folder, which are a tree of left and
// right neighbours. In a tree that runs in circles each entry is met once.
func markRoot(entries []Entry, links [][3]uint32) {
	todo := []uint32{links[0][2]}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == noEntry || int64(n) >= int64(len(entries)) || entries[n].Root {
			continue
		}
		entries[n].Root = true
		todo = append(todo, links[n][0], links[n][1])
	}
}

// Find gives the first stream of a name, in whatever case: one in the root
// folder before others, as what is embedded has its own streams of the same
// names. It is nil if there is none.
func (f *File) Find(name string) *Entry {
	var found *Entry
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Kind == KindStream && strings.EqualFold(e.Name, name) && (found == nil || e.Root && !found.Root) {
			found = e
		}
	}
	return found
}

// Stream gives the bytes of a stream as far as they are there; short is how many
// are not. The bytes may be those the file was opened with: not to be changed.
func (f *File) Stream(e *Entry) (b []byte, short int64, err error) {
	if e.size < f.cutoff {
		b, err = f.small(e)
	} else {
		b, err = f.chain(e.start, e.size)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("stream %q: %w", e.Name, err)
	}
	return b, e.size - int64(len(b)), nil
}

// small collects a stream of the mini stream.
func (f *File) small(e *Entry) ([]byte, error) {
	var out []byte
	for n, left := e.start, len(f.miniFat); int64(len(out)) < e.size; left-- {
		at := int64(n) << miniShift
		if at >= int64(len(f.mini)) {
			break
		}
		if left < 0 {
			return nil, damaged("small sectors in a circle")
		}
		out = append(out, f.mini[at:min(at+1<<miniShift, int64(len(f.mini)))]...)
		if int64(n) >= int64(len(f.miniFat)) {
			break
		}
		n = f.miniFat[n]
	}
	return out[:min(int64(len(out)), e.size)], nil
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, args...)...)
}

func le16(b []byte, i int) uint16 { return binary.LittleEndian.Uint16(b[i:]) }
func le32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[i:]) }
