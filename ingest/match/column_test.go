package match

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/viet"
)

// headings are indicators of two reports of social work, with those that are
// easily mistaken for one another.
var headings = func() []Heading {
	var out []Heading
	for _, line := range []string{
		"1.01 Số văn bản chỉ đạo, kế hoạch đã ban hành",
		"1.02 Số hội nghị, tọa đàm, lễ kỷ niệm",
		"1.03 Số lượt người tham dự",
		"1.03a Số lượt người tham dự > Trong đó: nữ",
		"1.04 Số lớp tập huấn, bồi dưỡng",
		"1.05 Số học viên",
		"1.05a Số học viên > Trong đó: nữ",
		"1.06 Số tin, bài trên báo in, báo điện tử",
		"1.08 Tổng thời lượng phát sóng",
		"1.13 Tờ rơi, tờ gấp, tài liệu đã phát",
		"2.01 Số người có hoàn cảnh khó khăn được trợ giúp",
		"2.02 Số hộ gia đình được trợ giúp",
		"2.02a Số hộ gia đình được trợ giúp > Hộ nghèo",
		"2.02b Số hộ gia đình được trợ giúp > Hộ cận nghèo",
		"2.03 Số suất quà đã trao",
		"2.04 Hỗ trợ bằng tiền",
		"2.05 Hỗ trợ bằng hiện vật (quy đổi)",
		"2.07 Số ca được tư vấn, tham vấn",
		"2.08 Số ca chuyển gửi, kết nối dịch vụ",
		"2.12 Số cơ sở cung cấp dịch vụ công tác xã hội",
		"2.13 Số người làm công tác xã hội",
		"3.01 Quý I",
		"3.02 Quý II",
	} {
		code, path, _ := strings.Cut(line, " ")
		out = append(out, Heading{Code: code, Paths: [][]string{strings.Split(path, " > ")}})
	}
	out[15].Paths = append(out[15].Paths, []string{"Tiền mặt"})
	return out
}()

func TestBest(t *testing.T) {
	for _, tt := range []struct {
		path, code string
		sure       bool
		how        How
	}{
		{"Số suất quà đã trao", "2.03", true, ByName},
		{"KẾT QUẢ > Số suất quà đã trao (suất)", "2.03", true, ByName},
		{"2.03", "2.03", true, ByCode},
		{"(3) Số suất quà đã trao", "2.03", true, ByName},
		{"Số học viên > Trong đó: nữ", "1.05a", true, ByName},
		{"Trong đó: nữ", "", false, Ambiguous}, // under two heads
		{"Số lượt người tham dự: trong đó nữ", "1.03a", true, ByName},
		{"Số hộ gia đình được trợ giúp > Hộ nghèo", "2.02a", true, ByName},
		{"Hộ cận nghèo", "2.02b", true, ByName},
		{"So suat qua da trao", "2.03", true, ByUnmarked},
		{"Số suât quà đã trao", "2.03", true, ByUnmarked},
		{"Số suắt quà đã trao", "2.03", true, ByNear},
		{"Số người làm CTXH", "2.13", true, ByInitials},
		{"Tiền mặt", "2.04", true, ByAlias},
		{"Quý I", "3.01", true, ByName},
		{"Quý III", "3.01", false, ByWords},
		{"Số suất quà", "2.03", false, ByWords},
		{"Ghi chú", "", false, NotFound},
		{"", "", false, NotFound},
	} {
		got := Best(strings.Split(tt.path, " > "), headings)
		if got.Code != tt.code || (got.Confidence >= Sure && got.Code != "") != tt.sure || got.How != tt.how {
			t.Errorf("%q is %+v, want %s", tt.path, got, tt.code)
		}
	}
}

// TestColumns: no two columns become one indicator.
func TestColumns(t *testing.T) {
	for _, tt := range []struct {
		name, paths, want string
	}{
		{"each its own", "Số học viên | Số suất quà đã trao | Ghi chú", "1.05 2.03 ?"},
		{"the one that fits better", "Số suất quà đã trao | So suat qua da trao", "2.03 ?"},
		{"two that fit as well", "Số học viên | Số học viên", "? ?"},
		{"parts under their heads", "Số lượt người tham dự > Trong đó: nữ | Số học viên > Trong đó: nữ", "1.03a 1.05a"},
	} {
		var paths [][]string
		for path := range strings.SplitSeq(tt.paths, " | ") {
			paths = append(paths, strings.Split(path, " > "))
		}
		var got []string
		for _, f := range Columns(paths, headings) {
			if f.Confidence < Sure {
				f.Code = "?"
			}
			got = append(got, f.Code)
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestColumnsPrecision writes the heads of all indicators in the habits of
// offices: none may become another indicator, and enough must be understood.
func TestColumnsPrecision(t *testing.T) {
	rows := newRows()
	r := rand.New(rand.NewPCG(seed, 1))
	for _, h := range []struct {
		name   string
		write  func(string) string
		recall int
	}{
		{"as they are", func(s string) string { return s }, 1000},
		{"capitals", strings.ToUpper, 1000},
		{"no marks", viet.Plain, 900},
		{"tone marks moved", moved, 1000},
		{"with a unit", func(s string) string { return s + " (người)" }, 950},
		{"numbered", func(s string) string { return "1. " + s }, 1000},
		{"one letter wrong", func(s string) string { return slipped(s, r, 1) }, 500},
		{"two letters wrong", func(s string) string { return slipped(s, r, 2) }, 0},
		{"wrong mark", func(s string) string { return wrongMark(s, r) }, 500},
		{"first word left out", func(s string) string { return s[strings.IndexByte(s, ' ')+1:] }, 0},
		{"last word left out", func(s string) string { return s[:max(strings.LastIndexByte(s, ' '), 1)] }, 0},
	} {
		var got tally
		for range 10 {
			var paths [][]string
			for _, heading := range headings {
				path := append([]string{}, heading.Paths[0]...)
				if leaf := h.write(path[len(path)-1]); !isHead(leaf, heading) {
					path[len(path)-1] = leaf
				}
				paths = append(paths, path)
			}
			for i, f := range Columns(paths, headings) {
				got.labels++
				switch {
				case f.Confidence < Sure || f.Code == "":
					got.asked++
				case f.Code == headings[i].Code:
					got.right++
				default:
					got.wrong++
					t.Logf("%s: %q is %s, and was taken for %s (%d)", h.name, paths[i], headings[i].Code, f.Code, f.Confidence)
				}
			}
		}
		rows.put(t, h.name, got, h.recall)
	}
	t.Log(rows)
}

// isHead reports whether a text is by chance the head of another indicator.
func isHead(text string, own Heading) bool {
	return slices.ContainsFunc(headings, func(h Heading) bool { return h.Code != own.Code && viet.Key(h.Name()) == viet.Key(text) })
}

func FuzzColumns(f *testing.F) {
	f.Add("Số học viên\nTrong đó: nữ", "Số hv")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 500 {
			t.Skip()
		}
		seen := map[string]bool{}
		for _, f := range Columns([][]string{strings.Split(a, "\n"), {b}, {a}}, headings) {
			if f.Confidence < Sure || f.Code == "" {
				continue
			}
			if seen[f.Code] {
				t.Errorf("two columns are %s", f.Code)
			}
			seen[f.Code] = true
		}
	})
}
