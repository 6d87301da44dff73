package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"tonghop/ingest"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// Question b: from the bytes of a workbook to its cells, and on to the facts of a
// draft. A cell is a place of the grid, rows times columns, for everyone.

// readSizes are the sizes of workbook that are read. Small ones are read often,
// so that the start of a process does not hide them.
func (b *bench) readSizes() []papers {
	return []papers{
		{n: min(500, b.files), rows: 40, cols: 12},
		{n: min(50, b.files), rows: 500, cols: 20},
		{n: min(10, b.files), rows: min(5000, b.rows), cols: 20},
		{n: 1, rows: max(b.rows/10, 10), cols: 20},
		{n: 1, rows: b.rows, cols: 20},
		{n: 1, rows: b.rows, cols: 20, inline: true},
	}
}

func (p papers) name() string {
	s := fmt.Sprintf("%s of %s x %d", grouped(p.n), grouped(p.rows), p.cols)
	if p.inline {
		s += ", texts inline"
	}
	return s
}

// reading measures our reader in its two forms, the way to facts, and the peers.
func (b *bench) reading() error {
	if err := b.readCells(); err != nil {
		return err
	}
	return b.readFacts()
}

func (b *bench) readCells() error {
	var peers []peer
	if _, err := b.sharedBench(); err != nil {
		b.add(result{Question: "b", Case: "cells", Who: "everyone", Absent: err.Error()})
		return nil
	}
	if b.peers {
		var err error
		if peers, err = b.folderPeers(); err != nil {
			return err
		}
	}
	for _, p := range b.readSizes() {
		folder, err := b.papers(p)
		if err != nil {
			return err
		}
		for _, form := range []struct{ name, child string }{{"cell by cell", "scan"}, {"as a grid", "grid"}} {
			r, err := b.child(form.child, folder)
			if err != nil {
				return err
			}
			r.Units = p.n * p.rows * p.cols
			b.add(result{Question: "b", Case: p.name(), Who: us + ", " + form.name, Unit: "cell", Series: p.series(), reading: r})
		}
		if err := b.readByPeers(peers, p, folder); err != nil {
			return err
		}
	}
	return nil
}

// series puts sizes that differ tenfold, and in nothing else, side by side.
func (p papers) series() string {
	if p.n > 1 || p.inline {
		return ""
	}
	return "cells"
}

func (b *bench) readByPeers(peers []peer, p papers, folder string) error {
	for _, peer := range peers {
		if !peer.reader {
			continue
		}
		r := result{Question: "b", Case: p.name(), Who: peer.name, Unit: "cell", Series: p.series()}
		if err := peer.needs(); err != nil {
			r.Absent = err.Error()
			b.add(r)
			continue
		}
		var err error
		if r.reading, err = b.runPeer(peer, folder, filepath.Join(b.dir, "peer.xlsx")); err != nil {
			return err
		}
		r.Units, r.Figures = p.n*p.rows*p.cols, ""
		b.add(r)
	}
	return nil
}

// scanCase is the case "scan FOLDER": every cell is looked at and let go.
func scanCase(args []string) (reading, error) {
	cells := 0
	err := eachBook(args[0], func(b []byte) error {
		wb, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
		if err != nil {
			return err
		}
		return wb.Scan(0, func(*xlsx.Cell) error { cells++; return nil })
	})
	return reading{Note: grouped(cells) + " cells with content"}, err
}

// gridCase is the case "grid FOLDER": a sheet is kept whole.
func gridCase(args []string) (reading, error) {
	cells := 0
	err := eachBook(args[0], func(b []byte) error {
		wb, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
		if err != nil {
			return err
		}
		g, err := wb.Grid(0)
		if err == nil {
			cells += len(g.Cells)
		}
		return err
	})
	return reading{Note: grouped(cells) + " cells with content"}, err
}

// eachBook gives the bytes of every workbook of a folder.
func eachBook(folder string, do func([]byte) error) error {
	names, err := booksIn(folder)
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := do(b); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	return nil
}

// readFacts measures the whole way from bytes to a checked draft: small forms of
// question a, and lists of units, as insurers send them, of growing length.
func (b *bench) readFacts() error {
	type size struct{ books, rows int }
	sizes := []size{{100, 40}, {10, 500}, {1, 5000}, {1, max(b.rows/10, 10)}, {1, b.rows}}
	for _, s := range sizes {
		r, err := b.child("ingest", s.books, s.rows)
		if err != nil {
			return err
		}
		series := ""
		if s.books == 1 && s.rows != 5000 {
			series = "facts"
		}
		b.add(result{Question: "b", Case: fmt.Sprintf("%s lists of %s units, checked", grouped(s.books), grouped(s.rows)),
			Who: us, Unit: "fact", Series: series, reading: r})
	}
	return nil
}

