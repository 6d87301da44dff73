package match

import (
	"testing"
)

// districts are those of Hải Dương and one of Lào Cai, with their traps: a city
// of the province's name, a code with a zero in front, a village and a town of
// one name.
var districts = New([]Entry{
	{Code: "288", Name: "Thành phố Hải Dương"},
	{Code: "290", Name: "Thành phố Chí Linh", Aliases: []string{"Thị xã Chí Linh"}},
	{Code: "291", Name: "Nam Sách"},
	{Code: "292", Name: "Thị xã Kinh Môn"},
	{Code: "080", Name: "Thành phố Lào Cai"},
	{Code: "295", Name: "Xã Tân Tiến"},
	{Code: "296", Name: "Thị trấn Tân Tiến"},
}, true)

func TestName(t *testing.T) {
	for _, tt := range []struct {
		name, text, code string
		how              How
	}{
		{"itself", "Thành phố Hải Dương", "288", ByName},
		{"capitals and blanks", "  THÀNH PHỐ  HẢI DƯƠNG", "288", ByName},
		{"abbreviated", "TP. Hải Dương", "288", ByLevel},
		{"abbreviated without a blank", "TP.Hải Dương", "288", ByLevel},
		{"abbreviated with dots", "T.P Hải Dương", "288", ByLevel},
		{"without its level", "Hải Dương", "288", ByLevel},
		{"with a level the register leaves out", "Huyện Nam Sách", "291", ByLevel},
		{"abbreviated level the register leaves out", "H. Nam Sách", "291", ByLevel},
		{"with another level", "Huyện Hải Dương", "", NotFound},
		{"by another name", "thị xã Chí Linh", "290", ByAlias},
		{"town", "TX Kinh Môn", "292", ByLevel},
		{"by another name, abbreviated", "TX Chí Linh", "290", ByLevel},
		{"of two", "Tân Tiến", "", Ambiguous},
		{"of two by its level", "TT. Tân Tiến", "296", ByLevel},
		{"misspelt is not guessed", "Nam Sahc", "", NotFound},
		{"without marks is not guessed", "Nam Sach", "", NotFound},
		{"nothing", "", "", NotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := districts.Name(tt.text); got.Code != tt.code || got.How != tt.how {
				t.Errorf("%q is %+v", tt.text, got)
			}
		})
	}
}

func TestCode(t *testing.T) {
	for _, tt := range []struct {
		name, text, code string
		how              How
	}{
		{"itself", "288", "288", ByCode},
		{"a zero lost", "80", "080", ByZeros},
		{"a zero too many", "0288", "288", ByZeros},
		{"blanks", " 288 ", "288", ByCode},
		{"none", "289", "", NotFound},
		{"nothing", "", "", NotFound},
		{"zeros only", "000", "", NotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := districts.Code(tt.text); got.Code != tt.code || got.How != tt.how {
				t.Errorf("%q is %+v", tt.text, got)
			}
		})
	}
}

// TestCodeOfTwo: a code that two entries have but for their zeros is neither's.
func TestCodeOfTwo(t *testing.T) {
	x := New([]Entry{{Code: "1", Name: "Một"}, {Code: "01", Name: "Không một"}}, false)
	for text, want := range map[string]Found{"001": {}, "01": x.found(ByCode, 1), "1": x.found(ByCode, 0)} {
		if got := x.Code(text); got.Code != want.Code || got.How != want.How {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	for text, want := range map[string]string{
		"Nam Sahc": "Nam Sách", "huyện nam sach": "Nam Sách", "TP Hai Duong": "Thành phố Hải Dương", "Kinh Mon": "Thị xã Kinh Môn", "Hà Giang": "", "": "",
	} {
		if got := districts.Near(text); got != want {
			t.Errorf("near %q is %q, want %q", text, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"Số suất quà đã trao", "Hỗ trợ bằng tiền", "Số hộ nghèo được hỗ trợ", "Số hộ khác được hỗ trợ"}
	for text, want := range map[string]string{
		"Ho tro bang tien": "Hỗ trợ bằng tiền", "Số suất quà": "Số suất quà đã trao",
		"được hỗ trợ": "", "quà": "", "suất quà đã tra": "", "": "", // two names, one word, half a word
	} {
		if got := Nearest(text, names); got != want {
			t.Errorf("nearest to %q is %q, want %q", text, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 5, 0}, {"abc", "abc", 5, 0}, {"abc", "abd", 5, 1}, {"abc", "ac", 5, 1}, {"abc", "xabc", 5, 1}, {"kitten", "sitting", 9, 3}, {"kitten", "sitting", 2, 2}, {"a", "abcdef", 3, 3},
	} {
		if got := Distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("%q to %q within %d is %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
	}
}

func TestAlike(t *testing.T) {
	if !Alike("Bệnh viên Đa khoa huyện Bát Xát", "Bệnh viện Đa khoa huyện Bát Xát") {
		t.Error("a slip of one mark")
	}
	if Alike("Huyện Nam Sách", "Thị xã Kinh Môn") {
		t.Error("two districts")
	}
}
