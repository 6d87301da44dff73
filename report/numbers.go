package report

import "slices"

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
	b := make([]byte, 0, 1+width*len(numbers))
	b = append(b, byte(width))
	for _, n := range numbers {
		for range width {
			b = append(b, byte(n))
			n >>= 8
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
	if width == 1 {
		return uint64(r[1+i])
	}
	var n uint64
	for at := (i + 1) * width; at > i*width; at-- {
		n = n<<8 | uint64(r[at])
	}
	return n
}
