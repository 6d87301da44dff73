package xlsx

import (
	"bytes"
	"errors"
	"os"
	"path"
	"path/filepath"
	"testing"
)

// readAll opens a workbook and reads every sheet and property, as the most
// curious caller would, and gives the number of cells with content.
func readAll(b []byte) (cells int, err error) {
	wb, err := openBytes(b)
	if err != nil {
		return 0, err
	}
	for i := range wb.Sheets {
		g, err := wb.Grid(i)
		if err != nil {
			return 0, err
		}
		cells += len(g.Cells)
	}
	if _, err := wb.CoreProps(); err != nil {
		return 0, err
	}
	_, err = wb.CustomProps()
	return cells, err
}

// hostileKinds says with what a hostile file is refused, where its ending alone
// does not tell.
var hostileKinds = map[string]ErrorKind{
	"calamine/issue_594_dos.ods":                                             KindTooManyCells,
	"calamine/issue_385.xls":                                                 KindEncrypted,
	"calamine/too_small.xls":                                                 KindCSV, // a mail
	"exceldatareader/Test_git_issue_242_xor_pwd_password.xls":                KindEncrypted,
	"exceldatareader/Test_git_issue_368_formats.xls":                         KindLegacyXLS,
	"exceldatareader/Test_git_issue_368_header.xls":                          KindLegacyXLS, // Excel 2 in a record of Excel 5
	"exceldatareader/Test_git_issue_368_ixfe.xls":                            KindLegacyXLS,
	"exceldatareader/Test_git_issue_368_label_xf.xls":                        KindLegacyXLS,
	"exceldatareader/Test_git_issue_375_ixfe_rowmap.xls":                     KindLegacyXLS,
	"exceldatareader/Test_git_issue_382_oom.xls":                             KindDamaged, // a directory that is its own table
	"exceldatareader/Test_git_issue_466_biff3.xls":                           KindLegacyXLS,
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-4819588401201152.xls":  KindDamaged,
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-5816431116615680.xls":  KindDamaged,
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-6322470200934400.xls":  KindDamaged,
	"exceldatareader/EmptyZipFile.xlsb":                                      KindNotSpreadsheet,
	"exceldatareader/Fillreport.xlsx":                                        KindBadRef, // r="0"
	"exceldatareader/agile_AES128_SHA384_CBC_pwd_password.xlsx":              KindEncrypted,
	"exceldatareader/agile_AES256_SHA512_CBC_pwd_password.xlsb":              KindEncrypted,
	"exceldatareader/agile_DESede_SHA384_CBC_pwd_password~7aa7.xlsx":         KindEncrypted,
	"exceldatareader/simple_whitespace_null.csv":                             KindNotSpreadsheet, // bytes of nought
	"exceldatareader/standard_AES192_SHA1_ECB_pwd_password.xlsb":             KindEncrypted,
	"excelize/encryptSHA512.xlsx":                                            KindEncrypted,
	"poi/54764.xlsx":                                                         KindDOCTYPE,
	"poi/poc-xmlbomb.xlsx":                                                   KindDOCTYPE,
	"poi/poc-xmlbomb-empty.xlsx":                                             KindDOCTYPE,
	"poi/SampleSS.xml":                                                       KindXML2003,
	"poi/quick.xml":                                                          KindNotSpreadsheet,
	"poi/crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx":                KindEncrypted,
	"poi/invalid.xlsx":                                                       KindNotSpreadsheet,
	"poi/protect.xlsx":                                                       KindEncrypted,
	"poi/clusterfuzz-testcase-minimized-POIFuzzer-5040805309710336.xlsx":     KindNotSpreadsheet,
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-4828727001088000.xlsx": KindDamaged,
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx": KindDamaged,
	"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-6419366255919104.xlsx": KindDamaged,
}

// excelizeLoses are files that excelize reads as empty, without an error, with
// the cells that are there.
var excelizeLoses = map[string]int{
	"calamine/empty_s_attribute.xlsx":         10,
	"exceldatareader/Test_git_issue_629.xlsx": 54,
}

// endingKinds are the kinds for the endings of other formats.
var endingKinds = map[string]ErrorKind{
	".xlsb": KindXLSB, ".ooxml": KindNotSpreadsheet,
}

// hostileCells are the cells of files that excelize does not read. Whether they
// are the right ones is held against LibreOffice in another test.
var hostileCells = map[string]int{
	"calamine/special_cells.ods":                             5,
	"MANIFEST.csv":                                           510,
	"calamine/issue127.xls":                                  0,
	"calamine/issue_643_biff5_formula.xls":                   13,
	"calamine/malformed_format.xls":                          683,
	"exceldatareader/Test_git_issue_270.xls":                 1,
	"exceldatareader/Test_git_issue_283_TimeSpan.xls":        36,
	"exceldatareader/Test_git_issue_477_sst_wrong_count.xls": 71,
	"exceldatareader/cp1252.csv":                             9,
	"poi/27272_1.xls":                                        0,
	"poi/39234.xls":                                          0,
	"poi/44010-SingleChart.xls":                              82,
	"poi/44010-TwoCharts.xls":                                82,
	"poi/44643.xls":                                          0,
	"poi/45290.xls":                                          461,
	"poi/49761.xls":                                          1, // a number that is none
	"poi/51535.xls":                                          4,
	"poi/TestBug44375.xls":                                   0,
	"poi/WrongFormulaRecordType.xls":                         12,
	"poi/clusterfuzz-testcase-minimized-POIHSSFFuzzer-5285517825277952.xls": 4,
}

// TestHostileFiles reads every hostile file in bounded time and memory. Each is
// refused for the right reason, or gives the cells that excelize finds.
func TestHostileFiles(t *testing.T) {
	dir := sharedData(t, filepath.Join("readers", "hostile"))
	for _, file := range filesUnder(t, dir, "") {
		name, err := filepath.Rel(dir, file)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, listed := hostileKinds[name]
			if !listed {
				want = endingKinds[path.Ext(name)]
			}
			cells := 0
			withinBounds(t, func() { cells, err = readAll(b) })
			if KindOf(err) != want || err != nil && !errors.Is(err, want) {
				t.Fatalf("%d cells, %v, want %q", cells, err, want)
			}
			n, counted := excelizeLoses[name]
			if !counted {
				n, counted = hostileCells[name]
			}
			if counted && cells != n {
				t.Errorf("%d cells, want %d", cells, n)
			} else if err == nil && !counted {
				compareWithExcelize(t, b)
			}
		})
	}
}

// TestSniffForeignFiles tells the formats of files by what is in them.
func TestSniffForeignFiles(t *testing.T) {
	want := map[string]Format{".xlsx": FormatXLSX, ".xls": FormatXLS, ".ods": FormatODS}
	dir := sharedData(t, filepath.Join("readers", "wellformed"))
	for _, file := range append(filesUnder(t, dir, ".xlsx", ".xls", ".ods"), filesUnder(t, sharedData(t, "real"), ".xlsx", ".xls")...) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := Sniff(bytes.NewReader(b), int64(len(b))); got != want[filepath.Ext(file)] {
			t.Errorf("%s is %s", filepath.Base(file), got)
		}
	}
}
