package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/client"
)

func (p *program) export() *cobra.Command {
	var out, format string
	var f rollupFlags
	c := &cobra.Command{
		Use:   "export REQUEST",
		Short: "Xuất bảng tổng hợp trình Ủy ban nhân dân (the Committee's workbook)",
		Long: `export writes the summary workbook of a request: heading and signature block of Decree 30/2020, totals as live
formulas that carry the checked values, sheets by agency, by place and by both, who reported when, narrative answers,
and the source cell of every figure. Same state, same bytes. Figures that are not official are marked TẠM TÍNH.`,
		Example: `  tonghop export ngay-ctxh-2021 -o tong-hop.xlsx
  tonghop export ngay-ctxh-2021 --official -o chinh-thuc.xlsx
  tonghop export ngay-ctxh-2021 --format csv -o so-lieu.csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			q, err := f.query()
			if err != nil {
				return err
			}
			var file string
			switch format {
			case "xlsx":
				file = "summary.xlsx"
				q.Del("by")
			case "csv":
				file = "rollup.csv"
			default:
				return inputError{fmt.Errorf("--format %q: xlsx hoặc csv", format)}
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				answer, err := cl.Export(ctx, args[0], file, q)
				if err != nil {
					return err
				}
				return p.writeFile(out, answer)
			})
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", `file; "-" for standard output (default: the proposed name)`)
	c.Flags().StringVar(&format, "format", "xlsx", "xlsx, or csv for the figures alone")
	completeWords(c, "format", "xlsx", "csv")
	c.Flags().StringVar(&f.by, "by", "agency,place", "csv: axes kept")
	c.Flags().StringVar(&f.asOf, "as-of", "", "figures as they were known then")
	c.Flags().BoolVar(&f.official, "official", false, "approved submissions only")
	return c
}
