package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

func (p *program) cells() *cobra.Command {
	return &cobra.Command{
		Use:   "cells FILE",
		Short: "In mọi ô có nội dung của một tệp (every cell of a workbook)",
		Long: `cells shows what stands in the cells of a workbook (.xlsx, .xls, .ods) or of a table in text (.csv, .tsv), as it is read
before anything is made of it: for each cell a number (n), a text (s), true or false (b), an error (e), or a number that
its format shows as a date (d). Hidden sheets, rows and columns are among them. A formula stands for its stored value.
Everything in a text is text. Exit code 2 when the file cannot be read whole.`,
		Example: `  tonghop cells so-y-te.xlsx
  tonghop cells so-y-te.xlsx --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.printCells(args[0]) },
	}
}

// printCells writes a workbook sheet by sheet. It is read through before the first
// cell is written: of a file that is broken somewhere nothing is shown as if it
// were all.
func (p *program) printCells(path string) error {
	info, err := stat(path)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only
	limits := xlsx.Limits{}
	book, err := xlsx.Open(f, info.Size(), limits)
	if err != nil {
		return refusalOf(err, limits)
	}
	for _, s := range book.Sheets {
		if err := book.Scan(s.Index, func(*xlsx.Cell) error { return nil }); err != nil {
			return refusalOf(err, limits)
		}
	}
	out := cellWriter{Writer: bufio.NewWriter(p.out), json: p.json}
	out.begin(filepath.Base(path), book.Format)
	for i, s := range book.Sheets {
		g, err := book.Grid(s.Index)
		if err != nil {
			return errors.Join(out.Flush(), refusalOf(err, limits))
		}
		out.sheet(i, s, g)
	}
	out.end()
	return out.Flush()
}

// refusalOf puts a refusal of the reader into the words of the catalogue.
func refusalOf(err error, limits xlsx.Limits) error {
	if _, ok := errors.AsType[*xlsx.Error](err); ok {
		return *sheet.Refusal(err, limits)
	}
	return err
}

// cellWriter writes cells as they come: a sheet may have millions. Errors are
// kept by the writer for Flush.
type cellWriter struct {
	*bufio.Writer
	json bool
}

func (w *cellWriter) begin(file string, format xlsx.Format) {
	if w.json {
		fmt.Fprintf(w, `{"file":%s,"format":%s,"sheets":[`, quoted(file), quoted(string(format)))
	}
}

func (w *cellWriter) end() {
	if w.json {
		w.WriteString("]}\n")
	}
}

// sheet writes the cells of one sheet, in rows from the left.
func (w *cellWriter) sheet(n int, s xlsx.SheetInfo, g *xlsx.Grid) {
	if !w.json {
		if n > 0 {
			w.WriteByte('\n')
		}
		fmt.Fprintf(w, "# %s (%s)\n", s.Name, s.State)
	} else {
		if n > 0 {
			w.WriteByte(',')
		}
		fmt.Fprintf(w, "\n"+`{"name":%s,"state":%s,"cells":{`, quoted(s.Name), quoted(s.State.String()))
	}
	first := true
	for i := range g.Cells {
		kind, text := cellShown(&g.Cells[i])
		if kind == "" {
			continue
		}
		w.cell(first, xlsx.Ref(g.Cells[i].Row, g.Cells[i].Col), kind, text)
		first = false
	}
	if w.json {
		w.WriteString("}}")
	}
}

func (w *cellWriter) cell(first bool, ref, kind, text string) {
	if !w.json {
		fmt.Fprintf(w, "%s\t%s\t%s\n", ref, kind, text)
		return
	}
	if !first {
		w.WriteByte(',')
	}
	fmt.Fprintf(w, "\n"+`"%s":["%s",%s]`, ref, kind, quoted(text))
}

// cellShown gives the letter of a cell's type and its value: of a number the
// decimal that was typed, not the binary fraction it is stored as. Both are empty
// where there is no value.
func cellShown(c *xlsx.Cell) (kind, text string) {
	if c.NoCache || c.Text == "" {
		return "", ""
	}
	switch c.Type {
	case xlsx.Number:
		return "n", numberShown(c.Text)
	case xlsx.Date:
		return "d", numberShown(c.Text)
	case xlsx.Bool:
		if c.Text == "1" {
			return "b", "true"
		}
		return "b", "false"
	case xlsx.TypeError:
		return "e", c.Text
	case xlsx.String:
		return "s", c.Text
	}
	return "", ""
}

// numberShown spells a stored number, and leaves one that no decimal holds.
func numberShown(stored string) string {
	d, _, err := decimal.FromStored(stored)
	if err != nil {
		return stored
	}
	return d.String()
}

// quoted gives a text as JSON.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always can be
	return string(b)
}
