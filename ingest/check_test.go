package ingest

import (
	"testing"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// TestRequiredSaysWhatToFill: nobody is told to answer a question of yes or no
// with nought.
func TestRequiredSaysWhatToFill(t *testing.T) {
	env := testEnv(t, "places")
	env.Definition.Indicator("1.03").Required = true // yes or no, as 1.01 is a number
	body := templateOf(t, env, TemplateOptions{Values: map[Spot]report.Value{{"syt", "288", "2.01"}: report.NumberOf(decimal.FromInt(5))}})
	said := map[string]string{}
	for _, f := range Read(Upload{Body: body}, env).Draft.Findings {
		if f.Code == fault.Required {
			name, _ := f.Arg("label")
			said[name] = f.FixVI()
		}
	}
	want := map[string]string{
		"1.01 Số văn bản đã ban hành":      "Không để trống: nhập số liệu, hoặc 0 hay dấu “-” nếu không có gì.",
		"1.03 Bảo đảm quy định phòng dịch": "Không để trống: nhập “có” hoặc “không”.",
	}
	for label, fix := range want {
		if said[label] != fix {
			t.Errorf("%s: %q, want %q", label, said[label], fix)
		}
	}
	if len(said) != len(want) {
		t.Errorf("said %q", said)
	}
}
