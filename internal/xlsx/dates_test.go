package xlsx

import (
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		text string
		base bool // 1904
		want string
	}{
		{"1", false, "1900-01-01T00:00:00Z"},
		{"59", false, "1900-02-28T00:00:00Z"},
		{"60", false, ""},
		{"60.5", false, ""},
		{"61", false, "1900-03-01T00:00:00Z"},
		{"0.5", false, "1899-12-31T12:00:00Z"},
		{"44562", false, "2022-01-01T00:00:00Z"},
		{"44562.000011574073", false, "2022-01-01T00:00:01Z"},
		{"4.4562E4", false, "2022-01-01T00:00:00Z"},
		{"43100", true, "2022-01-01T00:00:00Z"},
		{"0", true, "1904-01-01T00:00:00Z"},
		{"60", true, "1904-03-01T00:00:00Z"},
		{"2958465.5", false, "9999-12-31T12:00:00Z"},
		{"2958466", false, ""},
		{"-1", false, ""},
		{"1E99", false, ""},
		{"1E999999999", false, ""},
		{"", false, ""},
		{"2021-02-28", false, "2021-02-28T00:00:00Z"},
		{"2021-01-01T10:10:10.250", false, "2021-01-01T10:10:10.25Z"},
		{"2021-01-01T10:10:10Z", false, "2021-01-01T10:10:10Z"},
		{"2021-02-29", false, ""},
		{"10:10", false, "1899-12-31T10:10:00Z"},
		{"10:10:10", true, "1904-01-01T10:10:10Z"},
		{"PT0H11M0.000S", false, "1899-12-31T00:11:00Z"},
		{"PT24H", false, "1900-01-01T00:00:00Z"},
		{"PT1439H59M59S", false, "1900-02-28T23:59:59Z"},
		{"PT1440H", false, ""},
		{"PT1099980H", false, "2025-06-24T12:00:00Z"},
		{"PT1440H", true, "1904-03-01T00:00:00Z"},
		{"PT", false, ""},
		{"PT-1H", false, ""},
		{"pt1h", false, ""},
	}
	for _, test := range tests {
		got, ok := ParseDate(test.text, test.base)
		if ok != (test.want != "") || ok && got.Format(time.RFC3339Nano) != test.want {
			t.Errorf("%q is %v, %v, want %s", test.text, got, ok, test.want)
		}
	}
}

// TestParseDateAgreesWithExcelize holds every whole second against another's
// arithmetic.
func TestParseDateAgreesWithExcelize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(61, 100_000).Draw(t, "day")
		second := rapid.IntRange(0, 86_399).Draw(t, "second")
		serial := float64(day) + float64(second)/86_400
		want, err := excelize.ExcelDateToTime(serial, false)
		got, ok := ParseDate(strconv.FormatFloat(serial, 'g', 17, 64), false)
		if err != nil || !ok || got.Sub(want).Abs() > time.Millisecond {
			t.Fatalf("%v is %v, excelize %v", serial, got, want)
		}
	})
}

func TestIsDateFormat(t *testing.T) {
	tests := map[string]bool{
		"General": false, "": false, "0": false, "#,##0.00": false, "0.00E+00": false, "@": false, "# ?/?": false,
		"dd/mm/yyyy": true, "m/d/yy h:mm": true, "mmm-yy": true, "[h]:mm:ss": true, "[mm]": true, "yyyy\\-mm": true, "[$-42A]dd mmmm": true,
		`0.00" đồng/tháng"`: false, `#,##0\ \d`: false, "[Red]0": false, "[$USD] #,##0": false, "0_d": false, "*h0": false,
		`"ngày" d`: true, "0;dd": false, `#,##0\ "₫";[Red]\-#,##0`: false, `"unclosed d`: false, "[unclosed h": false, `0\`: false,
	}
	for code, want := range tests {
		if got := isDateFormat(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
	for id, want := range map[int]bool{0: false, 4: false, 13: false, 14: true, 17: true, 20: true, 22: true, 23: false, 27: true, 36: true, 37: false, 44: false, 45: true, 47: true, 48: false, 49: false, 50: true, 58: true, 59: false, -1: false, 1 << 30: false} {
		if got := isDateFormat(builtinFormat(id)); got != want {
			t.Errorf("built-in %d: %v", id, got)
		}
	}
}
