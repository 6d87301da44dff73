package biff

// takeFrame takes a record of what stands around the cells.
func (w *walk) takeFrame(rec record) error {
	d := rec.data
	switch rec.id {
	case idRow:
		return w.takeRow(d)
	case idColInfo:
		return w.takeColumns(d)
	case idMerges:
		return w.takeMerges(d)
	case idProtect:
		w.frame.Protected = len(d) >= 2 && le16(d, 0) != 0
	}
	return nil
}

// takeRow notes a row that nobody sees: hidden, by hand or by a filter, or of no
// height.
func (w *walk) takeRow(d []byte) error {
	const heightAt, flagsAt, hidden = 6, 12, 0x20
	if len(d) < flagsAt+2 {
		return damaged("a row of %d bytes", len(d))
	}
	if le16(d, flagsAt)&hidden == 0 && le16(d, heightAt)&0x7FFF != 0 {
		return nil
	}
	row := int(le16(d, 0)) + 1
	rows := w.frame.HiddenRows
	if n := len(rows); n > 0 && rows[n-1].To+1 == row {
		rows[n-1].To = row
		return nil
	}
	if len(rows) >= w.book.lim.Merges {
		return w.tooMany("runs of hidden rows")
	}
	w.frame.HiddenRows = append(rows, Span{row, row})
	return nil
}

// takeColumns notes columns that nobody sees.
func (w *walk) takeColumns(d []byte) error {
	const widthAt, flagsAt, hidden = 4, 8, 1
	if len(d) < flagsAt+2 {
		return damaged("columns in %d bytes", len(d))
	}
	from, to := int(le16(d, 0))+1, int(le16(d, 2))+1
	if from > to {
		return damaged("columns %d to %d", from, to)
	}
	if le16(d, flagsAt)&hidden == 0 && le16(d, widthAt) != 0 || from > maxCols {
		return nil
	}
	if len(w.frame.HiddenCols) >= w.book.lim.Merges {
		return w.tooMany("runs of hidden columns")
	}
	w.frame.HiddenCols = append(w.frame.HiddenCols, Span{from, min(to, maxCols)})
	return nil
}

// takeMerges takes the merged ranges of one record.
func (w *walk) takeMerges(d []byte) error {
	if len(d) < 2 || len(d)-2 < 8*int(le16(d, 0)) {
		return damaged("merged cells in %d bytes", len(d))
	}
	for n, d := int(le16(d, 0)), d[2:]; n > 0; n, d = n-1, d[8:] {
		r := Range{int(le16(d, 0)) + 1, int(le16(d, 4)) + 1, int(le16(d, 2)) + 1, int(le16(d, 6)) + 1}
		if r.FirstRow > r.LastRow || r.FirstCol > r.LastCol || r.LastCol > maxCols {
			return damaged("merged cells from row %d column %d to row %d column %d", r.FirstRow, r.FirstCol, r.LastRow, r.LastCol)
		}
		if len(w.frame.Merges) >= w.book.lim.Merges {
			return w.tooMany("merged cells")
		}
		w.frame.Merges = append(w.frame.Merges, r)
	}
	return nil
}

func (w *walk) tooMany(what string) error {
	return &Error{Kind: TooLarge, Limit: "Merges", Detail: "too many " + what}
}
