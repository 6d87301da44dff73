package xlsx

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// fieldsOf reads a text whole: "A1=Lào Cai" for each cell.
func fieldsOf(b []byte, lim Limits) (fields []string, format Format, err error) {
	wb, err := Open(bytes.NewReader(b), int64(len(b)), lim)
	if err != nil {
		return nil, "", err
	}
	g, err := wb.Grid(0)
	if err != nil {
		return nil, "", err
	}
	for _, c := range g.Cells {
		if c.Type != String {
			return nil, "", fmt.Errorf("a cell of type %s", c.Type)
		}
		fields = append(fields, Ref(c.Row, c.Col)+"="+c.Text)
	}
	return fields, wb.Format, nil
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		format     Format
		want       []string
	}{
		{"semicolons", "Mã;Tên\n288;Hải Dương\n", FormatCSV, []string{"A1=Mã", "B1=Tên", "A2=288", "B2=Hải Dương"}},
		{"commas", "Mã,Tên\r\n288,Hải Dương\r\n", FormatCSV, []string{"A1=Mã", "B1=Tên", "A2=288", "B2=Hải Dương"}},
		{"tabs", "Mã\tTên\n288\tHải Dương", FormatTSV, []string{"A1=Mã", "B1=Tên", "A2=288", "B2=Hải Dương"}},
		{"bars", "a|b\n1|2\n", FormatCSV, []string{"A1=a", "B1=b", "A2=1", "B2=2"}},
		{"lines that end in CR", "a;b\r1;2\r", FormatCSV, []string{"A1=a", "B1=b", "A2=1", "B2=2"}},
		{"as typed", "a;b\n 1.234 ;\u00a0x\n", FormatCSV, []string{"A1=a", "B1=b", "A2= 1.234 ", "B2=\u00a0x"}},
		{"decimal commas", "Tên;2020;2021\nA;1,5;2,5\nB;3,5;4,5\n", FormatCSV, []string{"A1=Tên", "B1=2020", "C1=2021", "A2=A", "B2=1,5", "C2=2,5", "A3=B", "B3=3,5", "C3=4,5"}},
		{"decimal commas in every line", "A;1,5\nB;3,5\n", FormatCSV, []string{"A1=A", "B1=1,5", "A2=B", "B2=3,5"}},
		{"numbers alone", "1,2,3\n4,5,6\n", FormatCSV, []string{"A1=1", "B1=2", "C1=3", "A2=4", "B2=5", "C2=6"}},
		{"semicolons in one column", "Tên,Ghi chú,Số\nA,x;y,1\nB,z,2\n", FormatCSV, []string{"A1=Tên", "B1=Ghi chú", "C1=Số", "A2=A", "B2=x;y", "C2=1", "A3=B", "B3=z", "C3=2"}},
		{"a title and an empty line", "Số trang trại, theo tỉnh\n\nTên;2000\nA;1\nB;2\n", FormatCSV, []string{"A1=Số trang trại, theo tỉnh", "A3=Tên", "B3=2000", "A4=A", "B4=1", "A5=B", "B5=2"}},
		{"ragged", "a;b;c\n1\n1;2;3\n1;2\n4;5;6;7\n", FormatCSV, []string{"A1=a", "B1=b", "C1=c", "A2=1", "A3=1", "B3=2", "C3=3", "A4=1", "B4=2", "A5=4", "B5=5", "C5=6", "D5=7"}},
		{"empty fields", ";;b\n1;;2\n;;\n", FormatCSV, []string{"C1=b", "A2=1", "C2=2"}},
		{"quotation marks", "\"a;b\";\"c \"\"d\"\"\"\n\"1\";x\"y\n", FormatCSV, []string{"A1=a;b", `B1=c "d"`, "A2=1", `B2=x"y`}},
		{"behind a quotation mark", "\"a\" b;c\n1;2\n", FormatCSV, []string{"A1=a b", "B1=c", "A2=1", "B2=2"}},
		{"line breaks in quotation marks", "a;\"b\r\nc\"\n1;2\n", FormatCSV, []string{"A1=a", "B1=b\r\nc", "A2=1", "B2=2"}},
		{"what Excel is told", "sep=|\na,b|c\n", FormatCSV, []string{"A1=a,b", "B1=c"}},
		{"what Excel is told, with a tab", "\"SEP=\t\"\r\na;b\tc\n", FormatTSV, []string{"A1=a;b", "B1=c"}},
		{"codes in brackets", "[1.01];[1.02]\n1;2\n", FormatCSV, []string{"A1=[1.01]", "B1=[1.02]", "A2=1", "B2=2"}},
		{"one line", "Số văn bản;3", FormatCSV, []string{"A1=Số văn bản", "B1=3"}},
		{"a column of figures", "Số hộ\n12\n7.5\n-3\n", FormatCSV, []string{"A1=Số hộ", "A2=12", "A3=7.5", "A4=-3"}},
		{"nothing but lines", " \n\n", FormatCSV, nil},
		{"spaces after commas, every line alike", "a, b, c\n1, 2, 3\n4, 5, 6\n", FormatCSV, []string{"A1=a", "B1= b", "C1= c", "A2=1", "B2= 2", "C2= 3", "A3=4", "B3= 5", "C3= 6"}},
		{"spaces after semicolons, every line alike", "Đơn vị; Số hộ\nXã A; 1234\nXã B; 2000", FormatCSV, []string{"A1=Đơn vị", "B1= Số hộ", "A2=Xã A", "B2= 1234", "A3=Xã B", "B3= 2000"}},
		{"the end of a DOS file", "a;b\n1;2\n\x1a", FormatCSV, []string{"A1=a", "B1=b", "A2=1", "B2=2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, format, err := fieldsOf([]byte(tt.text), Limits{})
			if err != nil || format != tt.format || !slices.Equal(got, tt.want) {
				t.Errorf("%s %q, %v\nwant %s %q", format, got, err, tt.format, tt.want)
			}
		})
	}
}

