package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"tonghop/internal/xlsx"
)

// Question g: one table in every format that an office sends, from the bytes of
// the file to every cell of it. The workbook is that of question b; LibreOffice
// saves it in the other formats, so that nobody reads a file of their own making.
// Everyone must find the same number of cells.

// sheetFormat is a format by the ending of its files.
type sheetFormat struct {
	ending string
	filter string // of LibreOffice, "" for the workbook as it was made
	most   int    // rows that a sheet can have, 0 for enough
	zipped bool   // has parts to inflate
}

var sheetFormats = []sheetFormat{
	{ending: "xlsx", zipped: true},
	{ending: "ods", filter: "ods", zipped: true},
	{ending: "xls", filter: "xls:MS Excel 97", most: 65_536},
	{ending: "csv", filter: "csv:Text - txt - csv (StarCalc):44,34,76,1"}, // commas, quotes, UTF-8
}

// formatRows are the sizes of the table, of twenty columns: the largest, half of
// it for formats that end sooner, and small ones.
func (b *bench) formatRows() []int {
	sizes := []int{b.rows}
	for _, n := range []int{b.rows / 2, 5000, 500} {
		if n >= 500 && n < sizes[0] {
			sizes = slices.Insert(sizes, 0, n)
		}
	}
	return sizes
}

