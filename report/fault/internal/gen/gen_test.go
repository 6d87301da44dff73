package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/report/fault"
)

// fromHere turns a path as go generate sees it into one as this test sees it.
func fromHere(path string) string { return filepath.Join("..", "..", path) }

func catalogue(t *testing.T) []fault.Info {
	t.Helper()
	source, err := os.ReadFile(fromHere(sourcePath))
	if err != nil {
		t.Fatal(err)
	}
	infos, err := Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return infos
}

func TestGeneratedFilesAreCurrent(t *testing.T) {
	infos := catalogue(t)
	code, err := Code(infos)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := Examples(fromHere(inputsPath), infos)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{codePath: code, docsPath: Docs(infos, examples)} {
		got, err := os.ReadFile(fromHere(path))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what %s gives: run go generate ./report/fault", path, sourcePath)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const good = "- {code: F001, name: A, severity: stop, vi: a, en: a, fixVI: a, fixEN: a}\n"
	for _, tt := range []struct{ name, source, want string }{
		{"an unknown field", strings.Replace(good, "vi:", "wie:", 1), "wie"},
		{"an unknown severity", strings.Replace(good, "stop", "fatal", 1), "no severity"},
		{"an unknown kind", strings.Replace(good, "vi: a", "params: ['n:money'], vi: a", 1), "no kind"},
		{"a code that stands there twice", good + strings.Replace(good, "name: A", "name: B", 1), "code F001"},
		{"a name that stands there twice", good + strings.Replace(good, "F001", "F002", 1), "name A"},
		{"an example YAML would change", strings.Replace(good, "vi: a", "params: [n], example: {n: 1.50}, vi: a", 1), "quoted"},
		{"an example in one language", strings.Replace(good, "vi: a", "params: [n], example: {n: {vi: x}}, vi: a", 1), "pair"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.source))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want something about %q", err, tt.want)
			}
		})
	}
	if infos, err := Parse([]byte(good)); err != nil || len(infos) != 1 {
		t.Errorf("the good one: %v, %v", infos, err)
	}
}
