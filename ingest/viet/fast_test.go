package viet

import (
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// The short ways must never be seen: they give what the long ways give.

func TestShortWays(t *testing.T) {
	alphabet := []rune("aAbđĐ0 9.,()-_/\u00a0\u00ad\u200b\u0301\u0323\u0302\u031bêẾộỲưƯơăÂẵ…ßİıſǅ×÷\u0130\ufffd中ﬁ\t\n\x00\x7f")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 40, -1), rapid.String(),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		if got, want := Key(s), slowKey(s); got != want {
			t.Fatalf("Key(%q): got %q, want %q", s, got, want)
		}
		before := rapid.SampledFrom([]string{"", "x", "1 ", "ệ"}).Draw(t, "before")
		if got, want := string(AppendKey([]byte(before), s)), before+slowKey(s); got != want {
			t.Fatalf("AppendKey(%q, %q): got %q, want %q", before, s, got, want)
		}
		if plain(s) {
			if clean := respaced(norm.NFC.String(s)); clean != s {
				t.Fatalf("%q is called plain, but is cleaned to %q", s, clean)
			}
		}
	})
}

// TestEveryLetter goes through every letter that the short ways know.
func TestEveryLetter(t *testing.T) {
	for r := rune(1); r < 0x2100; r++ {
		s := "x" + string(r) + "y " + string(r)
		if got, want := Key(s), slowKey(s); got != want {
			t.Errorf("Key(%q): got %q, want %q", s, got, want)
		}
		if s := string(r); plain(s) && (respaced(norm.NFC.String(s)) != s || !norm.NFC.IsNormalString(s)) {
			t.Errorf("%q is called plain", s)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("Số hồ sơ đã giải quyết")
	}
}
