package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
		list    fault.List
		one     fault.Fault
		network net.Error
	)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings), errors.As(err, &input), errors.As(err, &list), errors.As(err, &one):
		return exitInput
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
	problem := client.IsProblem(err)
	if problem == nil {
		problem = &api.Problem{Type: "about:blank", Title: "error", Detail: err.Error(), Findings: faultsOf(err)}
	}
	out := struct {
		Exit int `json:"exit"`
		*api.Problem
	}{code, problem}
	b, _ := json.Marshal(out) // a struct of strings cannot fail
	fmt.Fprintln(p.err, string(b))
}

func (p *program) exitWords(err error) {
	if faults := faultsOf(err); len(faults) > 0 {
		printFindings(p.err, faults)
		return
	}
	problem := client.IsProblem(err)
	if problem == nil {
		fmt.Fprintf(p.err, "lỗi: %v\n", err)
		return
	}
	if len(problem.Findings) > 0 {
		printFindings(p.err, problem.Findings)
		return
	}
	words := problem.VI
	if words == "" {
		words = problem.Title + ": " + problem.Detail
	}
	fmt.Fprintf(p.err, "lỗi: %s\n", words)
	if problem.Fix != "" {
		fmt.Fprintf(p.err, "cách sửa: %s\n", problem.Fix)
	}
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
