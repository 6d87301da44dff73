package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// uploadView is the page of one upload: its verdict, what to mend, its receipt.
type uploadView struct {
	api.Upload
	Title    report.Text // of the request
	Agency   report.Text
	Stops    []findingGroup
	Errors   []findingGroup
	Explains []findingGroup
	Notes    []findingGroup
	Asked    []questionView // open questions
	Answered []questionView // settled by an answer, which can be changed
	Counts   map[string]int
	MayWrite bool
	MaySend  bool // may be submitted now
	MayReply bool // questions may be answered
}

// findingGroup is one finding, or many of the same sort said once.
type findingGroup struct {
	Key    string // field of the form that explains it
	Group  string // [fault.Fault.Group]
	First  fault.Fault
	Rest   []fault.Fault
	Reason string // explanation given with the submission, or just typed
	Before string // reason given for the like in the period before: offered, never taken by itself
	Again  bool   // that reason was just chosen
}

// AgainKey is the field of the form that takes the reason of the period before.
func (g findingGroup) AgainKey() string { return g.Key + "-nhu-truoc" }

// All are the findings of the group.
func (g findingGroup) All() []fault.Fault { return append([]fault.Fault{g.First}, g.Rest...) }

// Many reports whether the group stands for several findings.
func (g findingGroup) Many() bool { return len(g.Rest) > 0 }

// findingView is a group with the name by which the page links to it.
type findingView struct {
	ID string
	G  findingGroup
}

func groupsOf(l fault.List) []findingGroup {
	var out []findingGroup
	for i, g := range l.Group(fault.Repeats) {
		out = append(out, findingGroup{Key: fmt.Sprintf("giai-trinh-%d", i), Group: g.Key, First: g.Faults[0], Rest: g.Faults[1:]})
	}
	return out
}

func (c *call) uploadPage() error { return c.showUpload(http.StatusOK, nil) }

func (c *call) showUpload(status int, notices []fault.Fault) error {
	var view uploadView
	err := c.onUpload(func(key report.Key, a *report.Attempt) { view.Upload = *uploadOf(key, a) })
	if err != nil {
		return err
	}
	c.fillUpload(&view)
	f := frame{Title: c.verdict(&view), Notices: notices, Done: c.done(), Page: view, Errors: len(view.Stops) > 0 || view.Counts[string(fault.Error)] > 0}
	if view.State == report.StateChecking {
		f.Refresh = 2
		f.Live = "/api/v1/events?request=" + url.QueryEscape(view.Request)
	}
	c.render(status, "upload.html", f)
	return nil
}

func (c *call) fillUpload(v *uploadView) {
	list := fault.List(v.Findings)
	c.fillQuestions(v)
	v.Counts = severities(list)
	v.MayWrite = c.may(report.ActSubmit, v.Upload.Agency) == nil
	open := true
	c.Books.Read(func(l *report.Ledger) {
		book := l.Request(v.Request)
		if book == nil {
			return
		}
		open, v.Title = !book.IsClosed(c.now()), book.Request.Title
		v.Agency = report.Text{VI: v.Upload.Agency}
		if reg := l.Register(book.Request.Register, book.Request.Registered); reg != nil && reg.Agency(v.Upload.Agency) != nil {
			v.Agency = reg.Agency(v.Upload.Agency).Name
		}
	})
	waits := v.State == report.StateReady || v.State == report.StateWithdrawn
	v.MayReply = c.may(report.ActAnswer, v.Upload.Agency) == nil && open && v.State != report.StateChecking
	v.MaySend = v.MayWrite && open && waits && !list.Blocks()
	errs, explain := list.Of(fault.Error), list.Of(fault.Explain)
	if v.MayReply { // told with the question; what may be submitted may be explained instead
		errs = slices.DeleteFunc(errs, v.asksOf)
		explain = slices.DeleteFunc(explain, func(f fault.Fault) bool { return !v.MaySend && v.asksOf(f) })
	}
	v.Stops, v.Errors = groupsOf(list.Of(fault.Stop)), groupsOf(errs)
	v.Explains, v.Notes = groupsOf(explain), groupsOf(list.Of(fault.Note))
	before := c.before(v.Request, v.Upload.Agency)
	for i := range v.Explains {
		g := &v.Explains[i]
		g.Reason, g.Before = c.reasonFor(v, g), before.ReasonFor(g.First)
		g.Again = g.Before != "" && c.r.PostFormValue(g.AgainKey()) != ""
	}
}

