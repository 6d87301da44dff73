package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

func (p *program) sum() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "sum FOLDER",
		Short: "Cộng mọi bảng tính trong một thư mục, không cần biểu mẫu (add up the workbooks in a folder, with no form)",
		Long: `sum reads every workbook in a folder, recognises which tables are of one form, and adds them up cell by cell. With -o it
writes a workbook: the totals, by file, by body and by place, each total leading to the cells it was added up from and
saying how many of how many reports stand behind it, and what was found. A table that is the sum of others, and the same
figures handed in twice, are left out and said; so are hidden sheets. A total that a report lacks is made of its parts.
Exit code 2 when a file, or a figure of one, could not be read or added.`,
		Example: `  tonghop sum nop -o tong-hop.xlsx
  tonghop sum nop --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.printSum(args[0], out) },
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "tệp Excel kết quả (the workbook to write)")
	return cmd
}

// printSum adds up a folder and shows or writes what comes out.
func (p *program) printSum(folder, out string) error {
	if out != "" {
		var err error
		if out, err = outputPath(out, "tong-hop.xlsx"); err != nil {
			return err
		}
	}
	files, passed, err := workbooksIn(folder, out)
	if err != nil {
		return err
	}
	tables, found, err := readPapers(files)
	if err != nil {
		return err
	}
	sums := aggregate.Collate(tables)
	for i := range sums {
		found = append(found, sums[i].Findings...)
	}
	if out != "" {
		if err := p.writeSums(out, sums, found); err != nil {
			return err
		}
	}
	w := bufio.NewWriter(p.out)
	if p.json {
		err = printSumsJSON(w, sums, passed, found)
	} else {
		printSums(w, len(files), passed, sums, found)
		if out != "" {
			fmt.Fprintf(w, "\nĐã ghi %s (written)\n", out)
		}
	}
	if err := errors.Join(err, w.Flush()); err != nil {
		return err
	}
	if found.Blocks() {
		return errFindings
	}
	return nil
}

// workbooksIn gives the files of a folder that may be workbooks, by name, without
// the one that is to be written and what Excel keeps beside open files; and the
// names of what was passed over: folders, and files that are no workbooks.
func workbooksIn(folder, out string) (files, passed []string, err error) {
	info, err := stat(folder)
	if err != nil {
		return nil, nil, err
	}
	if !info.IsDir() {
		return nil, nil, inputError{fmt.Errorf("%s là một tệp, cần một thư mục (a file, where a folder is wanted); xem một tệp: tonghop read %[1]s", folder)}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		name := e.Name()
		path := filepath.Join(folder, name)
		switch {
		case strings.HasPrefix(name, "~$"), strings.HasPrefix(name, "."), out != "" && sameFile(path, out):
		case e.IsDir():
			passed = append(passed, name+string(filepath.Separator))
		case !slices.Contains(paperExtensions, strings.ToLower(filepath.Ext(name))):
			passed = append(passed, name)
		default:
			files = append(files, path)
		}
	}
	if len(files) == 0 {
		return nil, nil, inputError{fmt.Errorf("thư mục %s không có bảng tính nào (no workbook in the folder)", folder)}
	}
	return files, passed, nil
}

// paperExtensions are the names that workbooks have; what they are is told by
// their content.
var paperExtensions = []string{".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt"}

func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// readPapers reads the tables of the files. What cannot be read, and a file without
// a table, are among the findings.
func readPapers(files []string) (tables []*paper.Table, found fault.List, err error) {
	for _, path := range files {
		body, err := readWorkbook(path)
		if err != nil {
			return nil, nil, err
		}
		read, more := outline.ReadPapers(filepath.Base(path), body, xlsx.Limits{}, export.CollatedMark)
		tables = append(tables, read...)
		found = append(found, more...)
	}
	return tables, found, nil
}

// readWorkbook reads a file no larger than may be read.
func readWorkbook(path string) ([]byte, error) {
	info, err := stat(path)
	if err != nil {
		return nil, err
	}
	limits := xlsx.Limits{}
	if info.Size() > xlsx.DefaultLimits().FileBytes {
		return nil, refusalOf(&xlsx.Error{Kind: xlsx.KindTooLarge, Limit: "FileBytes"}, limits)
	}
	return os.ReadFile(path)
}

// writeSums writes the workbook beside its place first, so that a failure leaves
// what was there.
func (p *program) writeSums(path string, sums []paper.Sum, found fault.List) error {
	var b bytes.Buffer
	if err := export.Collated(&b, sums, found, time.Now()); err != nil {
		return err
	}
	return writeAtomic(path, b.Bytes())
}

// printSums tells people what was added up.
func printSums(w io.Writer, files int, passed []string, sums []paper.Sum, found fault.List) {
	fmt.Fprintf(w, "Đã đọc %d tệp, %d biểu (files read, forms)\n", files, len(sums))
	if len(passed) > 0 {
		fmt.Fprintf(w, "Không đọc, vì không phải bảng tính (passed over): %s\n", strings.Join(passed, ", "))
	}
	for i := range sums {
		s := &sums[i]
		fmt.Fprintf(w, "\nBiểu %d", i+1)
		if s.Title != "" {
			fmt.Fprintf(w, " (%s)", s.Title)
		}
		fmt.Fprintf(w, ": cộng %d bảng, %d dòng, %d số tổng", len(s.Tables), len(s.Rows), len(s.Totals))
		if s.Unit != "" {
			fmt.Fprintf(w, ", đơn vị tính %s", s.Unit)
		}
		fmt.Fprintln(w)
		for _, t := range s.Tables {
			fmt.Fprintf(w, "  %s  %s!%s  %s\n", t.File, t.Sheet, t.Area, t.By())
		}
		for k := range s.Columns {
			fmt.Fprintf(w, "  cột %s%s\n", strings.Join(s.Columns[k].Head(), " › "), topTotal(s, k))
		}
	}
	if len(found) > 0 {
		fmt.Fprintf(w, "\nPhát hiện (findings): %d\n", len(found))
	}
	for _, f := range found {
		place := f.PlaceVI()
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(w, "  %s %s%s\n", f.Code, place, f.VI())
	}
}

// topTotal spells the total of the row that adds all others up, if there is one.
func topTotal(s *paper.Sum, column int) string {
	for i := range s.Rows {
		if !s.Rows[i].Top {
			continue
		}
		if t, ok := s.At(i, column); ok {
			return fmt.Sprintf(": %s = %s (%d/%d báo cáo)", s.Rows[i].Label(), decimal.FormatVI(t.Value, t.Value.Scale()), t.Heard(), len(s.Tables))
		}
	}
	return ""
}

// sumTotal and the types below are the contract of `tonghop sum --json`.
type sumTotal struct {
	Form    int         `json:"form"` // from 1
	Row     string      `json:"row"`  // its code, else its name
	Column  string      `json:"column"`
	Value   string      `json:"value"`
	Unit    string      `json:"unit,omitempty"` // of the value
	Name    string      `json:"name"`
	Under   []string    `json:"under,omitempty"` // the rows that it stands under, from the top
	Number  string      `json:"number,omitempty"`
	Code    string      `json:"code,omitempty"`
	Place   string      `json:"place,omitempty"`
	Path    []string    `json:"path"`
	Sources []sumSource `json:"sources"`
	Heard   int         `json:"heard"` // reports that stand behind the value
	Of      int         `json:"of"`    // reports of the form
}

// sumForm is a form of the sum.
type sumForm struct {
	Form   int        `json:"form"`
	Title  string     `json:"title"` // over most of its tables, "" without
	Unit   string     `json:"unit"`  // of all totals, "" where they are in several or none
	Tables []sumTable `json:"tables"`
}

type sumTable struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet"`
	Range  string `json:"range"`
	Agency string `json:"agency"`
	Title  string `json:"title"`
	Period string `json:"period"` // its key, "2026-M03"; "" where it is not known
}

