package biff

import (
	"fmt"
	"math"
	"strconv"
)

// number gives the cell a number: the shortest decimal that is stored as these
// bits. What was typed comes out as it was typed, as people type at most 15
// digits; of what was computed none is lost. Bits that are no number, which some
// programs write, Excel shows as an error.
func (w *walk) number(f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.cell.Type, w.cell.Text = ErrorVal, errorNames[errorNum]
		return nil
	}
	form := byte('f')
	if size := math.Abs(f); size < 1e-9 || size >= 1e21 {
		form = 'e'
	}
	if f == 0 {
		f, form = 0, 'f' // without a sign
	}
	w.digits = strconv.AppendFloat(w.digits[:0], f, form, -1, 64)
	w.cell.Type, w.cell.Text = Number, w.arena.string(w.digits)
	return nil
}

// rkValue unpacks a number of 30 bits: whole, or the upper part of a float,
// perhaps in hundredths.
func rkValue(rk uint32) float64 {
	const hundredths, whole = 1, 2
	var f float64
	if rk&whole != 0 {
		f = float64(int32(rk) >> 2)
	} else {
		f = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&hundredths != 0 {
		f /= 100
	}
	return f
}

const errorNum = 0x24

// errorNames by number.
var errorNames = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
	errorNum: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}

func (w *walk) boolOrError(value byte, isError bool) error {
	c := &w.cell
	if !isError {
		c.Type, c.Text = Bool, "0"
		if value != 0 {
			c.Text = "1"
		}
		return nil
	}
	name, known := errorNames[value]
	if !known {
		return &Error{Kind: BadValue, Detail: fmt.Sprintf("error %02X", value)}
	}
	c.Type, c.Text = ErrorVal, name
	return nil
}

func le64(b []byte) float64 {
	return math.Float64frombits(uint64(le32(b, 0)) | uint64(le32(b, 4))<<32)
}
