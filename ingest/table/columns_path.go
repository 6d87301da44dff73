package table

import (
	"strings"

	"tonghop/ingest/viet"
)

// isNumberHead reports whether the words over a column say that it numbers the
// rows, in one language or in two: "STT", "SỐ" over "TT", "Stt / No.".
func isNumberHead(path []string) bool {
	if len(path) == 0 {
		return false
	}
	if key := viet.Key(strings.Join(path, " ")); IsNumbering(key) || IsNumbering(strings.TrimSuffix(key, " no")) {
		return true
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(path[0], "/", "\n"), "\n")
	return IsNumbering(viet.Key(first)) && (len(path) == 1 || len(path) == 2 && IsNumbering(viet.Key(path[1])))
}

// below gives the row of the head under another, 0 under the last.
func (t *Table) below(row int) int {
	for i, r := range t.HeadRows {
		if r == row && i+1 < len(t.HeadRows) {
			return t.HeadRows[i+1]
		}
	}
	return 0
}
