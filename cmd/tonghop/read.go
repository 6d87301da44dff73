package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

func (p *program) read() *cobra.Command {
	var html bool
	cmd := &cobra.Command{
		Use:   "read FILE",
		Short: "Cho biết một bảng tính được hiểu thế nào khi không có biểu mẫu (what a workbook says, with no form to read it by)",
		Long: `read shows what is understood of a workbook with no definition at all: its tables, what each column and each row
is, what adds up to what, units, and of every cell that is left out why. A total that does not close is named with its
cell and the difference. Exit code 2 when the file cannot be read.`,
		Example: `  tonghop read so-y-te.xlsx
  tonghop read so-y-te.xlsx --json
  tonghop read so-y-te.xlsx --html > so-y-te.html`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.printReading(args[0], html) },
	}
	cmd.Flags().BoolVar(&html, "html", false, "một trang, mỗi ô tô màu theo vai trò (a page with each cell coloured by its role)")
	return cmd
}

// printReading reads a workbook and draws it.
func (p *program) printReading(path string, html bool) error {
	info, err := stat(path)
	if err != nil {
		return err
	}
	limits := xlsx.Limits{}
	if most := xlsx.DefaultLimits().FileBytes; info.Size() > most {
		return refusalOf(&xlsx.Error{Kind: xlsx.KindTooLarge, Limit: "FileBytes"}, limits)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	reading, stop := outline.Read(path, body, limits)
	if stop != nil {
		return *stop
	}
	out := bufio.NewWriter(p.out)
	switch {
	case p.json:
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		err = enc.Encode(reading.File)
	case html:
		err = reading.HTML(out)
	default:
		err = reading.Text(out)
	}
	return errors.Join(err, out.Flush())
}
