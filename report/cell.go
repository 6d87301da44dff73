package report

// The largest row and column of a worksheet: XFD1048576.
const (
	MaxRow    = 1 << 20
	MaxColumn = 1 << 14
)

// SplitCell takes the name of a cell apart when it is a canonical reference:
// capital letters and a number without leading zeros, within a worksheet, both
// from 1.
func SplitCell(s string) (row, column int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4 && 'A' <= s[i] && s[i] <= 'Z'; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	if i == 0 || i == len(s) || len(s)-i > 7 || s[i] == '0' || column > MaxColumn {
		return 0, 0, false
	}
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(s[i]-'0')
	}
	if row > MaxRow {
		return 0, 0, false
	}
	return row, column, true
}

// cellAt is the inverse of SplitCell.
func cellAt(row, column int) string {
	var name [10]byte
	i := len(name)
	for ; row > 0; row /= 10 {
		i--
		name[i] = byte('0' + row%10)
	}
	for ; column > 0; column = (column - 1) / 26 {
		i--
		name[i] = byte('A' + (column-1)%26)
	}
	return string(name[i:])
}
