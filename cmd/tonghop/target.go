package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report/fault"
)

// target says for which request and agency a file is; empty fields are read
// from the file's hidden marks.
type target struct{ request, agency string }

func (t *target) flags(c *cobra.Command) {
	c.Flags().StringVarP(&t.request, "request", "r", "", "request code (default: from the file's hidden marks)")
	c.Flags().StringVarP(&t.agency, "agency", "a", "", "agency code (default: from the file's hidden marks)")
}

// of completes the target for a file.
func (t target) of(ctx context.Context, cl *client.Client, f client.File) (target, error) {
	if t.request != "" && t.agency != "" {
		return t, nil
	}
	m, err := cl.Marks(ctx, f)
	if problem := client.IsProblem(err); problem != nil && classifyStatus(problem.Status) == exitInput {
		return t, unaddressed(problem.Status)
	}
	if err != nil {
		return t, err
	}
	if t.request == "" {
		t.request = m.Request
	}
	if t.agency == "" {
		t.agency = m.Agency
	}
	return t, nil
}

// unaddressed says that nothing in a file tells whose it is, and what to write on
// the command line instead.
func unaddressed(status int) *api.Problem {
	f := fault.New(fault.MarkMissing)
	return &api.Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: f.EN(), Code: string(f.Code), VI: f.VI(), EN: f.EN(),
		Fix:      "ghi rõ của kỳ nào, đơn vị nào: -r KỲ -a ĐƠN-VỊ (tonghop status liệt kê các kỳ)",
		Findings: fault.List{f},
	}
}

// readFile reads a file that is to be sent.
func readFile(path string) (client.File, error) {
	if _, err := stat(path); err != nil {
		return client.File{}, err
	}
	b, err := os.ReadFile(path)
	return client.File{Name: filepath.Base(path), Body: b}, err
}

// each calls do for 0 to n-1, some at a time, and gives the first error; what
// was begun is finished, nothing more is begun after an error.
func each(n, parallel int, do func(int) error) error {
	all, failed := errgroup.WithContext(context.Background())
	all.SetLimit(max(parallel, 1))
	for i := range n {
		all.Go(func() error {
			if failed.Err() != nil {
				return nil
			}
			return do(i)
		})
	}
	return all.Wait()
}
