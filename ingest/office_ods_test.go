package ingest

import (
	"reflect"
	"slices"
	"testing"

	"tonghop/report"
	"tonghop/report/decimal"
)

// TestSavedAsODS reads a workbook and what LibreOffice makes of it as .ods: the
// same facts from the same cells, and the same findings, whether the workbook
// carries our marks or is one of the office's own.
func TestSavedAsODS(t *testing.T) {
	template := func(form string) (Env, []byte) {
		env := testEnv(t, form)
		values := make(map[Spot]report.Value)
		for spot, n := range map[Spot]int64{
			{"syt", "30T", "1.01"}: 3, {"syt", "288", "2.01"}: 100, {"syt", "080", "2.01"}: 20,
			{"bv1", "288", "kb"}: 10, {"0102", "291", "kb"}: 4,
		} {
			if env.Definition.Indicator(spot.Indicator) != nil {
				values[spot] = report.NumberOf(decimal.FromInt(n))
			}
		}
		return env, templateOf(t, env, TemplateOptions{Values: values})
	}
	tests := map[string]func() (Env, []byte){
		"template":           func() (Env, []byte) { return template("places") },
		"table of an office": func() (Env, []byte) { return officeEnv(), officePaper(t) },
	}
	for name, make := range tests {
		t.Run(name, func(t *testing.T) {
			env, body := make()
			want := Read(Upload{ID: "u", Body: body}, env)
			got := Read(Upload{ID: "u", Body: saveAs(t, body, "ods", "calc8")}, env)
			if want.Draft.Facts.Len() == 0 {
				t.Fatalf("no facts: %v", want.Draft.Findings)
			}
			if got.Outcome != want.Outcome || got.Draft.Counts != want.Draft.Counts || !reflect.DeepEqual(got.Draft.Findings, want.Draft.Findings) {
				t.Errorf("%s, %+v, %v\nwant %s, %+v, %v", got.Outcome, got.Draft.Counts, got.Draft.Findings, want.Outcome, want.Draft.Counts, want.Draft.Findings)
			}
			if !slices.EqualFunc(got.Draft.Facts.List(), want.Draft.Facts.List(), sameFact) {
				t.Errorf("facts %+v\nwant %+v", got.Draft.Facts.List(), want.Draft.Facts.List())
			}
		})
	}
}

// sameFact compares two facts and where they come from. LibreOffice writes the
// same number with fewer noughts.
func sameFact(a, b report.Fact) bool {
	x, _, err1 := decimal.FromStored(a.Source.Text)
	y, _, err2 := decimal.FromStored(b.Source.Text)
	if err1 == nil && err2 == nil && x.Cmp(y) == 0 {
		a.Source.Text = b.Source.Text
	}
	return reflect.DeepEqual(a, b)
}
