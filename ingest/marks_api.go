package ingest

import (
	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// Marks say which form a workbook is and whose: they were put into the template
// it was made from, unseen by who fills it in.
type Marks struct{ Definition, Version, Request, Agency string }

// ReadMarks reads the marks of a workbook. What is wrong with it is a
// [fault.Fault]: it cannot be opened, carries no marks ([fault.MarkMissing]), or
// marks that cannot be believed.
func ReadMarks(body []byte) (Marks, error) {
	book, stop := sheet.Open(body, xlsx.Limits{})
	if stop != nil {
		return Marks{}, *stop
	}
	m, ok, broken := readFormMark(book)
	switch {
	case broken != nil:
		return Marks{}, *broken
	case !ok:
		return Marks{}, fault.New(fault.MarkMissing)
	}
	return Marks{Definition: m.form, Version: m.version, Request: m.request, Agency: m.agency}, nil
}
