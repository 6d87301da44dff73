package export

import (
	"strings"
	"unicode/utf8"

	"tonghop/internal/xlsx"
)

// Colours of the workbook. It is printed in black, so that no meaning hangs on a
// colour alone.
const (
	headFill  = "E7EDF3"
	groupFill = "F3F3F3"
	voidFill  = "D9D9D9" // nothing was reported
	dimColor  = "7F7F7F"
	warnColor = "C00000"
)

// tableSize is the size of type in tables, in points. Text around them has the
// sizes of Decree 30/2020, Appendix I.
const tableSize = 11

// The styles of tables.
var (
	headStyle  = xlsx.Style{Size: tableSize, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true, Border: xlsx.Box, Fill: headFill}
	indexStyle = xlsx.Style{Size: 10, Italic: true, H: xlsx.Center, V: xlsx.Middle, Border: xlsx.Box}
	groupStyle = xlsx.Style{Size: tableSize, Bold: true, V: xlsx.Middle, Wrap: true, Border: xlsx.Box, Fill: groupFill}
	textStyle  = xlsx.Style{Size: tableSize, V: xlsx.Middle, Wrap: true, Border: xlsx.Box}
	midStyle   = xlsx.Style{Size: tableSize, H: xlsx.Center, V: xlsx.Middle, Wrap: true, Border: xlsx.Box}
	voidStyle  = xlsx.Style{Size: tableSize, Border: xlsx.Box, Fill: voidFill}
)

// The styles of text around tables.
var (
	titleStyle   = xlsx.Style{Size: 14, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	captionStyle = xlsx.Style{Size: 13, Italic: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	warnStyle    = xlsx.Style{Size: 13, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true, Color: warnColor}
	bodyStyle    = xlsx.Style{Size: 13, H: xlsx.Justify, V: xlsx.Top, Wrap: true}
	smallStyle   = xlsx.Style{Size: tableSize, Italic: true, V: xlsx.Top, Wrap: true}
)

// bold gives the style in bold type.
func bold(st xlsx.Style) xlsx.Style {
	st.Bold = true
	return st
}

// numberFormat shows a number with so many decimals.
func numberFormat(scale int) string {
	if scale == 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", scale)
}

// numberStyle is how a figure with so many decimals looks. The mark of figures
// that may count something twice is part of the format: the cell stays a number.
func numberStyle(scale int, repeats, strong bool) xlsx.Style {
	format := numberFormat(scale)
	if repeats {
		format += `"*"`
	} else {
		format += "_)" // about as wide as the mark, so that digits stand below each other
	}
	return xlsx.Style{Size: tableSize, Bold: strong, H: xlsx.Right, V: xlsx.Middle, Border: xlsx.Box, NumFmt: format}
}

// wordStyle is how the word in place of a figure looks: small where it is long,
// since columns are as wide as their figures.
func wordStyle(word string) xlsx.Style {
	size := float64(tableSize)
	if utf8.RuneCountInString(word) > 3 {
		size = 9
	}
	return xlsx.Style{Size: size, Italic: true, Color: dimColor, H: xlsx.Center, V: xlsx.Middle, Border: xlsx.Box}
}

// smaller gives the style in the type of narrow headings.
func smaller(st xlsx.Style) xlsx.Style {
	st.Size = 10
	return st
}
