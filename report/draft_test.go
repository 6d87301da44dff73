package report_test

import (
	"testing"

	"tonghop/report"
	"tonghop/report/fault"
)

func TestExplanationAnswers(t *testing.T) {
	f := fault.New(fault.RuleToExplain).At("Biểu 3", "M15")
	for name, tt := range map[string]struct {
		e    report.Explanation
		want bool
	}{
		"the cell":       {report.Explanation{Code: string(f.Code), Sheet: "Biểu 3", Cell: "M15"}, true},
		"all of a sheet": {report.Explanation{Code: string(f.Code), Sheet: "Biểu 3"}, true},
		"all of a code":  {report.Explanation{Code: string(f.Code)}, true},
		"another cell":   {report.Explanation{Code: string(f.Code), Sheet: "Biểu 3", Cell: "M16"}, false},
		"another sheet":  {report.Explanation{Code: string(f.Code), Sheet: "Biểu 2", Cell: "M15"}, false},
		"another code":   {report.Explanation{Code: "V301", Sheet: "Biểu 3", Cell: "M15"}, false},
	} {
		if got := tt.e.Answers(f); got != tt.want {
			t.Errorf("%s: %t, want %t", name, got, tt.want)
		}
	}
}
