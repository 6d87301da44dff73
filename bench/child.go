package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// childMark is the first argument of a process that measures one case.
const childMark = "-child"

// reading is what one case took.
type reading struct {
	Units   int     `json:"units"`             // of work: cells, facts, workbooks
	Wall    float64 `json:"wall"`              // seconds
	CPU     float64 `json:"cpu"`               // seconds, of all threads
	Peak    float64 `json:"peak"`              // MiB, of the process
	Figures string  `json:"figures,omitempty"` // fingerprint of what came out, where peers must agree
	Note    string  `json:"note,omitempty"`
	Steps   []step  `json:"steps,omitempty"` // of a case that has several, each by itself
}

// runChild measures a case in this process and writes its reading.
func runChild(name string, args []string, w io.Writer) error {
	run := childCase(name)
	if run == nil {
		return fmt.Errorf("no case %q", name)
	}
	r, err := run(args)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if r.Peak == 0 {
		r.Peak = peakOf("self")
	}
	return json.NewEncoder(w).Encode(r)
}

// childCase finds a case by name.
func childCase(name string) func(args []string) (reading, error) {
	switch name {
	case "load":
		return loadCase
	case "scan":
		return scanCase
	case "grid":
		return gridCase
	case "cells":
		return cellsCase
	case "cellgrid":
		return cellGridCase
	case "inflate":
		return inflateCase
	case "excelize":
		return excelizeCase
	case "ingest":
		return ingestCase
	case "journal":
		return journalCase
	case "fold":
		return foldCase
	case "start":
		return startCase
	case "snapshot":
		return snapshotCase
	case "tables":
		return tablesCase
	case "workbook":
		return workbookCase
	case "streamwriter":
		return streamWriterCase
	}
	return nil
}

// child measures a case in a process of its own.
func (b *bench) child(name string, args ...any) (reading, error) {
	words := []string{childMark, name}
	for _, a := range args {
		words = append(words, fmt.Sprint(a))
	}
	out, whole, err := measure(exec.Command(b.self, words...))
	if err != nil {
		return reading{}, err
	}
	var r reading
	if err := json.Unmarshal(out, &r); err != nil {
		return reading{}, fmt.Errorf("%s said %q: %w", name, out, err)
	}
	if r.Wall == 0 { // the whole process is what is measured
		r.Wall, r.CPU = whole.Wall, whole.CPU
	}
	return r, nil
}

// measure runs a program and gives what it wrote and what it took. Its peak
// memory is counted by GNU time, which is so small that it does not show: what
// the system counts for a child begins with the memory of the process that
// started it, and is taken only where there is no GNU time.
func measure(c *exec.Cmd) ([]byte, reading, error) {
	peak := func() float64 { return maxRSS(c.ProcessState) }
	if timer, err := exec.LookPath("time"); err == nil {
		dir, err := os.MkdirTemp("", "bench-time-*")
		if err != nil {
			return nil, reading{}, err
		}
		defer os.RemoveAll(dir)
		said := filepath.Join(dir, "peak")
		c.Args = append([]string{timer, "-f", "%M", "-o", said, c.Path}, c.Args[1:]...)
		c.Path = timer
		peak = func() float64 { return kibIn(said) }
	}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	begun := time.Now()
	err := c.Run()
	wall := time.Since(begun).Seconds()
	if err != nil {
		return nil, reading{}, fmt.Errorf("%s: %w: %s", strings.Join(c.Args, " "), err, strings.TrimSpace(errs.String()))
	}
	return out.Bytes(), reading{Wall: wall, CPU: cpuOf(c.ProcessState), Peak: peak()}, nil
}

// kibIn reads the number of KiB that a file holds, as MiB; 0 when it holds none.
func kibIn(file string) float64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	kib, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	if err != nil {
		return 0
	}
	return kib / 1024
}

func cpuOf(p *os.ProcessState) float64 { return (p.UserTime() + p.SystemTime()).Seconds() }

// peakOf is the peak memory of a process that runs ("self": this one), in MiB;
// 0 where the system does not tell.
func peakOf(pid string) float64 {
	text, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err == nil {
				return kib / 1024
			}
		}
	}
	return 0
}

// cpuSoFar is the processor time of a process that runs, in seconds; 0 where the
// system does not tell.
func cpuSoFar(pid string) float64 {
	const ticks = 100           // a second, on every Linux
	const user, system = 11, 12 // fields after the name
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name may hold anything else
	sum := 0.0
	for i, word := range strings.Fields(rest) {
		if i != user && i != system {
			continue
		}
		n, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return 0
		}
		sum += n
	}
	return sum / ticks
}

// timed measures a part of this process: what comes before and after it is not
// counted, but for the peak memory.
func timed(units int, do func() error) (reading, error) {
	cpu, begun := ownCPU(), time.Now()
	err := do()
	return reading{Units: units, Wall: time.Since(begun).Seconds(), CPU: ownCPU() - cpu}, err
}
