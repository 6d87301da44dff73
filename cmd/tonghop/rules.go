package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// rulesFlags say which rules are wanted.
type rulesFlags struct{ request, version, day string }

func (p *program) rules() *cobra.Command {
	var f rulesFlags
	c := &cobra.Command{
		Use:   "rules [DEFINITION]",
		Short: "Quy tắc kiểm tra của biểu mẫu (rules of a form, in words; trying a draft)",
		Long: `rules lists the rules of a definition in Vietnamese and English: code, version, the days on which each applies, how it
weighs, and while it is new, until when it is a warning. With -r it lists the rules that the reports of a request are
judged by, and how each weighs for its period.`,
		Example: `  tonghop rules ngay-ctxh
  tonghop rules ngay-ctxh --day 2027-03-25
  tonghop rules -r ngay-ctxh-2021`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if (f.request == "") == (len(args) == 0) || f.request != "" && f.version+f.day != "" {
				return inputError{fmt.Errorf("cần mã biểu mẫu (có thể kèm --version, --day), hoặc chỉ -r KỲ")}
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				list, err := f.ask(ctx, cl, args)
				if err != nil {
					return err
				}
				if p.json {
					return p.printJSON(list)
				}
				return p.showRules(list)
			})
		},
	}
	c.Flags().StringVarP(&f.request, "request", "r", "", "the rules of this request")
	c.Flags().StringVar(&f.version, "version", "", "version of the definition (default: the newest)")
	c.Flags().StringVar(&f.day, "day", "", "how each rule weighs for a period that ends on this day")
	c.AddCommand(p.rulesTry())
	return c
}

func (f *rulesFlags) ask(ctx context.Context, cl *client.Client, args []string) (*api.Rules, error) {
	if f.request != "" {
		return cl.RulesFor(ctx, f.request)
	}
	return cl.RulesOf(ctx, args[0], f.version, f.day)
}

