package ingest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// saveAs has LibreOffice save a workbook in another format; filter is what
// LibreOffice calls it. Where the tests are run for good LibreOffice has to be
// there; on a machine without it they are left out.
func saveAs(t *testing.T, workbook []byte, ext, filter string) []byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("soffice is not installed")
	} else if err != nil {
		t.Fatalf("soffice is not installed: %v", err)
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "bao-cao.xlsx")
	if err := os.WriteFile(source, workbook, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out := filepath.Join(dir, "out")
	if text, err := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", ext+":"+filter, "--outdir", out, source).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	saved, err := os.ReadFile(filepath.Join(out, "bao-cao."+ext))
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// said gives what the facts of an upload say, without where.
func said(c report.Checked) (out []report.Fact) {
	for _, f := range c.Draft.Facts.List() {
		f.Source = report.Source{}
		out = append(out, f)
	}
	return out
}

// TestSavedInTheOldFormat: a form of ours, and a table of an office's own, say the
// same when they were saved as .xls.
func TestSavedInTheOldFormat(t *testing.T) {
	form := testEnv(t, "places")
	filled := templateOf(t, form, TemplateOptions{Values: map[Spot]report.Value{
		{form.Agency, "30T", "1.01"}: report.NumberOf(decimal.FromInt(3)),
		{form.Agency, "288", "2.01"}: report.NumberOf(decimal.FromInt(1234)),
	}})
	for _, tt := range []struct {
		name string
		body []byte
		env  Env
	}{
		{"our form", filled, form},
		{"a table of their own", officePaper(t), officeEnv()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := Read(Upload{Name: "bao-cao.xlsx", Body: tt.body}, tt.env)
			got := Read(Upload{Name: "bao-cao.xls", Body: saveAs(t, tt.body, "xls", "MS Excel 97")}, tt.env)
			if want.Draft.Facts.Len() == 0 {
				t.Fatal("nothing is said at all")
			}
			if got.Outcome != want.Outcome || !slices.Equal(said(got), said(want)) {
				t.Errorf("%s: %v\nsays %v\nwant %v", got.Outcome, got.Draft.Findings, said(got), said(want))
			}
			for _, f := range got.Draft.Findings {
				if f.Code == fault.FileExtensionDiffers {
					t.Error("the name was found not to fit")
				}
			}
		})
	}
}

// TestSavedAsText: the same table as CSV, with decimal points and with what a
// Vietnamese Excel writes.
func TestSavedAsText(t *testing.T) {
	body, env := officePaper(t), officeEnv()
	want := Read(Upload{Name: "bao-cao.xlsx", Body: body}, env)
	// Separator, quotation mark, encoding, first line, formats of columns, language,
	// all texts in quotation marks, cells as they are shown.
	for name, options := range map[string]string{
		"semicolons, UTF-8":    "59,34,76,1,,1033,true,false",
		"commas, UTF-8":        "44,34,76,1,,1033,false,false",
		"tabs, UTF-16":         "9,34,65535,1,,1033,false,false",
		"Vietnamese, as shown": "59,34,76,1,,1066,false,true",
	} {
		t.Run(name, func(t *testing.T) {
			got := Read(Upload{Name: "bao-cao.csv", Body: saveAs(t, body, "csv", "Text - txt - csv (StarCalc):"+options)}, env)
			if got.Outcome != want.Outcome || !slices.Equal(said(got), said(want)) {
				t.Errorf("%s: %v\nsays %v\nwant %v", got.Outcome, got.Draft.Findings, said(got), said(want))
			}
		})
	}
}
