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
	"time"

	"github.com/xuri/excelize/v2"
)

// testFills are the colours of the tests: bad, doubtful.
var testFills = []string{"FFC7CE", "FFEB9C"}

// testList is a list such as a caller makes: its mark, a link, a place to answer.
func testList(rows int) *Book {
	b := NewBook(Props{Created: time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)})
	s := b.Sheet("LỖI CẦN SỬA")
	s.Protect = true
	s.Print = Print{Landscape: true, RepeatTop: 2}
	s.Row(1, Row{Hidden: true})
	s.Columns(1, 1, Column{Hidden: true})
	s.Text(1, 1, ListMark, Style{})
	s.Text(1, 3, AnswerMark, Style{})
	for i := range rows {
		s.Text(i+2, 1, fmt.Sprintf("E%03d", i), Style{})
		s.Text(i+2, 2, "Giá trị < 0 & > 1 s=\"3\"", Style{Bold: true, Wrap: true, Border: Box, Fill: testFills[i%2]})
		s.Blank(i+2, 3, Style{Unlocked: true})
	}
	return b
}

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
func cellsOf(t *testing.T, body []byte) map[string]string {
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
func partsOf(t *testing.T, body []byte) map[string]string {
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
	x := wb.back.(*ooxml)
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

// TestAnnotateOurs: workbooks with charts, notes, conditional formats, names and
// protection, as we write them ourselves.
func TestAnnotateOurs(t *testing.T) {
	body, err := sampleBook().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	marked, ok := checkAnnotated(t, body, somewhere(t, body, "ours"))
	if !ok {
		t.Fatal("left alone")
	}
	f, err := excelize.OpenReader(bytes.NewReader(marked))
	if err != nil {
		t.Fatal(err)
	}
	if f.GetSheetList()[0] != "LỖI CẦN SỬA" || f.GetActiveSheetIndex() != 0 {
		t.Errorf("opens on sheet %d of %q", f.GetActiveSheetIndex(), f.GetSheetList())
	}
}

// made is a workbook of another program's, with what is easily broken: names of
// single sheets, a chosen sheet that is not the first, notes and buttons' drawings,
// conditional formats, validation, a link, a hidden sheet.
func made(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Biểu 1"))
	for _, name := range []string{"Biểu 2", "Danh mục"} {
		_, err := f.NewSheet(name)
		must(err)
	}
	must(f.SetSheetVisible("Danh mục", false))
	for i := range 5 {
		must(f.SetCellInt("Biểu 1", Ref(i+1, 2), int64(i)))
		must(f.SetCellStr("Biểu 2", Ref(i+1, 1), "tên"))
	}
	must(f.SetCellFormula("Biểu 1", "B6", "SUM(B1:B5)"))
	must(f.AddComment("Biểu 1", excelize.Comment{Cell: "B2", Author: "Chị Hà", Text: "hỏi lại xã"}))
	red, err := f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"00FF00"}}})
	must(err)
	must(f.SetConditionalFormat("Biểu 1", "B1:B5", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "3", Format: &red}}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "'Biểu 2'!$A$1:$B$3", Scope: "Biểu 2"}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "ten", RefersTo: "'Biểu 1'!$B$1"}))
	must(f.MergeCell("Biểu 2", "A4", "C5"))
	f.SetActiveSheet(1)
	b, err := f.WriteToBuffer()
	must(err)
	return b.Bytes()
}

// madeAnnotation marks what [made] has, the noted cell among it.
func madeAnnotation() Annotation {
	return Annotation{List: testList(3), Fills: testFills, Cells: []Annotated{
		{Sheet: "Biểu 1", Area: At(2, 2), Fill: 0, Note: "Lỗi phải sửa\nkhông đúng"},
		{Sheet: "Biểu 1", Area: At(3, 2), Fill: 1, Note: "Cần giải trình"},
		{Sheet: "Biểu 2", Area: At(9, 9), Fill: 0, Note: "Còn thiếu"},
	}}
}

