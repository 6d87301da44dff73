package export

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// Names of the sheets. While figures are provisional each carries a mark behind
// its name as well.
const (
	sheetTotals   = "Tổng hợp"
	sheetAgencies = "Theo đơn vị" // only where the agencies do not fit beside the totals
	sheetCharts   = "Biểu đồ"
	sheetPlaces   = "Theo địa bàn"
	sheetCross    = "Đơn vị x địa bàn"
	sheetStatus   = "Tình hình nộp"
	sheetAnswers  = "Thuyết minh"
	sheetSources  = "Nguồn số liệu"
	sheetNotes    = "Ghi chú"
)

// Provisional is the word that marks figures that are not final, on every sheet,
// in the margins, in the properties and in the name of the file.
const Provisional = "TẠM TÍNH"

// ErrNoMoment says that a summary does not say of which moment it speaks. A
// workbook is dated by it, never by the clock (law 6).
var ErrNoMoment = errors.New("summary has no moment it speaks of")

// Workbook writes a summary as the Committee's workbook: xlsx, dated by the
// summary. The same summary gives the same bytes (law 6). It fails when the
// summary is not whole, or holds a text or a table that no workbook can.
func Workbook(s *report.Summary) ([]byte, error) {
	if s.AsOf.IsZero() {
		return nil, fmt.Errorf("workbook of %s: %w", s.Request.Code, ErrNoMoment)
	}
	p := newPaper(s)
	p.writeTotals()
	p.writeCharts()
	p.writePlaces()
	p.writeCross()
	p.writeStatus()
	p.writeAnswers()
	p.writeSources()
	p.writeNotes()
	out, err := p.book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("workbook of %s: %w", s.Request.Code, err)
	}
	return out, nil
}

// paper is a workbook in the making.
type paper struct {
	*index
	s    *report.Summary
	book *xlsx.Book
	due  calendar.Due

	totalsSheet, agenciesSheet, chartsSheet, placesSheet *xlsx.Worksheet
	crossSheet, statusSheet, answersSheet                *xlsx.Worksheet
	sourcesSheet, notesSheet                             *xlsx.Worksheet

	totals       totalsLayout
	placesHeight float64            // of the heading of the table by place
	heights      map[fitted]float64 // of texts in lists, where the same ones come often
	sourceCols   []sourceColumn
	told         map[[3]string]bool // indicator, agency and text of the answers; nil until asked for
	crossLinks   int                // from the table of agencies by places to the sources
}

// fitted is a text in a column.
type fitted struct {
	text   string
	width  float64
	strong bool
}

func newPaper(s *report.Summary) *paper {
	p := &paper{s: s, index: newIndex(s), book: xlsx.NewBook(properties(s)), due: dueOf(s), heights: map[fitted]float64{}}
	p.totals = p.layOutTotals()
	p.sourceCols = p.layOutSourceColumns()
	p.totalsSheet = p.sheet(sheetTotals, true)
	p.agenciesSheet = p.totalsSheet
	if p.totals.apart {
		p.totalsSheet.Print.Landscape = false
		p.agenciesSheet = p.sheet(sheetAgencies, true)
	}
	p.chartsSheet = p.sheet(sheetCharts, true)
	p.placesSheet = p.sheet(sheetPlaces, true)
	p.crossSheet = p.sheet(sheetCross, true)
	p.statusSheet = p.sheet(sheetStatus, true)
	p.answersSheet = p.sheet(sheetAnswers, false)
	p.sourcesSheet = p.sheet(sheetSources, false)
	p.notesSheet = p.sheet(sheetNotes, true)
	return p
}

// sheet adds a sheet with the page of the decree.
func (p *paper) sheet(name string, landscape bool) *xlsx.Worksheet {
	if p.s.Provisional {
		name += " (" + Provisional + ")"
	}
	w := p.book.Sheet(name)
	w.View.HideGrid = true
	w.Print = xlsx.Print{Landscape: landscape, FitWidth: true, PageNumber: true, Footer: p.footer()}
	if p.s.Provisional {
		w.Print.Header = Provisional
		w.View.TabColor = warnColor
	}
	return w
}

// footer names the state the figures were made from, so that a page on paper can
// be traced to the file and to the journal.
func (p *paper) footer() string {
	text := fmt.Sprintf("%s · số liệu đến %s · %d/%d đơn vị · mã %s",
		p.s.Request.Code, moment(p.s.AsOf), p.s.Heard, p.s.Asked, short(p.s.State))
	if p.s.Provisional {
		text = Provisional + " · " + text
	}
	return text
}

// short gives the beginning of a hash that is enough for the eye.
func short(hash string) string { return hash[:min(len(hash), 12)] }

// properties is what the file says about itself, unseen. The custom ones let a
// verifier find what the workbook was made from.
func properties(s *report.Summary) xlsx.Props {
	status, mark := "chính thức", ""
	if s.Provisional {
		status, mark = Provisional, Provisional+". "
	}
	return xlsx.Props{
		Title:   mark + "Tổng hợp: " + s.Request.Title.VI,
		Subject: s.Definition.Title.VI,
		Creator: s.Request.Issuer.Name,
		Company: s.Request.Issuer.Superior,
		Description: fmt.Sprintf("%sSố liệu tính đến %s; đã báo cáo %d/%d đơn vị; trạng thái %s.",
			mark, moment(s.AsOf), s.Heard, s.Asked, s.State),
		Created: s.AsOf,
		Custom: map[string]string{
			"tonghop.request":    s.Request.Code,
			"tonghop.definition": report.Ref(s.Request.Definition, s.Request.Version),
			"tonghop.register":   report.Ref(s.Request.Register, s.Request.Registered),
			"tonghop.state":      s.State,
			"tonghop.asOf":       s.AsOf.UTC().Format(time.RFC3339Nano),
			"tonghop.official":   strconv.FormatBool(s.Official),
			"tonghop.heard":      fmt.Sprintf("%d/%d", s.Heard, s.Asked),
			"tonghop.status":     status,
			"tonghop.layout":     layoutVersion,
		},
	}
}

// layoutVersion names the arrangement of the workbook. Another arrangement gives
// other bytes for the same state, and says so.
const layoutVersion = "3"

// dueOf gives the due date of the request; the zero Due where its rule or its
// period says too little to know.
func dueOf(s *report.Summary) calendar.Due {
	due, err := s.Request.Due.Compute(periodOf(s), calendar.VietnamHolidays())
	if err != nil {
		return calendar.Due{}
	}
	return due
}

// periodOf gives the period of the request, the zero one where it has none.
func periodOf(s *report.Summary) calendar.Period {
	period, err := s.Request.PeriodUnder(s.Definition)
	if err != nil {
		return calendar.Period{}
	}
	return period
}
