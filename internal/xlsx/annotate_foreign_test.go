package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// somewhere annotates seeded cells of a workbook: with content, without, and areas.
func somewhere(t *testing.T, body []byte, name string) Annotation {
	t.Helper()
	wb, err := openBytes(body)
	if err != nil {
		t.Fatal(err)
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	a := Annotation{Fills: testFills}
	for _, s := range wb.Sheets {
		if !s.Cells || r.IntN(4) == 0 {
			continue
		}
		g, err := wb.Grid(s.Index)
		if err != nil {
			t.Fatal(err)
		}
		for range r.IntN(6) {
			at := At(1+r.IntN(g.MaxRow+3), 1+r.IntN(g.MaxCol+3))
			if r.IntN(5) == 0 {
				at.LastRow += r.IntN(3)
			}
			a.Cells = append(a.Cells, Annotated{Sheet: s.Name, Area: at, Fill: r.IntN(2), Note: fmt.Sprintf("Lỗi phải sửa\nÔ %s: <sai> & thiếu", at)})
		}
	}
	a.List = testList(len(a.Cells))
	return a
}

// cellsOf gives every cell of every sheet but our list, with its style's looks.
func cellsOf(t testing.TB, body []byte) map[string]string {
	t.Helper()
	wb, err := openBytes(body)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range wb.Sheets {
		out[s.Name] = s.State.String()
		g, err := wb.Grid(s.Index)
		if err != nil {
			t.Fatal(err)
		}
		if c := g.At(1, 1); c != nil && IsListMark(c.Text) {
			delete(out, s.Name)
			continue
		}
		for i := range g.Cells {
			c := &g.Cells[i]
			out[s.Name+"!"+Ref(c.Row, c.Col)] = fmt.Sprintf("%s %q =%q %d %+v", c.Type, c.Text, c.Formula, c.Style, g.Style(c))
		}
		out[s.Name+" frame"] = fmt.Sprint(g.Merges, g.HiddenRows, g.HiddenCols, g.Protected, g.Date1904)
	}
	return out
}

// partsOf gives the parts of a package inflated.
func partsOf(t testing.TB, body []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// checkAnnotated holds the promises of [Annotate] for one workbook, and reports
// whether it could be annotated at all.
func checkAnnotated(t *testing.T, body []byte, a Annotation) (marked []byte, ok bool) {
	t.Helper()
	marked, err := Annotate(body, a, Limits{})
	if harm, is := errors.AsType[*HarmError](err); is {
		t.Logf("left alone: %v", harm)
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	before, after := cellsOf(t, body), cellsOf(t, marked)
	for at, want := range before {
		if after[at] != want {
			t.Errorf("%s: %s, was %s", at, after[at], want)
		}
	}
	if len(before) != len(after) {
		t.Errorf("%d cells, were %d", len(after), len(before))
	}
	again, err := Annotate(marked, a, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, marked) {
		was, is := partsOf(t, marked), partsOf(t, again)
		for name := range is {
			if was[name] != is[name] {
				t.Errorf("annotated twice: %s\n%.2000s\nwas\n%.2000s", name, is[name], was[name])
			}
		}
		t.Error("annotated twice: other bytes")
	}
	checkParts(t, body, marked, a)
	checkLibrary(t, body, marked, a)
	clean, err := Unannotate(marked, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range partsOf(t, clean) {
		if strings.Contains(name, "tonghop") {
			t.Errorf("%s is left when the annotation is taken out", name)
		}
	}
	if got := cellsOf(t, clean); len(got) != len(before) {
		t.Errorf("%d cells when the annotation is taken out, were %d", len(got), len(before))
	}
	return marked, true
}

// checkParts compares part by part: only what an annotation needs may change.
func checkParts(t *testing.T, body, marked []byte, a Annotation) {
	t.Helper()
	wb, err := openBytes(body)
	if err != nil {
		t.Fatal(err)
	}
	x := ooxmlOf(wb)
	may := map[string]bool{partKey(contentTypes): true}
	arrows, _ := x.pkg.relations("")
	book := find(arrows, "officeDocument")
	may[partKey(book)], may[partKey(relsOf(book))] = true, true
	arrows, _ = x.pkg.relations(book)
	may[partKey(find(arrows, "styles"))] = true
	was, is := partsOf(t, body), partsOf(t, marked)
	selected := map[string]bool{}
	for _, s := range x.sheets {
		if s.part == nil {
			continue
		}
		if strings.Contains(was[s.part.file.Name], "tabSelected") {
			selected[partKey(s.part.name)] = true
		}
		if slices.ContainsFunc(a.Cells, func(c Annotated) bool { return c.Sheet == s.Name }) {
			may[partKey(s.part.name)], may[partKey(relsOf(s.part.name))] = true, true
			arrows, _ := x.pkg.relations(s.part.name)
			may[partKey(find(arrows, kindComments))], may[partKey(find(arrows, kindVML))] = true, true
		}
	}
	for name, text := range was {
		key := partKey(name)
		if selected[key] && !may[key] { // the mark of being chosen and nothing else
			text = strings.NewReplacer(`tabSelected="1"`, `tabSelected="0"`, `tabSelected="true"`, `tabSelected="0"`).Replace(text)
		}
		if text != is[name] && !may[key] {
			t.Errorf("%s was changed", name)
		}
	}
	for name := range is {
		if _, old := was[name]; !old && !strings.Contains(name, "/tonghop/") && !strings.HasSuffix(name, ".rels") {
			t.Errorf("%s is new", name)
		}
	}
	// What a sheet was is still all there, in its order, beside what was put in.
	for _, s := range x.sheets {
		if s.part == nil {
			continue
		}
		name := s.part.file.Name
		if i := strings.Index(was[name], "<sheetData"); i >= 0 {
			end := strings.Index(was[name], "</sheetData>")
			if end > i && !strings.Contains(is[name], was[name][i:end]) {
				t.Errorf("%s: rows were changed", name)
			}
		}
	}
}

func TestAnnotateForeignFiles(t *testing.T) {
	done, left := 0, 0
	for _, dir := range []string{sharedData(t, filepath.Join("readers", "wellformed")), sharedData(t, "real")} {
		for _, path := range filesUnder(t, dir, ".xlsx") {
			t.Run(filepath.Base(path), func(t *testing.T) {
				body, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := openBytes(body); err != nil {
					t.Skip(err)
				}
				if _, ok := checkAnnotated(t, body, somewhere(t, body, filepath.Base(path))); ok {
					done++
				} else {
					left++
				}
			})
		}
	}
	if done < 30 || left > done/4 {
		t.Errorf("%d annotated, %d left alone", done, left)
	}
}

// checkLibrary has another reader open the workbook, where it could open it before,
// and look for the notes.
func checkLibrary(t *testing.T, body, marked []byte, a Annotation) {
	t.Helper()
	was, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		return
	}
	defer was.Close()
	is, err := excelize.OpenReader(bytes.NewReader(marked))
	if err != nil {
		t.Errorf("another reader does not open it any more: %v", err)
		return
	}
	defer is.Close()
	if got, want := is.GetSheetList()[1:], was.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("another reader sees the sheets %q, saw %q", got, want)
	}
	for _, sheet := range was.GetSheetList() {
		before, errBefore := was.GetComments(sheet)
		after, err := is.GetComments(sheet)
		if errBefore != nil || err != nil {
			continue
		}
		cells := map[string]bool{}
		for _, c := range before {
			cells[c.Cell] = true
		}
		own := len(cells)
		for _, c := range a.Cells {
			if strings.EqualFold(c.Sheet, sheet) {
				cells[Ref(c.Area.FirstRow, c.Area.FirstCol)] = true
			}
		}
		ours := 0
		for _, c := range after {
			text := c.Text
			for _, p := range c.Paragraph {
				text += p.Text
			}
			if slices.ContainsFunc(a.Cells, func(a Annotated) bool {
				return text == noteMark+a.Note && c.Cell == Ref(a.Area.FirstRow, a.Area.FirstCol)
			}) {
				ours++
			}
		}
		if ours != len(cells)-own || len(after) != len(before)+ours {
			t.Errorf("%s: %d notes of ours and %d in all, want %d beside %d", sheet, ours, len(after), len(cells)-own, len(before))
		}
	}
}

// TestAnnotateHostileFiles: what is broken, or made to break a reader, is refused with
// a reason or annotated like any other.
func TestAnnotateHostileFiles(t *testing.T) {
	dir := sharedData(t, filepath.Join("readers", "hostile"))
	for _, path := range filesUnder(t, dir, ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods") {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a := Annotation{List: testList(1), Fills: testFills}
		if wb, err := openBytes(body); err == nil {
			a.Cells = []Annotated{{Sheet: wb.Sheets[0].Name, Area: At(2, 2), Note: "Lỗi phải sửa"}}
		}
		marked, err := Annotate(body, a, Limits{})
		if err != nil {
			_, harm := errors.AsType[*HarmError](err)
			_, unread := errors.AsType[*Error](err)
			if !harm && !unread {
				t.Errorf("%s: %v", filepath.Base(path), err)
			}
			continue
		}
		again, err := Annotate(marked, a, Limits{})
		if err != nil || !bytes.Equal(again, marked) {
			t.Errorf("%s annotated twice: %v, %d bytes, once %d", filepath.Base(path), err, len(again), len(marked))
		}
	}
}