func sumFormOf(form int, s *paper.Sum) sumForm {
	out := sumForm{Form: form, Title: s.Title, Unit: s.Unit, Tables: []sumTable{}}
	for _, t := range s.Tables {
		table := sumTable{File: t.File, Sheet: t.Sheet, Range: t.Area, Agency: t.By(), Title: t.Title.Text}
		if !t.Period.Yearless {
			table.Period = t.Period.Of.Key()
		}
		out.Tables = append(out.Tables, table)
	}
	return out
}

type sumSource struct {
	File   string `json:"file"`
	Agency string `json:"agency"`
	Sheet  string `json:"sheet"`
	Cell   string `json:"cell"`
	Value  string `json:"value"`
}

func printSumsJSON(w io.Writer, sums []paper.Sum, passed []string, found fault.List) error {
	doc := struct {
		Forms    []sumForm  `json:"forms"`
		Passed   []string   `json:"passed"` // over: folders, and files that are no workbooks
		Totals   []sumTotal `json:"totals"`
		Findings fault.List `json:"findings"`
	}{Forms: []sumForm{}, Passed: slices.Concat([]string{}, passed), Totals: []sumTotal{}, Findings: slices.Concat(fault.List{}, found)}
	if doc.Findings == nil {
		doc.Findings = fault.List{}
	}
	for i := range sums {
		s := &sums[i]
		doc.Forms = append(doc.Forms, sumFormOf(i+1, s))
		above := s.Above()
		for k := range s.Totals {
			t := &s.Totals[k]
			row, col := &s.Rows[t.Row], &s.Columns[t.Column]
			out := sumTotal{
				Form: i + 1, Row: rowLabel(row), Column: strings.Join(col.Path, " / "), Value: t.Value.String(), Unit: t.Unit,
				Name: row.Name, Under: above[t.Row], Number: row.Number, Code: row.Code, Place: row.Place, Path: col.Path,
				Heard: t.Heard(), Of: len(s.Tables),
			}
			for _, src := range t.Sources {
				table := s.Tables[src.Table]
				out.Sources = append(out.Sources, sumSource{table.File, table.By(), table.Sheet, src.Cell, src.Value.String()})
			}
			doc.Totals = append(doc.Totals, out)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}

// rowLabel says in one text which row is meant.
func rowLabel(r *paper.Row) string {
	if r.Code != "" {
		return r.Code
	}
	return r.Name
}