func TestAnnotateKeepsOrder(t *testing.T) {
	body := made(t)
	marked, ok := checkAnnotated(t, body, madeAnnotation())
	if !ok {
		t.Fatal("left alone")
	}
	f := reopen(t, marked)
	if got, want := f.GetSheetList(), []string{"LỖI CẦN SỬA", "Biểu 1", "Biểu 2", "Danh mục"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope != "Biểu 2" {
			t.Errorf("the print area went to %q", n.Scope)
		}
		if n.Name == "_xlnm.Print_Titles" && n.Scope != "LỖI CẦN SỬA" {
			t.Errorf("the titles of the list went to %q", n.Scope)
		}
	}
	chosen := strings.Count(strings.Join([]string{partsOf(t, marked)["xl/worksheets/sheet1.xml"], partsOf(t, marked)["xl/worksheets/sheet2.xml"], partsOf(t, marked)["xl/tonghop/list.xml"]}, ""), `tabSelected="true"`)
	if chosen != 1 {
		t.Errorf("%d sheets are chosen: what is typed goes into each", chosen)
	}
	if visible, _ := f.GetSheetVisible("Danh mục"); visible {
		t.Error("the hidden sheet is seen")
	}
	notes := map[string]string{}
	for _, sheet := range []string{"Biểu 1", "Biểu 2"} {
		list, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			text := c.Text
			for _, p := range c.Paragraph {
				text += p.Text
			}
			notes[sheet+"!"+c.Cell] += c.Author + ": " + text
		}
	}
	for at, want := range map[string]string{
		"Biểu 1!B2": "Chị Hà: hỏi lại xã", // its own, and no other
		"Biểu 1!B3": "tonghop: tonghop · Cần giải trình",
		"Biểu 2!I9": "tonghop: tonghop · Còn thiếu",
	} {
		if strings.Count(notes[at], want) == 0 {
			t.Errorf("note of %s: %q, want %q", at, notes[at], want)
		}
	}
	if len(notes) != 3 || strings.Contains(notes["Biểu 1!B2"], "không đúng") {
		t.Errorf("notes: %q", notes)
	}
	formats, err := f.GetConditionalFormats("Biểu 1")
	if err != nil || len(formats) != 3 {
		t.Errorf("conditional formats %v, %v: want its own and two of ours", formats, err)
	}
}

