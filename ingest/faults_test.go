package ingest

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// raising has an input for every code that reading an upload can raise: an
// archive of testdata/reading, or a function that reads something worse.
var raising = []struct {
	code    fault.Code
	archive string
	read    func(t *testing.T) report.Checked
}{
	{code: fault.FileEmpty, read: readBytes("")},
	{code: fault.FileTooLarge, read: readLimited(xlsx.Limits{FileBytes: 100})},
	{code: fault.FileNotSpreadsheet, read: readBytes("%PDF-1.4\n%âãÏÓ\n")},
	{code: fault.FileDamaged, read: readBytes("PK\x03\x04 and no more")},
	{code: fault.FileSheetDamaged, read: readParts(map[string]string{"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1"><v>1</v></c>`)})},
	{code: fault.FileInflatesTooFar, read: readLimited(xlsx.Limits{InflatedBytes: 1000})},
	{code: fault.FilePassword, read: readRefusal(xlsx.KindEncrypted)},
	{code: fault.FileOldExcel, read: readBytes("\x09\x00\x04\x00\x02\x00\x10\x00")},
	{code: fault.FileCSV, read: readBytes("Kính gửi: Sở Y tế, Sở Tài chính,\nĐề nghị báo cáo, chậm nhất ngày 30.\n")},
	{code: fault.FileCodePage, read: readBytes("x\xe3;1\n")},
	{code: fault.FileODS, read: readBytes(`<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`)},
	{code: fault.FileWebPage, read: readBytes("<html><table><tr><td>1</td></tr></table></html>")},
	{code: fault.FileTooManyParts, read: readLimited(xlsx.Limits{Parts: 2})},
	{code: fault.FileTooManyCells, read: readLimited(xlsx.Limits{GridCells: 3})},
	{code: fault.FileTooMuchText, read: readLimited(xlsx.Limits{StringBytes: 3})},
	{code: fault.FileTooMany, read: readLimited(xlsx.Limits{CellRunes: 3})},
	{code: fault.FileNestedTooDeep, read: readLimited(xlsx.Limits{Depth: 2})},
	{code: fault.FileForbiddenMarkup, read: readParts(map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>` + sheetXML("")})},
	{code: fault.FileCellOffGrid, read: readParts(map[string]string{"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="ZZZZ9"><v>1</v></c></row></sheetData></worksheet>`)})},
	{code: fault.FileNoSheet, read: readParts(map[string]string{"xl/worksheets/sheet1.xml": sheetXML(`</sheetData></worksheet>`)})},
	{code: fault.FileBlankTemplate, read: func(t *testing.T) report.Checked {
		env := testEnv(t, "places")
		return Read(Upload{Body: templateOf(t, env, TemplateOptions{})}, env)
	}},
	{code: fault.FileExtensionDiffers, read: func(t *testing.T) report.Checked {
		env := testEnv(t, "places")
		return Read(Upload{Name: "bao-cao.XLS", Body: templateOf(t, env, TemplateOptions{Nil: true})}, env)
	}},
	{code: fault.FileMacros, read: func(t *testing.T) report.Checked {
		p := filledPaper(t, "places")
		p.macros = true
		return p.read()
	}},
	{code: fault.FileReadFailed, read: func(t *testing.T) report.Checked {
		env := testEnv(t, "places")
		env.Previous = lookUp(func() { panic("the books are on fire") })
		env.Definition.Rules = append(env.Definition.Rules, report.Rule{Code: "R9", Check: "[1.01] >= prev([1.01])"})
		return Read(Upload{Via: report.ViaForm, Body: []byte(`{"values":[{"indicator":"1.01","value":"1"}]}`)}, env)
	}},
	{code: fault.RequestUnknown, read: func(*testing.T) report.Checked { return Read(Upload{}, Env{}) }},
	{code: fault.DefinitionUnknown, read: func(*testing.T) report.Checked { return Read(Upload{}, Env{Request: &report.Request{}}) }},
	{code: fault.RegisterUnknown, read: func(*testing.T) report.Checked {
		return Read(Upload{}, Env{Request: &report.Request{}, Definition: &report.Definition{}})
	}},

	{code: fault.MarkWrongForm, read: readMangled(func(p *paper) { p.mark("form", "khac") })},
	{code: fault.MarkWrongVersion, read: readMangled(func(p *paper) { p.mark("version", "0") })},
	{code: fault.MarkWrongAgency, read: readMangled(func(p *paper) { p.mark("agency", "bhd") })},
	{code: fault.MarkWrongRequest, read: readMangled(func(p *paper) { p.mark("request", "thu-2020") })},
	{code: fault.MarkBroken, read: readMangled(func(p *paper) { p.props[markPrefix+"form"] = "khac" })},

	{code: fault.SheetMissing, archive: "trong-tep-khac"},
	{code: fault.MatrixCellsNotAsked, archive: "ma-tran-la"},
	{code: fault.MatrixTotalUnproven, archive: "ma-tran-cong"},
	{code: fault.SheetUnknown, archive: "trong-tep-khac"},
	{code: fault.SheetRivals, archive: "trang-trung"},
	{code: fault.TableTurned, archive: "doi-chieu"},
	{code: fault.TableMissing, archive: "bang-bi-xoa"},
	{code: fault.HeaderMissing, archive: "hai-cot-so"},
	{code: fault.HeaderTwice, archive: "cot-la"},
	{code: fault.HeaderChanged, read: readMangled(func(p *paper) {
		row, col := p.at(1, "2.01")
		p.put(1, xlsx.Ref(row-1, col), "Số con gà")
	})},
	{code: fault.ColumnLeftOut, archive: "cot-la"},
	{code: fault.ColumnAsked, archive: "tieu-de-bo-ngoac"},
	{code: fault.RowAsked, archive: "dong-la"},
	{code: fault.ReadAsAnswered, archive: "hoi-tra-loi"},
	{code: fault.LeftOutAsAnswered, archive: "hoi-bo-ra"},
	{code: fault.AnswerDropped, archive: "hoi-cau-tra-loi-cu"},
	{code: fault.KeyMissing, archive: "tong-khong-nhan"},
	{code: fault.PlaceUnknown, archive: "dong-la"},
	{code: fault.PlaceTwice, archive: "dong-la"},
	{code: fault.PlaceNotAsked, archive: "dong-la"},
	{code: fault.PlaceEnded, archive: "dong-la"},
	{code: fault.NameAmbiguous, archive: "ten-trung"},
	{code: fault.NameCodeDiffer, archive: "dong-la"},
	{code: fault.UnitUnknown, archive: "danh-sach-don-vi"},
	{code: fault.UnitTwice, archive: "ten-trung"},
	{code: fault.UnitNotUnder, archive: "danh-sach-don-vi"},
	{code: fault.IndicatorUnknown, archive: "bieu-mau-json-sai"},
	{code: fault.IndicatorTwice, archive: "bieu-mau-json-sai"},
	{code: fault.IndicatorNotAsked, archive: "thieu-bat-buoc"},
	{code: fault.CellOutsideTable, archive: "o-lac-xa"},
	{code: fault.CellsLeftOut, archive: "theo-dia-ban"},
	{code: fault.ExplanationRead, archive: "trang-loi"},
	{code: fault.ExplanationShort, archive: "trang-loi"},
	{code: fault.ExplanationUnneeded, archive: "trang-loi"},
	{code: fault.ExplanationInVain, archive: "trang-loi"},
	{code: fault.ListPassedOver, archive: "trang-loi"},
	{code: fault.MergedFigures, archive: "gop-o-va-an"},
	{code: fault.HiddenFigures, archive: "gop-o-va-an"},

	{code: fault.NotANumber, archive: "so-kho-doc"},
	{code: fault.NotWhole, archive: "so-kho-doc"},
	{code: fault.Negative, archive: "so-kho-doc"},
	{code: fault.BelowMinimum, archive: "so-kho-doc"},
	{code: fault.AboveMaximum, archive: "so-kho-doc"},
	{code: fault.TooManyDecimals, archive: "so-kho-doc"},
	{code: fault.Required, archive: "thieu-bat-buoc"},
	{code: fault.NumberAmbiguous, archive: "so-kho-doc"},
	{code: fault.ErrorCell, archive: "so-kho-doc"},
	{code: fault.FormulaWithoutValue, archive: "so-kho-doc"},
	{code: fault.TextTooLong, archive: "so-kho-doc"},
	{code: fault.NotYesNo, archive: "so-kho-doc"},
	{code: fault.UnitDiffers, archive: "don-vi-sai"},
	{code: fault.NumberTooLarge, archive: "mau-thuan-so-lon"},
	{code: fault.DateForNumber, archive: "so-kho-doc"},
	{code: fault.NumberNotExact, archive: "so-kho-doc"},
	{code: fault.NumberWithWords, archive: "so-kho-doc"},
	{code: fault.PercentForNumber, archive: "so-kho-doc"},
	{code: fault.YesNoForNumber, archive: "so-kho-doc"},
	{code: fault.MarkNotTaken, archive: "dau-khong-dung"},
	{code: fault.TextRequired, read: func(t *testing.T) report.Checked {
		return Read(Upload{Via: report.ViaForm, Body: []byte(`{"values":[{"indicator":"1.19","value":"có"}]}`)}, example(t))
	}},
	{code: fault.TextBroken, archive: "mau-thuan-so-lon"},
	{code: fault.NilWithFigures, archive: "bieu-mau-json-mau-thuan"},
	{code: fault.ComputedFilled, archive: "phan-va-tong"},
	{code: fault.NotAnOption, archive: "so-kho-doc"},
	{code: fault.CopyOfLastPeriod, archive: "sao-chep-ky-truoc"},
	{code: fault.IndexSumDiffers, archive: "dong-so-cot"},

	{code: fault.RuleBroken, archive: "phan-va-tong"},
	{code: fault.RuleToExplain, archive: "phan-va-tong"},
	{code: fault.SumDiffers, archive: "phan-va-tong"},
	{code: fault.PartAboveWhole, archive: "phan-va-tong"},
	{code: fault.TotalRowDiffers, archive: "tong-khong-khop"},
	{code: fault.RuleOverflow, read: func(t *testing.T) report.Checked {
		env := testEnv(t, "places")
		env.Definition.Rules = append(env.Definition.Rules, report.Rule{Code: "R9", Check: "[1.01] * [1.01] > 0"})
		return Read(Upload{Via: report.ViaForm, Body: []byte(`{"values":[{"indicator":"1.01","value":"99999999999999999999999"}]}`)}, env)
	}},

	{code: fault.TextComposed, archive: "chu-to-hop"},
	{code: fault.SpacesTrimmed, archive: "chu-to-hop"},
	{code: fault.OldCodeRead, archive: "chu-tcvn3"},
	{code: fault.MisreadHealed, archive: "chu-tcvn3"},
	{code: fault.OldCodeDoubtful, archive: "chu-nghi"},
	{code: fault.LettersLost, archive: "chu-mat"},
	{code: fault.FigureImpossible, archive: "don-vi-cua-bieu"},
	{code: fault.PeriodDiffers, archive: "ky-khac"},
	{code: fault.UnitImpossible, archive: "don-vi-khong-the"},
	{code: fault.CellConverted, archive: "don-vi-trong-o"},
	{code: fault.NumberByColumn, archive: "so-theo-cot"},
	{code: fault.DigitsRounded, archive: "so-may-tinh"},
	{code: fault.NumberFromText, archive: "so-kho-doc"},
	{code: fault.NilUnderstood, archive: "theo-dia-ban"},
	{code: fault.NotCollectedUnderstood, archive: "theo-dia-ban"},
	{code: fault.NotApplicableUnderstood, archive: "theo-dia-ban"},
	{code: fault.NameMatched, archive: "theo-dia-ban"},
	{code: fault.UnitDropped, archive: "danh-sach-chi-tieu"},
	{code: fault.FormulaValueTaken, archive: "cong-thuc"},
	{code: fault.PercentTaken, archive: "so-kho-doc"},
	{code: fault.UnitOverridden, archive: "so-may-tinh"},
	{code: fault.ScaleConverted, archive: "danh-sach-don-vi"},
	{code: fault.ReadByHeadings, archive: "theo-dia-ban"},

	{code: fault.BadJSON, read: readForm(`{"values": [}`)},
	{code: fault.FieldUnknown, archive: "bieu-mau-json-sai"},
	{code: fault.FieldMissing, archive: "bieu-mau-json-sai"},
	{code: fault.FieldWrongType, archive: "bieu-mau-json-sai"},
}

func TestEveryFaultIsRaised(t *testing.T) {
	for _, tt := range raising {
		t.Run(string(tt.code), func(t *testing.T) {
			var got report.Checked
			if tt.read != nil {
				got = tt.read(t)
			} else {
				ar, err := txtar.ParseFile(filepath.Join("testdata/reading", tt.archive+".txtar"))
				if err != nil {
					t.Fatal(err)
				}
				got = readArchive(t, ar)
			}
			if !slices.ContainsFunc(got.Draft.Findings, func(f fault.Fault) bool { return f.Code == tt.code }) {
				t.Errorf("not among the findings:\n%s", describe(got))
			}
			if blocks := got.Draft.Findings.Blocks(); blocks != (got.Outcome == report.Refused) {
				t.Errorf("outcome %s with findings that block: %t (law 3)", got.Outcome, blocks)
			}
		})
	}
}

// Every code that the reading files name has an input above.
func TestTheTableOfFaultsIsWhole(t *testing.T) {
	known := map[string]bool{}
	for _, tt := range raising {
		info, _ := tt.code.Info()
		known[info.Name] = true
	}
	codes := map[string]bool{}
	for _, info := range fault.All() {
		codes[info.Name] = true
	}
	named := regexp.MustCompile(`fault\.([A-Z][A-Za-z]+)`)
	for _, file := range []string{"account.go", "check.go", "columns.go", "form.go", "headers.go", "json.go", "layout.go", "mapped.go", "marked.go", "marks.go", "note.go", "period.go", "plan.go", "read.go",
		"reading.go", "resolve.go", "rows.go", "single.go", "totals.go", "units.go", "value.go", "sheet/book.go", "sheet/changes.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllSubmatch(source, -1) {
			if name := string(m[1]); codes[name] && !known[name] {
				t.Errorf("%s raises %s, and nothing in the table does", file, name)
			}
		}
	}
}

// readBytes reads bytes as they are.
func readBytes(body string) func(*testing.T) report.Checked {
	return func(t *testing.T) report.Checked {
		return Read(Upload{Name: "bao-cao.xlsx", Body: []byte(body)}, testEnv(t, "places"))
	}
}

func readForm(body string) func(*testing.T) report.Checked {
	return func(t *testing.T) report.Checked {
		return Read(Upload{Via: report.ViaForm, Body: []byte(body)}, testEnv(t, "places"))
	}
}

// readLimited reads a good template under limits that it passes.
func readLimited(limits xlsx.Limits) func(*testing.T) report.Checked {
	return func(t *testing.T) report.Checked {
		env := testEnv(t, "places")
		body := templateOf(t, env, TemplateOptions{})
		env.Limits = limits
		return Read(Upload{Body: body}, env)
	}
}

func readMangled(mangle func(*paper)) func(*testing.T) report.Checked {
	return func(t *testing.T) report.Checked {
		p := filledPaper(t, "places")
		mangle(p)
		return p.read()
	}
}

// readRefusal reads what package xlsx refuses with a kind that takes a whole
// compound file to provoke.
func readRefusal(kind xlsx.ErrorKind) func(*testing.T) report.Checked {
	return func(t *testing.T) report.Checked {
		return stopped(Upload{}, testEnv(t, "places"), *refusalOf(kind))
	}
}

// readZip reads a zip of the given parts.
func readZip(parts map[string]string) func(*testing.T) report.Checked {
	return func(t *testing.T) report.Checked {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		for name, body := range parts {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: time.Date(2021, 3, 25, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return Read(Upload{Body: buf.Bytes()}, testEnv(t, "places"))
	}
}

// readParts reads the smallest workbook, with some of its parts replaced.
func readParts(replaced map[string]string) func(*testing.T) report.Checked {
	const ns = `http://schemas.openxmlformats.org/`
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="` + ns + `package/2006/content-types"/>`,
		"_rels/.rels": `<Relationships xmlns="` + ns + `package/2006/relationships"><Relationship Id="r1" Type="` + ns +
			`officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + ns + `package/2006/relationships"><Relationship Id="r1" Type="` + ns +
			`officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="` + ns + `spreadsheetml/2006/main" xmlns:r="` + ns +
			`officeDocument/2006/relationships"><sheets><sheet name="Biểu 1" sheetId="1" r:id="r1"/></sheets></workbook>`,
	}
	for name, body := range replaced {
		parts[name] = body
	}
	return readZip(parts)
}

// sheetXML begins a sheet; how it ends is up to the test.
func sheetXML(rest string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rest
}

func refusalOf(kind xlsx.ErrorKind) *fault.Fault {
	return sheet.Refusal(&xlsx.Error{Kind: kind}, xlsx.Limits{})
}
