package viet

import "strings"

// IsNumberOf reports whether words say a number of things: "số" and what is counted,
// whatever that is, unless money or a measure of these things is meant ("kinh phí hỗ trợ
// số hộ nghèo"). A unit of money or measure that is stated once for a whole table does not
// hold for them.
func IsNumberOf(words string) bool {
	key := Key(words)
	for at := 0; ; {
		n := strings.Index(key[at:], numberOf)
		if n < 0 {
			return strings.HasPrefix(key, numberShort) && beginsWithWords(key[len(numberShort):], countedThings)
		}
		before, thing := key[:at+n], key[at+n+len(numberOf):]
		if (before == "" || strings.HasSuffix(before, " ")) && isThing(thing) {
			return !containsWords(before, amountWords)
		}
		at += n + len(numberOf)
	}
}

// isThing reports whether what follows "số" is counted: reports count too much for a list,
// so it is whatever is no amount, no part of a year and no figure.
func isThing(key string) bool {
	return key != "" && (key[0] < '0' || key[0] > '9') && !beginsWithWords(key, amountWords) && !beginsWithWords(key, sumWords)
}

// NamesThings reports whether words begin with what reports count, "Hộ nghèo": their
// number is meant, or money for them, as the words around them say.
func NamesThings(words string) bool {
	return beginsWithWords(Key(words), countedThings)
}

// IsAmount reports whether words say that money or a measure is meant.
func IsAmount(words string) bool { return containsWords(Key(words), amountWords) }

// numberOf stands before what is counted, as a key, and so does numberShort.
var (
	numberOf    = Key("số") + " "
	numberShort = Key("sl") + " "
)

// sumWords follow "số" where a sum of money is meant or nothing is said of what it is a
// number of: "số đã chi", "số đầu năm", "số thứ tự", by key.
var sumWords = keyList(
	"dư", "thu", "chi", "nợ", "thuế", "phí", "lệ phí", "lãi", "lỗ", "lương", "thưởng", "giá", "phát sinh", "còn", "quyết toán", "dự toán", "ngân sách", "đã", "được", "phải", "chưa", "đang", "liệu", "kế hoạch", "thực hiện", "thực",
	"đầu", "cuối", "tăng", "giảm", "trích", "nộp", "giao", "giải ngân", "cấp", "thanh toán", "lũy kế", "luỹ kế", "cộng", "trong", "ngoài", "năm", "kỳ", "tháng", "quý", "ước", "tạm ứng", "hoàn", "truy thu", "thất thu", "chênh lệch", "hỗ trợ",
	"bù", "vay", "cho vay", "huy động", "gửi", "rút", "trả", "tồn", "chuyển", "hạch toán", "tổng", "đề nghị", "duyệt", "phê duyệt", "thẩm định", "điều chỉnh", "bổ sung", "thu nhập", "tuyệt đối", "tương đối", "hiệu", "thứ tự", "tt", "và", "bằng", "theo", "bình quân",
)

// countedThings are what reports count, in the words that follow "số", by key.
var countedThings = keyList(
	"hộ", "khẩu", "nhân khẩu", "người", "lao động", "cán bộ", "công chức", "viên chức", "nhân viên", "thành viên", "hội viên", "đoàn viên", "đảng viên", "khách hàng", "đối tượng", "trẻ", "trẻ em",
	"học sinh", "sinh viên", "học viên", "giáo viên", "bác sĩ", "bệnh nhân", "phụ nữ", "nam", "nữ", "lượt", "lần", "ca", "vụ", "cuộc", "buổi", "lớp", "trường", "đơn vị", "doanh nghiệp", "hợp tác xã",
	"cơ sở", "trang trại", "xã", "phường", "thôn", "huyện", "tổ", "nhà", "căn", "giường", "món", "hồ sơ", "suất", "cái", "chiếc", "con", "văn bản", "công trình", "dự án", "mô hình",
	"thẻ", "tài khoản", "sổ", "phiếu", "giấy phép", "giấy chứng nhận", "biên bản", "quyết định", "thuê bao", "khách", "đơn thư", "phương tiện",
)

// amountWords are in words over money and measures, by key.
var amountWords = keyList("kinh phí", "tiền", "trị giá", "giá trị", "vốn", "doanh thu", "chi phí", "dư nợ", "số dư", "sản lượng", "diện tích", "khối lượng", "trọng lượng", "nợ xấu", "nợ quá hạn")

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