// reasonFor is the explanation of a group: just typed, or given before.
func (c *call) reasonFor(v *uploadView, g *findingGroup) string {
	if typed := c.r.PostFormValue(g.Key); typed != "" {
		return typed
	}
	reason, _ := reasonIn(v.Explanations, g.First)
	return reason
}

// reasonIn finds the explanation of a finding.
func reasonIn(explanations []report.Explanation, f fault.Fault) (reason string, ok bool) {
	for _, e := range explanations {
		if e.Answers(f) {
			return e.Reason, true
		}
	}
	return "", false
}

// rewritten reports whether a reason is another than the page showed for the group.
func (g findingGroup) rewritten(explanations []report.Explanation, reason string) bool {
	shown, _ := reasonIn(explanations, g.First)
	return strings.Join(strings.Fields(reason), " ") != strings.Join(strings.Fields(shown), " ")
}

// verdict is the headline: the one thing to know.
func (c *call) verdict(v *uploadView) string {
	wrong, explain := v.Counts[string(fault.Error)], v.Counts[string(fault.Explain)]
	var w report.Text
	switch {
	case v.State == report.StateChecking:
		w = report.Text{VI: "Đang kiểm tra tệp", EN: "The file is being checked"}
	case len(v.Stops) > 0:
		w = report.Text{VI: "Không đọc được tệp", EN: "The file cannot be read"}
	case wrong > 0 && len(v.Asked) > 0 && len(v.Errors) == 0:
		w = report.Text{VI: fmt.Sprintf("Cần trả lời %d câu hỏi", len(v.Asked)), EN: several(len(v.Asked), "question") + " to answer"}
	case wrong > 0 && explain > 0:
		w = report.Text{VI: fmt.Sprintf("Còn %d lỗi phải sửa, %d chỗ cần giải trình", wrong, explain), EN: several(wrong, "error") + " to mend, " + several(explain, "figure") + " to explain"}
	case wrong > 0:
		w = report.Text{VI: fmt.Sprintf("Còn %d lỗi phải sửa", wrong), EN: several(wrong, "error") + " to mend"}
	case v.Approved:
		w = report.Text{VI: "Đã duyệt", EN: "Approved"}
	case v.State == report.StateSubmitted:
		w = report.Text{VI: "Đã nộp báo cáo", EN: "The report has been submitted"}
	case v.State == report.StateReady && explain > 0:
		w = report.Text{VI: fmt.Sprintf("Không có lỗi, còn %d chỗ cần giải trình", explain), EN: "No errors, " + several(explain, "figure") + " to explain"}
	case v.State == report.StateReady:
		w = report.Text{VI: "Sẵn sàng nộp", EN: "Ready to be submitted"}
	default:
		w = uploadWords(v.State)
	}
	return w.In(c.language())
}

// uploadSubmit submits an upload with the explanations of the form: one reason
// answers every finding of its group.
func (c *call) uploadSubmit() error {
	var view uploadView
	err := c.onUpload(func(key report.Key, a *report.Attempt) { view.Upload = *uploadOf(key, a) })
	if err != nil {
		return err
	}
	c.fillUpload(&view)
	var explain []report.Explanation
	for _, g := range view.Explains {
		reason := strings.TrimSpace(c.r.PostFormValue(g.Key))
		if reason == "" && g.Again {
			reason = g.Before
		}
		if reason == "" {
			continue
		}
		own := slices.ContainsFunc(g.All(), func(f fault.Fault) bool { _, said := reasonIn(view.Explanations, f); return said })
		if !own {
			explain = append(explain, report.Explanation{Code: string(g.First.Code), Group: g.Group, Reason: reason})
			continue
		}
		for _, f := range g.All() {
			if _, said := reasonIn(view.Explanations, f); said && !g.rewritten(view.Explanations, reason) {
				continue // each has what the file said of it, not what it said of the first
			}
			explain = append(explain, report.Explanation{Code: string(f.Code), Group: g.Group, Sheet: f.Sheet, Cell: f.Cell, Reason: reason})
		}
	}
	err = c.Desk.Submit(c.ctx(), c.actor, view.Request, view.Upload.Agency, view.Upload.Upload, explain)
	if err != nil {
		return c.again(err, c.showUpload)
	}
	return c.see("/tep/"+view.Upload.Upload, "nop")
}
