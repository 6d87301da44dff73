package export

import (
	"strings"

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
	plainStyle = xlsx.Style{Size: tableSize, V: xlsx.Middle, Border: xlsx.Box} // a text that may run out of its cell
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

// numberStyle is how a figure with so many decimals looks. The mark of figures
// that may count something twice is part of the format: the cell stays a number.
func numberStyle(scale int, repeats, strong bool) xlsx.Style {
	format := "#,##0"
	if scale > 0 {
		format += "." + strings.Repeat("0", scale)
	}
	if repeats {
		format += `"*"`
	} else {
		format += "_)" // about as wide as the mark, so that digits stand below each other
	}
	return xlsx.Style{Size: tableSize, Bold: strong, H: xlsx.Right, V: xlsx.Middle, Border: xlsx.Box, NumFmt: format}
}

// markStyle is how the word in place of a figure looks.
func markStyle(size float64) xlsx.Style {
	return xlsx.Style{Size: size, Italic: true, Color: dimColor, H: xlsx.Center, V: xlsx.Middle, Border: xlsx.Box}
}
