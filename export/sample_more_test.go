package export

import (
	"fmt"
	"slices"

	"tonghop/report"
	"tonghop/report/decimal"
)

// tied is a summary full of quotients in the very middle between two rounded
// ones, and of sums that binary fractions would miss.
func tied() *report.Summary {
	d := &report.Definition{Code: "d", Version: "1", Calendar: "d09", Indicators: []report.Indicator{
		{Code: "1", Name: report.Text{VI: "Tử số"}, Type: report.TypeInt, By: report.ByPlace},
		{Code: "2", Name: report.Text{VI: "Mẫu số"}, Type: report.TypeInt, By: report.ByPlace},
		{
			Code: "3", Name: report.Text{VI: "Tỷ lệ"}, Unit: "%", Type: report.TypeDec, Scale: 1, By: report.ByPlace, Num: "1", Den: "2", Factor: 100,
			Roll: report.Roll{Agency: report.RollRatio, Place: report.RollRatio},
		},
		{Code: "4", Name: report.Text{VI: "Tiền"}, Unit: "đồng", Type: report.TypeDec, Scale: 3, By: report.ByPlace},
		{Code: "5", Name: report.Text{VI: "Số rất lớn"}, Unit: "đồng", Type: report.TypeInt, By: report.ByAgency},
	}}
	b := newBuilder(d, sampleRegister(), sampleRequest())
	for i, agency := range b.Request.Agencies {
		b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1})
		for n := range 13 {
			place := b.Register.Places[n+1].Code
			add := func(code string, v decimal.Decimal) {
				b.Sources = append(b.Sources, report.SourceLine{Agency: agency, Version: 1, Fact: report.Fact{
					Unit: agency, Place: place, Indicator: code, Value: report.NumberOf(v), Source: report.Source{Text: v.String()},
				}})
			}
			add("1", decimal.FromInt(int64(2*n+2*i+1)))
			add("2", decimal.FromInt(400))
			add("4", decimal.New(int64(n*1009+i*7+1), 3))
			if n == 12 {
				add("5", decimal.MustParse([]string{"123456789012345", "1234567890123456", "12"}[i%3]))
			}
		}
	}
	return b.finish()
}

// crowd is a summary with so many agencies that they have a sheet of their own.
func crowd(agencies int) *report.Summary {
	req, reg := sampleRequest(), sampleRegister()
	req.Agencies, reg.Agencies = nil, nil
	for i := range agencies {
		code := fmt.Sprintf("dv%03d", i)
		req.Agencies = append(req.Agencies, code)
		reg.Agencies = append(reg.Agencies, report.Agency{Code: code, Name: report.Text{VI: fmt.Sprintf("Ủy ban nhân dân xã số %d", i+1)}, Short: fmt.Sprintf("UBND xã %d", i+1)})
	}
	d := sampleDefinition()
	d.Indicators = slices.DeleteFunc(d.Indicators, func(ind report.Indicator) bool {
		return ind.Type != report.TypeText && ind.By == report.ByPlace && ind.Code != "2.04" && ind.Code != "1.02"
	})
	b := newBuilder(d, reg.Index(), req)
	for i, agency := range req.Agencies {
		st := report.AgencyStatus{Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1, File: agency + ".xlsx", SHA256: hashOf(agency)}
		if i%7 == 3 {
			st = report.AgencyStatus{Agency: agency, State: report.AgencyMissing}
		} else {
			b.facts(agency, st.File, 1)
		}
		b.Agencies = append(b.Agencies, st)
	}
	return b.finish()
}
