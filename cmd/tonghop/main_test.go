package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain puts the program itself into the tests' path, so that they run and
// kill the real thing.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tonghop": main})
}

// process is the program, running as a server of its own.
type process struct {
	url   string // of its pages; "" when it has none
	cmd   *exec.Cmd
	said  *lines
	ended chan struct{}
	err   error // how it ended, once it has
}

// launch runs "serve" in a folder, with variables besides those there are, and
// waits until one of its lines holds ready: "tonghop: " for its address.
func launch(dir string, env []string, ready string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command("tonghop", append([]string{"serve"}, args...)...), said: &lines{}, ended: make(chan struct{})}
	p.cmd.Dir = dir
	p.cmd.Env = append(os.Environ(), env...)
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	found := make(chan string, 1)
	go func() {
		p.said.read(stderr, ready, found)
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	select {
	case line := <-found:
		p.url, _ = strings.CutPrefix(line, "tonghop: ")
		return p, nil
	case <-p.ended:
		return nil, fmt.Errorf("the server ended before it was ready: %w\n%s", p.err, p.said)
	case <-time.After(time.Minute):
		p.kill()
		return nil, fmt.Errorf("the server was not ready within a minute\n%s", p.said)
	}
}

// kill is kill -9.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended already
	<-p.ended
}

// stop is Ctrl+C: the program must end by itself, well, within a time.
func (p *process) stop(within time.Duration) error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("interrupt: %w", err)
	}
	select {
	case <-p.ended:
	case <-time.After(within):
		p.kill()
		return fmt.Errorf("the server did not stop within %v\n%s", within, p.said)
	}
	if p.err != nil {
		return fmt.Errorf("the server did not stop well: %w\n%s", p.err, p.said)
	}
	return nil
}

// lines keeps what a process says.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

// read keeps every line, and passes the first on that holds a text.
func (l *lines) read(from io.Reader, want string, found chan<- string) {
	in := bufio.NewScanner(from)
	for in.Scan() {
		l.mu.Lock()
		fmt.Fprintln(&l.text, in.Text())
		l.mu.Unlock()
		if want != "" && strings.Contains(in.Text(), want) {
			found <- in.Text()
			want = ""
		}
	}
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// exitCode is that of a command that ran; -1 when it did not.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}
