package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// sharedBench is the folder of the peers and of the generator of workbooks,
// beside the project.
func (b *bench) sharedBench() (string, error) {
	dir := filepath.Join(b.root, "..", "shared", "bench")
	if _, err := os.Stat(dir); err != nil {
		return "", errAbsent
	}
	return filepath.Clean(dir), nil
}

// errAbsent: the folder of the peers does not lie beside the project.
var errAbsent = errors.New("../shared/bench is not there")

// goBuild builds a Go program that is a module of its own.
func (b *bench) goBuild(module, name string) (string, error) {
	binary := filepath.Join(b.dir, name)
	c := exec.Command("go", "build", "-o", binary, ".")
	c.Dir = module
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w: %s", name, err, out)
	}
	return binary, nil
}

// papers says what workbooks are wanted.
type papers struct {
	n, rows, cols int
	inline        bool
}

func (p papers) String() string {
	s := fmt.Sprintf("%dx%dx%d", p.n, p.rows, p.cols)
	if p.inline {
		s += "-inline"
	}
	return s
}

// make gives a folder of workbooks; the same are made once.
func (b *bench) papers(p papers) (string, error) {
	dir := filepath.Join(b.dir, "papers-"+p.String())
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	shared, err := b.sharedBench()
	if err != nil {
		return "", err
	}
	gen, err := b.goBuild(filepath.Join(shared, "gen"), "gen")
	if err != nil {
		return "", err
	}
	unfinished := dir + ".part"
	if err := os.RemoveAll(unfinished); err != nil {
		return "", err
	}
	c := exec.Command(gen, "-kind", "many", "-n", fmt.Sprint(p.n), "-rows", fmt.Sprint(p.rows), "-cols", fmt.Sprint(p.cols),
		fmt.Sprintf("-inline=%t", p.inline), "-dir", unfinished)
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("generate %s: %w: %s", p, err, out)
	}
	return dir, os.Rename(unfinished, dir)
}

// booksIn lists the workbooks of a folder, sorted.
func booksIn(dir string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no workbook in %s", dir)
	}
	return names, err
}
