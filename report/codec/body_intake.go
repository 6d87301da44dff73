package codec

import (
	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// writeTexts writes texts as the fields 1, 2, ...
func writeTexts(w *writer, texts ...string) {
	for i, s := range texts {
		w.text(protowire.Number(i+1), s)
	}
}

// readTexts reads what writeTexts wrote.
func readTexts(r *reader, texts ...*string) {
	for r.next() {
		if int(r.field) > len(texts) {
			r.unknown()
			continue
		}
		*texts[r.field-1] = r.text()
	}
}

func writeReceived(w *writer, b *report.Received) {
	writeTexts(w, b.Upload, b.Number, b.SHA256)
	w.number(4, b.Size)
	w.text(5, b.Name)
	w.text(6, b.Media)
	w.text(7, string(b.Via))
	w.flag(8, b.Submit)
	w.text(9, b.Note)
	w.text(10, b.IdemID)
}

func readReceived(r *reader) *report.Received {
	b := &report.Received{}
	for r.next() {
		switch r.field {
		case 1:
			b.Upload = r.text()
		case 2:
			b.Number = r.text()
		case 3:
			b.SHA256 = r.text()
		case 4:
			b.Size = r.number()
		case 5:
			b.Name = r.text()
		case 6:
			b.Media = r.text()
		case 7:
			b.Via = report.Via(r.text())
		case 8:
			b.Submit = r.flag()
		case 9:
			b.Note = r.text()
		case 10:
			b.IdemID = r.text()
		default:
			r.unknown()
		}
	}
	return b
}

func writeChecked(w *writer, b *report.Checked) (err error) {
	writeTexts(w, b.Upload, string(b.Outcome), b.Definition, b.Register)
	w.flag(5, b.Draft.Nil)
	w.number(6, int64(b.Draft.Counts.Cells))
	w.number(7, int64(b.Draft.Counts.Used))
	w.number(8, int64(b.Draft.Counts.Excluded))
	w.message(9, func(w *writer) { err = writeFacts(w, b.Draft.Facts) })
	for i := range b.Draft.Findings {
		w.item(10, func(w *writer) { writeFinding(w, &b.Draft.Findings[i]) })
	}
	for i := range b.Draft.Questions {
		w.item(11, func(w *writer) { writeQuestion(w, &b.Draft.Questions[i]) })
	}
	return err
}

func readChecked(r *reader) *report.Checked {
	b := &report.Checked{}
	for r.next() {
		switch r.field {
		case 1:
			b.Upload = r.text()
		case 2:
			b.Outcome = report.Outcome(r.text())
		case 3:
			b.Definition = r.text()
		case 4:
			b.Register = r.text()
		case 5:
			b.Draft.Nil = r.flag()
		case 6:
			b.Draft.Counts.Cells = r.count()
		case 7:
			b.Draft.Counts.Used = r.count()
		case 8:
			b.Draft.Counts.Excluded = r.count()
		case 9:
			r.message(func(r *reader) { b.Draft.Facts = readFacts(r) })
		case 10:
			r.item(func(r *reader) { b.Draft.Findings = append(b.Draft.Findings, readFinding(r)) })
		case 11: // in layout 2
			r.item(func(r *reader) { b.Draft.Questions = append(b.Draft.Questions, readQuestion(r)) })
		default:
			r.unknown()
		}
	}
	return b
}

func writeSubmitted(w *writer, b *report.Submitted) {
	w.number(1, int64(b.Version))
	w.text(2, b.Upload)
	for _, x := range b.Explanations {
		w.item(3, func(w *writer) { writeTexts(w, x.Code, x.Sheet, x.Cell, x.Reason, x.Group) })
	}
}

func readSubmitted(r *reader) *report.Submitted {
	b := &report.Submitted{}
	for r.next() {
		switch r.field {
		case 1:
			b.Version = r.count()
		case 2:
			b.Upload = r.text()
		case 3:
			r.item(func(r *reader) {
				var x report.Explanation
				readTexts(r, &x.Code, &x.Sheet, &x.Cell, &x.Reason, &x.Group)
				b.Explanations = append(b.Explanations, x)
			})
		default:
			r.unknown()
		}
	}
	return b
}
