package match

import "testing"

// bodies are the families of names in two letters about social work, and bodies
// beside them.
var bodies = New([]Entry{
	{Code: "ldtbxh", Name: "Sở Lao động - Thương binh và Xã hội"},
	{Code: "bo-ldtbxh", Name: "Bộ Lao động - Thương binh và Xã hội"},
	{Code: "y-te", Name: "Sở Y tế"},
	{Code: "gddt", Name: "Sở Giáo dục và Đào tạo"},
	{Code: "tttt", Name: "Sở Thông tin và Truyền thông"},
	{Code: "ctxh", Name: "Trung tâm Công tác xã hội tỉnh Lào Cai", Aliases: []string{"Trung tâm Công tác xã hội và Bảo trợ xã hội tỉnh Lào Cai"}},
	{Code: "ptth", Name: "Đài Phát thanh - Truyền hình tỉnh"},
	{Code: "bao", Name: "Báo Hải Dương"},
	{Code: "mttq", Name: "Ủy ban Mặt trận Tổ quốc tỉnh"},
	{Code: "lhpn", Name: "Hội Liên hiệp phụ nữ tỉnh"},
	{Code: "ctd", Name: "Hội Chữ thập đỏ tỉnh"},
	{Code: "doan", Name: "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh"},
}, false)

func TestLikely(t *testing.T) {
	for _, tt := range []struct {
		text, code string
		sure       bool
		how        How
	}{
		{"Sở Lao động - Thương binh và Xã hội", "ldtbxh", true, ByName},
		{"Sở Lao động, Thương binh, Xã hội", "ldtbxh", true, ByName},
		{"Sở LĐ,TB&XH", "ldtbxh", true, ByInitials},
		{"SLĐTBXH", "ldtbxh", true, ByInitials},
		{"Bộ Lao động, Thương binh và Xã hội", "bo-ldtbxh", true, ByName},
		{"So Lao dong - Thuong binh va Xa hoi", "ldtbxh", true, ByUnmarked},
		{"trung tâm công tác xa hội tỉnh Lào Cai", "ctxh", true, ByUnmarked},
		{"Trung tâm Công tác xã hội và Bảo trợ xã hội tỉnh Lào Cai", "ctxh", true, ByAlias},
		{"Trung tâm CTXH tỉnh Lào Cai", "ctxh", true, ByInitials},
		{"Trung tâm CTXH", "ctxh", true, ByInitials},
		{"Đài phát thanh - truyền hình tỉnh", "ptth", true, ByName},
		{"Đài PT-TH tỉnh", "ptth", true, ByInitials},
		{"Đài phát thanh - truyền hìmh tỉnh", "ptth", true, ByNear},
		{"Sở TT&TT", "tttt", true, ByInitials},
		{"Sở GDĐT", "gddt", true, ByInitials},
		{"UB MTTQ tỉnh", "mttq", true, ByInitials},
		{"Hội LHPN tỉnh", "lhpn", true, ByInitials},
		{"Đoàn TNCS Hồ Chí Minh tỉnh", "doan", true, ByInitials},
		{"Hội phụ nữ tỉnh", "lhpn", false, ByWords},
		{"Trung tâm Bảo trợ xã hội tỉnh Lào Cai", "ctxh", false, ByWords},
		{"Báo Lào Cai", "", false, NotFound},
		{"Sở Xây dựng", "", false, NotFound},
		{"", "", false, NotFound},
	} {
		got := bodies.Likely(tt.text)
		if got.Code != tt.code || got.Confidence >= Sure != tt.sure || got.How != tt.how {
			t.Errorf("%q is %+v, want %s", tt.text, got, tt.code)
		}
	}
}

// TestLikelyOfTwo: what fits two is neither's, and the question has both.
func TestLikelyOfTwo(t *testing.T) {
	x := New([]Entry{{Code: "1", Name: "Sở Thông tin và Truyền thông"}, {Code: "2", Name: "Sở Tài chính và Thuế tỉnh"}, {Code: "3", Name: "Số hộ nghèo quý I"}, {Code: "4", Name: "Số hộ nghèo quý II"}, {Code: "5", Name: "Sở Thể thao và Thanh tra"}}, false)
	if got := x.Likely("STTTT"); got.How != Ambiguous || len(got.Choices) != 2 || got.Code != "" {
		t.Errorf("STTTT is %+v", got)
	}
	if got := x.Likely("Số hộ nghèo quý III"); got.Confidence >= Sure {
		t.Errorf("the third quarter was taken for %+v", got)
	}
}

// TestConfidence: exact look-ups say how sure they are.
func TestConfidence(t *testing.T) {
	for text, want := range map[string]int{"Thành phố Hải Dương": 1000, "TP Hải Dương": 970, "thị xã Chí Linh": 960, "Tân Tiến": 0, "Hà Giang": 0} {
		if got := districts.Name(text).Confidence; got != want {
			t.Errorf("%q is sure by %d, want %d", text, got, want)
		}
	}
	if got := districts.Code("80").Confidence; got != 980 {
		t.Errorf("a lost zero leaves %d", got)
	}
}
