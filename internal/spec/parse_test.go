package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

func codesOf(l fault.List) string {
	var codes []string
	for _, f := range l {
		codes = append(codes, fmt.Sprintf("%s@%d:%d", f.Code, f.Line, f.Column))
	}
	return strings.Join(codes, " ")
}

func TestScalarsAreWhatIsWritten(t *testing.T) {
	docs, faults := spec.Parse("x.yaml", []byte("register: 0102\nversion: 2021.10\ntitle: true\nplaces:\n- {code: 007, name: no, level: province}\n"), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r := docs[0].Register
	for _, test := range []struct{ got, want string }{
		{r.Code, "0102"}, {r.Version, "2021.10"}, {r.Title.VI, "true"}, {r.Places[0].Code, "007"}, {r.Places[0].Name.VI, "no"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if r.Place("007") == nil {
		t.Error("the register is not indexed")
	}
}

// TestHostileFiles holds that what is made to take time or memory is refused
// before it does.
func TestHostileFiles(t *testing.T) {
	laughs := "register: r\nversion: &a [x, x, x, x, x, x, x, x, x]\n"
	for i := range 20 {
		laughs += fmt.Sprintf("t%d: &%c [*%c, *%c, *%c]\n", i, 'b'+i, 'a'+i, 'a'+i, 'a'+i)
	}
	tests := []struct {
		name, text string
		want       fault.Code
	}{
		{"a billion laughs", laughs, fault.YAMLSyntax},
		{"open brackets", "register: " + strings.Repeat("[", 1<<20), fault.YAMLSyntax},
		{"open braces on lines of their own", strings.Repeat("{a:\n", 1<<18), fault.YAMLSyntax},
		{"lists in lists", strings.Repeat("- ", 1<<20) + "x", fault.YAMLSyntax},
		{"keys in keys", strings.Repeat("? ", 1<<20) + "x", fault.YAMLSyntax},
		{"deep, but not enough for the parser", "register:\n a: " + strings.Repeat("[", 100) + strings.Repeat("]", 100), fault.YAMLSyntax},
		{"too many bytes", strings.Repeat(" ", spec.MaxBytes+1), fault.DocumentTooLarge},
		{"too many indicators", "definition: d\nindicators: [" + strings.Repeat("{},", 5001) + "]", fault.DocumentTooLarge},
		{"bytes that are no text", "register: \xff", fault.YAMLSyntax},
		{"keys without end", strings.Repeat("a: b\n", 1<<20), fault.YAMLSyntax},
		{"keys between braces without end", "register: {" + strings.Repeat("a: b, ", 1<<20) + "}", fault.YAMLSyntax},
		{"documents without end", strings.Repeat("---\na: b\n", 1<<19), fault.YAMLSyntax},
		{"a zero byte", "register: a\x00b", fault.YAMLSyntax},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			docs, faults := spec.Parse("x.yaml", []byte(test.text), nil)
			if len(faults) == 0 || faults[0].Code != test.want || !faults.Blocks() {
				t.Errorf("got %s and %d documents, want %s", codesOf(faults), len(docs), test.want)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestTablesStayInTheirFolder(t *testing.T) {
	files := fstest.MapFS{"p.csv": {Data: []byte("code,name,level\n1,Một,province\n")}}
	text := "register: r\nversion: '1'\ntitle: T\nplaces: {file: %s}\n"
	for _, name := range []string{"../p.csv", "/etc/passwd", `..\p.csv`, "none.csv", "''"} {
		t.Run(name, func(t *testing.T) {
			_, faults := spec.Parse("x.yaml", fmt.Appendf(nil, text, name), files)
			if !strings.HasPrefix(codesOf(faults), "D604@4:16") {
				t.Errorf("got %s, want D604 at 4:16", codesOf(faults))
			}
		})
	}
	t.Run("without files", func(t *testing.T) {
		if _, faults := spec.Parse("x.yaml", fmt.Appendf(nil, text, "p.csv"), nil); !strings.HasPrefix(codesOf(faults), "D604@4:16") {
			t.Errorf("got %s, want D604 at 4:16", codesOf(faults))
		}
	})
	t.Run("beside the file", func(t *testing.T) {
		docs, faults := spec.Parse("x.yaml", fmt.Appendf(nil, text, "p.csv"), files)
		if len(faults) > 0 || len(docs[0].Register.Places) != 1 {
			t.Errorf("got %v", faults)
		}
	})
}

// TestPathsWithoutPositions holds the places that findings have when there is no
// file: the API is given values.
func TestPathsWithoutPositions(t *testing.T) {
	d := &report.Definition{
		Code: "d", Version: "1", Title: report.Text{VI: "Mẫu"},
		Indicators: []report.Indicator{{Code: "1", Name: report.Text{VI: "A"}, Type: report.TypeInt, Num: "2"}},
		Sheets:     []report.Sheet{{Name: "B", Shape: report.IndicatorsDown}},
	}
	faults := spec.ValidateDefinition(d)
	if len(faults) != 1 || faults[0].Cell != "indicators/0/num" || faults[0].Code != fault.ReferenceUnknown {
		t.Errorf("got %v", faults)
	}
	if got := spec.ValidateRegister((&report.Register{}).Index()); len(got) == 0 {
		t.Error("an empty register is sound")
	}
	if got := spec.ValidateRequest(&report.Request{}, nil, nil); len(got) == 0 {
		t.Error("an empty request is sound")
	}
}

// country is a register of as many communes as the country has, and more.
func country(n int) string {
	var b strings.Builder
	b.WriteString("register: vn\nversion: '1'\ntitle: Cả nước\nplaces:\n- {code: '0', name: Tỉnh, level: province}\n")
	for i := range n {
		fmt.Fprintf(&b, "- code: '%05d'\n  name: {vi: Xã số %d, en: Commune %d}\n  level: commune\n  parent: '0'\n  from: 2025-07-01\n  aliases: [X%d, Xã %d]\n", i+10000, i, i, i, i)
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{330, 3300} {
		text := []byte(country(n))
		b.Run(fmt.Sprintf("places=%d", n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, faults := spec.Parse("x.yaml", text, nil); len(faults) > 0 {
					b.Fatal(faults)
				}
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/good/*.yaml", "testdata/good/*.json", "testdata/bad/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	files := os.DirFS("testdata/good")
	f.Fuzz(func(t *testing.T, b []byte) {
		docs, faults := spec.Parse("x.yaml", b, files)
		if err := faults.Check(); err != nil {
			t.Errorf("a finding cannot be said: %v", err)
		}
		if len(faults) > 0 {
			return
		}
		for _, d := range docs {
			again(t, d)
			if d.Kind == report.KindDefinition && len(spec.Schema(d.Definition)) == 0 {
				t.Error("no schema")
			}
		}
	})
}

func FuzzTable(f *testing.F) {
	for _, name := range []string{"testdata/good/places.csv", "testdata/bad/tables.csv"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("code,name,level\n1,\"two\nlines\",province\n"))
	f.Add([]byte("code,name\n\xff,\xfe\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		files := fstest.MapFS{"p.csv": {Data: b}}
		docs, faults := spec.Parse("x.yaml", []byte("register: r\nversion: '1'\ntitle: T\nplaces: {file: p.csv}\n"), files)
		if err := faults.Check(); err != nil {
			t.Errorf("a finding cannot be said: %v", err)
		}
		if len(faults) == 0 {
			again(t, docs[0])
		}
	})
}
