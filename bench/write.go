package main

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/export"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// Question d: the Committee's workbook of a summary, with every source behind
// every figure. The peer writes only the rows of the sources, as one would with
// the library's way for long sheets.

// summarySize is how much a summary holds.
type summarySize struct{ agencies, places, indicators int }

func (s summarySize) facts() int { return s.agencies * s.places * s.indicators }

func (b *bench) writing() error {
	sizes := []summarySize{{9, 12, 20}, {20, max(b.rows/10/400, 1), 20}, {20, max(b.rows/400, 1), 20}}
	for i, s := range sizes {
		name := fmt.Sprintf("%s facts: %d agencies, %d places, %d indicators", grouped(s.facts()), s.agencies, s.places, s.indicators)
		series := ""
		if i > 0 {
			series = "cells written"
		}
		for _, who := range []struct{ name, child string }{
			{us + ", the whole workbook", "workbook"}, {"excelize StreamWriter, the sources alone", "streamwriter"},
		} {
			if who.child == "streamwriter" && !b.peers {
				continue
			}
			r, err := b.child(who.child, s.agencies, s.places, s.indicators)
			if err != nil {
				return err
			}
			b.add(result{Question: "d", Case: name, Who: who.name, Unit: "cell", Series: series, reading: r})
		}
	}
	return nil
}

func sizeOf(args []string) (s summarySize, err error) {
	for i, n := range []*int{&s.agencies, &s.places, &s.indicators} {
		if *n, err = strconv.Atoi(args[i]); err != nil {
			return s, err
		}
	}
	return s, nil
}

// summaryOf folds submissions of that size and makes the summary of them.
func summaryOf(s summarySize) (*report.Summary, error) {
	d := &report.Definition{Code: "d", Version: "1", Title: report.Text{VI: "Biểu tổng hợp"}, Calendar: "civil"}
	for i := range s.indicators {
		d.Indicators = append(d.Indicators, report.Indicator{Code: indicatorCode(i), Name: report.Text{VI: "Chỉ tiêu số " + strconv.Itoa(i)},
			Unit: "hồ sơ", Type: report.TypeInt, By: report.ByPlace})
	}
	reg := &report.Register{Code: "r", Version: "1", Places: []report.Place{{Code: provinceCode, Level: report.LevelProvince, Name: report.Text{VI: "Tỉnh"}}}}
	for p := range s.places {
		reg.Places = append(reg.Places, report.Place{Code: districtCode(p), Name: report.Text{VI: districtName(p)}, Level: report.LevelDistrict, Parent: provinceCode})
	}
	req := officeAsk(0)
	req.Code, req.Definition, req.Register = "ky", "d", "r"
	for a := range s.agencies {
		name := officeAgencies[a%len(officeAgencies)]
		reg.Agencies = append(reg.Agencies, report.Agency{Code: agencyCode(a), Name: report.Text{VI: name}, Short: name})
		req.Agencies = append(req.Agencies, agencyCode(a))
	}
	events := []*report.Event{
		event(report.Key{Scope: report.ScopeRegister, Name: "r"}, 0, &report.RegisterApplied{Register: reg.Index()}),
		event(report.Key{Scope: report.ScopeDefinition, Name: "d"}, 0, &report.DefinitionApplied{Definition: d}),
		event(report.RequestKey("ky"), 0, &report.RequestApplied{Revision: 1, Request: req}),
	}
	for a := range s.agencies {
		events = append(events, s.submitted(a)...)
	}
	books, view := live(nil)
	for i, e := range events {
		if err := codec.Seal(e); err != nil {
			return nil, err
		}
		if err := books.Restore([]report.Recorded{{Seq: uint64(i + 1), Event: e}}); err != nil {
			return nil, err
		}
	}
	return view.Summarize("ky", time.Time{}, false)
}