// formats measures every reader on every format that it knows.
func (b *bench) formats() error {
	if _, err := b.sharedBench(); err != nil {
		b.add(result{Question: "g", Case: "cells", Who: "everyone", Absent: err.Error()})
		return nil
	}
	for _, f := range sheetFormats {
		for _, rows := range b.formatRows() {
			if err := b.format(f, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

// format measures every reader on one file.
func (b *bench) format(f sheetFormat, rows int) error {
	const cols = 20
	line := result{Question: "g", Case: fmt.Sprintf(".%s, %s x %d", f.ending, grouped(rows), cols), Unit: "cell", Series: "." + f.ending}
	file, err := b.inFormat(f, papers{n: 1, rows: rows, cols: cols})
	if err != nil {
		line.Who, line.Absent = "everyone", err.Error()
		b.add(line)
		return nil
	}
	found := ""
	for _, r := range b.cellReaders() {
		if !r.reads(f) {
			continue
		}
		line := line
		line.Who = r.name
		if err := r.needs(); err != nil {
			line.Absent = err.Error()
			b.add(line)
			continue
		}
		if line.reading, err = r.read(file); err != nil {
			return fmt.Errorf("%s, %s: %w", line.Case, r.name, err)
		}
		line.Units = rows * cols
		b.add(line)
		switch {
		case line.Figures == "" || found == line.Figures:
		case found == "":
			found = line.Figures
		default:
			return fmt.Errorf("%s, %s: %s, we %s", line.Case, r.name, line.Figures, found)
		}
	}
	return nil
}

// errNoRows: the format has fewer rows than the workbook.
var errNoRows = errors.New("a sheet of this format has not so many rows")

// inFormat gives the workbook in a format; the same is made once.
func (b *bench) inFormat(f sheetFormat, p papers) (string, error) {
	if f.most > 0 && p.rows > f.most-10 { // ten for heads and total
		return "", errNoRows
	}
	folder, err := b.papers(p)
	if err != nil {
		return "", err
	}
	books, err := booksIn(folder)
	if err != nil || f.filter == "" {
		return books[0], err
	}
	dir := filepath.Join(b.dir, "saved-"+p.String())
	saved := filepath.Join(dir, strings.TrimSuffix(filepath.Base(books[0]), ".xlsx")+"."+f.ending)
	if _, err := os.Stat(saved); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return saved, err
	}
	if err := hasOffice(); err != nil {
		return "", err
	}
	profile, err := os.MkdirTemp("", "bench-office-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(profile)
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+profile, "--headless", "--convert-to", f.filter, "--outdir", dir, books[0]).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("soffice: %w: %s", err, out)
	}
	_, err = os.Stat(saved)
	return saved, err
}

// cellReader is a program, or a way of ours, that reads a file to its last cell
// and says how many cells have something in them.
type cellReader struct {
	name  string
	reads func(sheetFormat) bool
	needs func() error
	read  func(file string) (reading, error)
}

// cellReaders are ours first, and what no reader can do without: inflating.
func (b *bench) cellReaders() []cellReader {
	every := func(sheetFormat) bool { return true }
	zipped := func(f sheetFormat) bool { return f.zipped }
	xlsxOnly := func(f sheetFormat) bool { return f.ending == "xlsx" }
	nothing := func() error { return nil }
	ours := func(child string) func(string) (reading, error) {
		return func(file string) (reading, error) { return b.child(child, file) }
	}
	readers := []cellReader{
		{us + ", cell by cell", every, nothing, ours("cells")},
		{us + ", as a grid", every, nothing, ours("cellgrid")},
		{"inflating its parts, no more", zipped, nothing, ours("inflate")},
	}
	if !b.peers {
		return readers
	}
	shared, _ := b.sharedBench() // it is there
	python, modules := pythonName(), b.nodeModules(shared)
	program := func(env []string, name string, args ...string) func(string) (reading, error) {
		return func(file string) (reading, error) {
			c := exec.Command(name, append(args, file)...)
			c.Env = append(os.Environ(), env...)
			out, r, err := measure(c)
			r.Figures = cellsFound(strings.TrimSpace(string(out)))
			return r, err
		}
	}
	return append(readers,
		cellReader{"excelize", xlsxOnly, nothing, ours("excelize")},
		cellReader{"SheetJS", every, func() error { return hasSheetJS(modules) }, program([]string{"NODE_PATH=" + modules}, "node", "-e", sheetJSCells)},
		cellReader{"openpyxl", xlsxOnly, func() error { return pythonHas(python, "openpyxl") }, program([]string{"PYTHONWARNINGS=ignore"}, python, "-c", openpyxlCells)},
	)
}

// The peers' programs: each counts the cells that are not empty, the way its
// manual tells one to read.
const (
	sheetJSCells = `const X = require("xlsx"); let n = 0;
const book = X.readFile(process.argv[1], {dense: true, cellFormula: false, cellHTML: false, cellText: false});
for (const name of book.SheetNames) for (const row of book.Sheets[name]["!data"] || book.Sheets[name])
	if (row) for (const c of row) if (c && c.t !== "z" && c.v !== undefined && c.v !== "") n++;
console.log(n);`
	openpyxlCells = `import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
n = 0
for sheet in book:
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        n += sum(v is not None and v != "" for v in row)
print(n)`
)

// cellsFound is the fingerprint of a reading: a number of cells.
func cellsFound(n string) string { return n + " cells" }

// cellsCase is the case "cells FILE": every cell of every sheet is looked at and
// let go.
func cellsCase(args []string) (reading, error) {
	return eachSheet(args[0], func(wb *xlsx.Workbook, sheet int) (n int, err error) {
		return n, wb.Scan(sheet, func(c *xlsx.Cell) error {
			if c.Text != "" {
				n++
			}
			return nil
		})
	})
}

// cellGridCase is the case "cellgrid FILE": every sheet is kept whole.
func cellGridCase(args []string) (reading, error) {
	var kept []*xlsx.Grid
	return eachSheet(args[0], func(wb *xlsx.Workbook, sheet int) (n int, err error) {
		g, err := wb.Grid(sheet)
		if err != nil {
			return 0, err
		}
		kept = append(kept, g)
		for i := range g.Cells {
			if g.Cells[i].Text != "" {
				n++
			}
		}
		return n, nil
	})
}

// eachSheet counts the cells of a file with one of our ways to read.
func eachSheet(file string, count func(wb *xlsx.Workbook, sheet int) (int, error)) (reading, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return reading{}, err
	}
	wb, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	if err != nil {
		return reading{}, err
	}
	total := 0
	for i := range wb.Sheets {
		n, err := count(wb, i)
		if err != nil {
			return reading{}, err
		}
		total += n
	}
	return reading{Figures: cellsFound(strconv.Itoa(total))}, nil
}

// inflateCase is the case "inflate FILE": what nobody who reads the file can
// spare, by the fastest decompressor there is for Go.
func inflateCase(args []string) (reading, error) {
	z, err := zip.OpenReader(args[0])
	if err != nil {
		return reading{}, err
	}
	defer z.Close()
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	var total int64
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return reading{}, err
		}
		n, err := io.Copy(io.Discard, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return reading{}, err
		}
		total += n
	}
	return reading{Note: grouped(int(total)>>20) + " MiB inflated"}, nil
}

// excelizeCase is the case "excelize FILE": as excelize reads fastest.
func excelizeCase(args []string) (reading, error) {
	f, err := excelize.OpenFile(args[0], excelize.Options{RawCellValue: true})
	if err != nil {
		return reading{}, err
	}
	defer f.Close()
	total := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			return reading{}, err
		}
		for rows.Next() {
			row, err := rows.Columns()
			if err != nil {
				return reading{}, err
			}
			for _, text := range row {
				if text != "" {
					total++
				}
			}
		}
		if err := rows.Close(); err != nil {
			return reading{}, err
		}
	}
	return reading{Figures: cellsFound(strconv.Itoa(total))}, nil
}
