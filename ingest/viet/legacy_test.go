package viet_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tonghop/ingest/viet"
	"tonghop/ingest/viet/viettest"
)

func TestDecode(t *testing.T) {
	mixed, mixedRuns := viettest.TCVN3("Ứng Hòa, Ủy ban", ".VnTime")
	tests := []struct {
		name, text, font string
		runs             []viet.Run
		want             string
		code             viet.Encoding
	}{
		{"the motto in TCVN3", "§éc lËp - Tù do - H¹nh phóc", ".VnTime", nil, "Độc lập - Tự do - Hạnh phúc", viet.TCVN3},
		{"the country in TCVN3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", ".VnArial", nil, "Cộng hòa xã hội chủ nghĩa Việt Nam", viet.TCVN3},
		{"a font of capitals", "céng hßa x· héi chñ nghÜa viÖt nam", ".VnTimeH", nil, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", viet.TCVN3},
		{"the motto in VNI", "Ñoäc laäp - Töï do - Haïnh phuùc", "VNI-Times", nil, "Độc lập - Tự do - Hạnh phúc", viet.VNI},
		{"capitals in VNI", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI-Helve", nil, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", viet.VNI},
		{"VNI with a blank in the name of the font", "Toång coäng", "VNI Times", nil, "Tổng cộng", viet.VNI},
		{"the soft hyphen is a letter", "Ph\u00ad¬ng", ".VnTime", nil, "Phương", viet.TCVN3},
		{"capitals with a tone in runs", mixed, ".VnTime", mixedRuns, "Ứng Hòa, Ủy ban", viet.TCVN3},
		{"a run in a cell of another font", "Tæng céng (Total)", "Arial", []viet.Run{{Font: ".VnTime", End: len("Tæng céng")}, {End: len("Tæng céng (Total)")}}, "Tổng cộng (Total)", viet.TCVN3},
		{"a run in Unicode after one in TCVN3", "Tæng số", "Arial", []viet.Run{{Font: ".VnTime", End: len("Tæng ")}, {End: len("Tæng số")}}, "Tổng số", viet.TCVN3},
		{"tones of VN3 behind the letter", "H¶i D\u00ad¬ng, A¸ ©´m, A³o", ".VnTime", nil, "Hải Dương, Aá ậm, Áo", viet.TCVN3},
		{"abbreviations", "UBND, H§ND x· Phó Thä", ".VnTime", nil, "UBND, HĐND xã Phú Thọ", viet.TCVN3},
		{"quotes of Windows", "“TÕt v× ng\u00adêi nghÌo” – 2003…", ".VnTime", nil, "“Tết vì người nghèo” – 2003…", viet.TCVN3},
		{"quotes left as their bytes", "\u0093TÕt v× ng\u00adêi nghÌo\u0094", ".VnTime", nil, "“Tết vì người nghèo”", viet.TCVN3},
		{"a degree and a square stay", "NhiÖt ®é 30°C, 12 m²", ".VnTime", nil, "Nhiệt độ 30°C, 12 m²", viet.TCVN3},
		{"a word of another language among many", "Café cña c¸c héi", ".VnTime", nil, "Cafộ của các hội", viet.TCVN3},

		{"Unicode in a font of TCVN3", "Tổng cộng", ".VnTime", nil, "Tổng cộng", viet.Unicode},
		{"Unicode that Latin-1 holds", "Xã Tân Lý", ".VnTime", nil, "Xã Tân Lý", viet.Unicode},
		{"Unicode apart", norm.NFD.String("Xã Hội"), ".VnTime", nil, norm.NFD.String("Xã Hội"), viet.Unicode},
		{"Unicode in a font of VNI", "Cộng hòa", "VNI-Times", nil, "Cộng hòa", viet.Unicode},
		{"ASCII in a font of capitals", "ma_tinh", ".VnTimeH", nil, "ma_tinh", viet.Unicode},
		{"French", "Résumé à côté de l’hôtel, naïve façade", "Arial", nil, "Résumé à côté de l’hôtel, naïve façade", viet.Unicode},
		{"German", "Größe der Straße für Öl", "Calibri", nil, "Größe der Straße für Öl", viet.Unicode},
		{"Danish", "Blåbærgrød på tøj", "Calibri", nil, "Blåbærgrød på tøj", viet.Unicode},
		{"no font says so", "Tæng céng", "Arial", nil, "Tæng céng", viet.Unicode},

		{"misread", "Tá»•ng cá»™ng", "Arial", nil, "Tổng cộng", viet.Misread},
		{"misread through Latin-1", "H\u00c3\u00a0 N\u00e1\u00bb\u0099i", "", nil, "Hà Nội", viet.Misread},
		{"misread with quotes", viettest.Misread("“Đắk Lắk” – Ư"), "", nil, "“Đắk Lắk” – Ư", viet.Misread},
		{"not misread", "XÃ HỘI", "", nil, "XÃ HỘI", viet.Unicode},
		{"not misread, with a sign", "XÃ® HOI", "", nil, "XÃ® HOI", viet.Unicode},
		{"what a misread text may not hold", viettest.Misread("中"), "", nil, viettest.Misread("中"), viet.Unicode},
		{"nothing", "", ".VnTime", nil, "", viet.Unicode},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, code := viet.Decode(tt.text, tt.font, tt.runs)
			if norm.NFC.String(got) != norm.NFC.String(tt.want) || code != tt.code {
				t.Errorf("%q in %s: %q from %s, want %q from %s", tt.text, tt.font, got, code, tt.want, tt.code)
			}
			if code != viet.Unicode && !viet.Strange(tt.text, tt.font) && len(tt.runs) == 0 {
				t.Errorf("%q would not be looked at", tt.text)
			}
		})
	}
}

