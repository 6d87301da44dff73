package spec_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/internal/spec"
	"tonghop/report"
	"tonghop/report/fault"
)

var update = flag.Bool("update", false, "write the expected findings in testdata and docs/formats anew")

// read parses a file of testdata. The requests of a file called check-… are held
// against the definition and register beside them.
func read(t *testing.T, file string) ([]spec.Document, fault.List) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	docs, faults := spec.Parse(filepath.Base(file), b, os.DirFS(filepath.Dir(file)))
	if err := faults.Check(); err != nil {
		t.Errorf("a finding cannot be said: %v", err)
	}
	if !strings.HasPrefix(filepath.Base(file), "check-") {
		return docs, faults
	}
	var def *report.Definition
	var reg *report.Register
	for _, d := range docs {
		switch d.Kind {
		case report.KindDefinition:
			def = d.Definition
		case report.KindRegister:
			reg = d.Register
		case report.KindRequest:
			if d.Request.Definition != def.Code {
				faults = append(faults, d.Check(nil, nil)...)
				continue
			}
			faults = append(faults, d.Check(def, reg)...)
		}
	}
	return docs, faults
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		t.Fatalf("no files %s (%v)", pattern, err)
	}
	return found
}

func TestGoodFiles(t *testing.T) {
	for _, file := range append(files(t, "testdata/good/*.yaml"), files(t, "testdata/good/*.json")...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			docs, faults := read(t, file)
			if len(faults) > 0 {
				t.Errorf("findings:\n%v", faults)
			}
			for _, d := range docs {
				again(t, d)
			}
		})
	}
}

// again holds that a document is read from its own JSON as it was.
func again(t *testing.T, d spec.Document) {
	t.Helper()
	b, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	docs, faults := spec.Parse("again.json", b, nil)
	if len(faults) > 0 || len(docs) != 1 {
		t.Fatalf("%d documents from its own JSON, findings:\n%v", len(docs), faults)
	}
	if c, err := docs[0].JSON(); err != nil || string(c) != string(b) {
		t.Errorf("JSON changed (%v):\n%s\n%s", err, b, c)
	}
}

// TestBadFiles holds what is said of each mistake, and where. The findings of
// x.yaml stand in x.txt.
func TestBadFiles(t *testing.T) {
	for _, file := range files(t, "testdata/bad/*.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, faults := read(t, file)
			if len(faults) == 0 {
				t.Fatal("no findings")
			}
			var got strings.Builder
			for _, f := range faults {
				fmt.Fprintf(&got, "%s:%d:%d: %s %s: %s\n", f.File, f.Line, f.Column, f.Code, f.Severity, f.VI())
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".txt", got.String())
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", file, got, want)
	}
}

// TestEveryFaultOfTheAreaIsRaised holds that each fault about files has a bad
// file that shows it.
func TestEveryFaultOfTheAreaIsRaised(t *testing.T) {
	var all strings.Builder
	for _, file := range files(t, "testdata/bad/*.txt") {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	elsewhere := map[fault.Code]string{
		fault.VersionTaken:     "what was applied before is known to the desk",
		fault.DocumentTooLarge: "TestHostileFiles makes such files",
		fault.DraftOfOtherForm: "TestDraft tries such a file on a definition",
	}
	for _, info := range fault.All() {
		if !strings.HasPrefix(string(info.Code), "D") || info.Retired || elsewhere[info.Code] != "" {
			continue
		}
		if !strings.Contains(all.String(), " "+string(info.Code)+" ") {
			t.Errorf("%s %s is raised by no file in testdata/bad", info.Code, info.Name)
		}
	}
}
