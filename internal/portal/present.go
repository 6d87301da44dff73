package portal

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"tonghop/aggregate"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// words are the functions of the templates in one language.
type words struct {
	lang  string
	pages *pages
}

func (w words) functions() template.FuncMap {
	return template.FuncMap{
		"t":      func(vi, en string) string { return w.pick(report.Text{VI: vi, EN: en}) },
		"text":   w.pick,
		"asset":  w.pages.address,
		"number": func(v any) string { return w.number(textOf(v)) },
		"when":   w.when,
		"day":    w.day,
		"iso":    func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"bytes":  size,
		"said":   func(f fault.Fault) string { return w.pick(report.Text{VI: f.VI(), EN: f.EN()}) },
		"fix":    func(f fault.Fault) string { return w.pick(report.Text{VI: f.FixVI(), EN: f.FixEN()}) },
		"place":  func(f fault.Fault) string { return w.pick(report.Text{VI: f.PlaceVI(), EN: f.PlaceEN()}) },
		"severity": func(s string) string {
			return w.pick(report.Text{VI: fault.Severity(s).VI(), EN: fault.Severity(s).EN()})
		},
		"actor":   w.actor,
		"state":   func(s any) string { return w.pick(stateWords(fmt.Sprint(s))) },
		"upstate": func(s any) string { return w.pick(uploadWords(report.UploadState(fmt.Sprint(s)))) },
		"mark":    func(m report.Mark) string { return w.pick(markWords(m)) },
		"timely":  w.timely,
		"pair":    func(id string, g findingGroup) findingView { return findingView{id, g} },
		"views":   func() []figureView { return figureViews },
		"columns": func(t table) int { return len(t.Columns) + 2 + t.Beside },
		"against": func() []figureView { return againstViews },
		"orders":  func() []figureView { return orderViews },
		"than":    func(with string) report.Text { return aggregate.AgainstWords(with) },
		"aside":   func(r aggregate.AsideReason) report.Text { return r.Words() },
		"sign":    markSign,
	}
}

// actor names who does or did something: by name, and otherwise by what is known.
func (w words) actor(a report.Actor) string {
	switch {
	case a.Name != "":
		return a.Name
	case a.ID == local.ID:
		return w.pick(report.Text{VI: "Máy này", EN: "This machine"})
	}
	return w.pick(a.Role.Words())
}

func (w words) pick(t report.Text) string { return t.In(w.lang) }

// number writes a decimal as readers of the language do; what is no number
// stays as it is.
func (w words) number(s string) string {
	switch s {
	case "true":
		return w.pick(report.Text{VI: "Có", EN: "Yes"})
	case "false":
		return w.pick(report.Text{VI: "Không", EN: "No"})
	}
	d, err := decimal.Parse(s)
	if err != nil {
		return s
	}
	if w.lang == "en" {
		return decimal.FormatEN(d, d.Scale())
	}
	return decimal.FormatVI(d, d.Scale())
}

// when writes a moment in Vietnam.
func (w words) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(vietnam)
	return t.Format("15:04") + ", " + w.day(calendar.DateOf(t, vietnam))
}

// day writes a day: by Decree 30/2020 in Vietnamese.
func (w words) day(d calendar.Date) string {
	if w.lang == "en" {
		return d.English()
	}
	return d.Vietnamese()
}

func (w words) timely(standing string, days int) string {
	t := calendar.Timeliness{Standing: calendar.Standing(standing), DaysLate: days}
	return w.pick(report.Text{VI: t.VI(), EN: t.EN()})
}

// size writes a number of bytes.
func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+1<<9)>>10)
	}
	return fmt.Sprintf("%d MB", (n+1<<19)>>20)
}

// stateWords names where an agency stands.
func stateWords(s string) report.Text {
	switch report.AgencyState(s) {
	case report.AgencyMissing:
		return report.Text{VI: "Chưa nộp", EN: "Not in"}
	case report.AgencyRefused:
		return report.Text{VI: "Có lỗi", EN: "Has errors"}
	case report.AgencyReady:
		return report.Text{VI: "Chờ nộp", EN: "Checked, not submitted"}
	case report.AgencySubmitted:
		return report.Text{VI: "Đã nộp", EN: "Submitted"}
	case report.AgencyApproved:
		return report.Text{VI: "Đã duyệt", EN: "Approved"}
	case report.AgencyReturned:
		return report.Text{VI: "Bị trả lại", EN: "Sent back"}
	case report.AgencyWithdrawn:
		return report.Text{VI: "Đã thu hồi", EN: "Withdrawn"}
	case report.AgencyHeld:
		return report.Text{VI: "Nộp sau khi khoá", EN: "Came after the close"}
	}
	return report.Text{VI: s, EN: s}
}

