package table

import (
	"fmt"
	"slices"
	"testing"
)

func TestParseIndexSum(t *testing.T) {
	for text, want := range map[string]string{
		"3=1+2":           "3 [1 2] []",
		"(3)=(1)+(2)":     "3 [1 2] []",
		"( 3 ) = ( 1 )":   "3 [1] []",
		"[6]=[5]-[2]+[4]": "6 [5 4] [2]",
		"3a=1+2b":         "3A [1 2B] []",
		"7":               "7 [] []",
		"(7)":             "7 [] []",
		"A":               "A [] []",
		"4=2/1*100":       "4 [] []",
		"4=2:1":           "4 [] []",
		"4=(1+2)+3":       "4 [] []",
		"4=2-(1+3)":       "4 [] []",
		"4=1+":            "4 [] []",
		"4=":              "4 [] []",
		"Số lớp":          "not",
		"0=1+2":           "not",
		"=1+2":            "not",
		"2021":            "not",
	} {
		got := "not"
		if s, ok := ParseIndexSum(text); ok {
			got = fmt.Sprintf("%s %v %v", s.Name, s.Plus, s.Less)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// FuzzParseIndexSum: whatever a cell holds, what is read of it is names alone.
func FuzzParseIndexSum(f *testing.F) {
	for _, seed := range []string{"3=1+2", "(6)=(5)-(2)", "4=2/1*100", "A", "=", "1=+", "9=((1)", "3a=1b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, ok := ParseIndexSum(text)
		if !ok && (s.Name != "" || len(s.Plus)+len(s.Less) > 0) {
			t.Fatalf("%q: %+v of no cell of an index row", text, s)
		}
		if ok && (s.Name == "" || slices.Contains(s.Plus, "") || slices.Contains(s.Less, "")) {
			t.Fatalf("%q: %+v", text, s)
		}
	})
}
