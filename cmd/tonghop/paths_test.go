package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tonghop/report"
)

// chdirTo makes a folder with empty files and works in it.
func chdirTo(t *testing.T, names ...string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

func TestExpand(t *testing.T) {
	chdirTo(t, "nop/b.xlsx", "nop/a.xlsx", "nop/~$a.xlsx", "nop/.an.xlsx", "nop/sau/c.xlsx", "[1].xlsx", "1.xlsx")
	for _, c := range []struct {
		name string
		give []string
		want []string // nil: refused
	}{
		{"a file", []string{"nop/b.xlsx"}, []string{"nop/b.xlsx"}},
		{"files in the order given", []string{"nop/b.xlsx", "nop/a.xlsx"}, []string{"nop/b.xlsx", "nop/a.xlsx"}},
		{"a folder: its files by name, without lock files, hidden ones and folders", []string{"nop"}, []string{"nop/a.xlsx", "nop/b.xlsx"}},
		{"a pattern", []string{"nop/*.xlsx"}, []string{"nop/.an.xlsx", "nop/a.xlsx", "nop/b.xlsx", "nop/~$a.xlsx"}},
		{"a file that looks like a pattern", []string{"[1].xlsx"}, []string{"[1].xlsx"}},
		{"a file that is not there", []string{"c.xlsx"}, nil},
		{"a pattern of nothing", []string{"*.ods"}, nil},
		{"a broken pattern", []string{"[.xlsx"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := expand(c.give)
			for i := range got {
				got[i] = filepath.ToSlash(got[i])
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q: %q, want %q", c.give, got, c.want)
			}
			if (c.want == nil) != (classify(err) == exitInput) {
				t.Errorf("%q: %v", c.give, err)
			}
		})
	}
}

func TestOutputPath(t *testing.T) {
	chdirTo(t, "bieu/a.xlsx")
	for _, c := range []struct{ name, give, want string }{
		{"no name", "", "de-nghi.xlsx"},
		{"a name", "ra.xlsx", "ra.xlsx"},
		{"a folder", "bieu", "bieu/de-nghi.xlsx"},
		{"a folder with a slash", "bieu/", "bieu/de-nghi.xlsx"},
		{"a file that is there", "bieu/a.xlsx", "bieu/a.xlsx"},
		{"a folder that is not there", "khong/ra.xlsx", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := outputPath(c.give, "de-nghi.xlsx")
			if filepath.ToSlash(got) != c.want || (c.want == "") != (classify(err) == exitInput) {
				t.Errorf("%q: %q, %v; want %q", c.give, got, err, c.want)
			}
		})
	}
}

// TestWriteAtomic: a file is there whole or as it was, and nothing beside it.
func TestWriteAtomic(t *testing.T) {
	chdirTo(t, "a.txt", "thu-muc/b.txt")
	if err := writeAtomic("a.txt", []byte("mới")); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile("a.txt"); err != nil || string(b) != "mới" {
		t.Errorf("%q, %v", b, err)
	}
	if err := writeAtomic("thu-muc", []byte("x")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestParseExplanations(t *testing.T) {
	for _, c := range []struct {
		name, give string
		want       report.Explanation
		bad        bool
	}{
		{"of a code", "R402=Có vốn bổ sung", report.Explanation{Code: "R402", Reason: "Có vốn bổ sung"}, false},
		{"of a cell", "R402@Biểu 1!F13=a=b", report.Explanation{Code: "R402", Sheet: "Biểu 1", Cell: "F13", Reason: "a=b"}, false},
		{"of a sheet with a mark of its own", "R402@A!B!F13= lý do ", report.Explanation{Code: "R402", Sheet: "A!B", Cell: "F13", Reason: "lý do"}, false},
		{"without a reason", "R402", report.Explanation{}, true},
		{"of a cell without a sheet", "R402@F13=x", report.Explanation{}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseExplanations([]string{c.give})
			switch {
			case c.bad && classify(err) != exitInput:
				t.Errorf("%q: %v, want a refusal", c.give, err)
			case !c.bad && (err != nil || len(got) != 1 || got[0] != c.want):
				t.Errorf("%q: %+v, %v; want %+v", c.give, got, err, c.want)
			}
		})
	}
}

func TestParseMoment(t *testing.T) {
	for _, c := range []struct{ name, give, want string }{
		{"a day is its end, in Vietnam", "2021-03-30", "2021-03-30T16:59:59.999Z"},
		{"a minute in Vietnam", "2021-03-30 17:00", "2021-03-30T10:00:00Z"},
		{"a moment", "2021-03-30T17:00:00+07:00", "2021-03-30T10:00:00Z"},
		{"a day that is none", "2021-02-30", ""},
		{"words", "hôm qua", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseMoment(c.give)
			if c.want == "" {
				if classify(err) != exitInput {
					t.Errorf("%q: %v, %v; want a refusal", c.give, got, err)
				}
				return
			}
			if err != nil || got.UTC().Format(time.RFC3339Nano) != c.want {
				t.Errorf("%q: %v, %v; want %s", c.give, got.UTC(), err, c.want)
			}
		})
	}
}
