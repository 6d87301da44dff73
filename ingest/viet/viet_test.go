package viet

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	tests := []struct {
		name, text, value string
		other             string // the second reading, where there is one
		percent           bool
		rest              string
	}{
		{name: "plain", text: "1204", value: "1204"},
		{name: "leading zeros", text: "05", value: "5"},
		{name: "nothing but zeros", text: "00,0", value: "0"},
		{name: "accounting", text: "1.234.567,5", value: "1234567.5"},
		{name: "English", text: "1,234,567.5", value: "1234567.5"},
		{name: "blanks", text: "1 234 567,5", value: "1234567.5"},
		{name: "hard blanks", text: "1\u00a0234\u202f567", value: "1234567"},
		{name: "apostrophes", text: "1'234'567", value: "1234567"},
		{name: "a comma begins decimals", text: "12,5", value: "12.5"},
		{name: "a dot begins decimals", text: "12.5", value: "12.5"},
		{name: "exported by a program", text: "42050791938,0", value: "42050791938"},
		{name: "a dot and three digits", text: "1.234", value: "1234", other: "1.234"},
		{name: "a comma and three digits", text: "1,234", value: "1.234", other: "1234"},
		{name: "a zero before the dot cannot group", text: "0.508", value: "0.508"},
		{name: "four digits before the dot cannot group", text: "1234.567", value: "1234.567"},
		{name: "two groups are certain", text: "1.234.567", value: "1234567"},
		{name: "minus", text: "-5,5", value: "-5.5"},
		{name: "true minus", text: "−5,5", value: "-5.5"},
		{name: "minus and a blank", text: "- 12", value: "-12"},
		{name: "accountants' brackets", text: "(1.200,5)", value: "-1200.5"},
		{name: "percent", text: "12,5%", value: "12.5", percent: true},
		{name: "percent apart", text: "12,5 %", value: "12.5", percent: true},
		{name: "full width", text: "１２，５％", value: "12.5", percent: true},
		{name: "a unit", text: "05 hộ", value: "5", rest: "hộ"},
		{name: "a unit without a blank", text: "12đ", value: "12", rest: "đ"},
		{name: "a scale is not multiplied in", text: "5 tỷ đồng", value: "5", rest: "tỷ đồng"},
		{name: "made a text by an apostrophe", text: "'007", value: "7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Number(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if r.Value.String() != tt.value || r.Percent != tt.percent || r.Rest != tt.rest || r.Ambiguous != (tt.other != "") {
				t.Errorf("%q reads %+v", tt.text, r)
			}
			if r.Ambiguous && r.Other.String() != tt.other {
				t.Errorf("the other reading of %q is %s, want %s", tt.text, r.Other, tt.other)
			}
		})
	}
}

