package xlsx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sharedData finds a folder of other people's files beside the project; a test
// that needs them is skipped where they are absent.
func sharedData(t *testing.T, folder string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data", folder))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("../shared/data/%s is absent", folder)
	}
	return dir
}

// filesUnder gives the files below dir with one of the endings.
func filesUnder(t *testing.T, dir string, endings ...string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		for _, e := range endings {
			if err == nil && !d.IsDir() && strings.HasSuffix(path, e) {
				found = append(found, path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// openBytes opens a workbook held in memory.
func openBytes(b []byte) (*Workbook, error) {
	return Open(bytes.NewReader(b), int64(len(b)), Limits{})
}

// expectedBook is what two independent readers agree on.
type expectedBook struct {
	Epoch1904 bool `json:"epoch1904"`
	Sheets    []struct {
		Name  string            `json:"name"`
		State string            `json:"state"`
		Cells map[string][2]any `json:"cells"`
	} `json:"sheets"`
}

// typeLetters are the letters of expected.json.
var typeLetters = map[CellType]string{Number: "n", String: "s", Bool: "b", TypeError: "e", Date: "d"}

func TestWellformedFiles(t *testing.T) {
	dir := sharedData(t, filepath.Join("readers", "wellformed"))
	text, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]expectedBook
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	read := map[string]int{}
	for name, want := range all {
		ext := filepath.Ext(name)
		if ext != ".xlsx" && ext != ".xls" && ext != ".ods" {
			continue
		}
		read[ext]++
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			wb, err := openBytes(b)
			if err != nil {
				t.Fatal(err)
			}
			checkBook(t, wb, want)
		})
	}
	if read[".xlsx"] < 35 || read[".xls"] < 27 || read[".ods"] < 1 {
		t.Errorf("files by ending: %v", read)
	}
}

// odsHidden are the sheets of an OpenDocument file that are not shown, by their
// style: the two readers agree that they are, for neither reads it.
var odsHidden = map[string]string{"Hidden": "hidden", "VeryHidden": "hidden"}

// checkBook compares a workbook with what it should hold.
func checkBook(t *testing.T, wb *Workbook, want expectedBook) {
	t.Helper()
	if wb.Date1904 != want.Epoch1904 {
		t.Errorf("Date1904 = %v", wb.Date1904)
	}
	if len(wb.Sheets) != len(want.Sheets) {
		t.Fatalf("%d sheets, want %d", len(wb.Sheets), len(want.Sheets))
	}
	states := map[string]Visibility{"visible": Visible, "hidden": Hidden, "veryHidden": VeryHidden}
	for i, sheet := range want.Sheets {
		if state := odsHidden[sheet.Name]; state != "" && wb.Format == FormatODS {
			sheet.State = state
		}
		if got := wb.Sheets[i]; got.Name != sheet.Name || got.State != states[sheet.State] {
			t.Errorf("sheet %d is %+v, want %s %s", i, got, sheet.Name, sheet.State)
		}
		g, err := wb.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, c := range g.Cells {
			w, ok := sheet.Cells[Ref(c.Row, c.Col)]
			if !ok && (c.NoCache || c.Text == "") {
				continue
			}
			seen++
			if got := typeLetters[c.Type]; got != w[0] || !sameValue(c.Text, w[1]) {
				t.Errorf("%s!%s is %s %q, want %v", sheet.Name, Ref(c.Row, c.Col), got, c.Text, w)
			}
		}
		if seen != len(sheet.Cells) {
			t.Errorf("%s: %d cells, want %d", sheet.Name, seen, len(sheet.Cells))
		}
	}
}

// sameValue compares the text of a cell with a value out of JSON.
func sameValue(text string, want any) bool {
	switch w := want.(type) {
	case float64:
		got, err := strconv.ParseFloat(text, 64)
		return err == nil && math.Abs(got-w) <= 1e-9*math.Abs(w)
	case bool:
		return (text == "1") == w
	}
	return text == fmt.Sprint(want)
}

// TestFilesAgreeWithExcelize holds every value of every sound workbook, of
// agencies and of the test suites of others, against another reader's.
func TestFilesAgreeWithExcelize(t *testing.T) {
	files := append(filesUnder(t, sharedData(t, "real"), ".xlsx"), filesUnder(t, sharedData(t, filepath.Join("readers", "wellformed")), ".xlsx")...)
	if len(files) < 40 {
		t.Errorf("only %d workbooks", len(files))
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if n := compareWithExcelize(t, b); n == 0 {
				t.Error("no cells")
			}
		})
	}
}

// compareWithExcelize holds every cell against what excelize reads, and gives
// the number of cells with a value.
func compareWithExcelize(t *testing.T, b []byte) int {
	t.Helper()
	wb, err := openBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	total := 0
	for i, sheet := range wb.Sheets {
		if !sheet.Cells {
			continue
		}
		g, err := wb.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(sheet.Name)
		if err != nil {
			t.Fatal(err)
		}
		theirs := 0
		for r, row := range rows {
			for c, text := range row {
				if text == "" {
					continue
				}
				theirs++
				if cell := g.At(r+1, c+1); cell == nil || cell.Text != text {
					t.Errorf("%s!%s is %+v, excelize %q", sheet.Name, Ref(r+1, c+1), cell, text)
				}
			}
		}
		ours := 0
		for _, c := range g.Cells {
			if c.Text != "" {
				ours++
			}
		}
		if ours != theirs {
			t.Errorf("%s: %d cells, excelize %d", sheet.Name, ours, theirs)
		}
		total += ours
	}
	return total
}