// submitted is what one agency did.
func (s summarySize) submitted(a int) []*report.Event {
	key := report.ReturnKey("ky", agencyCode(a))
	sha := fmt.Sprintf("%064x", a)
	upload := report.UploadID("ky", key.Agency, sha)
	var facts []report.Fact
	for p := range s.places {
		for i := range s.indicators {
			v := int64(a*131+p*17+i)*37%100_000 + 1
			facts = append(facts, report.Fact{Unit: key.Agency, Place: districtCode(p), Indicator: indicatorCode(i),
				Value:  report.NumberOf(decimal.FromInt(v)),
				Source: report.Source{Sheet: "Báo cáo", Cell: xlsx.Ref(6+p, 5+i), Text: strconv.FormatInt(v, 10)}})
		}
	}
	draft := report.Draft{Facts: report.FactsOf(facts)}
	return []*report.Event{
		event(key, 3*a+1, &report.Received{Upload: upload, SHA256: sha, Name: "bao-cao.xlsx", Via: report.ViaWorkbook, Submit: true}),
		event(key, 3*a+2, &report.Checked{Upload: upload, Outcome: report.Ready, Definition: "d@1", Register: "r@1", Draft: draft}),
		event(key, 3*a+3, &report.Submitted{Version: 1, Upload: upload}),
	}
}

// workbookCase is the case "workbook AGENCIES PLACES INDICATORS". The summary is
// made before the clock starts; its memory counts.
func workbookCase(args []string) (reading, error) {
	size, err := sizeOf(args)
	if err != nil {
		return reading{}, err
	}
	s, err := summaryOf(size)
	if err != nil {
		return reading{}, err
	}
	var out []byte
	r, err := timed(0, func() error { out, err = export.Workbook(s); return err })
	if err != nil {
		return r, err
	}
	r.Peak = peakOf("self") // before the cells are counted
	r.Units, err = cellsOf(out)
	r.Note = fmt.Sprintf("%.1f MB, %s cells", float64(len(out))/1e6, grouped(r.Units))
	return r, err
}

// cellsOf counts the cells with content of a workbook.
func cellsOf(b []byte) (n int, err error) {
	wb, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{Cells: 100_000_000, InflatedBytes: 8 << 30, FileBytes: 1 << 30})
	if err != nil {
		return 0, err
	}
	for _, s := range wb.Sheets {
		if err := wb.Scan(s.Index, func(*xlsx.Cell) error { n++; return nil }); err != nil {
			return n, err
		}
	}
	return n, nil
}

// streamWriterCase is the case "streamwriter AGENCIES PLACES INDICATORS".
func streamWriterCase(args []string) (reading, error) {
	size, err := sizeOf(args)
	if err != nil {
		return reading{}, err
	}
	s, err := summaryOf(size)
	if err != nil {
		return reading{}, err
	}
	cells := 0
	var written countingWriter
	r, err := timed(0, func() error { cells, err = streamSources(s, &written); return err })
	r.Units = cells
	r.Note = fmt.Sprintf("%.1f MB, %s cells", float64(written)/1e6, grouped(cells))
	return r, err
}

// countingWriter counts what is written.
type countingWriter int

func (w *countingWriter) Write(b []byte) (int, error) {
	*w += countingWriter(len(b))
	return len(b), nil
}

// streamSources writes a line for each source, styled, and gives the cells.
func streamSources(s *report.Summary, w io.Writer) (cells int, err error) {
	f := excelize.NewFile()
	defer f.Close()
	box := []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}
	text, err := f.NewStyle(&excelize.Style{Border: box, Font: &excelize.Font{Family: "Times New Roman", Size: 11}})
	if err != nil {
		return 0, err
	}
	number, err := f.NewStyle(&excelize.Style{Border: box, Font: &excelize.Font{Family: "Times New Roman", Size: 11}, NumFmt: 3})
	if err != nil {
		return 0, err
	}
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return 0, err
	}
	for i, l := range s.Sources {
		figure, _ := l.Value.Num.Int64()
		row := make([]any, 0, 10)
		for _, t := range []string{l.Indicator, s.Definition.Indicator(l.Indicator).Name.VI, s.Register.AgencyName(l.Agency),
			s.Register.PlaceName(l.Place), l.Source.Text, l.File, l.Source.Sheet, l.Source.Cell} {
			row = append(row, excelize.Cell{StyleID: text, Value: t})
		}
		row = append(row, excelize.Cell{StyleID: number, Value: figure}, excelize.Cell{StyleID: number, Value: l.Version})
		cells += len(row)
		if err := sw.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
			return 0, err
		}
	}
	if err := sw.Flush(); err != nil {
		return 0, err
	}
	_, err = f.WriteTo(w)
	return cells, err
}
