package aggregate

import (
	"strings"
	"testing"

	"tonghop/report/paper"
)

// tree gives the rows of a table the keys that they have under others.
func tree(t *paper.Table, keys ...string) *paper.Table {
	for i, key := range keys {
		t.Rows[i].Key = key
	}
	return t
}

// coded gives the rows of a table codes.
func coded(t *paper.Table, codes ...string) *paper.Table {
	for i, code := range codes {
		t.Rows[i].Code, t.Rows[i].CodeKey = code, code
	}
	return t
}

// placed says which places the rows of a table are.
func placed(t *paper.Table, codes ...string) *paper.Table {
	for i, code := range codes {
		if code != "" {
			t.Rows[i].Place, t.Rows[i].Key, t.Rows[i].Own = code, "@"+code, "@"+code
		}
	}
	return t
}

// among says of rows of a table that their names are others' behind words for a part:
// "of:x" is x.
func among(t *paper.Table) *paper.Table {
	for i := range t.Rows {
		if part, ok := strings.CutPrefix(t.Rows[i].NameKey, "of:"); ok {
			t.Rows[i].PartKey = part
		}
	}
	return t
}

func TestCollateKeys(t *testing.T) {
	people := func(t *paper.Table) *paper.Table {
		t.People = true
		return t
	}
	twice := func(t *paper.Table, rows ...int) *paper.Table {
		for _, i := range rows {
			t.Rows[i].Twice = true
		}
		return t
	}
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"codes count where all have them", []*paper.Table{
			coded(tableOf("a", "n", "x: 1", "y: 2"), "01", "02"), coded(tableOf("b", "n", "x: 4", "yy: 8"), "01", "02"),
		}, `
form of 2
 x/n 5 = a!B2:1 b!B2:4
 y/n 10 = a!B3:2 b!B3:8
 S249 b
`},
		{"a part is the same however it is said to be one", []*paper.Table{
			among(tableOf("a", "n", "all: 3", "of:x: 1")), among(tableOf("b", "n", "all: 5", "x: 4")),
		}, `
form of 2
 all/n 8 = a!B2:3 b!B2:5
 of:x/n 5 = a!B3:1 b!B3:4
`},
		{"and is not where one table has both", []*paper.Table{
			among(tableOf("a", "n", "all: 3", "of:x: 1", "x: 9")), among(tableOf("b", "n", "all: 5", "of:x: 4")), among(tableOf("c", "n", "all: 6", "x: 6")),
		}, `
form of 3
 all/n 14 = a!B2:3 b!B2:5 c!B2:6
 of:x/n 5 = a!B3:1 b!B3:4
 x/n 15 = a!B4:9 c!B3:6
`},
		{"names where one has none", []*paper.Table{
			coded(tableOf("a", "n", "x: 1", "y: 2"), "01", "02"), tableOf("b", "n", "x: 4", "y: 8"),
		}, `
form of 2
 x/n 5 = a!B2:1 b!B2:4
 y/n 10 = a!B3:2 b!B3:8
`},
		{"names where the codes are of other lists", []*paper.Table{
			coded(tableOf("a", "n", "x: 1", "y: 2", "z: 3"), "01", "02", "03"), coded(tableOf("b", "n", "z: 4", "x: 8", "y: 9"), "01", "02", "03"),
		}, `
form of 2
 x/n 9 = a!B2:1 b!B3:8
 y/n 11 = a!B3:2 b!B4:9
 z/n 7 = a!B4:3 b!B2:4
`},
		{"a list without numbering is the tree of the others", []*paper.Table{
			tree(tableOf("a", "n", "I: 3", "x: 1", "y: 2"), "I", "I/x", "I/y"), tableOf("b", "n", "I: 30", "x: 10", "y: 20"),
		}, `
form of 2
 I/n 33 = a!B2:3 b!B2:30
 x/n 11 = a!B3:1 b!B3:10
 y/n 22 = a!B4:2 b!B4:20
`},
		{"one name under two headings is two rows, and said", []*paper.Table{
			tree(tableOf("a", "n", "hộ: 3", "nữ: 1"), "hộ", "hộ/nữ"), tree(tableOf("b", "n", "trẻ: 30", "nữ: 10"), "trẻ", "trẻ/nữ"),
		}, `
form of 2
 hộ/n 3 = a!B2:3
 nữ/n 1 = a!B3:1
 trẻ/n 30 = b!B2:30
 nữ/n 10 = b!B3:10
 S246 b
`},
		{"a name of which the heading is not there is not guessed", []*paper.Table{
			tree(tableOf("a", "n", "hộ: 3", "nữ: 1"), "hộ", "hộ/nữ"), tableOf("b", "n", "trẻ: 30", "nữ: 10"),
		}, `
form of 2
 hộ/n 3 = a!B2:3
 nữ/n 1 = a!B3:1
 trẻ/n 30 = b!B2:30
 nữ/n 10 = b!B3:10
 S246 b
`},
		{"a mere heading may be left out", []*paper.Table{
			tree(tableOf("a", "n", "mục một", "x: 1", "y: 2"), "mục một", "mục một/x", "mục một/y"), tableOf("b", "n", "x: 10", "y: 20"),
		}, `
form of 2
 x/n 11 = a!B3:1 b!B2:10
 y/n 22 = a!B4:2 b!B3:20
`},
		{"places by their code, or by name where only one is known", []*paper.Table{
			placed(tableOf("a", "n", "Huyện-Gia-Lộc: 1", "Tứ-Kỳ: 2"), "294", "298"), placed(tableOf("b", "n", "H.-Gia-Lộc: 4", "Tứ-Kỳ: 8"), "294", ""),
		}, `
form of 2
 Huyện-Gia-Lộc/n 5 = a!B2:1 b!B2:4
 Tứ-Kỳ/n 10 = a!B3:2 b!B3:8
`},
		{"two places of one name are two, and said", []*paper.Table{
			placed(tableOf("a", "n", "tân tiến: 1", "y: 2"), "1", ""), placed(tableOf("b", "n", "tân tiến: 4", "y: 8"), "2", ""),
		}, `
form of 2
 tân tiến/n 1 = a!B2:1
 tân tiến/n 4 = b!B2:4
 y/n 10 = a!B3:2 b!B3:8
 S246 b
`},
		{"a word more is another row, and said", []*paper.Table{
			tableOf("a", "n", "hộ nghèo: 1", "y: 2"), tableOf("b", "n", "số hộ nghèo: 4", "y: 8"),
		}, `
form of 2
 hộ nghèo/n 1 = a!B2:1
 số hộ nghèo/n 4 = b!B2:4
 y/n 10 = a!B3:2 b!B3:8
 S246 b
`},
		{"a slip of the pen too, but no other letter that numbers", []*paper.Table{
			tableOf("a", "n", "người cao tuổi: 1", "nhóm tuổi a: 2"), tableOf("b", "n", "người cao tưổi: 4", "nhóm tuổi b: 8"),
		}, `
form of 2
 người cao tuổi/n 1 = a!B2:1
 nhóm tuổi a/n 2 = a!B3:2
 người cao tưổi/n 4 = b!B2:4
 nhóm tuổi b/n 8 = b!B3:8
 S246 b
`},
		{"what both have is nobody's slip", []*paper.Table{
			tableOf("a", "n", "hộ nghèo: 1", "số hộ nghèo: 2"), tableOf("b", "n", "hộ nghèo: 4"),
		}, `
form of 2
 hộ nghèo/n 5 = a!B2:1 b!B2:4
 số hộ nghèo/n 2 = a!B3:2
`},
		{"people are not added up by name", []*paper.Table{
			people(tableOf("a", "n", "An: 1")), people(tableOf("b", "n", "An: 4")),
		}, `
form of 2
 An/n 1 = a!B2:1
 An/n 4 = b!B2:4
 S247 a
 S247 b
`},
		{"but by a code that each has", []*paper.Table{
			people(coded(tableOf("a", "n", "An: 1"), "0301")), people(coded(tableOf("b", "n", "An: 4"), "0301")),
		}, `
form of 2
 An/n 5 = a!B2:1 b!B2:4
`},
		{"rows that nothing tells apart", []*paper.Table{
			tree(twice(tableOf("a", "n", "x: 1", "x: 2", "y: 3"), 0, 1), "x", "x#2", "y"), tableOf("b", "n", "x: 4", "y: 8"),
		}, `
form of 2
 x/n 1 = a!B2:1
 x/n 2 = a!B3:2
 x/n 4 = b!B2:4
 y/n 11 = a!B4:3 b!B3:8
 S247 a
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkSums(t, tt.tables, tt.want)
		})
	}
}
