package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

// printFindings writes findings as a clerk reads them: what is wrong where, and
// how to mend it, with the code small at the end for the helpdesk. Those of a
// workbook or form that repeat are said once, with their number and the first
// cells; those of a document stand each on a line of its own.
func printFindings(w io.Writer, findings []fault.Fault, suggestions ...api.Group) {
	var last fault.Severity
	for _, g := range grouped(findings) {
		f := g.Faults[0]
		if f.Severity != last {
			fmt.Fprintf(w, "%s\n", f.Severity.VI())
			last = f.Severity
		}
		fmt.Fprintf(w, "  %s%s  [%s]\n", where(f), f.VI(), codeWords(f))
		if more := g.Faults[1:]; len(more) > 0 {
			fmt.Fprintf(w, "      và %d chỗ khác: %s\n", len(more), cellsOf(more))
		}
		if fix := f.FixVI(); fix != "" && f.Severity != fault.Note {
			fmt.Fprintf(w, "      → %s\n", fix)
		}
		for _, s := range suggestions {
			if s.Group == f.Group() && s.Suggestion != "" {
				fmt.Fprintf(w, "      kỳ trước đã giải trình: “%s”\n", s.Suggestion)
			}
		}
	}
}

// grouped gathers findings that repeat. What is wrong with a document is told by
// line, and no two lines are mended alike.
func grouped(findings fault.List) []fault.Group {
	if slices.ContainsFunc(findings, func(f fault.Fault) bool { return f.Line > 0 || f.File != "" }) {
		var out []fault.Group
		for _, f := range findings {
			out = append(out, fault.Group{Key: f.Group(), Faults: fault.List{f}})
		}
		return out
	}
	return findings.Group(fault.Repeats)
}

// codeWords is the code for the helpdesk; of a rule with its own and its version.
func codeWords(f fault.Fault) string {
	words := string(f.Code)
	if rule, ok := f.Arg("rule"); ok {
		words += " " + rule
		if version, ok := f.Arg("version"); ok {
			words += "@" + version
		}
	}
	return words
}

// cellsOf names the first cells of findings that are said once.
func cellsOf(findings fault.List) string {
	const shown = 5
	var cells []string
	for _, f := range findings[:min(len(findings), shown)] {
		cells = append(cells, strings.TrimSuffix(where(f), ": "))
	}
	if len(findings) > shown {
		cells = append(cells, "…")
	}
	return strings.Join(cells, ", ")
}

// where names the place of a finding as programs and office workers write it:
// file:line:column, or file and Sheet!Cell.
func where(f fault.Fault) string {
	var parts []string
	if f.File != "" {
		parts = append(parts, f.File)
	}
	switch {
	case f.Line > 0:
		return fmt.Sprintf("%s:%d:%d: ", f.File, f.Line, f.Column)
	case f.Sheet != "" && f.Cell != "":
		parts = append(parts, f.Sheet+"!"+f.Cell)
	case f.Sheet != "" || f.Cell != "":
		parts = append(parts, f.Sheet+f.Cell)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + ": "
}

// counts sums findings up in one line.
func counts(findings []fault.Fault) string {
	n := map[fault.Severity]int{}
	for _, f := range findings {
		n[f.Severity]++
	}
	var parts []string
	for _, s := range []struct {
		severity fault.Severity
		words    string
	}{
		{fault.Stop, "không đọc được"}, {fault.Error, "lỗi phải sửa"}, {fault.Explain, "chỗ cần giải trình"}, {fault.Note, "chỗ đã chuẩn hoá"},
	} {
		if n[s.severity] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[s.severity], s.words))
		}
	}
	if len(parts) == 0 {
		return "không có lỗi"
	}
	return strings.Join(parts, ", ")
}

var uploadStates = map[report.UploadState]string{
	report.StateChecking: "đang kiểm tra", report.StateRefused: "có lỗi phải sửa", report.StateReady: "sẵn sàng nộp",
	report.StateSubmitted: "đã nộp", report.StateApproved: "đã duyệt", report.StateSuperseded: "đã thay bằng bản mới",
	report.StateWithdrawn: "đã thu hồi", report.StateReturned: "bị trả lại", report.StateHeld: "nộp sau khi khoá kỳ",
}

var agencyStates = map[report.AgencyState]string{
	report.AgencyMissing: "chưa nộp", report.AgencyRefused: "tệp có lỗi", report.AgencyReady: "chưa bấm nộp",
	report.AgencySubmitted: "đã nộp", report.AgencyApproved: "đã duyệt", report.AgencyReturned: "bị trả lại",
	report.AgencyWithdrawn: "đã thu hồi", report.AgencyHeld: "nộp sau khi khoá kỳ",
}

var eventKinds = map[report.EventKind]string{
	report.KindDefinition: "biểu mẫu", report.KindRegister: "danh mục", report.KindRequest: "yêu cầu",
	report.KindReceived: "nhận tệp", report.KindChecked: "kiểm tra", report.KindSubmitted: "nộp",
	report.KindAnswered:  "trả lời",
	report.KindWithdrawn: "thu hồi", report.KindApproved: "duyệt", report.KindReturned: "trả lại",
	report.KindAdjusted: "điều chỉnh", report.KindClosed: "khoá", report.KindReopened: "mở lại",
	report.KindExported: "xuất bảng", report.KindChained: "niêm phong", report.KindToken: "cấp mã", report.KindRevoked: "thu hồi mã",
}

// kindWords is what happened, for people; the code of a kind that is not known
// yet.
func kindWords(k report.EventKind) string {
	if words, ok := eventKinds[k]; ok {
		return words
	}
	return string(k)
}

var timelinessWords = map[string]string{
	"on-time": "đúng hạn", "on-time-lenient": "đúng ngày hạn", "late": "chậm",
}

// markWords say why there is no number.
var markWords = map[report.Mark]string{
	report.MarkMissing: "chưa báo cáo", report.MarkBlank: "bỏ trống", report.MarkNil: "không phát sinh",
	report.MarkNotCollected: "không thu thập", report.MarkNotApplicable: "không áp dụng",
	report.MarkNotAdditive: "không cộng", report.MarkUndefined: "không xác định", report.MarkOverflow: "vượt khả năng",
}

// provisionalWords mark figures that are not official, as the workbook marks
// them; nothing for those that are.
func provisionalWords(provisional bool) string {
	if provisional {
		return " TẠM TÍNH."
	}
	return ""
}

// table lines columns up.
func table(w io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 4, 2, ' ', 0) }

// actorWords says who did something: by name, and otherwise by role and token.
func actorWords(a report.Actor) string {
	return cmp.Or(a.Name, string(a.Role)+" "+a.ID)
}
