package viet

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report/calendar"
)

func TestDate(t *testing.T) {
	for text, want := range map[string]string{
		"25/3/2021": "2021-03-25", "25/03/2021": "2021-03-25", "5/3/2021": "2021-03-05", "25-03-2021": "2021-03-25", "25.3.2021": "2021-03-25",
		"20210325": "2021-03-25", "2021-03-25": "2021-03-25", "2021/03/25": "2021-03-25", " 25 / 3 / 2021 ": "2021-03-25", "２５/３/２０２１": "2021-03-25",
		"ngày 25 tháng 3 năm 2021": "2021-03-25", "Ngày 05 tháng 02 năm 2021": "2021-02-05", "NGÀY 25/3/2021": "2021-03-25", "Hải Dương, ngày 05 tháng 02 năm 2021": "2021-02-05",
		"01/01/2024 12:00:00 SA": "2024-01-01", "31/12/2024 11:59:59 CH": "2024-12-31", "14/01/2020 08:30": "2020-01-14", "14/01/2020 0:00:00": "2020-01-14",
		"29/2/2020": "2020-02-29",
	} {
		if got, err := Date(text); err != nil || got.String() != want {
			t.Errorf("%q is %s (%v), want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "12/15", "25/3", "25/3/21", "3/25/2021", "29/2/2021", "31/4/2021", "00/3/2021", "1.234.567", "25 3 2021", "20211325", "18000101", "2021", "tháng 3/2021",
		"25/3/2021 26/3/2021", "25/3/2021 13:00 SA", "25/3/2021 25:00", "25/3/2021 (thứ năm)", "ngày 25", "ngày", "Hải Dương", "1/2/3/2021", "12345678",
	} {
		if got, err := Date(text); !errors.Is(err, ErrNotDate) {
			t.Errorf("%q is %s (%v), want ErrNotDate", text, got, err)
		}
	}
	for _, text := range []string{"ngày  tháng 3 năm 2021", "ngày ... tháng 3 năm 2021", "Hải Dương, ngày      tháng 02 năm 2021", "Ngày … tháng … năm 2021"} {
		if _, err := Date(text); !errors.Is(err, ErrDateBlank) {
			t.Errorf("%q: %v, want ErrDateBlank", text, err)
		}
	}
}

// Every way in which package calendar writes a day is read back.
func TestDateReadsWhatIsWritten(t *testing.T) {
	first := calendar.MustDate("1950-01-01")
	rapid.Check(t, func(t *rapid.T) {
		day := first.AddDays(rapid.IntRange(0, 54_000).Draw(t, "days"))
		for _, text := range []string{day.String(), day.Vietnamese(), day.VietnameseLong()} {
			if got, err := Date(text); err != nil || got != day {
				t.Fatalf("%q is %s (%v), want %s", text, got, err, day)
			}
		}
	})
}

func TestPeriod(t *testing.T) {
	for text, want := range map[string]string{
		"Quý I/2021": "2021-Q1", "quý 1 năm 2021": "2021-Q1", "QUÝ IV NĂM 2021": "2021-Q4", "Quý III-2021": "2021-Q3", "Q2/2021": "2021-Q2", "Qúy II/2021": "2021-Q2",
		"tháng 3/2021": "2021-M03", "Tháng 03 năm 2021": "2021-M03", "tháng 12-2021": "2021-M12", "ngày  tháng 3 năm 2021": "2021-M03",
		"6 tháng đầu năm 2021": "2021-H1", "sáu tháng cuối năm 2021": "2021-H2", "6 tháng năm 2021": "2021-H1", "06 tháng đầu năm 2021": "2021-H1",
		"9 tháng năm 2021": "2021-9M", "chín tháng đầu năm 2021": "2021-9M", "9 tháng đầu năm 2021": "2021-9M", "3 tháng đầu năm 2021": "2021-Q1",
		"năm 2021": "2021", "cả năm 2021": "2021", "12 tháng năm 2021": "2021", "mười hai tháng năm 2021": "2021",
		"từ 15/12/2020 đến 14/3/2021": "2020-12-15..2021-03-14", "từ ngày 15/12/2020 đến hết ngày 14/3/2021": "2020-12-15..2021-03-14", "15/12/2020 - 14/3/2021": "2020-12-15..2021-03-14",
		"(Từ ngày 01 tháng 01 năm 2021 đến ngày 31 tháng 3 năm 2021)": "2021-01-01..2021-03-31",
		"từ tháng 1 đến tháng 3 năm 2021":                             "2021-01-01..2021-03-31", "tháng 11/2020 đến tháng 2/2021": "2020-11-01..2021-02-28",
		"Kỳ báo cáo: Quý I/2021": "2021-Q1",
		// of the year that is asked about:
		"sáu tháng cuối năm": "2022-H2", "Quý II": "2022-Q2", "tháng 7": "2022-M07", "cả năm": "2022",
	} {
		if got, err := Period(text, calendar.Civil(), 2022); err != nil || got.Key() != want {
			t.Errorf("%q is %s (%v), want %s", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "năm", "quý", "quý 5/2021", "quý V/2021", "tháng 13/2021", "9 tháng cuối năm 2021", "7 tháng năm 2021", "12/15", "2021", "đầu năm 2021", "Quý I/2021 và quý II/2021",
		"từ 14/3/2021 đến 15/12/2020", "từ 15/12/2020", "năm 21", "tháng 3/21", "kế hoạch năm 2021", "từ tháng 3", "từ tháng 13 đến tháng 2/2021",
	} {
		if got, err := Period(text, calendar.Civil(), 2022); !errors.Is(err, ErrNotPeriod) {
			t.Errorf("%q is %s (%v), want ErrNotPeriod", text, got, err)
		}
	}
	for text, want := range map[string]error{"sáu tháng cuối năm": ErrNoYear, "quý I": ErrNoYear, "năm học 2020-2021": ErrSchoolYear, "Năm học 2020 - 2021": ErrSchoolYear} {
		if _, err := Period(text, calendar.Civil(), 0); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	if got, err := Period("Quý I/2021", calendar.D09(), 0); err != nil || got.From.String() != "2020-12-15" || got.To.String() != "2021-03-14" {
		t.Errorf("under Decree 09 the first quarter is %s to %s (%v)", got.From, got.To, err)
	}
}

// Every period is read back from the name that package calendar gives it.
func TestPeriodReadsWhatIsWritten(t *testing.T) {
	for _, cal := range []calendar.Calendar{calendar.Civil(), calendar.D09()} {
		for kind, count := range map[calendar.Kind]int{calendar.Month: 12, calendar.Quarter: 4, calendar.Half: 2, calendar.NineMonths: 1, calendar.Year: 1} {
			for n := 1; n <= count; n++ {
				want, err := calendar.NewPeriod(cal, kind, 2024, n)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := Period(want.VI(), cal, 0); err != nil || got != want {
					t.Errorf("%q is %s (%v)", want.VI(), got, err)
				}
				free, err := calendar.FreePeriod(cal, want.From, want.To)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := Period(free.VI(), cal, 0); err != nil || got != free {
					t.Errorf("%q is %s (%v)", free.VI(), got, err)
				}
			}
		}
	}
}

func FuzzPeriod(f *testing.F) {
	for _, s := range []string{"Quý I/2021", "6 tháng đầu năm", "từ 1/1/2021 đến 2/2/2021", "20210325", "kỳ báo cáo", "từ", "ba tháng", "ngày tháng"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := Date(s); (err == nil) == d.IsZero() {
			t.Fatalf("%q is %s (%v)", s, d, err)
		}
		if p, err := Period(s, calendar.D09(), 2021); err == nil && (p.From.IsZero() || p.To.Before(p.From)) {
			t.Fatalf("%q is %s", s, p)
		}
		TitlePeriod(s, calendar.Civil())
	})
}

func TestTitlePeriod(t *testing.T) {
	for title, want := range map[string]string{
		"BÁO CÁO KẾT QUẢ QUÝ I NĂM 2021": "2021-Q1", "Tổng hợp 6 tháng đầu năm 2021": "2021-H1", "Kỳ báo cáo: năm 2021": "2021", "Quý II/2021": "2021-Q2", "Số liệu tháng 3/2021": "2021-M03",
		"(Kèm theo Công văn số 12 ngày 05 tháng 02 năm 2021)": "", "Chương trình giảm nghèo năm 2021": "", "So với quý I năm 2020": "", "Kế hoạch quý III năm 2021": "", "Cùng kỳ tháng 3/2020": "",
		"BIỂU TỔNG HỢP": "", "": "",
	} {
		got, ok := TitlePeriod(title, calendar.Civil())
		if ok != (want != "") || ok && got.Key() != want {
			t.Errorf("%q names %s, %t; want %q", title, got, ok, want)
		}
	}
}

func TestPeriodsIn(t *testing.T) {
	keys := func(periods []calendar.Period) string {
		out := make([]string, len(periods))
		for i := range periods {
			out[i] = periods[i].Key()
		}
		return strings.Join(out, " ")
	}
	for text, want := range map[string]string{
		"DOANH THU THÁNG 1/2026": "2026-M01",
		"BÁO CÁO THÁNG 3 NĂM 2026, KẾ HOẠCH THÁNG 4 NĂM 2026": "2026-M03",
		"Kế hoạch tháng 4 năm 2026":                           "",
		"Kết quả quý I/2026 so với quý I/2025":                "2026-Q1",
		"So với cùng kỳ tháng 3/2025":                         "",
		"Cao Bằng, ngày 05 tháng 4 năm 2026":                  "",
		"Cao Bằng, ngày      tháng 4 năm 2026":                "",
		"(Kèm theo Báo cáo số 12/BC-SYT ngày 05/4/2026)":      "",
		"Tháng 3": "2025-M03",
		"TRẺ DƯỚI 6 THÁNG TUỔI NĂM 2026":                          "2026",
		"4 tháng đầu năm 2026":                                    "2026-01-01..2026-04-30",
		"Báo cáo tháng Ba năm 2026":                               "2026-M03",
		"Tháng mười hai năm 2026":                                 "2026-M12",
		"Kết quả tháng 1, phương hướng nhiệm vụ tháng 2 năm 2026": "2025-M01",
		"Tuần 1 tháng 3 năm 2026":                                 "",
		"Kết quả thực hiện kế hoạch tháng 3/2026":                 "2026-M03",
		"6 tháng đầu năm 2026":                                    "2026-H1",
		"Tháng 3 và 3 tháng đầu năm 2026":                         "2025-M03 2026-Q1",
		"Từ 15/12/2025 đến 14/3/2026":                             "2025-12-15..2026-03-14",
		"Danh sách hộ nghèo":                                      "",
		"Số 12/2026/NQ-HĐND":                                      "",
		"Lũy kế từ đầu năm đến hết tháng 3/2026":                  "2026-M03",
		"Kỳ báo cáo: Tháng 3/2026":                                "2026-M03",
		"Chương trình giảm nghèo năm 2026":                        "2026",
		strings.Repeat("rất dài ", 40) + "tháng 3/2026":           "",
	} {
		if got := keys(PeriodsIn(text, calendar.Civil(), 2025)); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
	for name, want := range map[string][2]string{
		"T3":                      {"2025-M03", ""},
		"Thang 3":                 {"2025-M03", ""},
		"Th12":                    {"", "th12"},
		"Phuong 5_2026":           {"", "phuong 5 2026"},
		"Mau 03 2026":             {"", "mau 03 2026"},
		"Tuần 1 tháng 3":          {"", "tuần 1 tháng 3"},
		"Ha Nam 2026":             {"", "ha nam 2026"},
		"thang 3 nam 2026":        {"2026-M03", ""},
		"bao-cao-thang-03-2026":   {"2026-M03", "bao cao"},
		"BaoCaoThang3_2026":       {"2026-M03", "baocao"},
		"03-2026":                 {"2026-M03", ""},
		"Quy 2 nam 2026":          {"2026-Q2", ""},
		"QIII.2026":               {"2026-Q3", ""},
		"so y te 20260405":        {"", "so y te 20260405"},
		"Báo cáo ngày 05-04-2026": {"", "báo cáo ngày 05 04 2026"},
		"Sheet1":                  {"", "sheet1"},
		"Biểu 3":                  {"", "biểu 3"},
		"T13":                     {"", "t13"},
		"xa-tan-3":                {"", "xa tan 3"},
	} {
		found, rest := PeriodsOfName(name, calendar.Civil(), 2025)
		if got := keys(found); got != want[0] || rest != Key(want[1]) {
			t.Errorf("the name %q names %q beside %q, want %q", name, got, rest, want)
		}
	}
}

func TestWithoutMonthNames(t *testing.T) {
	for words, want := range map[string]string{
		"báo cáo tháng ba năm 2026": "báo cáo tháng năm 2026", "tháng mười hai": "tháng", "tháng 3": "tháng 3", "ba tháng": "ba tháng", "tháng": "tháng", "": "",
	} {
		if got := strings.Join(WithoutMonthNames(strings.Fields(Key(words))), " "); got != Key(want) {
			t.Errorf("%q without months is %q", words, got)
		}
	}
}
