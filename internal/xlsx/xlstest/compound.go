package xlstest

import (
	"encoding/binary"
	"unicode/utf16"
)

const (
	sector     = 512
	cutoff     = 4096
	freeSector = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	tableEntry = 0xFFFFFFFD
	listEntry  = 0xFFFFFFFC
	none       = 0xFFFFFFFF
)

// Compound writes a compound file with one stream in the root folder, and an
// empty folder for each further name. A stream of less than 4,096 bytes stands
// among the small ones, as it must.
func Compound(name string, stream []byte, folders ...string) []byte {
	var f compound
	size := len(stream)
	start, mini, miniTable := uint32(endOfChain), uint32(endOfChain), uint32(endOfChain)
	miniSize := 0
	if size < cutoff {
		var table []byte
		for n := range (size + 63) / 64 {
			next := uint32(n + 1)
			if (n+1)*64 >= size {
				next = endOfChain
			}
			table = binary.LittleEndian.AppendUint32(table, next)
		}
		if size > 0 {
			start, miniSize = 0, (size+63)/64*64
			mini = f.chain(append(stream, make([]byte, miniSize-size)...), 0)
			miniTable = f.chain(table, 0xFF)
		}
	} else {
		start = f.chain(stream, 0)
	}
	directory := entry("Root Entry", 5, 1, none, mini, miniSize)
	right := uint32(none)
	if len(folders) > 0 {
		right = 2
	}
	directory = append(directory, entry(name, 2, none, right, start, size)...)
	for i, folder := range folders {
		if right = none; i+1 < len(folders) {
			right = uint32(3 + i)
		}
		directory = append(directory, entry(folder, 1, none, right, 0, 0)...)
	}
	first := f.chain(directory, 0)
	return f.file(first, miniTable)
}

// compound gathers sectors and their chains.
type compound struct {
	sectors []byte
	fat     []uint32
}

// chain adds the sectors of a stream, filled up with a byte.
func (f *compound) chain(b []byte, fill byte) uint32 {
	start := uint32(len(f.fat))
	for len(b) > 0 {
		n := copy(f.grow(fill), b)
		b = b[n:]
		next := uint32(len(f.fat) + 1)
		if len(b) == 0 {
			next = endOfChain
		}
		f.fat = append(f.fat, next)
	}
	return start
}

// grow adds a sector and gives it.
func (f *compound) grow(fill byte) []byte {
	from := len(f.sectors)
	for range sector {
		f.sectors = append(f.sectors, fill)
	}
	return f.sectors[from:]
}

// file adds the table of chains, the list of its sectors as far as the header has
// no room for it, and the header.
func (f *compound) file(directory, miniTable uint32) []byte {
	const perSector, inHeader = sector / 4, 109
	tables, lists := 0, 0
	for len(f.fat)+tables+lists > tables*perSector {
		tables++
		lists = max(0, (tables-inHeader+perSector-2)/(perSector-1))
	}
	first := uint32(len(f.fat))
	for range tables {
		f.fat = append(f.fat, tableEntry)
	}
	firstList := uint32(len(f.fat))
	for range lists {
		f.fat = append(f.fat, listEntry)
	}
	for len(f.fat) < tables*perSector {
		f.fat = append(f.fat, freeSector)
	}
	for _, n := range f.fat {
		f.sectors = binary.LittleEndian.AppendUint32(f.sectors, n)
	}
	table := func(i int) uint32 {
		if i < tables {
			return first + uint32(i)
		}
		return freeSector
	}
	for l := range lists {
		for i := range perSector - 1 {
			f.sectors = binary.LittleEndian.AppendUint32(f.sectors, table(inHeader+l*(perSector-1)+i))
		}
		next := uint32(endOfChain)
		if l+1 < lists {
			next = firstList + uint32(l+1)
		}
		f.sectors = binary.LittleEndian.AppendUint32(f.sectors, next)
	}
	h := make([]byte, sector)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16 := func(at int, n uint16) { binary.LittleEndian.PutUint16(h[at:], n) }
	put32 := func(at int, n uint32) { binary.LittleEndian.PutUint32(h[at:], n) }
	put16(24, 0x3E)
	put16(26, 3)
	put16(28, 0xFFFE)
	put16(30, 9)
	put16(32, 6)
	put32(44, uint32(tables))
	put32(48, directory)
	put32(56, cutoff)
	put32(60, miniTable)
	put32(68, endOfChain)
	if lists > 0 {
		put32(68, firstList)
	}
	put32(72, uint32(lists))
	for i := range inHeader {
		put32(76+4*i, table(i))
	}
	return append(h, f.sectors...)
}

// entry writes an entry of the directory.
func entry(name string, kind byte, child, right, start uint32, size int) []byte {
	b := make([]byte, 128)
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(b[2*i:], u)
	}
	binary.LittleEndian.PutUint16(b[64:], uint16(2*len(units)+2))
	b[66], b[67] = kind, 1
	for at, n := range map[int]uint32{68: none, 72: right, 76: child, 116: start, 120: uint32(size)} {
		binary.LittleEndian.PutUint32(b[at:], n)
	}
	return b
}