// listFigures is how many figures a line of a list has.
const listFigures = 5

// ingestCase is the case "ingest BOOKS ROWS": the same list is read again and
// again, and what is read is checked by rules.
func ingestCase(args []string) (reading, error) {
	books, err := strconv.Atoi(args[0])
	if err != nil {
		return reading{}, err
	}
	rows, err := strconv.Atoi(args[1])
	if err != nil {
		return reading{}, err
	}
	env := listEnv(rows)
	body, err := listBook(rows)
	if err != nil {
		return reading{}, err
	}
	env.Limits = xlsx.Limits{Cells: 50_000_000, GridCells: 50_000_000, FileBytes: 1 << 30, InflatedBytes: 8 << 30}
	return timed(books*rows*listFigures, func() error {
		for range books {
			c := ingest.Read(ingest.Upload{ID: "u", Name: "ds.xlsx", Via: report.ViaWorkbook, Body: body}, env)
			if c.Outcome != report.Ready || c.Draft.Facts.Len() != rows*listFigures {
				return fmt.Errorf("read as %s with %d facts: %v", c.Outcome, c.Draft.Facts.Len(), c.Draft.Findings[:min(3, len(c.Draft.Findings))])
			}
		}
		return nil
	})
}

// listEnv asks an insurer for five figures of each of its facilities.
func listEnv(units int) ingest.Env {
	d := &report.Definition{Code: "kcb", Version: "1", Title: report.Text{VI: "Danh sách cơ sở"}, Calendar: "civil"}
	for i := range listFigures {
		d.Indicators = append(d.Indicators, report.Indicator{Code: fmt.Sprintf("C%d", i+1), Name: report.Text{VI: listHead(i)},
			Type: report.TypeInt, By: report.ByUnit})
	}
	d.Rules = []report.Rule{{Code: "R1", Check: "[C1] <= [C1] + [C2]", Text: report.Text{VI: "Phần không quá toàn thể", EN: "A part is at most its whole"}}}
	d.Sheets = []report.Sheet{{Name: "Danh sách", Shape: report.UnitList, Key: report.KeyHeaders{Code: []string{"Mã CSKCB"}, Name: []string{"Tên CSKCB"}}}}
	r := &report.Register{Code: "kcb", Version: "1", Places: []report.Place{{Code: provinceCode, Name: report.Text{VI: "Tỉnh"}, Level: report.LevelProvince}}}
	r.Agencies = []report.Agency{{Code: "bhxh", Name: report.Text{VI: "Bảo hiểm xã hội tỉnh"}, Place: provinceCode}}
	for i := range units {
		r.Agencies = append(r.Agencies, report.Agency{Code: unitCode(i), Name: report.Text{VI: listName(i)}, Parent: "bhxh", Place: provinceCode})
	}
	return ingest.Env{
		Definition: d, Register: r.Index(), Agency: "bhxh",
		Request: &report.Request{Code: "kcb-2025", Definition: "kcb", Version: "1", Register: "kcb", Registered: "1", Place: provinceCode,
			From: calendar.MustDate("2025-01-01"), To: calendar.MustDate("2025-12-31"), Agencies: []string{"bhxh"}},
	}
}

func listHead(i int) string { return fmt.Sprintf("Số lượt loại %c", 'A'+i) }

func listName(i int) string {
	return fmt.Sprintf("Trạm y tế xã %s %05d", officeDistricts[i%len(officeDistricts)], i)
}

// listBook is what the insurer sends: a head, a line for each facility.
func listBook(units int) ([]byte, error) {
	book := xlsx.NewBook(xlsx.Props{Title: "Danh sách", Created: calendar.MustDate("2025-12-31").Start(nil)})
	w := book.Sheet("Danh sách")
	plain, number := xlsx.Style{}, xlsx.Style{NumFmt: "#,##0"}
	w.Text(1, 1, "Mã CSKCB", plain)
	w.Text(1, 2, "Tên CSKCB", plain)
	for i := range listFigures {
		w.Text(1, 3+i, listHead(i), plain)
	}
	for u := range units {
		w.Text(2+u, 1, unitCode(u), plain)
		w.Text(2+u, 2, listName(u), plain)
		for i := range listFigures {
			w.Number(2+u, 3+i, strconv.Itoa(u%1000*10+i), number)
		}
		w.Done(2 + u)
	}
	return book.Bytes()
}
