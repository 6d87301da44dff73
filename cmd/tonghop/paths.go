package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tonghop/report"
)

// expand puts the files of a folder in its place, sorted by name; lock files of
// office programs and hidden files are left out.
func expand(paths []string) ([]string, error) {
	var out []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			out = append(out, path)
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "~$") {
				out = append(out, filepath.Join(path, e.Name()))
			}
		}
	}
	if len(out) == 0 {
		return nil, inputError{fmt.Errorf("không có tệp nào")}
	}
	return out, nil
}

// parseExplanations reads CODE=reason and CODE@Sheet!Cell=reason.
func parseExplanations(args []string) ([]report.Explanation, error) {
	var out []report.Explanation
	for _, a := range args {
		head, reason, ok := strings.Cut(a, "=")
		if !ok {
			return nil, inputError{fmt.Errorf("--explain %q: cần CODE=lý do", a)}
		}
		e := report.Explanation{Reason: strings.TrimSpace(reason)}
		var at string
		e.Code, at, _ = strings.Cut(strings.TrimSpace(head), "@")
		if at != "" {
			i := strings.LastIndex(at, "!")
			if i < 0 {
				return nil, inputError{fmt.Errorf("--explain %q: chỗ ghi là Sheet!Cell", a)}
			}
			e.Sheet, e.Cell = at[:i], at[i+1:]
		}
		out = append(out, e)
	}
	return out, nil
}

// vietnam is the zone in which people are shown times.
var vietnam = time.FixedZone("ICT", 7*60*60)

// clock is a moment for people.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(vietnam).Format("15:04:05 02/01/2006")
}
