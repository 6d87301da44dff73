package export

import (
	"fmt"
	"strconv"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// The rows and columns of the sheet of who reported.
const (
	statusLast  = 10
	statusState = 3
	statusTime  = 4
)

var statusColumns = [statusLast]column{
	{"TT", 5}, {"Đơn vị", 28}, {"Tình trạng", 15}, {"Thời hạn", 13}, {"Nhận lúc (giờ Việt Nam)", timeWidth},
	{"Bản được tính", 7}, {"Số bản đã nộp", 7}, {"Tệp", 24}, {"Mã SHA-256", 13.5}, {"Ghi chú", 18},
}

// counter is a line that counts the agencies of a kind, live: the formula counts
// what stands in a column of the table.
type counter struct {
	name  string
	col   int
	match string // as COUNTIF takes it
	is    func(*report.AgencyStatus) bool
}

// counters divide the roster twice: by what counts, and by when it came.
var counters = []counter{
	{"Đã báo cáo, có số liệu", statusState, stateSubmitted + "*", func(a *report.AgencyStatus) bool { return counts(a) && !a.Nil }},
	{"Báo cáo không phát sinh", statusState, stateNil + "*", func(a *report.AgencyStatus) bool { return counts(a) && a.Nil }},
	{"Đang xử lý (cần sửa, chờ nộp, bị trả lại, rút lại)", statusState, statePending + "*", func(a *report.AgencyStatus) bool { return !counts(a) && a.State != report.AgencyMissing }},
	{"Chưa nộp", statusState, stateMissing, func(a *report.AgencyStatus) bool { return !counts(a) && a.State == report.AgencyMissing }},
	{"Nộp đúng hạn", statusTime, "đúng hạn*", func(a *report.AgencyStatus) bool { return strings.HasPrefix(a.Timeliness.VI(), "đúng hạn") }},
	{"Nộp chậm", statusTime, "chậm*", func(a *report.AgencyStatus) bool { return a.Timeliness.IsLate() }},
}

const (
	statusCounters = 7 // first row of the counters
	statusHead     = 15
	statusTop      = statusHead + 1
)

// Words for the state of an agency. Counters go by how they begin.
const (
	stateSubmitted = "Đã báo cáo"
	stateNil       = "Không phát sinh"
	statePending   = "Đang xử lý"
	stateMissing   = "Chưa nộp"
)

// stateWord says where an agency that does not count stands.
func stateWord(a *report.AgencyStatus) string {
	switch a.State {
	case report.AgencyRefused:
		return "tệp có lỗi phải sửa"
	case report.AgencyReady:
		return "đã kiểm tra, chưa nộp"
	case report.AgencyReturned:
		return "bị trả lại"
	case report.AgencyWithdrawn:
		return "đã rút lại"
	case report.AgencyHeld:
		return "nộp sau khi khóa kỳ"
	case report.AgencySubmitted:
		return "chưa được duyệt"
	}
	return ""
}

// stateWords says where an agency stands.
func stateWords(a *report.AgencyStatus) string {
	switch {
	case counts(a) && a.Nil:
		return stateNil + approvedWord(a)
	case counts(a):
		return stateSubmitted + approvedWord(a)
	case a.State == report.AgencyMissing:
		return stateMissing
	}
	return statePending + ": " + stateWord(a)
}

func approvedWord(a *report.AgencyStatus) string {
	if a.Approved {
		return ", đã duyệt"
	}
	return ""
}

// writeStatus writes who reported, and when.
func (p *paper) writeStatus() {
	w := p.statusSheet
	p.sheetTitle(w, "TÌNH HÌNH NỘP BÁO CÁO", statusLast)
	across(w, 5, 1, statusLast, p.dueWords(), xlsx.Style{Size: 12})
	p.tableHead(w, statusHead, statusColumns[:], tableSize)
	for i := range p.s.Agencies {
		p.statusRow(statusTop+i, i+1, &p.s.Agencies[i])
	}
	p.statusCounters()
	w.View.FreezeRows = 0
	w.View.Filter = xlsx.Rect(statusHead, 1, statusTop+max(0, len(p.s.Agencies)-1), statusLast)
}

// dueWords gives the due date in both readings.
func (p *paper) dueWords() string {
	if p.due.IsZero() {
		return "Hạn nộp: chưa ấn định."
	}
	text := fmt.Sprintf("Hạn nộp: %s.", p.due.VI())
	if p.due.Strict != p.due.Lenient {
		text += fmt.Sprintf(" Hiểu theo câu chữ: hết ngày %s; hiểu rộng: hết ngày %s.", p.due.Strict.Vietnamese(), p.due.Lenient.Vietnamese())
	}
	return text
}

// statusCounters writes the counters above the table.
func (p *paper) statusCounters() {
	w := p.statusSheet
	bottom := statusTop + max(0, len(p.s.Agencies)-1)
	across(w, statusCounters-1, 1, 2, "Số đơn vị", headStyle)
	w.Blank(statusCounters-1, 2, headStyle)
	w.Text(statusCounters-1, 3, p.statusOf(), headStyle)
	for i, c := range counters {
		row, n := statusCounters+i, 0
		for a := range p.s.Agencies {
			if c.is(&p.s.Agencies[a]) {
				n++
			}
		}
		across(w, row, 1, 2, c.name, textStyle)
		w.Blank(row, 2, textStyle)
		cells := xlsx.Rect(statusTop, c.col, bottom, c.col)
		w.Formula(row, 3, fmt.Sprintf(`COUNTIF(%s,"%s")`, cells, c.match), strconv.Itoa(n), midStyle)
		w.Row(row, xlsx.Row{Height: fit(c.name, statusColumns[0].width+statusColumns[1].width, textStyle)})
	}
}

// statusOf says how many were heard, in words that are not taken for a date.
func (p *paper) statusOf() string {
	return fmt.Sprintf("%d/%d đơn vị", p.s.Heard, p.s.Asked)
}

func (p *paper) statusRow(row, number int, a *report.AgencyStatus) {
	w := p.statusSheet
	name, note := p.s.Register.AgencyName(a.Agency), p.statusNote(a)
	w.Number(row, 1, strconv.Itoa(number), midStyle)
	w.Text(row, 2, name, textStyle)
	w.Text(row, 3, stateWords(a), textStyle)
	w.Text(row, 4, a.Timeliness.VI(), textStyle)
	if a.ReceivedAt.IsZero() {
		w.Blank(row, 5, midStyle)
	} else {
		w.DateTime(row, 5, a.ReceivedAt.In(calendar.Vietnam()), midStyle)
	}
	p.count(row, 6, a.Version)
	p.count(row, 7, a.Versions)
	w.Text(row, 8, a.File, textStyle)
	w.Text(row, 9, short(a.SHA256), midStyle)
	w.Text(row, 10, note, textStyle)
	height := 0.0
	for col, text := range map[int]string{1: name, 2: stateWords(a), 3: a.Timeliness.VI(), 7: a.File, 9: note} {
		height = max(height, fit(text, statusColumns[col].width, textStyle))
	}
	w.Row(row, xlsx.Row{Height: height})
}

// count writes how many there were; none is blank.
func (p *paper) count(row, col, n int) {
	if n == 0 {
		p.statusSheet.Blank(row, col, midStyle)
		return
	}
	p.statusSheet.Number(row, col, strconv.Itoa(n), midStyle)
}

// statusNote says what else is to be known of an agency.
func (p *paper) statusNote(a *report.AgencyStatus) string {
	var notes []string
	if a.Version > 1 {
		notes = append(notes, fmt.Sprintf("bản %d thay bản trước", a.Version))
	}
	if n := len(a.Explanations); n > 0 {
		notes = append(notes, fmt.Sprintf("%d giải trình", n))
	}
	if a.Findings > 0 {
		notes = append(notes, fmt.Sprintf("lần nộp mới nhất còn %d lỗi", a.Findings))
	}
	if !counts(a) && a.State == report.AgencySubmitted {
		notes = append(notes, "chờ duyệt, chưa tính vào số chính thức")
	}
	return strings.Join(notes, "; ")
}
