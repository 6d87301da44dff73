package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"syscall"

	"tonghop/internal/jet"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// The exit codes.
const (
	exitDone         = 0 // done
	exitProgram      = 1 // the program failed: a mistake of ours
	exitInput        = 2 // the input is at fault: a paper, a document, an argument
	exitSurroundings = 3 // the surroundings are: folder in use, server not reached, disk full
)

// inputError is an error of what the user gave.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// surroundingsError is an error of what the program stands on.
type surroundingsError struct{ error }

func (e surroundingsError) Unwrap() error { return e.error }

// errFindings ends a command whose paper has faults that were printed already.
var errFindings = errors.New("the paper must be mended")

// exit says what went wrong, once, and gives the exit code.
func (p *program) exit(err error) int {
	code := classify(err)
	switch {
	case err == nil || errors.Is(err, errFindings):
		return code
	case p.json:
		p.exitJSON(err, code)
	default:
		p.exitWords(err)
	}
	return code
}

// classify is the one place where an error becomes an exit code.
func classify(err error) int {
	var (
		input   inputError
		around  surroundingsError
		list    fault.List
		one     fault.Fault
		network net.Error
	)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings), errors.As(err, &input), errors.As(err, &list), errors.As(err, &one):
		return exitInput
	case errors.As(err, &around):
		return exitSurroundings
	case client.IsProblem(err) != nil:
		return classifyStatus(client.IsProblem(err).Status)
	case errors.Is(err, jet.ErrInUse), errors.Is(err, report.ErrUnavailable), errors.Is(err, report.ErrGap),
		errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrExist),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, context.Canceled), errors.As(err, &network):
		return exitSurroundings
	}
	return exitProgram
}

func classifyStatus(status int) int {
	switch {
	case status == http.StatusServiceUnavailable, status == http.StatusBadGateway, status == http.StatusGatewayTimeout:
		return exitSurroundings
	case status >= http.StatusInternalServerError:
		return exitProgram
	}
	return exitInput
}

func (p *program) exitJSON(err error, code int) {
	out := struct {
		Exit int `json:"exit"`
		*api.Problem
	}{code, problemOf(err)}
	b, _ := json.Marshal(out) // a struct of strings cannot fail
	fmt.Fprintln(p.err, string(b))
}

// problemOf is an error as machines read it, nil for none.
func problemOf(err error) *api.Problem {
	if err == nil {
		return nil
	}
	if problem := client.IsProblem(err); problem != nil {
		return problem
	}
	out := &api.Problem{Type: "about:blank", Title: "error", Detail: errorWords(err), Findings: faultsOf(err)}
	if len(out.Findings) == 1 { // one that was found here, before the server was asked
		f := out.Findings[0]
		out.Code, out.VI, out.EN, out.Fix = string(f.Code), f.VI(), f.EN(), f.FixVI()
	}
	return out
}

// exitWords says what went wrong and what to do about it. Faults of a paper are
// listed with their places; a request that was refused is one sentence.
func (p *program) exitWords(err error) {
	writeProblem(p.err, problemOf(err))
}

// sayProblem says what stands against one file of several.
func (p *program) sayProblem(file, what string, problem *api.Problem) {
	p.say("%s: %s", file, what)
	writeProblem(p.out, problem)
}

func writeProblem(w io.Writer, problem *api.Problem) {
	if faults := problem.Findings; len(faults) > 1 || len(faults) == 1 && where(faults[0]) != "" {
		printFindings(w, faults)
		return
	}
	words := problem.VI
	if words == "" {
		words = problem.Detail
	}
	if words == "" {
		words = problem.Title
	}
	if problem.Code != "" {
		words += "  [" + problem.Code + "]"
	}
	fmt.Fprintf(w, "lỗi: %s\n", words)
	fix := problem.Fix
	if problem.Status == http.StatusUnauthorized {
		fix = "ghi mã truy cập vào biến TONGHOP_TOKEN hoặc --token; nếu mất mã, xin cấp lại (tonghop token issue)"
	}
	if fix != "" {
		fmt.Fprintf(w, "cách sửa: %s\n", fix)
	}
}

// errorWords puts before the errors a user meets most what to do about them.
func errorWords(err error) string {
	var dial *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return "đã dừng theo yêu cầu"
	case errors.Is(err, jet.ErrInUse):
		return fmt.Sprintf("thư mục dữ liệu đang được một tonghop khác dùng; hỏi máy chủ đó bằng --server, hoặc dừng nó trước: %v", err)
	case errors.As(err, &dial) && dial.Op == "dial":
		return fmt.Sprintf("không tới được máy chủ; máy chủ đã chạy chưa (tonghop serve), địa chỉ đã đúng chưa: %v", err)
	}
	return err.Error()
}

// faultsOf gives the faults in an error's chain.
func faultsOf(err error) fault.List {
	var list fault.List
	if errors.As(err, &list) {
		return list
	}
	var one fault.Fault
	if errors.As(err, &one) {
		return fault.List{one}
	}
	return nil
}
