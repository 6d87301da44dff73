package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) token() *cobra.Command {
	c := &cobra.Command{
		Use:   "token",
		Short: "Mã truy cập của đơn vị và của phòng tổng hợp (API tokens)",
		Long: `token issues, lists and revokes API tokens. A secret is shown once; only its hash is kept. Without any token the
server answers this machine only.`,
		Example: `  tonghop token issue --role agency --agency syt --name "Văn thư Sở Y tế"
  tonghop token issue --role coordinator
  tonghop token revoke 3f0c6a9be1d2`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.tokenIssue(), p.tokenList(), p.tokenRevoke())
	return c
}

func (p *program) tokenIssue() *cobra.Command {
	var t api.Token
	var role, until string
	c := &cobra.Command{
		Use: "issue", Short: "Cấp mã (issue)", Args: cobra.NoArgs,
		Example: "  tonghop token issue --role agency --agency syt",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkRole(role, t.Agency); err != nil {
				return err
			}
			t.Role = report.Role(role)
			if until != "" {
				at, err := parseMoment(until)
				if err != nil {
					return err
				}
				t.Expires = &at
			}
			return p.withNewClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var out api.Token
				if err := cl.Post(ctx, "/tokens", t, &out); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(out)
				}
				p.say("%s", out.Secret)
				p.hint("mã số %s, chỉ hiện một lần: cất ngay vào chỗ an toàn", out.ID)
				return nil
			})
		},
	}
	c.Flags().StringVar(&role, "role", "", "agency, coordinator, analyst or admin")
	completeWords(c, "role", "agency", "coordinator", "analyst", "admin")
	c.Flags().StringVar(&t.Agency, "agency", "", "agency code, for role agency")
	c.Flags().StringVar(&t.Name, "name", "", "whose it is")
	c.Flags().StringVar(&until, "until", "", "last day it is good for (default: no end)")
	return c
}

// checkRole refuses what cannot be issued before the journal is opened for it.
func checkRole(role, agency string) error {
	switch report.Role(role) {
	case report.RoleAgency:
		if agency == "" {
			return inputError{errors.New("--role agency: cần mã đơn vị, --agency MÃ")}
		}
	case report.RoleCoordinator, report.RoleAnalyst, report.RoleAdmin:
		if agency != "" {
			return inputError{fmt.Errorf("--agency chỉ dùng với --role agency, không dùng với --role %s", role)}
		}
	default:
		return inputError{fmt.Errorf("--role %q: agency, coordinator, analyst hoặc admin", role)}
	}
	return nil
}

func (p *program) tokenList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Liệt kê (list)", Args: cobra.NoArgs, Example: "  tonghop token list",
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var list api.Tokens
				if err := cl.Get(ctx, "/tokens", nil, &list); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(list)
				}
				return p.showTokens(list.Tokens)
			})
		},
	}
}

func (p *program) showTokens(tokens []api.Token) error {
	if len(tokens) == 0 {
		p.say("Chưa có mã truy cập nào: máy chủ chỉ phục vụ chính máy này. Cấp mã: tonghop token issue --role admin")
		return nil
	}
	w := table(p.out)
	fmt.Fprintln(w, "MÃ SỐ\tVAI TRÒ\tĐƠN VỊ\tTÊN\tHẾT HẠN\tCÒN DÙNG")
	for _, t := range tokens {
		until := ""
		if t.Expires != nil {
			until = t.Expires.In(vietnam).Format("02/01/2006")
		}
		good := "có"
		switch {
		case t.Revoked:
			good = "đã thu hồi"
		case t.Expires != nil && t.Expires.Before(time.Now()):
			good = "đã hết hạn"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Role, t.Agency, t.Name, until, good)
	}
	return w.Flush()
}

func (p *program) tokenRevoke() *cobra.Command {
	return &cobra.Command{
		Use: "revoke ID", Short: "Thu hồi (revoke)", Args: cobra.ExactArgs(1), Example: "  tonghop token revoke 3f0c6a9be1d2",
		RunE: func(c *cobra.Command, args []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				if err := cl.Delete(ctx, "/tokens/"+url.PathEscape(args[0])); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(api.Token{ID: args[0], Revoked: true})
				}
				p.say("đã thu hồi mã %s", args[0])
				return nil
			})
		},
	}
}
