package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tonghop/aggregate"
	"tonghop/report"
)

// againstHeads are the columns of a figure that is compared.
var againstHeads = map[string][]string{
	aggregate.AgainstPrevious: {"KỲ TRƯỚC", "SO KỲ TRƯỚC"},
	aggregate.AgainstLastYear: {"CÙNG KỲ", "SO CÙNG KỲ"},
	aggregate.AgainstPlan:     {"KẾ HOẠCH", "SO KẾ HOẠCH"},
}

// heardHead says what is counted in the last column.
func heardHead(r *aggregate.Rollup) string {
	if r.Over != nil {
		return "BÁO CÁO"
	}
	return "ĐÃ NGHE"
}

// againstWords are the columns of a figure that is compared: that of the other time, and how
// much this one is of it, or for what is no part of another number the difference.
func againstWords(row *aggregate.Row, with string, write figureWriter) []string {
	a, is := row.Against[with]
	switch base := write.words(row.Indicator, a.Value, a.Mark); {
	case !is:
		return []string{"", ""}
	case a.Index != nil:
		return []string{base, write.words("", a.Index, report.MarkNone) + "%"}
	case a.Difference != nil:
		sign := "+"
		if strings.HasPrefix(*a.Difference, "-") || *a.Difference == "0" {
			sign = ""
		}
		return []string{base, sign + write.words("", a.Difference, report.MarkNone)}
	default:
		return []string{base, "-"}
	}
}

// sayOver says what figures over time are made of, and what is not in them.
func (p *program) sayOver(o *aggregate.Over) {
	if o == nil {
		return
	}
	parts := make([]string, len(o.Parts))
	for i, part := range o.Parts {
		parts[i] = fmt.Sprintf("%s (%s, đã nghe %d/%d)", part.Period, part.Request, part.Heard, part.Asked)
	}
	p.say("Kỳ %s, từ %s đến %s, gộp từ: %s.", o.Title.VI, o.From.Vietnamese(), o.To.Vietnamese(), strings.Join(parts, "; "))
	for _, g := range o.Gaps {
		p.say("Chưa có yêu cầu nào hỏi từ %s đến %s.", g.From.Vietnamese(), g.To.Vietnamese())
	}
	for _, a := range o.Aside {
		days := ""
		if !a.From.IsZero() {
			days = fmt.Sprintf(" (từ %s đến %s)", a.From.Vietnamese(), a.To.Vietnamese())
		}
		p.say("Không gộp %s%s: %s.", a.Request, days, a.Reason.Words().VI)
	}
	if len(o.Unlike) > 0 {
		p.say("Không cộng được giữa các phiên bản biểu mẫu: %s.", strings.Join(o.Unlike, ", "))
	}
}

// sayBase says with what figures are compared.
func (p *program) sayBase(b *aggregate.Base) {
	if b.With == aggregate.AgainstPlan {
		p.sayPlan(b)
		return
	}
	if b.Over == nil {
		p.say("Không có yêu cầu nào từ %s đến %s để so.", b.From.Vietnamese(), b.To.Vietnamese())
		return
	}
	p.say("So với %s: đã nghe %d/%d báo cáo.%s", b.Over.Title.VI, b.Over.Reports.Heard, b.Over.Reports.Asked, provisionalWords(b.Provisional))
	p.sayBaseMap(b)
	if len(b.Unlike) > 0 {
		p.say("Không so được, biểu mẫu khi ấy khác: %s.", strings.Join(b.Unlike, ", "))
	}
}

// sayBaseMap says that the figures of a base are restated.
func (p *program) sayBaseMap(b *aggregate.Base) {
	if b.Mapped != nil {
		p.say("Số liệu khi ấy được tính lại theo bản đồ hành chính ngày %s.", b.Mapped.On.Vietnamese())
	}
}

// sayPlan says what the plan is.
func (p *program) sayPlan(b *aggregate.Base) {
	if b.Over != nil {
		p.say("So với kế hoạch %s: đã nghe %d/%d báo cáo.%s", b.Over.Title.VI, b.Over.Reports.Heard, b.Over.Reports.Asked, provisionalWords(b.Provisional))
	}
	p.sayBaseMap(b)
	for _, code := range slices.Sorted(maps.Keys(b.Plans)) {
		p.say("Kế hoạch của %s là chỉ tiêu %s trong cùng báo cáo.", code, b.Plans[code])
	}
	switch {
	case b.IsNothing() && b.From.IsZero():
		p.say("Biểu mẫu không ghi kế hoạch ở đâu (mục plan).")
	case b.IsNothing():
		p.say("Chưa có kế hoạch từ %s đến %s.", b.From.Vietnamese(), b.To.Vietnamese())
	case len(b.Unlike) > 0:
		p.say("Không có kế hoạch: %s.", strings.Join(b.Unlike, ", "))
	}
}

// estimateSign marks a figure that is allocated.
func estimateSign(m report.Mark) string {
	if m == report.MarkEstimate {
		return " ≈"
	}
	return ""
}

// dividedBy names the keys of allocation.
var dividedBy = map[string]string{
	aggregate.AllocateEqually: "chia đều", aggregate.AllocateByPopulation: "chia theo dân số", aggregate.AllocateByWeights: "chia theo trọng số",
}

// sayMapped says under which map places are seen, and what that means for them.
func (p *program) sayMapped(m *aggregate.Mapped) {
	if m == nil {
		return
	}
	p.say("Địa bàn theo bản đồ hành chính ngày %s.", m.On.Vietnamese())
	for _, d := range m.Divided {
		parts := make([]string, len(d.Parts))
		for i, part := range d.Parts {
			parts[i] = part.Place + " (" + part.Share + ")"
		}
		p.say("%s %s bị tách, số liệu là ước tính (≈), %s: %s.", d.Place, d.Name.VI, dividedBy[d.By], strings.Join(parts, ", "))
	}
	if len(m.Kept) > 0 {
		p.say("Giữ nguyên vì không có trong bản đồ hành chính: %s.", strings.Join(m.Kept, ", "))
	}
}
