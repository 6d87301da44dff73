package codec

// The largest row and column of a worksheet: XFD1048576.
const (
	maxRow    = 1 << 20
	maxColumn = 1 << 14
)

// splitA1 takes a reference apart when it is a canonical one: capital letters
// and a number without leading zeros, within a worksheet, both from 1.
func splitA1(s string) (row, column int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4 && 'A' <= s[i] && s[i] <= 'Z'; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	if i == 0 || i == len(s) || len(s)-i > 7 || s[i] == '0' || column > maxColumn {
		return 0, 0, false
	}
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(s[i]-'0')
	}
	return row, column, row <= maxRow
}

// appendA1 is the inverse of splitA1.
func appendA1(b []byte, row, column int) []byte {
	var letters [3]byte
	i := len(letters)
	for ; column > 0; column = (column - 1) / 26 {
		i--
		letters[i] = byte('A' + (column-1)%26)
	}
	b = append(b, letters[i:]...)
	var digits [7]byte
	i = len(digits)
	for ; row > 0; row /= 10 {
		i--
		digits[i] = byte('0' + row%10)
	}
	return append(b, digits[i:]...)
}
