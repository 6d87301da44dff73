package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// decideFlags are what a decision may say.
type decideFlags struct {
	reason, note, upload string
	version              int
	cells, set, explain  []string
}

// decideExamples are what may follow the request, by decision.
var decideExamples = map[string]string{
	"submit":   `mttq --explain R402/R06="Có 03 nhà Đại đoàn kết, biên bản kèm theo"`,
	"withdraw": `stttt --reason "Gửi nhầm bản nháp, sẽ gửi lại"`,
	"approve":  "syt",
	"return":   `dptth --reason "Thời lượng ghi theo giây, cần ghi theo phút" --cell "Biểu 1!D9"`,
	"adjust":   `hctd --set 288/2.03=120 --reason "Bớt 30 suất đã tính ở MTTQ"`,
	"close":    `--reason "Đã đủ báo cáo"`,
	"reopen":   `--reason "Nhận thêm báo cáo của Tỉnh đoàn"`,
}

func (p *program) decide() *cobra.Command {
	c := &cobra.Command{
		Use:   "decide",
		Short: "Nộp, thu hồi, duyệt, trả lại, điều chỉnh, khoá, mở lại (decisions)",
		Long:  `decide takes the decisions about a return (submit, withdraw, approve, return, adjust) and about a request (close, reopen).`,
		Example: `  tonghop decide approve ngay-ctxh-2021 syt
  tonghop decide return ngay-ctxh-2021 syt --reason "Số hộ chưa khớp biểu 3"
  tonghop decide adjust ngay-ctxh-2021 hctd --set 288/2.03=120 --reason "Bỏ 30 suất đã tính ở MTTQ"
  tonghop decide close ngay-ctxh-2021`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, d := range []struct{ name, short string }{
		{"submit", "Nộp tệp đã kiểm tra (submit what was checked)"},
		{"withdraw", "Thu hồi bản đã nộp (take back)"},
		{"approve", "Duyệt (make official)"},
		{"return", "Trả lại (send back)"},
		{"adjust", "Điều chỉnh số liệu (set figures; the originals are kept)"},
	} {
		c.AddCommand(p.decideReturn(d.name, d.short))
	}
	c.AddCommand(p.decideRequest("close", "Khoá kỳ báo cáo (close)"), p.decideRequest("reopen", "Mở lại kỳ báo cáo (reopen)"))
	return c
}

func (p *program) decideReturn(name, short string) *cobra.Command {
	var d decideFlags
	c := &cobra.Command{
		Use: name + " REQUEST AGENCY", Short: short, Args: cobra.ExactArgs(2),
		Example: "  tonghop decide " + name + " ngay-ctxh-2021 " + decideExamples[name],
		RunE: func(c *cobra.Command, args []string) error {
			body, err := d.body(name)
			if err != nil {
				return err
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				state, err := cl.Decide(ctx, args[0], args[1], name, body)
				if err != nil {
					return err
				}
				if p.json {
					return p.printJSON(state)
				}
				p.sayDecided(name, state)
				return nil
			})
		},
	}
	d.flags(c, name)
	return c
}

// sayDecided says what became of a return: of the version that was taken out of
// force where one was, and of which upload it was made where one was submitted.
func (p *program) sayDecided(name string, r *api.ReturnState) {
	words, counts := agencyStates[r.State], fmt.Sprintf("bản có hiệu lực: %d", r.Version)
	switch name {
	case "submit":
		counts += ", từ tệp " + r.Upload
	case "withdraw":
		words = fmt.Sprintf("%s bản %d", agencyStates[report.AgencyWithdrawn], r.Undone)
	case "return":
		words = fmt.Sprintf("%s bản %d", agencyStates[report.AgencyReturned], r.Undone)
	}
	p.say("%s, %s: %s (%s)", r.Request, r.Agency, words, counts)
}

func (d *decideFlags) flags(c *cobra.Command, name string) {
	f := c.Flags()
	switch name {
	case "submit":
		f.StringVar(&d.upload, "upload", "", "upload to submit (default: the newest that was not refused)")
		f.StringArrayVar(&d.explain, "explain", nil, "answer to findings: CODE=reason, CODE/RULE=reason or CODE@Sheet!Cell=reason")
		return
	case "approve":
		f.StringVar(&d.note, "note", "", "a word to the agency")
	default:
		f.StringVar(&d.reason, "reason", "", "why")
	}
	f.IntVar(&d.version, "version", 0, "version that was seen (default: whichever stands)")
	switch name {
	case "return":
		f.StringArrayVar(&d.cells, "cell", nil, "cell it is about: Sheet!A1")
	case "adjust":
		f.StringArrayVar(&d.set, "set", nil, "figure: [UNIT:]PLACE/INDICATOR=VALUE")
	}
}

// body makes the body that the API takes for a decision.
func (d *decideFlags) body(name string) (any, error) {
	switch name {
	case "submit":
		explain, err := parseExplanations(d.explain)
		return api.Submit{Upload: d.upload, Explanations: explain}, err
	case "withdraw":
		return api.Withdraw{Version: d.version, Reason: d.reason}, ingest.CheckReason(d.reason)
	case "approve":
		return api.Approve{Version: d.version, Note: d.note}, nil
	case "return":
		return api.Return{Version: d.version, Reason: d.reason, Cells: d.cells}, nil
	}
	figures, err := parseFigures(d.set)
	return api.Adjust{Version: d.version, Reason: d.reason, Figures: figures}, err
}

// parseFigures reads [UNIT:]PLACE/INDICATOR=VALUE.
func parseFigures(args []string) ([]api.Figure, error) {
	var out []api.Figure
	for _, a := range args {
		where, value, ok := strings.Cut(a, "=")
		place, indicator, found := strings.Cut(where, "/")
		if !ok || !found {
			return nil, inputError{fmt.Errorf("--set %q: cần PLACE/INDICATOR=VALUE", a)}
		}
		f := api.Figure{Indicator: indicator, Value: value, Place: place}
		if unit, rest, ok := strings.Cut(place, ":"); ok {
			f.Unit, f.Place = unit, rest
		}
		out = append(out, f)
	}
	if len(out) == 0 {
		return nil, inputError{fmt.Errorf("cần ít nhất một --set PLACE/INDICATOR=VALUE")}
	}
	return out, nil
}

func (p *program) decideRequest(name, short string) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: name + " REQUEST", Short: short, Args: cobra.ExactArgs(1),
		Example: "  tonghop decide " + name + " ngay-ctxh-2021 " + decideExamples[name],
		RunE: func(c *cobra.Command, args []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				status, err := cl.Close(ctx, args[0], name, reason)
				if err != nil {
					return err
				}
				return p.showStatus(status)
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why")
	return c
}
