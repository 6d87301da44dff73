package export

import (
	"tonghop/report"
	"tonghop/report/calendar"
)

// FileName says what the workbook of a summary should be called:
// tong-hop_ngay-ctxh-2021_tam-tinh_2021-03-30.xlsx. The day is the one the
// figures speak of, in Vietnam. Only letters that every file system takes. Figures
// of approved reports alone say so while others still wait, so that they never
// take the place of the figures of all.
func FileName(s *report.Summary) string {
	name := "tong-hop_" + s.Request.Code
	if s.Provisional {
		name += "_tam-tinh"
		if s.Official {
			name += "_da-duyet"
		}
	}
	return name + "_" + calendar.DateOf(s.AsOf, nil).String() + ".xlsx"
}
