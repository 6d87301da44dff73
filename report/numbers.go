package report

import (
	"encoding/binary"
	"slices"
)

// Numbers is a row of numbers that never changes, in as few bytes each as the
// largest takes: their width, then each number, lowest byte first. The empty one
// is 0 at every place. Equal rows are ==.
type Numbers string

// NumbersOf packs numbers.
func NumbersOf(numbers []uint64) Numbers {
	if len(numbers) == 0 {
		return ""
	}
	width := 0
	for most := slices.Max(numbers); most > 0; most >>= 8 {
		width++
	}
	if width == 0 {
		return ""
	}
	b := make([]byte, 1+width*len(numbers), 1+width*len(numbers)+8) // room to write the last one whole
	b[0] = byte(width)
	row := b[1:]
	switch width {
	case 1:
		for i, n := range numbers {
			row[i] = byte(n)
		}
	case 2:
		for i, n := range numbers {
			binary.LittleEndian.PutUint16(row[2*i:], uint16(n))
		}
	default:
		for i, n := range numbers { // what it writes beyond its width the next one writes over
			binary.LittleEndian.PutUint64(row[width*i:cap(row)], n)
		}
	}
	return Numbers(b)
}

// At gives the i-th number. That there are so many the caller knows.
func (r Numbers) At(i int) uint64 {
	if r == "" {
		return 0
	}
	width := int(r[0])
	switch width {
	case 1:
		return uint64(r[1+i])
	case 2:
		return uint64(r[1+2*i]) | uint64(r[2+2*i])<<8
	}
	var n uint64
	for at := (i + 1) * width; at > i*width; at-- {
		n = n<<8 | uint64(r[at])
	}
	return n
}
