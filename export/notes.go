package export

import (
	"strconv"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// noteKind is a sort of note: its code in the summary, its name, and how its
// number is told on the first page ("" where it is told otherwise).
type noteKind struct{ code, name, counted string }

// noteKinds are the sorts of notes in the order in which a reader wants them.
var noteKinds = []noteKind{
	{"missing", "Chưa báo cáo", ""},
	{"late", "Nộp chậm", ""},
	{"repeats", "Có thể trùng", ""},
	{"joint", "Số giống nhau", ""},
	{"adjusted", "Điều chỉnh", "điều chỉnh %d số liệu"},
	{"corrected", "Đính chính", "đính chính %d số liệu"},
	{"explained", "Giải trình", "nhận %d giải trình"},
	{"outside", "Không tính", "để ngoài %d số liệu không được hỏi"},
}

// The rows and columns of the sheet of notes.
const (
	notesHead = 5
	notesTop  = notesHead + 1
	notesLast = 7
)

var notesColumns = [notesLast]column{
	{"TT", 5}, {"Loại", 12}, {"Đơn vị", 22}, {"Chỉ tiêu", 24}, {"Địa bàn", 14}, {"Nội dung", 44}, {"Thời điểm", timeWidth},
}

// writeNotes writes what a reader must know about the figures: sort by sort, in
// the order of the summary.
func (p *paper) writeNotes() {
	w := p.notesSheet
	p.sheetTitle(w, "GHI CHÚ VỀ SỐ LIỆU", notesLast)
	p.tableHead(w, notesHead, notesColumns[:], tableSize)
	row := notesTop
	for _, kind := range p.noteKinds() {
		for i := range p.s.Notes {
			if n := &p.s.Notes[i]; n.Kind == kind.code {
				p.writeNote(row, kind.name, n)
				w.Done(row)
				row++
			}
		}
	}
	if row == notesTop {
		across(w, row, 1, notesLast, "Không có ghi chú.", smallStyle)
	}
	w.View.Filter = xlsx.Rect(notesHead, 1, max(notesHead, row-1), notesLast)
}

// noteKinds gives the sorts that are known, and behind them those that are not:
// a note must not vanish because its sort is new (law 4).
func (p *paper) noteKinds() []noteKind {
	known := map[string]bool{}
	for _, k := range noteKinds {
		known[k.code] = true
	}
	out := noteKinds[:len(noteKinds):len(noteKinds)]
	for i := range p.s.Notes {
		if kind := p.s.Notes[i].Kind; !known[kind] {
			known[kind] = true
			out = append(out, noteKind{code: kind, name: kind})
		}
	}
	return out
}

func (p *paper) writeNote(row int, kind string, n *report.Note) {
	w, place, indicator, agency := p.notesSheet, "", "", ""
	if n.Agency != "" {
		agency = p.s.Register.AgencyName(n.Agency)
	}
	if n.Place != "" {
		place = p.s.Register.PlaceName(n.Place)
	}
	if n.Indicator != "" {
		indicator = n.Indicator
		if ind := p.indicator(n.Indicator); ind != nil {
			indicator += ". " + ind.Name.VI
		}
	}
	words := noteWords(n)
	w.Number(row, 1, strconv.Itoa(row-notesHead), midStyle)
	w.Text(row, 2, kind, textStyle)
	w.Text(row, 3, agency, textStyle)
	w.Text(row, 4, indicator, textStyle)
	w.Text(row, 5, place, textStyle)
	w.Text(row, 6, words, textStyle)
	if n.At.IsZero() {
		w.Blank(row, 7, midStyle)
	} else {
		w.DateTime(row, 7, n.At.In(calendar.Vietnam()), midStyle)
	}
	height := 0.0
	for col, text := range map[int]string{2: agency, 3: indicator, 4: place, 5: words} {
		height = max(height, fit(text, notesColumns[col].width, textStyle))
	}
	w.Row(row, xlsx.Row{Height: height})
}

// noteWords says what a note says: the words of the catalogue, where it stands,
// and the reason a person gave.
func noteWords(n *report.Note) string {
	if n.Fault == nil {
		return n.Words
	}
	text := n.Fault.VI()
	if place := n.Fault.PlaceVI(); place != "" {
		text += " (" + place + ")"
	}
	if n.Words != "" {
		text += " – " + n.Words
	}
	return text
}