// Every letter, small and capital, in a word that only one reading makes.
func TestEveryLetterOfTheOldCodes(t *testing.T) {
	letters := viettest.Letters()
	if len(letters) != 67 {
		t.Fatalf("%d letters, want 67", len(letters))
	}
	for _, small := range letters {
		for _, r := range []rune{small, unicode.ToUpper(small)} {
			want := "Hạnh phúc nghĩa Đường " + string(r)
			text, runs := viettest.TCVN3(want, ".VnTime")
			if got, code := viet.Decode(text, ".VnTime", runs); got != want || code != viet.TCVN3 {
				t.Errorf("TCVN3: %q, want %q", got, want)
			}
			if got, code := viet.Decode(viettest.VNI(want), "VNI-Times", nil); got != want || code != viet.VNI {
				t.Errorf("VNI: %q, want %q", got, want)
			}
			if got, code := viet.Decode(viettest.Misread(want), "", nil); got != want || code != viet.Misread {
				t.Errorf("misread: %q, want %q", got, want)
			}
		}
	}
}

// placeNames are the names of all units before and after 1/7/2025.
func placeNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, file := range []string{"pre2025_provinces", "pre2025_districts", "pre2025_communes", "post2025_provinces", "post2025_communes"} {
		path := filepath.Join("../../../shared/data/registers", file+".csv")
		f, err := os.Open(path)
		if os.IsNotExist(err) {
			t.Skipf("%s is not beside the project", path)
		}
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		_ = f.Close() // read only
		if err != nil {
			t.Fatal(err)
		}
		name, bare := slices.Index(rows[0], "full_name"), slices.Index(rows[0], "name")
		for _, row := range rows[1:] {
			names = append(names, row[name], row[bare])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestPlaceNames types the name of every place in the old codes and reads it
// back. A few are words in both codes ("Mộ Lao", "Mé Lao"): there the right
// reading must be one of the two that are kept for the rest of the sheet to
// decide. In Unicode every name stays, whatever its font.
func TestPlaceNames(t *testing.T) {
	names := placeNames(t)
	if len(names) < 10_000 {
		t.Fatalf("only %d names", len(names))
	}
	fonts := []string{".VnTime", ".VnArial", ".VnArial Narrow", ".VNTIME", ".VnAvant"}
	doubts := 0
	for i, name := range names {
		font := fonts[i%len(fonts)]
		text, runs := viettest.TCVN3(name, font)
		doubts += check(t, name, viet.Judge(text, font, runs))
		doubts += check(t, name, viet.Judge(viettest.VNI(name), "VNI-Times", nil))
		upper := strings.ToUpper(name)
		text, runs = viettest.TCVN3(upper, ".VnTime")
		doubts += check(t, upper, viet.Judge(text, ".VnTime", runs))
		if healed, code := viet.Decode(viettest.Misread(name), "", nil); healed != name {
			t.Errorf("misread: %q is read as %q from %s", name, healed, code)
		}
		for _, font := range []string{"Times New Roman", "Arial", "", ".VnTime", ".VnTimeH", "VNI-Times"} {
			for _, same := range []string{name, upper, norm.NFD.String(name)} {
				if v := viet.Judge(same, font, nil); v.Text != same || v.Alike {
					t.Errorf("%q in Unicode, in %q: %+v", same, font, v)
				}
			}
		}
	}
	if most := len(names) * 3 / 50; doubts > most {
		t.Errorf("%d of %d typed names are left to the rest of the sheet, want at most %d", doubts, 3*len(names), most)
	}
}

// check holds a verdict against the name that was typed, and counts a doubt.
func check(t *testing.T, name string, v viet.Verdict) int {
	t.Helper()
	switch {
	case v.Text == name && !v.Doubt:
		return 0
	case v.Doubt && (v.Text == name || v.Other == name):
		return 1
	}
	t.Errorf("%q is read as %+v", name, v)
	return 0
}

func TestFontEncoding(t *testing.T) {
	for font, want := range map[string]viet.Encoding{
		".VnTime": viet.TCVN3, ".vntime": viet.TCVN3, ".VnArial NarrowH": viet.TCVN3, "VNI-Times": viet.VNI, "vni-helve": viet.VNI, "VNI Times": viet.VNI,
		"": viet.Unicode, "Vn": viet.Unicode, ".Vn": viet.Unicode, "Times New Roman": viet.Unicode, "VNIfont": viet.Unicode, "Verdana": viet.Unicode,
	} {
		if got, _ := viet.FontEncoding(font); got != want {
			t.Errorf("%q is a font of %s, want %s", font, got, want)
		}
	}
	if _, capitals := viet.FontEncoding(".VnTimeH"); !capitals {
		t.Error(".VnTimeH draws capitals")
	}
	if _, capitals := viet.FontEncoding(".VnTime"); capitals {
		t.Error(".VnTime draws what is typed")
	}
}

func TestLettersLost(t *testing.T) {
	for text, want := range map[string]bool{
		"D?ch v? công": true, "?ng h?a": true, "Huy?n Nam Sách": true, "D??ng": true,
		"Có đạt không?": false, "Đạt? Không đạt?": false, "http://x.vn/?a=b": false, "?": false, "": false, "1?2": false, "(?)": false, "?nil": false, "x=?a": false,
	} {
		if got := viet.LettersLost(text); got != want {
			t.Errorf("%q lost letters: %t, want %t", text, got, want)
		}
	}
}

// What is plainly Unicode costs nothing: no allocation, and the answer is no.
func TestStrangeCostsNothing(t *testing.T) {
	for _, text := range []string{"Tong cong", "Tổng số hộ nghèo được trợ giúp (người), 12 m²", "Xã Tân Lý", "25/3/2021", "Bao nhiêu?"} {
		if viet.Strange(text, "Times New Roman") {
			t.Errorf("%q is not strange", text)
		}
		if n := testing.AllocsPerRun(10, func() { viet.Strange(text, "Times New Roman") }); n != 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}

// Whatever is read in an old code stays as it is when it is read again.
func TestDecodeTwice(t *testing.T) {
	words := strings.Fields("Tổng cộng số hộ nghèo được trợ giúp Đường Ứng Hòa 12 (triệu) “Tết” Krông Pắc")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 8).Draw(t, "words"), " ")
		typed, runs := viettest.TCVN3(text, ".VnTime")
		got, _ := viet.Decode(typed, ".VnTime", runs)
		again, code := viet.Decode(got, ".VnTime", nil)
		if again != got || code != viet.Unicode {
			t.Fatalf("%q is read as %q, and again as %q", typed, got, again)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"Tæng céng", "Toång", "Tá»•ng", "A°", "D?ch", "\u00ad\u0301", "«m»", "Ã"} {
		f.Add(s, ".VnTimeH", 3)
	}
	f.Fuzz(func(t *testing.T, s, font string, end int) {
		runs := []viet.Run{{Font: "VNI-Times", End: end}, {Font: ".VnTime", End: len(s)}}
		for _, r := range [][]viet.Run{nil, runs} {
			v := viet.Judge(s, font, r)
			if v.Code == viet.Unicode && v.Text != s {
				t.Fatalf("%q changed to %q without a code", s, v.Text)
			}
			if v.Doubt == (v.Other == "") {
				t.Fatalf("%q: doubt and no other reading, or the reverse: %+v", s, v)
			}
		}
		viet.LettersLost(s)
		viet.IsSyllable(s)
	})
}
