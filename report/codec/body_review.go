package codec

import (
	"fmt"

	"tonghop/report"
	"tonghop/report/decimal"
)

func writeReturned(w *writer, b *report.Returned) {
	writeTexts(w, b.Submission, b.Reason)
	for _, cell := range b.Cells {
		w.textItem(3, cell)
	}
}

func readReturned(r *reader) *report.Returned {
	b := &report.Returned{}
	for r.next() {
		switch r.field {
		case 1:
			b.Submission = r.text()
		case 2:
			b.Reason = r.text()
		case 3:
			b.Cells = append(b.Cells, r.textItem())
		default:
			r.unknown()
		}
	}
	return b
}

func writeAdjusted(w *writer, b *report.Adjusted) {
	writeTexts(w, b.Submission, b.Unit, b.Place, b.Indicator)
	if b.Old != nil {
		w.text(5, b.Old.String())
	}
	w.text(6, b.New.String())
	w.text(7, b.Reason)
}

func readAdjusted(r *reader) *report.Adjusted {
	b := &report.Adjusted{}
	given := false
	for r.next() {
		switch r.field {
		case 1:
			b.Submission = r.text()
		case 2:
			b.Unit = r.text()
		case 3:
			b.Place = r.text()
		case 4:
			b.Indicator = r.text()
		case 5:
			old := readDecimal(r)
			b.Old = &old
		case 6:
			b.New, given = readDecimal(r), true
		case 7:
			b.Reason = r.text()
		default:
			r.unknown()
		}
	}
	if !given {
		r.fail(fmt.Errorf("adjustment without a figure: %w", ErrInvalid))
	}
	return b
}

// readDecimal reads a number in its canonical spelling.
func readDecimal(r *reader) decimal.Decimal {
	s := r.text()
	if r.err != nil {
		return decimal.Decimal{}
	}
	d, err := decimal.Parse(s)
	if err != nil || d.String() != s {
		r.fail(fmt.Errorf("field %d: %q is no canonical number: %w", r.field, s, ErrInvalid))
	}
	return d
}

func writeExported(w *writer, b *report.Exported) {
	writeTexts(w, b.SHA256, b.Name, b.State)
	w.flag(4, b.Provisional)
	w.text(5, b.Trigger)
}

func readExported(r *reader) *report.Exported {
	b := &report.Exported{}
	for r.next() {
		switch r.field {
		case 1:
			b.SHA256 = r.text()
		case 2:
			b.Name = r.text()
		case 3:
			b.State = r.text()
		case 4:
			b.Provisional = r.flag()
		case 5:
			b.Trigger = r.text()
		default:
			r.unknown()
		}
	}
	return b
}

func writeChained(w *writer, b *report.Chained) {
	w.text(1, b.Journal)
	w.varint(2, b.Seq)
	w.varint(3, b.Events)
	w.text(4, b.Chain)
}

func readChained(r *reader) *report.Chained {
	b := &report.Chained{}
	for r.next() {
		switch r.field {
		case 1:
			b.Journal = r.text()
		case 2:
			b.Seq = r.varint()
		case 3:
			b.Events = r.varint()
		case 4:
			b.Chain = r.text()
		default:
			r.unknown()
		}
	}
	return b
}

func writeToken(w *writer, b *report.TokenIssued) error {
	writeTexts(w, b.ID, b.Hash, string(b.Role), b.Agency, b.Name)
	if b.Expires.IsZero() {
		return nil
	}
	ms, err := millis(b.Expires)
	if err != nil {
		return fmt.Errorf("expiry: %w", err)
	}
	w.signed(6, ms)
	return nil
}

func readToken(r *reader) *report.TokenIssued {
	b := &report.TokenIssued{}
	for r.next() {
		switch r.field {
		case 1:
			b.ID = r.text()
		case 2:
			b.Hash = r.text()
		case 3:
			b.Role = report.Role(r.text())
		case 4:
			b.Agency = r.text()
		case 5:
			b.Name = r.text()
		case 6:
			if b.Expires = moment(r); r.err == nil && b.Expires.IsZero() {
				r.fail(fmt.Errorf("expiry is there and zero: %w", ErrInvalid))
			}
		default:
			r.unknown()
		}
	}
	return b
}