// uploadWords names where an upload stands.
func uploadWords(s report.UploadState) report.Text {
	switch s {
	case report.StateChecking:
		return report.Text{VI: "Đang kiểm tra", EN: "Being checked"}
	case report.StateRefused:
		return report.Text{VI: "Có lỗi", EN: "Has errors"}
	case report.StateReady:
		return report.Text{VI: "Sẵn sàng nộp", EN: "Ready"}
	case report.StateSubmitted:
		return report.Text{VI: "Đang có hiệu lực", EN: "Stands"}
	case report.StateApproved:
		return report.Text{VI: "Đã duyệt", EN: "Approved"}
	case report.StateSuperseded:
		return report.Text{VI: "Đã thay bằng bản mới", EN: "Superseded"}
	}
	return stateWords(string(s))
}

// markWords says why there is no number.
func markWords(m report.Mark) report.Text {
	switch m {
	case report.MarkMissing:
		return report.Text{VI: "chưa báo cáo", EN: "not reported"}
	case report.MarkBlank:
		return report.Text{VI: "bỏ trống", EN: "left out"}
	case report.MarkNil:
		return report.Text{VI: "không phát sinh", EN: "nothing occurred"}
	case report.MarkNotCollected:
		return report.Text{VI: "không thu thập", EN: "not collected"}
	case report.MarkNotApplicable:
		return report.Text{VI: "không áp dụng", EN: "not applicable"}
	case report.MarkNotAdditive:
		return report.Text{VI: "không cộng", EN: "not additive"}
	case report.MarkUndefined:
		return report.Text{VI: "không xác định", EN: "undefined"}
	case report.MarkOverflow:
		return report.Text{VI: "vượt khả năng", EN: "too large"}
	case report.MarkRepeats:
		return report.Text{VI: "có thể trùng", EN: "may count twice"}
	case report.MarkEstimate:
		return report.Text{VI: "ước tính", EN: "estimate"}
	}
	return report.Text{}
}

// markSign is a mark in one sign, for a cell of a table.
func markSign(m report.Mark) string {
	switch m {
	case report.MarkRepeats:
		return "*"
	case report.MarkEstimate:
		return "≈"
	case report.MarkNil:
		return "∅"
	case report.MarkMissing:
		return "–"
	case report.MarkNotAdditive:
		return "⊘"
	case report.MarkNotCollected, report.MarkNotApplicable:
		return "×"
	case report.MarkUndefined:
		return "÷0"
	case report.MarkOverflow:
		return "!"
	}
	return ""
}

// textOf takes the values of the API and of the tables alike.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case *string:
		return deref(v)
	}
	return fmt.Sprint(v)
}

// deadline is a due date as a page shows it.
type deadline struct {
	Words report.Text
	Left  report.Text // how long there is
	Late  bool
	Soon  bool // three days or less
}

// deadlineOf says when reports are due and how long there is left.
func deadlineOf(req *report.Request, def *report.Definition, now time.Time) deadline {
	due, ok := computedDue(req, def)
	if !ok {
		return deadline{Words: noDueDay(req)}
	}
	d := deadline{Words: report.Text{VI: due.VI(), EN: due.EN()}}
	left := due.Strict.Sub(calendar.DateOf(now, vietnam))
	const recent = 60 // days: later on nobody counts them
	switch {
	case left > 0:
		d.Soon = left <= 3
		d.Left = report.Text{VI: fmt.Sprintf("còn %d ngày", left), EN: several(left, "day") + " left"}
	case left == 0:
		d.Soon = true
		d.Left = report.Text{VI: "hôm nay là ngày cuối", EN: "today is the last day"}
	case left >= -recent:
		d.Late = true
		d.Left = report.Text{VI: fmt.Sprintf("đã quá hạn %d ngày", -left), EN: several(-left, "day") + " overdue"}
	default:
		d.Late = true
		d.Left = report.Text{VI: "đã qua hạn", EN: "past due"}
	}
	return d
}

// several counts in English.
func several(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// numberOf is a short name for a receipt: its last part.
func numberOf(receipt string) string { return receipt[strings.LastIndexByte(receipt, '/')+1:] }
