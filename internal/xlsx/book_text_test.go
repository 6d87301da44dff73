package xlsx

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestTextAsXML(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"plain", "Số cuộc", "Số cuộc"},
		{"markup", `a<b> & "c"`, `a&lt;b&gt; &amp; "c"`},
		{"control character", "a\x01b", "a_x0001_b"},
		{"carriage return", "a\r\nb", "a_x000D_\nb"},
		{"noncharacter", "\uffff", "_xFFFF_"},
		{"looks like an escape", "_x0041_", "_x005F_x0041_"},
		{"two that share an underscore", "_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
		{"becomes one with what follows", "_x0041\x02", "_x005F_x0041_x0002_"},
		{"no escape", "_x004_ _y0041_ __", "_x004_ _y0041_ __"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(appendText(nil, tt.text)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// trickyText draws texts of the characters that writers get wrong.
func trickyText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"_", "_x", "_x0041_", "x0041_", "_x005F_", "\r", "\n", "\t", " ", "\x00", "\x1f", "\x7f", "\u0085",
			"\u2028", "\ufffe", "\uffff", "<", ">", "&", `"`, "'", "]]>", "&amp;", "=1+1", "+", "-", "@", "ễ", "e\u0302\u0303", "😀",
		}),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.ToValidUTF8(strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), ""), "")
	})
}

// Any text is read back as it was written, and as a text.
func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.SliceOfN(trickyText(), 1, 20).Draw(rt, "texts")
		b, s := newTestBook()
		for i, text := range texts {
			s.Text(i+1, 1, text, Style{})
		}
		f := reopen(t, mustBytes(t, b))
		for i, want := range texts {
			cell := fmt.Sprintf("A%d", i+1)
			got, err := f.GetCellValue(s.Name(), cell, excelize.Options{RawCellValue: true})
			if err != nil || got != want {
				rt.Fatalf("%s = %q, %v, want %q", cell, got, err, want)
			}
			if formula, err := f.GetCellFormula(s.Name(), cell); err != nil || formula != "" {
				rt.Fatalf("%s has formula %q, %v", cell, formula, err)
			}
		}
	})
}

// Whatever bytes come, the writer refuses them or writes good XML.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "Số cuộc", "=HYPERLINK(1)", "a\x00\r_x0041_\x01", "\xff\xfe", "]]>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, s := newTestBook()
		s.Text(1, 1, text, Style{})
		data, err := b.Bytes()
		if err != nil {
			if utf8.ValidString(text) && utf16Len(text) <= maxText {
				t.Fatalf("refused: %v", err)
			}
			return
		}
		got, err := reopen(t, data).GetCellValue(s.Name(), "A1", excelize.Options{RawCellValue: true})
		if err != nil || got != text {
			t.Fatalf("got %q, %v, want %q", got, err, text)
		}
	})
}
