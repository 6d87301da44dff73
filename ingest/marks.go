package ingest

import (
	"strconv"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/report/fault"
)

// The marks a template carries, unseen by who fills it in. Each sheet begins
// with a hidden row and a hidden column of codes that say what every column and
// every row is, so that rows and columns may be put in or moved and are still
// known; their corner names the sheet. A sheet that cannot be shown, and once
// more the document's properties, say which form this is and whose.
const (
	markVersion = "1"                                  // of the marks themselves
	markPrefix  = "tonghop."                           // of the names of document properties
	cornerText  = sheet.CornerMark + markVersion + ":" // in the corner of each sheet, before its number
)

// What the codes of rows and columns say besides naming an indicator, a place
// or a unit. None of them is a code.
const (
	markFurniture = "#"     // headings, numbering, units
	markHead      = "#head" // the row, or the column, that names what is along it
	markCode      = "#code" // the column of codes
	markTotal     = "+"     // adds up others
	markValue     = "="     // the single column of values
	markNil       = "?nil"  // the row that says that nothing occurred at all
)

// formMark says which form a workbook is.
type formMark struct{ form, version, request, agency string }

// markFields gives the fields by name, in the order in which they are written
// and judged.
func (m *formMark) fields() []struct {
	name  string
	value *string
} {
	return []struct {
		name  string
		value *string
	}{{"form", &m.form}, {"version", &m.version}, {"request", &m.request}, {"agency", &m.agency}}
}

// readFormMark finds the mark of a workbook. ok is false when it carries none;
// the fault is set when it carries one that cannot be believed.
func readFormMark(b *sheet.Book) (mark formMark, ok bool, broken *fault.Fault) {
	var onSheet, inProps formMark
	for _, s := range b.Sheets {
		if s.Name == sheet.MarkSheet && s.Hidden {
			onSheet = markOnSheet(s)
		}
	}
	for _, f := range inProps.fields() {
		*f.value = b.Props[markPrefix+f.name]
	}
	switch {
	case onSheet == (formMark{}) && inProps == (formMark{}):
		return formMark{}, false, nil
	case onSheet == (formMark{}):
		onSheet = inProps
	case inProps != (formMark{}) && inProps != onSheet:
		f := fault.New(fault.MarkBroken, fault.A("got", onSheet.form+" / "+inProps.form))
		return formMark{}, true, &f
	}
	for _, f := range onSheet.fields() {
		if *f.value == "" {
			broken := fault.New(fault.MarkBroken, fault.A("got", onSheet.form))
			return formMark{}, true, &broken
		}
	}
	return onSheet, true, nil
}

// markOnSheet reads names and values from the first two columns of the sheet of
// marks.
func markOnSheet(s *sheet.Sheet) formMark {
	var m formMark
	for _, row := range s.RowNumbers(1) {
		name, value := s.At(row, 1), s.At(row, 2)
		if name == nil || value == nil {
			continue
		}
		for _, f := range m.fields() {
			if f.name == name.Text {
				*f.value = value.Text
			}
		}
	}
	return m
}

// judgeMark says why a form is not the one that is awaited: another form, an
// older version, of another request, of another agency.
func (r *reading) judgeMark(m formMark) (wrong *fault.Fault) {
	args := func(got, expected string) []fault.Arg {
		return []fault.Arg{fault.A("got", got), fault.A("expected", expected)}
	}
	var f fault.Fault
	switch {
	case m.form != r.def.Code:
		f = fault.New(fault.MarkWrongForm, args(m.form, r.def.Code)...)
	case m.version != r.def.Version:
		f = fault.New(fault.MarkWrongVersion, args(m.version, r.def.Version)...)
	case m.agency != r.agency:
		f = fault.New(fault.MarkWrongAgency, args(r.reg.AgencyName(m.agency), r.reg.AgencyName(r.agency))...)
	case m.request != r.req.Code:
		f = fault.New(fault.MarkWrongRequest, args(m.request, r.req.Code)...)
	default:
		return nil
	}
	return &f
}

// corner finds the corner of the hidden row and column of a sheet, and which
// sheet of the form it is.
func corner(s *sheet.Sheet) (row, col, number int, ok bool) {
	c := s.Corner()
	if c == nil {
		return 0, 0, 0, false
	}
	n, err := strconv.Atoi(strings.TrimPrefix(c.Text, cornerText))
	if err != nil {
		return 0, 0, 0, false
	}
	return c.Row, c.Col, n, true
}
