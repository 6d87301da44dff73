package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// streams are what a command reads and writes; nothing else is printed to.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// program is what the commands share.
type program struct {
	streams
	config config
	json   bool
}

// run parses the arguments, runs one command and gives the exit code.
func run(ctx context.Context, args []string, s streams) int {
	p := &program{streams: s}
	root := p.root()
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	return p.exit(root.ExecuteContext(ctx))
}

const rootLong = `tonghop: nhiều báo cáo thành một bảng tổng hợp.

Các đơn vị nộp báo cáo bằng Excel hoặc biểu nhập; tonghop đọc, kiểm tra, cộng theo
đơn vị và theo địa bàn ngay khi số liệu đến, và xuất bảng tổng hợp trình Ủy ban nhân dân,
trong đó mỗi con số mở ra được đến tận ô đã nộp.

tonghop takes agencies' workbooks and forms in, checks them, rolls them up by agency and
by place the moment they arrive, and writes the workbook for the People's Committee, in
which every number opens down to the cell it came from.

Commands work on a data folder (--data, default ./tonghop-data) or, with --server, on a
running server. Exit codes: 0 done, 1 the program failed, 2 the input is at fault,
3 the surroundings are (folder in use, server not reached, disk full).`

const rootExample = `  tonghop demo                              # từ đầu đến cuối trên số liệu mẫu
  tonghop apply bieu-mau.yaml danh-muc.yaml yeu-cau.yaml
  tonghop template ngay-ctxh-2021 syt -o so-y-te.xlsx
  tonghop submit so-y-te.xlsx               # đơn vị và kỳ đọc từ dấu ẩn trong tệp
  tonghop status ngay-ctxh-2021
  tonghop export ngay-ctxh-2021 -o tong-hop.xlsx
  tonghop serve                             # trang web và API tại http://127.0.0.1:8080`

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "tonghop",
		Short:         "Tổng hợp báo cáo của nhiều đơn vị thành một (many reports into one)",
		Long:          rootLong,
		Example:       rootExample,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = false
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return inputError{flagError(c, err)} })
	p.config.flags(root.PersistentFlags())
	root.PersistentFlags().BoolVar(&p.json, "json", false, "write JSON for machines instead of words for people")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return p.config.load(c) }
	root.AddCommand(
		p.demo(), p.serve(), p.apply(), p.template(), p.check(), p.submit(), p.answer(), p.answers(), p.decide(), p.status(),
		p.rollup(), p.export(), p.explain(), p.changes(), p.joint(), p.rules(), p.log(), p.replay(), p.audit(), p.merge(), p.cells(), p.read(), p.sum(), p.draft(), p.token(), p.version(),
	)
	wrapArgs(root)
	p.addCompletions(root)
	return root
}

// wrapArgs makes wrong arguments the input's fault, for a command and those
// below it.
func wrapArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return inputError{argsError(c, args, err)}
			}
			return nil
		}
	}
	for _, below := range c.Commands() {
		wrapArgs(below)
	}
}

// argsError says how the command is written, or which command may be meant.
func argsError(c *cobra.Command, args []string, err error) error {
	if !c.HasSubCommands() || len(args) == 0 {
		return fmt.Errorf("cách viết: %s (%w); ví dụ: %s --help", c.UseLine(), err, c.CommandPath())
	}
	words := fmt.Sprintf("không có lệnh %q", c.CommandPath()+" "+args[0])
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		words += "; có phải: " + strings.Join(near, ", ")
	}
	return fmt.Errorf("%s; xem: %s --help", words, c.CommandPath())
}

// flagError says in Vietnamese what is wrong with a flag, and then what the
// library says.
func flagError(c *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		wrong   *pflag.InvalidValueError
		words   = "cờ viết sai"
	)
	switch {
	case errors.As(err, &unknown):
		words = "không có cờ " + dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())
	case errors.As(err, &bare):
		words = "cờ " + dashed(bare.GetSpecifiedName(), bare.GetSpecifiedShortnames()) + " cần một giá trị"
	case errors.As(err, &wrong):
		words = fmt.Sprintf("cờ --%s không nhận giá trị %q", wrong.GetFlag().Name, wrong.GetValue())
	}
	return fmt.Errorf("%s (%w); xem: %s --help", words, err, c.CommandPath())
}

// dashed writes a flag as it was given: a name behind two dashes, and a letter,
// which came alone or among others, behind one.
func dashed(name, letters string) string {
	if letters == "" {
		return "--" + name
	}
	return "-" + name
}

// printJSON writes a value for machines: indented, in one piece, without
// escaping what HTML would.
func (p *program) printJSON(v any) error {
	e := json.NewEncoder(p.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// say writes a line for people.
func (p *program) say(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

// hint writes a line beside the result, where it does not get into a file the
// result is sent to.
func (p *program) hint(format string, args ...any) { fmt.Fprintf(p.err, format+"\n", args...) }
