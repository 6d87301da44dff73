package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tonghop/ingest/outline"
	"tonghop/ingest/outline/draft"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

func (p *program) draft() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "draft FILE…",
		Short: "Lập bản thảo biểu mẫu từ biểu trống hoặc biểu đã điền (a definition drafted from a form, empty or filled in)",
		Long: `draft reads a form and writes a definition of it: indicators with codes, names, units and types, how they add up, the
rules that the form states, and the layout. The first FILE is the pattern; further copies of the same form show types,
decimals, totals and who reports. What is uncertain is a question in a comment that begins with "# HỎI:".
With -o the definition, a register and a request to try it with are written into a folder that tonghop apply takes as it
is; without, the definition is shown. Files that are there are not overwritten.`,
		Example: `  tonghop draft bieu-01.xlsx
  tonghop draft bieu-01.xlsx so-y-te.xlsx so-giao-duc.xlsx -o bieu-01
  tonghop draft bieu-01.xlsx --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.printDraft(args, out) },
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "thư mục ghi bieu-mau.yaml, danh-muc.yaml, yeu-cau.yaml (the folder to write into)")
	return cmd
}

// printDraft drafts a definition and shows it or writes it down.
func (p *program) printDraft(paths []string, folder string) error {
	var readings []*outline.Reading
	var found fault.List
	for _, path := range paths {
		body, err := readWorkbook(path)
		if err != nil {
			return err
		}
		r, stop := outline.Read(path, body, xlsx.Limits{})
		if stop != nil {
			found = append(found, stop.In(filepath.Base(path)))
			continue
		}
		readings = append(readings, r)
	}
	if len(found) > 0 {
		return found
	}
	d := draft.Make(readings)
	if d == nil {
		return fault.List{fault.New(fault.PaperWithoutTable).In(filepath.Base(paths[0]))}
	}
	switch {
	case folder != "":
		return p.writeDraft(d, folder)
	case p.json:
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		return enc.Encode(d)
	}
	_, err := p.out.Write(d.DefinitionYAML())
	return err
}

// writeDraft writes the three documents into a folder. Nothing is overwritten: a
// draft is edited by hand, and that work must not be lost.
func (p *program) writeDraft(d *draft.Draft, folder string) error {
	files := []struct {
		name string
		body []byte
	}{
		{"bieu-mau.yaml", d.DefinitionYAML()}, {"danh-muc.yaml", d.RegisterYAML()}, {"yeu-cau.yaml", d.RequestYAML()},
	}
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(folder, f.name)); err == nil {
			return inputError{fmt.Errorf("%s đã có, không ghi đè (is there already)", filepath.Join(folder, f.name))}
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := writeAtomic(filepath.Join(folder, f.name), f.body); err != nil {
			return err
		}
	}
	if p.json {
		return p.printJSON(d)
	}
	p.say("Đã ghi %s: %d chỉ tiêu, %d quy tắc, %d câu hỏi (indicators, rules, questions)", folder, len(d.Definition.Indicators), len(d.Definition.Rules), len(d.Questions))
	return nil
}
