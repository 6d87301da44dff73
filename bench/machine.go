package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// machine is what a figure of this run is worth elsewhere.
type machine struct {
	OS     string  `json:"os"`
	CPU    string  `json:"cpu"`
	CPUs   int     `json:"cpus"`
	Go     string  `json:"go"`
	Fsyncs float64 `json:"fsyncsPerSecond"` // 4 KiB appended and synced, one after the other
	Load   string  `json:"load"`            // what else ran: the load averages before the run
}

func (m machine) String() string {
	return fmt.Sprintf("%s, %d CPUs (%s), %s, %.0f fsync/s, load before %s", m.OS, m.CPUs, m.CPU, m.Go, m.Fsyncs, m.Load)
}

func thisMachine(dir string) (machine, error) {
	m := machine{OS: runtime.GOOS + "/" + runtime.GOARCH, CPU: cpuName(), CPUs: runtime.NumCPU(), Go: runtime.Version(), Load: load()}
	var err error
	m.Fsyncs, err = fsyncRate(dir)
	return m, err
}

// cpuName is the model, where the system says it.
func cpuName() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// load is the load averages of 1, 5 and 15 minutes, where the system says them.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	words := strings.Fields(string(text))
	if err != nil || len(words) < 3 {
		return "unknown"
	}
	return strings.Join(words[:3], " ")
}

// fsyncRate is how often a second the disk under dir can be made to hold 4 KiB
// more: the bound of everything that is durable one by one.
func fsyncRate(dir string) (float64, error) {
	const probe = 400 * time.Millisecond
	f, err := os.CreateTemp(dir, "fsync-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(filepath.Clean(f.Name()))
	defer f.Close()
	block := make([]byte, 4096)
	n := 0
	begun := time.Now()
	for time.Since(begun) < probe {
		if _, err := f.Write(block); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / time.Since(begun).Seconds(), nil
}
