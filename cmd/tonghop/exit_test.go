package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"tonghop/internal/jet"
	"tonghop/internal/portal/api"
	"tonghop/report"
	"tonghop/report/fault"
)

func TestClassify(t *testing.T) {
	one := fault.New(fault.FileSetAside, fault.A("attempts", "3"))
	for _, c := range []struct {
		name string
		err  error
		want int
	}{
		{"nothing", nil, exitDone},
		{"findings that were shown", errFindings, exitInput},
		{"an argument", inputError{errors.New("x")}, exitInput},
		{"a missing file that the user named", inputError{fs.ErrNotExist}, exitInput},
		{"faults of a document", fault.List{one}, exitInput},
		{"one fault", one, exitInput},
		{"a refusal", &api.Problem{Status: http.StatusConflict}, exitInput},
		{"no token", &api.Problem{Status: http.StatusUnauthorized}, exitInput},
		{"a server that fails", &api.Problem{Status: http.StatusInternalServerError}, exitProgram},
		{"a server that is not ready", &api.Problem{Status: http.StatusServiceUnavailable}, exitSurroundings},
		{"a proxy without its server", &api.Problem{Status: http.StatusBadGateway}, exitSurroundings},
		{"folder in use", jet.ErrInUse, exitSurroundings},
		{"no journal", report.ErrUnavailable, exitSurroundings},
		{"a journal with a gap", report.ErrGap, exitSurroundings},
		{"disk full", &fs.PathError{Op: "write", Err: syscall.ENOSPC}, exitSurroundings},
		{"not allowed", fs.ErrPermission, exitSurroundings},
		{"server not reached", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, exitSurroundings},
		{"no such folder", surroundingsError{errors.New("x")}, exitSurroundings},
		{"Ctrl+C", context.Canceled, exitSurroundings},
		{"anything else", errors.New("x"), exitProgram},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.err
			if err != nil {
				err = fmt.Errorf("wrapped: %w", err)
			}
			if got := classify(err); got != c.want {
				t.Errorf("%v: exit code %d, want %d", err, got, c.want)
			}
		})
	}
}

// TestExitWords: what went wrong is said on standard error, once, and says what
// to do.
func TestExitWords(t *testing.T) {
	inCell := fault.New(fault.FileSetAside, fault.A("attempts", "3"))
	inCell.Sheet, inCell.Cell = "Biểu 1", "E13"
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"Ctrl+C", context.Canceled, "lỗi: đã dừng theo yêu cầu\n"},
		{"folder in use", fmt.Errorf("folder kho: %w", jet.ErrInUse), "--server"},
		{"server not reached", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, "tonghop serve"},
		{"a fault in a cell", fault.List{inCell}, "\n  Biểu 1!E13: "},
		{"a refusal", &api.Problem{VI: "Kỳ đã khoá.", Code: "W703", Fix: "Đề nghị mở lại."}, "lỗi: Kỳ đã khoá.  [W703]\ncách sửa: Đề nghị mở lại.\n"},
		{"a refusal of a stranger", &api.Problem{Title: "Bad Gateway"}, "lỗi: Bad Gateway\n"},
		{"no token", &api.Problem{VI: "Thiếu mã.", Status: http.StatusUnauthorized}, "TONGHOP_TOKEN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, said bytes.Buffer
			p := &program{streams: streams{out: &out, err: &said}}
			p.exit(c.err)
			if !strings.Contains(said.String(), c.want) || out.Len() > 0 {
				t.Errorf("said %q (and %q), want %q", said.String(), out.String(), c.want)
			}
		})
	}
}
