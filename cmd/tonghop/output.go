package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"tonghop/internal/portal/client"
)

// writeFile writes an answer to a path, "" for the name it proposes, "-" for
// standard output.
func (p *program) writeFile(path string, a *client.Answer) error {
	if path == "-" {
		_, err := p.out.Write(a.Body)
		return err
	}
	path, err := outputPath(path, filepath.Base(a.Name))
	if err != nil {
		return err
	}
	if err := writeAtomic(path, a.Body); err != nil {
		return err
	}
	if p.json {
		return p.printJSON(written{path, len(a.Body)})
	}
	p.say("đã ghi %s (%s)", path, size(len(a.Body)))
	return nil
}

// written is a file that a command wrote.
type written struct {
	File  string `json:"file"`
	Bytes int    `json:"bytes"`
}

// outputPath is where a file goes: under the proposed name when none is given,
// or when what is given is a folder. A folder that is not there is not made, for
// it may be misspelt.
func outputPath(path, proposed string) (string, error) {
	if path == "" {
		path = proposed
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, proposed)
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return "", inputError{fmt.Errorf("không ghi được %s: chưa có thư mục %s", path, filepath.Dir(path))}
	}
	return path, nil
}

// writeAtomic puts a file in its place whole or not at all.
func writeAtomic(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // fails once it has been renamed
	_, err = f.Write(b)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}

// size is a number of bytes for people.
func size(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d byte", n)
}

// progress is a bar on the terminal for long work; nothing anywhere else.
type progress struct{ bar *progressbar.ProgressBar }

func (p *program) progress(n int, what string) progress {
	f, ok := p.err.(*os.File)
	if p.json || !ok || n < 4 || !term.IsTerminal(int(f.Fd())) {
		return progress{}
	}
	return progress{progressbar.NewOptions(n,
		progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())}
}

func (b progress) step() {
	if b.bar != nil {
		_ = b.bar.Add(1) // a bar that cannot be drawn stops nothing
	}
}

func (b progress) done() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
