package export

import (
	"tonghop/report"
	"tonghop/report/calendar"
)

// FileName says what the workbook of a summary should be called:
// tong-hop_ngay-ctxh-2021_tam-tinh_2021-03-30.xlsx. The day is the one the
// figures speak of, in Vietnam. Only letters that every file system takes.
func FileName(s *report.Summary) string {
	name := "tong-hop_" + s.Request.Code
	if s.Provisional {
		name += "_tam-tinh"
	}
	return name + "_" + calendar.DateOf(s.AsOf, nil).String() + ".xlsx"
}
