package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
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
func made(t testing.TB) []byte {
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
		return zipOf(t, parts)
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
		{"notes in an encoding that ours are not in", map[string]string{"xl/comments1.xml": `<?xml version="1.0" encoding="windows-1252"?><comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>`}, HarmMarkup},
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
	marked, ok := checkAnnotated(t, zipOf(t, parts), madeAnnotation())
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

// FuzzAnnotateSheet: whatever a sheet, its notes and their shapes are written like,
// a workbook that can be read is annotated with every cell as it was, or refused.
func FuzzAnnotateSheet(f *testing.F) {
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	f.Add(`<worksheet `+main+`><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><legacyDrawing xmlns:r="x" r:id="rId2"/></worksheet>`,
		`<comments `+main+`><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0"><text><t>b</t></text></comment></commentList></comments>`,
		`<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>`)
	f.Add(`<p:worksheet xmlns:p="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><p:sheetViews><p:sheetView tabSelected="1"/></p:sheetViews><p:sheetData/><p:conditionalFormatting sqref="A1"><p:cfRule type="expression" priority="1"><p:formula>N("tonghop:x")=0</p:formula></p:cfRule></p:conditionalFormatting></p:worksheet>`,
		`<comments `+main+`><authors/><commentList/></comments>`, `<xml xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>`)
	// Notes that are no XML, and a shape that is not closed: what was put behind them was
	// read otherwise the second time.
	const noted = `<worksheet ` + main + `><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><legacyDrawing xmlns:r="x" r:id="rId2"/></worksheet>`
	f.Add(noted,
		`<comments `+main+`><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0">"0"><tet>b</t></text></comment></commentList></comments>`,
		`<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><?v:shape id="_x0000_s1025"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>`)
	f.Add(noted,
		"<c\u0221\x9c[\xe0\x8c\x13\xd0omments "+main+`><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0"><text><t>b</t></text></comment></commentList></comments>`,
		`<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></`+"\x92"+`:shape></xml>`)
	f.Add(noted,
		`<comments `+main+`><authors/><commentList/></comments>`,
		`<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shap></xml>`)
	base := partsOf(f, made(f))
	f.Fuzz(func(t *testing.T, sheet, notes, shapes string) {
		parts := map[string]string{}
		for name, text := range base {
			parts[name] = text
		}
		parts["xl/worksheets/sheet1.xml"] = sheet
		parts["xl/comments1.xml"], parts["xl/drawings/vmlDrawing1.vml"] = notes, shapes
		body := zipOf(t, parts)
		wb, err := openBytes(body)
		if err != nil {
			return
		}
		for _, s := range wb.Sheets {
			if _, err := wb.Grid(s.Index); err != nil {
				return
			}
		}
		marked, err := Annotate(body, madeAnnotation(), Limits{})
		if err != nil {
			_, harm := errors.AsType[*HarmError](err)
			_, unread := errors.AsType[*Error](err)
			if !harm && !unread {
				t.Fatal(err)
			}
			return
		}
		before, after := cellsOf(t, body), cellsOf(t, marked)
		for at, want := range before {
			if after[at] != want {
				t.Fatalf("%s: %s, was %s", at, after[at], want)
			}
		}
		again, err := Annotate(marked, madeAnnotation(), Limits{})
		if err != nil || !bytes.Equal(again, marked) {
			t.Fatalf("annotated twice: %v, %d bytes, once %d", err, len(again), len(marked))
		}
	})
}
