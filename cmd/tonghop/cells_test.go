package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestCellsOfForeignFiles holds the output for machines against the cells on which
// two independent readers agree, in workbooks of many programs.
func TestCellsOfForeignFiles(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "readers", "wellformed")
	text, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Skip("../shared/data/readers/wellformed is absent")
	}
	type book struct {
		Sheets []struct {
			Name  string                       `json:"name"`
			State string                       `json:"state"`
			Cells map[string][]json.RawMessage `json:"cells"`
		} `json:"sheets"`
	}
	var all map[string]book
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	files := map[string]int{}
	for name, want := range all {
		ext := filepath.Ext(name)
		if ext != ".xlsx" && ext != ".xls" && ext != ".ods" {
			continue
		}
		files[ext]++
		var out bytes.Buffer
		p := &program{streams: streams{out: &out}, json: true}
		if err := p.printCells(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got book
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(got.Sheets) != len(want.Sheets) {
			t.Errorf("%s: %d sheets, want %d", name, len(got.Sheets), len(want.Sheets))
			continue
		}
		for i, w := range want.Sheets {
			g := got.Sheets[i]
			if strings.HasSuffix(w.Name, "Hidden") && ext == ".ods" {
				w.State = "hidden" // by its style, which neither of the two readers reads
			}
			if g.Name != w.Name || g.State != w.State || len(g.Cells) != len(w.Cells) {
				t.Errorf("%s: sheet %q, %s, %d cells; want %q, %s, %d", name, g.Name, g.State, len(g.Cells), w.Name, w.State, len(w.Cells))
			}
			for ref, cell := range w.Cells {
				if !sameCell(g.Cells[ref], cell) {
					t.Errorf("%s: %s!%s is %s, want %s", name, w.Name, ref, g.Cells[ref], cell)
				}
			}
		}
	}
	if files[".xlsx"] < 35 || files[".xls"] < 27 || files[".ods"] < 1 {
		t.Errorf("workbooks by ending: %v", files)
	}
}

// sameCell compares a cell whose value is a text with one whose value has a type.
func sameCell(got, want []json.RawMessage) bool {
	if len(got) != 2 || string(got[0]) != string(want[0]) {
		return false
	}
	var text string
	var value any
	if json.Unmarshal(got[1], &text) != nil || json.Unmarshal(want[1], &value) != nil {
		return false
	}
	switch v := value.(type) {
	case float64:
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && math.Abs(n-v) <= 1e-9*math.Abs(v)
	case bool:
		return text == strconv.FormatBool(v)
	}
	return text == value
}
