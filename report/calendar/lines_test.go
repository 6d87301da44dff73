package calendar

import (
	"os"
	"strings"
	"testing"
)

// tableLines reads a text table from testdata: fields between bars, notes behind a #. Each line
// comes with its fields trimmed; width is how many there must be.
func tableLines(t *testing.T, file string, width int) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]string
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "|")
		if len(fields) != width {
			t.Fatalf("%s:%d: %d fields, want %d", file, i+1, len(fields), width)
		}
		for j := range fields {
			fields[j] = strings.TrimSpace(fields[j])
		}
		lines = append(lines, fields)
	}
	if len(lines) == 0 {
		t.Fatalf("%s is empty", file)
	}
	return lines
}

// period reads "d09 2021-Q1"; "-" is no period.
func period(t *testing.T, text string) Period {
	t.Helper()
	if text == "-" {
		return Period{}
	}
	name, key, _ := strings.Cut(text, " ")
	cal, err := Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParsePeriod(cal, key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
