package xlsx

import (
	"errors"
	"strconv"
	"strings"
)

// errRef is the cause inside every refused address.
var errRef = errors.New("not an address on a sheet")

// Range is a rectangle of cells, corners included, rows and columns from 1.
type Range struct {
	FirstRow, FirstCol, LastRow, LastCol int
}

// Contains reports whether the cell lies in r.
func (r Range) Contains(row, col int) bool {
	return r.FirstRow <= row && row <= r.LastRow && r.FirstCol <= col && col <= r.LastCol
}

// String writes r as in "A1:C3", or "A1" for a single cell.
func (r Range) String() string {
	first := Ref(r.FirstRow, r.FirstCol)
	if r.FirstRow == r.LastRow && r.FirstCol == r.LastCol {
		return first
	}
	return first + ":" + Ref(r.LastRow, r.LastCol)
}

// ParseRange reads "A1:C3" or "A1". The corners may come in any order.
func ParseRange(s string) (Range, error) {
	from, to, two := strings.Cut(s, ":")
	r1, c1, err := ParseRef(from)
	if err != nil {
		return Range{}, err
	}
	if !two {
		return Range{r1, c1, r1, c1}, nil
	}
	r2, c2, err := ParseRef(to)
	if err != nil {
		return Range{}, err
	}
	return Range{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)}, nil
}

// ParseRef reads an address such as "AB12" and gives row and column from 1.
// An address off the sheet is an error.
func ParseRef(s string) (row, col int, err error) {
	row, col, n := scanRef([]byte(s))
	if n == 0 || n != len(s) {
		return 0, 0, &Error{Kind: KindBadRef, Ref: clip(s), Err: errRef}
	}
	return row, col, nil
}

// Ref writes the address of a cell: Ref(12, 28) is "AB12".
func Ref(row, col int) string { return ColName(col) + strconv.Itoa(row) }

// ColName gives the letters of a column from 1: 1 is "A", 16384 is "XFD".
func ColName(col int) string {
	var b [8]byte
	i := len(b)
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// scanRef reads an address at the start of b and gives the bytes it took, 0 if
// there is none on the sheet. It is on the hot path, hence bytes.
func scanRef(b []byte) (row, col, n int) {
	i := 0
	for ; i < len(b); i++ {
		c := b[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		if col = col*26 + int(c-'a') + 1; col > MaxCols {
			return 0, 0, 0
		}
	}
	digits := i
	for ; i < len(b) && '0' <= b[i] && b[i] <= '9'; i++ {
		if row = row*10 + int(b[i]-'0'); row > MaxRows {
			return 0, 0, 0
		}
	}
	if digits == 0 || i == digits || b[digits] == '0' {
		return 0, 0, 0
	}
	return row, col, i
}

// clip keeps foreign text short in an error.
func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}