func TestNotNumber(t *testing.T) {
	for text, want := range map[string]error{
		"":                       ErrNotNumber,
		"hộ":                     ErrNotNumber,
		"12/15":                  ErrNotNumber,
		"25/3/2021":              ErrNotNumber,
		"1.23.4":                 ErrNotNumber,
		"1.234,567.8":            ErrNotNumber,
		"12.34,5":                ErrNotNumber,
		"1 23":                   ErrNotNumber,
		"1..2":                   ErrNotNumber,
		",5":                     ErrNotNumber,
		"5,":                     ErrNotNumber,
		"1.2.2021":               ErrNotNumber,
		"gần 100":                ErrApproximate,
		"khoảng 20 hộ":           ErrApproximate,
		"~100":                   ErrApproximate,
		">50":                    ErrApproximate,
		"trên 3.000":             ErrApproximate,
		strings.Repeat("9", 60):  ErrTooLong,
		strings.Repeat("9", 200): ErrNotNumber,
	} {
		if _, err := Number(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

// Whatever is written by the rules is read back exactly.
func TestNumberReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.StringMatching(`[1-9][0-9]{0,14}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`[0-9]{0,6}[1-9]`).Draw(t, "fraction")
		style := rapid.SampledFrom([][2]string{{".", ","}, {",", "."}, {" ", ","}, {"\u00a0", ","}}).Draw(t, "style")
		grouped := group(whole, style[0])
		r, err := Number(grouped + style[1] + fraction)
		if err != nil {
			t.Fatal(err)
		}
		if want := whole + "." + fraction; r.Value.String() != want && (!r.Ambiguous || r.Other.String() != want) {
			t.Fatalf("%q reads %s, want %s", grouped+style[1]+fraction, r.Value, want)
		}
	})
}

func group(digits, mark string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

func TestKeyIsBlindTo(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"the place of the tone mark", "Thanh Hòa", "Thanh Hoà"},
		{"case", "HẢI DƯƠNG", "Hải Dương"},
		{"composition", norm.NFD.String("Kết quả thực hiện"), "Kết quả thực hiện"},
		{"the order of marks", "ê\u0301", "é\u0302"},
		{"punctuation", "Sở LĐ,TB&XH", "Sở LĐ-TB&XH"},
		{"line breaks and hard blanks", "Số\nlượt\u00a0KCB", "số lượt KCB"},
		{"what cannot be seen", "Hải\u200bDương", "HảiDương"},
	} {
		if Key(tt.a) != Key(tt.b) {
			t.Errorf("%s: %q and %q have keys %q and %q", tt.name, tt.a, tt.b, Key(tt.a), Key(tt.b))
		}
	}
}

func TestKeyTells(t *testing.T) {
	for _, tt := range [][2]string{{"Hòa", "Hoa"}, {"Hoàn", "Hoan"}, {"Tiên", "Tiến"}, {"Đăk", "Dak"}, {"lớp", "lợp"}, {"cộng", "công"}, {"", "x"}} {
		if Key(tt[0]) == Key(tt[1]) {
			t.Errorf("%q and %q have one key %q", tt[0], tt[1], Key(tt[0]))
		}
	}
}

func TestPlain(t *testing.T) {
	if got := Plain("Đà Nẵng, Thừa Thiên - Huế"); got != "da nang thua thien hue" {
		t.Errorf("got %q", got)
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
		change           Change
	}{
		{"nothing to do", "Huyện Nam Sách", "Huyện Nam Sách", Change{}},
		{"indent by hard blanks", "\u00a0\u00a0HÀ GIANG", "HÀ GIANG", Change{Spaced: true}},
		{"two blanks", "Hà  Giang", "Hà Giang", Change{Spaced: true}},
		{"a line break", "Số\r\nlượt", "Số lượt", Change{Spaced: true}},
		{"decomposed", norm.NFD.String("Việt"), "Việt", Change{Composed: true}},
		{"a mark of byte order", "\ufeffMã", "Mã", Change{Spaced: true}},
		{"the soft hyphen is a letter", "th\u00adêng", "th\u00adêng", Change{}},
		{"blanks only", " \u00a0 ", "", Change{Spaced: true}},
	} {
		got, change := Clean(tt.text)
		if got != tt.want || change != tt.change {
			t.Errorf("%s: %q %+v, want %q %+v", tt.name, got, change, tt.want, tt.change)
		}
	}
	if got, _ := CleanLines(" a \r\n b  c \n\n"); got != "a\nb c" {
		t.Errorf("lines: %q", got)
	}
}

func TestMarks(t *testing.T) {
	for text, want := range map[string]Mark{
		"-": MarkNil, "–": MarkNil, "--": MarkNil, "KPS": MarkNil, "Không phát sinh": MarkNil, "không": NoMark,
		"…": NotCollected, "...": NotCollected, "..": NotCollected, "Đang cập nhật": NotCollected,
		"x": NotApplicable, "X": NotApplicable, "": NoMark, "0": NoMark, "-5": NoMark,
	} {
		if got := MarkOf(text); got != want {
			t.Errorf("%q is mark %d, want %d", text, got, want)
		}
	}
	if MarkOfFigure("Không") != MarkNil || MarkOfFigure("không có") != MarkNil {
		t.Error("where a figure is asked, none is nil")
	}
}

func TestYesNo(t *testing.T) {
	for text, want := range map[string][2]bool{
		"có": {true, true}, "CÓ": {true, true}, "x": {true, true}, "Đạt": {true, true}, "✓": {true, true}, "1": {true, true},
		"không": {false, true}, "Không đạt": {false, true}, "chưa": {false, true}, "0": {false, true},
		"có thể": {false, false}, "": {false, false}, "-": {false, false},
	} {
		if yes, ok := YesNo(text); yes != want[0] || ok != want[1] {
			t.Errorf("%q is %t, %t, want %v", text, yes, ok, want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1.234.567,5", "1,234", "05 hộ", "(1.200)", "12,5%", "gần 100", "'1 234", "−0,0", "１２"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := Number(s)
		if err != nil {
			return
		}
		again, err := Number(strings.Replace(r.Value.String(), ".", ",", 1))
		if err != nil || !again.Ambiguous && again.Value != r.Value || again.Ambiguous && again.Value != r.Value && again.Other != r.Value {
			t.Fatalf("%q reads %s, which reads %s (%v)", s, r.Value, again.Value, err)
		}
	})
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"Hòa", "Sở LĐ,TB&XH", "\u0301", "ê\u0301", "đ", "Sở Lİ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		clean, _ := Clean(s)
		if again, change := Clean(clean); again != clean || change != (Change{}) {
			t.Fatalf("%q cleaned is %q, and again %q %+v", s, clean, again, change)
		}
		if Key(s) != Key(norm.NFD.String(s)) {
			t.Fatalf("the key of %q depends on composition", s)
		}
	})
}
