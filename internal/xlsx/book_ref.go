package xlsx

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// ErrOutside says that a row or column lies outside a worksheet.
var ErrOutside = errors.New("outside the worksheet")

// ErrSheetName says that Excel would not take the name for a worksheet.
var ErrSheetName = errors.New("not a name for a worksheet")

// Rect gives the range between two corners.
func Rect(top, left, bottom, right int) Range {
	return Range{FirstRow: top, FirstCol: left, LastRow: bottom, LastCol: right}
}

// At gives the range of one cell.
func At(row, col int) Range { return Rect(row, col, row, col) }

func overlap(a, b Range) bool {
	return a.FirstRow <= b.LastRow && b.FirstRow <= a.LastRow && a.FirstCol <= b.LastCol && b.FirstCol <= a.LastCol
}

// checkRange tells whether a range lies on a worksheet, corners in order.
func checkRange(a Range) error {
	if !inside(a.FirstRow, a.FirstCol) || !inside(a.LastRow, a.LastCol) || a.FirstRow > a.LastRow || a.FirstCol > a.LastCol {
		return fmt.Errorf("rows %d to %d, columns %d to %d: %w", a.FirstRow, a.LastRow, a.FirstCol, a.LastCol, ErrOutside)
	}
	return nil
}

func inside(row, col int) bool {
	return row >= 1 && row <= MaxRows && col >= 1 && col <= MaxCols
}

// appendRef appends a cell's address, such as "AB12".
func appendRef(dst []byte, row, col int) []byte {
	return strconv.AppendInt(append(dst, ColName(col)...), int64(row), 10)
}

// absolute gives an area with dollar signs, as defined names and charts want it.
func absolute(a Range) string {
	corner := func(row, col int) string {
		return "$" + ColName(col) + "$" + strconv.Itoa(row)
	}
	if a.FirstRow == a.LastRow && a.FirstCol == a.LastCol {
		return corner(a.FirstRow, a.FirstCol)
	}
	return corner(a.FirstRow, a.FirstCol) + ":" + corner(a.LastRow, a.LastCol)
}

// PlaceOn names an area of a sheet as links want it, whatever the sheet is called.
func PlaceOn(sheet string, a Range) string { return quoteSheet(sheet) + "!" + a.String() }

// quoteSheet gives a sheet's name as formulas want it. It is always quoted:
// "2021" and "Tổng hợp" need it, and it harms none.
func quoteSheet(name string) string {
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}

// checkSheetName holds Excel's rules for a worksheet's name.
func checkSheetName(name string, taken []*Worksheet) error {
	units := len(utf16.Encode([]rune(name)))
	bad := name == "" || units > 31 || strings.ContainsAny(name, `:\/?*[]`) ||
		strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'") || !plainText(name)
	if bad {
		return ErrSheetName
	}
	for _, s := range taken {
		if strings.EqualFold(s.name, name) {
			return fmt.Errorf("used twice: %w", ErrSheetName)
		}
	}
	return nil
}