func TestTextEncodings(t *testing.T) {
	wide := func(order binary.AppendByteOrder, s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	want := []string{"A1=Tên", "B1=Số \U0001F3E0", "A2=Bình", "B2=1"}
	for name, text := range map[string]string{
		"UTF-8":             "Tên;Số \U0001F3E0\nBình;1\n",
		"UTF-8 with a mark": "\xef\xbb\xbfTên;Số \U0001F3E0\nBình;1\n",
		"UTF-16 LE":         wide(binary.LittleEndian, "Tên;Số \U0001F3E0\nBình;1\n"),
		"UTF-16 BE":         wide(binary.BigEndian, "Tên;Số \U0001F3E0\nBình;1\n"),
	} {
		if got, _, err := fieldsOf([]byte(text), Limits{}); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestCodePages(t *testing.T) {
	for _, tt := range []struct {
		name, bytes string
		want        string // "" where it cannot be told
	}{
		{"1258: tones behind vowels", "T\xean;\xd0\xf4\xccng H\xf5\xd2i", "T\u00ean;\u0110\u00f4\u0300ng H\u01a1\u0309i"},
		{"1258: a single tone", "xa\xde;1", "xa\u0303;1"},
		{"1252: behind a consonant", "B\xecnh Dinh;1", "B\u00ecnh Dinh;1"},
		{"1252: with letters that prove nothing", "x\xe3 B\xecnh;1", "x\u00e3 B\u00ecnh;1"},
		{"1252: French", "Universit\xe9;\xe0 c\xf4t\xe9", "Universit\u00e9;\u00e0 c\u00f4t\u00e9"},
		{"1252: Norwegian", "a,b\n5,\xe6\xf8\xe5", "a,b\n5,\u00e6\u00f8\u00e5"},
		{"either: ã, or ă", "x\xe3;1", ""},
		{"either: Ð, or Đ", "\xd0ang;1", ""},
		{"neither: a tone both behind a vowel and elsewhere", "a\xec B\xec;1", ""},
		{"TCVN3 over 1252", "v\xa8n b\xb6n;1", "v\u00a8n b\u00b6n;1"},
		{"TCVN3 over 1252, with bytes that would be tones", "Huy\xd6n v\xecng s\xa9u;xa\xde", "Huy\u00d6n v\u00ecng s\u00a9u;xa\u00de"},
		{"neither: Russian", "\xcc\xee\xf1\xea\xe2\xe0 \xe3\xb8\xf0;1", ""},
		{"neither: a byte of no letter", "B\xecnh \x81;1", ""},
	} {
		got, err := decodeText([]byte(tt.bytes))
		switch {
		case tt.want == "" && KindOf(err) != KindCodePage:
			t.Errorf("%s: %q, %v, want it refused", tt.name, got, err)
		case tt.want != "" && (err != nil || string(got) != tt.want):
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

// TestVietnameseWords: what Vietnamese programs wrote in Windows-1258 is told as
// that, and comes back, name by name.
func TestVietnameseWords(t *testing.T) {
	tones := map[rune]byte{0x300: 0xcc, 0x309: 0xd2, 0x303: 0xde, 0x301: 0xec, 0x323: 0xf2}
	letters := map[rune]byte{'Ă': 0xc3, 'Đ': 0xd0, 'Ơ': 0xd5, 'Ư': 0xdd, 'ă': 0xe3, 'đ': 0xf0, 'ơ': 0xf5, 'ư': 0xfd, 'Â': 0xc2, 'Ê': 0xca, 'Ô': 0xd4, 'â': 0xe2, 'ê': 0xea, 'ô': 0xf4}
	for _, name := range []string{"H\u01b0\u01a1ng Th\u1ee7y", "Qu\u1ea3ng Ng\u00e3i", "B\u00ecnh \u0110\u1ecbnh", "\u0110\u1ed3ng H\u1edbi", "Ph\u01b0\u1eddng T\u1ee9 K\u1ef3", "S\u1ed1 l\u01b0\u1ee3ng"} {
		var b []byte
		plain := decomposed(name)
		for _, r := range plain {
			switch {
			case r < 0x80:
				b = append(b, byte(r))
			case tones[r] != 0:
				b = append(b, tones[r])
			default:
				b = append(b, letters[r])
			}
		}
		if got, err := decodeText(b); err != nil || string(got) != plain {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// decomposed takes the tones off the letters, as Windows-1258 has them.
func decomposed(s string) string {
	const grave, hook, tilde, acute, dot = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
	var pairs []string
	for base, row := range map[string]string{
		"a": "àảãáạ", "ă": "ằẳẵắặ", "â": "ầẩẫấậ", "e": "èẻẽéẹ", "ê": "ềểễếệ", "i": "ìỉĩíị", "o": "òỏõóọ", "ô": "ồổỗốộ", "ơ": "ờởỡớợ",
		"u": "ùủũúụ", "ư": "ừửữứự", "y": "ỳỷỹýỵ",
	} {
		tones := []string{grave, hook, tilde, acute, dot}
		for i, r := range []rune(row) {
			pairs = append(pairs, string(r), base+tones[i])
		}
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

func TestTextRefused(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		lim        Limits
		kind       ErrorKind
		ref        string
	}{
		{"a letter", "Kính gửi: Sở Y tế, Sở Tài chính,\nĐề nghị các đơn vị báo cáo, chậm nhất ngày 30.\nTrân trọng, văn phòng.\n", Limits{}, KindCSV, ""},
		{"a letter with a comma in every line", "Kính gửi: Sở Y tế,\nĐơn vị báo cáo: 120 hộ, 35 cá nhân.\nTrân trọng, người lập biểu.\n", Limits{}, KindCSV, ""},
		{"a letter that breaks its lines at commas", "Kính gửi: Sở Nội vụ,\nĐã có 120 trẻ em, 35 hộ.\nTrân trọng.\n", Limits{}, KindCSV, ""},
		{"one sentence", "Kính gửi: Sở Y tế, Hải Dương", Limits{}, KindCSV, ""},
		{"words", "Đã nhận", Limits{}, KindCSV, ""},
		{"JSON", `{"values":[{"indicator":"1.01","value":1}]}`, Limits{}, KindCSV, ""},
		{"a list in JSON", "[\n1,\n2\n]", Limits{}, KindCSV, ""},
		{"JSON in lines", "{\"a\":1,\"b\":2}\n{\"a\":3,\"b\":4}\n", Limits{}, KindCSV, ""},
		{"code", "int main(void) {\n\tint x = 1;\n\treturn x;\n}\n", Limits{}, KindCSV, ""},
		{"lines that end in semicolons", "a = 1;\nb = 2;\nc = 3;\n", Limits{}, KindCSV, ""},
		{"a list of names", "Huyện Gia Lộc\nHuyện Tứ Kỳ\nThành phố Chí Linh\n", Limits{}, KindCSV, ""},
		{"a quotation mark never closed", "a;b\n1;2\n3;\"4\n5;6\n", Limits{}, KindDamaged, "B3"},
		{"a nought among the text", "a;b\n1;\x002\n", Limits{}, KindNotSpreadsheet, ""},
		{"a control character far down", strings.Repeat("a;b\n", 2000) + "\x01;2\n", Limits{}, KindNotSpreadsheet, ""},
		{"UTF-16 cut off", "\xff\xfea\x00;\x00b", Limits{}, KindDamaged, ""},
		{"half a pair in UTF-16", "\xff\xfea\x00;\x00\x3c\xd8b\x00", Limits{}, KindDamaged, ""},
		{"bytes after a mark of UTF-8", "\xef\xbb\xbfa;B\xecnh\n", Limits{}, KindDamaged, ""},
		{"UTF-8 cut off", "T\xc3\xaan;v\xc4\x83n;\xe1\xbb", Limits{}, KindDamaged, ""},
		{"UTF-8 with a name in another code", "C\xc3\xa1;\xe1\xbb\x93\nB\xecnh;1\n", Limits{}, KindDamaged, ""},
		{"JSON that is cut off", "{\n \"a\": 1, \"b\": 2,\n", Limits{}, KindCSV, ""},
		{"lists in JSON", "[[1,2],[3,4]", Limits{}, KindCSV, ""},
		{"a code page that cannot be told", "v\xa8n b\xc0n;1\n", Limits{}, KindCodePage, ""},
		{"too many cells", "a;b\n1;2\n", Limits{Cells: 3}, KindTooManyCells, "B2"},
		{"too many cells kept", "a;b\n1;2\n", Limits{GridCells: 3}, KindTooManyCells, "B2"},
		{"too long a cell", "a;b\n1;xxxxx\n", Limits{CellRunes: 4}, KindTooLarge, "B2"},
		{"too much text", "a;b\n1;xxxxx\n2;xxxxx\n3;x", Limits{StringBytes: 10}, KindTooLarge, "B3"},
		{"too many columns", "a" + strings.Repeat(";", MaxCols) + "b\n", Limits{}, KindBadRef, "XFE1"},
		{"too many rows", "a;b\n" + strings.Repeat("\n", MaxRows), Limits{}, KindBadRef, "A1048577"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := fieldsOf([]byte(tt.text), tt.lim)
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Kind != tt.kind || tt.ref != "" && e.Ref != tt.ref {
				t.Errorf("%q, %v, want %s %s", got, err, tt.kind, tt.ref)
			}
		})
	}
}

// FuzzTable reads any text: what is read is there in the text, written again it is
// read the same, and nothing passes the bounds.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"Mã;Tên\n288;Hải Dương\n", "a,b\r\n1,2\r\n", "a\tb\n\"1\t\"\"\"\t2", "sep=|\na|b\n", "Số\n1\n2\n", "\xff\xfea\x00;\x00b\x00", "\xef\xbb\xbfa;b",
		"B\xecnh;1\n", "\xd0\xf4\xccng;1", "\"a", " \n", "{\"a\":1}", "x, y, z",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) == 0 {
			return
		}
		wb, err := openText(bytes.NewReader(b), int64(len(b)), fuzzLimits)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		wb.lim = fuzzLimits
		g, err := wb.Grid(0)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		checkGrid(t, g)
		var rows [][]string
		for _, c := range g.Cells {
			if !utf8.ValidString(c.Text) {
				t.Fatalf("%s is no text: %q", Ref(c.Row, c.Col), c.Text)
			}
			for len(rows) < c.Row {
				rows = append(rows, nil)
			}
			for len(rows[c.Row-1]) < c.Col {
				rows[c.Row-1] = append(rows[c.Row-1], "")
			}
			rows[c.Row-1][c.Col-1] = c.Text
		}
		again, _, err := fieldsOf(written(rows), fuzzLimits)
		var want []string
		for _, c := range g.Cells {
			want = append(want, Ref(c.Row, c.Col)+"="+c.Text)
		}
		if err != nil || !slices.Equal(again, want) {
			t.Fatalf("read %q\nwritten and read again %q, %v", want, again, err)
		}
	})
}

// written writes rows with every field in quotation marks, and says by what they
// are parted.
func written(rows [][]string) []byte {
	b := []byte("sep=;\n")
	for _, row := range rows {
		for i, field := range row {
			if i > 0 {
				b = append(b, ';')
			}
			b = append(b, `"`+strings.ReplaceAll(field, `"`, `""`)+`"`...)
		}
		b = append(b, '\n')
	}
	return b
}