func (p *program) rulesTry() *cobra.Command {
	var request string
	c := &cobra.Command{
		Use:   "try FILE",
		Short: "Chạy thử quy tắc trên cả một kỳ, không ghi gì (try a draft on a whole period, writing nothing)",
		Long: `try reads every report of a request that counts again by a draft and says for each rule how many of them would have
to be mended, how many explained, and how many would be freed, with agencies, cells and figures. FILE is a definition, or
"rules:" alone, which take the place of those of the same code. What the draft changes is tried as if it were in force
already and no longer a warning. Nothing is written. Exit code 2 when the draft itself has mistakes.`,
		Example: `  tonghop rules try quy-tac-moi.yaml -r ngay-ctxh-2021
  tonghop rules try bieu-mau-2022.yaml -r ngay-ctxh-2021 --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if request == "" {
				return inputError{fmt.Errorf("cần kỳ để thử: -r KỲ (tonghop status liệt kê các kỳ)")}
			}
			if _, err := stat(args[0]); err != nil {
				return err
			}
			draft, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				trial, err := cl.TryRules(ctx, request, filepath.Base(args[0]), draft)
				if err != nil {
					return err
				}
				if p.json {
					return p.printJSON(trial)
				}
				return p.showTrial(trial)
			})
		},
	}
	c.Flags().StringVarP(&request, "request", "r", "", "request on whose reports the draft is tried")
	return c
}

func (p *program) showRules(list *api.Rules) error {
	p.say("%s: %d quy tắc%s", list.Definition, len(list.Rules), onDay(list.Day))
	for _, r := range list.Rules {
		p.say("%s  %s", triedName(api.TriedRule{Rule: r.Rule, Version: r.Version}), weightWords(r, list.Day))
		p.say("    %s", bothWords(r.Text))
		if r.Fix.VI != "" {
			p.say("    → %s", bothWords(r.Fix))
		}
		p.say("    phải đúng: %s", r.Check)
		for _, i := range r.Indicators {
			p.say("      [%s] %s", i.Code, i.Name.VI)
		}
	}
	return nil
}

func onDay(day string) string {
	if day == "" {
		return ""
	}
	return "; mức của kỳ kết thúc ngày " + dayWords(day)
}

// weightWords say how a rule weighs and when.
func weightWords(r api.Rule, day string) string {
	words := []string{severityWords(r.Severity)}
	if r.Warning != "" {
		words = append(words, fmt.Sprintf("đến hết %s: %s", dayWords(r.WarningUntil), severityWords(r.Warning)))
	}
	switch {
	case r.From != "" && r.Until != "":
		words = append(words, fmt.Sprintf("có hiệu lực %s đến %s", dayWords(r.From), dayWords(r.Until)))
	case r.From != "":
		words = append(words, "có hiệu lực từ "+dayWords(r.From))
	case r.Until != "":
		words = append(words, "có hiệu lực đến "+dayWords(r.Until))
	}
	switch {
	case day == "":
	case r.InEffect == "":
		words = append(words, "kỳ này không áp dụng")
	default:
		words = append(words, "kỳ này: "+severityWords(r.InEffect))
	}
	return strings.Join(words, "; ")
}

var severityNames = map[fault.Severity]string{
	fault.Stop: "không đọc được", fault.Error: "lỗi phải sửa", fault.Explain: "cần giải trình", fault.Note: "ghi chú",
}

func severityWords(s fault.Severity) string { return cmp.Or(severityNames[s], string(s)) }

// dayWords writes a day as Vietnamese read it.
func dayWords(day string) string {
	var y, m, d int
	if n, err := fmt.Sscanf(day, "%d-%d-%d", &y, &m, &d); n != 3 || err != nil {
		return day
	}
	return fmt.Sprintf("%02d/%02d/%d", d, m, y)
}

// bothWords are words for people in Vietnamese, and in English where there are
// others.
func bothWords(t report.Text) string {
	if t.EN == "" || t.EN == t.VI {
		return t.VI
	}
	return t.VI + " (" + t.EN + ")"
}

var (
	ruleStatuses = map[string]string{"new": "mới", "changed": "sửa", "ended": "hết hiệu lực", "removed": "bỏ", "unchanged": "giữ nguyên"}
	trialEffects = map[string]string{"fails": "sẽ phải sửa", "explains": "sẽ phải giải trình", "notes": "sẽ có ghi chú", "freed": "không còn phải sửa hay giải trình"}
)

// trialShown is how many findings of one report are written out for people.
const trialShown = 3

func (p *program) showTrial(t *api.Trial) error {
	p.say("Đã đọc lại %d báo cáo đang có hiệu lực của %d đơn vị trong kỳ %s (%s); không ghi gì.", t.Read, t.Asked, t.Request, t.Definition)
	if t.Left > 0 {
		p.say("Còn %d báo cáo chưa đọc vì quá nhiều.", t.Left)
	}
	if len(t.Rules) == 0 {
		p.say("Bản dự thảo không khác gì biểu mẫu đang dùng.")
		return nil
	}
	w := table(p.out)
	fmt.Fprintln(w, "quy tắc\tthay đổi\tmức\tphải sửa\tgiải trình\tghi chú\tđược gỡ\tnội dung")
	for _, r := range t.Rules {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%s\n", triedName(r), ruleStatuses[r.Status], severityWords(r.Severity), r.Fails, r.Explains, r.Notes, r.Freed, r.Text.VI)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, r := range t.Rules {
		for _, of := range r.Reports {
			p.say("%s, %s (%s): %s", triedName(r), of.Name, of.Agency, trialEffects[of.Effect])
			shown := of.Findings[:min(len(of.Findings), trialShown)]
			for _, f := range shown {
				p.say("    %s%s", where(f), f.VI())
			}
			if more := of.More + len(of.Findings) - len(shown); more > 0 {
				p.say("    và %d chỗ khác", more)
			}
		}
	}
	return nil
}

// triedName is the rule with its version, or the code of what is no rule's.
func triedName(r api.TriedRule) string {
	switch {
	case r.Rule == "":
		return r.Code
	case r.Version == "":
		return r.Rule
	}
	return report.Ref(r.Rule, r.Version)
}
