package country

import (
	"errors"
	"strings"
	"testing"

	"tonghop/report/calendar"
)

func day(s string) calendar.Date { return calendar.MustDate(s) }

func TestCounts(t *testing.T) {
	for _, tt := range []struct {
		on                             string
		provinces, districts, communes int
	}{
		{"2008-07-31", 64, 696, 10035}, // with Hà Tây
		{"2008-08-01", 63, 696, 10035},
		{"2025-06-30", 63, 696, 10035},
		{"2025-07-01", 34, 0, 3321},
		{"2026-11-29", 34, 0, 3321},
	} {
		m := On(day(tt.on))
		if p, d, c := m.Count(Province), m.Count(District), m.Count(Commune); p != tt.provinces || d != tt.districts || c != tt.communes {
			t.Errorf("on %s there are %d, %d, %d units, want %d, %d, %d", tt.on, p, d, c, tt.provinces, tt.districts, tt.communes)
		}
	}
	if got, want := On(calendar.Date{}), On(day("2030-01-01")); got != want {
		t.Errorf("the zero day gives the map from %v, want the newest", got.From)
	}
}

// TestTypes counts what the units were called when the communes were merged, and
// after Đồng Nai became a city.
func TestTypes(t *testing.T) {
	for _, tt := range []struct {
		on   string
		want map[Type]int
	}{
		{"2025-06-30", map[Type]int{Tinh: 57, ThanhPho: 6 + 87, Quan: 49, Huyen: 508, ThiXa: 52, Xa: 7692, Phuong: 1726, ThiTran: 617}},
		{"2025-07-01", map[Type]int{Tinh: 28, ThanhPho: 6, Xa: 2621, Phuong: 687, DacKhu: 13}},
		{"2026-04-30", map[Type]int{Tinh: 27, ThanhPho: 7, Xa: 2611, Phuong: 697, DacKhu: 13}},
	} {
		got := map[Type]int{}
		for _, u := range Units() {
			if u.Lives(day(tt.on)) {
				got[u.Type]++
			}
		}
		for typ, n := range tt.want {
			if got[typ] != n {
				t.Errorf("on %s there are %d of %s, want %d", tt.on, got[typ], typ, n)
			}
			delete(got, typ)
		}
		if len(got) > 0 {
			t.Errorf("on %s there are also %v", tt.on, got)
		}
	}
}

// TestProvincesToday: the 34 provinces of Quyết định 19/2025/QĐ-TTg.
func TestProvincesToday(t *testing.T) {
	want := strings.Split("01 Hà Nội, 04 Cao Bằng, 08 Tuyên Quang, 11 Điện Biên, 12 Lai Châu, 14 Sơn La, 15 Lào Cai, 19 Thái Nguyên, "+
		"20 Lạng Sơn, 22 Quảng Ninh, 24 Bắc Ninh, 25 Phú Thọ, 31 Hải Phòng, 33 Hưng Yên, 37 Ninh Bình, 38 Thanh Hoá, 40 Nghệ An, "+
		"42 Hà Tĩnh, 44 Quảng Trị, 46 Huế, 48 Đà Nẵng, 51 Quảng Ngãi, 52 Gia Lai, 56 Khánh Hoà, 66 Đắk Lắk, 68 Lâm Đồng, 75 Đồng Nai, "+
		"79 Hồ Chí Minh, 80 Tây Ninh, 82 Đồng Tháp, 86 Vĩnh Long, 91 An Giang, 92 Cần Thơ, 96 Cà Mau", ", ")
	got := On(day("2025-07-01")).Provinces()
	if len(got) != len(want) {
		t.Fatalf("%d provinces, want %d", len(got), len(want))
	}
	for i, u := range got {
		if u.Code+" "+u.Name != want[i] {
			t.Errorf("province %d is %s %s, want %s", i, u.Code, u.Name, want[i])
		}
	}
}