// TestUnannotateSavedElsewhere: an office program writes the whole file anew, and
// our sheet, colours and notes are still known and taken out, and no others.
func TestUnannotateSavedElsewhere(t *testing.T) {
	body := made(t)
	marked, err := Annotate(body, madeAnnotation(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(convert(t, marked, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if wb, err := openBytes(saved); err != nil || wb.Sheets[0].Name != "LỖI CẦN SỬA" {
		t.Fatalf("saved by LibreOffice: %v", err)
	}
	clean, err := Unannotate(saved, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	f := reopen(t, clean)
	if got, want := f.GetSheetList(), []string{"Biểu 1", "Biểu 2", "Danh mục"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	for part, text := range partsOf(t, clean) {
		if isFillFormula([]byte(text)) || strings.Contains(text, noteMark) {
			t.Errorf("%s still has marks of ours", part)
		}
		if strings.HasSuffix(part, ".vml") && strings.Count(text, "<v:shape ") > 1 {
			t.Errorf("%s still has shapes of ours", part)
		}
	}
	if list, err := f.GetComments("Biểu 1"); err != nil || len(list) != 1 || list[0].Cell != "B2" {
		t.Errorf("notes %+v, %v: want its own", list, err)
	}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope != "Biểu 2" {
			t.Errorf("the print area went to %q", n.Scope)
		}
	}
	formats, err := f.GetConditionalFormats("Biểu 1")
	if err != nil || len(formats) != 1 {
		t.Errorf("conditional formats %v, %v: want its own", formats, err)
	}
	twice, err := Annotate(saved, madeAnnotation(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := reopen(t, twice).GetSheetList(); len(got) != 4 {
		t.Errorf("annotated again: %q", got)
	}
}

// TestAnnotatedOpens: LibreOffice opens an annotated workbook, and every figure in
// it is the one that was there.
func TestAnnotatedOpens(t *testing.T) {
	body := made(t)
	marked, err := Annotate(body, madeAnnotation(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences(t, reopen(t, body), recalculated(t, marked)) {
		if !strings.Contains(d, `wrote ""`) { // a formula that had no value yet
			t.Error(d)
		}
	}
}

func isHarm(err error, want Harm) bool {
	harm, ok := errors.AsType[*HarmError](err)
	return ok && harm.Reason == want
}

func TestAnnotateRefuses(t *testing.T) {
	with := func(changes map[string]string) []byte {
		t.Helper()
		parts := partsOf(t, made(t))
		for name, text := range changes {
			parts[name] = text
		}
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for name, text := range parts {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, text)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	plain := partsOf(t, made(t))
	for _, tt := range []struct {
		name    string
		changes map[string]string
		want    Harm
	}{
		{"macros by type", map[string]string{contentTypes: strings.Replace(plain[contentTypes], "spreadsheetml.sheet.main", "sheet.macroEnabled.main", 1)}, HarmMacros},
		{"macros by part", map[string]string{"xl/_rels/workbook.xml.rels": strings.Replace(plain["xl/_rels/workbook.xml.rels"], "</Relationships>",
			`<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)}, HarmMacros},
		{"signature", map[string]string{"_xmlsignatures/sig1.xml": "<Signature/>"}, HarmSignature},
		{"history of changes", map[string]string{"xl/_rels/workbook.xml.rels": strings.Replace(plain["xl/_rels/workbook.xml.rels"], "</Relationships>",
			`<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders" Target="revisions/h.xml"/></Relationships>`, 1)}, HarmShared},
		{"drawing of notes that is none", map[string]string{"xl/drawings/vmlDrawing1.vml": "<html/>"}, HarmMarkup},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Annotate(with(tt.changes), madeAnnotation(), Limits{})
			if !isHarm(err, tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
	if _, err := Annotate([]byte("a;b\n1;2\n"), madeAnnotation(), Limits{}); !isHarm(err, HarmFormat) {
		t.Errorf("csv: %v", err)
	}
	if _, err := Annotate([]byte("PK\x03\x04 and no more"), madeAnnotation(), Limits{}); !errors.Is(err, KindDamaged) {
		t.Errorf("damaged: %v", err)
	}
}

// TestAnnotatePrefixed: some programs write every element with a prefix.
func TestAnnotatePrefixed(t *testing.T) {
	parts := partsOf(t, made(t))
	for _, name := range []string{"xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"} {
		head, rest, _ := strings.Cut(parts[name], "?>")
		rest = strings.ReplaceAll(prefixed(rest, "p:"), ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, ` xmlns:p="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`)
		parts[name] = head + "?>" + rest
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	marked, ok := checkAnnotated(t, out.Bytes(), madeAnnotation())
	if !ok {
		t.Fatal("left alone")
	}
	if !strings.Contains(partsOf(t, marked)["xl/worksheets/sheet1.xml"], "<p:cfRule") {
		t.Error("the rule is not in the namespace of the sheet")
	}
}

func FuzzAnnotate(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><pageMargins/></worksheet>`))
	f.Add([]byte(`<x:a xmlns:x="b"><!-- <c> --><![CDATA[<]]></x:a>`))
	f.Add([]byte(`<a b='>' c = "1"/><d`))
	f.Add([]byte(`<a><`))
	// Whatever the bytes are: no panic, and what is read stays within them.
	f.Fuzz(func(t *testing.T, b []byte) {
		root, err := rootOf(b)
		if err != nil {
			return
		}
		in, err := children(b, root)
		if err != nil {
			return
		}
		for _, e := range append(in, root) {
			if e.from < 0 || e.tag > e.inner || e.inner > e.to || e.to > len(b) {
				t.Fatalf("%+v of %d bytes", e, len(b))
			}
			attributes(b, e)
			appendInto(b, e, "x")
		}
	})
}
