package codec

import (
	"tonghop/report/fault"
)

// writeFinding writes a fault as data; its words are made from the catalogue
// when somebody reads it (law 7).
func writeFinding(w *writer, f *fault.Fault) {
	writeTexts(w, string(f.Code), string(f.Severity), f.File, f.Sheet, f.Cell)
	w.number(6, int64(f.Line))
	w.number(7, int64(f.Column))
	for _, cell := range f.Related {
		w.textItem(8, cell)
	}
	for _, a := range f.Args {
		w.item(9, func(w *writer) { writeTexts(w, a.Name, a.Value, a.EN) })
	}
}

func readFinding(r *reader) (f fault.Fault) {
	for r.next() {
		switch r.field {
		case 1:
			f.Code = fault.Code(r.text())
		case 2:
			f.Severity = fault.Severity(r.text())
		case 3:
			f.File = r.text()
		case 4:
			f.Sheet = r.text()
		case 5:
			f.Cell = r.text()
		case 6:
			f.Line = r.count()
		case 7:
			f.Column = r.count()
		case 8:
			f.Related = append(f.Related, r.textItem())
		case 9:
			r.item(func(r *reader) {
				var a fault.Arg
				readTexts(r, &a.Name, &a.Value, &a.EN)
				f.Args = append(f.Args, a)
			})
		default:
			r.unknown()
		}
	}
	return f
}
