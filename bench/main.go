package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == childMark {
		if err := runChild(os.Args[2], os.Args[3:], os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	var b bench
	var out string
	flag.StringVar(&b.only, "only", "a,b,c,d,e,f,g,h", "questions to answer")
	flag.IntVar(&b.files, "n", 2000, "workbooks of question a; a tenth of them is the small case")
	flag.IntVar(&b.rows, "rows", 100_000, "rows of the largest workbook read and of the largest summary written")
	flag.IntVar(&b.facts, "facts", 1_000_000, "facts in the journal of question c")
	flag.IntVar(&b.tableFacts, "table-facts", 10_000_000, "facts in the request of question h; a tenth of them is the small case")
	flag.BoolVar(&b.peers, "peers", true, "measure the peers as well")
	flag.StringVar(&b.dir, "out", filepath.Join("bench", "out"), "folder for data and results; data of the same size is made once")
	flag.StringVar(&out, "json", "", "file for the results as JSON")
	flag.Parse()
	if err := b.run(os.Stdout, out); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run.
type bench struct {
	only       string // letters of the questions, with commas
	files      int
	rows       int
	facts      int
	tableFacts int
	peers      bool
	dir        string

	root    string // of the module
	self    string // this program, to be run again for each case
	results []result
}

// report is a run as JSON.
type runReport struct {
	Machine machine  `json:"machine"`
	Results []result `json:"results"`
}

// run answers the questions and prints their tables as they come.
func (b *bench) run(w io.Writer, jsonFile string) error {
	if err := b.prepare(); err != nil {
		return err
	}
	m, err := thisMachine(b.dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, m)
	for _, q := range []question{
		{"a", "workbooks from upload to the finished summary, durable", b.intake},
		{"b", "cells read", b.reading},
		{"c", "events folded, and the start from a journal", b.folding},
		{"d", "a summary written", b.writing},
		{"g", "cells read, by format", b.formats},
		{"h", "tables of one request with many facts", b.tables},
	} {
		if err := b.answer(w, q); err != nil {
			return err
		}
	}
	if b.asks("e") {
		writeMemory(w, b.results)
	}
	if b.asks("f") {
		writeGrowth(w, b.results)
	}
	if jsonFile == "" {
		return nil
	}
	text, err := json.MarshalIndent(runReport{m, b.results}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(jsonFile, append(text, '\n'), 0o644)
}

// question is one table of the run.
type question struct {
	letter, title string
	measure       func() error
}

// answer measures one question and prints its table.
func (b *bench) answer(w io.Writer, q question) error {
	if !b.asks(q.letter) {
		return nil
	}
	before := len(b.results)
	if err := q.measure(); err != nil {
		return fmt.Errorf("question %s: %w", q.letter, err)
	}
	fmt.Fprintf(w, "\n(%s) %s\n", q.letter, q.title)
	writeTable(w, b.results[before:])
	return nil
}

func (b *bench) asks(letter string) bool { return strings.Contains(b.only, letter) }

// add keeps a result.
func (b *bench) add(r result) { b.results = append(b.results, r) }

// prepare finds the module and makes the folder.
func (b *bench) prepare() error {
	var err error
	if b.root, err = moduleRoot(); err != nil {
		return err
	}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return err
	}
	return os.MkdirAll(b.dir, 0o755)
}

// moduleRoot is the folder of go.mod, here or above.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("not inside the module: run it in the project's folder")
		}
		dir = up
	}
}
