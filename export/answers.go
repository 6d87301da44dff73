package export

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The columns of the sheet of narrative answers.
const (
	answersLast  = 3
	answersWidth = 58 // of the texts, in digits
	answersTop   = 5
)

// writeAnswers writes what the agencies told in words, question by question.
func (p *paper) writeAnswers() {
	w := p.answersSheet
	w.Columns(1, 1, xlsx.Column{Width: 5})
	w.Columns(2, 2, xlsx.Column{Width: 25})
	w.Columns(3, 3, xlsx.Column{Width: answersWidth})
	p.sheetTitle(w, "THUYẾT MINH CỦA CÁC ĐƠN VỊ", answersLast)
	row, heads := answersTop, map[int]bool{}
	for _, ind := range p.stories {
		heads[row] = true
		title := ind.Code + ". " + ind.Name.VI
		across(w, row, 1, answersLast, title, groupStyle)
		w.Paint(xlsx.Rect(row, 1, row, answersLast), groupStyle)
		w.Row(row, xlsx.Row{Height: 21})
		row = p.answersTo(ind, row+1)
	}
	if len(p.stories) == 0 {
		across(w, row, 1, answersLast, "Biểu mẫu không có câu hỏi thuyết minh.", smallStyle)
	}
	rows := rowsOnPaper(w, answersTop, row-1, func(row int) bool { return heads[row] })
	full := pageHeight(false, 0) * trust
	beginPages(w, answersTop, divide(rows, full-w.HeightOf(1, answersTop-1), full, 0))
}

// answersTo writes the answers to one question. It gives the next free row.
func (p *paper) answersTo(ind *report.Indicator, row int) int {
	w, n := p.answersSheet, 0
	var silent []string
	for i := range p.s.Agencies {
		agency := p.s.Agencies[i].Agency
		at := slices.IndexFunc(p.s.Answers, func(a report.Answer) bool { return a.Agency == agency && a.Indicator == ind.Code })
		if at < 0 {
			silent = append(silent, p.shortName(agency))
			continue
		}
		n++
		row = p.answer(row, n, p.s.Register.AgencyName(agency), p.s.Answers[at].Text)
	}
	if len(silent) > 0 {
		text := "Không có nội dung: " + strings.Join(silent, "; ") + "."
		across(w, row, 1, answersLast, text, smallStyle)
		w.Row(row, xlsx.Row{Height: fit(text, 5+25+answersWidth, smallStyle)})
		row++
	}
	return gap(w, row)
}

// answer writes one answer, over as many rows as it takes: a row can only be so
// tall.
func (p *paper) answer(row, number int, name, text string) int {
	w, st := p.answersSheet, textStyle
	st.V = xlsx.Top
	centred := midStyle
	centred.V = xlsx.Top
	for i, piece := range pieces(text, answersWidth, st) {
		if i == 0 {
			w.Number(row, 1, strconv.Itoa(number), centred)
			w.Text(row, 2, name, st)
		} else {
			w.Blank(row, 1, centred)
			w.Text(row, 2, name+" (tiếp)", st)
		}
		w.Text(row, 3, piece, st)
		w.Row(row, xlsx.Row{Height: max(fit(piece, answersWidth, st), fit(name, 25, st))})
		row++
	}
	return row
}

// tallest is how tall a row of text may be: one that fills a page leaves the page
// before it empty.
const tallest = 300

// pieces cuts a text at its paragraphs and sentences into pieces that a row can
// show. Nothing is left out (law 5).
func pieces(text string, width float64, st xlsx.Style) []string {
	var out []string
	for xlsx.FitHeight(text, width, st) > tallest {
		at := cutBefore(text, width, st)
		if at <= 0 {
			break
		}
		out = append(out, strings.TrimRight(text[:at], " \n"))
		text = text[at:]
	}
	return append(out, text)
}

// cutBefore finds the last place to cut at which what comes before still fits.
func cutBefore(text string, width float64, st xlsx.Style) int {
	best := 0
	for _, sep := range []string{"\n", ". ", " "} {
		for at := 0; ; {
			i := strings.Index(text[at:], sep)
			if i < 0 || xlsx.FitHeight(text[:at+i], width, st) > tallest {
				break
			}
			at += i + len(sep)
			best = at
		}
		if best > 0 {
			return best
		}
	}
	return best
}
