package spec

import (
	"slices"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// TestRequestSaysItOnce: a mistake is told where it was made, and not again where
// something was to be worked out from it; what a request names and is not known
// keeps what depends on it from being judged.
func TestRequestSaysItOnce(t *testing.T) {
	def := &report.Definition{Code: "thu", Version: "1", Sheets: []report.Sheet{{Name: "Biểu 1", Places: []string{"99"}}}}
	reg := (&report.Register{
		Code: "tinh", Version: "1", Agencies: []report.Agency{{Code: "syt"}},
		Places: []report.Place{{Code: "30", Level: report.LevelProvince}},
	}).Index()
	uncounted := calendar.DueRule{Wording: calendar.Within, WorkingDays: 5}
	for _, c := range []struct {
		name   string
		change func(r *report.Request)
		def    *report.Definition
		reg    *report.Register
		want   []fault.Code
	}{
		{"no due day", func(r *report.Request) { r.Due = calendar.DueRule{} }, def, nil, []fault.Code{fault.RegisterUnknown, fault.FieldMissing}},
		{"a due rule that says two things", func(r *report.Request) { r.Due.Day = 5 }, def, nil, []fault.Code{fault.RegisterUnknown, fault.FieldWrongType}},
		{"counted from a period that is none", func(r *report.Request) { r.Period, r.Due = "quý 1", uncounted }, def, nil,
			[]fault.Code{fault.RegisterUnknown, fault.FieldWrongType}},
		{"counted from no period", func(r *report.Request) { r.Period, r.Due = "", uncounted }, def, nil, []fault.Code{fault.RegisterUnknown, fault.DueUncountable}},
		{"past the holidays that are fixed", func(r *report.Request) { r.Period, r.Due = "2077-M01", uncounted }, def, nil,
			[]fault.Code{fault.RegisterUnknown, fault.DueUncountable}},
		{"the same by a definition that is not known", func(r *report.Request) { r.Period, r.Due = "2077-M01", uncounted }, nil, nil,
			[]fault.Code{fault.RegisterUnknown, fault.DefinitionUnknown}},
		{"places that the register does not have", func(*report.Request) {}, def, reg, []fault.Code{fault.ReferenceUnknown}},
		{"places of a definition that is not known", func(*report.Request) {}, nil, reg, []fault.Code{fault.DefinitionUnknown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &report.Request{
				Code: "ky-1", Title: report.Text{VI: "Kỳ thử"}, Definition: "thu", Version: "1", Register: "tinh", Registered: "1", Place: "30",
				Issuer: report.Issuer{Name: "Sở Lao động"}, Period: "2021-Q1", Agencies: []string{"syt"},
				Due: calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2021-04-30")},
			}
			c.change(r)
			var got []fault.Code
			for _, f := range ValidateRequest(r, c.def, c.reg) {
				got = append(got, f.Code)
			}
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
