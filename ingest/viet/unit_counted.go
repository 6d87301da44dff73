package viet

import "strings"

// IsNumberOf reports whether words say a number of things: "số" and what is
// counted, unless money or a measure of these things is meant ("kinh phí hỗ trợ số
// hộ nghèo"). A unit of money or measure that is stated once for a whole table does
// not hold for them.
func IsNumberOf(words string) bool {
	key := Key(words)
	for at := 0; ; {
		n := strings.Index(key[at:], numberOf)
		if n < 0 {
			return false
		}
		before, thing := key[:at+n], key[at+n+len(numberOf):]
		if (before == "" || strings.HasSuffix(before, " ")) && beginsWithWords(thing, countedThings) {
			return !containsWords(before, amountWords)
		}
		at += n + len(numberOf)
	}
}

// NamesThings reports whether words begin with what reports count, "Hộ nghèo": their
// number is meant, or money for them, as the words around them say.
func NamesThings(words string) bool {
	return beginsWithWords(Key(words), countedThings)
}

// IsAmount reports whether words say that money or a measure is meant.
func IsAmount(words string) bool { return containsWords(Key(words), amountWords) }

// numberOf stands before what is counted, as a key.
var numberOf = Key("số") + " "

// countedThings are what reports count, in the words that follow "số", by key.
var countedThings = keyList(
	"hộ", "khẩu", "nhân khẩu", "người", "lao động", "cán bộ", "công chức", "viên chức", "nhân viên", "thành viên", "hội viên", "đoàn viên", "đảng viên", "khách hàng", "đối tượng", "trẻ", "trẻ em",
	"học sinh", "sinh viên", "học viên", "giáo viên", "bác sĩ", "bệnh nhân", "phụ nữ", "nam", "nữ", "lượt", "lần", "ca", "vụ", "cuộc", "buổi", "lớp", "trường", "đơn vị", "doanh nghiệp", "hợp tác xã",
	"cơ sở", "trang trại", "xã", "phường", "thôn", "huyện", "tổ", "nhà", "căn", "giường", "món", "hồ sơ", "suất", "cái", "chiếc", "con", "văn bản", "công trình", "dự án", "mô hình",
)

// amountWords are in words over money and measures, by key.
var amountWords = keyList("kinh phí", "tiền", "trị giá", "giá trị", "vốn", "doanh thu", "chi phí", "dư nợ", "số dư", "sản lượng", "diện tích", "khối lượng", "trọng lượng")

func keyList(words ...string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Key(w)
	}
	return out
}

// beginsWithWords reports whether a key begins with one of some keys, as whole
// words.
func beginsWithWords(key string, list []string) bool {
	for _, w := range list {
		if rest, ok := strings.CutPrefix(key, w); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return false
}

// containsWords reports whether a key holds one of some keys, as whole words.
func containsWords(key string, list []string) bool {
	key = " " + key + " "
	for _, w := range list {
		if strings.Contains(key, " "+w+" ") {
			return true
		}
	}
	return false
}
