package export

import (
	"fmt"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// The parts of a document by Decree 30/2020, Appendix I, in a grid of columns.
// A spreadsheet cannot draw a line of a given length under a text; a row of low
// dashes in small type stands for it.

// heading writes the two columns of the heading, the type and summary of the
// document and what the figures are of. It gives the next free row.
func (p *paper) heading(w *xlsx.Worksheet, middle, last int) int {
	r := p.s.Request
	left := func(row int, text string, st xlsx.Style) { across(w, row, 1, middle, text, st) }
	right := func(row int, text string, st xlsx.Style) { across(w, row, middle+1, last, text, st) }
	centred := xlsx.Style{Size: 12, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	rule := xlsx.Style{Size: 7, H: xlsx.Center, V: xlsx.Top}

	left(1, upper(r.Issuer.Superior), centred)
	right(1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold(centred))
	motto := bold(centred)
	motto.Size = 13
	right(2, "Độc lập - Tự do - Hạnh phúc", motto)
	right(3, strings.Repeat("_", 46), rule)
	row := 2
	for _, line := range p.issuerLines(bold(centred)) {
		left(row, line, bold(centred))
		w.Row(row, xlsx.Row{Height: fit(line, p.leftWidth(), bold(centred))})
		row++
	}
	left(row, strings.Repeat("_", 22), rule)
	w.Row(row, xlsx.Row{Height: 9})
	row++
	number := centred
	number.Size = 13
	left(row, "Số:        /BC-"+r.Issuer.Code, number)
	number.Italic = true
	right(row, p.placeAndDate(), number)
	w.Row(1, xlsx.Row{Height: fit(upper(r.Issuer.Superior), p.leftWidth(), centred)})
	w.Row(row, xlsx.Row{Height: 21})
	return p.titles(w, gap(w, row+1), last)
}

// issuerLines gives the name of the issuing body in one line or two, broken where
// a person would break it.
func (p *paper) issuerLines(st xlsx.Style) []string {
	name := upper(p.s.Request.Issuer.Name)
	if xlsx.FitHeight(name, p.leftWidth(), st) <= xlsx.FitHeight("X", p.leftWidth(), st) {
		return []string{name}
	}
	if before, after, ok := strings.Cut(name, " - "); ok {
		return []string{before + " -", after}
	}
	middle := strings.LastIndex(name[:len(name)/2+len(name)%2], " ")
	if middle < 0 {
		return []string{name}
	}
	return []string{name[:middle], name[middle+1:]}
}

// leftWidth is how wide the left half of the heading is, in digits.
func (p *paper) leftWidth() float64 {
	width := widthCode + p.totals.name
	if !p.totals.apart {
		width += p.totals.unit
	}
	return width
}

// placeAndDate is where and when the document is signed. What is not final is
// not signed yet: its day stays open, as in any draft.
func (p *paper) placeAndDate() string {
	day := calendar.DateOf(p.s.AsOf, nil)
	words := day.VietnameseLong()
	if p.s.Provisional {
		_, rest, _ := strings.Cut(words, " tháng ")
		words = "ngày …… tháng " + rest
	}
	return strings.TrimPrefix(p.s.Request.Issuer.City+", "+words, ", ")
}

// titles writes the type and the summary of the document.
func (p *paper) titles(w *xlsx.Worksheet, row, last int) int {
	r := p.s.Request
	line := func(text string, st xlsx.Style, height float64) {
		if text == "" {
			return
		}
		across(w, row, 1, last, text, st)
		w.Row(row, xlsx.Row{Height: max(height, fit(text, p.totalWidth(), st))})
		row++
	}
	rule := xlsx.Style{Size: 7, H: xlsx.Center, V: xlsx.Top}
	line("BÁO CÁO", titleStyle, 20)
	line("Tổng hợp "+lowerFirst(r.Title.VI), titleStyle, 20)
	across(w, row, 1, last, strings.Repeat("_", 30), rule)
	w.Row(row, xlsx.Row{Height: 9})
	row++
	line(p.periodWords(), captionStyle, 18)
	line(p.letterWords(), captionStyle, 18)
	if p.s.Provisional {
		line(p.provisional(), warnStyle, 20)
	}
	row = gap(w, row)
	if to := r.Recipient.VI; to != "" {
		line("Kính gửi: "+to+".", xlsx.Style{Size: 13, H: xlsx.Center, V: xlsx.Middle}, 22)
	}
	return row
}

// periodWords says of which time the figures are.
func (p *paper) periodWords() string {
	from, to := p.s.Request.From, p.s.Request.To
	period := periodOf(p.s)
	switch {
	case p.s.Request.Period != "" && !period.IsZero():
		return "Kỳ báo cáo: " + period.VI()
	case !from.IsZero() && !to.IsZero():
		return "Kỳ báo cáo: từ ngày " + from.Vietnamese() + " đến ngày " + to.Vietnamese()
	}
	return ""
}

// letterWords names the document by which the reports were asked for.
func (p *paper) letterWords() string {
	l := p.s.Request.Letter
	if l.Number == "" {
		return ""
	}
	words := "(Thực hiện văn bản số " + strings.TrimSpace(strings.TrimPrefix(l.Number, "Số "))
	if !l.Date.IsZero() {
		words += " " + l.Date.VietnameseLong()
	}
	if p.s.Request.Issuer.Name != "" {
		words += " của " + p.s.Request.Issuer.Name
	}
	return words + ")"
}

// gap leaves a row empty. It gives the next one.
func gap(w *xlsx.Worksheet, row int) int {
	w.Row(row, xlsx.Row{Height: 15})
	return row + 1
}

// across writes a text over several columns.
func across(w *xlsx.Worksheet, row, from, to int, text string, st xlsx.Style) {
	w.Text(row, from, text, st)
	w.Merge(xlsx.Rect(row, from, row, to))
}

// lowerFirst makes the first letter small, as within a sentence.
func lowerFirst(s string) string {
	for i := range s {
		if i > 0 {
			return strings.ToLower(s[:i]) + s[i:]
		}
	}
	return strings.ToLower(s)
}

// heardOf is how many of how many were heard, and must not become a date.
func heardOf(heard, asked int) string { return fmt.Sprintf("%d/%d", heard, asked) }

// shortName is the name of an agency in the head of a column.
func (p *paper) shortName(agency string) string {
	if a := p.s.Register.Agency(agency); a != nil && a.Short != "" {
		return a.Short
	}
	return p.s.Register.AgencyName(agency)
}

// counts tells whether a submission of the agency is in the figures.
func counts(a *report.AgencyStatus) bool { return a.Version > 0 }
