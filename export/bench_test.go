package export

import (
	"fmt"
	"io"
	"slices"
	"testing"

	"tonghop/report"
)

// BenchmarkWorkbook is the sample: nine agencies, thirteen places, fifty
// indicators, two thousand sources.
func BenchmarkWorkbook(b *testing.B) {
	s := sample()
	b.ReportMetric(float64(len(s.Sources)), "sources")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Workbook(s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSources grows by the number of sources: the cost of each must not.
func BenchmarkSources(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := manySources(n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Workbook(s); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/source")
		})
	}
}

func BenchmarkCSV(b *testing.B) {
	rows := slices.Repeat([]Row{{
		Agency: "syt", AgencyName: "Sở Y tế", Place: "288", PlaceName: "Thành phố Hải Dương", Indicator: "2.04",
		IndicatorName: "Tổng giá trị hỗ trợ", IndicatorUnit: "triệu đồng", Value: num("1234.5"), Heard: 7, Asked: 9,
	}}, 1000)
	for b.Loop() {
		if err := CSV(io.Discard, slices.Values(rows), Columns{}, Plain); err != nil {
			b.Fatal(err)
		}
	}
}

// manySources is a list of facilities: one insurer's figures of many units.
func manySources(n int) *report.Summary {
	d := &report.Definition{Code: "kcb", Version: "1", Indicators: []report.Indicator{
		{Code: "1", Name: report.Text{VI: "Số lượt khám, chữa bệnh"}, Unit: "lượt", Type: report.TypeInt, By: report.ByUnit},
		{Code: "2", Name: report.Text{VI: "Chi phí khám, chữa bệnh"}, Unit: "đồng", Type: report.TypeDec, Scale: 2, By: report.ByUnit},
	}}
	b := newBuilder(d, sampleRegister(), sampleRequest())
	for _, agency := range b.Request.Agencies {
		b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1})
	}
	for i := range n {
		agency, place := b.Request.Agencies[i/2%9], b.Register.Places[1+i/18%13].Code
		ind := b.Indicators[i%2]
		b.fact(agency, agency+".xlsx", 1, ind, place, fmt.Sprintf("C%d", i+8))
		b.Sources[i].Unit = fmt.Sprintf("%05d", i/2)
	}
	return b.finish()
}