func TestUnit(t *testing.T) {
	for _, tt := range []struct{ on, code, want, parent string }{
		{"2025-06-30", "15", "Tỉnh Yên Bái", ""},
		{"2025-07-01", "15", "Tỉnh Lào Cai", ""},
		{"2025-06-30", "288", "Thành phố Hải Dương", "30"},
		{"2025-07-01", "288", "", ""},
		{"2025-06-30", "02647", "Phường Kim Tân", "080"},
		{"2025-07-01", "02647", "Phường Lào Cai", "15"},
		{"2025-07-01", "10525", "Phường Hải Dương", "31"},
		{"2024-12-31", "46", "Tỉnh Thừa Thiên Huế", ""},
		{"2025-01-01", "46", "Thành phố Huế", ""},
		{"2026-04-29", "75", "Tỉnh Đồng Nai", ""},
		{"2026-04-30", "75", "Thành phố Đồng Nai", ""},
		{"2026-04-29", "26368", "Xã Long Thành", "75"},
		{"2026-04-30", "26368", "Phường Long Thành", "75"},
		{"2008-07-31", "28", "Tỉnh Hà Tây", ""},
		{"2008-08-01", "28", "", ""},
		{"2020-01-01", "289", "", ""},
	} {
		u := On(day(tt.on)).Unit(tt.code)
		switch {
		case u == nil && tt.want != "":
			t.Errorf("on %s there is no %s, want %s", tt.on, tt.code, tt.want)
		case u != nil && (u.FullName() != tt.want || u.Parent != tt.parent):
			t.Errorf("on %s %s is %s in %q, want %s in %q", tt.on, tt.code, u.FullName(), u.Parent, tt.want, tt.parent)
		}
	}
}

func TestChildren(t *testing.T) {
	for _, tt := range []struct {
		on, code string
		want     int
	}{
		{"2025-06-30", "10", 9}, {"2025-06-30", "080", 17}, {"2025-06-30", "30", 12}, {"2025-06-30", "755", 0}, // Côn Đảo has no communes
		{"2025-07-01", "15", 99}, {"2025-07-01", "31", 114}, {"2025-07-01", "10525", 0},
	} {
		if got := len(On(day(tt.on)).Children(tt.code)); got != tt.want {
			t.Errorf("on %s %s has %d units below it, want %d", tt.on, tt.code, got, tt.want)
		}
	}
	if got := len(On(day("2025-06-30")).Communes("10")); got != 151 {
		t.Errorf("Lào Cai had %d communes, want 151", got)
	}
	if got := len(On(day("2025-07-01")).Communes("15")); got != 99 {
		t.Errorf("Lào Cai has %d communes, want 99", got)
	}
}

func TestSuccession(t *testing.T) {
	before, after := On(day("2025-06-30")), On(day("2025-07-01"))
	for _, tt := range []struct {
		unit *Unit
		want string
	}{
		{before.Unit("10"), "15 Tỉnh Lào Cai"},
		{before.Unit("15"), "15 Tỉnh Lào Cai"},
		{before.Unit("30"), "31 Thành phố Hải Phòng"},
		{before.Unit("31"), "31 Thành phố Hải Phòng"},
		{before.Unit("10514"), "10525 Phường Hải Dương"},
		{before.Unit("755"), "26732 Đặc khu Côn Đảo"},
		{before.Unit("288"), ""}, // its level ended
		{after.Unit("15"), ""},   // lives
		{On(day("2007-01-01")).Unit("28"), "01 Thành phố Hà Nội"},
		{On(day("2024-01-01")).Unit("46"), "46 Thành phố Huế"},
		{On(day("2025-12-31")).Unit("75"), "75 Thành phố Đồng Nai"},
	} {
		if got := list(tt.unit.Successors()); got != tt.want {
			t.Errorf("%s %s became %q, want %q", tt.unit.Code, tt.unit.FullName(), got, tt.want)
		}
	}
	for _, tt := range []struct {
		unit *Unit
		want string
	}{
		{after.Unit("15"), "10 Tỉnh Lào Cai, 15 Tỉnh Yên Bái"},
		{after.Unit("31"), "30 Tỉnh Hải Dương, 31 Thành phố Hải Phòng"},
		{On(day("2026-05-01")).Unit("26368"), "26368 Xã Long Thành"},
		{before.Unit("10"), ""},
	} {
		if got := list(tt.unit.Predecessors()); got != tt.want {
			t.Errorf("%s came of %q, want %q", tt.unit.FullName(), got, tt.want)
		}
	}
}

// TestNothingIsLostInSuccession: every commune and province that ended became
// something that was there the next day, and every unit that began came of one.
func TestNothingIsLostInSuccession(t *testing.T) {
	for _, u := range Units() {
		if !u.Until.IsZero() && u.Level != District && len(u.Successors()) != len(u.next) {
			t.Errorf("%s %s until %s: %d of its successors %v are there", u.Code, u.FullName(), u.Until, len(u.Successors()), u.next)
		}
		if !u.Until.IsZero() && u.Level != District && len(u.next) == 0 {
			t.Errorf("%s %s ended without a successor", u.Code, u.FullName())
		}
		if !u.From.IsZero() && len(u.Predecessors()) == 0 {
			t.Errorf("%s %s from %s came of nothing", u.Code, u.FullName(), u.From)
		}
	}
}

// TestNames: what the trade says of names is true of the register. Full names
// are nobody's alone in the country, and one unit's alone in a province since
// July 2025.
func TestNames(t *testing.T) {
	country, province := map[string]int{}, map[string]int{}
	for _, p := range On(day("2026-07-01")).Provinces() {
		for _, c := range On(day("2026-07-01")).Communes(p.Code) {
			country[c.FullName()]++
			province[p.Code+c.FullName()]++
		}
	}
	twice := 0
	for _, n := range country {
		if n > 1 {
			twice++
		}
	}
	if country["Xã Tân Tiến"] != 7 || country["Xã Tân Thành"] != 7 || twice != 245 {
		t.Errorf("%d × Tân Tiến, %d × Tân Thành, %d names twice; want 7, 7, 245", country["Xã Tân Tiến"], country["Xã Tân Thành"], twice)
	}
	for name, n := range province {
		if n > 1 {
			t.Errorf("%s is there %d times in one province", name, n)
		}
	}
}

func list(units []*Unit) string {
	var out []string
	for _, u := range units {
		out = append(out, u.Code+" "+u.FullName())
	}
	return strings.Join(out, ", ")
}

func TestMaps(t *testing.T) {
	maps := Maps()
	if !maps[0].From.IsZero() || !maps[len(maps)-1].Until.IsZero() {
		t.Error("the maps do not reach from ever to now")
	}
	for i, m := range maps[1:] {
		if maps[i].Until.AddDays(1) != m.From {
			t.Errorf("a map until %s is followed by one from %s", maps[i].Until, m.From)
		}
	}
}

// TestTable: what is no table is refused with the line.
func TestTable(t *testing.T) {
	for name, text := range map[string]string{
		"no type":             "days ..2025-06-30\n01 ZZ Hà Nội",
		"no name":             "days ..2025-06-30\n01 TP",
		"code without length": "days ..2025-06-30\n0001 TP Hà Nội",
		"code of letters":     "days ..2025-06-30\nAB TP Hà Nội",
		"no province":         "days ..2025-06-30\n001 Q Ba Đình",
		"one word":            "days",
		"no days":             "days 2025-06-30",
		"no day":              "days 2025-06-31..",
		"no last day":         "days ..x",
		"days backwards":      "days 2025-07-01..2025-06-30",
		"own days":            "days ..2025-06-30\n01 TP Hà Nội @x..",
		"successors":          "days ..2025-06-30\n01 TP Hà Nội >01,",
	} {
		if _, err := parse(text); !errors.Is(err, ErrTable) || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add("days ..2025-06-30\n01 TP Hà Nội >01\n001 Q Ba Đình\n00001 P Phúc Xá >00097\n28 T Hà Tây @..2008-07-31 >01\n")
	f.Add("days 2025-07-01..\n75 T Đồng Nai @2025-07-01..2026-04-29 >75\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := parse(text)
		if err != nil {
			if !errors.Is(err, ErrTable) {
				t.Fatalf("error %v is no ErrTable", err)
			}
			return
		}
		for _, u := range r.units {
			if u.Type.String() == "" || u.Name == "" || u.Province == "" {
				t.Fatalf("half a unit was taken: %+v", u)
			}
		}
	})
}
